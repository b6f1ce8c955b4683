from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pic_analysis.fetching import extracts
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError
from pic_analysis.reading import registry

ABOUT = Connection("P01", "melodi", "https://a.fr", "DS_X", "inhabitant", "definitive", "DS01", "A")
DAY = "2026-11-22"


def row(place="COM-00001", period="2020", value="5", status="definitive", vintage="2022-12", note=""):
    return Row(place, period, value, status, vintage, note)


def test_extract_is_the_raw_form_of_observations():
    got = extracts.compose(ABOUT, [row(), row(period="2019", value="", status="secret", note="peu, très peu")], DAY)
    assert got.decode() == (
        "indicator_id,territory_id,period,value,unit,status,vintage,dataset_id,retrieved,quality,note_fr\n"
        'P01,COM-00001,2019,,inhabitant,secret,2022-12,DS01,2026-11-22,A,"peu, très peu"\n'
        "P01,COM-00001,2020,5,inhabitant,definitive,2022-12,DS01,2026-11-22,A,\n"
    )


def test_columns_are_those_of_the_clean_table():
    from pic_analysis.schemas.indicators import INDICATOR_TABLES

    assert list(extracts.HEADER) == list(INDICATOR_TABLES["observations"].columns)


@given(order=st.permutations([row(period=str(year)) for year in range(2000, 2008)]))
def test_bytes_do_not_depend_on_the_order_of_the_answer(order):
    assert extracts.compose(ABOUT, order, DAY) == extracts.compose(ABOUT, sorted(order), DAY)


def test_what_the_source_does_not_date_is_dated_by_the_day_of_reading():
    assert b",2026-11-22,DS01,2026-11-22," in extracts.compose(ABOUT, [row(vintage="")], DAY)


def test_a_value_given_twice_is_one_value_and_two_values_are_refused():
    assert extracts.compose(ABOUT, [row(), row()], DAY).count(b"\n") == 2
    with pytest.raises(AnswerError, match="COM-00001, 2020 ; il y en a 5 et 6"):
        extracts.compose(ABOUT, [row(), row(value="6")], DAY)


def test_an_empty_answer_is_refused():
    with pytest.raises(AnswerError, match="au moins une valeur"):
        extracts.compose(ABOUT, [], DAY)


def test_comparison_tells_what_is_new_changed_and_gone():
    before = extracts.compose(ABOUT, [row(), row(period="2019"), row(period="2018")], "2026-01-01")
    after = extracts.compose(ABOUT, [row(value="6"), row(period="2019"), row(period="2021")], DAY)
    got = extracts.compare(("2026-01-01", before), after)
    assert got.new == (("COM-00001", "2021"),)
    assert got.changed == ((("COM-00001", "2020"), "5", "6"),)
    assert got.gone == (("COM-00001", "2018"),)


def test_a_value_that_became_secret_has_changed():
    before = extracts.compose(ABOUT, [row()], "2026-01-01")
    after = extracts.compose(ABOUT, [row(value="", status="secret")], DAY)
    assert extracts.compare(("2026-01-01", before), after).changed == ((("COM-00001", "2020"), "5", "secret"),)


def test_newest_extract_serves_and_other_files_do_not(tmp_path):
    folder = tmp_path / extracts.FOLDER
    folder.mkdir(parents=True)
    names = [
        "P01_2026-01-01.csv",
        "P01_2026-11-22.csv",
        "P01_2026-99-99.csv",
        "P01_x.csv",
        "P011_2027-01-01.csv",
        "P02_2027-01-01.csv",
    ]
    for name in names:
        (folder / name).write_text("x")
    assert extracts.serving(tmp_path, "P01") == ("2026-11-22", folder / "P01_2026-11-22.csv")
    assert extracts.serving(tmp_path, "P09") is None


def test_only_its_own_line_is_added_to_the_registry(tmp_path):
    (tmp_path / "a.csv").write_text("1")
    (tmp_path / "z.csv").write_text("2")
    registry.write(tmp_path)
    (tmp_path / "a.csv").write_text("edited, and not accepted yet")
    before = registry.registered(tmp_path)
    digest = extracts.write(tmp_path, "P01_2026-11-22.csv", b"x\n")
    name = "indicators/extracts/P01_2026-11-22.csv"
    assert registry.registered(tmp_path) == {**before, name: digest}
    assert [problem.file for problem in registry.verify(tmp_path)] == ["a.csv"]


@pytest.mark.parametrize("old", [None, b"old\n"])
def test_a_run_stopped_before_the_registry_leaves_what_was(tmp_path, monkeypatch, old):
    path = tmp_path / extracts.FOLDER / "P01_2026-11-22.csv"
    if old:
        extracts.write(tmp_path, path.name, old)
    kept = (tmp_path / registry.FILE).read_bytes() if old else None

    def stopped(folder, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, "add", stopped)
    with pytest.raises(KeyboardInterrupt):
        extracts.write(tmp_path, path.name, b"new\n")
    assert (path.read_bytes() if path.is_file() else None) == old
    assert ((tmp_path / registry.FILE).read_bytes() if old else None) == kept
