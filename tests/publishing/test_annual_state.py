import pytest
from publishing import tiny_state

from pic_analysis.causality import causal_words
from pic_analysis.publishing.blocks import annual_state as page
from pic_analysis.publishing.blocks import indicator_calendar as dates
from pic_analysis.publishing.drawings import series

NBSP = "\N{NO-BREAK SPACE}"
PARTS = (
    page.scope,
    page.essential,
    page.key_figures,
    page.questions,
    page.effects,
    page.recommendations,
    dates.news,
    dates.revisions,
    dates.calendar,
    dates.states,
)


@pytest.mark.parametrize("year", [0, 2020, 2019, 2018, 2013])
def test_state_of_indicators_alone_is_told_for_any_year(tmp_path, year):
    state = tiny_state.state(tmp_path, year)
    said = "\n".join(part(state) for part in PARTS)
    assert "nan" not in said.split()
    assert causal_words(said) == []
    for name in page.compared(state):
        series(state, name)


def test_essential_has_five_sentences_at_most_the_comparable_first(tmp_path):
    got = page.essential(tiny_state.state(tmp_path)).splitlines()
    assert len(got) <= page.MOST
    assert got[0].startswith(f"- **Taux de chômage** (Lens - Hénin) : 13,9{NBSP}% en 2020 (provisoire)")
    assert got[0].endswith(f"à côté : 11,5{NBSP}%, médiane de 2{NBSP}territoires comparés.")


def test_statements_are_never_put_first(tmp_path):
    """The counts of meetings are of quality D: they stand in the table, not in the essential."""
    state = tiny_state.state(tmp_path)
    assert "réunions" not in page.essential(state)
    assert f"**144{NBSP}réunions de 2008 à août 2013**" in page.key_figures(state)


def test_state_of_a_year_knows_nothing_of_later_values(tmp_path):
    got = page.key_figures(tiny_state.state(tmp_path, 2019))
    assert f"14,2{NBSP}% en 2019" in got
    assert "13,9" not in got


def test_indicators_without_a_value_are_named(tmp_path):
    assert "Sans aucune valeur connue : {indicateur}`L02`." in page.key_figures(tiny_state.state(tmp_path))


def test_answers_have_their_figures_and_what_is_not_known(tmp_path):
    got = page.questions(tiny_state.state(tmp_path))
    assert f"De 14,2{NBSP}% en 2019 à 13,9{NBSP}% en 2020." in got
    assert "*Ce qu’on ne sait pas.* Pourquoi." in got


def test_answer_that_needs_a_later_year_is_not_given(tmp_path):
    got = page.questions(tiny_state.state(tmp_path, 2019))
    assert "La réponse publiée porte aussi sur 2020" in got
    assert "13,9" not in got
    assert f"En 2018 : 14,5{NBSP}%." in got


def test_value_brings_the_sign_of_its_unit(tmp_path):
    answers = "question_id,question_fr,answer_fr,unknown_fr\nQEA01,Et ?,Il vaut {P03 ZE2020-3215 2019} alors.,Rien\n"
    got = page.questions(tiny_state.state(tmp_path, annual_questions=answers))
    assert f"Il vaut 14,2{NBSP}% alors." in got


def test_calendar_tells_received_expected_late_and_undated(tmp_path):
    state = tiny_state.state(tmp_path)
    got = dates.calendar(state)
    assert "État au 22 novembre 2026" in got
    assert "| 2020 | mars 2021 | reçue le 22 novembre 2026 |" in got
    assert "| 2021 | mars 2022 | **en retard** |" in got
    assert "| 2022 | mars 2027 | attendue |" in got
    assert "- À fixer. Sans date annoncée : {indicateur}`L02` (2025)." in got
    assert f"1{NBSP}reçue, 1{NBSP}attendue, 1{NBSP}en retard et 1{NBSP}sans date annoncée" in dates.states(state)


def edition(state, **changed):
    """Return the rows of an edition of today's values, some of them otherwise."""
    lines = [
        f"{row.indicator_id},{row.territory_id},{row.period},"
        f"{changed.get(row.period, row.value)},{row.status},{row.vintage}"
        for row in state.current.itertuples()
        if changed.get(row.period) != "absent"
    ]
    return "\n".join(["indicator_id,territory_id,period,value,status,vintage", *lines]) + "\n"


def test_first_edition_says_that_all_is_new(tmp_path):
    got = dates.news(tiny_state.state(tmp_path))
    assert "tout est nouveau" in got
    assert f"8{NBSP}valeurs pour 2{NBSP}indicateurs" in got


def test_first_edition_once_frozen_says_what_it_publishes_and_since_when(tmp_path):
    made = edition(tiny_state.state(tmp_path / "avant"))
    got = dates.news(tiny_state.state(tmp_path / "après", **{"editions/2026-11-23": made}))
    assert f"figée le 23 novembre 2026, publie 8{NBSP}valeurs pour 2{NBSP}indicateurs. Rien n’a changé depuis" in got


def test_news_names_the_values_that_the_last_edition_had_not(tmp_path):
    before = edition(tiny_state.state(tmp_path / "avant"), **{"2018": "absent"})
    state = tiny_state.state(tmp_path / "après", **{"editions/2026-11-20": before})
    got = dates.news(state)
    assert "Depuis l’édition du 20 novembre 2026" in got
    assert got.count("Nouvelle valeur") == 1
    assert f"en 2018 : 14,5{NBSP}%." in got


def test_revised_value_is_told_with_its_reason(tmp_path):
    before = edition(tiny_state.state(tmp_path / "avant"), **{"2018": "14.8"})
    line = "P03,ZE2020-3215,2018,2026-11-22,14.8,14.5,erreur de recopie"
    state = tiny_state.state(
        tmp_path / "après",
        **{
            "editions/2026-11-20": before,
            "revisions": f"indicator_id,territory_id,period,revised_on,old,new,reason_fr\n{line}\n",
        },
    )
    got = dates.news(state)
    assert f"14,8{NBSP}% devient 14,5{NBSP}%. Erreur de recopie." in got
    assert f"| 22 novembre 2026 | 14,8{NBSP}% | 14,5{NBSP}% | Erreur de recopie. |" in dates.revisions(state)


def test_recommendations_are_followed_where_there_is_an_evaluation(tmp_path, tiny_study):
    from pic_analysis.publishing.territory_state import State

    state = State(tiny_state.observatory(tmp_path / "indicators"), tiny_study())
    assert "| 2020 : inconnu (aucune trace dans les sources lues) |" in page.recommendations(state)
    assert "n’a pas d’évaluation" in page.recommendations(tiny_state.state(tmp_path / "seule"))
