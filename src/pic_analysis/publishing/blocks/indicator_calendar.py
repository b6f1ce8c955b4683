"""What is expected, received and late; what was revised; what is new since the last edition."""

from __future__ import annotations

import pandas as pd

from pic_analysis.indicators.calendar import STATES_FR
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import ref, table
from pic_analysis.publishing.territory_state import State
from pic_analysis.vocabulary import STATUSES

MOST_NEW = 12
"""Values that a list of news names one by one; more are counted by indicator."""


def calendar(state: State, name: str = "") -> str:
    """Return the releases expected of one indicator, or of all, with their state on the day of the newest value."""
    known = state.calendar
    known = known[known["indicator_id"] == name] if name else known
    if known.empty:
        return "Aucune valeur n’est annoncée."
    dated = known[known["state"] != "undated"]
    # The card of one indicator must not change because another was retrieved: it leaves the day to the page of all.
    parts = [] if name else [f"État au {words.day_fr(state.as_of)}, date du dernier relevé."]
    if len(dated):
        rows = [
            (
                f"{ref('indicator', row.indicator_id)} {plain(state.card(row.indicator_id)['label_fr'])}",
                label_fr(parse(row.period)),
                words.day_fr(row.expected_on),
                _state(row.state, row.received_on),
                words.sentence(row.basis_fr),
            )
            for row in dated.itertuples()
        ]
        header = ["Indicateur", "Période", "Attendue", "État", "D’où vient la date"]
        parts.append(table("Valeurs attendues", header, rows))
    parts += _undated(state, known[known["state"] == "undated"])
    return "\n\n".join(parts)


def _state(state: str, received_on: str) -> str:
    said = STATES_FR[state]
    if state == "received":
        return f"{said} le {words.day_fr(received_on)}"
    return f"**{said}**" if state == "overdue" else said


def _undated(state: State, known: pd.DataFrame) -> list[str]:
    """Return a line for each reason why values have no date: what is expected is grouped under it."""
    lines = []
    for basis, own in known.groupby("basis_fr", sort=False):
        of = [
            f"{ref('indicator', str(name))} ({enumerate_fr([label_fr(parse(text)) for text in rows['period']])})"
            for name, rows in own.groupby("indicator_id", sort=True)
        ]
        lines.append(f"- {words.sentence(str(basis))} Sans date annoncée : {enumerate_fr(of)}.")
    return ["\n".join(lines)] if lines else []


def states(state: State) -> str:
    """Return in one sentence how many values are expected, received, late or without a date."""
    if state.calendar.empty:
        return "Aucune valeur n’est annoncée au calendrier."
    counts = state.calendar["state"].value_counts()
    nouns = {
        "received": ("reçue", "reçues"),
        "expected": ("attendue", "attendues"),
        "overdue": ("en retard", "en retard"),
        "undated": ("sans date annoncée", "sans date annoncée"),
    }
    said = [count(int(counts[key]), *forms) for key, forms in nouns.items() if key in counts]
    total = count(len(state.calendar), "valeur annoncée", "valeurs annoncées")
    return f"Sur {total} au calendrier, au {words.day_fr(state.as_of)} : {enumerate_fr(said)}."


def revisions(state: State, name: str = "") -> str:
    """Return the changes of published values, of one indicator or of all: what they were, what they are, and why."""
    known = state.observatory.revisions
    known = known[known["indicator_id"] == name] if name else known
    if known.empty:
        return "Aucune valeur publiée n’a été révisée."
    rows = [
        (
            f"{ref('indicator', row.indicator_id)} {plain(state.short_name(row.territory_id))}",
            label_fr(parse(row.period)),
            words.day_fr(row.revised_on),
            *(words.with_noun(value, state.card(row.indicator_id)["unit"]) for value in (row.old, row.new)),
            words.sentence(row.reason_fr),
        )
        for row in known.sort_values("revised_on", ascending=False, kind="stable").itertuples()
    ]
    header = ["Valeur", "Période", "Révisée le", "Ancienne", "Nouvelle", "Motif"]
    return table("Révisions", header, rows)


def news(state: State) -> str:
    """Return what is new since the last edition: values added, revised, made firm, and those that became late."""
    found = state.news
    if found.first:
        own = found.new["indicator_id"].nunique()
        much = f"{count(len(found.new), 'valeur')} pour {count(own, 'indicateur')}"
        frozen = state.observatory.editions["edition"]
        if len(frozen):
            return (
                f"La première édition, figée le {words.day_fr(frozen.max())}, publie {much}. Rien n’a changé depuis ; "
                "la suivante dira ce qui a changé."
            )
        return (
            f"Aucune édition n’a encore été figée : tout est nouveau, soit {much}. La première édition se fige par "
            "`pic edition` ; la suivante dira ce qui a changé depuis."
        )
    head = f"Depuis l’édition du {words.day_fr(found.since)} :"
    if found.nothing:
        return f"{head} rien n’a changé."
    lines = [*_new(state, found.new), *_revised(state, found.revised), *_firmed(state, found.firmed)]
    lines += [
        f"- En retard : {ref('indicator', row.indicator_id)} {label_fr(parse(row.period))}, attendue "
        f"{words.day_fr(row.expected_on)}."
        for row in found.late.itertuples()
    ]
    return "\n".join([head, "", *lines])


def _new(state: State, new: pd.DataFrame) -> list[str]:
    if len(new) > MOST_NEW:
        return [
            f"- {ref('indicator', str(name))} {plain(state.card(str(name))['label_fr'])} : "
            f"{count(len(rows), 'valeur nouvelle', 'valeurs nouvelles')}, dernière période "
            f"{label_fr(max((parse(text) for text in rows['period']), key=lambda period: period.last_day))}."
            for name, rows in new.groupby("indicator_id", sort=True)
        ]
    return [
        f"- Nouvelle valeur : {ref('indicator', row.indicator_id)} {plain(state.card(row.indicator_id)['label_fr'])}, "
        f"{plain(state.labels[row.territory_id])}, {words.in_period(row.period)} : "
        f"{words.with_noun(row.value, row.unit, row.status)}."
        for row in new.itertuples()
    ]


def _revised(state: State, revised: pd.DataFrame) -> list[str]:
    return [
        f"- Révisée : {ref('indicator', row.indicator_id)} {plain(state.labels[row.territory_id])}, "
        f"{words.in_period(row.period)} : {words.with_noun(row.old, unit)} devient {words.with_noun(row.new, unit)}. "
        f"{words.sentence(row.reason_fr)}"
        for row in revised.itertuples()
        for unit in (state.card(row.indicator_id)["unit"],)
    ]


def _firmed(state: State, firmed: pd.DataFrame) -> list[str]:
    if firmed.empty:
        return []
    return [
        f"- {ref('indicator', str(name))} {plain(state.card(str(name))['label_fr'])} : "
        f"{count(len(rows), 'valeur passe', 'valeurs passent')} de {STATUSES[old]} à {STATUSES[now]}."
        for (name, old, now), rows in firmed.groupby(["indicator_id", "old_status", "status"], sort=True)
    ]
