"""The day Jupyter Book 1 stops: plain Sphinx makes the same book, and what the book takes from it is known."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

from pic_analysis.publishing.plain_sphinx import DEFAULTS, JUPYTER_BOOK_ALONE, settings

# What Jupyter Book sets for its own theme, for LaTeX, for what this book does not use, or as Sphinx does by itself.
UNUSED = {
    "comments_config", "html_baseurl", "html_favicon", "html_logo", "html_sourcelink_suffix", "html_theme_options",
    "latex_engine", "nb_execution_allow_errors", "nb_execution_cache_path", "nb_execution_excludepatterns",
    "nb_execution_in_temp", "nb_execution_timeout", "nb_output_stderr", "pygments_style", "use_jupyterbook_latex",
    "use_multitoc_numbering",
}  # fmt: skip
WITHOUT = (
    "import sys; sys.modules['jupyter_book'] = None; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"
)


def jupyter_book_settings(folder: Path) -> dict[str, object]:
    """Return what `jupyter-book config sphinx` writes for the book."""
    (folder / "_config.yml").write_bytes((REPOSITORY / "_config.yml").read_bytes())
    code = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", code, "config", "sphinx", str(REPOSITORY / "book")]
    subprocess.run(
        [*command, "--config", str(folder / "_config.yml"), "--toc", str(REPOSITORY / "book" / "_toc.yml")],
        check=True,
        capture_output=True,
    )
    found: dict[str, object] = {}
    exec((folder / "conf.py").read_text(encoding="utf-8"), found)
    return {name: value for name, value in found.items() if not name.startswith("__")}


def test_settings_are_those_that_jupyter_book_writes_but_for_what_is_its_own(tmp_path):
    expected, got = jupyter_book_settings(tmp_path), settings(REPOSITORY)
    assert set(expected) - set(got) == UNUSED
    assert set(got) - set(expected) == set()
    assert got["extensions"] == [name for name in expected["extensions"] if name not in JUPYTER_BOOK_ALONE]
    changed = {name for name in got if got[name] != expected[name]}
    assert changed == {"extensions", "html_extra_path"}
    assert DEFAULTS.items() <= expected.items()


@pytest.mark.slow
def test_plain_sphinx_without_jupyter_book_makes_the_same_book(compendium, tmp_path):
    place = "from pathlib import Path\nfrom pic_analysis.publishing.plain_sphinx import settings\n"
    (tmp_path / "conf.py").write_text(f"{place}globals().update(settings(Path({str(compendium)!r})))\n", "utf-8")
    options = ["-b", "html", "-q", "--fail-on-warning", "--keep-going", "-c", str(tmp_path)]
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            WITHOUT,
            *options,
            "-d",
            str(tmp_path / "d"),
            str(compendium / "book"),
            str(tmp_path / "o"),
        ],
        env={**os.environ, "PIC_ROOT": str(compendium), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    got, expected = content(tmp_path / "o"), content(compendium / "_build" / "html")
    assert set(got) == set(expected)
    assert [name for name in expected if got[name] != expected[name]] == []


def content(site: Path) -> dict[str, bytes]:
    """Return the files of a site but for Sphinx's note of its own settings."""
    files = (path for path in site.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
