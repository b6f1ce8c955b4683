"""What is wrong with interview files is said in the words of those who made them."""

import shutil
import sqlite3

import pytest
import refi_files
from raw_interviews import FILES, clean, cleaned, errors, write
from refi_files import coding, qdpx, selection, text_source

from pic_analysis.cleaning.told import printed
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import example
from pic_analysis.reading.sheets import Sheet

REGISTER = "N° entretien;Type d'acteur;Étude de cas;Date entretien;Modalité;Accord\r\n"
CODED = "Entretien,Code,Sens\n" + "INT001,a_b_1,appuie\n" * 7


def exported(tmp_path, *selections, more=""):
    """Clean a study whose only codings are in a REFI-QDA project; return what stops the build."""
    folder = write(tmp_path / "in", codages_A=None, codages_B=None, questions=None)
    sources = text_source(*selections) + more
    qdpx(folder / "codages_A.qdpx", refi_files.project(sources), {"sources/entretien.txt": "Bonjour à tous, dit-il."})
    return [line for line in errors(clean(folder, example())) if line.startswith("codages_A.qdpx")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("INT001;Riverain;Eco;2015-11-04;visio;oui", "colonne Type d'acteur : « Riverain »"),
        ("INT001;Élu;Ecologie;2015-11-04;visio;oui", "colonne Étude de cas : « Ecologie »"),
        ("INT001;Élu;Eco;31/02/2015;visio;oui", "colonne Date entretien : « 31/02/2015 »"),
        ("INT001;Élu;Eco;2015-11-04;pigeon;oui", "colonne Modalité : « pigeon »"),
        ("INT001;Élu;Eco;2015-11-04;visio;peut-être", "colonne Accord : « peut-être »"),
        (";Élu;Eco;2015-11-04;visio;oui", "colonne N° entretien : "),
    ],
)
def test_column_is_named_as_the_file_names_it(tmp_path, row, expected):
    said = [line for line in errors(cleaned(tmp_path, registre=REGISTER + row + "\r\n")) if "registre" in line]
    assert [line for line in said if expected in line], said


def test_no_message_names_a_column_of_ours(tmp_path):
    got = cleaned(
        tmp_path,
        registre=FILES["registre.csv"].replace("visio", "pigeon").replace("habitante", "riveraine"),
        grille=FILES["grille.csv"] + "c,,zz,?>?,x,nul\n",
        codages_A="Document,Passage,Tag,Orientation\nINT001,dix,a_b_9,apuie\nINT009,9-3,a_b_1,\n",
        questions="Entretien,Thème\nINT001,zz\n",
        correspondance_types=FILES["correspondance_types.csv"] + "PME,entreprise\n,elus\n",
        arbitrages="Sur quoi,Choix,Pourquoi\nINT001 a_b_9,absent,x\nINT001,doublon,\nrien,rien,x\n",
    )
    ours = {"interview_id", "stakeholder_type", "code_id", "label_fr", "link_id", "merged_into", "direction", "segment"}
    ours |= {"printed_label", "subject", "decision", "reason_fr", "start", "end", "coder", "version", "parent"}
    assert {problem.column for problem in got.problems} & ours == set()
    assert {"Passage", "Tag", "Orientation", "Choix", "Pourquoi"} <= {p.column for p in got.problems}


def test_header_under_a_group_and_in_a_large_file_is_the_printed_one(tmp_path):
    rows = "".join(f"INT001,{n},{n + 5},a_b_1,appuie\n" for n in range(9000))
    coded = "Entretien,Début,Fin,Code,Orientation\n" + rows + "INT001,1,2,a_b_1,apuie\n"
    said = [line for line in errors(cleaned(tmp_path, codages_A=coded)) if "apuie" in line]
    assert said[0].startswith("codages_A.csv, ligne 9002, colonne Orientation : ")


def test_column_that_is_not_there_is_told_once_and_not_row_by_row(tmp_path):
    said = errors(cleaned(tmp_path, codages_A=CODED, codages_B=None, questions=None))
    assert sorted(line.split(".\n")[0] for line in said) == [
        "codages_A.csv, ligne 1, colonne début : colonne attendue, absente",
        "codages_A.csv, ligne 1, colonne fin : colonne attendue, absente",
    ]
    assert all("ou une colonne pour les deux : extrait, passage" in line for line in said)


def test_required_column_that_is_not_there_is_told_once(tmp_path):
    register = FILES["registre.csv"].replace(",Consentement", "").replace(",oui", "")
    got = cleaned(tmp_path, registre=register)
    (said,) = errors(got)
    assert said.startswith("registre.csv, colonne consentement : colonne attendue, absente")
    assert (got.tables["quarantine"]["file"] == "registre.csv").sum() == 3  # told once, and no row is lost


