"""Explain an indicator in a terminal: its card, its last values, its calendar, and what it may not be used to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pic_analysis.indicators.answers import with_unit
from pic_analysis.indicators.calendar import STATES_FR, calendar
from pic_analysis.indicators.guards import LEAST_POINTS
from pic_analysis.indicators.values import as_of, series
from pic_analysis.numbers_fr import count
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.observatory import Observatory
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.terminal_text import plain_text
from pic_analysis.vocabulary import FREQUENCIES, INDICATOR_THEMES, QUALITIES, STATUSES, UNITS

_SHOWN = 8  # values of a series, the last ones
_TERRITORIES = 4
_CARD = {
    "Définition": "definition_fr",
    "Question": "question_fr",
    "Dénominateur": "denominator_fr",
    "Producteur": "producer_fr",
    "Qui renseigne": "collected_by_fr",
    "Date de référence": "reference_fr",
    "Diffusion": "release_fr",
    "Méthode": "method_fr",
    "Révisions": "revision_policy_fr",
    "À ne pas en dire": "caution_fr",
    "Licence": "licence",
    "Adresse": "address",
}


def explained(observatory: Observatory, indicator: str, on: str) -> str:
    """Return the account of an indicator.

    Parameters
    ----------
    observatory
        The study's indicators.
    indicator
        One of the catalogue.
    on
        Today, ISO: what is overdue depends on it.
    """
    card = observatory.card(indicator)
    lines = [f"{indicator}  {card['label_fr']} ({INDICATOR_THEMES[card['theme']]})", ""]
    lines += [f"- {title} : {card[name]}" for title, name in _CARD.items() if card[name]]
    lines.append(f"- Unité : {UNITS[card['unit']]} ; périodicité {FREQUENCIES[card['frequency']]}")
    lines.append(f"- Qualité : {card['quality']}, {QUALITIES[card['quality']]}")
    lines += ["", *_values(observatory, indicator, card)]
    lines += ["", *_calendar(observatory, indicator, on)]
    if warnings := [*_warnings(observatory, indicator)]:
        lines += ["", "Avertissements", *(f"- {said}" for said in warnings)]
    return plain_text("\n".join(lines))


def focus(observatory: Observatory, indicator: str) -> list[str]:
    """Return the territories that an indicator is followed for, before those that they are compared with."""
    compared = observatory.comparators
    asked = observatory.impact_questions
    first = [*compared.loc[compared["indicator_id"] == indicator, "territory_id"]]
    first += [*asked.loc[asked["indicator_id"] == indicator, "territory_id"]]
    own = observatory.observations
    observed = own.loc[own["indicator_id"] == indicator, "territory_id"]
    return [*dict.fromkeys([*(name for name in first if name in {*observed}), *observed])]


def _values(observatory: Observatory, indicator: str, card: Mapping[str, str]) -> Iterator[str]:
    names = focus(observatory, indicator)
    if not names:
        yield "Aucune valeur n’a encore été relevée : …"
        return
    for name in names[:_TERRITORIES]:
        found = series(observatory.observations, observatory.breaks, indicator, name)
        yield f"{observatory.labels[name]} ({name}), {count(len(found), 'valeur')}"
        segment = None
        for row in found.tail(_SHOWN).itertuples():
            if segment not in (None, row.segment):
                yield "  rupture de série : ce qui précède ne se compare pas à ce qui suit"
            segment = row.segment
            shown = with_unit(row.value, card["unit"], row.status)
            said = f"- {label_fr(parse(row.period))} : {shown}, {STATUSES[row.status]} (millésime {row.vintage})"
            # What a value has of its own: a reader who sees only the number would take it for another.
            own = f"qualité {row.quality}, {QUALITIES[row.quality]}" if row.quality != card["quality"] else ""
            yield " ; ".join(part for part in (said, own, row.note_fr) if part)
    if (rest := len(names) - _TERRITORIES) > 0:
        yield f"Et {count(rest, 'autre territoire', 'autres territoires')}."
    yield f"Dernier relevé : {date_fr(as_of(_own(observatory.observations, indicator)))}."


def _calendar(observatory: Observatory, indicator: str, on: str) -> Iterator[str]:
    found = calendar(_own(observatory.releases, indicator), observatory.observations, on)
    yield "Calendrier" if len(found) else "Calendrier : rien n’est annoncé."
    for row in found.itertuples():
        when = f", {date_fr(row.expected_on)}" if row.expected_on and row.state != "received" else ""
        received = f" le {date_fr(row.received_on)}" if row.state == "received" else ""
        yield f"- {label_fr(parse(row.period))} : {STATES_FR[row.state]}{when}{received} ; {row.basis_fr}"


def _warnings(observatory: Observatory, indicator: str) -> Iterator[str]:
    for row in _own(observatory.breaks, indicator).itertuples():
        where = f" ({observatory.labels[row.territory_id]})" if row.territory_id else ""
        yield f"Rupture de série, {label_fr(parse(row.period))}{where} : {row.reason_fr}"
    own = _own(observatory.observations, indicator)
    if int(own["quality"].eq("D").sum()):
        yield "Des valeurs sont de qualité D, déclaration ou presse : elles n’entrent dans aucun modèle."
    for name in focus(observatory, indicator)[:1]:
        found = series(own, observatory.breaks, indicator, name)
        if found["number"].notna().sum() < LEAST_POINTS:
            yield f"Moins de {LEAST_POINTS} valeurs : aucune tendance n’y est testée, seules les valeurs se lisent."
        if missing := int(found["number"].isna().sum()):
            yield f"{count(missing, 'période')} sans valeur : rien n’y est supposé."
    for row in _own(observatory.revisions, indicator).itertuples():
        change = f"{row.old or '…'} → {row.new or '…'}"
        yield f"Révision du {date_fr(row.revised_on)}, {row.period} : {change} ; {row.reason_fr}"
    yield "Un indicateur seul ne dit pas pourquoi il bouge."


def _own(table: pd.DataFrame, indicator: str) -> pd.DataFrame:
    return table[table["indicator_id"] == indicator]
