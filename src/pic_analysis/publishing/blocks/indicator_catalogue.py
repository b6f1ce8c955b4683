"""The catalogue of indicators, and the local monitoring that a commune keeps: who counts what, how, how often."""

from __future__ import annotations

import pandas as pd

from pic_analysis import paths
from pic_analysis.indicators.calendar import STATES_FR
from pic_analysis.numbers_fr import count, enumerate_fr, integer
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.indicator_card import download
from pic_analysis.publishing.blocks.text import facts, plain
from pic_analysis.publishing.indicator_results import OBSERVATIONS, file_names, form
from pic_analysis.publishing.markup import ref, table
from pic_analysis.publishing.territory_state import State
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES
from pic_analysis.vocabulary import FREQUENCIES, INDICATOR_THEMES

LOCAL = "L"
"""What the identifiers of local indicators begin with; those of public series begin with P."""


def catalogue(state: State, options: dict[str, str]) -> str:
    """Return the catalogue as a table, one row an indicator; those whose name begins with a ``lettre``, if given."""
    chosen = [name for name in state.indicators if name.startswith(options.get("lettre", ""))]
    rows = [
        (
            f"{ref('indicator', name)} {plain(state.card(name)['label_fr'])}",
            INDICATOR_THEMES[state.card(name)["theme"]],
            _last(state, name),
            words.quality(state, state.key_figures[name]) if name in state.key_figures else words.UNKNOWN,
            _awaited(state, name),
        )
        for name in chosen
    ]
    header = ["Indicateur", "Thème", "Dernière valeur", "Qualité", "Prochaine valeur"]
    return table(_CAPTIONS.get(options.get("lettre", ""), "Catalogue des indicateurs"), header, rows)


_CAPTIONS = {"P": "Séries publiques", LOCAL: "Suivi local"}


def _last(state: State, name: str) -> str:
    figure = state.key_figures.get(name)
    if figure is None:
        return words.UNKNOWN
    return f"{words.last_value(state, figure)}, {plain(state.short_name(figure.territory))}"


def _awaited(state: State, name: str) -> str:
    """Return the first value that the calendar still expects, with its state."""
    known = state.calendar
    waited = known[(known["indicator_id"] == name) & (known["state"] != "received")]
    if waited.empty:
        return words.UNKNOWN
    first = waited.iloc[0]
    when = f" ({words.day_fr(first['expected_on'])})" if first["expected_on"] else ""
    return f"{label_fr(parse(first['period']))} : {STATES_FR[first['state']]}{when}"


def in_brief(state: State, _: dict[str, str]) -> str:
    """Return in one sentence how many indicators have a value."""
    known = [name for name in state.indicators if name in state.key_figures]
    local = [name for name in state.indicators if name.startswith(LOCAL)]
    told = [name for name in local if name in state.key_figures]
    followed = (
        f" ; parmi {count(len(local), 'indicateur')} de suivi local, {count(len(told), 'en a une', 'en ont une')}"
        if 0 < len(local) < len(state.indicators)
        else ""
    )
    return (
        f"{count(len(state.indicators), 'indicateur')}, dont {count(len(known), 'a', 'ont')} au moins une valeur"
        f"{followed}. Une case « {words.UNKNOWN} » dit que rien n’est connu : ce n’est pas un zéro."
    )


def tables(state: State, _: dict[str, str]) -> str:
    """Return the tables of the indicators, each with its file and its schema."""
    study = state.observatory.settings.name
    where = paths.from_book(study, paths.processed(study) / paths.INDICATORS)
    rows = [
        (
            plain(declared.title_fr),
            words.sentence(declared.row_fr),
            integer(len(state.observatory.tables[name])),
            f"{{download}}`{name}.csv <{where}/{name}.csv>`",
            f"{{download}}`{name}.schema.json <{where}/{name}.schema.json>`",
        )
        for name, declared in {**INDICATOR_TABLES, **INDICATOR_RECORDS}.items()
    ]
    return table("Tables des indicateurs", ["Table", "Une ligne", "Lignes", "Données", "Schéma"], rows)


def monitoring(state: State, _: dict[str, str]) -> str:
    """Return, for each local indicator, what is counted, by whom, how, how often, what is known, and its form."""
    local = [name for name in state.indicators if name.startswith(LOCAL)]
    return "\n\n".join(_monitored(state, name) for name in local)


def _monitored(state: State, name: str) -> str:
    about, files = state.card(name), file_names(name)
    body = facts(
        {
            "Ce qui est compté": words.sentence(about["definition_fr"]),
            "Qui": words.sentence(about["collected_by_fr"]),
            "Rythme": f"{FREQUENCIES[about['frequency']]}. {words.sentence(about['release_fr'])}",
            "Comment": words.sentence(about["method_fr"]),
            "Ce qu’on en sait": known(state, name),
            "Saisir": f"{download(state, files.form, 'formulaire')}, {download(state, files.form_schema, 'schéma')}",
            "Le reste": f"la fiche {ref('indicator', name)}",
        }
    )
    label = f"{about['label_fr'][:1].upper()}{about['label_fr'][1:]}"
    return f"### {plain(label)} ({name})\n\n{body}"


def known(state: State, name: str) -> str:
    """Return what the sources say of an indicator, value by value; the sign of a hole if they say nothing."""
    own: pd.DataFrame = state.current[state.current["indicator_id"] == name]
    said = [
        f"{words.with_noun(row.value, row.unit, row.status)} {words.in_period(row.period)} "
        f"({plain(state.labels[row.territory_id])}, qualité {row.quality})"
        for row in own.itertuples()
    ]
    return f"{enumerate_fr(said)}." if said else f"{words.UNKNOWN} (aucune source lue n’en donne)"


def entry_example(state: State, options: dict[str, str]) -> str:
    """Return how to add a value: the line of a value that is published, and the line to complete for the next one.

    Of the indicator that is named (``indicateur``), else of the first that has a value.
    """
    name = options.get("indicateur") or next(iter(state.key_figures), "")
    if not name:
        return "Aucune valeur n’est encore publiée : le formulaire de chaque fiche donne la ligne à compléter."
    header = ",".join(OBSERVATIONS.columns)
    figure = state.key_figures[name]
    key = {"indicator_id": name, "territory_id": figure.territory, "period": figure.period}
    own = state.current[(state.current[[*key]] == pd.Series(key)).all(axis=1)]
    return (
        f"La table `indicators/observations.csv` a ces colonnes :\n\n```text\n{header}\n```\n\n"
        f"La dernière valeur publiée de {ref('indicator', name)} y est écrite ainsi :\n\n"
        f"```text\n{_line(own[[*OBSERVATIONS.columns]])}\n```\n\n"
        f"La suivante tient en une ligne : complétez celle du formulaire, collez-la à la fin de la table, et tapez "
        f"`make book`.\n\n```text\n{_line(form(state.observatory, name))}\n```"
    )


def _line(row: pd.DataFrame) -> str:
    return row.to_csv(index=False, header=False, lineterminator="\n").strip("\n")
