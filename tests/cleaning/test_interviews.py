"""Files as people deliver them: every row ends clean, held or set aside, and a withdrawal leaves nothing."""

import datetime
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_interviews import FILES, cleaned, errors, write

from pic_analysis.cleaning.interviews import clean
from pic_analysis.cleaning.study import processed_files
from pic_analysis.reading.settings import example


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


def test_coding_of_no_interview_is_told_without_naming_another_person(tmp_path):
    got = cleaned(tmp_path, questions="Entretien,Code\nINT01,a_b_1\n")
    (said,) = errors(got)
    assert "questions.csv, ligne 2" in said
    assert "« INT01 »" in said
    assert "INT001" not in said
    assert "INT001" not in got.tables["quarantine"]["reason_fr"].item()


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
    return b"".join(processed_files(result.tables, "entretiens").values()).decode()


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


def everything_told(result):
    return everything(result) + "\n".join(map(str, result.problems))


@pytest.mark.parametrize(
    "row",
    [
        "INT003,asso,Paul Durand,0612345678,Agri,42312,visio,oui",  # two cells too many
        "INT003,Mme Durand,06 12 34 56 78",  # three too few
        "INT003,durand,0612345678,visio",  # words that no form gives away
    ],
)
def test_row_out_of_line_is_held_and_tells_nobody(tmp_path, row):
    registre = FILES["registre.csv"].replace("INT003,asso,Agri,42312,visio,oui", row)
    got = cleaned(tmp_path, registre=registre)
    assert "INT003" not in set(got.tables["interviews"]["interview_id"])
    told = everything_told(got)
    assert not re.search(r"durand|paul|06.?12", told, re.IGNORECASE)
    assert "registre.csv, ligne 4" in told
    assert "INT003" in got.tables["quarantine"]["content"].str.cat()  # who it is may still withdraw


@pytest.mark.parametrize("file", ["codages_A", "grille", "questions", "correspondance_types"])
def test_row_out_of_line_of_any_file_is_held_and_tells_nobody(tmp_path, file):
    spoilt = FILES[f"{file}.csv"] + "INT001,durand paul,0612345678,a,b,c,d,e,f,g\n"
    got = cleaned(tmp_path, **{file: spoilt})
    told = everything_told(got)
    assert not re.search(r"durand|paul|06.?12", told, re.IGNORECASE)
    assert f"{file}.csv, ligne {spoilt.count(chr(10))}" in told
    if file != "correspondance_types":
        assert f"{file}.csv" in got.tables["quarantine"]["file"].tolist()


def test_name_or_number_in_the_wrong_column_is_masked_wherever_it_is_told(tmp_path):
    registre = FILES["registre.csv"].replace("habitante", "DURAND Paul").replace("visio", "+33 6 12 34 56 78")
    got = cleaned(tmp_path, registre=registre)
    told = everything_told(got)
    assert not re.search(r"durand|paul|12 34", told, re.IGNORECASE)
    assert told.count("(masqué)") >= 4  # each, in its message and in quarantine


def test_name_that_the_mapping_harmonises_stays_out_of_the_log(tmp_path):
    got = cleaned(
        tmp_path,
        registre=FILES["registre.csv"].replace("habitante", "Mme Durand"),
        correspondance_types=FILES["correspondance_types.csv"] + "Mme Durand,habitants\n",
    )
    assert errors(got) == []
    assert "Durand" not in everything_told(got)


def test_name_among_the_labels_that_are_admitted_is_masked_too(tmp_path):
    got = cleaned(
        tmp_path,
        registre=FILES["registre.csv"].replace("habitante", "zyx"),
        correspondance_types=FILES["correspondance_types.csv"] + "Mme Durand,habitants\n",
        arbitrages="Objet,Décision,Motif\nregistre.csv 3,écarter,saisi par Paul Durand\n",
    )
    told = everything_told(got)
    assert "libellés admis : agent de la ville, asso" in told
    assert "Durand" not in told


def test_cell_of_a_column_that_is_not_taken_is_never_quoted(tmp_path):
    lines = FILES["registre.csv"].splitlines()
    named = "\n".join([f"{lines[0]},Remarque", *(f"{line},=durand parti" for line in lines[1:])]) + "\n"
    assert "durand" not in everything_told(cleaned(tmp_path, registre=named))


def test_words_of_an_interview_are_not_repeated(tmp_path):
    spoken = "Entretien,Extrait,Code,Sens\nINT001,on ne nous écoute pas assez,a_b_1,appuie\nINT001,10-2O,a_b_1,appuie\n"
    got = cleaned(tmp_path, codages_A=spoken, codages_B=None)
    told = everything_told(got)
    assert "écoute" not in told
    assert "paroles non reprises" in told
    assert "« 10-2O »" in told  # a place badly written is shown: it can be mended


def test_interview_to_come_is_held(tmp_path):
    got = clean(write(tmp_path), example(), today=datetime.date(2015, 11, 3))
    assert len([line for line in errors(got) if "date à venir : après le 3 novembre 2015" in line]) == 3
    assert got.tables["interviews"].empty


def test_interview_after_the_year_of_the_study_is_kept_and_told(tmp_path):
    got = clean(write(tmp_path), replace(example(), year=2014))
    assert errors(got) == []
    late = [problem for problem in got.problems if "après l’année de l’étude (2014)" in problem.expected]
    assert [problem.row for problem in late] == [2, 3, 4]
    assert not any(
        "année de l’étude" in problem.expected for problem in clean(tmp_path, replace(example(), year=2015)).problems
    )


def test_doubt_is_held_where_a_value_is_needed_and_logged_elsewhere(tmp_path):
    got = cleaned(
        tmp_path, registre=FILES["registre.csv"].replace("visio", "?").replace(",,04/11/2015", ",?,04/11/2015")
    )
    (said,) = errors(got)
    assert "« ? » ; doute écrit" in said
    log = got.tables["cleaning_log"]
    assert log.loc[log["raw"] == "?", "rule"].tolist() == ["doute écrit (« ? ») : laissé sans valeur"]


def test_sign_that_means_something_is_not_told_to_be_absent(tmp_path):
    said = errors(
        cleaned(tmp_path, codages_B="Entretien,Début,Fin,Code,Sens\nINT001,11,20,a_b_1,+\nINT002,3,4,+,appuie\n")
    )
    assert any("« + » ; valeurs admises" in line for line in said)
    assert any("« + » ; ce code n’est pas dans la grille" in line for line in said)
    assert not any("absente" in line for line in said)


def test_interview_without_a_code_is_not_said_to_hide_one(tmp_path):
    register = FILES["registre.csv"] + ",habitante,,04/11/2015,visio,oui\n"
    (error,) = errors(cleaned(tmp_path, registre=register))
    assert error.startswith("registre.csv, ligne 5, colonne Entretien : valeur obligatoire, absente.")
