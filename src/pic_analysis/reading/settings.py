"""Read ``study.yml``: what is particular to one evaluation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pic_analysis import paths
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.reading.rubric import rubric_faults, verb_faults
from pic_analysis.vocabulary import LESSON_THEMES, RECOMMENDATION_THEMES, THEORY_PLACES, nearest


@dataclass(frozen=True)
class Case:
    """One case study: its code in references, its respondents' prefix, its page in the book."""

    id: str
    label_fr: str
    page: str
    question_fr: str
    respondent_prefix: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """One causal package: its letter, its number in references (PC1...), its section of the report."""

    id: str
    number: int
    label_fr: str
    page: str
    question_fr: str
    report_section: str


@dataclass(frozen=True)
class Settings:
    """Everything that the package must know of one study, and nothing that it knows by itself."""

    name: str
    title_fr: str
    territory: str
    insee: str
    year: int
    citation: str
    cases: tuple[Case, ...]
    packages: tuple[Package, ...]
    impact_section: str
    spread_section: str
    unattached_prefixes: dict[str, str]
    printed_speakers: dict[str, str]
    rubric: dict[str, Any]
    verbs: dict[str, list[str]]
    author: str = ""
    """Who coded the sources and signs the book; empty: nobody is named."""
    annual_state: int = 0
    """Year of the annual state to publish; 0: none is."""
    impacts: str = "E"
    """Letter of the statements on impacts and spread, which belong to no causal package."""
    guided_conclusion: str = ""
    """Conclusion that the guided notebook follows; the first one where none is named."""
    story_section: str = ""
    conclusions_section: str = ""
    """Sections of the report that hold the story and the conclusions; empty where they have no number."""
    conclusions_mark: str = ""
    """What the report prints before the number of a conclusion; empty where it prints no number."""
    conclusions_note: str = ""
    """What is to be known of every conclusion's passage, in French."""
    readings_note: str = ""
    """Who read the sources twice and how, in French, where two readings are compared."""
    lesson_themes: dict[str, str] = field(default_factory=lambda: LESSON_THEMES)
    recommendation_themes: dict[str, str] = field(default_factory=lambda: RECOMMENDATION_THEMES)
    theory_places: dict[str, str] = field(default_factory=lambda: THEORY_PLACES)
    """Where the report tells its theory of change, by column of ``theory_nodes``."""

    @property
    def coder(self) -> str:
        """Who is said to have coded the sources: the author, or nobody; a tool codes nothing."""
        return self.author

    @property
    def demo(self) -> bool:
        """Whether the study is fictitious: its name says so, and nothing of it may reach a conclusion."""
        return is_demo(self.name)

    def case(self, identifier: str) -> Case:
        """Return the case of that code; raise ``KeyError`` if there is none."""
        return {case.id: case for case in self.cases}[identifier]

    def package(self, identifier: str) -> Package:
        """Return the causal package of that letter; raise ``KeyError`` if there is none."""
        return {package.id: package for package in self.packages}[identifier]


def is_demo(name: str) -> bool:
    """Say whether the name of a study is that of a fictitious one.

    >>> [is_demo(name) for name in ("demo", "demo_entretiens", "demouville")]
    [True, True, False]
    """
    return name.partition("_")[0] == "demo"


def holds_evidence(name: str) -> bool:
    """Say whether a study has the tables of an evaluation, empty or not."""
    return (paths.raw(name) / "statements.csv").is_file()


def offers(about: Settings) -> bool:
    """Say whether a study publishes its tables: a fictitious one does not, nor one that has interviews alone."""
    return not about.demo and holds_evidence(about.name)


def parse(name: str, text: str) -> Settings:
    """Return the settings written in a ``study.yml``.

    Raises
    ------
    StudyError
        If the file is not YAML, or lacks a key: every missing key is named.
    """
    try:
        read = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else 0
        raise StudyError(name, Report((_problem(row, "", "un fichier YAML lisible"),))) from None
    if faults := _faults(read if isinstance(read, dict) else {}):
        raise StudyError(name, Report(tuple(_problem(0, key, expected, value) for key, value, expected in faults)))
    cases = tuple(Case(**{**case, "labels": tuple(case["labels"])}) for case in read["cases"])
    packages = tuple(Package(**package) for package in read["packages"])
    return Settings(
        name=name,
        cases=cases,
        packages=packages,
        **{key: read[key] for key in _TYPES if key not in ("cases", "packages")},
        **{key: read[key] for key in _OPTIONAL if key in read},
    )


