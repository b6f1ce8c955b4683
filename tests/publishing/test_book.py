from __future__ import annotations

import pytest

from pic_analysis.publishing import book
from pic_analysis.publishing.contents import BookError, contents

CONFIG = """
title: Mini
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx:
  config:
    language: fr
    html_theme: basic
    html_theme_options: {}
    extensions: [jupyter_book, sphinx_external_toc, myst_nb, sphinx_comments]
"""
TOC = "format: jb-book\nroot: index\nchapters:\n  - file: voix\n    sections:\n      - file: cas/eco.md\n"


@pytest.fixture
def root(tmp_path):
    for name, text in {
        "_config.yml": CONFIG,
        "book/_toc.yml": TOC,
        "book/index.md": "# Accueil\n\n[les voix](voix.md)\n",
        "book/voix.md": "# Voix\n",
        "book/cas/eco.md": "# Éco\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0b1", "0.15.1"])
def test_another_major_version_is_refused(version):
    with pytest.raises(BookError, match=f"Jupyter Book {version} est installé"):
        book.require_jupyter_book_1(version)


def test_version_is_checked_before_anything_is_done(root, monkeypatch):
    monkeypatch.setattr(book, "version", lambda name: "2.0.0")
    with pytest.raises(BookError, match="version 1"):
        book.build(root, context="")
    assert not (root / ".pic").exists()


def test_contents_of_every_depth(root):
    (root / "book/_toc.yml").write_text(
        "root: index\nparts:\n  - chapters:\n    - file: a.md\n      sections: [{file: b/c}]\n    - url: https://example.org\n"
    )
    assert contents(root / "book/_toc.yml") == ("index", "a", "b/c")


@pytest.mark.parametrize(("toc", "expected"), [("chapters: []", "page d’accueil"), ("{", "YAML"), (None, "manque")])
def test_unusable_contents(root, toc, expected):
    (root / "book/_toc.yml").unlink()
    if toc:
        (root / "book/_toc.yml").write_text(toc)
    with pytest.raises(BookError, match=expected):
        contents(root / "book/_toc.yml")


def test_page_of_the_contents_that_was_not_built_is_refused(tmp_path):
    (tmp_path / "index.html").touch()
    with pytest.raises(BookError, match=r"voix : page de la table des matières non construite"):
        book.check(tmp_path, ("index", "voix"))


def test_publish_replaces_the_whole_folder(tmp_path):
    for name in ("new/index.html", "_build/html/gone.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    book.publish(tmp_path / "new", tmp_path / "_build/html")
    assert [p.relative_to(tmp_path / "_build").as_posix() for p in (tmp_path / "_build").rglob("*")] == [
        "html",
        "html/index.html",
    ]


@pytest.mark.slow
def test_book_is_built_rebuilt_and_kept_when_a_build_fails(root):
    home = book.build(root, context="a")
    assert home == root / "_build/html/index.html"
    assert (root / "_build/html/cas/eco.html").is_file()

    # A page that did not change is written again too: it may name an object of the one that did.
    (root / "book/voix.md").write_text("# Voix citées\n")
    book.build(root, context="a")
    assert "Voix citées" in (root / "_build/html/cas/eco.html").read_text()

    # A warning is an error, today and tomorrow: Sphinx alone would be silent the second time.
    (root / "book/voix.md").write_text("# Voix\n\n[mort](absent.md)\n")
    for _ in range(2):
        with pytest.raises(BookError, match="absent") as raised:
            book.build(root, context="a")
        assert "book/voix.md:3" in str(raised.value)
        assert "Voix citées" in (root / "_build/html/voix.html").read_text()
