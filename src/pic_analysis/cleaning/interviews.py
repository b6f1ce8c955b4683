"""Clean the interviews of a study: register, codebook, codings of every coder, what was asked; one report for all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from pic_analysis.cleaning import arbitration, codebook, codings, register, stakeholder_labels, withdrawals
from pic_analysis.cleaning.arbitration import Decisions
from pic_analysis.cleaning.duplicates import duplicates
from pic_analysis.cleaning.interview_files import files_of, one_sheet, read_codings, read_grid, stem
from pic_analysis.cleaning.masking import discreet, guarded, masked
from pic_analysis.cleaning.sieve import Sieve
from pic_analysis.cleaning.told import printed, row_problems
from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import Settings
from pic_analysis.reading.sheets import Fields, Sheet
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES

_NO_ROW = "aucun entretien du registre n’a ce code"
_HELD = "l’entretien est lui-même en quarantaine"


@dataclass(frozen=True)
class CleanInterviews:
    """The processed tables of a study's interviews, and everything met on the way."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def clean(folder: Path, settings: Settings, today: datetime.date | None = None) -> CleanInterviews:
    """Return the processed tables of the interviews in a raw folder; write nothing.

    Parameters
    ----------
    folder
        ``data/raw/<study>/entretiens``: ``registre``, ``grille``, ``codages_A``, ``codages_B``... and, where there are
        any, ``questions``, ``correspondance_types``, ``arbitrages`` (CSV or workbooks), ``retraits.txt``, and exports
        of coding tools (``codages_*.qdpx``, ``grille.qdc``...).
    settings
        The study's settings: its case studies, its year.
    today
        Day after which no interview can have been held yet; that of the clock if not given.

    Notes
    -----
    Rows in = rows clean + rows quarantined + rows that repeat another (told in the log), asserted for each file. The
    rows of a withdrawn interview are taken away before that, from every table, quarantine and log included.
    """
    files, problems = files_of(folder)
    labels = _sheet(files, "correspondance_types", stakeholder_labels.FIELDS, stakeholder_labels.FIELDS)
    types, written, found = stakeholder_labels.mapping(labels)
    problems += found
    people_sheet = _sheet(files, "registre", register.FIELDS, register.REQUIRED)
    label = stakeholder_labels.reader(types, written)
    latest = today or datetime.date.today()
    people, found = register.clean_register(people_sheet, label, settings.cases, latest, settings.year)
    problems += found
    grid_sheet = guarded(read_grid(files), codebook.FIELDS)
    book = codebook.clean_codebook(grid_sheet)
    problems += grid_sheet.problems
    decided_sheet = _sheet(files, "arbitrages", arbitration.FIELDS, arbitration.FIELDS)
    decisions = arbitration.read_decisions(decided_sheet, book.known)
    sheets = [guarded(read_codings(path), codings.FIELDS) for path in files.get("codages", [])]
    problems += [problem for sheet in sheets for problem in sheet.problems]
    coded, found = codings.clean_codings(sheets, book, decisions.direction.choice)
    heads = [replace(sheet, frame=sheet.frame.iloc[:0]) for sheet in sheets]
    del sheets  # of a million rows, one copy is enough
    problems += found
    asked_sheet = _sheet(files, "questions", codings.ASKED_FIELDS, codings.ASKED_FIELDS)
    asked = codings.clean_asked(asked_sheet, book)
    problems += asked_sheet.problems
    heads += [labels, people_sheet, grid_sheet, decided_sheet, asked_sheet]
    named, found = withdrawals.read_withdrawals(folder / withdrawals.FILE)
    problems += found

    marks = coded.clean[["interview_id", "start", "end", "code_id"]]
    twins = duplicates(marks, [*people.clean["interview_id"]])
    named, found = _met(named, (people, coded, asked))
    problems += found
    gone = _withdrawn(people, named, twins, decisions)
    sieves = {
        "interviews": people.withdraw(gone),
        "codebook": book.sieve,
        "codings": coded.withdraw(gone),
        "asked": asked.withdraw(gone),
    }
    if gone:
        said = f"{count(len(gone), 'entretien retiré', 'entretiens retirés')} : aucune table n’en parle"
        problems.append(Problem(withdrawals.FILE, 0, "", "", said, blocking=False))
    twins = twins[~twins["first"].isin(gone) & ~twins["second"].isin(gone)]
    # A decision about a row that was withdrawn is no longer about anything, and nobody is to hear of it.
    used: set[object] = {
        place
        for before, after in ((people, "interviews"), (coded, "codings"), (asked, "asked"))
        for place in _places(before.raw.loc[before.raw.index.difference(sieves[after].raw.index)])
    }
    sieves["interviews"] = _without_twins(sieves["interviews"], twins, decisions, used)
    for name in ("codings", "asked"):
        sieves[name] = _known_only(sieves[name], sieves["interviews"], gone)

    tables = {
        "interviews": sieves["interviews"].clean.reset_index(drop=True),
        "codebook": codebook.frame(book),
        "codings": codings.table(sieves["codings"]),
        "asked": sieves["asked"].clean.reset_index(drop=True),
    }
    settled = {unit: decision for unit, decision in decisions.codes.items() if unit[0] not in gone}
    tables["disagreements"] = arbitration.disagreements(tables["codings"], settled)
    used |= {*tables["disagreements"][["interview_id", "code_id"]].itertuples(index=False, name=None)}
    accepted, held = _accepted(sieves, decisions, used)
    problems += _decision_problems(decisions, decided_sheet, gone, used)
    problems += [problem for sieve in sieves.values() for problem in row_problems(sieve, accepted, heads)]
    problems += _silences(tables, files)
    tables["cleaning_log"] = _log(sieves)
    tables["quarantine"] = _quarantine(held, accepted)
    return CleanInterviews(_as_declared(withdrawals.silenced(tables, gone)), tuple(discreet(printed(problems, heads))))