def _faults(read: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the keys that are missing or whose value is not as expected: key, value, expected.

    YAML reads an unquoted 3.2 as a number: sections would then match nothing, in silence.
    """
    faults = [(key, "", "une clé obligatoire, absente") for key in _TYPES if key not in read]
    known = [*_TYPES, *_OPTIONAL]
    for key in (str(key) for key in read if key not in known):
        near = nearest(key, known)
        faults.append((key, _shown(read[key]), "une clé connue" + (f" ; la plus proche : {near}" if near else "")))
    for key, (kind, expected) in {**_TYPES, **_OPTIONAL}.items():
        if key in read and not isinstance(read[key], kind):
            faults.append((key, _shown(read[key]), expected))
    for key in ("year", "annual_state"):
        if isinstance(read.get(key), int) and not is_year(read[key]):
            faults.append((key, _shown(read[key]), YEAR_FR))
    for group, declared in (("cases", Case), ("packages", Package)):
        entries = read.get(group)
        for position, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
            for key, value, expected in _entry_faults(entry, declared):
                faults.append((f"{group}, n° {position}{key}", value, expected))
        faults += _repeated(group, entries)
    letters = [entry.get("id") for entry in read.get("packages") or [] if isinstance(entry, dict)]
    if (impacts := read.get("impacts", Settings.impacts)) in letters:
        faults.append(("impacts", _shown(impacts), "une lettre qui n’est pas celle d’un paquet"))
    for key, check in (("rubric", rubric_faults), ("verbs", verb_faults)):
        if isinstance(read.get(key), dict):
            faults += check(read[key])
    return faults


def is_year(number: int) -> bool:
    """Say whether a number can be the year of an evaluation: ``3``, ``16`` and ``20255`` are slips of the hand.

    >>> is_year(2016), is_year(3), is_year(20255)
    (True, False, False)
    """
    return 1900 <= number <= 2100


def _repeated(group: str, entries: Any) -> list[tuple[str, str, str]]:
    """Return the values that two cases, or two packages, share though each must have its own."""
    written = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    faults = []
    for key in ("id", "number", "page", "respondent_prefix"):
        values = [str(entry[key]) for entry in written if key in entry]
        twice = [value for value in dict.fromkeys(values) if values.count(value) > 1]
        faults += [(f"{group}, {key}", value, "une valeur à chacun, sans répétition") for value in twice]
    return faults


def _entry_faults(entry: Any, declared: type) -> list[tuple[str, str, str]]:
    """Return the faults of one case or package: key, value, expected."""
    if not isinstance(entry, dict):
        return [("", _shown(entry), "des clés et leurs valeurs")]
    known = {field.name: field.type for field in fields(declared)}
    faults = [(f", {key}", "", "une clé obligatoire, absente") for key in known if key not in entry]
    for key, value in entry.items():
        if key not in known:
            faults.append((f", {key}", _shown(value), f"une clé connue : {', '.join(known)}"))
        elif not isinstance(value, _ENTRY_TYPES.get(known[key], str)):
            faults.append((f", {key}", _shown(value), _EXPECTED.get(known[key], _TEXT[1])))
        elif (form := _FORMS.get((declared, key))) and not re.fullmatch(form[0], str(value)):
            faults.append((f", {key}", _shown(value), form[1]))
    return faults


def _shown(value: Any) -> str:
    return "rien" if value is None else str(value)[:60]


# Types as the dataclasses write them: what YAML gives for each, and what to say when it does not.
_ENTRY_TYPES: dict[Any, type] = {"int": int, "tuple[str, ...]": list}
_EXPECTED: dict[Any, str] = {"int": "un nombre entier", "tuple[str, ...]": "une liste de textes"}
_PAGE = (r"[a-z0-9-]+", "des minuscules, des chiffres et des tirets")
_FORMS: dict[tuple[type, str], tuple[str, str]] = {
    (Case, "page"): _PAGE,
    (Package, "page"): _PAGE,
    (Case, "id"): (r"[A-Z][A-Za-z0-9]*", "un code de lettres sans accents et de chiffres, une majuscule d’abord"),
    (Case, "respondent_prefix"): (r"[A-Z]", "une majuscule sans accent"),
    (Package, "id"): (r"[A-LN-Z]", "une majuscule sans accent, sauf M : « M. » se lirait « Monsieur »"),
}
_TEXT, _MAPPING = (str, "un texte entre guillemets"), (dict, "une liste de clés, même vide : {}")
_TYPES: dict[str, tuple[Any, str]] = {
    "title_fr": _TEXT,
    "territory": _TEXT,
    "insee": _TEXT,  # unquoted, YAML would drop its zeros
    "year": (int, "une année, en chiffres"),
    "citation": _TEXT,
    "cases": (list, "une liste de cas"),
    "packages": (list, "une liste de paquets"),
    "impact_section": _TEXT,
    "spread_section": _TEXT,
    "unattached_prefixes": _MAPPING,
    "printed_speakers": _MAPPING,
    "rubric": _MAPPING,
    "verbs": _MAPPING,
}
_OPTIONAL: dict[str, tuple[Any, str]] = {
    "annual_state": (int, "l’année de l’état annuel, en chiffres"),
    **dict.fromkeys(
        (
            *("author", "impacts", "guided_conclusion", "story_section", "readings_note"),
            *("conclusions_section", "conclusions_mark", "conclusions_note"),
        ),
        _TEXT,
    ),
    **dict.fromkeys(("lesson_themes", "recommendation_themes", "theory_places"), _MAPPING),
}


YEAR_FR = "une année de quatre chiffres, de 1900 à 2100"


def _problem(row: int, column: str, expected: str, value: str = "") -> Problem:
    hint = "Comparez avec celui d’une autre étude de data/raw ; `pic new` en écrit un modèle"
    return Problem("study.yml", row, column, value, f"attendu : {expected}", hint)


def load(name: str) -> Settings:
    """Return the settings of a study of this compendium.

    Raises
    ------
    StudyError
        If there is no such study, or its ``study.yml`` is not usable.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        expected = "un nom d’étude fait de minuscules, de chiffres et de _, sans dossier"
        raise StudyError(name, Report((Problem("study.yml", 0, "", name, f"attendu : {expected}"),)))
    path = paths.raw(name) / "study.yml"
    if not path.is_file():
        known = sorted(p.parent.name for p in path.parent.parent.glob("*/study.yml"))
        hint = f"Études de data/raw : {', '.join(known) or 'aucune pour l’instant'}"
        said = f"data/raw/{name}/study.yml n’existe pas : il n’y a pas d’étude de ce nom"
        raise StudyError(name, Report((Problem("study.yml", 0, "", name, said, hint, nearest(name, known)),)))
    return _load(name, path, path.stat().st_mtime_ns)


@cache
def _load(name: str, path: Path, _changed: int) -> Settings:
    return parse(name, read_text(name, path))


def read_text(name: str, path: Path) -> str:
    """Return the text of a ``study.yml``.

    Raises
    ------
    StudyError
        If the file is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise StudyError(name, Report((_problem(0, "", "un fichier enregistré en UTF-8"),))) from None


def example() -> Settings:
    """Return the settings of a three-package, five-case study, for examples and tests."""
    cases = {
        "Eco": "Ecoactivités",
        "Biodiv": "Biodiversité",
        "Part": "Participation",
        "Rehab": "Eco-réhabilitation",
    }
    cases["Agri"] = "Agriculture"
    return Settings(
        name="example",
        title_fr="Exemple",
        territory="Exemple",
        insee="00000",
        year=2000,
        citation="",
        cases=tuple(Case(c, label, c.lower(), "", c[0], (label,)) for c, label in cases.items()),
        packages=tuple(
            Package(letter, n, f"Paquet {letter}", f"paquet-{letter.lower()}", "", f"3.{n + 1}")
            for n, letter in enumerate("BCD", start=1)
        ),
        impact_section="3.5",
        spread_section="3.6",
        unattached_prefixes={"C": ""},
        printed_speakers={},
        rubric={},
        verbs={},
    )
