"""Render the book with Jupyter Book, check what it made, and only then put it in its place."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from pic_analysis import paths
from pic_analysis.disk import fault_told
from pic_analysis.files import replace_folder, write_atomically
from pic_analysis.publishing import kept_pages, links, remembered, rendering
from pic_analysis.publishing.contents import BookError, contents, home

_SHOWN = 20
_GATE = "pic_analysis.publishing.gate"

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def build(root: Path, *, context: str) -> Path:
    """Render, check and publish the book; return the path of its home page.

    The pages are rendered in ``.pic/book`` and moved to ``_build/html`` when every check has passed:
    a failed build leaves the old book.

    Parameters
    ----------
    root
        Folder of the book: it holds ``_config.yml`` and ``book/_toc.yml``. That of the compendium's own is its root.
    context
        Anything that identifies what shows on every page (configuration, code, theme). When it changes,
        all pages are read again; otherwise only those that would not say the same.

    Raises
    ------
    BookError
        If Jupyter Book is not of version 1, warns or fails; if a page of the table of contents is
        missing; if a link leads nowhere; if a page would call another site; if a file would tell who somebody is.
    """
    require_jupyter_book_1(version("jupyter-book"))
    pages = contents(root / "book" / "_toc.yml")
    staging = root / ".pic" / "book"
    _prepare(staging, context)
    # It takes as long to import as a page to write, and this process only waits meanwhile.
    threading.Thread(target=import_module, args=(_GATE,)).start()
    try:
        _render(root, staging)
    except BaseException:
        # Sphinx says a warning once: pages kept from this build would pass in silence the next time.
        shutil.rmtree(staging, ignore_errors=True)
        raise
    write_atomically(staging / "context.txt", context)
    own = staging / remembered.FILE
    remembered.recall(own, staging / "_build" / ".doctrees" / remembered.FILE)
    with _copied(staging / "_build" / "html", place := root / "_build" / "html") as copy:
        check(staging / "_build" / "html", pages)
        guard(staging / "_build" / "html", root)
        remembered.keep(own)
        replace_folder(copy.result(), place)
    return home(root)


def require_jupyter_book_1(installed: str) -> None:
    """Refuse another major version: in this folder, version 2 builds nothing and says that all is well.

    Raises
    ------
    BookError
        If the version is not 1.x.
    """
    if installed.split(".")[0] != "1":
        raise BookError(
            f"Jupyter Book {installed} est installé ; ce livre se construit avec la version 1 "
            "(la version 2 ne construirait rien, sans erreur).\n"
            "    → pip install --require-hashes -r requirements.lock"
        )


def check(html: Path, pages: tuple[str, ...]) -> None:
    """Refuse a rendered book that lacks a page, has a dead link, or calls another site.

    Raises
    ------
    BookError
        With every problem found, page by page.
    """
    problems = [
        f"{page} : page de la table des matières non construite"
        for page in pages
        if not (html / f"{page}.html").is_file()
    ]
    problems += links.problems(html)
    if problems:
        _refuse("Le livre construit a des défauts", problems)


def guard(html: Path, root: Path) -> None:
    """Refuse a rendered book that would tell who somebody is.

    Raises
    ------
    BookError
        With everything found, file by file.
    """
    import yaml

    from pic_analysis.publishing import gate

    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
    study = config.get("sphinx", {}).get("config", {}).get("pic_study", "")
    if problems := gate.problems(html, paths.compendium(root) / "data" / "raw" / study):
        _refuse("Le garde-fou refuse ce livre", problems, gate.HINT)


def publish(rendered: Path, place: Path) -> None:
    """Copy a rendered book to its place: the old one or the new one, never half of each."""
    with _copied(rendered, place) as copy:
        replace_folder(copy.result(), place)


@contextmanager
def _copied(rendered: Path, place: Path) -> Iterator[Future[Path]]:
    """Have a rendered book copied beside its place meanwhile; the copy is gone at the end, if it did not take it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}-nouveau")
    shutil.rmtree(new, ignore_errors=True)
    try:
        with ThreadPoolExecutor(1) as helper:
            yield helper.submit(shutil.copytree, rendered, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _prepare(staging: Path, context: str) -> None:
    """Keep what Sphinx read of unchanged pages, if it is whole and of the same context, and set its pages aside.

    `kept_pages` takes back those that would be written the same; a book without it has all written again.
    """
    rendering.wait_for_another(staging)
    mark, html = staging / "context.txt", staging / "_build" / "html"
    whole = mark.is_file() and mark.read_text(encoding="utf-8") == context
    mark.unlink(missing_ok=True)
    shutil.rmtree(html.with_name(kept_pages.BEFORE) if whole else staging, ignore_errors=True)
    if whole and html.is_dir():
        html.replace(html.with_name(kept_pages.BEFORE))
    staging.mkdir(parents=True, exist_ok=True)


def _render(root: Path, staging: Path) -> None:
    code, said = rendering.render(root, staging)
    if code:
        if fault := fault_told(said, staging):
            raise fault
        _refuse("Jupyter Book n’a pas pu construire le livre", _said(said, paths.compendium(root)))


def _said(output: str, root: Path) -> list[str]:
    """Return the lines of Sphinx's output that name a fault; its last lines if none does."""
    lines = [
        line.replace(f"{root}{os.sep}", "").strip() for line in _COLOURS.sub("", output).splitlines() if line.strip()
    ]
    named = [
        line for line in lines if any(word in line for word in ("WARNING", "ERROR", "CRITICAL", "Error:", "Exception"))
    ]
    return list(dict.fromkeys(named)) or lines[-_SHOWN:]


def _refuse(title: str, problems: list[str], hint: str = "") -> None:
    shown = [f"    {problem}" for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        shown.append(f"    … et {len(problems) - _SHOWN} autres")
    shown += [f"    → {hint}."] if hint else []
    raise BookError("\n".join([f"{title} ({len(problems)}) :", *shown, "    → L’ancien livre est resté en place."]))
