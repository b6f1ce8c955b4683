"""The state of a tiny territory: two indicators with values, one without, three territories, a calendar."""

from __future__ import annotations

from pathlib import Path

import raw_indicators as raw

from pic_analysis.observatory import Observatory
from pic_analysis.publishing.territory_state import State
from pic_analysis.reading.settings import example

RATE = "P03,{},{},{},percent,{},2023-12,DS01,2026-11-22,A,{}"
CATALOGUE = (
    raw.FILES["catalogue.csv"]
    + "L02,involvement,ateliers,ateliers ouverts,combien ?,operation,sans objet,annual,la commune,un service,"
    "à la fin,chaque année,compter,ne dit pas qui vient,jamais,C,,Licence Ouverte 2.0\n"
)
TERRITORIES = (
    raw.FILES["territories.csv"]
    + "ZE2020-3205,employment_zone,Zone d’emploi de Béthune,REG-32,\n"
    + "ZE2020-3207,employment_zone,Zone d’emploi de Calais,REG-32,\n"
)
VALUES = [
    RATE.format("ZE2020-3215", 2018, "14.5", "definitive", ""),
    RATE.format("ZE2020-3215", 2019, "14.2", "definitive", "Année ordinaire"),
    RATE.format("ZE2020-3215", 2020, "13.9", "provisional", ""),
    RATE.format("ZE2020-3205", 2019, "10.0", "definitive", ""),
    RATE.format("ZE2020-3205", 2020, "11.0", "definitive", ""),
    RATE.format("ZE2020-3207", 2020, "12.0", "definitive", ""),
    "L01,COM-01004,2001/2008,220,meeting,definitive,2016,DS02,2026-11-22,D,voir FAI023",
    "L01,COM-01004,2008/2013-08,144,meeting,definitive,2016,DS02,2026-11-22,D,",
]
FILES = {
    "catalogue.csv": CATALOGUE,
    "territories.csv": TERRITORIES,
    "observations.csv": "\n".join([raw.HEADER, *VALUES]) + "\n",
    "comparators.csv": (
        "indicator_id,territory_id,comparator_id,reason_fr\n"
        "P03,ZE2020-3215,ZE2020-3205,voisine\n"
        "P03,ZE2020-3215,ZE2020-3207,plus loin\n"
    ),
    "releases.csv": (
        "indicator_id,period,expected_on,basis_fr\n"
        "P03,2020,2021-03,rythme passé\n"
        "P03,2021,2022-03,rythme passé\n"
        "P03,2022,2027-03,rythme passé\n"
        "L02,2025,,à fixer\n"
    ),
    "annual_questions.csv": (
        "question_id,question_fr,answer_fr,unknown_fr\n"
        "QEA01,Le chômage baisse-t-il ?,De {P03 ZE2020-3215 2019} en 2019 à {P03 ZE2020-3215 2020} en 2020.,Pourquoi\n"
        "QEA02,Et avant ?,En 2018 : {P03 ZE2020-3215 2018}.,Le reste\n"
    ),
}


def observatory(folder: Path, **files: str) -> Observatory:
    """Return the indicators of the tiny territory, some files replaced (``releases="..."``)."""
    named: dict[str, str | bytes | None] = FILES | {f"{name}.csv": text for name, text in files.items()}
    cleaned = raw.cleaned(folder, named)
    assert raw.errors(cleaned) == []
    return Observatory.of(example(), cleaned.tables)


def state(folder: Path, year: int = 0, **files: str) -> State:
    """Return the state of the tiny territory: indicators alone, without an evaluation."""
    return State(observatory(folder, **files), None, year)
