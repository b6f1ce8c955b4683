"""`pic fetch`, as the person who types it sees it."""

from __future__ import annotations

import datetime

import pytest
import yaml
from loopback import Reply, as_json

from pic_analysis.fetching.extracts import FOLDER
from pic_analysis.fetching.http import Client
from pic_analysis.reading import registry


@pytest.fixture
def today(monkeypatch):
    """Set the day."""

    def on(day):
        class Day(datetime.date):
            @classmethod
            def today(cls):
                return cls.fromisoformat(day)

        monkeypatch.setattr(datetime, "date", Day)

    on("2026-11-22")
    return on


@pytest.fixture
def served(site):
    """Serve museums by year; tests change ``totals``."""
    totals = {"2019": 100, "2020": 40}

    def records(query):
        found = [{"ref": "6249801", "annee": year, "total": total} for year, total in totals.items()]
        return as_json({"total_count": len(found), "results": found[int(query["offset"]) :]})

    about = {"metas": {"default": {"modified": "2026-05-02T09:52:20+02:00"}}}
    site.routes |= {"/catalog/datasets/freq": as_json(about), "/catalog/datasets/freq/records": records}
    site.totals = totals
    return site


@pytest.fixture
def study(raw_folder, served, monkeypatch):
    """Declare two connections in the tiny study."""
    bounds, clock, _, doing = Client.__init__.__defaults__
    monkeypatch.setattr(Client.__init__, "__defaults__", (bounds, clock, lambda seconds: None, doing))  # no real wait
    common = {"status": "definitive", "unit": "visit", "dataset_id": "DS01", "quality": "A"}
    one = {
        "connector": "opendatasoft",
        "address": served.address,
        "dataset": "freq",
        "territory": "ref",
        "form": "EQP-{}",
        "period": "annee",
        "value": "total",
        **common,
    }
    folder = raw_folder / "indicators"
    folder.mkdir()
    written = yaml.safe_dump([{"indicator": "P01", **one}, {"indicator": "P02", **one, "dataset": "gone"}])
    (folder / "connections.yml").write_text(written, encoding="utf-8")
    return raw_folder


@pytest.fixture
def pic(pic, today):
    return lambda *arguments: pic(*arguments, "--study", "essai")


def extracts_of(study):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((study / FOLDER).glob("*"))}


def test_first_fetch_writes_one_file_and_one_line_and_tells_them(pic, study, served):
    before = registry.registered(study)
    code, said = pic("fetch", "p01")
    assert code == 0
    (name,) = extracts_of(study)
    assert name == "P01_2026-11-22.csv"
    added = {key: digest for key, digest in registry.registered(study).items() if key not in before}
    assert list(added) == [f"{FOLDER}/{name}"]
    for expected in (
        f"{served.address}/catalog/datasets/freq",
        "2\xa0valeurs, 1\xa0territoire, de 2019 à 2020",
        "2026-05-02",
        "premier extrait",
        added[f"{FOLDER}/{name}"],
    ):
        assert expected in said
    assert not [problem for problem in registry.verify(study) if FOLDER in problem.file]


def test_a_later_fetch_tells_what_is_new_changed_and_gone(pic, study, served, today):
    pic("fetch", "P01")
    served.totals.update({"2020": 41, "2021": 60})
    del served.totals["2019"]
    today("2026-12-01")
    _, said = pic("fetch", "P01")
    assert "depuis l’extrait du 22 novembre 2026 : 1 nouvelle, 1 modifiée et 1 disparue" in said
    assert "EQP-6249801 2020 : 40 → 41" in said
    assert "EQP-6249801 2019 : disparue" in said
    assert list(extracts_of(study)) == ["P01_2026-11-22.csv", "P01_2026-12-01.csv"]
    assert ",40," in extracts_of(study)["P01_2026-11-22.csv"]  # what was written once stays


