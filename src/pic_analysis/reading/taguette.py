"""Read Taguette's SQLite database, whose offsets are UTF-8 bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.hostile import LIMITS, Limits, journal_problems, open_sqlite
from pic_analysis.reading.imported import Imported, rows

TABLES = {"documents", "tags", "highlights", "highlight_tags"}
"""Tables of a database that only Taguette makes."""


class _Words(HTMLParser):
    """Join the text of a document as Taguette counts it: the text of its nodes, without its tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def document_text(contents: str) -> str:
    """Return the text of a document, from the HTML that Taguette stores.

    >>> document_text("<p>C&#x27;est</p><p>vrai</p>")
    "C'estvrai"
    """
    words = _Words()
    words.feed(contents)
    words.close()
    return "".join(words.parts)


class Bytes:
    """Tell, for one text, which code point stands at a UTF-8 byte."""

    def __init__(self, text: str) -> None:
        self._encoded = text.encode("utf-8", errors="surrogatepass")
        self.length = len(self._encoded)

    def code_point(self, offset: int) -> int | None:
        """Return the code points before a byte; None outside the text or within a character.

        >>> [Bytes("été").code_point(offset) for offset in (0, 1, 2, 5, 6)]
        [0, None, 1, 3, None]
        """
        if not 0 <= offset <= self.length:
            return None
        if offset < self.length and self._encoded[offset] & 0xC0 == 0x80:
            return None
        return len(self._encoded[:offset].decode("utf-8", errors="ignore"))


def read_database(path: Path, limits: Limits = LIMITS) -> Imported:
    """Return the content of a Taguette database: the one of an installation, or an exported project.

    Parameters
    ----------
    path
        The file ``.sqlite3``.

    Raises
    ------
    Refused
        If the database cannot be read.

    Notes
    -----
    Taguette manual, https://www.taguette.org/help; the schema is that of its migrations, and a highlight holds
    two offsets in UTF-8 bytes within the text of the document, tags left out. A tag has no parent of
    its own: a dot in its name makes it a part of the tag before the dot, if there is one. The
    database does not say who made a highlight; its members are listed as users, and one member alone is its author.
    """
    with open_sqlite(path, limits) as base:
        projects = base.execute("SELECT id, name FROM projects").fetchall()
        members = base.execute("SELECT DISTINCT user_login FROM project_members ORDER BY user_login").fetchall()
        documents = base.execute("SELECT id, name, contents, project_id FROM documents ORDER BY id").fetchall()
        tags = base.execute("SELECT id, path, description, project_id FROM tags ORDER BY id").fetchall()
        highlights = base.execute(
            "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights ORDER BY id"
        ).fetchall()
        ties = base.execute("SELECT highlight_id, tag_id FROM highlight_tags ORDER BY highlight_id, tag_id").fetchall()
    problems = [*journal_problems(path)]
    if len(projects) > 1:
        names = ", ".join(str(project["name"]) for project in projects)
        said = f"{count(len(projects), 'projet')} dans la base : tous sont lus ensemble"
        problems.append(Problem(path.name, 0, "", names[:100], said, "Exportez un seul projet", blocking=False))
    texts = {document["id"]: document_text(str(document["contents"] or "")) for document in documents}
    users = [str(member["user_login"]) for member in members]
    author = users[0] if len(users) == 1 else ""
    codings, uncoded, more = _codings(path.name, texts, {tag["id"] for tag in tags}, highlights, ties, author)
    return Imported(
        path.name,
        "Taguette, base",
        users=rows("users", [{"user_id": user, "name": user} for user in users]),
        sources=rows(
            "sources",
            [
                {
                    "source_id": str(document["id"]),
                    "name": str(document["name"]),
                    "kind": "text",
                    "length": len(texts[document["id"]]),
                }
                for document in documents
            ],
        ),
        codes=rows("codes", _tags(tags)),
        codings=rows("codings", codings),
        segments_without_code=rows("segments_without_code", uncoded),
        problems=(*problems, *more),
    )


