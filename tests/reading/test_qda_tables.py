import office_files as office
import pandas as pd
import pytest

from pic_analysis.reading.detect import read
from pic_analysis.reading.qda_layouts import LAYOUTS, best_layout
from pic_analysis.reading.qda_tables import read_qda_tables
from pic_analysis.reading.tables import RawTable

MAXQDA_EN = ["Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End", "Weight score",
             "Segment", "Modified by", "Modified", "Area", "Coverage %"]  # fmt: skip
MAXQDA_FR = ["Couleur", "Commentaire", "Groupe de documents", "Nom du document", "Code", "Début", "Fin", "Poids",
             "Segment", "Modifié par", "Modifié le", "Surface", "Couverture %"]  # fmt: skip
MAXQDA_ROW = ["●", "net", "Eco", "E01", "Effets > emploi, revenu", "3", "4", "0", "du travail", "ana", "2015-11-04",
              "120", "1,5"]  # fmt: skip
ATLAS_EN = ["ID", "Quotation Name", "Document", "Quotation Content", "Codes", "Reference", "Comment", "Created by"]
ATLAS_FR = ["ID", "Nom de la citation", "Document", "Contenu de la citation", "Codes", "Référence", "Commentaire",
            "Créé par"]  # fmt: skip
NVIVO_EN = ["Hierarchical Name", "File", "Coded Text", "Coverage", "Reference Number", "Coded By Initials"]
NVIVO_FR = ["Nom hiérarchique", "Fichier", "Texte codé", "Couverture", "Numéro de référence", "Codé par (initiales)"]


def table(header, *rows, file="t.csv"):
    return RawTable(file, pd.DataFrame([*rows], columns=header, index=range(2, len(rows) + 2), dtype=str))


def atlas(*cells):
    """Return a table of quotations with these cells of codes."""
    return table(ATLAS_EN, *(["1:1", "", "E01", "un passage", cell, "¶ 2", "", "ana"] for cell in cells))


def codes_by_row(imported):
    names = dict(zip(imported.codes["code_id"], imported.codes["name"], strict=True))
    found = {}
    for coding_id, code_id in zip(imported.codings["coding_id"], imported.codings["code_id"], strict=True):
        found.setdefault(int(coding_id.split(".")[0]), []).append(names[code_id])
    return found


@pytest.mark.parametrize("header", [MAXQDA_EN, MAXQDA_FR])
def test_maxqda_segment_gives_a_coding_and_the_path_of_its_code(header):
    got = read_qda_tables("t.csv", [table(header, MAXQDA_ROW)])
    assert got.tool == "MAXQDA (segments codés)"
    assert got.codes[["code_id", "name", "parent_id"]].to_numpy().tolist() == [
        ["Effets", "Effets", ""],
        ["Effets > emploi, revenu", "emploi, revenu", "Effets"],
    ]
    assert got.codings.loc[0].to_dict() == {
        "coding_id": "2",
        "source_id": "E01",
        "code_id": "Effets > emploi, revenu",
        "user_id": "ana",
        "start": -1,
        "end": -1,
        "unit": "",
        "quote_length": len("du travail"),
        "note": "net · place : 3–4",
    }
    assert got.sets["name"].tolist() == ["Eco"]


@pytest.mark.parametrize("header", [ATLAS_EN, ATLAS_FR])
def test_atlas_quotation_with_lines_of_codes_keeps_their_commas(header):
    row = ["1:3", "", "E01", "du travail", "emploi, revenu\ncoût", "¶ 2", "", "ana"]
    got = read_qda_tables("t.csv", [table(header, row)])
    assert got.tool == "ATLAS.ti (citations)"
    assert got.codings["code_id"].tolist() == ["emploi, revenu", "coût"]
    assert got.codings["coding_id"].tolist() == ["2.1", "2.2"]


@pytest.mark.parametrize("header", [NVIVO_EN, NVIVO_FR])
def test_nvivo_reference_gives_a_coding_below_the_folder_of_codes(header):
    row = [r"Codes\\Effets\emploi, revenu", "E01", "du travail", "1,5 %", "1", "ANA"]
    got = read_qda_tables("t.csv", [table(header, row)])
    assert got.tool == "NVivo (références)"
    assert got.codings.loc[0, ["code_id", "source_id", "user_id"]].tolist() == [
        "Effets > emploi, revenu",
        "E01",
        "ANA",
    ]


