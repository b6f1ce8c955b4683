"""Turn the passages of a REFI-QDA project into codings, in code points, and tell what had to be assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.imported import UNITS
from pic_analysis.reading.refi_passages import Passage, children, user
from pic_analysis.reading.refi_schema import guid
from pic_analysis.reading.refi_text import NVIVO, Found, Selection, Text, find_convention


@dataclass(frozen=True)
class Coded:
    """The rows of codings and of passages without code, the coding elements that were read, and the problems."""

    codings: list[dict[str, Any]]
    without_code: list[dict[str, Any]]
    read: list[Element]
    problems: tuple[Problem, ...]


def codings_of(
    file: str,
    tool: str,
    found: Sequence[Passage],
    codes: Collection[str],
    users: Collection[str],
    notes: Mapping[str, str],
) -> Coded:
    """Return the codings of passages, their positions counted in code points of the reference text.

    Parameters
    ----------
    file, tool
        The file, for its problems, and the tool that wrote it, for what it counts; empty where the file does not say.
    found
        The passages as the file places them.
    codes, users
        The identifiers that the file declares.
    notes
        The titles of its notes: a coding that refers to one is so qualified.
    """
    placed, problems = _placed(file, tool, found)
    codings: list[dict[str, Any]] = []
    without_code: list[dict[str, Any]] = []
    read: list[Element] = []
    for passage in placed:
        if not passage.codings:
            without_code.append(
                {"source_id": passage.source_id, "user_id": passage.user_id, "start": passage.start, "end": passage.end}
            )
        for element in passage.codings:
            read.append(element)
            codings += _rows(passage, element, notes)
    problems += _reference_problems(file, codings, codes, users)
    problems += _shape_problems(file, placed, without_code)
    return Coded(codings, without_code, read, tuple(problems))


def _rows(passage: Passage, element: Element, notes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield one row for each code: the standard allows one by coding, some tools write several."""
    titles = [notes.get(guid(ref.get("targetGUID")), "") for ref in children(element, "NoteRef")]
    for code in [guid(ref.get("targetGUID")) for ref in children(element, "CodeRef")] or [""]:
        yield {
            "coding_id": guid(element.get("guid")),
            "source_id": passage.source_id,
            "code_id": code,
            "user_id": user(element) or passage.user_id,
            "start": passage.start,
            "end": passage.end,
            "unit": passage.unit,
            "quote_length": passage.quote_length,
            "note": "; ".join(filter(None, (passage.note, *titles))),
        }


def _placed(file: str, tool: str, found: Sequence[Passage]) -> tuple[list[Passage], list[Problem]]:
    """Return the passages with positions in code points, and how they were read."""
    by_text: dict[int, tuple[Text, list[int]]] = {}
    placed = [_in_order(passage) for passage in found]
    turned = sum(now is not was for now, was in zip(placed, found, strict=True))
    for rank, passage in enumerate(placed):
        if passage.text is not None:
            by_text.setdefault(id(passage.text), (passage.text, []))[1].append(rank)
    grouped = [(text, [_selection(placed[rank]) for rank in ranks], ranks) for text, ranks in by_text.values()]
    convention = find_convention([(text, selections) for text, selections, _ in grouped], tool)
    beyond = 0
    for text, selections, ranks in grouped:
        for rank, start, end in zip(ranks, *text.place(selections, convention.convention), strict=True):
            if 0 <= start <= end:
                placed[rank] = replace(placed[rank], start=int(start), end=int(end), quote_length=int(end - start))
            else:
                beyond += 1
    return placed, [*_position_problems(file, placed, convention, beyond, turned)]


def _in_order(passage: Passage) -> Passage:
    if passage.start > passage.end >= 0:
        return replace(passage, start=passage.end, end=passage.start)
    return passage


def _selection(passage: Passage) -> Selection:
    return Selection(passage.start, passage.end, passage.element.get("name", ""))


def _position_problems(
    file: str, placed: Sequence[Passage], found: Found, beyond: int, turned: int
) -> Iterator[Problem]:
    on_text = [passage for passage in placed if passage.unit == "characters"]
    unread = sum(passage.text is None for passage in on_text)
    if len(on_text) > unread:
        yield Problem(file, 0, "", "", found.said_fr, blocking=False)
    if unread:
        what = "unités UTF-16 de NVivo" if found.convention == NVIVO else "points de code"
        said = (
            f"{count(unread, 'passage')} d’un texte absent : positions laissées comme le fichier les donne ({what} ?)"
        )
        yield Problem(file, 0, "", "", said, "Exportez le projet avec ses sources pour les vérifier", blocking=False)
    if beyond:
        whose = agreed(beyond, "son", "leur")
        said = f"{count(beyond, 'passage')} hors de {whose} texte : positions laissées comme le fichier les donne"
        yield Problem(file, 0, "", "", said, "Le texte a-t-il changé depuis le codage ?")
    if turned:
        said = f"{count(turned, 'passage')} dont la fin précède le début : remis à l’endroit"
        yield Problem(file, 0, "", "", said, blocking=False)
    if nowhere := sum(passage.unit != "" and min(passage.start, passage.end) < 0 for passage in placed):
        yield Problem(file, 0, "", "", f"{count(nowhere, 'passage')} dont la place ne se lit pas")


def _reference_problems(
    file: str, codings: Sequence[dict[str, Any]], codes: Collection[str], users: Collection[str]
) -> Iterator[Problem]:
    known_codes, known_users = {*codes}, {*users}
    for column, known, noun, hint in (
        ("code_id", known_codes, "code absent de la grille du fichier", "Le codage est gardé : donnez-lui un code"),
        ("user_id", known_users, "utilisateur non déclaré", "Le codage est gardé : dites qui a codé"),
    ):
        for value, times in sorted(Counter(row[column] for row in codings if row[column] not in known).items()):
            said = f"{count(times, 'codage')} : {noun}" + ("" if value else " (aucun n’est nommé)")
            yield Problem(file, 0, "", value[:60], said, hint, blocking=column == "code_id")
    twice = sum(times - 1 for times in Counter(row["coding_id"] for row in codings if row["coding_id"]).values())
    if twice:
        said = f"{count(twice, 'codage')} sous un identifiant déjà pris"
        yield Problem(file, 0, "", "", said, "Aucun n’est perdu : tous sont gardés", blocking=False)


def _shape_problems(file: str, placed: Sequence[Passage], without_code: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    coded = [guid(passage.element.get("guid")) for passage in placed if passage.codings and passage.unit]
    if twice := sum(times - 1 for identifier, times in Counter(coded).items() if identifier):
        whose = agreed(twice, "ses codages", "leurs codages")
        said = f"{count(twice, 'passage')} à la fois sur la page et dans le texte : {whose} y sont deux fois"
        yield Problem(file, 0, "", "", said, "Ne gardez que l’une des deux formes avant de compter", blocking=False)
    if without_code:
        units = Counter(passage.unit for passage in placed if not passage.codings)
        told = ", ".join(f"{number} {UNITS[unit]}" for unit, number in sorted(units.items()))
        said = f"{count(len(without_code), 'passage marqué', 'passages marqués')} sans code : {told}"
        yield Problem(file, 0, "", "", said, blocking=False)
