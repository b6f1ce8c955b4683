import pytest

from pic_analysis.disclosure.by_hand import told
from pic_analysis.reading.settings import example

CASES = example().cases
CROSS = "Titre.\n\n| | {} | {} |\n|---|---|---|\n| {} | 12 | 9 |\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Titre\n\nDit par deux élus.\n", [(3, "deux élus")]),
        (
            "Un texte.\nEt sur deux lignes, 3\nhabitants.\n\nPuis 11 agents sur 12.\n",
            [(1, "3 habitants"), (5, "11 agents sur 12")],
        ),
        ("Trente habitants, 12 élus, deux réunions.\n", []),
        ("% compte public : le rapport l’imprime, page 12\nDit par deux élus.\n\nDeux agents.\n", [(4, "Deux agents")]),
        ("% compte public :\nDit par deux élus.\n", [(1, "deux élus")]),
    ],
)
def test_small_count_in_a_sentence_is_told_with_its_line(text, expected):
    assert [(problem.row, problem.value) for problem in told("pages/a.md", text, CASES)] == expected


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        ((CASES[0].id, CASES[1].id), "Élus", f"Élus + {CASES[0].id}"),
        ((CASES[0].label_fr, "Ensemble"), "**habitants**", f"habitants + {CASES[0].label_fr}"),
        (("Élus", "Agents"), CASES[0].id, f"Élus + {CASES[0].id}"),
        ((CASES[0].id, CASES[1].id), "Élus et agents", ""),
        (("2015", "2016"), "Élus", ""),
    ],
)
def test_table_that_crosses_types_and_cases_is_told_whatever_its_counts(columns, row, expected):
    got = told("pages/a.md", CROSS.format(*columns, row), CASES)
    assert [problem.value for problem in got] == [expected] * bool(expected)
