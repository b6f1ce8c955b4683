"""Read Taguette's own tables, in CSV or XLSX: they lose offsets, coders and highlights without a tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading.gathering import Gathering
from pic_analysis.reading.grid import key
from pic_analysis.reading.imported import Imported
from pic_analysis.reading.tables import RawTable
from pic_analysis.reading.taguette import parent_tag

HIGHLIGHTS = ("id", "document", "tag", "content")
CODEBOOK = ("tag", "description")


def recognises(tables: Sequence[RawTable]) -> bool:
    """Say whether a table has the columns of Taguette's export of highlights or of its codebook."""
    return any(_is(table, HIGHLIGHTS) or _is(table, (*CODEBOOK, "number of highlights")) for table in tables)


def _is(table: RawTable, names: tuple[str, ...]) -> bool:
    return {*names} <= {key(str(column)) for column in table.frame.columns}


def read_tables(file: str, tables: Sequence[RawTable]) -> Imported:
    """Return the content of Taguette's CSV or XLSX export: tagged highlights, or the codebook.

    The export holds no offset, no user, and no highlight without a tag.
    """
    gathering = Gathering(file, "Taguette, tableau")
    for table in tables:
        gathering.problems += table.problems
        frame = table.frame.rename(columns=lambda name: key(str(name)))
        if _is(table, HIGHLIGHTS):
            _highlights(gathering, table)
            said = "l’export de Taguette perd les places, les codeurs et les passages sans étiquette"
            hint = "Préférez la base (.sqlite3) : tout y est"
            gathering.problems.append(Problem(table.file, 0, "", "", said, hint, blocking=False))
        elif _is(table, CODEBOOK):
            for row, tag, description in zip(frame.index, frame["tag"], frame["description"], strict=True):
                if not tag.strip():
                    said = "ligne sans étiquette : non reprise"
                    gathering.problems.append(Problem(table.file, int(row), "tag", description[:60], said))
                gathering.code([tag.strip()] if tag.strip() else [], description)
        else:
            said = f"feuille d’un autre genre, non reprise : {count(len(frame), 'ligne')}"
            gathering.problems.append(Problem(table.file, 0, "", "", said, blocking=False))
    found = gathering.imported()
    held = {name: name for name in found.codes["name"]}
    return replace(found, codes=found.codes.assign(parent_id=[parent_tag(name, held) for name in held]))


def _highlights(gathering: Gathering, table: RawTable) -> None:
    frame = table.frame.rename(columns=lambda name: key(str(name)))
    seen: dict[str, int] = {}
    for row, number, document, tag, content in zip(frame.index, *(frame[name] for name in HIGHLIGHTS), strict=True):
        source_id = gathering.source(document.strip())
        if not document.strip():
            said = "le document n’est pas dit : le codage est repris sans lui"
            gathering.problems.append(Problem(table.file, int(row), "document", tag[:60], said))
        if not tag.strip():
            gathering.uncoded(source_id, "")
            said = "passage sans étiquette : gardé à part"
            gathering.problems.append(Problem(table.file, int(row), "tag", "", said, blocking=False))
            continue
        code_id = gathering.code([tag.strip()])
        coding_id = f"{number}.{tag.strip()}"
        seen[coding_id] = seen.get(coding_id, 0) + 1
        if seen[coding_id] > 1:
            coding_id = f"{coding_id} ({row})"
        gathering.coding(coding_id, source_id, code_id, "", len(content) if content else -1, "")
