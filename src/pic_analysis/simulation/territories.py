"""Make as many small fictitious studies as asked: to measure what a hundred territories cost, and to test comparing.

Every study is called ``demo``, is drawn with a seed of its own (the same bytes each time), and writes beside its tables
what was planted in it: which of the common mechanisms were asked about, and which hold.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from pic_analysis.cleaning.decisions import COLUMNS as DECISIONS
from pic_analysis.cleaning.study import raw_columns
from pic_analysis.files import write_atomically
from pic_analysis.reading import families, registry
from pic_analysis.schemas import TABLES
from pic_analysis.simulation.demo import SETTINGS
from pic_analysis.simulation.draws import Draws

SEED = 20261123
CASES = {"Jardins": "J", "Velo": "V", "Toits": "T", "Cantine": "C"}
PACKAGES = {"P": ("Pratiques", "2.1"), "Q": ("Qualité", "2.2")}
MECHANISMS = {
    "MEC01": ("S>P", "Prêter un lieu lève un obstacle."),
    "MEC02": ("S>P", "Former des habitants leur donne l’envie d’essayer."),
    "MEC03": ("P>Q", "Des pratiques partagées rendent l’action plus juste."),
}
"""Mechanisms that territories may have in common: their arrow, and what they say."""

_COMPUTED = ("cleaning_log", "quarantine")


@dataclass(frozen=True)
class Territory:
    """A fictitious territory: its study's name, its number, and what is planted in it.

    ``planted`` tells whether each mechanism that was asked about holds; those that are not there were not asked about.
    """

    number: int
    planted: dict[str, bool]

    @property
    def name(self) -> str:
        """Name of its study: every fictitious one begins by ``demo``."""
        return f"demo_territoire_{self.number:03d}"

    def mechanism(self, family: str) -> str:
        """Return the identifier of a common mechanism in this study: numbered by arrow, in the order asked."""
        link = MECHANISMS[family][0]
        same = [known for known in self.planted if MECHANISMS[known][0] == link]
        return f"{link}-{same.index(family) + 1}"


def territories(count: int) -> list[Territory]:
    """Return the first fictitious territories: the first ten are the same whether ten or a hundred are asked for."""
    return [_territory(number) for number in range(1, count + 1)]


def _territory(number: int) -> Territory:
    draws = Draws(SEED + number)
    return Territory(number, {family: draws.chance(0.6) for family in MECHANISMS if draws.chance(0.8)})


def study_files(territory: Territory) -> dict[str, str]:
    """Return every file of the raw folder of a territory, the registry apart, by path."""
    draws = Draws(-SEED - territory.number)
    cases = sorted(draws.shuffled([*CASES])[: draws.between(2, 4)])
    rows = _rows(territory, cases, draws)
    made = {f"{name}.csv": _csv(raw_columns(name), rows.get(name, [])) for name in TABLES if name not in _COMPUTED}
    made["decisions.csv"] = _csv(DECISIONS, [])
    made["study.yml"] = _settings(territory, cases)
    made["verite_plantee.yml"] = _yaml(
        {
            "avertissement": "Tout est fictif : voici ce que la simulation a mis (demo), que l’analyse doit retrouver.",
            "graine": SEED + territory.number,
            "mecanismes_qui_tiennent": [family for family, holds in territory.planted.items() if holds],
            "mecanismes_qui_ne_tiennent_pas": [family for family, holds in territory.planted.items() if not holds],
            "mecanismes_non_demandes": [family for family in MECHANISMS if family not in territory.planted],
        }
    )
    return made


def write(raw: Path, count: int) -> list[str]:
    """Write fictitious studies in a folder of raw studies, and the table of what they have in common.

    Returns
    -------
    list of str
        The names of the studies.
    """
    made = territories(count)
    for territory in made:
        for name, text in study_files(territory).items():
            write_atomically(raw / territory.name / name, text)
        registry.write(raw / territory.name)
    rows = [
        (family, text, one.name, one.mechanism(family), "simulé comme un même mécanisme")
        for family, (_, text) in MECHANISMS.items()
        for one in made
        if family in one.planted
    ]
    write_atomically(raw / families.FILE, _csv(families.COLUMNS, rows))
    return [territory.name for territory in made]


def _settings(territory: Territory, cases: list[str]) -> str:
    about = yaml.safe_load(SETTINGS.format(cases="  []"))
    about |= {
        "title_fr": f"Territoire simulé {territory.number} (demo)",
        "territory": f"Territoire simulé {territory.number:03d} (demo)",
        "citation": "Étude simulée (demo) ; rien n’y est vrai",
        "cases": [
            {
                "id": case,
                "label_fr": f"{case} (demo)",
                "page": case.lower(),
                "question_fr": "?",
                "respondent_prefix": CASES[case],
                "labels": [case],
            }
            for case in cases
        ],
        "packages": [
            {
                "id": letter,
                "number": number,
                "label_fr": f"{label} (demo)",
                "page": label.lower().replace("é", "e"),
                "question_fr": "?",
                "report_section": section,
            }
            for number, (letter, (label, section)) in enumerate(PACKAGES.items(), start=1)
        ],
        "impacts": "Z",
        "impact_section": "4",
        "spread_section": "5",
    }
    return "# Étude simulée (demo). Faite par pic_analysis.simulation.territories.\n" + _yaml(about)


def _rows(territory: Territory, cases: list[str], draws: Draws) -> dict[str, list[tuple[str, ...]]]:
    rows: dict[str, list[tuple[str, ...]]] = {
        "theory_nodes": [
            ("S", "", "Ce que fait la commune", "1.1", "la commune agit", "true", "true", "true", ""),
            *(
                (p, "", label, "1.1", f"le paquet {p}", "true", "true", "true", "")
                for p, (label, _) in PACKAGES.items()
            ),
            ("Z", "", "Impacts", "1.1", "les impacts", "true", "true", "true", ""),
        ],
        "theory_links": [
            (f"{a}>{b}", a, b, f"De {a} vers {b}", "1.1", f"de {a} vers {b}") for a, b in ("SP", "PQ", "QZ")
        ],
        "sources": [("SRC01", "report", "Rapport simulé (demo)", "", "2020-01", "", "domaine public", "")],
        "mechanisms": [
            (territory.mechanism(family), *_told(family), "")
            for family in sorted(territory.planted, key=territory.mechanism)
        ],
        **{name: [] for name in ("statements", "citations", "testimonies", "link_support")},
    }
    for package in PACKAGES:
        asked = [family for family in territory.planted if MECHANISMS[family][0].endswith(package)]
        _package(package, asked, territory, cases, draws, rows)
    return rows


def _told(family: str) -> tuple[str, ...]:
    link, text = MECHANISMS[family]
    return (link, "favours", text, "1.1", f"mécanisme {family.lower()}")


def _package(
    package: str,
    asked: list[str],
    territory: Territory,
    cases: list[str],
    draws: Draws,
    rows: dict[str, list[tuple[str, ...]]],
) -> None:
    """Add the statements of a package, and what each calls on; a fictitious study concludes nothing."""
    for _ in range(draws.between(2, 6)):
        _statement(package, "1", "change", "supports", cases, draws, rows)
    for family in asked:
        holds, mechanism = territory.planted[family], territory.mechanism(family)
        for _ in range(draws.between(3, 5)):
            polarity, relation = ("supports", "supports") if holds else ("contradicts", "opposes")
            told = _statement(package, "2", "contribution", polarity, cases, draws, rows)
            rows["link_support"].append((MECHANISMS[family][0], mechanism, told, relation, "explicit"))
    for _ in range(draws.between(0, 2)):
        _statement(package, "3", "other_explanation", "supports", cases, draws, rows)


def _statement(
    package: str,
    section: str,
    role: str,
    polarity: str,
    cases: list[str],
    draws: Draws,
    rows: dict[str, list[tuple[str, ...]]],
) -> str:
    number = sum(row[0].startswith(f"{package}{section}") for row in rows["statements"]) + 1
    name, place = f"{package}{section}-{number:02d}", f"{PACKAGES[package][1]}.{section}"
    anchor = f"passage simulé {name.lower()}"
    rows["statements"].append(
        (
            name,
            place,
            package,
            role,
            polarity,
            "",
            f"Constat simulé {name}, {PACKAGES[package][0].lower()} (demo).",
            anchor,
        )
    )
    for case in draws.shuffled(cases)[: draws.between(1, 2)]:
        cell = f"{case} {case}_PC{[*PACKAGES].index(package) + 1}_{section}"
        rows["citations"].append((f"cit-{len(rows['citations']) + 1:03d}", name, place, cell))
    who = draws.pick(cases)
    voice = f"tem-{len(rows['testimonies']) + 1:03d}"
    words = f"Parole simulée {voice} (demo)."
    speaker = f"{CASES[who]}{draws.between(1, 9)}"
    rows["testimonies"].append((voice, "interview", speaker, name, place, polarity, words, f"parole {voice}"))
    return name


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue()


def _yaml(content: dict[str, object]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
