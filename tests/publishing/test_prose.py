import pytest

from pic_analysis.publishing.prose import bare_level, sentences, too_strong, typed_numbers

VERBS = {
    "none": ["ne permet pas de"],
    "low": ["(?:a|ont) pu"],
    "medium": ["contribue(?:nt)?"],
    "high": ["contribue(?:nt)? nettement", "prouve(?:nt)?"],
    "attributed": ["le rapport (?:écrit|conclut)"],
}


@pytest.mark.parametrize(
    ("sentence", "level", "expected"),
    [
        ("La stratégie a pu contribuer.", "low", ""),
        ("La stratégie a pu contribuer.", "none", "a pu"),
        ("Les actions contribuent au changement.", "low", "contribuent"),
        ("La stratégie contribue nettement.", "medium", "contribue nettement"),
        ("La stratégie contribue nettement.", "high", ""),
        ("La contribution est discutée.", "low", ""),
        ("Rien ne prouve un effet.", "low", ""),
        ("Le rapport conclut que la stratégie contribue nettement.", "low", ""),
        ("Le rapport conclut peu, mais la stratégie prouve son effet.", "low", "prouve"),
        ("Rien ne le prouve.", "low", ""),
        ("L'action ne prouve rien, elle n'en contribue pas moins.", "medium", ""),
        ("La stratégie contribue-t-elle au changement ?", "low", ""),
    ],
)
def test_verb_is_held_to_the_confidence(sentence, level, expected):
    assert too_strong(sentence, level, VERBS) == expected


def test_sentence_that_only_cites_belongs_to_the_one_before():
    assert sentences("Elle prouve son effet. (⟦CCL01⟧)") == ["Elle prouve son effet. (⟦CCL01⟧)"]
    assert sentences("Elle prouve son effet, cf. ⟦CCL01⟧. Puis rien.") == [
        "Elle prouve son effet, cf. ⟦CCL01⟧.",
        "Puis rien.",
    ]


def test_quoted_words_are_not_ours():
    assert sentences("Il écrit « contribue nettement ! ». Et la suite.") == ["Il écrit .", "Et la suite."]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Conclusion 5 : le Quartier Ouest", []),
        ("Voir {constat}`B1-07` et [la page](page-2.md).", []),
        ("```{bloc} passeport\n:conclusion: CCL05\n```", []),
        ("1. Premier point\n2. Second point", []),
        ("Le titre {{annee 2016}} vient du carnet.", []),
        ("En tout, 97 entretiens, soit 17,5 %.", ["97", "17,5"]),
        (":::{note}\nSur 97 voix.\n:::", ["97"]),
        ("{conclusion}`97 entretiens <CCL01>`", ["97"]),
        ("## Sur 97", ["97"]),
        ("Aux sections 3.2.1 et 3.2.4.", []),
    ],
)
def test_only_numbers_of_the_prose_are_typed(source, expected):
    assert typed_numbers(source) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Confiance élevée", True),
        ("Confiance faible, 2 sources indépendantes", True),
        ("Confiance faible : étendue limitée (2 sources indépendantes) et concordance moyenne", False),
        ("On lui fait confiance.", False),
        ("La confiance y est très élevée.", True),
        ("Confiance faible : étendue limitée (2 sources indépendantes), concordance forte ; confiance élevée", True),
    ],
)
def test_level_never_stands_alone(text, expected):
    assert bare_level(text) is expected
