"""Find the folders of the compendium."""

from __future__ import annotations

import os
import re
from pathlib import Path

INTERVIEWS = "entretiens"
"""Folder of a study's interviews, in its raw folder and in its processed one."""

INDICATORS = "indicators"
"""Folder of a study's indicators, in its raw folder and in its processed one."""

PUBLIC_FIGURES = "personnes_publiques.csv"
"""Table of a study, in its raw folder: who may be named."""

SITE = "site"
"""Folder of the tables that the legal and audit pages of a book are made from."""

STUDIES = "studies"
"""Folder of the books of the studies that the compendium's own book does not publish, each in a folder of its name."""

PARTS = (INTERVIEWS, INDICATORS)
"""Folders that a study may have beside its tables of evidence."""


class NotACompendium(Exception):
    """Say that no compendium was found around the current folder."""


def root() -> Path:
    """Return the top folder of the compendium.

    The variable ``PIC_ROOT`` wins; otherwise the first folder, from the current one upwards, that holds
    both ``_config.yml`` and ``data/raw``.

    Raises
    ------
    NotACompendium
        If no such folder exists; the message (French) says what to do.
    """
    given = os.environ.get("PIC_ROOT")
    start = Path(given) if given else Path.cwd()
    candidates = [start] if given else [start, *start.parents]
    for folder in candidates:
        if (folder / "_config.yml").is_file() and (folder / "data" / "raw").is_dir():
            return folder.resolve()
    raise NotACompendium(
        f"Aucun dépôt pic-analysis ici : {start} (ni au-dessus) ne contient pas _config.yml et data/raw. "
        "Placez-vous dans le dossier du dépôt, ou donnez son chemin dans la variable PIC_ROOT."
    )


def raw(study: str) -> Path:
    """Return the folder of a study's raw tables."""
    return root() / "data" / "raw" / study


def processed(study: str) -> Path:
    """Return the folder of a study's processed tables."""
    return root() / "data" / "processed" / study


def cards(study: str) -> Path:
    """Return the folder of the files of a study's indicators."""
    return processed(study) / INDICATORS / "fiches"


def passports(study: str) -> Path:
    """Return the folder of what is computed of a study's claims."""
    return processed(study) / "passports"


def site_files(study: str) -> Path:
    """Return the folder of what the legal and audit pages of a study's book are made from.

    Those of the published study stand among its pages; those of the others, whose pages are derived, in its raw folder.
    """
    return root() / "book" / SITE if home(study) == root() else raw(study) / SITE


def published() -> str:
    """Return the study that the compendium's own book publishes, as ``pic_study`` of ``_config.yml`` says.

    Where it says none, the only study of the compendium is meant; an empty text where there are several.
    """
    # One line is read: importing a YAML reader would cost every command more than this.
    config = (root() / "_config.yml").read_text(encoding="utf-8", errors="replace")
    if found := re.search(r"""^[^#\n]*\bpic_study["']?\s*:\s*["']?([a-z][a-z0-9_]*)""", config, re.MULTILINE):
        return found[1]
    known = studies()
    return known[0] if len(known) == 1 else ""


def studies() -> list[str]:
    """Return the names of the studies of the compendium, sorted."""
    return sorted(path.parent.name for path in (root() / "data" / "raw").glob("*/study.yml"))


def current() -> str:
    """Return the study that commands are about when none is named: that of ``PIC_STUDY``, else the published one."""
    return os.environ.get("PIC_STUDY", "") or published()


def home(study: str) -> Path:
    """Return the folder of a study's book: it holds ``_config.yml`` and ``book``, and ``_build`` once it is built.

    That of the published study is the compendium itself; the others are in ``studies``.
    """
    own = published()
    return root() if own == study or (not own and len(studies()) < 2) else root() / STUDIES / study


def apart(study: str) -> str:
    """Return the name of a study whose book is not the compendium's own; an empty text for the one whose book it is."""
    return "" if home(study) == root() else study


def from_book(study: str, path: Path) -> str:
    """Return the address of a file as a page of the study's book links to it: from the folder of the pages."""
    return "/" + Path(os.path.relpath(path, home(study) / "book")).as_posix()


def compendium(home: Path) -> Path:
    """Return the compendium of a book's folder.

    >>> compendium(Path("depot", "studies", "essai")).as_posix(), compendium(Path("depot")).as_posix()
    ('depot', 'depot')
    """
    return home.parent.parent if home.parent.name == STUDIES else home
