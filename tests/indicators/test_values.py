import math

from observatory_tiny import breaks, observation, observations

from pic_analysis.indicators.values import as_of, current, numbers, panel_rows, series


def test_newest_vintage_of_each_value_is_todays():
    got = current(
        observations(
            observation("2019", "14.2", vintage="2023"),
            observation("2019", "14.1", vintage="2024-06"),
            observation("2019", "14.3", vintage="2023-12"),
            observation("2020", "13.9", vintage="2022"),
        )
    )
    assert dict(zip(got["period"], got["value"], strict=True)) == {"2019": "14.1", "2020": "13.9"}


def test_missing_value_is_no_zero():
    got = numbers(observations(observation("2019", "", "not_available"), observation("2020", "0")))
    assert math.isnan(got[0])
    assert got[1] == 0


def test_series_is_in_the_order_of_time_and_keeps_what_was_published():
    rows = [observation(period, "14.10") for period in ("2004-T1", "2003-T4", "2003-T1")]
    got = series(observations(*rows), breaks(), "P03", "ZE2020-3215")
    assert got["period"].tolist() == ["2003-T1", "2003-T4", "2004-T1"]
    assert got["value"].tolist() == ["14.10"] * 3
    assert got["number"].tolist() == [14.1] * 3


def test_break_parts_the_series_of_its_territory_or_of_all():
    rows = [observation(year, "1") for year in ("2018", "2019", "2020", "2021")]
    rows.append(observation("2021", "1", territory_id="REG-32"))
    cut = breaks(
        ("P03", "", "2019", "", "DS01"), ("P03", "ZE2020-3215", "2021", "", "DS01"), ("P01", "", "2018", "", "")
    )
    got = {
        name: series(observations(*rows), cut, "P03", name)["segment"].tolist() for name in ("ZE2020-3215", "REG-32")
    }
    assert got == {"ZE2020-3215": [0, 1, 1, 2], "REG-32": [1]}


def test_page_is_dated_by_its_newest_value_and_not_by_the_clock():
    rows = [observation("2019", "1", retrieved="2025-01-03"), observation("2020", "1", retrieved="2026-02-01")]
    assert as_of(observations(*rows)) == "2026-02-01"
    assert as_of(observations()) == ""


def test_panel_has_the_territories_asked_for():
    rows = [observation("2019", "1"), observation("2019", "", "secret", territory_id="REG-32")]
    assert panel_rows(observations(*rows), "P03", ["ZE2020-3215"])["value"].tolist() == [1.0]
    assert panel_rows(observations(*rows), "P03")["territory_id"].tolist() == ["REG-32", "ZE2020-3215"]
    assert panel_rows(observations(*rows), "P01").empty
