"""Parse references to monograph cells, as the report prints them and as OCR leaves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pic_analysis.reading.settings import Settings
from pic_analysis.vocabulary import CELL_SECTIONS, nearest

_GAP = r"[\s_.~]*"


@dataclass(frozen=True)
class Reference:
    """One cell of a monograph; ``package`` is empty where the cell belongs to no causal package."""

    case: str
    package: str
    section: str
    cell_id: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unreadable:
    """A reference that names no cell; ``nearest`` is the closest valid reading, if there is one."""

    reason: str
    nearest: str = ""


def parse_reference(raw: str, settings: Settings, report_section: str = "") -> Reference | Unreadable:
    """Return the cell that a printed reference names.

    Separators that OCR lost or moved are restored and ``I`` is read as ``1`` where a digit must stand;
    each repair is named. Nothing is guessed beyond that: a case named without its cell is unreadable,
    and the position in the report only serves to name the nearest reading.

    Parameters
    ----------
    raw
        The reference as printed, the name of the case included or not: ``Biodiversité Biodiv.PC1 2``.
    settings
        The study's settings: codes and printed names of the cases, numbers of the packages.
    report_section
        Where the reference stands: ``3.4.1``.

    Examples
    --------
    >>> from pic_analysis.reading import settings
    >>> study = settings.example()
    >>> parse_reference("Participation Part_ PCI_1", study).cell_id
    'Part_PC1_1'
    >>> parse_reference("Eco-réhabilitation", study, "3.4.1").nearest
    'Rehab_PC3_1'
    """
    text = raw.strip().strip("()[],;").strip()
    match = _pattern(_codes(settings)).fullmatch(text)
    if not match:
        return Unreadable("ce renvoi ne nomme aucune cellule de monographie", _nearest(text, settings, report_section))
    case, label = match["case"], re.sub(r"-\s+", "-", match["label"] or "").strip(" ~-")
    if re.search(rf"(?:{_codes(settings)}){_GAP}(?:PC|IT|Ess|Intro)", label):
        return Unreadable("deux cellules dans un seul renvoi : une ligne par renvoi", match["code"])
    owner = next((c.id for c in settings.cases if label in c.labels), "")
    if label and owner and owner != case:
        return Unreadable(
            f"le nom « {label} » et le code « {case} » désignent deux cas",
            f"{owner}_{text.split('_', 1)[-1]}",
        )
    number = (match["number"] or "").replace("I", "1").replace("l", "1")
    section = match["section"].replace("l", "1") if match["section"] in CELL_SECTIONS else "1"
    numbers = {str(p.number): p.id for p in settings.packages}
    if (number or section in "123") and number not in numbers:
        known = ", ".join(f"PC{n}" for n in numbers)
        why = f"le paquet causal PC{number} n’existe pas" if number else "il manque le numéro du paquet causal"
        return Unreadable(f"{why} ; attendu : {known}", _nearest(text, settings, report_section))
    cell_id = "_".join(part for part in (case, f"PC{number}" if number else "", section) if part)
    return Reference(case, numbers.get(number, ""), section, cell_id, _repairs(match, cell_id, label, bool(owner)))


def _codes(settings: Settings) -> str:
    return "|".join(re.escape(case.id) for case in settings.cases)


@cache
def _pattern(codes: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<label>.*?)[\s~]+~?|~)?(?P<code>(?P<case>{codes}){_GAP}"
        rf"(?:PC\s?(?P<number>[1-9Il]){_GAP})?(?P<section>[1-3Il]|IT|Ess|Intro))"
    )


def _repairs(match: re.Match[str], cell_id: str, label: str, known_label: bool) -> tuple[str, ...]:
    repairs = []
    code = match["code"]
    if {match["number"], match["section"]} & {"I", "l"}:
        repairs.append("I lu 1")
    if re.sub(r"[\s_.~]+", "", code) != code.replace("_", "") or code.count("_") != cell_id.count("_"):
        repairs.append("séparateur rétabli")
    if label and not known_label:
        repairs.append(f"nom de cas « {label} » laissé de côté")
    return tuple(repairs)


def _nearest(text: str, settings: Settings, report_section: str) -> str:
    """Return the cell that a broken reference most likely meant, for the message only."""
    labels = {label: case.id for case in settings.cases for label in (*case.labels, case.id)}
    case = labels.get(nearest(text, labels))
    if case:
        place = cell_of_section(report_section, settings)
        return f"{case}_{place}" if place else case
    cells = [f"{c.id}_PC{p.number}_{s}" for c in settings.cases for p in settings.packages for s in "123"]
    return nearest(text, cells)


def cell_of_section(report_section: str, settings: Settings) -> str:
    """Return the part of a cell that a section of the report should cite: ``3.4.1`` -> ``PC3_1``."""
    for package in settings.packages:
        head, _, last = report_section.rpartition(".")
        if head == package.report_section:
            return f"PC{package.number}_{last}" if last in "123" else f"PC{package.number}"
    if report_section.startswith(settings.impact_section):
        return "IT"
    return "Ess" if report_section.startswith(settings.spread_section) else ""


def misplaced(reference: Reference, report_section: str, settings: Settings) -> str:
    """Return in French why a readable reference is out of its place, or an empty string.

    A misplaced reference is kept as it is: only the reader may judge it.
    """
    if reference.package and reference.section not in "123":
        return f"forme inhabituelle : les autres cas écrivent {reference.case}_{reference.section}"
    expected = cell_of_section(report_section, settings)
    part = reference.cell_id.removeprefix(f"{reference.case}_")
    if not expected or part == expected or part.startswith(f"{expected}_"):
        return ""
    return f"cellule hors de sa place : la section {report_section} attend {reference.case}_{expected}"
