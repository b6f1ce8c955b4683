"""The card of an indicator: its last value first, then its series, what it does not say, and everything to reuse it."""

from __future__ import annotations

import pandas as pd

from pic_analysis.indicators.answers import plain_number
from pic_analysis.indicators.comparators import gaps
from pic_analysis.indicators.key_figures import KeyFigure
from pic_analysis.numbers_fr import decimal, enumerate_fr, integer
from pic_analysis.periods import label_fr, parse
from pic_analysis.publishing.blocks import indicator_calendar as dates
from pic_analysis.publishing.blocks import indicator_words as words
from pic_analysis.publishing.blocks.meeting_rates import counted, rhythm
from pic_analysis.publishing.blocks.text import facts, plain
from pic_analysis.publishing.citation_file import SOFTWARE
from pic_analysis.publishing.indicator_results import file_names, place
from pic_analysis.publishing.markup import card, table
from pic_analysis.publishing.territory_state import State
from pic_analysis.vocabulary import FREQUENCIES, INDICATOR_THEMES, MISSING_STATUSES, QUALITIES, RATES, STATUSES, UNITS

SIDE_BY_SIDE = 4
"""Territories that fit in one table; more are summed up, and the file has them all."""

_ALL_DATES = "Le calendrier entier, et sa date : [Quoi de neuf](../quoi-de-neuf.md)."
_MARKS = {"provisional": "p", "revised": "r", "estimated": "e", **MISSING_STATUSES}


def indicator(state: State, options: dict[str, str]) -> str:
    """Return the whole card of one indicator (``indicateur``)."""
    name = options["indicateur"]
    about = state.card(name)
    figure = state.key_figures.get(name)
    many = about["unit"] in RATES and figure is not None and len(state.beside(name)) >= SIDE_BY_SIDE
    parts = [
        card("indicator", name, about["label_fr"], _first(state, name, figure)),
        _drawing(name) if figure else _nothing(state, name),
        f"## Ce que cet indicateur ne permet pas de dire\n\n{words.sentence(about['caution_fr'])}",
        f"## Les valeurs\n\n{series_table(state, name)}\n\n{notes(state, name)}" if figure else "",
        f"## D’un territoire à l’autre\n\n{_drawing(name, 'halteres')}" if many else "",
        f"## Le rythme\n\n{rhythm(state, options)}" if len(counted(state, name)) == 2 else "",
        f"## La fiche\n\n{metadata(about)}",
        f"## Ruptures de série\n\n{breaks(state, name)}",
        f"## Révisions\n\n{dates.revisions(state, name)}",
        f"## Calendrier\n\n{dates.calendar(state, name)}\n\n{_ALL_DATES}",
        f"## Reprendre, citer\n\n{reuse(state, name)}",
    ]
    return "\n\n".join(part for part in parts if part)


def _first(state: State, name: str, figure: KeyFigure | None) -> str:
    """Return what the first screen says: the last value, where, when, from whom."""
    about = state.card(name)
    if figure is None:
        return facts(
            {
                "Dernière valeur": f"{words.UNKNOWN} (aucune valeur n’est relevée)",
                "Question": plain(about["question_fr"]),
                "Qui renseigne": words.sentence(about["collected_by_fr"]),
            }
        )
    row = state.series(name).set_index("period").loc[figure.period]
    return facts(
        {
            "Dernière valeur": f"**{words.last_value(state, figure)}**",
            "Territoire": plain(state.labels[figure.territory]),
            "Évolution": words.change(state, figure),
            "À côté": words.beside(state, figure),
            "Source": words.dataset(state, row["dataset_id"]),
            "Relevée": f"le {words.day_fr(row['retrieved'])} ; millésime {words.day_fr(row['vintage'])}",
            "Qualité": f"{row['quality']}, {QUALITIES[row['quality']]}",
            "Question": plain(about["question_fr"]),
        }
    )


def _drawing(name: str, kind: str = "serie") -> str:
    return f"```{{dessin}} {kind}\n:indicateur: {name}\n```"


def _nothing(state: State, name: str) -> str:
    """Return what a card without a value offers: the address to fetch it from, and the form to write it in."""
    about = state.card(name)
    where = f" Le producteur la publie ici : <{about['address']}>." if about["address"] else ""
    return (
        f"Aucune valeur n’est connue : la case est vide, elle ne vaut pas zéro.{where} Pour en ajouter une : "
        f"{download(state, file_names(name).form, 'le formulaire de saisie')}, puis `make book`. La page du "
        "[suivi local](../suivi-local.md) dit comment."
    )


def series_table(state: State, name: str) -> str:
    """Return the values of a card: all its territories side by side, or the first one beside a summary of the others.

    What each value has of its own, status or note, stands in `notes`.
    """
    beside = state.beside(name)
    own = state.series(name)
    unit = state.card(name)["unit"]
    caption = f"{_capital(state.card(name)['label_fr'])} ({UNITS[unit]})"
    shown = [_shown(row) for row in own.to_dict("records")]
    periods = [_capital(label_fr(parse(text))) for text in own["period"]]
    where = state.short_name(state.focus(name))
    if not beside:
        said = own["status"].map(STATUSES), own["vintage"].map(words.day_fr), own["quality"]
        rows: list[tuple[str, ...]] = list(zip(periods, shown, *said, strict=True))
        return table(caption, ["Période", plain(where), "Statut", "Millésime", "Qualité"], rows)
    if len(beside) < SIDE_BY_SIDE:
        others = [state.series(name, territory).set_index("period") for territory in beside]
        rows = [
            (period, value, *(_at(other, text) for other in others))
            for period, text, value in zip(periods, own["period"], shown, strict=True)
        ]
        return table(caption, ["Période", plain(where), *(plain(state.short_name(t)) for t in beside)], rows)
    summary = gaps(state.panel(name), state.focus(name)).set_index("period")
    digits = words.digits_of(own["value"])
    rows = [
        (
            period,
            value,
            *(decimal(summary.at[text, column], digits) for column in ("median", "low", "high")),
            integer(int(summary.at[text, "others"])),
        )
        for period, text, value in zip(periods, own["period"], shown, strict=True)
    ]
    header = ["Période", plain(where), "Médiane des autres", "Plus basse", "Plus haute", "Combien d’autres"]
    return (
        f"{table(caption, header, rows)}\n\nLe détail de chaque territoire est dans le fichier : "
        f"{download(state, file_names(name).table, 'toutes les valeurs')}."
    )


