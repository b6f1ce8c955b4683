"""Check the tables of indicators against each other: what no column can tell of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from pic_analysis import periods
from pic_analysis.causality import CLAIM, causal_words
from pic_analysis.cleaning import answers
from pic_analysis.cleaning.columns import CleanColumn, Fault
from pic_analysis.cleaning.french_values import read_figure
from pic_analysis.cleaning.published import REASON
from pic_analysis.cleaning.typed_periods import read_period
from pic_analysis.cleaning.values import Verdict
from pic_analysis.cleaning.vintages import KEY, same_value
from pic_analysis.problems import Problem
from pic_analysis.reading.grid import key as fold
from pic_analysis.reading.settings import Settings
from pic_analysis.vocabulary import FIRM, FREQUENCIES, UNITS, nearest

DENOMINATED = ("percent", "euro_per_square_metre", "euro_per_inhabitant")
"""Units that say nothing without what they are a share of."""

_FACT = re.compile(r"\bFAI\d{3}\b")
_NO_DENOMINATOR = ("", "aucun", "aucune", "neant", "non", "n a", "na", "nd", "inconnu", "a definir", "total")


def read_cells(frame: pd.DataFrame, names: Mapping[str, object]) -> dict[str, CleanColumn]:
    """Return the periods and numbers of a small table, read as those of observations are.

    Parameters
    ----------
    frame
        Raw cells, indexed by row.
    names
        The table's columns.
    """
    readers = {
        "period": _period,
        "first_period": _period,
        "old": _number,
        "new": _number,
    }
    return {name: _column(frame[name], readers[name]) for name in names if name in readers}


def _period(text: str) -> Verdict:
    return read_period(text)


def _number(text: str) -> Verdict:
    """Return the verdict of a number of a line of revision, where a sign of absence stands for a missing value."""
    figure = read_figure(text, ".")
    return Verdict(figure.number, figure.rule, figure.expected)


def _column(raw: pd.Series, read: Callable[[str], Verdict]) -> CleanColumn:
    verdicts = {int(row): read(str(text)) for row, text in raw.items()}
    return CleanColumn(
        pd.Series({row: verdict.clean for row, verdict in verdicts.items()}, index=raw.index, dtype="str"),
        {row: verdict.rule for row, verdict in verdicts.items() if verdict.rule},
        {row: Fault(str(raw[row]), v.expected, v.nearest) for row, v in verdicts.items() if v.expected},
    )


def problems(
    tables: Mapping[str, pd.DataFrame], settings: Settings, evidence: Mapping[str, pd.DataFrame]
) -> Iterator[Problem]:
    """Yield what the tables of indicators say against each other.

    Parameters
    ----------
    tables
        Clean tables by name, indexed by the rows of their files.
    settings
        The study's settings: the names of its case studies may hold figures.
    evidence
        The study's tables of evidence, if it has any: facts and sources that indicators name.
    """
    yield from _denominators(tables["catalogue"])
    yield from _causes(tables)
    yield from _unfinished(tables["observations"])
    yield from _year_to_come(tables["observations"], settings)
    yield from _rhythms(tables)
    yield from _revisions(tables["revisions"])
    yield from _sources(tables["datasets"], evidence)
    yield from _comparators(tables["comparators"])
    yield from _questions(tables)
    yield from _answers(tables, settings, evidence)
    if "facts" in evidence:
        yield from _transcribed(tables["observations"], evidence["facts"])


def _denominators(catalogue: pd.DataFrame) -> Iterator[Problem]:
    for row, unit, denominator in catalogue[["unit", "denominator_fr"]].itertuples():
        said_of = fold(denominator)
        if unit in DENOMINATED and (said_of in _NO_DENOMINATOR or said_of.startswith("sans objet")):
            said = f"une valeur en {UNITS[unit]} ne dit rien sans son dénominateur"
            hint = "Dites rapporté à quoi, par exemple « population active »"
            yield Problem("catalogue.csv", row, "denominator_fr", denominator, said, hint)


def _causes(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield the words of the cards that claim a cause; why a value was revised is another matter."""
    described = ("label_fr", "definition_fr", "method_fr", "caution_fr")
    for table, columns in (("catalogue", described), ("comparators", ("reason_fr",))):
        for column in columns:
            for row, text in tables[table][column].items():
                for words in causal_words(text):
                    yield Problem(f"{table}.csv", int(str(row)), column, words, CLAIM)


def _unfinished(observations: pd.DataFrame) -> Iterator[Problem]:
    """Yield a notice for each value said to be firm of a period that was not over: a stock may be, a sum is not."""
    firm = observations[observations["status"].isin(FIRM)]
    ends = {text: periods.parse(text).last_day.isoformat() for text in firm["period"].unique()}
    days = firm["retrieved"].unique()
    open_then = {(text, day) for text, end in ends.items() for day in days if end[: len(day)] > day}
    if not open_then:
        return
    columns = ["file", "row", "period", "retrieved", "status"]
    late = [pair in open_then for pair in zip(firm["period"], firm["retrieved"], strict=True)]
    for file, row, period, day, status in firm.loc[late, columns].itertuples(index=False):
        said = f"la période {period} n’était pas finie au relevé ({day}) : provisoire ?"
        hint = "Rien à faire pour un effectif à une date ; la somme d’une année attend la fin de l’année"
        yield Problem(file, int(row), "status", status, said, hint, blocking=False)


