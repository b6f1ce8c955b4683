"""The commands that control: the raw tables, their registry, and that everything is reproduced."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pic_analysis.cli.options import about, study_option, workers_option
from pic_analysis.pipeline.errors import DATA_PROBLEM, StepError
from pic_analysis.terminal import FrenchCommand

if TYPE_CHECKING:
    from pandas import DataFrame


@click.command(cls=FrenchCommand, example="pic check --study demo_entretiens")
@study_option
def check(study: str) -> None:
    """Contrôler les tables brutes, sans rien écrire.

    Effectif de chaque table, toutes les erreurs et tous les avis, puis ce que les contrôles des sources trouvent.
    """
    from pic_analysis.cleaning import study as cleaning

    result = cleaning.clean(study)
    sizes = {
        f"{part}/{name}".lstrip("/"): len(table)
        for part, tables in result.parts.items()
        for name, table in tables.items()
    }
    width = max((len(name) for name in sizes), default=0)
    for name, size in sizes.items():
        click.echo(f"  {name:{width}} {size:6d}")
    click.echo(about(str(result.report), study))
    if result.report.errors:
        sys.exit(DATA_PROBLEM)
    if result.interviews:
        _say_told(study, result.interviews["codebook"])
    if result.tables:
        _say_controls(study, result.tables)
    if result.indicators:
        _say_overdue(result.indicators)
    _say_to_fill(study)


def _say_told(study: str, codebook: DataFrame) -> None:
    """Refuse the labels of codes, and the pages written by hand, that tell what the tables of people hide."""
    from pic_analysis.disclosure import written
    from pic_analysis.problems import Report
    from pic_analysis.publishing import study_book
    from pic_analysis.reading import settings

    own = settings.load(study)
    told = written.refused("grille", "Intitulé", codebook["label_fr"], own.cases)
    if told := [*told, *study_book.told(own)]:
        click.echo(str(Report(tuple(told))))
        sys.exit(DATA_PROBLEM)


def _say_to_fill(study: str) -> None:
    """Print what only the body that publishes the book can write on its legal pages: a reminder, never an error."""
    from pic_analysis import paths
    from pic_analysis.numbers_fr import enumerate_fr
    from pic_analysis.publishing import organisation

    file = paths.site_files(study) / organisation.FILE
    if empty := organisation.to_fill(organisation.read(file, study)):
        named = enumerate_fr([field.label_fr for field in empty])
        click.echo(f"Pages légales, à compléter par l’organisme qui publie : {named}.")
        click.echo(f"    → Colonne « value » de {file.relative_to(paths.root()).as_posix()}.")


def _say_overdue(tables: dict[str, DataFrame]) -> None:
    """Print the values of indicators whose date has passed: a reminder, never an error."""
    import datetime

    from pic_analysis.indicators.calendar import overdue
    from pic_analysis.numbers_fr import agreed, count, enumerate_fr
    from pic_analysis.numbers_fr import date as date_fr

    late = overdue(tables["releases"], tables["observations"], datetime.date.today().isoformat())
    if late.empty:
        click.echo("Calendrier des indicateurs : rien n’est en retard.")
        return
    named = [f"{row.indicator_id} {row.period} ({date_fr(row.expected_on)})" for row in late.head(6).itertuples()]
    named += [count(len(late) - 6, "autre")] if len(late) > 6 else []
    what = agreed(len(late), "est en retard", "sont en retard")
    click.echo(f"Calendrier des indicateurs : {count(len(late), 'valeur')} {what}, {enumerate_fr(named)}.")


def _say_controls(study: str, tables: dict[str, DataFrame]) -> None:
    """Print what the quality control finds in sound tables: things to know, never errors."""
    from pic_analysis.numbers_fr import percent
    from pic_analysis.quality.register import controls
    from pic_analysis.quality.rules import RULES
    from pic_analysis.reading import settings
    from pic_analysis.study import Study

    found, compared = controls(Study(settings.load(study), **tables))
    click.echo(f"Contrôles des sources : {len(found)}")
    width = max(len(rule.title_fr) for rule in RULES.values())
    for name, rule in RULES.items():
        click.echo(f"  {rule.title_fr:{width}} {compared.by_rule.at[name, 'found']:4d}")
    click.echo(
        f"Face au registre des écarts : rappel {percent(compared.recall)}, précision {percent(compared.precision)}."
    )


@click.command(cls=FrenchCommand, example="pic verify --study demo_entretiens")
@study_option
@workers_option
def verify(study: str, workers: int | None) -> None:
    """Tout recalculer à côté, et comparer.

    Registre des données brutes, tables nettoyées, carnets exécutés : à l’octet près.
    """
    from pic_analysis.pipeline.verify import differences
    from pic_analysis.reading import settings

    found = differences(settings.load(study), workers=workers, say=click.echo)
    for difference in found:
        click.echo(about(difference, study))
    if found:
        sys.exit(DATA_PROBLEM)
    click.echo("Tout est reproduit à l’octet près.")


@click.command(cls=FrenchCommand, example="pic register --study demo_entretiens")
@study_option
@click.option("-y", "--yes", is_flag=True, help="Ne pas demander de confirmation.")
def register(study: str, yes: bool) -> None:
    """Récrire le registre des données brutes.

    Après avoir montré ce qui a été ajouté, retiré, modifié. Une édition publiée, un extrait daté ne se réécrivent pas.
    """
    from pic_analysis import paths
    from pic_analysis.numbers_fr import count
    from pic_analysis.reading import registry, settings

    settings.load(study)
    folder = paths.raw(study)
    old, new = registry.registered(folder), registry.digests(folder)
    changes = [("ajouté", name) for name in new if name not in old]
    changes += [("retiré", name) for name in old if name not in new]
    changes += [("modifié", name) for name in new if name in old and new[name] != old[name]]
    for what, name in sorted(changes, key=lambda change: change[1]):
        click.echo(f"  {what:8} {name}")
    if kept := registry.rewritten(folder):
        said = f"Ce qui a été publié ou reçu ne se réécrit pas : {', '.join(kept)}. Le registre n’est pas changé."
        raise StepError(f"{said}\n    → `git checkout` du fichier ; une valeur change par revisions.csv", DATA_PROBLEM)
    if not changes:
        click.echo(f"Le registre est à jour : {count(len(new), 'fichier')}.")
    elif yes or not sys.stdin.isatty() or click.confirm("Récrire le registre ?", prompt_suffix=" "):
        registry.write(folder)
        written = count(len(new), "fichier")
        click.echo(f"Registre récrit : {written}. Relisez la différence dans git avant de l’enregistrer.")
