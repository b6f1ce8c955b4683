"""The commands on indicators: one of them, a table received, the edition of the day, published series."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pic_analysis.cli.options import study_option
from pic_analysis.pipeline.errors import DATA_PROBLEM, UNREACHABLE, USAGE, StepError
from pic_analysis.terminal import FrenchCommand, Line, existing, one_of

if TYPE_CHECKING:
    from pic_analysis.fetching.connections import Connection


@click.command(cls=FrenchCommand, example="pic indicator P01")
@click.argument("code", metavar="INDICATEUR")
@study_option
def indicator(code: str, study: str) -> None:
    """Montrer un indicateur.

    Sa fiche, ses dernières valeurs, son calendrier, et ce qu’il ne permet pas de dire.
    """
    say_indicator(code, study)


def say_indicator(code: str, study: str) -> None:
    """Print all that is known of an indicator; refuse a code that the study does not have."""
    import datetime

    from pic_analysis import paths
    from pic_analysis.observatory import Observatory
    from pic_analysis.publishing.indicator_text import explained
    from pic_analysis.reading import settings

    settings.load(study)
    if not (paths.raw(study) / paths.INDICATORS).is_dir():
        raise StepError(f"L’étude {study} n’a pas d’indicateurs : il n’y a rien à montrer.", USAGE)
    observatory = Observatory.load(study)
    name = one_of([*observatory.catalogue["indicator_id"]], code, "n’est pas un indicateur de cette étude")
    click.echo(explained(observatory, name, datetime.date.today().isoformat()))


@click.command(cls=FrenchCommand, example="pic inspect frequentation.csv")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
def inspect(file: Path) -> None:
    """Dire ce qu’un tableau reçu a d’étrange.

    Avant d’en transcrire des valeurs : une chose écrite de plusieurs façons, des doublons, des totaux faux, une année
    recopiée. Rien n’est écrit.
    """
    from pic_analysis.cleaning.received import faults
    from pic_analysis.numbers_fr import count
    from pic_analysis.problems import Problem, Report
    from pic_analysis.reading.detect import read_tables
    from pic_analysis.reading.hostile import Refused

    found: list[Problem] = []
    try:
        for table in read_tables(existing(file)):
            rows, columns = count(len(table.frame), "ligne"), count(len(table.frame.columns), "colonne")
            click.echo(f"{table.file} : {rows}, {columns}")
            found += [*table.problems, *faults(table)]
    except Refused as refusal:
        raise StepError(str(refusal), DATA_PROBLEM) from None
    click.echo(str(Report(tuple(found))))


@click.command(cls=FrenchCommand, example="pic edition")
@study_option
def edition(study: str) -> None:
    """Figer l’édition du jour des indicateurs.

    Ce qu’elle publie ne change plus sans une ligne de révision ; « quoi de neuf » se compte depuis elle.
    """
    import datetime

    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.pipeline import edition as freezing
    from pic_analysis.reading import settings

    settings.load(study)
    planned = freezing.prepare(cleaning.clean(study), study, datetime.date.today())
    path = freezing.write(planned)
    click.echo(f"Édition figée : {path.parent.name}/{path.name}")
    for line in planned.lines():
        click.echo(f"  {line}")


@click.command(cls=FrenchCommand, example="pic fetch P01")
@click.argument("names", nargs=-1, metavar="[INDICATEUR]…")
@study_option
@click.option("--all", "every", is_flag=True, help="Tous les indicateurs qui ont une connexion.")
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait demandé, sans le demander.")
def fetch(names: tuple[str, ...], study: str, every: bool, dry_run: bool) -> None:
    """Relever des séries publiées.

    Écrire un extrait daté et son empreinte dans data/raw, et dire ce qui diffère du précédent ; sans nom, lister ce
    qui peut l’être. Hors ligne, rien ne change : les extraits figés servent.
    """
    from pic_analysis import paths
    from pic_analysis.fetching import connections
    from pic_analysis.fetching import fetch as fetching
    from pic_analysis.reading import settings

    settings.load(study)
    folder = paths.raw(study)
    known = connections.load(study, folder)
    if not known:
        raise StepError(f"L’étude {study} n’a pas de {connections.FILE} : il n’y a rien à relever.", USAGE)
    refusal = "n’est pas un indicateur de connections.yml"
    chosen = [*known] if every else [one_of([*known], name, refusal) for name in dict.fromkeys(names)]
    if not chosen:
        click.echo("Ce qui peut être relevé, et l’extrait qui sert aujourd’hui :")
        for line in fetching.listing(known, folder):
            click.echo(line)
    elif dry_run:
        for name in chosen:
            for address in fetching.plan(known[name]):
                click.echo(f"{name}  {address}")
    elif codes := [code for name in chosen if (code := _fetch_one(known[name], folder))]:
        sys.exit(min(codes))


def _fetch_one(connection: Connection, folder: Path) -> int:
    """Fetch one series and tell it; return the exit code that its failure deserves."""
    import datetime

    from pic_analysis import paths
    from pic_analysis.fetching import fetch as fetching
    from pic_analysis.fetching.http import Client
    from pic_analysis.fetching.kept import Kept
    from pic_analysis.fetching.refusal import AnswerError, Unreachable

    day = datetime.date.today().isoformat()
    line = Line()
    client = Client(Kept(paths.root() / ".pic" / "fetch", day, connection.indicator), doing=line.doing)
    try:
        outcome = fetching.fetch(connection, client, folder, day)
    except (Unreachable, AnswerError) as fault:
        line.doing("")
        click.echo(fetching.failure(connection, fault, folder), err=True)
        return UNREACHABLE if isinstance(fault, Unreachable) else DATA_PROBLEM
    for text in fetching.told(outcome):
        line.say(text)
    return 0