def test_same_answer_same_day_same_bytes(pic, study):
    pic("fetch", "P01")
    first, listed = extracts_of(study), registry.registered(study)
    code, said = pic("fetch", "P01")
    assert (code, extracts_of(study), registry.registered(study)) == (0, first, listed)
    assert "rien de nouveau depuis l’extrait du 22 novembre 2026" in said


def test_offline_one_sentence_and_nothing_written(pic, study, served, today):
    pic("fetch", "P01")
    before, listed = extracts_of(study), registry.registered(study)
    served.routes["/catalog/datasets/freq"] = Reply(status=503)
    today("2026-12-01")
    code, said = pic("fetch", "P01")
    assert (code, extracts_of(study), registry.registered(study)) == (4, before, listed)
    assert said.splitlines() == [
        "P01 : 127.0.0.1 : le site est en panne (code 503), après 4\xa0essais ; "
        "rien n’a changé, l’extrait du 22 novembre 2026 sert toujours."
    ]


def test_changed_form_of_the_site_is_a_data_problem_and_nothing_is_written(pic, study, served):
    changed = {"total_count": 1, "results": [{"ref": "1", "annee": "2020", "entrees": 3}]}
    served.routes["/catalog/datasets/freq/records"] = as_json(changed)
    code, said = pic("fetch", "P01")
    assert code == 1
    assert "colonne total : colonne absente de la réponse, qui a ref, annee, entrees" in said
    assert "Rien n’a changé, aucun extrait ne sert encore." in said
    assert "Traceback" not in said
    assert extracts_of(study) == {}


def test_an_answer_that_was_refused_is_asked_anew_the_same_day(pic, study, served):
    good = served.routes["/catalog/datasets/freq/records"]
    served.routes["/catalog/datasets/freq/records"] = as_json({"total_count": 1, "results": [{"ref": "1"}]})
    assert pic("fetch", "P01")[0] == 1
    served.routes["/catalog/datasets/freq/records"] = good
    assert pic("fetch", "P01")[0] == 0


def test_all_goes_on_after_a_failure(pic, study):
    code, said = pic("fetch", "--all")
    assert code == 1
    assert list(extracts_of(study)) == ["P01_2026-11-22.csv"]
    assert "P02 : 127.0.0.1 : " in said
    assert "code 404" in said


def test_without_name_lists_and_asks_nothing(pic, study, served):
    pic("fetch", "P01")
    served.asked.clear()
    code, said = pic("fetch")
    assert code == 0
    lines = [line.split() for line in said.splitlines()[1:]]
    assert [(line[0], line[1], line[2]) for line in lines] == [
        ("P01", "Opendatasoft", "freq"),
        ("P02", "Opendatasoft", "gone"),
    ]
    assert [line[3:] for line in lines] == [["extrait", "du", "22", "novembre", "2026"], ["aucun", "extrait"]]
    assert served.asked == []


def test_dry_run_prints_the_requests_and_asks_nothing(pic, study, served):
    code, said = pic("fetch", "--all", "--dry-run")
    assert code == 0
    assert f"P01  {served.address}/catalog/datasets/freq/records?order_by=ref%2Cannee&limit=100&offset=0" in said
    assert served.asked == []
    assert extracts_of(study) == {}


def test_unknown_indicator_names_the_nearest(pic, study):
    code, said = pic("fetch", "P11")
    assert code == 2
    assert "le plus proche : « P01 »" in said


def test_study_without_connections_says_so(pic, raw_folder):
    code, said = pic("fetch", "--all")
    assert code == 2
    assert "indicators/connections.yml" in said


def test_faulty_connections_are_told_as_data(pic, study):
    (study / "indicators" / "connections.yml").write_text("- {indicator: P01, connector: melody}", encoding="utf-8")
    code, said = pic("fetch")
    assert code == 1
    assert "le plus proche : « melodi »" in said


def test_keyboard_leaves_nothing_half_written(pic, study, monkeypatch):
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}

    def stopped(folder, name):
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, "add", stopped)
    code, _ = pic("fetch", "P01")
    assert code == 130
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before
