"""Find the folders of the compendium."""

from __future__ import annotations

import os
from pathlib import Path

INTERVIEWS = "entretiens"
"""Folder of a study's interviews, in its raw folder and in its processed one."""

INDICATORS = "indicators"
"""Folder of a study's indicators, in its raw folder and in its processed one."""

SITE = "site"
"""Folder, among the pages of the book, of the tables that its legal and audit pages are made from."""

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


def site_files() -> Path:
    """Return the folder of what the book's legal and audit pages are made from."""
    return root() / "book" / SITE
