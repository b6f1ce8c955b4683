"""Every rule of the quality control, in the order of the book, and all that they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pic_analysis.quality import (
    announcements,
    identifiers,
    orphans,
    pages,
    periods,
    quantifiers,
    quantities,
    quotations,
    references,
)
from pic_analysis.quality.finding import Finding
from pic_analysis.study import Study


@dataclass(frozen=True)
class Rule:
    """One rule: its name in code, its French title, what it compares and tolerates, and the kinds of its findings.

    ``also`` are other kinds under which a person may have noted the same thing in the register: a reader who
    compares a rate with a count may call it a sum or a period.
    """

    name: str
    title_fr: str
    about_fr: str
    find: Callable[[Study], list[Finding]] = field(repr=False)
    kind: str
    also: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds under which the register may hold what this rule finds."""
        return (self.kind, *self.also)


_RULES = (
    Rule(
        "sums",
        "Totaux et parties",
        "La somme des parties est comparée au total imprimé. Un total approché vaut à 10 % près, une fourchette vaut "
        "par elle-même, et une partie seule ne peut que dépasser son total.",
        quantities.sums,
        "sum",
        ("count",),
    ),
    Rule(
        "populations",
        "Populations et parties",
        "Comme les totaux, pour des habitants ; un nombre rond de milliers vaut au millier près.",
        quantities.populations,
        "sum",
        ("count",),
    ),
    Rule(
        "units",
        "Unités d’une même somme",
        "Les parties d’un total doivent se compter dans son unité.",
        quantities.units,
        "unit",
    ),
    Rule(
        "shares",
        "Parts recalculées",
        "Une part est recalculée d’après son numérateur et son dénominateur, à l’arrondi imprimé près.",
        quantities.shares,
        "share",
    ),
    Rule(
        "bases",
        "Pourcentages sans base",
        "Un pourcentage doit dire sur quoi il porte ; au-dessus de 100 %, il n’est la part d’aucun tout.",
        quantities.bases,
        "share",
    ),
    Rule(
        "values",
        "Une grandeur, plusieurs valeurs",
        "La même grandeur, pour la même période et le même territoire, doit garder sa valeur ; « environ » vaut à "
        "10 % près, « plus de 70 » admet 70.",
        quantities.values,
        "count",
        ("sum",),
    ),
    Rule(
        "rates",
        "Rythmes et comptes",
        "Un rythme annuel est comparé aux nombres comptés sur une période, bornes comprises ou non.",
        periods.rates,
        "sum",
        ("count", "period"),
    ),
    Rule(
        "overlaps",
        "Périodes qui se recouvrent",
        "Deux comptes de la même chose ne doivent pas avoir de jour commun, sauf si une période contient l’autre.",
        periods.overlaps,
        "period",
    ),
    Rule(
        "durations",
        "Durées et dates",
        "Une durée est comparée à ses bornes comprises, à une unité près.",
        periods.durations,
        "period",
    ),
    Rule(
        "announcements",
        "Nombres annoncés et listes",
        "Un nombre d’éléments annoncé est comparé à la liste ; « une demi-dizaine » vaut à un près.",
        announcements.announcements,
        "count",
        ("structure",),
    ),
    Rule(
        "misplaced",
        "Renvois hors de leur place",
        "Une cellule doit être citée dans son paquet et dans sa section.",
        references.misplaced,
        "reference",
    ),
    Rule(
        "off_grid",
        "Cellules hors de la grille",
        "Une cellule doit exister dans la grille des cas, des paquets et des sections.",
        references.off_grid,
        "reference",
    ),
    Rule(
        "unreadable",
        "Renvois sans cellule",
        "Un renvoi doit nommer une cellule.",
        references.unreadable,
        "reference",
    ),
    Rule(
        "signatures",
        "Paroles signées d’une cellule",
        "Une parole est signée d’une personne ou d’un document.",
        references.signatures,
        "reference",
        ("quotation",),
    ),
    Rule(
        "prefixes",
        "Codes d’entretien sans cas",
        "La première lettre d’un code d’entretien doit être celle d’une étude de cas.",
        references.prefixes,
        "identifier",
        ("reference",),
    ),
    Rule(
        "labels",
        "Numéros de recommandation répétés",
        "Un numéro ne doit désigner qu’une recommandation.",
        identifiers.labels,
        "identifier",
    ),
    Rule(
        "codes",
        "Numéros qui sont aussi des codes",
        "Le numéro d’une recommandation ne doit pas être le code d’un entretien.",
        identifiers.codes,
        "identifier",
    ),
    Rule(
        "letters",
        "Lettres à deux sens",
        "La lettre d’un paquet ne doit pas commencer des codes d’entretien.",
        identifiers.letters,
        "identifier",
    ),
    Rule(
        "pages",
        "Renvois de page",
        "La page imprimée est comparée à celle où la cible commence, comptée d’après les pieds de page.",
        pages.pages,
        "page",
    ),
    Rule(
        "quantifiers",
        "Mots de quantité qui grandissent",
        "Le mot de quantité d’une conclusion est comparé à ceux de ses constats, sur une échelle ordonnée : peu, "
        "certains, plusieurs, de nombreux, la plupart, une large majorité, tous. Il ne doit ni dépasser le plus fort "
        "de ceux qui l’appuient, ni dire beaucoup là où un constat qui s’y oppose dit peu.",
        quantifiers.quantifiers,
        "quantifier",
    ),
    Rule(
        "quotations",
        "Paroles et phrases répétées",
        "Ce qui est imprimé deux fois doit garder ses mots ; accents, ponctuation, fautes de numérisation et accords "
        "ne comptent pas.",
        quotations.quotations,
        "quotation",
        ("naming",),
    ),
    Rule(
        "orphans",
        "Constats sans conclusion",
        "Un constat d’un paquet causal, points clés mis à part, doit être repris par une conclusion.",
        orphans.orphans,
        "chain",
    ),
    Rule(
        "impacts",
        "Impacts et essaimage sans conclusion",
        "Chaque section des impacts et de l’essaimage doit être reprise par une conclusion.",
        orphans.impacts,
        "chain",
    ),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in _RULES}
"""Every rule by its name."""


def findings(study: Study) -> list[Finding]:
    """Return all that the rules find, in the order of the rules."""
    return [finding for rule in RULES.values() for finding in rule.find(study)]