def test_commas_are_cut_where_known_codes_leave_one_reading():
    got = read_qda_tables("t.csv", [atlas("coût", "délai", "coût, délai")])
    assert codes_by_row(got) == {2: ["coût"], 3: ["délai"], 4: ["coût", "délai"]}
    assert [problem for problem in got.problems if problem.blocking] == []


def test_a_list_of_codes_in_another_sheet_tells_which_commas_belong_to_names():
    listed = table(["Code", "Grounded"], ["emploi, revenu", "1"], ["coût", "2"], file="t.xlsx (Codes)")
    got = read_qda_tables("t.xlsx", [atlas("coût, emploi, revenu"), listed])
    assert got.codings["code_id"].tolist() == ["coût", "emploi, revenu"]


@pytest.mark.parametrize("cells", [("emploi, revenu",), ("a", "b", "a, b", "a, b, c"), ("x; y",)])
def test_comma_that_nothing_explains_is_an_error_and_the_cell_stays_whole(cells):
    got = read_qda_tables("t.csv", [atlas(*cells)])
    assert got.codings["code_id"].tolist()[-1] == cells[-1]
    assert [problem.row for problem in got.problems if problem.blocking] == [len(cells) + 1]


def test_two_readings_of_a_cell_are_an_error():
    listed = table(["Code", "Grounded"], ["a", "1"], ["b", "1"], ["a, b", "1"], file="t.xlsx (Codes)")
    got = read_qda_tables("t.xlsx", [atlas("a, b"), listed])
    assert len([problem for problem in got.problems if problem.blocking]) == 1


def test_passage_without_code_is_kept_apart_and_empty_row_told():
    rows = [["", "", "", "E01", "", "", "", "", "du travail", "ana", "", "", ""], ["●", *[""] * 12]]
    got = read_qda_tables("t.csv", [table(MAXQDA_EN, *rows)])
    assert got.segments_without_code[["source_id", "user_id"]].to_numpy().tolist() == [["E01", "ana"]]
    assert [(problem.row, problem.blocking) for problem in got.problems if problem.row] == [(2, False), (3, True)]


def test_coding_without_document_is_kept_and_told():
    got = read_qda_tables("t.csv", [table(["Document name", "Code", "Segment"], ["", "coût", "cher"])])
    assert len(got.codings) == 1
    assert [problem.row for problem in got.problems if problem.blocking] == [2]


def test_columns_that_are_not_read_are_told():
    got = read_qda_tables(
        "t.csv", [table(["Document name", "Code", "Segment", "Humeur"], ["E01", "coût", "cher", "?"])]
    )
    assert [problem.value for problem in got.problems if "colonne non reprise" in problem.expected] == ["Humeur"]


@pytest.mark.parametrize(
    ("header", "tool"),
    [
        (["Nom", "Description", "Fichiers", "Références"], "NVivo (liste des codes)"),
        (["Name", "Description", "Files", "References"], "NVivo (liste des codes)"),
        (["Code", "Enracinement", "Densité"], "ATLAS.ti (liste des codes)"),
        (["Code", "Mémo du code"], "MAXQDA (liste des codes)"),
        (["Document", "Date", "Lieu"], None),
    ],
)
def test_tables_are_told_by_their_columns(header, tool):
    layout, _ = best_layout(header)
    assert (layout.tool if layout else None) == tool


def test_every_layout_is_recognised_by_the_first_names_of_all_its_columns():
    for layout in LAYOUTS:
        header = list(dict.fromkeys(names[0] for names in (*layout.required.values(), *layout.optional.values())))
        header += [name for name in layout.others if name not in header]
        assert best_layout(header)[0] is layout


def test_nvivo_codebook_gives_names_and_descriptions():
    got = read_qda_tables(
        "t.csv", [table(["Name", "Description", "Files", "References"], ["coût", "Ce qui coûte", "3", "9"])]
    )
    assert got.codes[["name", "description"]].to_numpy().tolist() == [["coût", "Ce qui coûte"]]


def test_workbook_with_its_codes_is_read_as_one_import(tmp_path):
    path = office.xlsx(
        tmp_path / "atlas.xlsx",
        {
            "Citations": [ATLAS_FR, ["1:1", "", "E01", "passage", "coût, emploi, revenu", "¶ 2", "", "ana"]],
            "Codes": [["Code", "Enracinement"], ["coût", 1], ["emploi, revenu", 1]],
        },
    )
    got = read(path)
    assert got.codings[["coding_id", "code_id"]].to_numpy().tolist() == [
        ["atlas.xlsx (Citations)!2.1", "coût"],
        ["atlas.xlsx (Citations)!2.2", "emploi, revenu"],
    ]
