"""Let a student change what the study rests on, safely: a threshold in memory, a code in a temporary copy."""

from __future__ import annotations

import copy
import csv
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pic_analysis import paths
from pic_analysis.cleaning.study import clean, raw_columns
from pic_analysis.evidence.passport import Accounts
from pic_analysis.evidence.strength import Rubric, strength
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.problems import Report
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.feedback import NOT_YET, TODO, Feedback, right, same, unknown
from pic_analysis.reading import registry
from pic_analysis.reading.rubric import choices, rubric_faults
from pic_analysis.schemas import TABLES
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES


def thresholds(rubric: Mapping[str, Any]) -> dict[str, Any]:
    """Return the thresholds of a rubric by the name that the sensitivity analysis gives them.

    >>> rule = {"cases": 2, "respondents": 2, "source_kinds": 1}
    >>> extent = {"required": 3, "medium": rule, "robust": rule}
    >>> thresholds({"extent": extent, "agreement": {"medium": 0.5, "strong": 0.8}})["agreement.strong"]
    0.8
    """
    return {name: _part(rubric, name)[name.split(".")[-1]] for name in choices() if name not in ("reading", "basis")}


def with_threshold(rubric: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Return a copy of a rubric with one threshold changed; the rubric itself stays as it is."""
    changed = copy.deepcopy(dict(rubric))
    _part(changed, name)[name.split(".")[-1]] = value
    return changed


def _part(rubric: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the part of a rubric where a threshold stands."""
    first, _, _ = name.rpartition(".")
    return rubric["agreement"] if first == "agreement" else rubric["extent"][first] if first else rubric["extent"]


def predict_flips(known: Accounts, name: Any, value: Any, answer: Any) -> Feedback:
    """Check which conclusions change level when one threshold does.

    Parameters
    ----------
    known
        The accounts of the study.
    name, value
        The threshold, a key of `thresholds`, and its new value.
    answer
        Identifiers of the conclusions that change level, or « aucune ».
    """
    stated = known.study.settings.rubric
    now = thresholds(stated)
    if value is None or answer is None:
        return Feedback(TODO, "Donnez une autre valeur au seuil, puis la liste des conclusions qui changent de niveau.")
    if not isinstance(name, str) or name not in now:
        return unknown("un seuil de la rubrique", name, now)
    if value == now[name]:
        return Feedback(NOT_YET, f"`{name}` vaut déjà {plain(str(value))}. Donnez-lui une autre valeur.")
    changed = with_threshold(stated, name, value)
    tried = {**stated["sensitivity"], name: [value]}  # a trial need not be among those that the study announces
    if faults := rubric_faults({**changed, "sensitivity": tried}):
        return Feedback(NOT_YET, f"{plain(faults[0][1])} ne convient pas à `{name}` : il faut {faults[0][2]}.")
    return flipped(_levels(known, stated), _levels(known, changed), answer)


def _levels(known: Accounts, rubric: Mapping[str, Any]) -> dict[str, str]:
    """Return the confidence of every conclusion under a rubric."""
    rule = Rubric.read(dict(rubric))
    every = known.study.conclusions["conclusion_id"]
    return {claim: strength(known.body("conclusion", claim), rule).confidence for claim in every}


def flipped(before: Mapping[str, str], after: Mapping[str, str], answer: Any) -> Feedback:
    """Check which conclusions change level, from their levels before and after.

    >>> flipped({"CCL01": "low", "CCL02": "low"}, {"CCL01": "low", "CCL02": "high"}, ["CCL02"]).text
    'parce que CCL02 passe de « faible » à « élevée ».'
    """
    named = _names(answer)
    if named is None:
        return Feedback(NOT_YET, "il faut une liste d’identifiants, comme `['…', '…']`, ou « aucune ».")
    if lost := [name for name in named if name not in before]:
        return unknown("une conclusion de cette étude", lost[0], before)
    changed = {name for name in before if before[name] != after[name]}
    good, extra, forgotten = named & changed, named - changed, changed - named
    if not extra and not forgotten:
        moves = [
            f"{name} passe de « {CONFIDENCES[before[name]]} » à « {CONFIDENCES[after[name]]} »"
            for name in sorted(changed)
        ]
        return right(f"{enumerate_fr(moves)}." if moves else "aucun niveau n’en dépend : rien ne bascule.")
    return Feedback(
        NOT_YET,
        f"{count(len(good), 'bonne', 'bonnes')}, {integer(len(extra))} en trop, "
        f"{count(len(forgotten), 'oubliée', 'oubliées')}. Cherchez les comptes compris entre l’ancien seuil et le "
        "nouveau, puis relisez la table : un niveau d’étendue peut changer sans que la confiance change.",
    )


def _names(answer: Any) -> set[str] | None:
    """Return a set of identifiers from a list, from one, or from « aucune »; None if it is none of these."""
    if isinstance(answer, str):
        return set() if same(answer) in ("aucune", "aucun") else {answer}
    if not isinstance(answer, (list, tuple, set, frozenset)) or not all(isinstance(name, str) for name in answer):
        return None
    return set(answer)


@dataclass(frozen=True)
class Broken:
    """A copy of the raw tables with one code replaced, and what the cleaning says of it.

    ``row`` is 0 where nothing was tried; ``labels`` are the codes that the column admits; ``told`` is the report, in
    French, empty where there was nothing to report; ``feedback`` says what to do next.
    """

    file: str
    row: int
    labels: tuple[str, ...]
    told: str
    feedback: Feedback

    def __repr__(self) -> str:
        """Return the report, then what to do next, as plain text."""
        return f"{self.told}\n\n{self.feedback!r}".strip()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        told = f"```text\n{self.told}\n```\n\n" if self.told else ""
        text = f"{told}**{self.feedback.verdict}** {self.feedback.text}"
        return {"text/markdown": text, "text/plain": repr(self)}


def broken_copy(study: Study, conclusion: str, table: str, column: str, code: Any) -> Broken:
    """Put a code in one row of a temporary copy of a raw table, clean the copy, and return what is said of it.

    Parameters
    ----------
    study
        The study; its folders are read, never written.
    conclusion
        Its last row in the table is the one spoilt; the last row of all, if it has none.
    table, column
        A raw table, and one of its columns of codes.
    code
        What to write there; None: nothing yet.
    """
    coded = _coded_columns()
    if not isinstance(table, str) or table not in coded:
        return _untried(unknown("une table qui a des codes", table, coded))
    if not isinstance(column, str) or column not in coded[table]:
        return _untried(unknown(f"une colonne de codes de `{table}`", column, coded[table]))
    if not isinstance(code, str):
        expected = "Écrivez, entre guillemets, un code qui n’existe pas : la copie sera relue, le dépôt non."
        return _untried(Feedback(TODO, expected))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / study.settings.name
        shutil.copytree(paths.raw(study.settings.name), raw)
        row = _spoil(raw / f"{table}.csv", conclusion, column, code)
        registry.write(raw)  # else the changed bytes would be told too, and they are meant
        report = clean(study.settings.name, raw).report if row else None
    if report is None:
        return _untried(Feedback(NOT_YET, f"la table `{table}` est vide : choisissez-en une autre."))
    labels = tuple(TABLES[table].columns[column].metadata["labels"])
    if not any((p.file, p.row, p.column) == (f"{table}.csv", row, column) for p in report.errors):
        said = "ce code existe, et la règle ne lit que sa forme : une erreur de sens lui échappe. Inventez-en un."
        return Broken(f"{table}.csv", row, labels, "", Feedback(NOT_YET, said))
    said = "Lisez le message ci-dessus : il nomme le fichier, la ligne, la colonne, et ce que la règle attendait."
    return Broken(f"{table}.csv", row, labels, str(Report(report.errors)), Feedback(TODO, said))


def _untried(feedback: Feedback) -> Broken:
    return Broken("", 0, (), "", feedback)


def _coded_columns() -> dict[str, list[str]]:
    """Return, of each table that a person codes, the columns whose codes are listed."""
    coded = {
        name: [c for c in raw_columns(name) if c in table.columns and table.columns[c].metadata.get("labels")]
        for name, table in TABLES.items()
        if name not in ("cleaning_log", "quarantine")
    }
    return {name: columns for name, columns in coded.items() if columns}


def _spoil(path: Path, conclusion: str, column: str, code: str) -> int:
    """Write a code in one row of a CSV file; return its number as a spreadsheet gives it, 0 if there is none."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if not rows:
        return 0
    own = [n for n, row in enumerate(rows) if conclusion in row]
    chosen = own[-1] if own else len(rows) - 1
    rows[chosen][header.index(column)] = code
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return chosen + 2


def locate_error(broken: Broken, answer: Any) -> Feedback:
    """Check that a message was read: the file, the row, and a code that its rule admits."""
    if not broken.told:
        return Feedback(TODO, "Cassez d’abord la copie : cet exercice lit le message qu’elle donne.")
    if answer is None:
        return Feedback(TODO, "Écrivez `(fichier, ligne, code)` : où est l’erreur, et un code que la règle admet.")
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        return Feedback(NOT_YET, "il faut trois valeurs entre parenthèses : le fichier, la ligne, un code.")
    file, row, code = answer
    if same(file).removesuffix(".csv") != broken.file.removesuffix(".csv"):
        return Feedback(NOT_YET, "ce n’est pas le fichier : c’est le premier mot du message.")
    if str(row) != str(broken.row):
        return Feedback(NOT_YET, "ce n’est pas la ligne. Elle est comptée comme dans un tableur, en-tête compris.")
    if code not in broken.labels:
        return Feedback(
            NOT_YET, "ce code ne serait pas admis non plus : le message donne la liste de ceux qui le sont."
        )
    return right(
        f"le message désigne la ligne {broken.row} de `{broken.file}`, et sa règle admet `{code}`. Dans le "
        "dépôt, rien n’a changé : seule la copie était fausse, et elle a disparu.",
    )
