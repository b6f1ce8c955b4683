"""Take the interviews of a study away, for other tools: what anybody may have, and what must not leave its holder.

By default only the codebook and the counts by safe group are written, as the gate leaves them. What has one row a
person met is written on demand, elsewhere than in what is committed or published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from pic_analysis.coding.incidence import incidence, questioned
from pic_analysis.coding.matrix import by_case, by_interview
from pic_analysis.disclosure.declared import CODE
from pic_analysis.disclosure.ledger import PEOPLE
from pic_analysis.disclosure.suppression import SECRET
from pic_analysis.files import write_atomically
from pic_analysis.interviews import Interviews
from pic_analysis.problems import Problem
from pic_analysis.publishing import export_gate
from pic_analysis.publishing.export_notice import README, notice
from pic_analysis.publishing.refi_export import codebook_qdc, project_qdpx
from pic_analysis.publishing.table_formats import FORMATS, formats
from pic_analysis.publishing.workshop import Workshop
from pic_analysis.vocabulary import DEMO

ALL = "ensemble"
"""What names a margin of a table of counts."""

PUBLIC_TABLES = ("codebook", "interviews_by_group", "codes_by_group")
RESTRICTED_TABLES = ("interviews", "codings", "asked", "matrix", "matrix_names", "matrix_by_case")
_MATRICES = ("matrix", "matrix_by_case")
_RESERVED = {"NA", "NULL", "TRUE", "FALSE", "IF", "INF", "NAN"}  # words of R, which is written in capitals here


def public_files(study: Interviews) -> dict[str, bytes]:
    """Return what anybody may have, by file name: the codebook, and the counts of people as the gate leaves them."""
    tables = {"codebook": study.codebook, **group_tables(study)}
    made = {"codebook.qdc": codebook_qdc(study.codebook, study.settings.name)}
    return _named(made, tables, study)


def restricted_files(study: Interviews, least: float | None = None) -> dict[str, bytes]:
    """Return what has one row a person met, by file name: a project, the clean tables, 0/1 matrices.

    Parameters
    ----------
    study
        The interviews.
    least
        Share of the interviews of a case from which a code holds for it (``coding.matrix.by_case``); without it, no
        table of cases: there is no calibration by default.
    """
    about = study.settings
    made = {"project.qdpx": project_qdpx(study.codebook, study.codings, about.name, about.title_fr)}
    tables = {"interviews": study.interviews, "codings": study.codings, "asked": study.asked}
    return _named(made, tables | matrices(study, least), study)


def files(study: Interviews, *, restricted: bool = False, least: float | None = None) -> dict[str, bytes]:
    """Return every file of an export, its notice included."""
    made = public_files(study) | (restricted_files(study, least) if restricted else {})
    return made | {README: notice(study.settings, _prefix(study), made).encode("utf-8")}


def group_tables(study: Interviews) -> dict[str, pd.DataFrame]:
    """Return the counts of people that may be published: interviews by safe group, then by code and group.

    These are the counts of the page on coding, as the gate protected them there: others, of other readings, could be
    subtracted from them.

    Returns
    -------
    dict
        Of each table: what it crosses, ``people`` (missing where hidden), ``status`` (``s``: statistical secret).
    """
    workshop = Workshop.of(study)
    labels = study.codebook.set_index("code_id")["label_fr"]
    parts = []
    for code in workshop.codes:
        part = _counts(workshop.protected.published(code)).rename(columns={f"{CODE}{code}": "said"})
        part.insert(0, "code_id", code)
        part.insert(1, "label_fr", labels[code])
        parts.append(part)
    columns = ["code_id", "label_fr", "group", "said", PEOPLE, "status"]
    every = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns).astype({PEOPLE: "Int64"})
    return {"interviews_by_group": _counts(workshop.sizes), "codes_by_group": every[columns]}


def matrices(study: Interviews, least: float | None = None) -> dict[str, pd.DataFrame]:
    """Return the 0/1 tables for R, CausalQueries and QCA, and what their columns stand for.

    Disagreements of coders are as arbitration settled them; where nobody has yet settled whether an interview speaks of
    a code, the value is missing.
    """
    split = study.disagreements
    one_alone = split["reading_a"].eq("absent") | split["reading_b"].eq("absent")
    marked, refuted, doubtful = (
        incidence(pairs, study.interviews, study.codebook)
        for pairs in (study.codings, split[split["settled"] == "absent"], split[one_alone & split["settled"].eq("")])
    )
    present = marked & ~refuted & ~doubtful
    asked = questioned(study.asked, present, study.codebook) & ~doubtful
    names = plain_names(present.columns)
    codes = study.codebook.set_index("code_id").loc[[*names], ["label_fr", "link_id"]].reset_index()
    codes.insert(0, "name", [*names.values()])
    present, asked = present.rename(columns=names), asked.rename(columns=names)
    found = {"matrix": by_interview(present, asked).reset_index(), "matrix_names": codes}
    if least is not None:
        found["matrix_by_case"] = by_case(present, asked, study.interviews, least).reset_index()
    return found


def plain_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each code in capitals and digits alone, all different.

    Notes
    -----
    CausalQueries refuses ``_`` and ``-`` in the name of a node (``make_model``), and QCA reads a lower-case condition
    as an absent one where ``use.tilde`` is off: capitals and digits suit both.

    Examples
    --------
    >>> plain_names(["a_b_1", "ab_1", "riv_01", "2_b", "na"])
    {'a_b_1': 'AB1', 'ab_1': 'AB1X2', 'riv_01': 'RIV01', '2_b': 'C2B', 'na': 'CNA'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        name = code.replace("_", "").upper()
        name = f"C{name}" if name[:1].isdigit() or name in _RESERVED else name
        again = (f"{name}X{number}" for number in range(2, len(taken) + 3))
        names[code] = name if name not in taken else next(other for other in again if other not in taken)
        taken.add(names[code])
    return names


def refusals(made: Mapping[str, bytes], study: Interviews, raw: Path) -> list[Problem]:
    """Return every reason of the gate not to let the public files of an export go.

    Parameters
    ----------
    made
        Files by name, as ``files`` returns them; those that are not for the public are not read.
    study
        The interviews.
    raw
        Raw folder of the study: its list of public figures applies.
    """
    unread = _own(study, RESTRICTED_TABLES)
    # A Parquet file holds the same cells as the CSV beside it.
    public = {name: held for name, held in made.items() if name not in unread and not name.endswith(".parquet")}
    return export_gate.refusals(public, study, raw)


def misplaced(folder: Path, study: Interviews, *, restricted: bool) -> str:
    """Return why an export may not be written in a folder, in French; empty if it may.

    What has one row a person met never enters a compendium, where git and the book would take it, but in the folder
    that git ignores; what is for the public is never put beside it, where one would be taken for the other.
    """
    place = folder.resolve()
    if not restricted:
        beside = sorted(name for name in _own(study, RESTRICTED_TABLES) if (place / name).exists())
        return f"le dossier contient des fichiers à ne pas publier ({beside[0]}…)" if beside else ""
    for top in (place, *place.parents):
        if (top / "_config.yml").is_file() and (top / "data" / "raw").is_dir():
            allowed = (top / "data" / "raw" / "restricted").resolve()
            return "" if place.is_relative_to(allowed) else "il est dans le dépôt, que l’on enregistre et publie"
    return ""


def write(made: Mapping[str, bytes], study: Interviews, folder: Path) -> None:
    """Write the files of an export, each atomically, and remove those of an earlier one that are no longer made.

    An interview withdrawn since then would otherwise stay in them.
    """
    for name, content in made.items():
        write_atomically(folder / name, content)
    for name in _own(study, (*PUBLIC_TABLES, *RESTRICTED_TABLES)) - {*made}:
        (folder / name).unlink(missing_ok=True)


def _counts(published: pd.DataFrame) -> pd.DataFrame:
    """Return a protected table with its margins named, and the status of each count."""
    crossed = [name for name in published.columns if name not in (PEOPLE, "shown")]
    status = published["shown"].where(published["shown"] == SECRET, "")
    return published[[*crossed]].replace("", ALL).assign(**{PEOPLE: published[PEOPLE], "status": status})


def _prefix(study: Interviews) -> str:
    """Return what begins the name of every file: fictitious data must never pass for real ones, wherever it goes."""
    return f"{DEMO}_" if study.settings.demo else ""


def _named(made: Mapping[str, bytes], tables: Mapping[str, pd.DataFrame], study: Interviews) -> dict[str, bytes]:
    provenance = DEMO if study.settings.demo else study.settings.name
    every = dict(made)
    for name, table in tables.items():
        every |= formats(name, table, provenance, "NA" if name in _MATRICES else "")
    return {f"{_prefix(study)}{name}": content for name, content in every.items()}


def _own(study: Interviews, tables: Iterable[str]) -> set[str]:
    """Return the names of all files that may be made of some tables, the project going with what is restricted."""
    names = {f"{table}{suffix}" for table in tables for suffix in FORMATS}
    names |= {"project.qdpx"} if {*tables} & {*RESTRICTED_TABLES} else set()
    return {f"{_prefix(study)}{name}" for name in names}