def _shown(row: dict[str, str]) -> str:
    """Return a value of a table, its unit standing in the caption, a letter saying that it is not firm."""
    mark = f" ({_MARKS[row['status']]})" if row["value"] and row["status"] in _MARKS else ""
    return f"{plain_number(row['value']) or MISSING_STATUSES.get(row['status'], words.UNKNOWN)}{mark}"


def _at(series: pd.DataFrame, period: str) -> str:
    return _shown(series.loc[period].to_dict()) if period in series.index else words.UNKNOWN


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def notes(state: State, name: str) -> str:
    """Return what values of the territory have of their own, a line each; and what the letters mean."""
    own = state.series(name)
    used = own["status"].unique()
    legend = " ; ".join(f"{_MARKS[status]} : {STATUSES[status]}" for status in _MARKS if status in used)
    lines = [
        f"- {_capital(label_fr(parse(row['period'])))} : {words.linked(state, words.sentence(row['note_fr']))}"
        for row in own.to_dict("records")
        if row["note_fr"]
    ]
    return "\n".join([*([f"{legend}.", ""] if legend else []), *lines])


def metadata(about: dict[str, str]) -> str:
    """Return every field of a card; one that is empty says so."""
    address = f"<{about['address']}>" if about["address"] else ""
    fields = {
        "Thème": INDICATOR_THEMES[about["theme"]],
        "Définition": words.sentence(about["definition_fr"]),
        "Unité": UNITS[about["unit"]],
        "Dénominateur": words.sentence(about["denominator_fr"]),
        "Producteur": plain(about["producer_fr"]),
        "Qui renseigne la table": words.sentence(about["collected_by_fr"]),
        "Périodicité": FREQUENCIES[about["frequency"]],
        "Date de référence": words.sentence(about["reference_fr"]),
        "Diffusion": words.sentence(about["release_fr"]),
        "Méthode, protocole": words.sentence(about["method_fr"]),
        "Révisions": words.sentence(about["revision_policy_fr"]),
        "Qualité au mieux": f"{about['quality']}, {QUALITIES[about['quality']]}",
        "Adresse": address,
        "Licence": plain(about["licence"]),
    }
    return facts({label: text or words.UNKNOWN for label, text in fields.items()})


def breaks(state: State, name: str) -> str:
    """Return the changes of definition of an indicator: values on both sides are never one line."""
    known = state.observatory.breaks
    own = known[known["indicator_id"] == name]
    lines = [
        f"- À partir de {label_fr(parse(row.period))} "
        f"({plain(state.labels[row.territory_id]) if row.territory_id else 'tous les territoires'}) : "
        f"{words.sentence(row.reason_fr)} Source : {words.dataset(state, row.dataset_id)}."
        for row in own.itertuples()
    ]
    return "\n".join(lines) or "Aucune rupture connue."


def reuse(state: State, name: str) -> str:
    """Return the files of a card, the form of its next value, and how to cite it."""
    files = file_names(name)
    offered = enumerate_fr(
        [
            download(state, files.table, "les valeurs en CSV"),
            download(state, files.record, "la fiche et les valeurs en JSON"),
            download(state, files.schema, "le schéma des colonnes"),
        ]
    )
    form = enumerate_fr(
        [
            download(state, files.form, "le formulaire de la prochaine valeur"),
            download(state, files.form_schema, "son schéma"),
        ]
    )
    return f"- Télécharger : {offered}.\n- Saisir : {form}.\n- Citer cet indicateur : {plain(citation(state, name))}"


def citation(state: State, name: str) -> str:
    """Return how to cite an indicator: producer, label, territory, periods, dataset, day of retrieval."""
    about, own = state.card(name), state.series(name)
    if own.empty:
        return f"{about['producer_fr']}, {about['label_fr']} ; fiche {name}, {_signed(state)}."
    first, last = (label_fr(parse(text)) for text in (own["period"].iloc[0], own["period"].iloc[-1]))
    titles = state.observatory.datasets.set_index("dataset_id")["title"]
    named = " ; ".join(f"« {titles[identifier]} »" for identifier in own["dataset_id"].unique())
    between = " et " if parse(own["period"].iloc[-1]).bounds else " à "
    when = first if first == last else f"{first}{between}{last}"
    return (
        f"{about['producer_fr']}, {about['label_fr']}, {state.labels[state.focus(name)]}, {when} ; {named}, "
        f"relevé du {words.day_fr(own['retrieved'].max())} ; fiche {name}, {_signed(state)}."
    )


def _signed(state: State) -> str:
    """Return who signs a card: the author of the study, else the tool that wrote it."""
    return state.observatory.settings.author or SOFTWARE


def download(state: State, name: str, text: str) -> str:
    """Return a link to a file of the cards."""
    return f"{{download}}`{text} ({name}) <{place(state.observatory)}/{name}>`"
