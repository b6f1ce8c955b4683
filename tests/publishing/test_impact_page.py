import numpy as np
import pytest
import raw_indicators as raw
from publishing import tiny_state

from pic_analysis.causality import causal_words
from pic_analysis.publishing import impact_pictures as pictures
from pic_analysis.publishing.blocks import impact_page as page
from pic_analysis.publishing.impact_question import Question

PLACES = [f"ZE2020-32{n:02d}" for n in range(15, 25)]
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def question(tmp_path):
    """Return a question about a territory whose rate falls by ``effect`` points from 2013 on."""

    def made(effect=0.0, last=2019, first=2003, fixed="after", quality="A", **files):
        rng = np.random.default_rng(3)
        lines = []
        for number, place in enumerate(PLACES):
            level = 9 + number / 4 + rng.normal(0, 0.15, last - first + 1)
            for year, value in zip(range(first, last + 1), level, strict=True):
                shown = value - effect * (number == 0 and year >= 2013)
                lines.append(f"P03,{place},{year},{shown:.2f},percent,definitive,2026,DS01,2026-11-22,{quality},")
        state = tiny_state.state(
            tmp_path,
            **files,
            territories=raw.FILES["territories.csv"]
            + "".join(f"{place},employment_zone,Zone d’emploi {place[-2:]},REG-32,\n" for place in PLACES[1:]),
            observations="\n".join([raw.HEADER, *lines]) + "\n",
            annual_questions="question_id,question_fr,answer_fr,unknown_fr\n",
            comparators="indicator_id,territory_id,comparator_id,reason_fr\n"
            + "".join(f"P03,{PLACES[0]},{place},voisine\n" for place in PLACES[1:]),
            impact_questions="question_id,question_fr,indicator_id,territory_id,event_fr,event_on,first_period,near_fr,"
            "dataset_id,last_period,last_reason_fr,last_fixed_on,last_fixed\n"
            f"QEF01,A-t-il bougé autrement ?,P03,{PLACES[0]},Ouverture,2012-12-04,2013,{PLACES[1]},DS01,"
            f"2019,avant les fermetures,2026-11-23,{fixed}\n",
        )
        return Question(state, state.observatory.impact_questions.iloc[0].to_dict())

    return made


TEXTS = (page.answer, page.limits, page.gap, page.differences, page.synthetic, page.interrupted, page.sensitivity)


def test_answer_comes_first_and_never_claims_a_cause(question):
    got = page.answer(question())
    assert "n’est pas distinguable" in got
    assert "**A-t-il bougé autrement ?**" in got
    assert "La série seule ne permet pas de dire pourquoi." in got


def test_planted_change_stands_out_without_a_cause(question):
    asked = question(effect=3.0)
    assert "est plus grand que celui de la plupart" in page.answer(asked)
    assert "**−3," in page.differences(asked)
    assert [causal_words(text(asked)) for text in TEXTS] == [[]] * len(TEXTS)


@pytest.mark.parametrize("text", [page.differences, page.synthetic, page.interrupted])
def test_each_estimate_stands_beside_what_it_supposes(question, text):
    got = text(question())
    assert "Ce que cette estimation suppose :" in got
    assert "Sans l’événement" in got


def test_every_p_is_told_with_what_it_means(question):
    asked = question(last=2022)
    assert "p est la part des territoires" in page.differences(asked)
    assert f"Avec 10{NBSP}territoires, p ne peut pas descendre sous 0,1" in page.differences(asked)
    assert "p : si le terme était nul" in page.interrupted(asked)


def test_main_estimate_stops_where_its_question_says_and_the_whole_series_is_a_variant(question):
    asked = question(last=2022)
    assert asked.ends == ("2019", "2022")
    assert "jusqu’à fin 2022" in page.sensitivity(asked)
    assert question(last=2018).ends == ("2018",)


def test_page_says_why_the_estimate_stops_there_and_that_the_results_were_known(question):
    said = page.answer(question(last=2022))
    assert "La borne : avant les fermetures. Elle a été fixée le 23 novembre 2026" in said
    assert "alors que les résultats avaient été vus" in said
    assert "avant que les résultats soient vus." in page.answer(question(fixed="before"))


def test_too_few_points_are_refused_in_words(question):
    asked = question(first=2008, last=2019)
    got = page.interrupted(asked)
    assert "Cette estimation n’est pas faite." in got
    assert "il en faut au moins 8" in got


def test_neighbours_that_the_event_may_touch_are_named(question):
    got = page.limits(question())
    assert "Des territoires voisins ont pu être touchés aussi (16)" in got
    assert "sans les territoires voisins" in page.sensitivity(question())


@pytest.mark.parametrize(
    "draw", [pictures.series, pictures.small_multiples, pictures.event_study, pictures.placebo_gaps]
)
def test_drawings_carry_their_provenance_and_a_name_of_their_own(question, draw):
    made = draw(question())
    assert made.drawing.name.startswith("qef01-")
    assert made.drawing.data.attrs["provenance"] == "example"


def test_interval_without_a_bound_says_so():
    assert page._interval(float("-inf"), float("inf")) == "sans borne"
    assert page._interval(-1.0, float("inf")) == "−1,00 à sans borne"
    assert page._p(0.00001) == f"<{NBSP}0,001"


def test_unknown_question_names_those_there_are(raw_folder, tmp_path):
    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.reading import registry

    raw.write(raw_folder / "indicators")
    registry.write(raw_folder)
    cleaning.write(cleaning.clean("essai"), tmp_path / "data/processed/essai")
    with pytest.raises(KeyError, match="QEF09 n’est pas une question"):
        Question.load("essai", "QEF09")


BREAK = "indicator_id,territory_id,period,reason_fr,dataset_id\nP03,,2010,autre calcul,DS01\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"quality": "D"}, "exclues de tout modèle"),
        ({"breaks": BREAK}, "La définition change (2010)"),
        ({"first": 2003, "last": 2002}, "Aucune valeur"),
    ],
)
def test_series_that_carries_no_estimate_has_a_page_that_says_why(question, asked, said):
    got = question(**asked)
    assert said in page.answer(got)
    for part in (page.gap, page.differences, page.synthetic, page.interrupted, page.sensitivity):
        assert part(got).startswith("Cette estimation n’est pas faite. ")
    for drawn in (pictures.event_study, pictures.placebo_gaps):
        assert said in drawn(got)
    for drawn in (pictures.series, pictures.small_multiples):
        assert ("rien à tracer" in str(drawn(got))) == (said == "Aucune valeur")
