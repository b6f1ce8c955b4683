"""Figures are those that were measured, and the same wherever they are shown."""

from __future__ import annotations

import sys

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing.blocks.index import BLOCKS
from pic_analysis.publishing.blocks.performances import BENCHMARKS


@pytest.fixture
def benchmarks(monkeypatch):
    """Give the modules of `benchmarks`, which is no package."""
    monkeypatch.syspath_prepend(str(REPOSITORY / "benchmarks"))
    names = ("measuring", "record")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    import measuring
    import record

    yield measuring, record
    for name in names:
        sys.modules.pop(name, None)


def result(measuring, ours, theirs):
    sides = ([measuring.Cost(wall) for wall in side] for side in (ours, theirs))
    return measuring.Result("cleaning, 10 codings", "Nettoyer", "rien", *map(tuple, sides))


def test_readme_shows_the_figures_that_are_kept(benchmarks):
    _, record = benchmarks
    readme = record.README.read_text(encoding="utf-8")
    assert readme.partition(record.OPENS)[2].partition(record.CLOSES)[0] == record.in_readme(record.read())


def test_every_benchmark_has_its_figures_and_its_place_in_the_book(benchmarks):
    _, record = benchmarks
    page = (REPOSITORY / "book/performances.md").read_text(encoding="utf-8")
    assert {row["benchmark"] for row in record.read()} == {*BENCHMARKS}
    assert [name for name in BENCHMARKS if f":mesure: {name}\n" not in page] == []


def test_ratio_of_medians_and_the_least_and_most_favourable(benchmarks):
    measuring, _ = benchmarks
    got = result(measuring, [1, 2, 4], [10, 20, 30])
    assert (got.ratio, got.spread) == (10, (2.5, 30))


def test_works_take_turns(benchmarks):
    measuring, _ = benchmarks
    done = []
    works = {name: lambda name=name: done.append(name) for name in "ab"}
    turns = measuring.Turns().take(works, 3, seldom=("b",))
    assert done == ["a", "b", "a", "a"]
    assert (len(turns.of("a")), len(turns.of("b"))) == (3, 1)


def test_a_command_that_fails_stops_with_what_it_said(benchmarks, tmp_path):
    measuring, _ = benchmarks
    with pytest.raises(SystemExit, match="pas ici"):
        measuring.run([sys.executable, "-c", "raise ValueError('pas ici')"], tmp_path)


def test_figures_of_one_benchmark_replace_its_own_alone(benchmarks, tmp_path, monkeypatch):
    measuring, record = benchmarks
    monkeypatch.setattr(record, "TABLE", tmp_path / "figures.csv")
    monkeypatch.setattr(record, "README", tmp_path / "README.md")
    record.README.write_text(f"Avant.\n{record.OPENS}{record.CLOSES}Après.\n")
    for name, ours in (("solidity", [2]), ("cleaning", [2]), ("cleaning", [1])):
        record.save(name, [result(measuring, ours, [8])])
    assert [(row["benchmark"], row["ratio"]) for row in record.read()] == [("cleaning", "8"), ("solidity", "4")]
    said = record.README.read_text()
    assert said.startswith("Avant.")
    assert said.endswith("Après.\n")
    assert said.count("| 8 |") == 1


def test_a_page_that_asks_for_an_unknown_measure_is_told_the_nearest(loos):
    with pytest.raises(ValueError, match="la plus proche : cleaning"):
        BLOCKS["performances"](loos, {"mesure": "cleanin"})


def test_page_gives_the_figures_as_they_were_kept(loos, tmp_path, monkeypatch):
    (tmp_path / "_config.yml").write_text("")
    (tmp_path / "data/raw").mkdir(parents=True)
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    assert "encore" in BLOCKS["performances"](loos, {"mesure": "build"})
    folder = tmp_path / "book/site"
    folder.mkdir(parents=True)
    names = (
        "benchmark,name,what_fr,against_fr,seconds,against_seconds,ratio,ratio_low,ratio_high,aim,runs,peak_mb,note_fr"
    )
    line = "build,rebuild,Tout refaire,sans rien,20.4,98.1,4.81,3.2,6.1,5,3/3,512,,2026-11-23,m,v"
    (folder / "performances.csv").write_text(f"{names},date,machine,versions\n{line}\n")
    got = BLOCKS["performances"](loos, {"mesure": "build"})
    row = "| Tout refaire | sans rien | 4,81 | 3,2 à 6,1 | 5 | 20 s au lieu de 98 s | mémoire : 512 Mo |"
    assert row in got
    assert "Mesuré le 23 novembre 2026" in got
