"""Name sources in French, with the link that each has in the book."""

from __future__ import annotations

from collections.abc import Iterable

from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.publishing.blocks.text import person
from pic_analysis.publishing.markup import ref
from pic_analysis.study import Study

LONG = 12  # signs of a code that is better left free to break at the end of a line

KINDS = {
    "case_study": "études de cas",
    "interview": "entretiens",
    "expert": "experts du panel",
    "document": "documents",
}


def source_name(study: Study, source: str) -> str:
    """Return the name of a source of `chain.sources`, linked to its card where it has one."""
    kind, _, name = source.partition(":")
    if kind == "cas":
        return f"cellules du cas {study.settings.case(name).label_fr}"
    return speaker(name) if kind == "expert" else f"{kind} {speaker(name)}"


def speaker(name: str) -> str:
    """Return who speaks, linked to their card: a code, or the name of a person or of a document, which may be long.

    >>> speaker("P14"), speaker("expert-cyria-emelianoff")
    ('{repondant}`P14`', '{repondant}`Cyria Emelianoff <expert-cyria-emelianoff>`')
    """
    if name == "expert-panel":
        return ref("respondent", name, "le panel")
    if name.startswith("expert-"):
        return ref("respondent", name, person(name.removeprefix("expert-")))
    if name.startswith("sans-code-"):
        return ref("respondent", name, "voix sans code")
    return ref("respondent", name, name if len(name) > LONG else "")


def source_names(study: Study, sources: Iterable[str]) -> str:
    """Return the names of several sources, as a French list."""
    return enumerate_fr([source_name(study, source) for source in sources])


def removal_name(study: Study, dimension: str, removed: str) -> str:
    """Return what is taken away, as the end of a sentence that begins with « sans »."""
    if dimension == "case":
        return f"le cas {study.settings.case(removed).label_fr}"
    if dimension == "kind":
        return f"les {KINDS[removed]}"
    return f"l’{source_name(study, removed)}"


def independent(number: int) -> str:
    r"""Return a number of independent sources.

    >>> independent(1)
    '1\xa0source indépendante'
    """
    return count(number, "source indépendante", "sources indépendantes")
