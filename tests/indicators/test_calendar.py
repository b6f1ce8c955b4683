import pytest
from observatory_tiny import observation, observations, releases

from pic_analysis.indicators.calendar import calendar, overdue


@pytest.mark.parametrize(
    ("expected_on", "on", "state"),
    [
        ("2026-12", "2026-12-31", "expected"),
        ("2026-12", "2027-01-01", "overdue"),
        ("2026", "2026-12-31", "expected"),
        ("2026-11-22", "2026-11-22", "expected"),
        ("2026-11-22", "2026-11-23", "overdue"),
        ("", "2099-01-01", "undated"),
    ],
)
def test_release_without_a_value(expected_on, on, state):
    got = calendar(releases(("P03", "2025", expected_on, "")), observations(), on)
    assert got[["state", "received_on"]].to_numpy().tolist() == [[state, ""]]


def test_release_is_received_on_the_day_of_its_first_value():
    rows = [observation("2025", "9", retrieved=day) for day in ("2026-05-02", "2026-04-01")]
    got = calendar(releases(("P03", "2025", "2026-03", "")), observations(*rows), "2026-12-01")
    assert got[["state", "received_on"]].to_numpy().tolist() == [["received", "2026-04-01"]]


@pytest.mark.parametrize(("status", "state"), [("not_available", "overdue"), ("secret", "received")])
def test_value_that_is_not_available_has_not_been_received(status, state):
    got = calendar(
        releases(("P03", "2025", "2026-03", "")), observations(observation("2025", "", status)), "2026-12-01"
    )
    assert got["state"].tolist() == [state]


def test_calendar_is_in_the_order_of_dates_and_those_without_one_come_last():
    rows = releases(("L01", "2025", "", ""), ("P03", "2026", "2027-03", ""), ("P01", "2024", "2026-12", ""))
    assert calendar(rows, observations(), "2026-01-01")["indicator_id"].tolist() == ["P01", "P03", "L01"]
    assert overdue(rows, observations(), "2027-01-15")["indicator_id"].tolist() == ["P01"]
