"""Write the book of a study that the compendium's own book does not publish: settings, contents, pages.

Everything written here is derived, and may be thrown away. What people write stands in ``pages``, beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from pic_analysis import paths
from pic_analysis.disclosure.by_hand import told as told_by
from pic_analysis.files import write_atomically
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.publishing import organisation
from pic_analysis.publishing.notebooks import jobs
from pic_analysis.publishing.study_pages import Book, Page, book
from pic_analysis.reading import settings as study_settings
from pic_analysis.reading.settings import Settings, offers
from pic_analysis.study import Study

CONFIG, BOOK, BY_HAND = "_config.yml", "book", "pages"
NOTICE = "# Écrit par `pic build` : ce qu’on y change est perdu.\n"
ADDED = "Pages de l’étude"


def write(name: str) -> None:
    """Write the settings, the table of contents and the pages of a study's book; remove the pages of what is gone.

    Parameters
    ----------
    name
        A study whose tables are cleaned, and whose home is in ``studies``.

    Raises
    ------
    StudyError
        If a page that somebody wrote tells, of the people interviewed, what the gate hides.
    """
    home, about = paths.home(name), study_settings.load(name)
    made = jobs(about)
    offered = offers(about)
    own = by_hand(home / BY_HAND)
    if problems := told(about, own):
        raise StudyError(name, Report(tuple(problems)))
    publisher = (paths.site_files(name) / organisation.FILE).is_file()
    derived = book(Study.held(name), made, _indicators(name), offered=offered, publisher=publisher)
    written = {**{page.name: page.text for page in derived.every if page.text}, **own}
    added = tuple(Page(page) for page in own if page not in {page.name for page in derived.every})
    main = yaml.safe_load((paths.root() / CONFIG).read_text(encoding="utf-8")) or {}
    write_atomically(home / CONFIG, NOTICE + _yaml(config(main, about, offered=offered)))
    write_atomically(home / BOOK / "_toc.yml", NOTICE + _yaml(contents(derived, added)))
    for page, text in written.items():
        write_atomically(home / BOOK / f"{page}.md", text)
    kept = {home / BOOK / f"{page}.md" for page in written} | {paths.root() / job.output for job in made}
    for path in [*(home / BOOK).rglob("*.md"), *(home / BOOK).rglob("*.ipynb")]:
        if path not in kept:
            path.unlink()


def by_hand(folder: Path) -> dict[str, str]:
    """Return the pages that people wrote, by name in the book."""
    found = sorted(path for path in folder.rglob("*.md") if not path.name.startswith("."))
    return {path.relative_to(folder).with_suffix("").as_posix(): path.read_text(encoding="utf-8") for path in found}


def told(about: Settings, own: Mapping[str, str] | None = None) -> list[Problem]:
    """Return what the pages that people wrote tell of the people interviewed; of other counts, nothing is said.

    Parameters
    ----------
    about
        The settings of the study.
    own
        The pages by name, if they were read already.
    """
    if not (paths.raw(about.name) / paths.INTERVIEWS).is_dir():
        return []
    folder = paths.home(about.name) / BY_HAND
    written = by_hand(folder) if own is None else own
    return [found for page, text in written.items() for found in told_by(f"{BY_HAND}/{page}.md", text, about.cases)]


def config(main: dict[str, Any], about: Settings, *, offered: bool) -> dict[str, Any]:
    """Return the settings of a study's book: those of the compendium's own, but for what names the study."""
    made = {**main, "title": about.title_fr, "author": about.author, "copyright": str(about.year)}
    sphinx = {**main.get("sphinx", {})}
    values = {**sphinx.get("config", {}), "pic_study": about.name, "project": about.title_fr}
    values.pop("html_extra_path", None)
    if offered:
        values["html_extra_path"] = ["../_build/site"]
    cited = ", ".join(filter(None, (about.author, about.title_fr)))
    values["html_context"] = {**values.get("html_context", {}), "citation": cited}
    return {**made, "sphinx": {**sphinx, "config": values}}


def contents(derived: Book, added: tuple[Page, ...] = ()) -> dict[str, Any]:
    """Return the table of contents, as Jupyter Book reads it.

    >>> home = Page("index")
    >>> contents(Book(home, (("Preuves", (Page("voix", below=(Page("voix/experts"),)),)),)))["parts"]
    [{'caption': 'Preuves', 'chapters': [{'file': 'voix', 'sections': [{'file': 'voix/experts'}]}]}]
    """
    parts = [*derived.parts, *([(ADDED, added)] if added else [])]
    listed = [{"caption": caption, "chapters": [_entry(page) for page in pages]} for caption, pages in parts]
    return {"format": "jb-book", "root": derived.home.name, "parts": listed}


def _entry(page: Page) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": page.name}
    if page.title:
        entry["title"] = page.title
    if page.below:
        entry["sections"] = [_entry(below) for below in page.below]
    return entry


def _indicators(name: str) -> dict[str, str]:
    """Return the titles of a study's indicators, by identifier."""
    path = paths.processed(name) / paths.INDICATORS / "catalogue.csv"
    if not path.is_file():
        return {}
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return dict(zip(table["indicator_id"], table["label_fr"], strict=True))


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
