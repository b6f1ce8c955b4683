"""Blocks of the record: sources, discrepancies, cleaning, dates, and the data dictionary."""

from __future__ import annotations

from typing import Any

from pic_analysis import paths
from pic_analysis.disclosure.declared import NOT_OFFERED
from pic_analysis.evidence.cells import misplaced_citations
from pic_analysis.numbers_fr import date, integer
from pic_analysis.publishing.blocks.text import NOTHING, code, entries, facts, listed, locator, plain
from pic_analysis.publishing.markup import card, ref, table
from pic_analysis.quality.register import controls
from pic_analysis.schemas import TABLES, Table
from pic_analysis.study import Study
from pic_analysis.vocabulary import DISCREPANCY_KINDS, SEVERITIES, SOURCE_KINDS


def discrepancies(study: Study, options: dict[str, str]) -> str:
    """Return the cards, or the list, of the discrepancies of a severity (``gravite``), of some kinds (``natures``)."""
    chosen = study.discrepancies[study.discrepancies["severity"] == options["gravite"]]
    if kinds := options.get("natures", "").split():
        if unknown := [kind for kind in kinds if kind not in DISCREPANCY_KINDS]:
            raise ValueError(f"nature inconnue : {unknown[0]} ; attendu : {', '.join(DISCREPANCY_KINDS)}")
        chosen = chosen[chosen["kind"].isin(kinds)]
    if chosen.empty:
        return NOTHING
    if listed(options):
        return entries("discrepancy", chosen["discrepancy_id"])
    control_of = controls(study)[1].control_of
    cards = []
    for row in chosen.to_dict("records"):
        second = _passage(row["second_source"], row["second_section"], row["second_anchor"])
        body = facts(
            {
                "À ne pas en faire": plain(row["consequence_fr"]),
                "Nature": DISCREPANCY_KINDS[row["kind"]],
                "Passage": _passage(row["first_source"], row["first_section"], row["first_anchor"]),
                "Face à": second if row["second_anchor"] else "",
                "Trouvé par": _found_by(control_of.get(row["discrepancy_id"], "")),
            }
        )
        cards.append(card("discrepancy", row["discrepancy_id"], row["summary_fr"], body))
    return "\n".join(cards)


def _found_by(control: str) -> str:
    return f"la lecture, et le contrôle {ref('control', control)}" if control else ""


def _passage(source: str, section: str, anchor: str) -> str:
    return f"{ref('source', source)}, {locator('' if section == 'texte' else section, anchor)}" if source else ""


def discrepancy_counts(study: Study, _: dict[str, str]) -> str:
    """Return the number of discrepancies by kind and severity."""
    counts = study.discrepancies.groupby(["kind", "severity"]).size().unstack(fill_value=0)
    columns = [s for s in SEVERITIES if s in counts.columns]
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    rows = [
        [
            DISCREPANCY_KINDS[kind].capitalize(),
            *(integer(int(counts.loc[kind, s])) for s in columns),
            integer(int(counts.loc[kind].sum())),
        ]
        for kind in order
    ]
    return table(
        "Écarts de source par nature et par gravité",
        ["Nature", *(s.capitalize() for s in columns), "Ensemble"],
        rows,
    )


def misplaced(study: Study, _: dict[str, str]) -> str:
    """Return the references that are readable but out of their place: kept as printed."""
    found = misplaced_citations(study)
    if found.empty:
        return NOTHING
    rows = [
        (
            row.citation_id,
            plain(row.raw_reference),
            ref("cell", row.cell_id),
            ref("statement", row.statement_id),
            plain(row.reason_fr),
        )
        for row in found.itertuples()
    ]
    return table(
        "Renvois lisibles, mais hors de leur place",
        ["Renvoi", "Imprimé", "Cellule", "Constat", "Motif"],
        rows,
    )


def quarantine(study: Study, _: dict[str, str]) -> str:
    """Return the raw rows that could not be read, and why they are accepted so."""
    if study.quarantine.empty:
        return NOTHING
    lines = []
    held = study.quarantine[["file", "row", "reason_fr", "decision_fr"]]
    for file, row, reason, decision in held.itertuples(index=False):
        why = reason.partition(" : ")[2]  # the name of the column says nothing to a reader of the book
        lines.append(f"- {_table_of(file)}, ligne {integer(row)} : {plain(why)}. {plain(decision)}")
    return "\n".join(lines)


def _table_of(file: str) -> str:
    return f"Table « {TABLES[file.removesuffix('.csv')].title_fr} »"


