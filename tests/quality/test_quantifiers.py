import pytest
from quality.rows import conclusion, statement, study_of, support

from pic_analysis.quality.quantifiers import HOW_MANY, quantifiers, rank

WORDS = [
    "un cercle plus restreint",
    "certains",
    "un certain nombre",
    "de très nombreux",
    "la plupart",
    "une très large majorité",
    "tous",
]


def grown(word, *attached):
    """Return what the rule finds of a conclusion and of statements given as (word, relation, basis)."""
    rows = [statement(f"B2-{n:02d}", "3.2.2", quantifier=said) for n, (said, *_) in enumerate(attached, start=1)]
    ties = [support("CCL01", row["statement_id"], *about) for row, (_, *about) in zip(rows, attached, strict=True)]
    return quantifiers(study_of(conclusions=[conclusion("CCL01", word)], statements=rows, conclusion_support=ties))


def test_scale_is_in_the_order_of_french_words():
    assert [rank(word) for word in WORDS] == [("how_many", n) for n in range(1, len(HOW_MANY) + 1)]


@pytest.mark.parametrize("word", ["", "pas toujours", "pas encore assez", "d’autant plus", "une certaine", "4"])
def test_word_that_no_scale_orders_has_no_rank(word):
    assert rank(word) is None


def test_word_stronger_than_every_supporting_one_is_found():
    (got,) = grown("une large majorité", ("un grand nombre", "supports", "coder_reading"), ("un certain nombre",))
    assert (got.id, got.kind, got.severity) == ("CTR-quantificateur-CCL01", "quantifier", "majeur")
    assert (got.first.anchor, got.second.section, got.second.anchor) == ("ancre de B2-02", "4", "CCL 1")
    assert got.summary_fr == (
        "La conclusion CCL01 dit « une large majorité » ; ses constats disent moins : "
        "« un certain nombre » (B2-02) et « un grand nombre » (B2-01)."
    )


@pytest.mark.parametrize(
    "attached",
    [
        [("une large majorité",), ("certains",)],
        [("tous",)],
        [("",)],
        [("assez largement",)],
        [],
        [("certains", "opposes")],
    ],
    ids=["one as strong", "one stronger", "no word", "another scale", "no statement", "some do not"],
)
def test_word_that_a_statement_carries_or_that_nothing_measures_is_no_finding(attached):
    assert grown("une large majorité", *attached) == []


def test_few_in_an_opposing_statement_cannot_hold_with_many():
    (got,) = grown("une part significative", ("généralement",), ("un cercle plus restreint", "opposes"))
    assert got.first.anchor == "ancre de B2-02"
    assert "son constat dit moins : « un cercle plus restreint » (B2-02)." in got.summary_fr
    assert grown("certains", ("certains",), ("peu", "opposes")) == []


def test_degree_is_compared_with_degree():
    (got,) = grown("pleinement", ("au moins en partie",))
    assert got.severity == "majeur"


def test_conclusion_without_a_word_of_quantity_is_no_finding():
    assert grown("", ("certains",)) == []
