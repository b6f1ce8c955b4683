"""Put figures in the answers of the annual state: each reference becomes the value that the tables hold today."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd

from pic_analysis.cleaning.answers import REFERENCE
from pic_analysis.cleaning.vintages import KEY, current
from pic_analysis.numbers_fr import NBSP, decimal
from pic_analysis.vocabulary import MISSING_STATUSES, UNIT_SIGNS, UNITS


def answer(text: str, observations: pd.DataFrame, facts: pd.DataFrame | None = None) -> str:
    """Return an answer with its figures, each with the sign of its unit where it has one.

    Parameters
    ----------
    text
        The answer as written, with references.
    observations
        Clean observations: today's value of each is written, its sign where it is missing.
    facts
        Facts of the sources (``Study.facts``), if the answer names any.

    Raises
    ------
    KeyError
        If a reference resolves to nothing: the cleaning refuses such an answer.

    Examples
    --------
    >>> facts = pd.DataFrame({"fact_id": ["FAI023"], "value": ["220"]})
    >>> nothing = pd.DataFrame(columns=[*KEY, "vintage", "value", "unit", "status"])
    >>> answer("Le wiki compte {FAI023} réunions.", nothing, facts)
    'Le wiki compte 220 réunions.'
    """
    now = current(observations).set_index([*KEY])
    printed = {} if facts is None else facts.set_index("fact_id")["value"].to_dict()

    def figure(found: re.Match[str]) -> str:
        parts = tuple(found[1].split())
        if len(parts) == 1:
            return plain_number(str(printed[parts[0]]))
        row = now.loc[parts]
        return with_unit(str(row["value"]), str(row["unit"]), str(row["status"]))

    return REFERENCE.sub(figure, text)


def references(text: str) -> list[tuple[str, ...]]:
    """Return the references of an answer, in their order: keys of observations, identifiers of facts.

    >>> references("De {P03 ZE2020-3215 2019} à {FAI023}.")
    [('P03', 'ZE2020-3215', '2019'), ('FAI023',)]
    """
    return [tuple(found.split()) for found in REFERENCE.findall(text)]


def with_unit(value: str, unit: str, status: str = "") -> str:
    r"""Return a published value as a reader expects it, with its sign of unit; a missing one by its sign.

    >>> with_unit("14.1", "percent"), with_unit("31461", "inhabitant"), with_unit("", "percent", "not_available")
    ('14,1\xa0%', '31\u202f461', '…')
    """
    if not value:
        return MISSING_STATUSES.get(status, "…")
    return plain_number(value) + (f"{NBSP}{UNITS[unit]}" if unit in UNIT_SIGNS else "")


def plain_number(value: str) -> str:
    r"""Return a published number the French way, with the decimals that it was published with.

    >>> plain_number("14.10"), plain_number("1234"), plain_number("une vingtaine")
    ('14,10', '1\u202f234', 'une vingtaine')
    """
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    digits = -int(Decimal(value).as_tuple().exponent)
    return decimal(float(value), digits)
