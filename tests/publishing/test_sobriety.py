from __future__ import annotations

import re
from pathlib import Path

import pytest

from pic_analysis.publishing.budgets import Budget, excess, read
from pic_analysis.publishing.sobriety import CLOSES, OPENS, print_weights, sweep, table
from pic_analysis.publishing.weight import Weight, weigh_site

PLACE = f"<html><body><h1>Écoconception</h1>{OPENS}<p>Ailleurs.</p>{CLOSES}</body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_static").mkdir()
    for name in ("pic.css", "jquery.js", "police.woff2"):
        (tmp_path / "_static" / name).write_text("x", encoding="utf-8")
    (tmp_path / "a.html").write_text('<link rel="stylesheet" href="_static/pic.css">', encoding="utf-8")
    (tmp_path / "eco.html").write_text(PLACE, encoding="utf-8")
    return tmp_path


def test_what_no_page_calls_is_not_shipped(site: Path) -> None:
    assert sweep(site) == ["_static/jquery.js", "_static/police.woff2"]
    assert [path.name for path in (site / "_static").iterdir()] == ["pic.css"]


def test_tables_to_download_are_never_swept(site: Path) -> None:
    (site / "_downloads").mkdir()
    (site / "_downloads" / "t.csv").write_text("1", encoding="utf-8")
    sweep(site)
    assert (site / "_downloads" / "t.csv").is_file()


def test_the_page_displays_what_is_measured_on_the_files_its_own_line_included(site: Path) -> None:
    print_weights(site, {})
    measured = weigh_site(site)
    page = (site / "eco.html").read_text(encoding="utf-8")
    shown = {
        name: tuple(int(re.sub(r"\D", "", cell)) for cell in re.findall(r'<td class="nombre">([^<]*)', row))
        for name, row in re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', page)
    }
    assert shown == {w.page.removesuffix(".html"): (w.bytes, w.requests, w.elements) for w in measured.values()}
    assert (site / "mesures.csv").read_text(encoding="utf-8") == table(measured)
    assert "Ailleurs." not in page


def test_a_copy_of_a_weighed_site_may_be_weighed_again(site: Path) -> None:
    print_weights(site, {})
    (site / "a.html").write_text("<html><body><p>Un.</p><p>Deux.</p></body></html>", encoding="utf-8")
    measured = print_weights(site, {})
    assert (site / "mesures.csv").read_text(encoding="utf-8") == table(measured)
    assert (site / "eco.html").read_text(encoding="utf-8").count("<table>") == 1


def test_a_site_without_the_page_is_left_alone(site: Path) -> None:
    (site / "eco.html").unlink()
    print_weights(site, {})
    assert not (site / "mesures.csv").exists()


def test_the_page_says_who_goes_beyond_the_budget(site: Path) -> None:
    print_weights(site, {"a": Budget(elements=0, reason_fr="essai")})
    assert "<li>a.html\N{NO-BREAK SPACE}: 1 éléments pour 0</li>" in (site / "eco.html").read_text(encoding="utf-8")


def test_a_budget_of_its_own_needs_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "budgets.csv"
    file.write_text("page,bytes,requests,elements,reason_fr\ncarte,,,2000,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"carte a un budget à part sans raison"):
        read(file)


def test_a_budget_of_its_own_changes_only_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "budgets.csv"
    file.write_text("page,bytes,requests,elements,reason_fr\ncarte,,,2000,Un seul tableau\n", encoding="utf-8")
    assert read(file) == {"carte": Budget(elements=2000, reason_fr="Un seul tableau")}


@pytest.mark.parametrize(("elements", "said"), [(1000, ""), (1001, "1\u202f001 éléments pour 1\u202f000")])
def test_the_last_element_allowed_is_allowed(elements: int, said: str) -> None:
    assert excess(Weight("a.html", 0, 0, elements)) == said