def test_segment_in_one_column_is_told_once_under_its_name():
    sheet = Sheet("codages_A.csv", None, headers={"segment": "Passage"})
    faults = [Problem("codages_A.csv", 2, column, "dix", "attendu : un nombre") for column in ("start", "end")]
    assert [problem.column for problem in printed(faults, [sheet])] == ["Passage"]


def test_export_has_one_message_a_fault_and_each_says_what_to_do(tmp_path):
    marks = [selection(place, place + 3, n=place, inside=coding(n=place)) for place in range(1, 13)]
    marks.append(selection(2, 4, n=20, inside=coding("feuille", n=20)))
    said = [line.replace("\xa0", " ") for line in exported(tmp_path, *marks)]
    assert len(said) == 2
    code, direction = sorted(said, key=lambda line: "sens" in line.partition("\n")[0])
    assert code.startswith(
        "codages_A.qdpx : « arbre (12) · feuille, verte (1) » ; 13 codages : ce code n’est pas dans la grille.\n"
        "    → Complétez la grille, ou reprenez dans l’outil les noms qu’elle donne"
    )
    assert "13 codages : le sens n’est pas dit" in direction
    assert "« sens par défaut », appuie" in direction
    assert "n° 2 à 14" in direction


def test_many_faults_of_an_export_are_all_counted(tmp_path):
    marks = [selection(1, 4, n=n, inside=coding(n=n)) for n in range(1, 301)]
    assert any("300\xa0codages : ce code" in line for line in exported(tmp_path, *marks))


def test_document_that_is_no_interview_is_counted_and_never_named(tmp_path):
    more = '<TextSource guid="50000000-0000-4000-8000-000000000009" name="Untel" plainTextPath="internal://x.txt">'
    more += selection(1, 2, n=8) + "</TextSource>"
    said = exported(tmp_path, more=more)
    assert any("1\xa0codage : le nom du document n’est pas le code d’un entretien" in line for line in said)
    assert any("nommez chaque document d’après son entretien (INT001)" in line for line in said)
    assert not any("Untel" in line for line in said)


def test_passage_of_a_picture_is_told_as_such(tmp_path):
    more = '<PictureSource guid="50000000-0000-4000-8000-000000000009" name="INT002">'
    more += (
        '<PictureSelection guid="60000000-0000-4000-8000-000000000009" firstX="1" firstY="1" secondX="5" secondY="5">'
    )
    more += coding(n=9) + "</PictureSelection></PictureSource>"
    said = exported(tmp_path, more=more)
    assert any("1\xa0codage : ce n’est pas du texte (1 sur une image)" in line for line in said)


def test_row_of_an_export_that_a_decision_leaves_out_stops_nothing(tmp_path):
    folder = write(tmp_path / "in", codages_A=None, codages_B=None, questions=None)
    sources = text_source(selection(1, 3, n=1))
    qdpx(folder / "codages_A.qdpx", refi_files.project(sources), {"sources/entretien.txt": "Bonjour"})
    (folder / "arbitrages.csv").write_text("Objet,Décision,Motif\ncodages_A.qdpx 2,écarter,essai\n", encoding="utf-8")
    got = clean(folder, example())
    assert errors(got) == []
    assert any("1\xa0codage : ce code" in str(p) and "Accepté : essai" in str(p) for p in got.problems)


def test_taguette_table_without_places_says_how_to_have_them(tmp_path):
    table = "id,document,tag,content\n1,INT001,Fierté,bonjour\n2,INT003,Fierté,bonsoir\n"
    decided = "Objet,Décision,Motif\nsens par défaut,appuie,convenu\n"
    got = cleaned(tmp_path, codages_A=table, codages_B=None, questions=None, arbitrages=decided)
    (said,) = errors(got)
    assert said.startswith("codages_A.csv : 2\xa0codages : la place du passage dans le texte n’est pas dite.\n")
    assert "en base de Taguette (.sqlite3)" in said


def test_database_that_cannot_be_read_is_told_in_french(tmp_path):
    folder = write(tmp_path / "in", codages_A=None, codages_B=None, questions=None)
    base = sqlite3.connect(folder / "codages_A.sqlite3")
    for name in ("documents", "tags", "highlights", "highlight_tags"):
        base.execute(f"CREATE TABLE {name} (id)")
    base.commit()
    base.close()
    said = [line for line in errors(clean(folder, example())) if "sqlite3" in line]
    assert "« projects » ; table absente de la base" in said[0]
    shutil.copy(folder / "codages_A.sqlite3", folder / "entretiens.sqlite3")
    said = [line for line in errors(clean(folder, example())) if "entretiens.sqlite3" in line]
    assert "codages_A.sqlite3 s’il a les codages d’un codeur" in said[0]
