"""Gather everything that is wrong with a study's data, to say it all at once, in French."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pic_analysis.numbers_fr import agreed, count, integer


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong, or worth knowing, at one place.

    ``row`` is the row as a spreadsheet numbers it (the header is row 1); 0 means the whole file.
    ``blocking`` problems stop the build; the others are notices.
    """

    file: str
    row: int
    column: str
    value: str
    expected: str
    hint: str = ""
    nearest: str = ""
    blocking: bool = True

    def __str__(self) -> str:
        """Say the problem in one or two French lines."""
        place = self.file
        if self.row:
            place += f", ligne {self.row}"
        if self.column:
            place += f", colonne {self.column}"
        said = f"{place} : " + (f"« {self.value} » ; " if self.value else "") + self.expected
        if self.nearest:
            said += f" ; le plus proche : « {self.nearest} »"
        end = "" if said.endswith(("?", "!", "…")) else "."
        return f"{said}{end}" + (f"\n    → {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class Report:
    """Every problem of a study, in the order of its files and rows."""

    problems: tuple[Problem, ...] = field(default=())

    def __iter__(self) -> Iterator[Problem]:
        """Iterate over errors first, then notices."""
        return iter((*self.errors, *self.notices))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that stop the build."""
        return tuple(sorted(p for p in self.problems if p.blocking))

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Things to know that stop nothing."""
        return tuple(sorted(p for p in self.problems if not p.blocking))

    def __str__(self) -> str:
        """Return the whole report in French; what repeats from row to row is said once, with its rows."""
        lines = []
        for title, problems in (("erreur", self.errors), ("avis", self.notices)):
            if problems:
                lines.append(f"{integer(len(problems))} {agreed(len(problems), title)}")
                lines += [f"  {said}" for said in _collapsed(problems)]
        return "\n".join(lines) if lines else "Aucun problème."


_SHOWN = 5  # rows that tell the same problem, before their numbers are enough


def _collapsed(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Yield each problem; beyond some rows of one file with the same fault, yield their numbers in one line.

    What is wrong with a whole file comes first: it often explains the rest.
    """
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda p: p.row > 1):
        alike.setdefault((problem.file, problem.column, problem.expected), []).append(problem)
    for (file, column, _), found in alike.items():
        yield from map(str, found[:_SHOWN])
        if rest := found[_SHOWN:]:
            place = f"{file}, colonne {column}" if column else file
            rows = [problem.row for problem in rest if problem.row]
            if rows:
                told = count(len(rows), "autre ligne", "autres lignes")
                yield f"{place} : même problème à {told} ({spans(rows)})."
            if values := ", ".join(f"« {problem.value} »" for problem in rest if not problem.row and problem.value):
                yield f"{place} : même problème pour {values}."


def spans(rows: Iterable[int]) -> str:
    """Return the numbers of some rows, those that follow one another as a span.

    >>> spans([7, 8, 9, 12, 14, 15])
    '7 à 9, 12, 14, 15'
    """
    found: list[list[int]] = []
    for row in sorted({*rows}):
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    parts = [[f"{run[0]} à {run[-1]}"] if len(run) > 2 else map(str, run) for run in found]
    return ", ".join(said for part in parts for said in part)


class StudyError(Exception):
    """Carry the report of a study that cannot be used."""

    def __init__(self, study: str, report: Report) -> None:
        self.study, self.report = study, report
        super().__init__(f"L’étude {study} ne peut pas être construite.\n{report}")

    def __reduce__(self) -> tuple[type[StudyError], tuple[str, Report]]:
        """Let a worker process send the error to its parent."""
        return type(self), (self.study, self.report)
