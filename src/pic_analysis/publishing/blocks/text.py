"""Small pieces of French Markdown that every block uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pic_analysis.numbers_fr import count, enumerate_fr, quoted
from pic_analysis.publishing.markup import ref

NOTHING = "Rien à signaler."


def plain(text: str) -> str:
    r"""Return a data text with the characters that Markdown would interpret neutralised.

    >>> print(plain("a_b *c* <d> {e}"))
    a\_b \*c\* \<d\> \{e\}
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", text)
    # At the start of a line, these would open a list, a heading, a fence or a rule.
    return re.sub(r"^(\d*)([-+.):=%])", r"\1\\\2", escaped)


def code(text: str) -> str:
    """Return a raw value as code: a fence of backticks longer than any of its own.

    >>> print(code("Part_PCI_1"), code("a`b"))
    ` Part_PCI_1 ` `` a`b ``
    """
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"


def refs(kind: str, identifiers: Iterable[str]) -> str:
    """Return links to several objects of one kind, as a French list.

    >>> refs("cell", ["Eco_PC1_1", "Part_PC1_1"])
    '{renvoi}`Eco_PC1_1` et {renvoi}`Part_PC1_1`'
    """
    return enumerate_fr([ref(kind, identifier) for identifier in identifiers])


def listed(options: Mapping[str, str]) -> bool:
    """Say whether a block is asked for its list instead of its cards (``forme: liste``).

    Raises
    ------
    ValueError
        If another form is asked for.
    """
    if (form := options.get("forme", "fiches")) not in ("fiches", "liste"):
        raise ValueError(f"forme inconnue : {form} ; attendu : fiches, liste")
    return form == "liste"


def entries(kind: str, identifiers: Iterable[str]) -> str:
    """Return the list of objects whose cards stand on other pages, one line each.

    >>> print(entries("statement", ["B1-01", "B1-02"]))
    - {entree}`statement B1-01`
    - {entree}`statement B1-02`
    """
    return "\n".join(f"- {{entree}}`{kind} {identifier}`" for identifier in identifiers) or NOTHING


def facts(pairs: Mapping[str, str]) -> str:
    """Return labelled facts, one a line, those that are empty left out.

    >>> print(facts({"Renvois": "{renvoi}`Eco_PC1_1`", "Voix": ""}))
    - **Renvois :** {renvoi}`Eco_PC1_1`
    """
    return "\n".join(f"- **{label} :** {text}" for label, text in pairs.items() if text)


def locator(section: str, anchor: str) -> str:
    """Return where a passage stands in the report, so that a person finds it.

    >>> locator("3.2.1", "quel que soit leur profil")
    'section 3.2.1, « quel que soit leur profil »'
    """
    name = {"resume": "résumé", "avant-propos": "avant-propos"}.get(section)
    place = name or (f"section {section}" if "." in section else f"chapitre {section}" if section else "")
    return ", ".join(part for part in (place, plain(quoted(anchor)) if anchor else "") if part)


def directions(counts: Mapping[str, int]) -> str:
    r"""Return how many statements support, nuance or contradict the expected change, or explain it otherwise.

    >>> directions({"supports": 2, "nuances": 0, "contradicts": 1})
    '2\xa0appuient et 1\xa0contredit'
    """
    verbs = {
        "supports": ("appuie", "appuient"),
        "nuances": ("nuance", "nuancent"),
        "contradicts": ("contredit", "contredisent"),
        "rivals": ("explique autrement", "expliquent autrement"),
    }
    return enumerate_fr([count(counts[key], *verbs[key]) for key in verbs if counts.get(key)])


def person(slug: str) -> str:
    """Return the name of a person from its identifier.

    >>> person("christian-du-tertre")
    'Christian du Tertre'
    """
    return " ".join(part if part in ("du", "de") else part.capitalize() for part in slug.split("-"))
