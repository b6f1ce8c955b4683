"""Files as people deliver them: every row ends clean, held or set aside, and a withdrawal leaves nothing."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_interviews import FILES, cleaned, errors

from pic_analysis.cleaning.study import interview_files


def test_sound_files_have_no_error(tmp_path):
    got = cleaned(tmp_path)
    assert errors(got) == []
    assert got.tables["interviews"].to_numpy().tolist() == [
        ["INT001", "elus", "Eco", "2015-11-04", "telephone", "given"],
        ["INT002", "habitants", "", "2015-11-04", "face_to_face", "given"],
        ["INT003", "associations", "Agri", "2015-11-04", "video", "given"],
    ]
    assert got.tables["codings"]["segment_id"].tolist()[0] == "INT001:10-20"
    assert got.tables["disagreements"][["interview_id", "reading_a", "reading_b"]].to_numpy().tolist() == [
        ["INT002", "contradicts", "supports"]
    ]


def test_unknown_label_holds_the_interview_and_what_depends_on_it(tmp_path):
    got = cleaned(tmp_path, registre=FILES["registre.csv"].replace("habitante", "riveraine"))
    (said,) = errors(got)
    assert "registre.csv, ligne 3" in said
    assert "« riveraine » ; libellé absent de correspondance_types.csv" in said
    assert got.tables["interviews"]["interview_id"].tolist() == ["INT001", "INT003"]
    assert set(got.tables["codings"]["interview_id"]) == {"INT001", "INT003"}
    held = got.tables["quarantine"]
    assert held["decision_fr"].tolist() == ["", "suit INT002", "suit INT002", "suit INT002"]
    assert json.loads(held["content"][0])["stakeholder_type"] == "riveraine"


def test_decision_with_its_reason_accepts_a_row_that_stays_out(tmp_path):
    spoilt = FILES["codages_A.csv"] + "INT001,50,40,a_b_1,appuie\n"
    assert len(errors(cleaned(tmp_path, codages_A=spoilt))) == 1
    got = cleaned(tmp_path, codages_A=spoilt, arbitrages="Objet,Décision,Motif\ncodages_A.csv 5,écarter,perdu\n")
    assert errors(got) == []
    assert got.tables["quarantine"]["decision_fr"].tolist() == ["perdu"]


def test_decision_about_nothing_is_told(tmp_path):
    (said,) = errors(cleaned(tmp_path, arbitrages="Objet,Décision,Motif\nINT001 a_b_1,absent,réécoute\n"))
    assert "ne concerne plus rien" in said


def test_settled_disagreement_keeps_the_blind_codings_as_they_were(tmp_path):
    got = cleaned(tmp_path, arbitrages="Objet,Décision,Motif\nINT002 a_b_1,contredit,réécoute\n")
    assert got.tables["disagreements"][["settled", "reason_fr"]].to_numpy().tolist() == [["contradicts", "réécoute"]]
    assert got.tables["codings"].query("interview_id == 'INT002'")["direction"].tolist() == ["contradicts", "supports"]


def test_coding_of_no_interview_is_told_with_the_nearest(tmp_path):
    (said,) = errors(cleaned(tmp_path, questions="Entretien,Code\nINT01,a_b_1\n"))
    assert "questions.csv, ligne 2" in said
    assert "« INT001 »" in said


def test_column_that_tells_who_a_person_is_stops_everything(tmp_path):
    named = FILES["registre.csv"].replace("Mode", "Nom,Mode").replace(",téléphone", ",Mme Untel,téléphone")
    said = errors(cleaned(tmp_path, registre=named))
    assert any("colonne Nom" in line and "identifie une personne" in line for line in said)
    assert not any("Untel" in line for line in said if "colonne Nom" in line)


def test_all_problems_of_all_files_come_at_once(tmp_path):
    got = cleaned(
        tmp_path,
        registre=FILES["registre.csv"].replace("visio", "pigeon").replace("42312", "hier"),
        grille=FILES["grille.csv"] + "c,Autre,zz,,1,\n",
        codages_B="Entretien,Début,Fin,Code,Sens\nINT001,11,20,a_b_9,appuie\n",
        correspondance_types=FILES["correspondance_types.csv"] + "PME,entreprise\n",
        **{"retraits.txt": "INT003\nMme Untel\n"},
        brouillon="a\n",
    )
    files = {line.split(",")[0].split(" :")[0] for line in errors(got)}
    assert files == {"brouillon.csv", "correspondance_types.csv", "grille.csv", "codages_B.csv", "retraits.txt"}


@pytest.mark.parametrize("missing", ["registre", "grille", "codages_A"])
def test_missing_file_is_told_and_the_others_are_still_read(tmp_path, missing):
    files = {missing: None, "codages_B": None} if missing == "codages_A" else {missing: None}
    assert f"{missing}.csv : fichier attendu, absent" in " ".join(errors(cleaned(tmp_path, **files)))


def test_two_files_of_one_name_are_told(tmp_path):
    said = errors(cleaned(tmp_path, **{"codages_A.tsv": "Entretien\tDébut\tFin\tCode\tSens\n"}))
    assert any("un autre fichier porte ce nom" in line for line in said)


def test_export_of_a_tool_under_its_own_column_names_is_read_too(tmp_path):
    """Taguette's table of highlights has no direction: one was decided for all."""
    exported = "id,document,tag,content\n1,INT001,Fierté,bonjour\n2,INT003,Fierté,bonsoir\n"
    got = cleaned(
        tmp_path,
        codages_A=None,
        codages_B=exported,
        arbitrages="Objet,Décision,Motif\nsens par défaut,appuie,convenu\n",
    )
    assert not any("colonne attendue" in line for line in errors(got))
    # Such a table has no offsets: without a place, a coding is held, and told.
    assert got.tables["quarantine"]["file"].tolist() == ["codages_B.csv", "codages_B.csv"]


