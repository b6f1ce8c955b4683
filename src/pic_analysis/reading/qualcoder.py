"""Read QualCoder's project: a folder that holds a SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.gathering import kind_of
from pic_analysis.reading.hostile import LIMITS, Limits, Refused, journal_problems, open_sqlite
from pic_analysis.reading.imported import Imported, rows
from pic_analysis.reading.qualcoder_passages import Record, identifier, text_codings, word

DATABASE = "data.qda"
"""The database within the folder of a project."""

TABLES = {"source", "code_name", "code_cat", "code_text"}
"""Tables that every version of the database has."""

_BOX = ("x1", "y1", "width", "height")


def read_project(path: Path, limits: Limits = LIMITS) -> Imported:
    """Return the content of a QualCoder project.

    Categories are codes that mark nothing themselves; the files of a case are the members of a set of its name;
    annotations and journals are notes.

    Parameters
    ----------
    path
        The folder ``.qda``, or its file ``data.qda``.

    Raises
    ------
    Refused
        If there is no database or it cannot be read.

    Notes
    -----
    QualCoder wiki, « SQLite data structure », https://github.com/ccbogel/QualCoder/wiki/13.-Sqlite-data-structure.
    Offsets count the code points of ``fulltext``. The passage stored beside them checks it: early versions
    counted the UTF-16 units of the text box, which differ after an emoji.
    """
    base_path = path / DATABASE if path.is_dir() else path
    if not base_path.is_file():
        raise Refused(path.name, f"dossier sans {DATABASE} : ce n’est pas un projet QualCoder")
    folder = base_path.parent
    name = path.name if path.is_dir() or base_path.name != DATABASE else folder.name
    with open_sqlite(base_path, limits) as base:
        sources = _records(base, "source", "id", "name", "fulltext", "mediapath", "owner")
        codes = _records(base, "code_name", "cid", "name", "memo", "catid", "color", "supercid")
        categories = _records(base, "code_cat", "catid", "name", "memo", "supercatid")
        passages = _records(base, "code_text", "cid", "fid", "seltext", "pos0", "pos1", "owner", "memo", number=True)
        stretches = _records(base, "code_av", "avid", "id", "pos0", "pos1", "cid", "memo", "owner")
        areas = _records(base, "code_image", "imid", "id", *_BOX, "cid", "memo", "owner", "pdf_page")
        cases = _records(base, "cases", "caseid", "name")
        case_files = _records(base, "case_text", "caseid", "fid")
        variables = _records(base, "attribute_type", "name", "valuetype")
        values = _records(base, "attribute", "name", "attr_type", "value", "id")
        annotations = _records(base, "annotation", "anid", "fid")
        journals = _records(base, "journal", "jid", "name")
    texts = {identifier(source["id"]): word(source["fulltext"]) for source in sources}
    known = {identifier(code["cid"]) for code in codes}
    codings, problems = text_codings(name, texts, passages)
    codings += [*_stretches(stretches), *_areas(areas)]
    problems += _dangling(name, codings, known, set(texts))
    # Cases and files are numbered apart: their identifiers must not meet.
    case_names = {f"case-{identifier(case['caseid'])}": word(case["name"]) for case in cases}
    made = [_source(source, folder) for source in sources]
    if linked := sum(str(source["mediapath"] or "")[:1] not in ("", "/") for source in sources):
        said = f"{count(linked, 'fichier lié', 'fichiers liés')} hors du projet : jamais {agreed(linked, 'cherché')}"
        problems.append(Problem(name, 0, "", "", said, blocking=False))
    owners = dict.fromkeys(coding["user_id"] for coding in codings if coding["user_id"])
    tied = dict.fromkeys((f"case-{identifier(tie['caseid'])}", identifier(tie["fid"])) for tie in case_files)
    return Imported(
        name,
        "QualCoder, projet",
        users=rows("users", [{"user_id": owner, "name": owner} for owner in owners]),
        sources=rows("sources", made),
        codes=rows("codes", [*_categories(categories), *_codes(codes)]),
        codings=rows("codings", codings),
        cases=rows("cases", [{"case_id": case, "name": label} for case, label in case_names.items()]),
        variables=rows(
            "variables",
            [{"name": word(variable["name"]), "kind": word(variable["valuetype"])} for variable in variables],
        ),
        values=rows(
            "values",
            [
                {
                    "case_or_source_id": ("case-" if value["attr_type"] == "case" else "") + identifier(value["id"]),
                    "variable": word(value["name"]),
                    "value": word(value["value"]),
                }
                for value in values
            ],
        ),
        sets=rows(
            "sets",
            [{"set_id": case, "name": case_names.get(case, ""), "member_id": file} for case, file in tied],
        ),
        notes=rows(
            "notes",
            [
                *(
                    {"note_id": f"an-{identifier(note['anid'])}", "source_id": identifier(note["fid"])}
                    for note in annotations
                ),
                *({"note_id": f"jo-{identifier(note['jid'])}", "name": word(note["name"])} for note in journals),
            ],
        ),
        problems=(*journal_problems(base_path), *problems),
    )


def _records(base: sqlite3.Connection, table: str, *columns: str, number: bool = False) -> list[Record]:
    """Return the rows of a table as this version of QualCoder has it; a column that it lacks is None."""
    held = {row["name"] for row in base.execute(f"PRAGMA table_info({table})")}
    if not held:
        return []
    asked = [column for column in columns if column in held]
    found = base.execute(f"SELECT {', '.join(['rowid AS row', *asked] if number else asked)} FROM {table}")
    return [{**dict.fromkeys(columns), **dict(row)} for row in found]


def _source(source: Record, folder: Path) -> Record:
    """Return a source; one whose file the project should hold and does not is missing."""
    media, text = word(source["mediapath"]), word(source["fulltext"])
    place, _, _ = media.lstrip("/").partition("/" if media.startswith("/") else ":")
    kinds = {"images": "picture", "audio": "audio", "video": "video"}
    kind = kinds.get(place) or ("text" if not media else kind_of(media))
    inside = media.startswith("/") and ".." not in media.split("/")
    there = bool(text) or not media or (inside and (folder / media.lstrip("/")).is_file())
    return {
        "source_id": identifier(source["id"]),
        "name": word(source["name"]),
        "kind": "text" if kind == "unknown" and text else kind,
        "missing": not there,
        "length": len(text) if text else -1,
    }


def _categories(categories: Sequence[Record]) -> Iterator[Record]:
    for category in categories:
        above = identifier(category["supercatid"])
        yield {
            "code_id": f"cat-{identifier(category['catid'])}",
            "name": word(category["name"]),
            "parent_id": f"cat-{above}" if above else "",
            "description": word(category["memo"]),
        }


def _codes(codes: Sequence[Record]) -> Iterator[Record]:
    """Yield the codes; a subcode stands under its code, another under its category."""
    for code in codes:
        category = identifier(code["catid"])
        yield {
            "code_id": identifier(code["cid"]),
            "name": word(code["name"]),
            "parent_id": identifier(code["supercid"]) or (f"cat-{category}" if category else ""),
            "description": word(code["memo"]),
            "color": word(code["color"]),
        }


def _stretches(stretches: Sequence[Record]) -> Iterator[Record]:
    for stretch in stretches:
        start, end = stretch["pos0"], stretch["pos1"]
        placed = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end
        yield {
            "coding_id": f"av-{identifier(stretch['avid'])}",
            "source_id": identifier(stretch["id"]),
            "code_id": identifier(stretch["cid"]),
            "user_id": word(stretch["owner"]),
            "start": start if placed else -1,
            "end": end if placed else -1,
            "unit": "milliseconds" if placed else "",
            "note": word(stretch["memo"]),
        }


def _areas(areas: Sequence[Record]) -> Iterator[Record]:
    """Yield the codings of rectangles: left and right edges, the whole of it in the note."""
    for area in areas:
        box = [area[name] for name in _BOX]
        sizes = [round(edge) for edge in box if isinstance(edge, int | float)]
        placed = len(sizes) == 4
        where = "{} × {} px à partir de ({}, {})".format(*sizes[2:], *sizes[:2]) if placed else ""
        page = f"page {area['pdf_page']}" if area["pdf_page"] is not None else ""
        yield {
            "coding_id": f"im-{identifier(area['imid'])}",
            "source_id": identifier(area["id"]),
            "code_id": identifier(area["cid"]),
            "user_id": word(area["owner"]),
            "start": sizes[0] if placed else -1,
            "end": sizes[0] + sizes[2] if placed else -1,
            "unit": "pixels" if placed else "",
            "note": " · ".join(part for part in (word(area["memo"]), page, where) if part),
        }


def _dangling(file: str, codings: Sequence[Record], codes: set[str], sources: set[str]) -> Iterator[Problem]:
    for column, known, noun in (("code_id", codes, "un code"), ("source_id", sources, "une source")):
        lost = [str(coding["coding_id"]) for coding in codings if coding[column] not in known]
        if lost:
            kept = agreed(len(lost), "repris tel quel", "repris tels quels")
            said = f"{count(len(lost), 'codage')} d’{noun} que le projet n’a plus : {kept}"
            yield Problem(file, 0, "", ", ".join(lost)[:80], said, "Réparez le projet dans QualCoder")
