"""The annual state of a territory: the essential in five sentences, key figures, questions, recommendations."""

from __future__ import annotations

from pic_analysis.indicators.answers import answer, references
from pic_analysis.indicators.key_figures import KeyFigure
from pic_analysis.numbers_fr import count, enumerate_fr
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_calendar as dates
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.findings import follow_up
from pic_analysis.publishing.blocks.indicator_catalogue import LOCAL
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.markup import ref, table
from pic_analysis.publishing.territory_state import State

MOST = 5
"""Sentences of the essential."""

STATEMENT = "D"
"""Quality of statements and press: they are shown, never put first."""


def scope(state: State) -> str:
    """Return what the state covers: territory, year, and the day when its values were last retrieved."""
    return (
        f"Cet état porte sur {plain(state.observatory.settings.territory)}, avec les valeurs des périodes achevées à "
        f"la fin de {state.year or parse(_newest(state)).year}, telles que relevées au {words.day_fr(state.as_of)}."
    )


def _newest(state: State) -> str:
    return str(max(state.current["period"], key=lambda text: parse(text).last_day))


def essential(state: State) -> str:
    """Return at most five sentences: the indicators that can be compared, local monitoring, the calendar.

    Raises
    ------
    ValueError
        If one claims a cause.
    """
    first = sorted(
        (figure for name, figure in state.key_figures.items() if words.quality(state, figure) < STATEMENT),
        key=lambda figure: (not figure.others, parse(figure.period).last_day.year < _last_year(state)),
    )
    lines = [_sentence(state, figure) for figure in first[: MOST - 2]]
    lines += [_local(state), dates.states(state)]
    return words.said("\n".join(f"- {line}" for line in lines if line))


def _last_year(state: State) -> int:
    return state.year or parse(_newest(state)).last_day.year


def _sentence(state: State, figure: KeyFigure) -> str:
    label = state.card(figure.indicator)["label_fr"]
    beside = words.beside(state, figure)
    where, told = plain(state.labels[figure.territory]), words.last_value(state, figure)
    more = f" ; à côté : {beside}" if beside else ""
    return f"**{label[:1].upper()}{label[1:]}** ({where}) : {told}, {words.change(state, figure)}{more}."


def _local(state: State) -> str:
    local = [name for name in state.indicators if name.startswith(LOCAL)]
    told = [name for name in local if name in state.key_figures]
    if not local:
        return ""
    recent = [name for name in told if parse(state.key_figures[name].period).last_day.year >= _last_year(state) - 1]
    said = count(len(recent), "en a une récente", "en ont une récente") if recent else "aucun n’en a de récente"
    return (
        f"**Suivi local** : sur {count(len(local), 'indicateur')}, {count(len(told), 'a', 'ont')} au moins une "
        f"valeur ; {said}."
    )


def key_figures(state: State) -> str:
    """Return the key figures as a table, one row an indicator that has a value, then those that have none."""
    rows = [
        (
            f"{ref('indicator', name)} {plain(state.card(name)['label_fr'])}",
            plain(state.short_name(figure.territory)),
            f"**{words.last_value(state, figure)}**",
            words.change(state, figure),
            words.beside(state, figure) or words.UNKNOWN,
            words.quality(state, figure),
        )
        for name, figure in state.key_figures.items()
    ]
    header = ["Indicateur", "Où", "Dernière valeur", "Évolution", "À côté", "Qualité"]
    empty = [ref("indicator", name) for name in state.indicators if name not in state.key_figures]
    without = f"\n\nSans aucune valeur connue : {enumerate_fr(empty)}." if empty else ""
    return table("Chiffres clés", header, rows) + without


def compared(state: State) -> list[str]:
    """Return the indicators that are drawn beside other territories: those that have some, statements left out."""
    return [
        name
        for name, figure in state.key_figures.items()
        if state.beside(name) and words.quality(state, figure) < STATEMENT
    ]


def questions(state: State) -> str:
    """Return what partners ask, what the data say, and what is not known.

    An answer that needs a later period than the state's year is not given.

    Raises
    ------
    ValueError
        If an answer claims a cause.
    """
    facts = state.evaluation.facts if state.evaluation else None
    asked = state.observatory.annual_questions
    parts = []
    for row in asked.itertuples():
        if later := _later(state, row.answer_fr):
            said = f"La réponse publiée porte aussi sur {enumerate_fr(later)} : elle n’est pas reprise dans cet état."
        else:
            said = words.said(plain(answer(row.answer_fr, state.observatory.observations, facts)))
        parts.append(
            f"### {plain(row.question_fr)}\n\n{said}\n\n*Ce qu’on ne sait pas.* {words.sentence(row.unknown_fr)}"
        )
    return "\n\n".join(parts) or "Aucune question n’est posée dans la table des questions."


def _later(state: State, text: str) -> list[str]:
    """Return the periods of an answer that come after the year of the state."""
    if not state.year:
        return []
    named = {parts[2] for parts in references(text) if len(parts) == 3}
    return [label_fr(parse(text)) for text in sorted(named) if parse(text).last_day.year > state.year]


def effects(state: State) -> str:
    """Return the questions asked of a series after an event, each with the page that answers it."""
    asked = state.observatory.impact_questions
    lines = [
        f"- [{plain(row.question_fr)}](questions-effet/{row.question_id.lower()}.ipynb)" for row in asked.itertuples()
    ]
    return "\n".join(lines) or "Aucune question de ce genre n’est posée."


def recommendations(state: State) -> str:
    """Return what became of each recommendation of the evaluation, as far as the sources tell."""
    if state.evaluation is None:
        return "Cette étude n’a pas d’évaluation dont suivre les recommandations."
    rows = [
        (
            f"{ref('recommendation', row.recommendation_id)} {plain(row.summary_fr)}",
            follow_up(state.evaluation, row.recommendation_id),
        )
        for row in state.evaluation.recommendations.itertuples()
    ]
    return table("Suites données aux recommandations", ["Recommandation", "Où elle en est"], rows)
