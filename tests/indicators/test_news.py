from observatory_tiny import editions, observation, observations, releases, revisions

from pic_analysis.indicators.news import baseline, frozen, news

OLD = [observation("2019", "14.2"), observation("2020", "13.9", "provisional")]


def since_the_edition(*today, lines=(), due=(), on="2026-12-01"):
    published = editions(_2026_11_22=OLD)
    return news(published, observations(*today), revisions(*lines), releases(*due), "2026-11-22", on)


def test_nothing_is_new_where_nothing_changed():
    assert since_the_edition(*OLD).nothing


def test_new_value_and_new_indicator():
    other = observation("2020", "31461", indicator_id="P01")
    got = since_the_edition(*OLD, observation("2021", "13.1"), other)
    assert got.new[["indicator_id", "period"]].to_numpy().tolist() == [["P01", "2020"], ["P03", "2021"]]
    assert got.indicators == ("P01",)
    assert got.revised.empty


def test_revised_value_has_its_old_one_and_the_reason():
    line = ("P03", "ZE2020-3215", "2019", "2026-11-24", "14.2", "14.1", "faute de frappe")
    got = since_the_edition(observation("2019", "14.1", "revised"), OLD[1], lines=[line])
    assert got.revised.to_dict("records") == [
        {
            "indicator_id": "P03",
            "territory_id": "ZE2020-3215",
            "period": "2019",
            "old": "14.2",
            "new": "14.1",
            "revised_on": "2026-11-24",
            "reason_fr": "faute de frappe",
        }
    ]
    assert (len(got.new), len(got.firmed)) == (0, 0)


def test_provisional_value_that_became_definitive_is_told_apart_from_a_revision():
    got = since_the_edition(OLD[0], observation("2020", "13.90"))
    assert got.firmed[["old_status", "status"]].to_numpy().tolist() == [["provisional", "definitive"]]
    assert got.revised.empty


def test_value_that_came_to_be_known_is_revised_from_nothing():
    published = editions(_2026_11_22=[observation("2019", "", "not_available")])
    got = news(
        published, observations(observation("2019", "14.2")), revisions(), releases(), "2026-11-22", "2026-12-01"
    )
    assert got.revised[["old", "new"]].to_numpy().tolist() == [["", "14.2"]]


def test_only_what_became_overdue_since_is_told():
    due = [("P03", "2024", "2026-05", ""), ("P03", "2025", "2026-11", "")]
    assert since_the_edition(*OLD, due=due).late["period"].tolist() == ["2025"]


def test_first_edition_has_everything_new():
    got = news(editions(), observations(*OLD), revisions(), releases(), "", "2026-12-01")
    assert got.first
    assert len(got.new) == 2


def test_edition_just_made_is_compared_with_the_one_before():
    both = editions(_2026_11_22=[OLD[0]], _2026_12_01=OLD)
    assert baseline(both, observations(*OLD)) == "2026-11-22"
    assert baseline(both, observations(*OLD, observation("2021", "13.1"))) == "2026-12-01"
    assert baseline(editions(), observations(*OLD)) == ""
    assert baseline(editions(_2026_11_22=OLD), observations(*OLD)) == ""


def test_edition_holds_the_newest_vintage_and_missing_values_too():
    rows = [observation("2019", "14.2"), observation("2019", "14.1", vintage="2024"), observation("2020", "", "secret")]
    got = frozen(observations(*rows))
    assert got[["period", "value", "status"]].to_numpy().tolist() == [
        ["2019", "14.1", "definitive"],
        ["2020", "", "secret"],
    ]
