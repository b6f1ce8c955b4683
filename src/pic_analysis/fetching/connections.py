"""Read ``connections.yml``: where a study's series can be fetched, and where in an answer its values stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pic_analysis.fetching import addresses
from pic_analysis.fetching.refusal import is_plain, shown
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.schemas.indicators import INDICATOR, TERRITORY
from pic_analysis.vocabulary import MISSING_STATUSES, QUALITIES, STATUSES, UNITS, nearest

FILE = "indicators/connections.yml"

CONNECTORS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "melodi": (("filters", "value"), ("keep",)),
    "dido": (("territory", "period", "value"), ("filters", "keep", "form", "codes")),
    "data_fair": (("territory", "years"), ("filters", "form", "codes")),
    "geo_dvf": (("territories", "years", "value"), ("least",)),
    "data_gouv": (("resource", "territory", "period", "value"), ("keep", "form", "codes")),
    "opendatasoft": (("territory", "period", "value"), ("filters", "keep", "form", "codes")),
    "workbook": (("sheet", "territory"), ("keep", "form", "codes", "mean")),
    "populations": (("territories",), ()),
}
"""Each connector, with the keys that it needs and those that it knows besides the common ones."""

_COMMON = ("indicator", "connector", "address", "dataset", "unit", "status", "dataset_id", "quality")


@dataclass(frozen=True)
class Connection:
    """One series that can be fetched.

    ``filters`` are sent to the site, ``keep`` chooses rows in what it answers; ``form`` makes a territory of a code
    (``COM-{}``), or ``codes`` names that of each code, rows of other codes being left aside; ``least`` is the number
    of sales below which no price is given; ``mean`` says what a mean is made for.
    """

    indicator: str
    connector: str
    address: str
    dataset: str
    unit: str
    status: str
    dataset_id: str
    quality: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    keep: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    territories: tuple[str, ...] = ()
    territory: str = ""
    form: str = "{}"
    codes: dict[str, str] = field(default_factory=dict)
    period: str = ""
    value: str = ""
    resource: str = ""
    least: int = 11
    sheet: str = ""
    mean: str = ""

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The filters, as the parameters of a request."""
        return [(key, value) for key, values in self.filters.items() for value in values]


