"""Withdraw from a study, build its book again, and search every file of it for a trace."""

import shutil

import pytest
import raw_interviews
import tiny
from publishing.small_book import build, write

from pic_analysis.cleaning.study import clean
from pic_analysis.cleaning.study import write as write_processed
from pic_analysis.pipeline import withdraw
from pic_analysis.publishing import results
from pic_analysis.publishing.traces import traces
from pic_analysis.reading import registry, settings
from pic_analysis.study import Study

PAGES = {
    "index": "# Essai\n\n{conclusion}`CCL01`\n\n```{toctree}\nvoix\nconstats\nccl01\ntables\n```\n",
    "voix": "# Voix\n\n```{bloc} voix\n:nature: interview\n```\n\n```{bloc} repondants\n:nature: interview\n```\n",
    "constats": "# Constats\n\n```{bloc} constats\n:paquet: B\n:section: 1\n```\n",
    "ccl01": "# Conclusion 1\n\n```{bloc} passeport\n:conclusion: CCL01\n```\n",
    "tables": "# Tables\n\n```{bloc} dictionnaire\n```\n",
}
# Codes that the data dictionary does not give as examples.
VOICES = [
    ("tem-041", "interview", "P2I", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée"),
    ("tem-042", "interview", "E4", "B1-02", "3.2.1", "contradicts", "Le quartier déplaît.", "quartier pourri"),
]
TRACES = ("P21", "P2I", "tem-041", "La ville plaît", "je suis tombée")


@pytest.fixture
def published(raw_folder, tmp_path):
    """Return a function that cleans the study and builds its book, anew, as `pic build` does."""

    tiny.write(tmp_path, {"testimonies": VOICES})

    def publish():
        folder = tmp_path / "data/processed/essai"
        write_processed(clean("essai"), folder)
        results.write(Study.load("essai"), folder / "passports")
        # Other data: `book.build` starts from nothing, or Sphinx would keep old words in its search index.
        shutil.rmtree(tmp_path / "book", ignore_errors=True)
        write(tmp_path / "book", **PAGES)
        return build(tmp_path / "book", pic_study="essai").output

    return publish


def test_withdrawn_respondent_leaves_no_trace_in_any_output(published, pic, tmp_path):
    site = published()
    assert traces(site, TRACES), "the respondent is there before"
    before = clean("essai")
    marks = withdraw.prepare("P21", settings.load("essai"), before).effects.marks
    assert traces(site, marks)

    code, said = pic("withdraw", "P21", "--study", "essai", "--yes")
    assert code == 0, said
    site = published()
    for folder in (site, tmp_path / "data/processed"):
        assert traces(folder, {*TRACES, *marks}) == []
    assert "tem-042" in (site / "voix.html").read_text(encoding="utf-8")


def test_withdrawal_is_dated_registered_and_raw_data_stay_as_they_were(raw_folder, pic):
    voices = (raw_folder / "testimonies.csv").read_bytes()
    pic("withdraw", "p11", "--study", "essai", "--yes")
    (line,) = (raw_folder / "retraits.txt").read_text(encoding="utf-8").splitlines()
    assert line.split()[0] == "P11"
    assert len(line.split()[1]) == len("2026-01-05")
    assert (raw_folder / "testimonies.csv").read_bytes() == voices
    assert registry.verify(raw_folder) == ()


def test_other_changes_of_raw_data_are_not_registered_with_it(raw_folder):
    about = settings.load("essai")
    planned = withdraw.prepare("P11", about, clean("essai"))
    (raw_folder / "facts.csv").write_text("changed\n", encoding="utf-8")
    withdraw.write(planned, about)
    assert [problem.file for problem in registry.verify(raw_folder)] == ["facts.csv"]


def test_what_changes_is_told_before(raw_folder, tmp_path, pic):
    voices = [
        ("tem-001", "interview", "P1I", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée"),
        ("tem-002", "interview", "E4", "B1-01", "3.2.1", "supports", "La ville plaît bien.", "quelle ville"),
    ]
    tiny.write(tmp_path, {"testimonies": voices})
    (tmp_path / "book").mkdir()
    (tmp_path / "book/licences.md").write_text("Par exemple {voix}`tem-001`.\n", encoding="utf-8")
    (tmp_path / "_build/html").mkdir(parents=True)
    (tmp_path / "_build/html/voix.html").write_text("<p>La ville plaît.</p>", encoding="utf-8")
    (tmp_path / "_build/html/autre.html").write_text("<p>La ville.</p>", encoding="utf-8")
    _, said = pic("withdraw", "P11", "--study", "essai", "--yes")
    for expected in (
        "Voix : 2 → 1",
        "CCL01 : confiance moyenne → faible",
        "trace : 1\n    voix.html",
        "À corriger à la main, cette page cite ce qui disparaît : book/licences.md",
        "Reconstruisez (`pic build --study essai`)",
    ):
        assert expected in said
    assert "autre.html" not in said


def test_unknown_code_writes_nothing(raw_folder, pic):
    code, said = pic("withdraw", "P12", "--study", "essai", "--yes")
    assert code == 2
    assert "le plus proche : « P11 »" in said
    assert not (raw_folder / "retraits.txt").exists()


def test_refusal_on_a_terminal_writes_nothing(raw_folder, pic, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *a, **k: False)
    pic("withdraw", "P11", "--study", "essai")
    assert not (raw_folder / "retraits.txt").exists()


def test_trace_is_found_whatever_its_typography(tmp_path):
    (tmp_path / "a.html").write_text("<p>l’eau&nbsp;est <b>chère</b></p>", encoding="utf-8")
    (tmp_path / "b.json").write_text('"l\'eau est ch\\u00e8re"', encoding="utf-8")
    (tmp_path / "c.js").write_text('x("tem-001")', encoding="utf-8")
    (tmp_path / "d.csv").write_text("a\ntem-0011\n", encoding="utf-8")
    assert traces(tmp_path, {"L'eau est chère", "tem-001"}) == ["a.html", "b.json", "c.js"]


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """Write a study that has interviews and nothing else; return its raw folder."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").touch()
    raw = tmp_path / "data/raw/parlee"
    raw.mkdir(parents=True)
    cases = tiny.SETTINGS.replace("id: Part", "id: Agri")
    (raw / "study.yml").write_text(cases, encoding="utf-8")
    # Six elected people and six residents; the first of the elected will go.
    register = "Entretien,Type,Cas,Date,Mode,Consentement\n"
    register += "".join(
        f"INT0{n},{'Élu' if n < 16 else 'habitante'},Eco,2015-11-04,téléphone,oui\n" for n in range(10, 22)
    )
    coded = "Entretien,Début,Fin,Code,Sens\n"
    coded += "".join(f"INT0{n},{n},{2 * n},a_b_1,appuie\n" for n in range(10, 22) if n != 20)
    raw_interviews.write(raw / "entretiens", registre=register, codages_A=coded, codages_B=None, questions=None)
    registry.write(raw)
    return raw


def test_withdrawn_interview_leaves_every_table(spoken, pic, tmp_path):
    before = clean("parlee")
    assert not before.report.errors, before.report
    code, said = pic("withdraw", "INT010", "--study", "parlee", "--yes")
    assert code == 0, said
    assert "Registre des entretiens : 12 → 11" in said
    assert "Élus et agents : 6 → 5" in said
    write_processed(clean("parlee"), tmp_path / "data/processed/parlee")
    assert traces(tmp_path / "data/processed", {"INT010"}) == []
    assert traces(tmp_path / "data/processed", {"INT011"})


def test_count_that_becomes_too_small_is_told(spoken, pic):
    pic("withdraw", "INT010", "--study", "parlee", "--yes")
    said = pic("withdraw", "INT011", "--study", "parlee", "--yes")[1]
    assert "Ne sera plus montré : Élus et agents" in said
    assert [line.split()[0] for line in (spoken / "entretiens/retraits.txt").read_text().splitlines()] == [
        "INT010",
        "INT011",
    ]


@pytest.mark.parametrize("typed", ["int-010", "INT 10", "INT010 ", "int_10"])
def test_code_is_understood_however_it_is_typed(spoken, pic, typed):
    code, said = pic("withdraw", typed, "--study", "parlee", "--yes")
    assert code == 0, said
    assert (spoken / "entretiens/retraits.txt").read_text().startswith("INT010 ")


def test_code_that_two_people_may_have_is_nobody_s():
    assert withdraw.typed("INT1", ["INT01", "INT001"]) == "INT1"


@pytest.fixture
def held(spoken):
    """Hold the row of INT010 in quarantine: nobody knows this type."""
    register = spoken / "entretiens/registre.csv"
    register.write_text(register.read_text().replace("INT010,Élu", "INT010,riverain"), encoding="utf-8")
    registry.write(spoken)
    return spoken


def test_person_whose_row_is_in_quarantine_may_withdraw(held, pic, tmp_path):
    assert clean("parlee").report.errors
    code, said = pic("withdraw", "INT010", "--study", "parlee", "--yes")
    assert code == 0, said  # the only error goes with the row
    got = clean("parlee")
    assert not got.report.errors, got.report
    write_processed(got, tmp_path / "data/processed/parlee")
    assert traces(tmp_path / "data/processed", {"INT010"}) == []


def test_person_in_quarantine_is_looked_for_in_the_present_book(held, pic, tmp_path):
    (tmp_path / "_build/html").mkdir(parents=True)
    (tmp_path / "_build/html/page.html").write_text("<p>INT010</p>", encoding="utf-8")
    assert "trace : 1\n    page.html" in pic("withdraw", "INT010", "--study", "parlee", "--yes")[1]


def test_withdrawal_that_leaves_errors_is_noted_and_says_so(held, pic):
    code, said = pic("withdraw", "INT011", "--study", "parlee", "--yes")
    assert code == 1
    assert "après ce retrait, 1\xa0erreur empêche de" in said
    assert "« riverain »" in said
    assert "Retrait noté, mais il n’a pas encore d’effet : corrigez d’abord (`pic check --study parlee`)." in said
    assert "Registre des entretiens : 11 → 10" in said  # what it changes is told all the same
    assert (held / "entretiens/retraits.txt").read_text().startswith("INT011 ")


def test_withdrawal_of_a_voice_is_noted_even_where_the_evidence_has_errors(raw_folder, pic):
    path = raw_folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("supports", "appuierait"), encoding="utf-8")
    registry.write(raw_folder)
    assert clean("essai").report.errors
    code, said = pic("withdraw", "P11", "--study", "essai", "--yes")
    assert code == 1, said
    assert "corrigez d’abord" in said
    assert (raw_folder / "retraits.txt").read_text(encoding="utf-8").startswith("P11 ")


def test_double_that_goes_with_an_interview_is_told_and_looked_for(spoken, pic, tmp_path):
    coded = (spoken / "entretiens/codages_A.csv").read_text(encoding="utf-8")
    coded += "".join(
        f"{name},{n},{n + 5},a_b_1,appuie\n" for name in ("INT015", "INT019") for n in (200, 300, 400, 500)
    )
    coded = "".join(line for line in coded.splitlines(True) if not line.startswith(("INT015,15,", "INT019,19,")))
    (spoken / "entretiens/codages_A.csv").write_text(coded, encoding="utf-8")
    settled = "Objet,Décision,Motif\nINT019,doublon,même enregistrement\n"
    (spoken / "entretiens/arbitrages.csv").write_text(settled, encoding="utf-8")
    registry.write(spoken)
    (tmp_path / "_build/html").mkdir(parents=True)
    (tmp_path / "_build/html/page.html").write_text("<p>INT015</p>", encoding="utf-8")
    code, said = pic("withdraw", "INT019", "--study", "parlee", "--yes")
    assert code == 0, said
    assert "INT015 : retiré aussi, c’est le même entretien" in said
    assert "trace : 1\n    page.html" in said
    write_processed(clean("parlee"), tmp_path / "data/processed/parlee")
    assert traces(tmp_path / "data/processed", {"INT015", "INT019"}) == []
