from __future__ import annotations

from pathlib import Path

from pic_analysis.publishing.weight import Weight, weigh_site


def write(site: Path, **files: str) -> Path:
    for name, text in files.items():
        path = site / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def test_a_page_weighs_itself_and_what_it_loads_once(tmp_path: Path) -> None:
    page = '<link rel="stylesheet" href="s.css"><img src="i.svg" alt=""><img src="i.svg" alt=""><a href="b.csv">b</a>'
    site = write(tmp_path, a_dot_html=page, s_dot_css="p{}", i_dot_svg="<svg/>", b_dot_csv="1,2,3")
    assert weigh_site(site) == {"a.html": Weight("a.html", len(page) + 3 + 6, 3, 4)}


def test_letters_beyond_ascii_count_their_bytes(tmp_path: Path) -> None:
    assert weigh_site(write(tmp_path, a_dot_html="<p>é</p>"))["a.html"].bytes == 9


def test_what_a_sheet_loads_is_counted_from_its_own_folder(tmp_path: Path) -> None:
    page = '<link rel="stylesheet" href="../s/s.css">'
    site = write(tmp_path, p__a_dot_html=page, s__s_dot_css="@import 't.css';", s__t_dot_css="a{}")
    assert weigh_site(site)["p/a.html"] == Weight("p/a.html", len(page) + 16 + 3, 3, 1)


def test_what_stands_in_the_page_or_only_names_another_is_no_request(tmp_path: Path) -> None:
    page = '<link rel="icon" href="data:,"><link rel="next" href="b.html"><svg><use href="#f"/></svg>'
    site = write(tmp_path, a_dot_html=page, b_dot_html="")
    assert weigh_site(site)["a.html"].requests == 1
