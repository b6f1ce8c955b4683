"""Describe the tables that a study offers as a Frictionless data package, which other tools read and check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pic_analysis.publishing.citation_file import CitationFile
from pic_analysis.publishing.offered import Offered
from pic_analysis.study import Study

FILE = "datapackage.json"
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0 (Etalab)",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
"""Licence of every table offered (LICENCE-DONNEES.md)."""


def data_package(study: Study, tables: Iterable[Offered], about: CitationFile) -> dict[str, Any]:
    """Return the descriptor of a study's tables.

    Parameters
    ----------
    study
        The evaluation: its title, the sources of its tables.
    tables
        What it offers.
    about
        Who prepared the tables, in which version.

    Notes
    -----
    Tabular Data Package, version 1 (https://specs.frictionlessdata.io/tabular-data-package/). Schemas are referred to,
    not copied: the folder holds them.
    """
    package = {
        "profile": "tabular-data-package",
        "name": study.settings.name.lower(),
        "title": title(study),
        "description": (
            "Tables codées et calculées. Le rapport évalué reste sous le droit de ses auteurs : les tables en tirent "
            "des faits et des repères, jamais des phrases."
        ),
        "version": about.version,
        "created": f"{about.released}T00:00:00Z",  # the format wants a time of day
        "keywords": [*about.keywords],
        "licenses": [LICENCE],
        "contributors": [{"title": author.name, "role": "author"} for author in about.authors],
        "sources": sources(study),
        "resources": [resource(table) for table in tables],
    }
    return {key: value for key, value in package.items() if value}


def title(study: Study) -> str:
    """Return the name of a study's data."""
    return f"{study.settings.title_fr} : données codées"


def sources(study: Study) -> list[dict[str, str]]:
    """Return the documents that the tables are read from: title, and address where the source prints one."""
    return [
        {"title": row.title, **({"path": row.address} if row.address.startswith("http") else {})}
        for row in study.sources.itertuples()
    ]


def resource(table: Offered) -> dict[str, Any]:
    """Return the descriptor of one table."""
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.table.title_fr,
        "description": f"Chaque ligne : {table.table.row_fr}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(table.content),
        "hash": f"sha256:{table.sha256}",
        "schema": table.schema_path,
    }
