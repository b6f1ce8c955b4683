"""Say what a table may hold in one study and not in another: letters of its packages, themes of its findings."""

from __future__ import annotations

from dataclasses import replace

from pic_analysis.reading.settings import Settings
from pic_analysis.schemas import Table
from pic_analysis.schemas import columns as c


def in_study(table: Table, settings: Settings) -> Table:
    """Return the declaration of a table as one study narrows it.

    Examples
    --------
    >>> from pic_analysis.reading.settings import example
    >>> from pic_analysis.schemas import TABLES
    >>> tables = [in_study(TABLES[name], example()) for name in ("rivals", "statements")]
    >>> [[*table.columns["package"].metadata["labels"]] for table in tables]
    [['B', 'C', 'D'], ['B', 'C', 'D', 'E']]
    """
    packages = {package.id: package.label_fr for package in settings.packages}
    lists = {
        ("statements", "package"): {**packages, settings.impacts: "impacts et essaimage"},
        ("conclusions", "package"): packages,
        ("rivals", "package"): packages,
        ("lessons", "theme"): settings.lesson_themes,
        ("recommendations", "theme"): settings.recommendation_themes,
    }
    columns = dict(table.columns)
    for name, column in columns.items():
        if labels := lists.get((table.name, name)):
            about = column.metadata
            columns[name] = c.code(column.title, column.description, about["example"], labels)
    return replace(table, columns=columns)
