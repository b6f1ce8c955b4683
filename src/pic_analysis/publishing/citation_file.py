"""Read CITATION.cff, the one record of who made what under which licence; write it again for other readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

FILE = "CITATION.cff"
CODEMETA = "codemeta.json"
SOFTWARE = "pic-analysis"
_LICENCES = "https://spdx.org/licenses"


class CitationError(Exception):
    """Say in French what the file lacks."""


@dataclass(frozen=True)
class Author:
    """A person, or a body: then ``given`` is empty and ``family`` is its whole name."""

    family: str
    given: str = ""
    orcid: str = ""

    @property
    def name(self) -> str:
        """The name in reading order."""
        return f"{self.given} {self.family}".strip()

    @property
    def entity(self) -> dict[str, str]:
        """The author in the words of schema.org."""
        if not self.given:
            return {"@type": "Organization", "name": self.name}
        about = {"@id": self.orcid} if self.orcid else {}
        return {**about, "@type": "Person", "givenName": self.given, "familyName": self.family}


@dataclass(frozen=True)
class Work:
    """A work that this one rests on."""

    title: str
    authors: tuple[Author, ...]
    year: str = ""
    institution: str = ""

    @property
    def cited(self) -> str:
        """The work in one line: authors, institution, year, title."""
        who = ", ".join([*(author.name for author in self.authors), *filter(None, [self.institution])])
        return ", ".join(filter(None, [who, self.year, self.title]))


@dataclass(frozen=True)
class CitationFile:
    """What CITATION.cff says, version 1.2.0 of the format."""

    title: str
    version: str
    released: str
    licence: str
    authors: tuple[Author, ...]
    keywords: tuple[str, ...]
    works: tuple[Work, ...]
    software: str = ""
    """Name of the software, if it is not the title."""
    abstract: str = ""
    repository: str = ""
    doi: str = ""

    @property
    def cited(self) -> str:
        """How to cite: authors if any are named, year, title, version, and the DOI if there is one."""
        who = ", ".join(author.name for author in self.authors)
        dated = [f"{who} ({self.released[:4]})", self.title] if who else [f"{self.title} ({self.released[:4]})"]
        parts = [*dated, f"version {self.version}"]
        return ", ".join(parts + ([f"https://doi.org/{self.doi}"] if self.doi else []))


def parse(text: str) -> CitationFile:
    """Return what a CITATION.cff says.

    Raises
    ------
    CitationError
        If it is not YAML, or lacks a key that the exports need: all are named.

    Notes
    -----
    Druskat et al. (2021), Citation File Format, https://doi.org/10.5281/zenodo.5171937.
    """
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CitationError(f"{FILE} n’est pas du YAML lisible : {error}") from None
    needed = ("title", "authors", "version", "date-released", "license")
    lacking = [key for key in needed if not isinstance(read, dict) or not read.get(key)]
    if lacking:
        raise CitationError(f"{FILE} : il manque {', '.join(lacking)}.")
    return CitationFile(
        title=str(read["title"]),
        version=str(read["version"]),
        released=str(read["date-released"]),
        licence=str(read["license"]),
        authors=_authors(read["authors"]),
        keywords=tuple(map(str, read.get("keywords") or ())),
        works=tuple(map(_work, read.get("references") or ())),
        abstract=str(read.get("abstract") or ""),
        repository=str(read.get("repository-code") or ""),
        doi=str(read.get("doi") or ""),
    )


def codemeta(about: CitationFile) -> dict[str, Any]:
    """Return the software's record for archives and registries (CodeMeta 3.0, https://w3id.org/codemeta/3.0)."""
    record = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": about.title,
        "description": about.abstract,
        "version": about.version,
        "datePublished": about.released,
        "license": f"{_LICENCES}/{about.licence}",
        "author": [author.entity for author in about.authors],
        "keywords": [*about.keywords],
        "programmingLanguage": "Python",
        "codeRepository": about.repository,
        "identifier": f"https://doi.org/{about.doi}" if about.doi else "",
        "citation": [work_entity(work) for work in about.works],
    }
    return {key: value for key, value in record.items() if value}


def work_entity(work: Work) -> dict[str, Any]:
    """Return a work in the words of schema.org."""
    entity: dict[str, Any] = {"@type": "Report", "name": work.title}
    entity["author"] = [author.entity for author in work.authors]
    if work.year:
        entity["datePublished"] = work.year
    if work.institution:
        entity["publisher"] = {"@type": "Organization", "name": work.institution}
    return entity


def _authors(read: list[dict[str, Any]]) -> tuple[Author, ...]:
    return tuple(
        Author(str(one["name"]))
        if one.get("name")
        else Author(str(one.get("family-names", "")), str(one.get("given-names", "")), str(one.get("orcid", "")))
        for one in read
    )


def _work(read: dict[str, Any]) -> Work:
    institution = (read.get("institution") or read.get("publisher") or {}).get("name", "")
    return Work(str(read["title"]), _authors(read.get("authors") or []), str(read.get("year") or ""), institution)