def _sheet(files: Mapping[str, Sequence[Path]], kind: str, fields: Fields, required: Iterable[str]) -> Sheet:
    """Return the sheet of a kind of file, which quotes nothing that it should not."""
    return guarded(one_sheet(files, kind, fields, required), fields)


def _places(rows: pd.DataFrame) -> set[tuple[str, int]]:
    """Return the file and row of some rows."""
    return {(str(file), int(row)) for file, row in zip(rows["file"], rows["row"], strict=True)}


def _met(named: set[str], sieves: Sequence[Sieve]) -> tuple[set[str], list[Problem]]:
    """Return the withdrawn interviews that some file holds, and a problem for each that none does.

    A code that was mistyped would withdraw nobody, in silence.
    """
    met = {verdict.clean for sieve in sieves for verdict in sieve.judged["interview_id"].verdicts}
    said = "aucun fichier d’entretiens ne porte ce code : personne n’est retiré"
    hint = "Corrigez le code ; si ses lignes ont déjà été effacées des fichiers bruts, retirez cette ligne"
    lost = [Problem(withdrawals.FILE, 0, "", name, said, hint) for name in sorted(named - met)]
    return named & met, lost


def _withdrawn(people: Sieve, named: set[str], twins: pd.DataFrame, decisions: Decisions) -> set[str]:
    """Return every interview to take away: withdrawn by consent or by name, or the double of one that is."""
    said = people.judged["consent"].where(lambda verdict: verdict.clean == "withdrawn")
    registered = pd.Series(people.judged["interview_id"].values)[said]
    gone = named | {str(name) for name in registered if name}
    distinct = {name for name, decision in decisions.twins.items() if decision.choice == "distinct"}
    size = -1
    while size != len(gone):
        size = len(gone)
        for first, second in zip(twins["first"], twins["second"], strict=True):
            if {first, second} & gone and second not in distinct:
                gone |= {first, second}
    return gone


def _without_twins(people: Sieve, twins: pd.DataFrame, decisions: Decisions, used: set[object]) -> Sieve:
    """Hold the interviews that are another's double, but for those that a decision tells apart."""
    for twin in twins.itertuples(index=False):
        used.add(twin.second)
        decision = decisions.twins.get(twin.second)
        rows = people.clean.index[people.clean["interview_id"] == twin.second]
        if decision is None or decision.choice != "distinct":
            share = f"{twin.share:.0%}".replace("%", " %")
            said = f"mêmes segments que {twin.first} ({twin.shared} en commun, {share}) : importé deux fois"
            people = people.hold(rows, "interview_id", twin.second, said)
    return people


