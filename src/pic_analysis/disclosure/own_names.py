"""Know the names that a study gives itself: its title, its territory, its cases. A place may look like a person."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pic_analysis import paths
from pic_analysis.disclosure.identifying import Hit, identifying
from pic_analysis.disclosure.words import NO_NAME, plain_words
from pic_analysis.reading import settings as study_settings
from pic_analysis.reading.settings import Settings

FILE = "study.yml"


@dataclass(frozen=True)
class OwnNames:
    """What a study calls itself and its parts: each form as its words."""

    forms: frozenset[tuple[str, ...]] = frozenset()

    def covers(self, hit: Hit) -> bool:
        """Say whether what the scan found is one of these names, or at least two words of one, in their order.

        Fewer would let a given name through that a place happens to hold, and a civility makes somebody of it.

        Examples
        --------
        >>> own = OwnNames(frozenset({("val", "de", "saint", "martin", "boulogne")}))
        >>> found = ("Val de Saint-Martin Boulogne", "Martin Boulogne", "Martin", "Mme Boulogne", "Boulogne Martin")
        >>> [own.covers(Hit("name", text)) for text in found]
        [True, True, False, False, False]
        """
        words = hit.words
        if hit.kind != "name":
            return False
        several = len([word for word in words if word not in NO_NAME]) > 1
        return any(words == form or (several and words in _runs(form, len(words))) for form in self.forms)


def own_names(about: Settings) -> OwnNames:
    """Return the names that a study gives itself in its ``study.yml``.

    Of its title, only what the scan takes for a name; its territory, and the labels of its cases and packages, whole.
    A package is also called by its letter first, as a table of contents does: « P. Pratiques » is nobody.
    """
    whole = [about.territory, *(package.label_fr for package in about.packages)]
    whole += [f"{package.id} {package.label_fr}" for package in about.packages]
    for case in about.cases:
        whole += [case.label_fr, case.page, *case.labels]
    found = [hit.text for hit in identifying(about.title_fr) if hit.kind == "name"]
    return OwnNames(frozenset(words for text in (*whole, *found) if (words := plain_words(text))))


def read_own_names(folder: Path) -> OwnNames:
    """Return the names of the study of a raw folder, places and producers of its indicators included.

    There are none if it has no ``study.yml``.
    """
    path = folder / FILE
    if not path.is_file():
        return OwnNames()
    own = own_names(study_settings.parse(folder.name, study_settings.read_text(folder.name, path)))
    return OwnNames(own.forms | {words for text in _observed(folder) if (words := plain_words(text))})


def _observed(folder: Path) -> Iterator[str]:
    """Yield the names of the territories that a study observes, and of those who publish the data."""
    for table, column in (("territories", "label_fr"), ("datasets", "producer")):
        path = folder / paths.INDICATORS / f"{table}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                yield from (row.get(column) or "" for row in csv.DictReader(file))


def _runs(form: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    return (form[start : start + length] for start in range(len(form) - length + 1))
