"""Clean observations: one value of one indicator, for one territory and one period, in one vintage."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pic_analysis import periods
from pic_analysis.cleaning import insee_codes
from pic_analysis.cleaning import observation_cells as cells
from pic_analysis.cleaning.french_values import Figure, decimal_sign, read_figure
from pic_analysis.cleaning.sieve import Sieve, sift, stack
from pic_analysis.cleaning.typed_periods import read_period
from pic_analysis.cleaning.values import Judged, Verdict, judge
from pic_analysis.cleaning.vintages import KEY, same_value
from pic_analysis.reading.sheets import Sheet
from pic_analysis.vocabulary import FIRM, MISSING_STATUSES, STATUSES, UNITS

FIELDS = {
    "indicator_id": ("indicateur", "code indicateur"),
    "territory_id": ("territoire", "code", "code insee", "insee", "code territoire", "code géographique", "codgeo"),
    "period": ("période", "année", "trimestre", "mois", "date"),
    "value": ("valeur", "taux", "nombre", "effectif"),
    "unit": ("unité",),
    "status": ("statut",),
    "vintage": ("millésime", "diffusion", "date de diffusion"),
    "dataset_id": ("jeu de données", "jeu", "source"),
    "retrieved": ("relevé le", "date du relevé", "consulté le"),
    "quality": ("qualité",),
    "note_fr": ("note", "remarque", "commentaire"),
}
REQUIRED = tuple(name for name in FIELDS if name != "note_fr")
REPEATED = "observation répétée : une autre ligne dit la même chose"


@dataclass(frozen=True)
class Declared:
    """What the study's other tables declare, by which observations are judged.

    ``units``, ``frequencies`` and ``qualities`` are those of each indicator; ``held`` are identifiers of rows in
    quarantine, by table.
    """

    units: Mapping[str, str]
    frequencies: Mapping[str, str]
    qualities: Mapping[str, str]
    territories: Mapping[str, str]
    datasets: frozenset[str]
    held: Mapping[str, set[str]] = field(default_factory=dict)


def clean_observations(sheets: Sequence[Sheet], declared: Declared, today: datetime.date) -> Sieve:
    """Return the observations of several files sorted: clean, held in quarantine, or repeating another.

    Parameters
    ----------
    sheets
        The files as read, in order: of two rows that say the same thing, the first is kept.
    declared
        What the catalogue and the other tables say.
    today
        No date is later.

    Notes
    -----
    Rows in = rows clean + rows held + rows that repeat another, asserted. Every column is judged by its distinct
    values: a million rows take seconds.
    """
    raw = stack(sheets, [*FIELDS])
    known = frozenset(declared.units)
    indicator = judge(raw["indicator_id"], cells.linked("catalogue", known, declared.held.get("catalogue", set())))
    names = [verdict.clean for verdict in indicator.verdicts]
    held = dict.fromkeys(declared.held.get("territories", ()), "")
    figures, value = _values(raw)
    judged = {
        "indicator_id": indicator,
        "territory_id": judge(raw["territory_id"], insee_codes.reader(declared.territories, held)),
        "period": _within(
            indicator, [declared.frequencies.get(name, "") for name in names], raw["period"], read_period
        ),
        "value": value,
        "unit": _within(indicator, [declared.units.get(name, "") for name in names], raw["unit"], cells.read_unit),
        "status": _within(value, [cells.kind_of(figure) for figure in figures], raw["status"], cells.read_status),
        "vintage": judge(raw["vintage"], cells.date_until(today)),
        "dataset_id": judge(
            raw["dataset_id"], cells.linked("datasets", declared.datasets, declared.held.get("datasets", set()))
        ),
        "retrieved": judge(raw["retrieved"], cells.date_until(today)),
        "quality": _within(
            indicator, [declared.qualities.get(name, "") for name in names], raw["quality"], cells.read_quality
        ),
        "note_fr": judge(raw["note_fr"], cells.read_note),
    }
    sieve = sift(raw, judged, compact=True, discreet=False)
    sieve = _same_unit(sieve, np.array([figure.unit for figure in figures], dtype=object))
    return _once(_in_time(_possible(sieve)))


def table(sieve: Sieve) -> pd.DataFrame:
    """Return the clean observations in the order of their keys, with the ``file`` and ``row`` of each."""
    places = sieve.raw.loc[sieve.clean.index, ["file", "row"]]
    whole = pd.concat([sieve.clean, places], axis=1)
    ordered = whole.sort_values([*KEY, "vintage"], kind="stable", ignore_index=True)
    return ordered.astype(dict.fromkeys([*sieve.clean.columns, "file"], "str"))


def _within(context: Judged, about: Sequence[Any], raw: pd.Series, read: Callable[[str, Any], Verdict]) -> Judged:
    """Return a column judged by what another column says of each row: once for each pair of values.

    Parameters
    ----------
    context
        The other column.
    about
        What each of its distinct values says.
    raw
        Text cells.
    read
        The verdict of a cell, and of what the other column says.
    """
    meanings = [*dict.fromkeys(about)]
    place = {meaning: number for number, meaning in enumerate(meanings)}
    outer = np.array([place[meaning] for meaning in about], dtype="int64")[context.which]
    inner, found = pd.factorize(raw)
    typed = np.asarray(found, dtype=object)
    which, pairs = pd.factorize(outer * max(len(found), 1) + inner)
    written, verdicts = [], []
    for pair in pairs:
        meaning, cell = divmod(int(pair), len(found))
        written.append(str(typed[cell]))
        verdicts.append(read(written[-1], meanings[meaning]))
    return Judged(which.astype("int32"), tuple(written), tuple(verdicts))


def _values(raw: pd.DataFrame) -> tuple[list[Figure], Judged]:
    """Return the column of values judged, each file by its own decimal sign, and what each verdict was read from."""
    files = Judged(raw["file"].cat.codes.to_numpy(), tuple(raw["file"].cat.categories), ())
    signs = [decimal_sign(raw.loc[raw["file"] == file, "value"].unique()) for file in files.written]
    figures: list[Figure] = []

    def read(text: str, sign: str) -> Verdict:
        figures.append(read_figure(text, sign))
        return Verdict(figures[-1].number, figures[-1].rule, figures[-1].expected)

    return figures, _within(files, signs, raw["value"], read)


def _same_unit(sieve: Sieve, units: np.ndarray) -> Sieve:
    """Hold the rows whose value bears another unit than their column of units."""
    value, unit = sieve.judged["value"], sieve.judged["unit"]
    if not len(value.which):
        return sieve
    own = units[value.which]
    told = np.array([verdict.clean for verdict in unit.verdicts], dtype=object)[unit.which]
    wrong = sieve.clean.index[((own != "") & (own != told))[sieve.clean.index]]
    typed = sieve.raw.loc[wrong, "value"].to_numpy()
    said = [
        f"la valeur est en {UNITS[a]}, l’unité dit {UNITS[b]}" for a, b in zip(own[wrong], told[wrong], strict=True)
    ]
    return sieve.hold(wrong, "value", typed, np.array(said, dtype=object))


def _possible(sieve: Sieve) -> Sieve:
    """Hold the rows whose number cannot be a value of their unit: less than none, half of one, more than all."""
    value, unit = sieve.judged["value"], sieve.judged["unit"]
    places = sieve.clean.index.to_numpy()
    # Pairs of a number and a unit: the million rows of a table have few of them.
    pairs, which = np.unique(
        value.which[places] * np.int64(len(unit.verdicts)) + unit.which[places], return_inverse=True
    )
    said = []
    for pair in pairs.tolist():
        number, code = divmod(pair, len(unit.verdicts))
        figure = value.verdicts[number].clean
        said.append(cells.impossible(figure, unit.verdicts[code].clean) if figure else "")
    told = np.array(said, dtype=object)[which] if len(pairs) else np.array([], dtype=object)
    rows = places[told != ""]
    return sieve.hold(rows, "value", sieve.clean.loc[rows, "value"].to_numpy(), told[told != ""])


def _in_time(sieve: Sieve) -> Sieve:
    """Hold the rows that were noted before they could be: before their release, or before their period began."""
    early: dict[str, list[tuple[Any, str, str]]] = {"retrieved": [], "period": [], "status": []}
    dated = ["period", "vintage", "retrieved", "status"]
    for key, where in sieve.clean.groupby(dated, sort=False, observed=True).groups.items():
        period, vintage, retrieved, status = map(str, key)
        if vintage[: len(retrieved)] > retrieved[: len(vintage)]:
            said = f"relevé avant son millésime ({vintage})"
            early["retrieved"] += [(position, retrieved, said) for position in where]
        elif periods.parse(period).first_day.isoformat()[: len(retrieved)] > retrieved:
            said = f"cette période commence après le relevé ({retrieved})"
            early["period"] += [(position, period, said) for position in where]
        elif status in FIRM and periods.parse(period).first_day.isoformat()[: len(vintage)] > vintage:
            said = f"la période commence après le millésime ({vintage}) : une prévision est « estimée »"
            early["status"] += [(position, status, said) for position in where]
    for column, rows in early.items():
        if rows:
            positions, values, said_of = (list(part) for part in zip(*rows, strict=True))
            sieve = sieve.hold(positions, column, values, said_of)
    return sieve


def _once(sieve: Sieve) -> Sieve:
    """Keep one row for each key and vintage: those that repeat it are put aside, those that contradict it are held."""
    columns = [*KEY, "vintage"]
    twice = sieve.clean[sieve.clean.duplicated(columns, keep=False)]
    read = dict(zip(twice.index, zip(twice["value"], twice["status"], strict=True), strict=True))
    again, against, said = [], [], []
    firsts: dict[tuple[str, ...], int] = {}
    for position, *key in twice[columns].itertuples():
        first = firsts.setdefault(tuple(key), position)
        if first == position:
            continue
        (kept, status), (other, its) = read[first], read[position]
        if same_value(kept, other) and status == its:
            again.append(position)
        else:
            place = sieve.raw.loc[first]
            shown = kept or MISSING_STATUSES[status]
            against.append(position)
            said.append(
                f"{place['file']}, ligne {place['row']}, dit {shown} ({STATUSES[status]}) "
                "pour la même période et le même millésime"
            )
    values = twice.loc[against, "value"].to_numpy()
    sieve = sieve.hold(against, "value", values, np.array(said, dtype=object))
    return sieve.put_aside(again, "value", REPEATED)