def _known_only(sieve: Sieve, people: Sieve, gone: set[str]) -> Sieve:
    """Hold the rows of interviews that are not in the clean register; the nearest code would be another person's."""
    which, names = pd.factorize(sieve.clean["interview_id"])
    known = set(people.clean["interview_id"])
    there = {verdict.clean for verdict in people.judged["interview_id"].verdicts} - gone
    lost = [str(name) not in known for name in names]
    held = [unknown and str(name) in there for unknown, name in zip(lost, names, strict=True)]
    rows = np.flatnonzero(np.array(lost, dtype=bool)[which]) if len(names) else np.zeros(0, dtype="int64")
    said = np.array([_HELD if waits else _NO_ROW for waits in held], dtype=object)
    follows = np.array([str(name) if waits else "" for name, waits in zip(names, held, strict=True)], dtype=object)
    return sieve.hold(
        sieve.clean.index[rows],
        "interview_id",
        np.asarray(names, dtype=object)[which[rows]],
        said[which[rows]],
        follows=follows[which[rows]],
    )


def _accepted(
    sieves: Mapping[str, Sieve], decisions: Decisions, used: set[object]
) -> tuple[dict[tuple[str, int], str], pd.DataFrame]:
    """Return the reasons for which rows stay out, by file and row, and every row held."""
    held = pd.concat([sieve.held() for sieve in sieves.values()], ignore_index=True)
    places = {(str(file), int(row)) for file, row in zip(held["file"], held["row"], strict=True)}
    accepted = {place: decision.reason_fr for place, decision in decisions.rows.items() if place in places}
    used |= {*accepted}
    people = sieves["interviews"]
    doubles = people.faults[people.faults["value"].isin([*decisions.twins])]
    for position, name in zip(doubles["position"], doubles["value"], strict=True):
        decision = decisions.twins[name]
        if decision.choice == "duplicate":
            place = people.raw.loc[position, ["file", "row"]]
            accepted[str(place["file"]), int(place["row"])] = decision.reason_fr
    return accepted, held


def _decision_problems(decisions: Decisions, sheet: Sheet, gone: set[str], used: set[object]) -> list[Problem]:
    """Return what is wrong with the decisions, but for those about a withdrawn interview: nobody is to hear of it."""
    about = arbitration.subjects(sheet)
    silent = {int(row) for row, name in about.items() if name in gone}
    found = [*decisions.problems, *decisions.unused(sheet.file, used)]
    return [problem for problem in found if problem.row not in silent]


def _silences(tables: Mapping[str, pd.DataFrame], files: Mapping[str, object]) -> list[Problem]:
    """Return notices of what the tables do not say: questions unknown, interviews that nobody coded, and so on."""
    problems = []
    if "questions" not in files:
        said = "fichier absent : sans les questions posées, un silence ne dit rien"
        problems.append(Problem("questions.csv", 0, "", "", said, blocking=False))
    uncoded = sorted(set(tables["interviews"]["interview_id"]) - set(tables["codings"]["interview_id"]))
    if uncoded:
        shown = ", ".join(uncoded[:10]) + "…" * (len(uncoded) > 10)
        said = f"{count(len(uncoded), 'entretien')} sans aucun codage : {shown}"
        problems.append(Problem("registre", 0, "interview_id", "", said, blocking=False))
    open_ = int(tables["disagreements"]["settled"].eq("").sum())
    if open_:
        said = f"{count(open_, 'désaccord')} entre codeurs à arbitrer encore (disagreements.csv)"
        problems.append(Problem(arbitration.FILE, 0, "", "", said, blocking=False))
    return problems


def _log(sieves: Mapping[str, Sieve]) -> pd.DataFrame:
    log = pd.concat([sieve.log() for sieve in sieves.values()], ignore_index=True)
    stems = log["file"].astype("str").map({name: stem(name) for name in log["file"].astype("str").unique()})
    entry = stems.astype("str") + "." + log["row"].astype("str") + "." + log["column"].astype("str")
    return log.assign(entry_id=entry)


def _quarantine(held: pd.DataFrame, accepted: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    places = [(str(file), int(row)) for file, row in zip(held["file"], held["row"], strict=True)]
    return pd.DataFrame(
        {
            "entry_id": [f"{stem(file)}.{row}" for file, row in places],
            "file": held["file"],
            "row": held["row"],
            "content": held["content"],
            "reason_fr": held["reason_fr"],
            "decision_fr": [
                masked(accepted.get(place, "")) or (f"suit {follows}" if follows else "")
                for place, follows in zip(places, held["follows"], strict=True)
            ],
        }
    )


def _as_declared(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    declared = {**INTERVIEW_TABLES, **INTERVIEW_RECORDS}
    return {
        name: pd.DataFrame(
            {
                column: tables[name][column].astype("int64" if about.metadata.get("count") else "str")
                for column, about in table.columns.items()
            },
            copy=False,
        )
        for name, table in declared.items()
    }
