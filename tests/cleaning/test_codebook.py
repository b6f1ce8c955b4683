import pandas as pd

from pic_analysis.cleaning.codebook import FIELDS, clean_codebook, frame
from pic_analysis.reading.sheets import Sheet


def grid(*rows):
    """Code, label, parent, link, version, merged into."""
    filled = [(*row, *[""] * len(FIELDS))[: len(FIELDS)] for row in rows]
    return clean_codebook(
        Sheet("grille.csv", pd.DataFrame(filled, columns=[*FIELDS], index=range(2, 2 + len(rows)), dtype=str))
    )


def held(book):
    faults = book.sieve.faults
    return sorted((int(book.sieve.raw.at[f.position, "row"]), f.column, f.value) for f in faults.itertuples())


def test_last_version_of_a_code_is_kept_with_the_version_where_it_appeared():
    book = grid(("a", "Ancien", "", "", "1"), ("a", "Nouveau", "", "", "3"), ("b", "Autre", "", "", "v2"))
    got = frame(book)
    assert got[["code_id", "label_fr", "version"]].to_numpy().tolist() == [["a", "Nouveau", 1], ["b", "Autre", 2]]
    assert len(book.sieve.aside) == 1


def test_same_code_twice_in_one_version_is_held():
    assert held(grid(("a", "Un"), ("A", "Deux"))) == [(3, "code_id", "a")]


def test_merges_are_followed_to_the_end():
    book = grid(("a", "A", "", "", "", "b"), ("b", "B", "", "", "", "c"), ("c", "C"))
    assert book.read("a").clean == "c"
    assert book.read("a").rule == "code fondu dans c"


def test_codes_that_replace_one_another_are_held_with_what_waits_for_them():
    book = grid(("a", "A", "", "", "", "b"), ("b", "B", "", "", "", "a"), ("c", "C", "", "", "", "a"), ("d", "D"))
    assert held(book) == [(2, "merged_into", "a > b > a"), (3, "merged_into", "b > a > b"), (4, "merged_into", "a")]
    assert frame(book)["code_id"].tolist() == ["d"]


def test_code_that_contains_itself_is_held():
    assert held(grid(("a", "A", "a"), ("b", "B"))) == [(2, "parent", "a > a")]


def test_unknown_parent_is_held_with_the_nearest_and_its_children_too():
    book = grid(("fierte", "Fierté"), ("x", "X", "fiertee"), ("y", "Y", "x"))
    assert held(book) == [(3, "parent", "fiertee"), (4, "parent", "x")]
    assert book.sieve.faults["nearest"].tolist() == ["fierte", ""]


def test_child_of_a_merged_code_goes_to_the_code_that_replaces_it():
    got = frame(grid(("a", "A", "", "", "", "b"), ("b", "B"), ("c", "C", "a")))
    assert got.set_index("code_id")["parent"].to_dict() == {"a": "", "b": "", "c": "b"}


def test_codes_are_known_by_their_form_or_their_label():
    book = grid(("a_b_1", "Fierté locale, retrouvée"))
    assert [book.read(text).clean for text in ("A>B-1", "fierté locale retrouvée", "a_b_1")] == ["a_b_1"] * 3
    assert book.read("a_b_2").nearest == "a_b_1"


def test_arrows_are_put_in_form_and_what_is_none_is_held():
    book = grid(("a", "A", "", "A → B-1"), ("b", "B", "", "RIV02"), ("c", "C", "", "peut-être"))
    assert frame(book)["link_id"].tolist() == ["A>B-1", "RIV02"]
    assert held(book) == [(4, "link_id", "peut-être")]
