"""The truth planted in fictitious interviews: which links hold, which rival is true, who is silent, how coders err."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from pic_analysis.vocabulary import SAFE_GROUPS


@dataclass(frozen=True)
class Coder:
    """How often a coder errs: passes over what was said, marks what was not, takes one direction for another."""

    misses: float
    invents: float
    turns: float


@dataclass(frozen=True)
class Truth:
    """Everything that the simulation is told, and that the analysis should find back.

    Probabilities are those of one code in one interview that was asked about it.
    """

    seed: int
    people: Mapping[str, int]
    """Interviews by stakeholder type."""
    links: Mapping[str, bool]
    """Whether each arrow holds."""
    mechanisms: Mapping[str, int]
    """Number of mechanisms, hence of codes, of each arrow."""
    rivals: Mapping[str, bool]
    """Whether each rival explanation is true."""
    silent: tuple[str, str]
    """Group and arrow: asked, it says nothing of it."""
    unasked: tuple[str, str]
    """Group and arrow: nobody asked it."""
    coders: Mapping[str, Coder]
    said_if_true: float = 0.6
    said_if_false: float = 0.45
    rival_said_if_true: float = 0.5
    rival_said_if_false: float = 0.12
    said_by_the_silent: float = 0.02
    asked: float = 0.85

    def said(self, subject: str, group: str) -> float:
        """Return the probability that one of a group, asked about an arrow or a rival, speaks of one of its codes."""
        if (group, subject) == self.silent:
            return self.said_by_the_silent
        if subject in self.rivals:
            return self.rival_said_if_true if self.rivals[subject] else self.rival_said_if_false
        return self.said_if_true if self.links[subject] else self.said_if_false

    def directions(self, subject: str) -> dict[str, float]:
        """Return the probability of each direction of what is said of an arrow or a rival."""
        if self.rivals.get(subject, self.links.get(subject, False)):
            return {"supports": 0.85, "nuances": 0.1, "contradicts": 0.05}
        return {"supports": 0.15, "nuances": 0.2, "contradicts": 0.65}


def code_of(subject: str, number: int = 0) -> str:
    """Return the code of an arrow, of one of its mechanisms, or of a rival.

    >>> code_of("A>B", 2), code_of("A>B"), code_of("RIV02")
    ('a_b_2', 'a_b', 'riv_02')
    """
    if subject.startswith("RIV"):
        return f"riv_{subject[3:]}"
    return "_".join([*subject.lower().split(">"), *([str(number)] if number else [])])


def codes(truth: Truth) -> dict[str, str]:
    """Return the codes that interviews can be marked with, as ``code -> arrow or rival``."""
    found = {code_of(link, number): link for link, count in truth.mechanisms.items() for number in range(1, count + 1)}
    return found | {code_of(rival): rival for rival in truth.rivals}


def group_of(stakeholder_type: str) -> str:
    """Return the safe group of a stakeholder type.

    >>> group_of("agents")
    'Élus et agents'
    """
    return next(group for group, types in SAFE_GROUPS.items() if stakeholder_type in types)


DEMO = Truth(
    seed=20151104,
    people={
        "elus": 8,
        "agents": 14,
        "habitants": 17,
        "associations": 12,
        "agriculteurs": 7,
        "entreprises": 8,
        "collectivites": 10,
        "autres_acteurs_publics": 8,
        "autres_organisations": 10,
        "chercheurs": 3,
    },
    links={"A>B": True, "A>C": True, "B>C": True, "B>D": False, "C>D": True, "D>E": False},
    mechanisms={"A>B": 3, "A>C": 2, "B>C": 3, "B>D": 2, "C>D": 2, "D>E": 2},
    rivals={"RIV01": False, "RIV02": True, "RIV03": False, "RIV04": False},
    silent=("Agriculteurs et entreprises", "C>D"),
    unasked=("Habitants et associations", "D>E"),
    coders={"A": Coder(misses=0.08, invents=0.02, turns=0.05), "B": Coder(misses=0.14, invents=0.04, turns=0.08)},
)
"""The demonstration: the stakeholder types of a real evaluation, in their real numbers; all the rest is invented."""


def as_yaml(truth: Truth) -> str:
    """Return the planted truth as the file that stands beside the data."""
    said = {
        "avertissement": "Tout est fictif : voici ce que la simulation a mis (demo), que l’analyse doit retrouver.",
        "graine": truth.seed,
        "entretiens": dict(truth.people),
        "liens_qui_tiennent": [link for link, holds in truth.links.items() if holds],
        "liens_qui_ne_tiennent_pas": [link for link, holds in truth.links.items() if not holds],
        "rivale_vraie": [rival for rival, true in truth.rivals.items() if true],
        "rivales_fausses": [rival for rival, true in truth.rivals.items() if not true],
        "groupe_silencieux": {"groupe": truth.silent[0], "lien": truth.silent[1]},
        "jamais_interroge": {"groupe": truth.unasked[0], "lien": truth.unasked[1]},
        "probabilites": {
            "interroge": truth.asked,
            "parle_si_le_lien_tient": truth.said_if_true,
            "parle_si_le_lien_ne_tient_pas": truth.said_if_false,
            "parle_de_la_rivale_vraie": truth.rival_said_if_true,
            "parle_d_une_rivale_fausse": truth.rival_said_if_false,
            "parle_dans_le_groupe_silencieux": truth.said_by_the_silent,
            "sens_si_vrai": truth.directions(next(link for link, holds in truth.links.items() if holds)),
            "sens_si_faux": truth.directions(next(link for link, holds in truth.links.items() if not holds)),
        },
        "codeurs": {
            name: {"oublie": coder.misses, "invente": coder.invents, "se_trompe_de_sens": coder.turns}
            for name, coder in truth.coders.items()
        },
    }
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=110)
