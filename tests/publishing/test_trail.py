"""The steps of a guided reading: each says its part, keeps the next one's answer, and has words for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
import tiny

from pic_analysis.evidence.passport import Accounts
from pic_analysis.publishing import trail

DISSENT = ("tem-004", "expert", "Les experts", "B1-01", "3.2.1", "nuances", "Pas partout.", "pas partout")


@pytest.fixture
def told(tiny_study):
    """Give a function that writes a step for the one conclusion of the tiny study, some tables replaced."""

    def step(name, **rows):
        study = tiny_study(**{k: v for k, v in rows.items() if v})
        study = replace(study, **{k: study.tables[k].iloc[:0] for k, v in rows.items() if not v})
        known = Accounts(study)
        account = known.of("conclusion", "CCL01")
        about = {"extent": (known, account), "thresholds": (known,), "strengths": (known,)}
        alone = ("for_and_against", "fates", "agreement")
        got = getattr(trail, name)(*about.get(name, (account,) if name in alone else (study, account)))
        return got if isinstance(got, str) else got.html()

    return step


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("opening", ["{conclusion}`CCL01` Le récit convainc.", "B, Posture", "contribution de la stratégie"]),
        ("place", ["{noeud}`A` → {noeud}`B`", "{lien}`A>B`", "{lien}`B>C`"]),
        ("attached", ["{constat}`B1-01` Beaucoup voient", "{constat}`B1-02` Un quartier"]),
        ("for_and_against", ["L’appuient :** {constat}`B1-01` (explicite)", "{constat}`B1-02` (lecture du codeur)"]),
        ("behind", ["{renvoi}`Eco_PC1_1` et {renvoi}`Part_PC1_1` ; {voix}`tem-001` ({repondant}`P11`)"]),
        ("rivals", ["{rival}`RIV01` Le maire emporte l’adhésion."]),
        ("fates", ["| {rival}`RIV01` | complète | {constat}`B1-01` (explicite) |"]),
        ("extent", ['<th scope="row">cas distincts</th><td class="nombre">2</td>']),
        ("agreement", ["limitée, 3\xa0sources indépendantes", "50\xa0% de 2\xa0éléments rattachés"]),
        ("strengths", ['<th scope="row">CCL01</th><td class="nombre">3</td>', "<td>faible</td>"]),
        ("thresholds", ['<th scope="row">agreement.strong</th>', "<td>0,8</td>"]),
        ("verdict", ["1\xa0constat", "Réserves d’experts :** 1\xa0réserve", "aucun, pris seul"]),
    ],
)
def test_step_says_its_part(told, step, expected):
    got = told(step)
    assert [words for words in expected if words not in got] == [], got


@pytest.mark.parametrize(
    ("step", "answer"),
    [("attached", "appui"), ("attached", "oppos"), ("rivals", "complète"), ("agreement", "onfiance")],
)
def test_step_does_not_answer_the_exercise_that_follows(told, step, answer):
    assert answer not in told(step)


def test_reserve_of_the_panel_stands_with_the_conclusion(told):
    voices = [*tiny.ROWS["testimonies"], DISSENT]
    assert "{voix}`tem-004` Pas partout. (le panel d’experts, sur {constat}`B1-01`)" in told(
        "dissent", testimonies=voices
    )
    assert "2\xa0réserves" in told("verdict", testimonies=voices)


@pytest.mark.parametrize(
    ("step", "empty", "expected"),
    [
        ("place", "theory_links", "la théorie n’en trace aucun"),
        ("attached", "conclusion_support", "aucun constat"),
        ("for_and_against", "conclusion_support", "S’y opposent :** aucun constat du récit"),
        ("behind", "conclusion_support", "ni cellule ni voix"),
        ("behind", "citations", "{constat}`B1-02` : "),
        ("rivals", "rivals", "Aucune explication rivale"),
        ("dissent", "testimonies", "Se taire n’est pas adhérer"),
        ("agreement", "conclusion_support", "faible, rien n’étant rattaché"),
        ("verdict", "conclusion_support", "rien à perdre"),
    ],
)
def test_step_has_words_for_nothing(told, step, empty, expected):
    rows = {empty: []} | ({"rival_fates": []} if empty == "rivals" else {})
    assert expected in told(step, **rows)
