"""What the page on coding shows of coded interviews: never a person, never a small count, never a verdict."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from pic_analysis.coding import (
    accumulation,
    cooccurrence,
    incidence,
    richness,
    saturation,
    silence,
)
from pic_analysis.disclosure.silences import HIDDEN, shown_states
from pic_analysis.disclosure.suppression import SECRET
from pic_analysis.evidence.voices import FEWEST
from pic_analysis.figures.saturation import code_accumulation, needed
from pic_analysis.figures.silence import silence_map
from pic_analysis.figures.source import coded
from pic_analysis.figures.style import Drawing
from pic_analysis.interviews import Interviews
from pic_analysis.numbers_fr import MISSING, agreed, count, decimal, integer, percent
from pic_analysis.publishing.display import Prose, Table
from pic_analysis.publishing.workshop import Workshop
from pic_analysis.vocabulary import SAFE_GROUPS

LEVEL = 0.95
"""Of every interval of the page."""
_DRAWN, _EVERY = (1, 2, 3, 5, 8, 12), 20
"""Interviews at which the accumulation is drawn, then one in so many: the table under the figure stays readable."""
RARE = (
    "le garde-fou masque trop peu de codes pour qu’on ne devine pas lesquels n’ont été relevés que dans quelques "
    "entretiens."
)
"""Why nothing is told of how often codes are met."""


def banner(interviews: Interviews) -> Prose:
    """Return what the reader must know before anything else; nothing for real interviews."""
    if not interviews.settings.demo:
        return Prose("")
    said = (
        "Aucune personne n’a été interrogée : registre, questions et codages sont tirés au hasard. Cette page montre "
        "ce que l’atelier sait faire. Rien ne s’y apprend sur une commune, une politique ou un groupe."
    )
    return Prose(f":::{{attention}}\n**Données de démonstration (demo), entièrement fictives.** {said}\n:::")


def delivery(workshop: Workshop) -> Prose:
    """Return what was delivered, coded, held in quarantine, and what the coders still disagree on."""
    return Prose(f"{_coded(workshop)} {_cleaned(workshop.interviews)} {_arbitrated(workshop)}".rstrip())


def _coded(workshop: Workshop) -> str:
    codings = workshop.interviews.codings
    if codings.empty:
        return "Aucun passage n’est codé."
    coders = codings["coder"].nunique()
    return (
        f"{count(len(codings), 'passage codé', 'passages codés')} par "
        f"{count(coders, 'codeur') if coders > 1 else 'une seule personne'}, avec "
        f"{count(len(workshop.codes), 'code')} en usage."
    )


def _cleaned(tables: Interviews) -> str:
    repairs, held = len(tables.cleaning_log), len(tables.quarantine)
    repaired = count(repairs, "réparation") if repairs else "aucune réparation"
    if not held:
        return f"Au nettoyage, {repaired} et aucune ligne en quarantaine."
    register = int(tables.quarantine["file"].str.startswith("registre").sum())
    return (
        f"Au nettoyage, {repaired} et {count(held, 'ligne')} en quarantaine, dont "
        f"{integer(register) if register else 'aucune'} du registre ; aucune n’est perdue."
    )


def _arbitrated(workshop: Workshop) -> str:
    """Return what the coders still disagree on; nothing where nobody read what somebody else did."""
    if workshop.no_agreement:
        return ""
    if left := workshop.open_readings:
        return (
            f"{count(left, 'lecture reste', 'lectures restent')} à arbitrer entre les codeurs : un entretien n’est "
            "alors compté, pour ce code, ni parmi ceux qui en parlent ni parmi ceux qui se taisent."
        )
    if workshop.interviews.disagreements.empty:
        return "Les codeurs ne sont en désaccord sur rien."
    return "Tous les désaccords entre codeurs sont arbitrés."


def register(workshop: Workshop) -> Table:
    """Return the interviews by safe group, as the gate lets them out."""
    shown = workshop.sizes.set_index("group")["shown"]
    rows = [(group or accumulation.EVERYONE, shown[group]) for group in (*SAFE_GROUPS, "") if group in shown]
    return table_of(rows, workshop, "Entretiens par groupe d’acteurs", ["Groupe", "Entretiens"])


def gate(workshop: Workshop) -> Prose:
    """Return what the gate hides of the counts of this page."""
    got = workshop.protected
    cells, small, others = (sum(column) for column in zip(*(got.hidden_in(t.name) for t in got.tables), strict=True))
    tables = count(len(got.tables), "table")
    opening = (
        f"Le garde-fou tient {f'ensemble les {tables}' if len(got.tables) > 1 else 'la seule table'} de personnes de "
        f"cette page : sur {count(cells, 'case')}, marges comprises, "
    )
    if not small + others:
        return Prose(f"{opening}aucune n’est masquée.")
    counted = agreed(small, "qu’elle compte", "qu’elles comptent")
    first = f"{count(small, 'est masquée', 'sont masquées')} parce {counted} moins de {count(FEWEST, 'personne')}"
    reveal = agreed(others, "qu’elle les révélerait", "qu’elles les révéleraient")
    second = f", et {integer(others)} parce {reveal} par soustraction" if others else ""
    return Prose(f"{opening}{first}{second}. « {SECRET} » tient lieu du nombre.")


def accumulated(workshop: Workshop) -> Drawing | Prose:
    """Return the accumulation of codes, over everyone and in each safe group of which it tells no small count."""
    if not workshop.present.to_numpy().any():
        return Prose("Aucun code n’est relevé : il n’y a pas de courbe à tracer.")
    # Where the number of all interviews is secret, no mean can be turned into a count.
    if workshop.shows_total and workshop.tells_rare():
        return Prose(f"La courbe n’est pas tracée : {RARE}")
    curves = accumulation.by_group(workshop.present, workshop.drawn_groups)
    last = curves.groupby("group")["interviews"].transform("max")
    held = curves["interviews"]
    # Where the number of all interviews is secret, its curve must not end on it.
    told = (curves["group"] != accumulation.EVERYONE) | workshop.shows_total
    kept = held.isin((*_DRAWN, needed(curves))) | (held % _EVERY == 0) | ((held == last) & told)
    drawing = code_accumulation(curves[kept].reset_index(drop=True), source(workshop))
    # Neither is drawn, and what is under a figure is what is drawn.
    return drawing._replace(data=drawing.data.drop(columns=["expected", "new"]))


def saturated(workshop: Workshop) -> Prose:
    """Return what the saturation criterion says, in the order of the dates and in random orders."""
    if workshop.tells_rare():
        return Prose(f"Ce que dit le critère de saturation n’est pas donné : {RARE}")
    ordered = incidence.by_date(workshop.present, workshop.interviews.interviews)
    found = saturation.criterion(saturation.new_codes(ordered)).sentence
    said = f"Dans l’ordre des dates : {found[:1].lower()}{found[1:]}"
    drawn = saturation.over_orders(workshop.present)
    if math.isnan(drawn["reached"]) or not workshop.present.to_numpy().any():
        return Prose(said)
    when = [
        f"{whose} en {count(int(value), 'entretien')} au plus"
        for whose, value in (("la moitié", drawn["median"]), (percent(LEVEL), drawn["high"]))
        if not math.isnan(value)
    ]
    drawn_at = f"Sur {count(accumulation.ORDERS, 'ordre tiré', 'ordres tirés')} au sort"
    reached = f"{percent(drawn['reached'])} l’atteignent" if drawn["reached"] else "aucun ne l’atteint"
    return Prose(f"{said} {drawn_at}, {reached}{' : ' * bool(when)}{', '.join(when)}.")


def unheard(workshop: Workshop) -> Table:
    """Return the estimates of the codes not met yet, over everyone: a group alone would tell its rare voices."""
    found, secret = richness.richness(workshop.present).iloc[0], workshop.tells_rare()
    rows = [("Codes relevés", integer(found["observed"]))]
    for name, label in richness.ESTIMATORS.items():
        rows.append((label, SECRET if secret else (percent if name == "coverage" else decimal)(found[name])))
    return table_of(rows, workshop, "Ce qu’il resterait à entendre", ["Estimateur", "Valeur"])


def unheard_cautions(workshop: Workshop) -> Prose:
    """Return what the estimates cannot say here."""
    if workshop.tells_rare():
        return Prose(f"- Ces estimations ne sont pas données : {RARE}")
    found = richness.Frequencies.of(workshop.present)
    return Prose("\n".join(f"- {caution}" for caution in richness.cautions(found, len(workshop.codes))))


def silences(workshop: Workshop) -> Drawing | Prose:
    """Return the map of silences of the arrows and rival explanations; a few voices do not make a group speak."""
    tables = workshop.interviews
    book = tables.codebook
    every = silence.silence(workshop.readings, tables.interviews, book, workshop.asked, fewest=FEWEST)
    above = book["parent"].map(book.set_index("code_id")["link_id"]).fillna("")
    heads = book[(book["link_id"] != "") & (above == "") & (book["merged_into"] == "")]
    every = every[every["link_id"].isin(heads["link_id"])].reset_index(drop=True)
    table = shown_states(every, workshop, workshop.protected)
    if not workshop.asked_known:
        # Of a link that no code in use speaks of, the published counts say nothing: it may have been asked about.
        unknown = table["state"].eq("never_asked") & table["group"].isin(workshop.known.unique())
        table["state"] = table["state"].mask(unknown, "unrecorded")
    told = table.loc[table["state"] != HIDDEN, "link_id"]
    table = table[table["link_id"].isin(told)].reset_index(drop=True)
    if table.empty:
        return Prose("Aucun lien ne peut être montré : le garde-fou les protège tous, ou aucun code n’en éprouve un.")
    return silence_map(table, source(workshop), dict(zip(heads["link_id"], heads["label_fr"], strict=True)))


def together(workshop: Workshop, most: int = 8) -> Table | Prose:
    """Return the pairs of codes that meet the most, in words: numbers would add to those of the tables above."""
    found = cooccurrence.in_interviews(workshop.present)
    found = found[found["both"] >= FEWEST].head(most)
    if found.empty:
        return Prose(f"Aucune paire de codes n’est réunie dans {count(FEWEST, 'entretien')} ou plus.")
    rows = [
        (
            workshop.labels[row.code_a],
            workshop.labels[row.code_b],
            _often(row.jaccard),
            _chance(row.both / row.expected),
        )
        for row in found.itertuples()
    ]
    caption = "Codes que les mêmes entretiens portent le plus souvent, à titre exploratoire"
    return table_of(rows, workshop, caption, ["Code", "Autre code", "Réunis", "Face au hasard"])


def source(workshop: Workshop) -> str:
    """Return the source line of a figure."""
    about = workshop.interviews.settings
    return f"Source : « {about.title_fr} »{coded(about.coder)}."


def table_of(rows: pd.DataFrame | list[Any], workshop: Workshop, caption: str, header: list[str]) -> Table:
    """Return a table of the page, which bears the provenance of its data."""
    data = pd.DataFrame(rows).reset_index(drop=True) if len(rows) else pd.DataFrame(columns=range(len(header)))
    data = data.set_axis(header, axis=1).rename_axis(columns=None)
    data.attrs.update(workshop.present.attrs)
    return Table(data, caption)


def with_interval(value: float, low: float, high: float) -> str:
    """Return a value with its interval.

    >>> with_interval(0.7725, 0.7439, 0.8049)
    '0,77 (0,74 à 0,80)'
    """
    if math.isnan(value):
        return MISSING
    ends = "sans intervalle" if math.isnan(low) else f"{decimal(low, 2)} à {decimal(high, 2)}"
    return f"{decimal(value, 2)} ({ends})"


def _often(jaccard: float) -> str:
    return "le plus souvent" if jaccard >= 0.5 else "souvent" if jaccard >= 0.25 else "parfois"


def _chance(ratio: float) -> str:
    return "plus qu’attendu" if ratio >= 1.25 else "moins qu’attendu" if ratio <= 0.8 else "à peu près comme attendu"
