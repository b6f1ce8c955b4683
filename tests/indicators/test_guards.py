import pickle

import pytest

from pic_analysis.indicators.guards import ASSUMPTIONS_FR, Refusal, causal_words, enough_points


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La stratégie contribue à la baisse.", ["contribue"]),
        ("Le musée a permis la baisse du chômage.", ["a permis"]),
        ("Le musée a largement permis cela.", ["a largement permis"]),
        ("Cela entraîne une hausse, provoque un recul et explique le reste.", ["entraîne", "provoque", "explique"]),
        ("La hausse est due à la crise.", ["due à"]),
        ("Grâce au musée, l’emploi monte.", ["Grâce au"]),
        ("C'est l'impact de l'ouverture.", ["impact de"]),
        ("L’effet du musée est fort.", ["effet du"]),
        ("Le musée n’a aucun effet sur l’emploi.", ["effet sur"]),
        ("Le musée ferait bien de fermer mais fait baisser le chômage.", ["fait baisser"]),
        ("Le taux ne baisse pas. Le musée explique tout.", ["explique"]),
        ("Le musée a réduit le chômage.", ["a réduit"]),
        ("Le musée crée des emplois et améliore l’image.", ["crée", "améliore"]),
        ("Le musée permet de réduire le chômage.", ["permet de réduire"]),
        ("Le chômage a baissé suite à l’ouverture.", ["suite à"]),
        ("C’est la conséquence de l’ouverture.", ["conséquence de"]),
        ("La baisse découle du projet, elle est attribuable au musée.", ["découle du", "attribuable au"]),
        ("La zone doit au musée sa baisse ; cela tient à l’ouverture.", ["doit au", "tient à l"]),
        ("Il baisse parce que le musée a ouvert, car il attire des visiteurs.", ["parce que", "car", "attire"]),
        ("Le musée dope l’emploi, dont il est la cause.", ["dope", "est la cause"]),
        ("Le musée a un effet très positif et joue un rôle.", ["effet très positif", "joue un rôle"]),
        ("La population augmente du fait de la stratégie, qui porte ses fruits.", ["du fait de", "porte ses fruits"]),
    ],
)
def test_a_claim_of_cause_is_found(text, expected):
    assert causal_words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La série ne permet pas de dire que le musée a fait baisser le chômage.",
        "Rien ne montre que la hausse soit due à la crise.",
        "L’ouverture n’explique pas la baisse.",
        "Cela n’a pas permis de conclure.",
        "Selon les auteurs, la stratégie contribue à la baisse.",
        "Le maire estime que le label a permis la hausse.",
        "Le rapport écrit : « le musée a fait baisser le chômage ».",
        "Le musée a-t-il fait baisser le chômage ?",
        "L’analyse de contribution et le récit de contribution sont décrits plus loin.",
        "Le chômage baisse de 2 points entre 2013 et 2019.",
        "Le modèle à effets fixes compare les zones.",
        "La mise en cause des résidus est permise.",
        "La hausse accélère, puis la baisse ralentit.",
        "Sans relance un an après, ce nombre ne dit que la notoriété.",
        "Le total doit au moins égaler la somme ; le service tient à jour le registre.",
        "Cela fait suite à la mesure de 2013.",
        "Rien ne montre que le musée crée des emplois.",
    ],
)
def test_what_claims_no_cause_is_left_alone(text):
    assert causal_words(text) == []


def test_our_own_assumptions_claim_no_cause():
    assert [words for said in ASSUMPTIONS_FR.values() for text in said if (words := causal_words(text))] == []


@pytest.mark.parametrize("number", range(8))
def test_fewer_than_eight_points_are_refused(number):
    with pytest.raises(Refusal, match="au moins 8"):
        enough_points(number, "dans la série")


def test_a_refusal_comes_back_whole_from_another_process():
    got = pickle.loads(pickle.dumps(Refusal("points", "Trop court.")))
    assert (got.kind, str(got)) == ("points", "Trop court.")
