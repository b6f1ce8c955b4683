"""Mechanisms are the same in several studies only where a table says so, and why."""

from __future__ import annotations

import pytest

from pic_analysis.reading.families import FILE, Family, Member, read_families

HEAD = "family_id,label_fr,study,mechanism_id,reason_fr\n"


def read(folder, *rows):
    path = folder / FILE
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_families(path)


def test_without_a_table_there_is_no_family_and_nothing_wrong(tmp_path):
    assert read_families(tmp_path / FILE) == ((), ())


def test_rows_of_one_family_are_gathered_in_the_order_of_the_table(tmp_path):
    got, problems = read(tmp_path, "MEC02,Prêt,b,S>P-1,même levier", "MEC01,Fierté,a,A>B-1,x", "MEC02,Prêt,a,A>B-2,y")
    expected = (
        Family("MEC02", "Prêt", (Member(2, "b", "S>P-1", "même levier"), Member(4, "a", "A>B-2", "y"))),
        Family("MEC01", "Fierté", (Member(3, "a", "A>B-1", "x"),)),
    )
    assert (got, problems) == (expected, ())


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (("MEC01,Prêt,a,A>B-1,",), 2, "reason_fr"),  # why they are the same must be said
        (("prêt,Prêt,a,A>B-1,x",), 2, "family_id"),
        (("MEC01,Prêt,a,A>B-1,x", "MEC01,Don,b,A>B-1,x"), 3, "label_fr"),
        (("MEC01,Prêt,a,A>B-1,x", "MEC01,Prêt,a,A>B-1,y"), 3, "mechanism_id"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(tmp_path, rows, row, column):
    (problem,) = read(tmp_path, *rows)[1]
    assert (problem.file, problem.row, problem.column, problem.blocking) == (FILE, row, column, True)