def parent_tag(path: str, held: Mapping[str, str]) -> str:
    """Return the tag, among those held by name, whose name is the longest before a dot of this one.

    >>> parent_tag("preuve.forte.ici", {"preuve": "1", "contexte": "2"})
    '1'
    """
    parts = path.split(".")
    above = (held.get(".".join(parts[:end]), "") for end in range(len(parts) - 1, 0, -1))
    return next((found for found in above if found), "")


def _tags(tags: Sequence[sqlite3.Row]) -> list[dict]:
    """Return the codes, each under its parent."""
    held: dict[object, dict[str, str]] = {}
    for tag in tags:
        held.setdefault(tag["project_id"], {})[str(tag["path"])] = str(tag["id"])
    return [
        {
            "code_id": str(tag["id"]),
            "name": str(tag["path"]),
            "parent_id": parent_tag(str(tag["path"]), held[tag["project_id"]]),
            "description": str(tag["description"] or ""),
        }
        for tag in tags
    ]


def _codings(
    file: str,
    texts: dict[int, str],
    tags: set[int],
    highlights: Sequence[sqlite3.Row],
    ties: Sequence[sqlite3.Row],
    author: str,
) -> tuple[list[dict], list[dict], list[Problem]]:
    """Return the codings, the highlights without a tag, and the problems of their offsets."""
    problems: list[Problem] = []
    counters = {document: Bytes(text) for document, text in texts.items()}
    tagged: dict[int, list[int]] = {}
    for tie in ties:
        tagged.setdefault(tie["highlight_id"], []).append(tie["tag_id"])
    codings, uncoded = [], []
    for highlight in highlights:
        number, document = highlight["id"], highlight["document_id"]
        start, end = _place(counters.get(document), highlight["start_offset"], highlight["end_offset"])
        if start < 0:
            said = "ce passage tombe hors de son texte ou au milieu d’un caractère : repris sans place"
            value = f"passage {number} : {highlight['start_offset']}-{highlight['end_offset']}"
            problems.append(Problem(file, 0, "", value, said, "Refaites l’export depuis Taguette"))
        elif document_text(str(highlight["snippet"] or "")) != texts[document][start:end]:
            said = "la place n’est pas celle du passage enregistré : document modifié après le marquage ?"
            value = f"passage {number} : {highlight['start_offset']}-{highlight['end_offset']}"
            problems.append(Problem(file, 0, "", value, said, "Revoyez ce passage dans Taguette"))
        place = {"source_id": str(document), "user_id": author, "start": start, "end": end}
        known = [tag for tag in tagged.pop(number, []) if tag in tags]
        for tag in known:
            unit = "characters" if start >= 0 else ""
            length = end - start if start >= 0 else -1
            own = {"coding_id": f"{number}.{tag}", "code_id": str(tag), "unit": unit, "quote_length": length}
            codings.append({**place, **own})
        if not known:
            uncoded.append(place)
    if uncoded:
        n = len(uncoded)
        told = count(n, "passage marqué", "passages marqués")
        said = f"{told} sans étiquette : {agreed(n, 'gardé')} à part ; un export en CSV {agreed(n, 'le', 'les')} perd"
        problems.append(Problem(file, 0, "", "", said, blocking=False))
    if tagged:
        said = f"{count(len(tagged), 'étiquetage')} d’un passage absent de la base : rien n’en est repris"
        problems.append(Problem(file, 0, "", ", ".join(map(str, tagged))[:60], said))
    return codings, uncoded, problems


def _place(counter: Bytes | None, first: object, last: object) -> tuple[int, int]:
    """Return two offsets in code points, -1 twice where they do not mark a passage of the text."""
    if counter is None or not isinstance(first, int) or not isinstance(last, int):
        return -1, -1
    start, end = counter.code_point(first), counter.code_point(last)
    return (start, end) if start is not None and end is not None and start <= end else (-1, -1)
