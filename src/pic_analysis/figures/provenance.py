"""Say in the title itself that a figure shows fictitious data."""

from __future__ import annotations

from pandas import DataFrame

from pic_analysis.vocabulary import DEMO


def titled(title: str, data: DataFrame) -> str:
    """Return the title of a figure; that of fictitious data says so, since figures are copied without their page.

    >>> titled("Un fait", DataFrame())
    'Un fait'
    """
    return f"Démonstration ({DEMO}, données fictives) : {title}" if data.attrs.get("provenance") == DEMO else title
