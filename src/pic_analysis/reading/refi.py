"""Read a REFI-QDA project (`.qdpx`, `.qde`) or codebook (`.qdc`), whichever tool wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pandas as pd

from pic_analysis.numbers_fr import agreed, count
from pic_analysis.problems import Problem
from pic_analysis.reading.hostile import LIMITS, Archive, Limits, Refused, open_zip, parse_xml, read_bytes
from pic_analysis.reading.imported import Imported, rows
from pic_analysis.reading.refi_codings import codings_of
from pic_analysis.reading.refi_passages import SOURCES, children, description, held, passages
from pic_analysis.reading.refi_schema import breaches, guid, local
from pic_analysis.reading.refi_sources import SourceFiles
from pic_analysis.reading.taguette import parent_tag

_TOOLS = (
    "ATLAS.ti",
    "NVivo",
    "MAXQDA",
    "QualCoder",
    "Taguette",
    "Dedoose",
    "f4analyse",
    "QDA Miner",
    "Quirkos",
    "Transana",
)


def read_refi(path: Path, limits: Limits = LIMITS) -> Imported:
    """Return what a REFI-QDA file holds; a file that breaks the standard is read as far as possible.

    Notes
    -----
    REFI-QDA standard, Project Exchange 1.0 and Codebook Exchange 1.0, https://www.qdasoftware.org/. The words of
    the sources, notes and quotations are not kept: only places and lengths are.
    """
    try:
        if not _is_zip(path):
            return _read(path.name, *parse_xml(read_bytes(path, limits), path.name, limits), None, limits)
        with open_zip(path, limits) as archive:
            name = _project_file(archive)
            root, problems = parse_xml(archive.read(name), path.name, limits)
            return _read(path.name, root, (*archive.problems, *problems), archive, limits)
    except Refused as refused:
        return Imported(path.name, "REFI-QDA", problems=(refused.problem,))


def _is_zip(path: Path) -> bool:
    if not path.is_file():
        return False  # the reading of the bytes tells what is wrong
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _project_file(archive: Archive) -> str:
    """Return the member that describes the project: `project.qde` by the standard, `Project.qde` by some tools."""
    found = [name for name in archive.members if name.lower().endswith(".qde")]
    if not found:
        raise Refused(archive.file, "aucun fichier .qde dans l’archive", "Un .qdpx contient toujours project.qde")
    return min(found, key=lambda name: (not name.lower().endswith("project.qde"), name.count("/"), name))


def _read(file: str, root: Element, problems: tuple[Problem, ...], archive: Archive | None, limits: Limits) -> Imported:
    tool = _tool(root.get("origin", ""))
    problems += tuple(breaches(root, file))
    if local(root) == "CodeBook":
        made = Imported(file, tool, **_dotted(_codes(root), tool), sets=rows("sets", _sets(root)))
    elif local(root) == "Project":
        made = _project(file, tool, root, SourceFiles(file, archive))
    else:
        raise Refused(file, "ce XML n’est pas du REFI-QDA", "La racine attendue est Project ou CodeBook", local(root))
    return replace(made, problems=(*problems, *made.problems))


def _tool(origin: str) -> str:
    known = next((name for name in _TOOLS if name.casefold() in origin.casefold()), origin.strip()[:60])
    return f"REFI-QDA ({known or 'outil non dit'})"


def _project(file: str, tool: str, root: Element, files: SourceFiles) -> Imported:
    sources = held(root, "Sources", *SOURCES)
    found = [passage for source in sources for passage in passages(source, files.text)]
    codes = _codes(root)
    users = rows(
        "users",
        (
            {"user_id": guid(user.get("guid")), "name": user.get("name") or user.get("id") or ""}
            for user in held(root, "Users", "User")
        ),
    )
    notes = [*_notes(root, sources)]
    titles = {note["note_id"]: note["name"] for note in notes}
    coded = codings_of(
        file, root.get("origin", "").strip(), found, {*codes["codes"]["code_id"]}, {*users["user_id"]}, titles
    )
    variables = held(root, "Variables", "Variable")
    named = {guid(variable.get("guid")): variable.get("name", "") for variable in variables}
    cases, values, members, unnamed = _cases(held(root, "Cases", "Case"), named)
    values += [value for source in sources for value in _values(source, guid(source.get("guid")), named)]
    made = Imported(
        file,
        tool,
        users=users,
        sources=rows("sources", (files.row(source) for source in sources)),
        **codes,
        codings=rows("codings", coded.codings),
        cases=rows("cases", cases),
        variables=rows(
            "variables",
            ({"name": v.get("name", ""), "kind": v.get("typeOfVariable", "")} for v in variables),
        ),
        values=rows("values", values),
        sets=rows("sets", [*members, *_sets(root)]),
        notes=rows("notes", notes),
        segments_without_code=rows("segments_without_code", coded.without_code),
    )
    lost = [*files.problems, *coded.problems, *_lost(file, root, len(coded.read), unnamed), *_twice(file, made)]
    return replace(made, problems=tuple(lost))


def _codes(root: Element) -> dict[str, pd.DataFrame]:
    """Return the frame of codes, each with its parent, whether the codebook stands alone or in a project."""
    books = [root] if local(root) == "CodeBook" else children(root, "CodeBook")
    listed: list[dict[str, str]] = []
    waiting = [(code, "") for book in books for codes in children(book, "Codes") for code in children(codes, "Code")]
    while waiting:
        code, parent = waiting.pop(0)
        identifier = guid(code.get("guid")) or f"sans-guid-{len(listed) + 1}"
        listed.append(
            {
                "code_id": identifier,
                "name": code.get("name", ""),
                "parent_id": parent,
                "description": description(code),
                "color": code.get("color", ""),
            }
        )
        waiting[:0] = [(child, identifier) for child in children(code, "Code")]  # reading order
    return {"codes": rows("codes", listed)}


def _dotted(held: dict[str, pd.DataFrame], tool: str) -> dict[str, pd.DataFrame]:
    """Return the codes as Taguette means them: it writes no code within another, but a dot in a name says it."""
    codes = held["codes"]
    if "Taguette" not in tool or codes["parent_id"].ne("").any():
        return held
    named = dict(zip(codes["name"], codes["code_id"], strict=True))
    return {"codes": codes.assign(parent_id=[parent_tag(name, named) for name in codes["name"]])}


def _sets(root: Element) -> Iterator[dict[str, str]]:
    for one in held(root, "Sets", "Set"):
        named = {"set_id": guid(one.get("guid")), "name": one.get("name", "")}
        members = children(one, "MemberCode", "MemberSource", "MemberNote")
        # an empty set is a set
        yield from ({**named, "member_id": guid(member.get("targetGUID"))} for member in members)
        if not members:
            yield {**named, "member_id": ""}


def _cases(found: list[Element], names: dict[str, str]) -> tuple[list[dict], list[dict], list[dict], int]:
    """Return the cases, their values, their sources as members, and how many cases only carry a source's values.

    MAXQDA and Quirkos write the variables of a document as a case without name that holds one source.
    """
    cases, values, members, unnamed = [], [], [], 0
    for case in found:
        identifier, name = guid(case.get("guid")), case.get("name", "")
        about = [guid(ref.get("targetGUID")) for ref in children(case, "SourceRef")]
        if not name and len(about) == 1:
            unnamed += 1
            values += _values(case, about[0], names)
            continue
        cases.append({"case_id": identifier, "name": name})
        values += _values(case, identifier, names)
        members += [{"set_id": identifier, "name": name, "member_id": source} for source in about]
    return cases, values, members, unnamed


def _values(element: Element, owner: str, names: dict[str, str]) -> list[dict[str, str]]:
    listed = []
    for value in children(element, "VariableValue"):
        reference = next((guid(ref.get("targetGUID")) for ref in children(value, "VariableRef")), "")
        said = next(((child.text or "").strip() for child in value if local(child).endswith("Value")), "")
        listed.append({"case_or_source_id": owner, "variable": names.get(reference, reference), "value": said})
    return listed


def _notes(root: Element, sources: list[Element]) -> Iterator[dict[str, str]]:
    """Yield the notes, once for each source that they speak of; their text is not kept."""
    inside = {guid(element.get("guid")): source for source in sources for element in source.iter()}
    inside.pop("", None)
    about: dict[str, list[str]] = {}
    for source in sources:
        for element in source.iter():
            if local(element) == "NoteRef":
                about.setdefault(guid(element.get("targetGUID")), []).append(guid(source.get("guid")))
    for link in held(root, "Links", "Link"):
        ends = guid(link.get("originGUID")), guid(link.get("targetGUID"))
        for one, other in (ends, ends[::-1]):
            if other in inside:
                about.setdefault(one, []).append(guid(inside[other].get("guid")))
    for note in held(root, "Notes", "Note"):
        identifier = guid(note.get("guid"))
        for source_id in [*dict.fromkeys(about.get(identifier, ()))] or [""]:
            yield {"note_id": identifier, "name": note.get("name", ""), "source_id": source_id}


def _lost(file: str, root: Element, read: int, unnamed: int) -> Iterator[Problem]:
    """Yield what the project holds and the import leaves."""
    found = Counter(local(element) for element in root.iter())
    if missing := found["Coding"] - read:
        said = f"{count(missing, 'codage')} hors des sources : non {agreed(missing, 'lu')}"
        yield Problem(file, 0, "", "", said, "Des notes codées, ou des éléments que la norme ne prévoit pas")
    for number, noun, nouns, what in (
        (found["Note"], "note", "notes", "seuls le titre et la source sont repris, jamais le texte"),
        (found["Link"], "lien", "liens", "on ne reprend que ceux d’une note à une source"),
        (found["Graph"], "graphique", "graphiques", "aucun graphique n’est repris"),
        (found["SelectionRef"], "passage rattaché à un cas", "passages rattachés à un cas", "rattachement perdu"),
        (unnamed, "cas sans nom", "cas sans nom", "les variables d’un tel cas sont rattachées à sa source"),
    ):
        if number:
            yield Problem(file, 0, "", "", f"{count(number, noun, nouns)} : {what}", blocking=False)


def _twice(file: str, made: Imported) -> Iterator[Problem]:
    """Yield the identifiers that name two things: what refers to them refers to either."""
    for frame, column, noun in (
        (made.sources, "source_id", "source déclarée"),
        (made.codes, "code_id", "code déclaré"),
        (made.users, "user_id", "utilisateur déclaré"),
    ):
        for value, times in frame[column].value_counts().sort_index().items():
            if times > 1:
                said = f"{noun} {times} fois sous le même identifiant"
                yield Problem(file, 0, "", str(value)[:60], said, "Refaites l’export")
    if both := len({*made.codes["code_id"]} & {*made.cases["case_id"]}):
        said = f"{count(both, 'cas', 'cas')} aussi {agreed(both, 'écrit comme un code', 'écrits comme des codes')}"
        said += " : NVivo fait ainsi"
        yield Problem(file, 0, "", "", said, "Ne comptez pas ces codes comme des codes", blocking=False)
