"""Clean the register of interviews: who was met, under a code, when, how, and with which consent."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from pic_analysis.cleaning.sieve import Sieve, sift, stack
from pic_analysis.cleaning.typed_dates import read_date
from pic_analysis.cleaning.values import Verdict, interview_id, judge, one_of
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.settings import Case
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import CONSENTS, INTERVIEW_MODES

FIELDS = {
    "interview_id": ("entretien", "code", "code entretien", "n° entretien", "identifiant"),
    "stakeholder_type": ("type d’acteur", "type", "catégorie", "acteur"),
    "case": ("cas", "étude de cas", "thème"),
    "date": ("date", "date de l’entretien", "date entretien"),
    "mode": ("mode", "modalité", "mode d’entretien"),
    "consent": ("consentement", "accord", "consentement recueilli"),
}
REQUIRED = ("interview_id", "stakeholder_type", "mode", "consent")

_MODES = {
    "face à face": "face_to_face",
    "en présence": "face_to_face",
    "présentiel": "face_to_face",
    "téléphone": "telephone",
    "tél.": "telephone",
    "visio": "video",
    "visioconférence": "video",
    "groupe": "group",
    "entretien collectif": "group",
    "écrit": "written",
    "courriel": "written",
}
_CONSENTS = {
    "oui": "given",
    "accord": "given",
    "oui, sans citation": "anonymous",
    "sans citation": "anonymous",
    "non": "withdrawn",
    "retrait": "withdrawn",
}
consent = one_of(CONSENTS, _CONSENTS)
"""Reader of a typed consent."""

_PERSONAL = {"nom", "prenom", "nom prenom", "telephone", "tel", "courriel", "email", "e mail", "mail", "adresse"}
_PERSONAL |= {"mobile", "portable", "fonction", "personne", "name", "date de naissance"}


def clean_register(
    sheet: Sheet, label: Callable[[str], Verdict], cases: Sequence[Case], latest: datetime.date, year: int
) -> tuple[Sieve, list[Problem]]:
    """Return the register sorted, and the problems of its file.

    Parameters
    ----------
    sheet
        The file as read.
    label
        Reader of typed stakeholder types (``stakeholder_labels.reader``).
    cases
        The case studies of the study.
    latest
        Day after which no interview can have been held yet.
    year
        Year of the study: an interview held after it is kept, and told.
    """
    raw = stack([sheet], [*FIELDS])
    names = {form: case.id for case in cases for form in (case.label_fr, *case.labels)}
    judged = {
        "interview_id": judge(raw["interview_id"], interview_id),
        "stakeholder_type": judge(raw["stakeholder_type"], label),
        "case": judge(raw["case"], one_of({case.id: case.id for case in cases}, names, required=False)),
        "date": judge(raw["date"], lambda text: read_date(text, latest)),
        "mode": judge(raw["mode"], one_of(INTERVIEW_MODES, _MODES)),
        "consent": judge(raw["consent"], consent),
    }
    sieve = sift(raw, judged)
    # An earlier row takes its code even when something else in it holds it back.
    names = pd.Series(judged["interview_id"].values, index=raw.index)
    first = names[names.ne("")].drop_duplicates()
    again = sieve.clean.drop(index=first.index, errors="ignore")
    rows = pd.Series(raw.loc[first.index, "row"].to_numpy(), index=first.to_numpy())
    said = "identifiant déjà pris à la ligne " + rows.reindex(again["interview_id"]).astype("str").to_numpy()
    sieve = sieve.hold(again.index, "interview_id", again["interview_id"].to_numpy(), np.asarray(said))
    return sieve, [*map(_personal, sheet.problems), *_late(sieve, year)]


def _late(sieve: Sieve, year: int) -> Iterator[Problem]:
    """Yield a notice for each interview held after the year of the study: a typing error, most often."""
    late = sieve.clean.index[sieve.clean["date"].str[:4] > str(year)]
    for position in late:
        file, row = sieve.raw.loc[position, ["file", "row"]]
        said = f"entretien daté d’après l’année de l’étude ({year})"
        value = str(sieve.clean.at[position, "date"])
        yield Problem(
            str(file), int(row), "date", value, said, "Relisez la date, ou `year` de study.yml", blocking=False
        )


def _personal(problem: Problem) -> Problem:
    """Return the problem of a column as it is, or as an error where the column tells who a person is."""
    if problem.blocking or fold(problem.column) not in _PERSONAL:
        return problem
    said = "colonne qui identifie une personne : elle n’a pas sa place ici"
    hint = "Retirez-la du registre ; la table des noms se garde hors du dépôt (data/raw/restricted/)"
    return Problem(problem.file, problem.row, problem.column, "", said, hint)
