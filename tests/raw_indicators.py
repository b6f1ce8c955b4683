"""The raw files of two indicators, written where a test asks: a dictionary of names and texts."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import tiny

from pic_analysis.cleaning.indicators import CleanIndicators, clean
from pic_analysis.reading import registry
from pic_analysis.reading.settings import example

TODAY = datetime.date(2026, 11, 25)
HEADER = "indicator_id,territory_id,period,value,unit,status,vintage,dataset_id,retrieved,quality,note_fr"
RATE = "P03,ZE2020-3215,{},{},percent,definitive,2023-12,DS01,2026-11-22,A,"
CATALOGUE = [
    "indicator_id,theme,label_fr,definition_fr,question_fr,unit,denominator_fr,frequency,producer_fr,collected_by_fr,"
    "reference_fr,release_fr,method_fr,caution_fr,revision_policy_fr,quality,address,licence",
    "P03,employment,taux de chômage,part des chômeurs,combien ?,percent,population active,annual,INSEE,la commune,"
    "moyenne de l’année,trois mois après,estimation,ne dit pas pourquoi,révisée chaque année,A,,Licence Ouverte 2.0",
    "L01,involvement,réunions,réunions publiques,combien ?,meeting,sans objet,irregular,la commune,la commune,"
    "à la fin,chaque année,compte,ne dit pas qui vient,jamais,C,,Licence Ouverte 2.0",
]
FACTS = {"fact_id": ["FAI023", "FAI045"], "value": ["220", "55"], "quality": ["C", "D"]}
FILES = {
    "territories.csv": (
        "territory_id,kind,label_fr,within,note_fr\n"
        "REG-32,region,Hauts-de-France,,\n"
        "ZE2020-3215,employment_zone,Lens - Hénin,REG-32,\n"
        "COM-01004,commune,Ambérieu-en-Bugey,,\n"
    ),
    "datasets.csv": (
        "dataset_id,title,producer,address,licence,source_id,note_fr\n"
        "DS01,Chômage localisé,INSEE,,Licence Ouverte 2.0,,\n"
        "DS02,Rapport,la commune,,tous droits réservés,,\n"
    ),
    "catalogue.csv": "\n".join(CATALOGUE) + "\n",
    "observations.csv": "\n".join(
        [
            HEADER,
            RATE.format(2019, "14.2"),
            RATE.format(2020, "13.9"),
            "L01,COM-01004,2001/2008,220,meeting,definitive,2016,DS02,2026-11-22,D,",
        ]
    )
    + "\n",
}


def write(folder: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the files, some replaced, added or removed; return the folder."""
    for name, text in (FILES | (files or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def compendium(root: Path) -> Path:
    """Write a compendium whose only study has indicators and nothing else; return the raw folder of the study."""
    (root / "_config.yml").touch()
    folder = root / "data" / "raw" / "essai"
    write(folder / "indicators")
    (folder / "study.yml").write_text(tiny.SETTINGS, encoding="utf-8")
    registry.write(folder)
    return folder


def cleaned(folder: Path, files: dict[str, str | bytes | None] | None = None) -> CleanIndicators:
    """Write the files and clean them."""
    return clean(write(folder, files), example(), {"facts": pd.DataFrame(FACTS)}, TODAY)


def observed(folder: Path, *lines: str, **files: str | None) -> CleanIndicators:
    """Clean observations of these lines alone, other tables replaced (``revisions=...``)."""
    named: dict[str, str | bytes | None] = {f"{name}.csv": text for name, text in files.items()}
    return cleaned(folder, {"observations.csv": "\n".join([HEADER, *lines]) + "\n", **named})


def errors(result: CleanIndicators) -> list[str]:
    """Return what stops the build, as it is told."""
    return [str(problem) for problem in result.problems if problem.blocking]


def edition(*lines: str) -> str:
    """Return the file of an edition."""
    return "\n".join(["indicator_id,territory_id,period,value,status,vintage", *lines]) + "\n"


def revisions(*lines: str) -> str:
    """Return the file of the lines of revision."""
    return "\n".join(["indicator_id,territory_id,period,revised_on,old,new,reason_fr", *lines]) + "\n"
