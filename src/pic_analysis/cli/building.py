"""The commands that make: the whole, its tables, its notebooks, its book in pages or in one file."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import click

from pic_analysis.cli.options import about, cluster_option, force_option, study_option, workers_option
from pic_analysis.pipeline.errors import USAGE, StepError
from pic_analysis.terminal import Count, FrenchCommand, Line, one_of

if TYPE_CHECKING:
    from pathlib import Path

    from pic_analysis.pipeline.plan import Step


@click.command(cls=FrenchCommand, example="pic build")
@study_option
@click.option(
    "--all", "all_studies", is_flag=True, is_eager=True, help="Toutes les études, le livre du dépôt en dernier."
)
@workers_option
@cluster_option
@force_option
def build(study: str, all_studies: bool, workers: int | None, cluster: str, force: bool) -> None:
    """Faire tout ce qui n’est plus à jour.

    Nettoyer les tables, exécuter les carnets, construire le livre.
    """
    if all_studies:
        from pic_analysis.pipeline.studies import build_all

        line = Line()
        every = build_all(workers=workers, force=force, cluster=cluster, say=line.say, doing=line.doing)
        click.echo(str(every), err=bool(every.failed))
        sys.exit(max(one.code for one in every.built))
    _run(_steps(study), workers, force, cluster)
    _show_home(study)


_NO_CODE = ("book/", "data/", "notebooks/", "pages/")
"""What may change without another code: texts, tables, notebooks."""


@click.command(cls=FrenchCommand, example="pic watch --port 8000")
@study_option
@click.option("--port", default=8000, metavar="N", type=Count(), help="Port de l’adresse locale (8000 par défaut).")
@click.option("--register", is_flag=True, help="Accepter au registre ce qui change dans data/raw.")
def watch(study: str, port: int, register: bool) -> None:
    """Montrer le livre et le refaire à chaque enregistrement.

    Le livre est servi à cette machine seule ; une construction qui échoue laisse en place le livre d’avant. Ctrl-C
    arrête.
    """
    from pic_analysis import paths
    from pic_analysis.pipeline.republish import republish
    from pic_analysis.publishing import nursery, rendering
    from pic_analysis.publishing.loopback import served

    def build(changes: list[str]) -> None:
        # In a process of its own, which has the code as it is now; so has the one that its renderer is forked from.
        if not all(name.startswith(_NO_CODE) for name in changes):
            nursery.close_nurseries()
        lent = rendering.ahead(paths.home(study))
        if register and any(name.startswith("data/raw/") for name in changes):
            _again("register", study, "--yes")
        _again("build", study, **lent)
        click.echo(f"Le livre est à l’adresse {address} (Ctrl-C arrête).")

    try:
        with served(paths.home(study) / "_build" / "html", port) as address:
            republish(paths.home(study), build, click.echo)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        said = f"Le port {port} ne peut être ouvert.\n    → Essayez un autre port : `pic watch --port 8001`."
        raise StepError(said, USAGE) from None
    finally:
        nursery.close_nurseries()


def _again(command: str, study: str, *options: str, **variables: str) -> None:
    import os
    import subprocess

    arguments = [sys.executable, "-m", "pic_analysis", command, "--study", study, *options]
    with subprocess.Popen(arguments, env=os.environ | variables) as process:
        try:
            process.wait()
        except KeyboardInterrupt:
            process.wait()  # it stops in order
            raise


@click.command(cls=FrenchCommand, example="pic clean --study demo_entretiens")
@study_option
@force_option
def clean(study: str, force: bool) -> None:
    """Nettoyer les tables brutes.

    De data/raw vers data/processed ; rien n’est écrit si une table a une erreur.
    """
    from pic_analysis.pipeline.plan import CLEAN

    _run([step for step in _steps(study) if step.name == CLEAN], 1, force)


@click.command(cls=FrenchCommand, example="pic run synthese")
@click.argument("names", nargs=-1, metavar="[CAS]…")
@study_option
@workers_option
@force_option
def run(names: tuple[str, ...], study: str, workers: int | None, force: bool) -> None:
    """Exécuter les carnets.

    Tous, ou ceux des cas et paquets nommés.
    """
    from pic_analysis.pipeline.plan import is_cleaning, notebooks

    steps = _steps(study)
    known = [step.name for step in notebooks(steps)]
    chosen = {one_of(known, name) for name in names} or set(known)
    _run([step for step in steps if is_cleaning(step.name) or step.name in chosen], workers, force)


@click.command(cls=FrenchCommand, example="pic book")
@study_option
@force_option
def book(study: str, force: bool) -> None:
    """Construire le livre seul.

    Avec les carnets tels qu’ils sont : un message dit s’ils ne sont plus à jour.
    """
    from pic_analysis import paths
    from pic_analysis.numbers_fr import agreed, count
    from pic_analysis.pipeline import lock, plan, run

    steps = _steps(study)
    before = [step for step in steps if step.name != plan.BOOK]
    # What is up to date is not known while another run works.
    with lock.held(paths.root(), click.echo, paths.apart(study)):
        late = run.stale(before) if not plan.missing(steps) else ()
    if late:
        said = agreed(len(late), "n’est pas à jour ; `pic build` la", "ne sont pas à jour ; `pic build` les")
        click.echo(f"Attention : {count(len(late), 'étape')} avant le livre {about(said, study)} refait.", err=True)
    _run([step for step in steps if step.name in (plan.PAGES, plan.BOOK)], 1, force)
    _show_home(study)


@click.command(cls=FrenchCommand, example="pic pdf")
@study_option
@workers_option
def pdf(study: str, workers: int | None) -> None:
    """Faire le PDF du livre, son archive hors ligne, et le site à publier.

    Après avoir refait ce qui n’est plus à jour. Le PDF demande Chromium ; l’archive s’ouvre sans réseau. Le site à
    publier est le livre, où ces deux fichiers sont joints.
    """
    from pic_analysis import paths
    from pic_analysis.numbers_fr import decimal
    from pic_analysis.pipeline import lock
    from pic_analysis.publishing import offline, publication
    from pic_analysis.publishing import pdf as printing

    made: list[Path] = []
    with lock.held(paths.root(), click.echo, paths.apart(study)):  # both are made of the same book
        _run(_steps(study), workers, False)
        try:
            for write in (offline.write, printing.write):
                made.append(path := write(paths.home(study)))
                click.echo(f"{path} ({decimal(path.stat().st_size / 1e6)}\N{NO-BREAK SPACE}Mo)")
        finally:  # without Chromium, the archive alone is offered: what is published is never of an older book
            if made:
                click.echo(f"Le site à publier\N{NO-BREAK SPACE}: {publication.write(paths.home(study), made)}")


def _steps(study: str) -> tuple[Step, ...]:
    from pic_analysis.pipeline.plan import plan
    from pic_analysis.reading import settings

    return plan(settings.load(study))


def _run(steps: list[Step] | tuple[Step, ...], workers: int | None, force: bool, cluster: str = "") -> None:
    from pic_analysis import machine, paths
    from pic_analysis.numbers_fr import count
    from pic_analysis.pipeline.cluster import lent
    from pic_analysis.pipeline.lock import held
    from pic_analysis.pipeline.run import run

    line, apart = Line(), next((step.study for step in steps if step.study), "")
    with held(paths.root(), line.say, apart), lent(cluster, paths.root(), workers or machine.places()) as pool:
        places = pool.places if pool else workers
        outcome = run(steps, workers=places, force=force, say=line.say, doing=line.doing, pool=pool)
    seconds = f"{outcome.seconds:.1f} s".replace(".", ",")
    if not outcome.done:
        subject = f"les {len(steps)} étapes sont" if len(steps) > 1 else "l’étape est"
        click.echo(f"Rien n’a changé : {subject} à jour ({seconds}).")
    else:
        kept = f", {outcome.kept} déjà à jour" if outcome.kept else ""
        click.echo(f"Fait : {count(len(outcome.done), 'étape')} en {seconds}{kept}.")


def _show_home(study: str) -> None:
    from pic_analysis import paths
    from pic_analysis.publishing.contents import home

    click.echo(f"Le livre : {home(paths.home(study))}")