def repairs(study: Study, _: dict[str, str]) -> str:
    """Return the number of repaired values by rule."""
    log = study.cleaning_log[~study.cleaning_log["rule"].str.startswith("gardé tel quel")]
    counts = log.groupby("rule").size().sort_values(ascending=False, kind="stable")
    examples = log.groupby("rule").first()
    rows = [
        (
            plain(rule).capitalize() if rule[0].islower() else plain(rule),
            integer(int(n)),
            code(examples.at[rule, "raw"] or "(rien)"),
            code(examples.at[rule, "clean"]),
        )
        for rule, n in counts.items()
    ]
    return table("Valeurs réparées par le nettoyage", ["Règle", "Nombre", "Exemple brut", "Lu"], rows)


def sources(study: Study, _: dict[str, str]) -> str:
    """Return the cards of the sources."""
    cards = []
    for row in study.sources.to_dict("records"):
        body = facts(
            {
                "Nature": SOURCE_KINDS[row["kind"]],
                "Auteur": plain(row["author"]) or "non imprimé",
                "Date": date(row["date"]) if row["date"] else "non imprimée",
                "Adresse imprimée": f"<{row['address']}>" if row["address"] else "",
                "Droits": plain(row["licence"]),
                "Note": plain(row["note_fr"]),
            }
        )
        cards.append(card("source", row["source_id"], row["title"], body))
    return "\n".join(cards)


def timeline(study: Study, _: dict[str, str]) -> str:
    """Return the dated events of the sources, oldest first."""
    rows = [
        (
            date(row.date) + (f" à {date(row.date_end)}" if row.date_end else ""),
            plain(row.summary_fr),
            f"{ref('source', row.source_id)}{', ' + locator(row.report_section, '') if row.report_section else ''}",
        )
        for row in study.timeline.itertuples()
    ]
    return table("Événements datés par les sources", ["Date", "Événement", "Source"], rows)


def dictionary(study: Study, options: dict[str, str]) -> str:
    """Return the data dictionary: one card a table, one line a column, generated from the schemas.

    All tables, or those named (``tables``); their list if it is asked for. A table that no page holds is a dead link
    of that list, which the build refuses.
    """
    names = options.get("tables", "").split() or [*TABLES]
    if unknown := [name for name in names if name not in TABLES]:
        raise ValueError(f"table inconnue : {unknown[0]} ; attendu : {', '.join(TABLES)}")
    if listed(options):
        return entries("table", names)
    return "\n".join(_dictionary_entry(TABLES[name], study) for name in names)


def _dictionary_entry(about: Table, study: Study) -> str:
    lines = [(f"`{name}`", column.title, _meaning(column)) for name, column in about.columns.items()]
    body = (
        f"Chaque ligne : {about.row_fr}. Lignes : {integer(len(study.tables[about.name]))}. Clé : `{about.key}`. "
        f"{_downloads(study, about.name)}\n\n"
        + table(f"Colonnes de {about.name}.csv", ["Colonne", "Intitulé", "Contenu"], lines)
    )
    return card("table", about.name, about.title_fr, body)


def _downloads(study: Study, table_name: str) -> str:
    if table_name in NOT_OFFERED:
        return "Le livre n’offre pas cette table : l’un des dix types d’acteur y compte moins de cinq entretiens."
    return (
        f"Télécharger : {_download(study, table_name, 'csv', 'la table')}, "
        f"{_download(study, table_name, 'schema.json', 'son schéma (Table Schema)')}."
    )


def _download(study: Study, table_name: str, suffix: str, text: str) -> str:
    name = study.settings.name
    path = paths.from_book(name, paths.processed(name) / f"{table_name}.{suffix}")
    return f"{{download}}`{text} {table_name}.{suffix} <{path}>`"


def _value(code: str, label: str) -> str:
    return f"`{code}`" if code == label else f"`{code}` ({label})"


def _meaning(column: Any) -> str:
    about = column.metadata
    parts = [column.description]
    if "to" in about:
        parts.append(f"identifiant de {ref('table', about['to'])}")
    if about.get("labels"):
        parts.append("valeurs : " + ", ".join(_value(code, label) for code, label in about["labels"].items()))
    if about.get("boolean"):
        parts.append("`true` ou `false`")
    if not about["required"]:
        parts.append("peut être vide")
    elif about["example"] and not about.get("labels"):
        parts.append(f"exemple : `{about['example']}`")
    return " ; ".join(parts).replace("|", "\\|")


def checks(study: Study, _: dict[str, str]) -> str:
    """Return the number of rows of every table, as ``pic check`` prints it."""
    rows = [(TABLES[name].title_fr, f"`{name}.csv`", integer(len(frame))) for name, frame in study.tables.items()]
    return table("Tables de l’étude", ["Table", "Fichier", "Lignes"], rows)
