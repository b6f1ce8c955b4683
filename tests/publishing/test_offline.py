"""The archive for a memory stick: the same site, whole, that opens without a network."""

import io
import shutil
import zipfile

import pytest
from publishing import printed_site, small_book

from pic_analysis.publishing import links, offline
from pic_analysis.publishing.contents import BookError


def names(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_two_folders_give_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, second = (offline.write(printed_site.write(tmp_path / name)) for name in ("a", "b é"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


def test_it_holds_the_whole_site_under_one_folder(tmp_path):
    path = offline.write(printed_site.write(tmp_path))
    assert path.name == "evaluation-lessai-hors-ligne.zip"
    assert names(path) == [
        f"evaluation-lessai/{name}"
        for name in (
            "LISEZMOI.txt",
            "livre/_images/a.svg",
            "livre/cas/eco.html",
            "livre/cas/index.html",
            "livre/index.html",
            "livre/voix.html",
        )
    ]


def test_readme_says_what_to_open_and_which_edition_it_is(tmp_path):
    with zipfile.ZipFile(offline.write(printed_site.write(tmp_path))) as archive:
        said = archive.read("evaluation-lessai/LISEZMOI.txt").decode("utf-8-sig")
    for expected in ("Évaluation : l’essai", "version 1.2", "livre/index.html", "4\xa0pages"):
        assert expected in said


def test_no_book_no_archive(tmp_path):
    root = printed_site.write(tmp_path)
    shutil.rmtree(root / "_build")
    with pytest.raises(BookError, match="pic build"):
        offline.write(root)


@pytest.mark.browser
def test_pages_and_search_work_from_files_without_a_network(tmp_path, browser):
    small_book.write(
        tmp_path, index="# Accueil\n\n```{toctree}\nterril\n```\n", terril="# Le terril\n\nUn belvédère.\n"
    )
    book = small_book.build(tmp_path, html_theme="pic")
    (tmp_path / "stick").mkdir()
    cover = offline.report.Cover("Essai", "")
    packed = offline.archive(cover, offline.files(book.output), "index.html", offline.edition_date(tmp_path))
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "stick")
    site = tmp_path / "stick" / "essai" / "livre"
    assert links.problems(site) == []
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.fill("#q", "belvédère")
    page.press("#q", "Enter")
    page.click("#search-results a")
    assert page.inner_text("h1").startswith("Le terril")
    context.close()
    assert failed == []
    assert {url for url in asked if not url.startswith((site.as_uri(), "data:"))} == set()
