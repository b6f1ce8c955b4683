import pytest
import tiny

from pic_analysis.cleaning.study import clean
from pic_analysis.reading import registry

VOICES = [
    ("tem-001", "interview", "P1I", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée"),
    ("tem-002", "expert", "Les experts", "B1-02", "3.2.1", "nuances", "Le mot est trop fort.", "ne pas parler"),
    ("tem-003", "interview", "C2", "B1-02", "3.2.1", "contradicts", "Le quartier déplaît.", "quartier pourri"),
]
DISCREPANCIES = [
    (
        "ECA01",
        "naming",
        "mineur",
        "SRC01",
        "2.2",
        "je suis tombée (P11)",
        "SRC01",
        "7",
        "x",
        "Le code P11 dit deux choses.",
        "Non.",
    ),
    ("ECA02", "naming", "mineur", "SRC01", "2.2", "a", "SRC01", "7", "x", "Autre chose.", "Non."),
]


@pytest.fixture
def withdrawn(raw_folder, tmp_path):
    """Return a function that cleans the tiny study once some codes are withdrawn."""

    def cleaned(*lines, **rows):
        tiny.write(tmp_path, {"testimonies": VOICES, "discrepancies": DISCREPANCIES, **rows})
        (raw_folder / "retraits.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        registry.write(raw_folder)
        return clean("essai")

    return cleaned


def everything(result):
    return "\n".join(frame.to_csv() for frame in result.tables.values())


def test_respondent_leaves_every_table_under_every_printed_form(withdrawn):
    got = withdrawn("P11 2026-01-05")
    assert not got.report.errors
    assert got.tables["testimonies"]["testimony_id"].tolist() == ["tem-002", "tem-003"]
    assert got.tables["discrepancies"]["discrepancy_id"].tolist() == ["ECA02"]
    for trace in ("P11", "P1I", "tem-001", "La ville plaît", "je suis tombée"):
        assert trace not in everything(got)


def test_report_does_not_tell_who(withdrawn):
    said = str(withdrawn("P11 2026-01-05").report)
    assert "1 voix retirée" in said
    assert "P11" not in said


def test_one_voice_may_be_withdrawn_by_its_number(withdrawn):
    assert withdrawn("tem-003").tables["testimonies"]["testimony_id"].tolist() == ["tem-001", "tem-002"]


def test_comments_and_unknown_codes_change_nothing(withdrawn):
    assert len(withdrawn("# demande du 5 janvier : P11", "Z99", "").tables["testimonies"]) == 3


def test_code_that_is_also_a_box_takes_no_other_row_away(withdrawn):
    # C2 is a respondent here, C a box: rows of the theory stay, whatever they are called.
    boxes = [*tiny.ROWS["theory_nodes"], ("C2", "C", "Délibération", "7.1.2", "le C2", "true", "false", "true", "")]
    got = withdrawn("C2", theory_nodes=boxes)
    assert "C2" in set(got.tables["theory_nodes"]["node_id"])
    assert "tem-003" not in everything(got)


def test_row_that_others_need_stays_with_the_code_struck_out(withdrawn):
    sources = [("SRC01", "report", "Rapport", "Personne", "2020", "", "tous droits réservés", "Cite P11 au 3.2.")]
    got = withdrawn("P11", sources=sources)
    assert got.tables["sources"]["note_fr"].tolist() == ["Cite [voix retirée] au 3.2."]


def test_rows_not_withdrawn_are_those_of_a_study_that_never_had_them(withdrawn):
    one = withdrawn("P11").tables
    never = withdrawn("", testimonies=VOICES[1:], discrepancies=DISCREPANCIES[1:]).tables
    for name in ("testimonies", "discrepancies", "statements", "citations"):
        assert one[name].equals(never[name])