def load(study: str, folder: Path) -> dict[str, Connection]:
    """Return the connections of a study by indicator; none if it declares none.

    Parameters
    ----------
    study
        Name of the study.
    folder
        Folder of its raw tables.

    Raises
    ------
    StudyError
        If the file is not as expected: every fault is named.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        return parse(study, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise StudyError(study, Report((Problem(FILE, 0, "", "", "un fichier enregistré en UTF-8"),))) from None


def parse(study: str, written: str) -> dict[str, Connection]:
    """Return the connections written in a ``connections.yml``, by indicator.

    Raises
    ------
    StudyError
        If it is not YAML, if a key is missing or unknown, or a value not as expected: all are named.
    """
    try:
        read = yaml.safe_load(written) or []
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = Problem(FILE, mark.line + 1 if mark else 0, "", "", "un fichier YAML lisible est attendu")
        raise StudyError(study, Report((problem,))) from None
    if not isinstance(read, list):
        raise StudyError(study, Report((Problem(FILE, 0, "", shown(read), "une liste de connexions est attendue"),)))
    problems = [problem for number, entry in enumerate(read, start=1) for problem in _faults(number, entry)]
    if not problems:
        names = [entry["indicator"] for entry in read]
        problems = [
            Problem(FILE, 0, "indicator", name, "une seule connexion par indicateur")
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
    if problems:
        raise StudyError(study, Report(tuple(problems)))
    return {entry["indicator"]: Connection(**{key: _made(key, entry[key]) for key in entry}) for entry in read}


def _made(name: str, value: Any) -> Any:
    """Return the value of a key as the dataclass holds it."""
    if isinstance(value, dict) and name != "codes":
        return {key: tuple(one) if isinstance(one, list) else (one,) for key, one in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _faults(number: int, entry: Any) -> list[Problem]:
    """Return one problem for each fault of one connection."""
    if not isinstance(entry, dict):
        return [Problem(FILE, 0, f"n° {number}", shown(entry), "des clés et leurs valeurs sont attendues")]
    place = f"n° {number}, {entry['indicator']}" if isinstance(entry.get("indicator"), str) else f"n° {number}"

    def told(key: str, expected: str, near: str = "") -> Problem:
        value = "" if key not in entry or entry[key] is None else shown(entry[key])
        return Problem(FILE, 0, f"{place}, {key}", value, expected, nearest=near)

    connector = entry.get("connector")
    if not isinstance(connector, str) or connector not in CONNECTORS:
        expected = f"un connecteur est attendu : {', '.join(CONNECTORS)}"
        return [told("connector", expected, nearest(str(connector or ""), CONNECTORS))]
    needed, known = CONNECTORS[connector]
    names = (*_COMMON, *needed, *known)
    problems = [told(key, "clé obligatoire, absente") for key in (*_COMMON, *needed) if key not in entry]
    for key, value in entry.items():
        if key not in names:
            expected = f"clé inconnue de ce connecteur, qui connaît {', '.join(names)}"
            problems.append(told(str(key), expected, nearest(str(key), names)))
            continue
        check, expected, options = _CHECKS[key]
        if not check(value):
            near = nearest(value, options) if isinstance(value, str) else ""
            problems.append(told(key, expected, near))
    problem = _address_fault(connector, entry.get("address"))
    return [*problems, told("address", problem)] if problem else problems


def _address_fault(connector: str, address: Any) -> str:
    if not isinstance(address, str):
        return ""  # told as a value that is no text
    if connector == "populations":
        return "" if address == "npm" else "attendu : npm, le paquet étant nommé par `dataset`"
    return addresses.fault(address)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and is_plain(value) and len(value) < 500


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(one) for one in value)


def _is_filters(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    return all(_is_text(key) and (_is_text(one) or _is_texts(one)) for key, one in value.items())


def _one_of(options: Any) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in options


def _like(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))


_STATUSES = [status for status in STATUSES if status not in MISSING_STATUSES]
_TEXT = (_is_text, "un texte est attendu, entre guillemets s’il n’est fait que de chiffres", ())
_FILTERS = (_is_filters, "des clés et leurs textes sont attendus ; un code fait de chiffres va entre guillemets", ())
_CHECKS: dict[str, tuple[Callable[[Any], bool], str, Any]] = {
    "indicator": (_like(INDICATOR), "un indicateur est attendu : une lettre et deux chiffres", ()),
    "connector": _TEXT,
    "address": _TEXT,
    "dataset": _TEXT,
    "unit": (_one_of(UNITS), f"une unité est attendue : {', '.join(UNITS)}", UNITS),
    "status": (_one_of(_STATUSES), f"un statut est attendu : {', '.join(_STATUSES)}", _STATUSES),
    "dataset_id": (_like(r"DS\d{2}"), "un jeu de données est attendu, comme DS01", ()),
    "quality": (_one_of(QUALITIES), f"une qualité est attendue : {', '.join(QUALITIES)}", ()),
    "filters": _FILTERS,
    "keep": _FILTERS,
    "years": (
        lambda value: (
            isinstance(value, list) and bool(value) and all(type(y) is int and 1900 < y < 2100 for y in value)
        ),
        "une liste d’années est attendue",
        (),
    ),
    "territories": (
        lambda value: _is_texts(value) and all(re.fullmatch(TERRITORY, one) for one in value),
        "une liste de territoires est attendue, comme COM-00001",
        (),
    ),
    "territory": _TEXT,
    "form": (
        lambda value: _is_text(value) and value.count("{}") == 1,
        "une forme est attendue, où {} tient la place du code, comme COM-{}",
        (),
    ),
    "codes": (
        lambda value: (
            _is_filters(value) and all(isinstance(one, str) and re.fullmatch(TERRITORY, one) for one in value.values())
        ),
        'des codes et leurs territoires sont attendus, comme "6200001": EQP-6200001',
        (),
    ),
    "sheet": _TEXT,
    "mean": (_one_of(("year",)), "year est attendu : la moyenne de chaque année", ("year",)),
    "period": _TEXT,
    "value": _TEXT,
    "resource": _TEXT,
    "least": (lambda value: type(value) is int and value > 0, "un nombre entier, au moins 1", ()),
}