def _transcribed(observations: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Problem]:
    """Yield the observations that are not the fact that their note names, or are graded better than it."""
    known = facts.set_index("fact_id")[["value", "quality"]].to_dict("index")
    columns = ["file", "row", "value", "quality", "note_fr"]
    own = observations[observations["note_fr"].str.contains("FAI", regex=False)]
    for file, row, value, quality, note in own[columns].itertuples(index=False):
        for name in _FACT.findall(note):
            fact = known.get(name)
            if fact is None:
                said = "aucun fait de facts.csv n’a cet identifiant"
                yield Problem(file, int(row), "note_fr", name, said, nearest=nearest(name, known))
            elif not same_value(value, fact["value"]):
                yield Problem(file, int(row), "value", value, f"le fait que nomme la note, {name}, dit {fact['value']}")
            elif quality < fact["quality"]:
                said = f"meilleure que celle du fait que nomme la note, {name} : {fact['quality']}"
                yield Problem(file, int(row), "quality", quality, said)


def _year_to_come(observations: pd.DataFrame, settings: Settings) -> Iterator[Problem]:
    """Yield the year of an annual state that nothing was retrieved in, nor after: it would only date older values."""
    last = str(observations["retrieved"].max())[:4] if len(observations) else ""
    if last and settings.annual_state > int(last):
        said = f"study.yml demande l’état annuel {settings.annual_state}, et rien n’est relevé depuis {last}"
        hint = f"Relevez des valeurs, ou écrivez annual_state: {last}"
        yield Problem("observations.csv", 0, "retrieved", last, said, hint)


def _rhythms(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """Yield the periods that are not at the rhythm of their indicator."""
    rhythm = tables["catalogue"].set_index("indicator_id")["frequency"].to_dict()
    columns = [("breaks", "period"), ("releases", "period"), ("revisions", "period")]
    columns += [("impact_questions", "first_period"), ("impact_questions", "last_period")]
    for table, column in columns:
        for row, indicator, period in tables[table][["indicator_id", column]].itertuples():
            verdict = read_period(period, rhythm.get(indicator, ""))
            if verdict.expected:
                hint = f"{indicator} est de périodicité {FREQUENCIES[rhythm[indicator]]} (catalogue.csv)"
                yield Problem(f"{table}.csv", row, column, period, verdict.expected, hint)


def _revisions(revisions: pd.DataFrame) -> Iterator[Problem]:
    for row, old, new, reason in revisions[["old", "new", "reason_fr"]].itertuples():
        if same_value(old, new):
            said = "cette ligne ne change rien : l’ancienne et la nouvelle valeur sont les mêmes"
            yield Problem("revisions.csv", row, "new", new, said, "Corrigez-la, ou retirez-la")
        if reason.strip() == REASON:
            said = "écrivez pourquoi la valeur change"
            yield Problem("revisions.csv", row, "reason_fr", reason, said)


def _sources(datasets: pd.DataFrame, evidence: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    known = [*evidence["sources"]["source_id"]] if "sources" in evidence else []
    for row, source in datasets["source_id"].items():
        if source and source not in known:
            said = "aucune ligne de sources.csv n’a cet identifiant"
            yield Problem("datasets.csv", int(str(row)), "source_id", source, said, nearest=nearest(source, known))


def _comparators(comparators: pd.DataFrame) -> Iterator[Problem]:
    for row, one, other in comparators[["territory_id", "comparator_id"]].itertuples():
        if one == other:
            yield Problem(
                "comparators.csv", row, "comparator_id", other, "un autre territoire que le premier est attendu"
            )


def _questions(tables: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    file, known = "impact_questions.csv", [*tables["territories"]["territory_id"]]
    columns = ["near_fr", "event_on", "first_period", "last_period"]
    for row, near, day, first, last in tables["impact_questions"][columns].itertuples():
        for name in near.split():
            if name not in known:
                said = "aucune ligne de territories.csv n’a cet identifiant"
                yield Problem(file, row, "near_fr", name, said, nearest=nearest(name, known))
        begins, ends = periods.parse(first).first_day, periods.parse(last).last_day
        if begins.isoformat() < day:
            said = f"première période entière après l’événement ({day}) attendue"
            yield Problem(file, row, "first_period", first, said)
        if ends < begins:
            said = f"période qui ne finit pas avant la première d’après l’événement ({first}) attendue"
            yield Problem(file, row, "last_period", last, said)


def _answers(
    tables: Mapping[str, pd.DataFrame], settings: Settings, evidence: Mapping[str, pd.DataFrame]
) -> Iterator[Problem]:
    if tables["annual_questions"].empty:
        return
    observed = {*tables["observations"][[*KEY]].itertuples(index=False, name=None)}
    facts = {*evidence["facts"]["fact_id"]} if "facts" in evidence else set()
    labels = [*tables["territories"]["label_fr"], *tables["catalogue"]["label_fr"]]
    labels += [case.label_fr for case in settings.cases] + [package.label_fr for package in settings.packages]
    names = answers.names_with_figures(labels)
    for row, text in tables["annual_questions"]["answer_fr"].items():
        for value, expected, near in answers.faults(text, observed, facts, names):
            yield Problem("annual_questions.csv", int(str(row)), "answer_fr", value, expected, nearest=near)


def located(found: Problem, folder: str) -> Problem:
    """Return a problem whose file is named with its folder: evidence has a ``decisions.csv`` too."""
    return replace(found, file=f"{folder}/{found.file}")