MARKS = [(10, 20), (30, 45), (50, 61), (70, 88)]
CODED = "Entretien,Début,Fin,Code,Sens\n" + "".join(
    f"{name},{start},{end},a_b_1,appuie\n" for name in ("INT001", "INT003") for start, end in MARKS
)


def test_interview_imported_twice_is_held_until_somebody_decides(tmp_path):
    (said,) = errors(cleaned(tmp_path, codages_A=CODED, codages_B=None))
    assert "registre.csv, ligne 4" in said
    assert "mêmes segments que INT001 (4 en commun, 100 %)" in said
    twice = {"codages_A": CODED, "codages_B": None}
    got = cleaned(tmp_path, **twice, arbitrages="Objet,Décision,Motif\nINT003,doublon,même bande\n")
    assert errors(got) == []
    assert got.tables["interviews"]["interview_id"].tolist() == ["INT001", "INT002"]
    got = cleaned(tmp_path, **twice, arbitrages="Objet,Décision,Motif\nINT003,distinct,deux voisins\n")
    assert errors(got) == []
    assert len(got.tables["interviews"]) == 3


def everything(result):
    return b"".join(interview_files(result.tables).values()).decode()


def test_withdrawn_interview_leaves_no_trace_be_it_in_rows_that_cannot_be_read(tmp_path):
    got = cleaned(
        tmp_path,
        registre=FILES["registre.csv"].replace("INT002,", "int-002,"),
        codages_A=FILES["codages_A.csv"]
        + "INT002,9,3,a_b_1,appuie\nINT002 bis,1,2,a_b_1,appuie\nINT02,1,2,a_b_1,appuie\n",
        arbitrages="Objet,Décision,Motif\nINT002 a_b_1,absent,réécoute\n",
        **{"retraits.txt": "# demandes\nINT002 2016-02-03\n"},
    )
    assert "INT002" not in everything(got)
    assert got.tables["interviews"]["interview_id"].tolist() == ["INT001", "INT003"]
    assert not any("INT002" in line for line in errors(got))


def test_withdrawn_interview_is_not_named_in_what_is_written_of_others(tmp_path):
    got = cleaned(
        tmp_path,
        codages_A=FILES["codages_A.csv"] + "INT001,9,3,a_b_1,appuie\n",
        arbitrages="Objet,Décision,Motif\ncodages_A.csv 5,écarter,confondu avec int 002\n",
        **{"retraits.txt": "INT002\n"},
    )
    assert got.tables["quarantine"]["decision_fr"].tolist() == ["confondu avec [entretien retiré]"]


def test_consent_withdrawn_in_the_register_is_a_withdrawal(tmp_path):
    registre = FILES["registre.csv"].replace("face à face,oui", "face à face,retiré").replace("habitante", "inconnu")
    assert "INT002" not in everything(cleaned(tmp_path, registre=registre))


def test_double_of_a_withdrawn_interview_goes_with_it(tmp_path):
    got = cleaned(tmp_path, codages_A=CODED, codages_B=None, **{"retraits.txt": "INT001\n"})
    assert errors(got) == []
    assert got.tables["interviews"]["interview_id"].tolist() == ["INT002"]


def test_mistyped_withdrawal_is_told_and_not_counted(tmp_path):
    got = cleaned(tmp_path, **{"retraits.txt": "INT002\nINT02 2016-02-12\nINT042 2016-02-12\n"})
    assert any("« INT042 » ; aucun fichier d’entretiens ne porte ce code" in line for line in errors(got))
    assert any("1\xa0entretien retiré" in str(problem) for problem in got.problems)


def test_decision_about_a_row_that_was_withdrawn_is_not_held_against_anybody(tmp_path):
    spoilt = FILES["codages_A.csv"] + "INT002,50,40,a_b_1,appuie\n"
    decided = "Objet,Décision,Motif\ncodages_A.csv 5,écarter,perdu\n"
    assert errors(cleaned(tmp_path, codages_A=spoilt, arbitrages=decided, **{"retraits.txt": "INT002\n"})) == []


def test_code_taken_by_a_row_that_is_held_is_taken(tmp_path):
    registre = FILES["registre.csv"].replace("habitante", "riveraine") + "INT002,asso,,2015-11-04,visio,oui\n"
    got = cleaned(tmp_path, registre=registre)
    assert "INT002" not in set(got.tables["interviews"]["interview_id"])
    assert any("identifiant déjà pris à la ligne 3" in line for line in errors(got))


def test_withdrawals_that_cannot_be_read_stop_everything(tmp_path):
    assert any("retraits.txt" in line for line in errors(cleaned(tmp_path, **{"retraits.txt": b"\xff\xfe\x00"})))


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
    st.sampled_from(["INT001", "INT002", "INT009", "a_b_1", "a_b", "zz", "appuie", "10", "20", "9,0", "", "NR"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), max_size=12))
def test_no_row_is_ever_lost(tmp_path, rows):
    cells = pd.DataFrame(rows, columns=["Entretien", "Début", "Fin", "Code", "Sens"], dtype=str)
    got = cleaned(tmp_path, codages_A=cells.to_csv(index=False).encode("utf-8", errors="replace"), codages_B=None)
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    held = int((got.tables["quarantine"]["file"] == "codages_A.csv").sum())
    aside = int(got.tables["cleaning_log"]["rule"].str.startswith("codage répété").sum())
    unread = any(problem.blocking and problem.file == "codages_A.csv" and not problem.row for problem in got.problems)
    assert len(got.tables["codings"]) + held + aside == len(filled) or unread
