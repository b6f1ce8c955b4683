"""``pic``, the front door: clean the tables, execute the notebooks, build the book, verify all of it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pic_analysis import __version__
from pic_analysis.disk import disk_fault
from pic_analysis.pipeline.errors import (
    BUILD_FAILURE,
    DATA_PROBLEM,
    INTERRUPTED,
    UNREACHABLE,
    USAGE,
    Interrupted,
    StepError,
)
from pic_analysis.terminal import (
    Count,
    FrenchCommand,
    FrenchGroup,
    Line,
    Share,
    existing,
    one_of,
    speak_any_encoding,
    usage_fault,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from pic_analysis.fetching.connections import Connection
    from pic_analysis.pipeline.plan import Step
    from pic_analysis.reading.settings import Settings


_study = click.option(
    "--study", default="loos_2016", metavar="ÉTUDE", help="Dossier de data/raw (loos_2016 par défaut)."
)
_workers = click.option(
    "--workers", default=2, metavar="N", type=Count(), help="Étapes menées à la fois (2 par défaut)."
)
_force = click.option("-f", "--force", is_flag=True, help="Refaire même ce qui est à jour.")


@click.group(cls=FrenchGroup)
@click.version_option(__version__, "--version", message="pic %(version)s", help="Afficher la version.")
def pic() -> None:
    """Construire, à partir de ses données, une évaluation dont chaque phrase remonte à ses preuves.

    `pic build` fait tout ce qui n’est plus à jour, et rien d’autre.
    """


@pic.command(cls=FrenchCommand, example="pic build")
@_study
@_workers
@_force
def build(study: str, workers: int, force: bool) -> None:
    """Faire tout ce qui n’est plus à jour.

    Nettoyer les tables, exécuter les carnets, construire le livre.
    """
    _own_book(study)
    steps = _steps(study)
    _run(steps, workers, force)
    _show_home()


@pic.command(cls=FrenchCommand, example="pic clean --study demo_entretiens")
@_study
@_force
def clean(study: str, force: bool) -> None:
    """Nettoyer les tables brutes.

    De data/raw vers data/processed ; rien n’est écrit si une table a une erreur.
    """
    from pic_analysis.pipeline.plan import CLEAN

    _run([step for step in _steps(study) if step.name == CLEAN], 1, force)


@pic.command(cls=FrenchCommand, example="pic check --study demo_entretiens")
@_study
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
    click.echo(str(result.report))
    if result.report.errors:
        sys.exit(DATA_PROBLEM)
    if result.tables:
        _say_controls(study, result.tables)
    if result.indicators:
        _say_overdue(result.indicators)
    _say_to_fill()


def _say_to_fill() -> None:
    """Print what only the body that publishes the book can write on its legal pages: a reminder, never an error."""
    from pic_analysis import paths
    from pic_analysis.numbers_fr import enumerate_fr
    from pic_analysis.publishing import organisation

    file = paths.site_files() / organisation.FILE
    if empty := organisation.to_fill(organisation.read(file)):
        named = enumerate_fr([field.label_fr for field in empty])
        click.echo(f"Pages légales, à compléter par l’organisme qui publie : {named}.")
        click.echo(f"    → Colonne « value » de book/{paths.SITE}/{file.name}.")


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
    from pic_analysis.study import Study

    found, compared = controls(Study(_settings(study), **tables))
    click.echo(f"Contrôles des sources : {len(found)}")
    width = max(len(rule.title_fr) for rule in RULES.values())
    for name, rule in RULES.items():
        click.echo(f"  {rule.title_fr:{width}} {compared.by_rule.at[name, 'found']:4d}")
    click.echo(
        f"Face au registre des écarts : rappel {percent(compared.recall)}, précision {percent(compared.precision)}."
    )


@pic.command("import", cls=FrenchCommand, example="pic import projet.qdpx")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Dire ce que contient un fichier de codage.

    Export REFI-QDA, Taguette, QualCoder, ATLAS.ti, MAXQDA ou NVivo : codeurs, sources, codes, codages, et ce qui
    a été perdu ou réparé. Rien n’est écrit.
    """
    from pic_analysis.problems import Report
    from pic_analysis.reading.detect import read

    existing(file)
    found = read(file)
    for line in found.summary():
        click.echo(line)
    if found.problems:
        click.echo(str(Report(found.problems)))
    if found.is_empty:
        sys.exit(DATA_PROBLEM)
    if kind := "codages_A" if len(found.codings) else "grille" if len(found.codes) else "":
        click.echo(
            f"Pour s’en servir : copiez-le sous le nom {kind}{file.suffix} dans data/raw/ÉTUDE/entretiens/, "
            "puis `pic register --study ÉTUDE` et `pic check --study ÉTUDE`."
        )


@pic.command(cls=FrenchCommand, example="pic explain CCL05")
@click.argument("claim", metavar="AFFIRMATION")
@_study
def explain(claim: str, study: str) -> None:
    """Dire sur quoi repose une affirmation.

    Le passeport d’une conclusion (CCL05), d’un enseignement (ENS4), d’une flèche (A>B) ou d’un mécanisme (A>B-2) ;
    d’un indicateur (P03), sa fiche.
    """
    if re.fullmatch(r"[LP]\d{2}", claim.strip().upper()):
        _say_indicator(claim, study)
        return
    from pic_analysis.evidence.chain import CLAIM_KINDS, claims
    from pic_analysis.publishing.blocks import passport
    from pic_analysis.publishing.terminal_text import plain_text
    from pic_analysis.study import Study

    evaluation = Study.load(study)
    known = {name: kind for kind in CLAIM_KINDS for name in claims(evaluation, kind)}
    name = one_of([*known], claim, "n’est pas une affirmation de cette étude")
    click.echo(plain_text(passport.claim(evaluation, known[name], name)))


@pic.command(cls=FrenchCommand, example="pic indicator P03")
@click.argument("code", metavar="INDICATEUR")
@_study
def indicator(code: str, study: str) -> None:
    """Montrer un indicateur.

    Sa fiche, ses dernières valeurs, son calendrier, et ce qu’il ne permet pas de dire.
    """
    _say_indicator(code, study)


def _say_indicator(code: str, study: str) -> None:
    import datetime

    from pic_analysis.observatory import Observatory
    from pic_analysis.publishing.indicator_text import explained

    observatory = Observatory.load(study)
    name = one_of([*observatory.catalogue["indicator_id"]], code, "n’est pas un indicateur de cette étude")
    click.echo(explained(observatory, name, datetime.date.today().isoformat()))


@pic.command(cls=FrenchCommand, example="pic inspect frequentation.csv")
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


@pic.command(cls=FrenchCommand, example="pic edition")
@_study
def edition(study: str) -> None:
    """Figer l’édition du jour des indicateurs.

    Ce qu’elle publie ne change plus sans une ligne de révision ; « quoi de neuf » se compte depuis elle.
    """
    import datetime

    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.pipeline import edition as freezing

    _settings(study)
    planned = freezing.prepare(cleaning.clean(study), study, datetime.date.today())
    path = freezing.write(planned)
    click.echo(f"Édition figée : {path.parent.name}/{path.name}")
    for line in planned.lines():
        click.echo(f"  {line}")


@pic.command(cls=FrenchCommand, example="pic run Eco B synthese")
@click.argument("names", nargs=-1, metavar="[CAS]…")
@_study
@_workers
@_force
def run(names: tuple[str, ...], study: str, workers: int, force: bool) -> None:
    """Exécuter les carnets.

    Tous, ou ceux des cas et paquets nommés.
    """
    from pic_analysis.pipeline.plan import is_cleaning, notebooks

    _own_book(study)
    steps = _steps(study)
    known = [step.name for step in notebooks(steps)]
    chosen = {one_of(known, name) for name in names} or set(known)
    _run([step for step in steps if is_cleaning(step.name) or step.name in chosen], workers, force)


@pic.command(cls=FrenchCommand, example="pic book")
@_study
@_force
def book(study: str, force: bool) -> None:
    """Construire le livre seul.

    Avec les carnets tels qu’ils sont : un message dit s’ils ne sont plus à jour.
    """
    from pic_analysis.numbers_fr import agreed, count
    from pic_analysis.pipeline import plan, run

    _own_book(study)
    steps = _steps(study)
    before = [step for step in steps if step.name != plan.BOOK]
    if not plan.missing(steps) and (late := run.stale(before)):
        click.echo(
            f"Attention : {count(len(late), 'étape')} avant le livre "
            f"{agreed(len(late), 'n’est pas à jour ; `pic build` la', 'ne sont pas à jour ; `pic build` les')} refait.",
            err=True,
        )
    _run([step for step in steps if step.name == plan.BOOK], 1, force)
    _show_home()


@pic.command(cls=FrenchCommand, example="pic pdf")
@_study
@_workers
def pdf(study: str, workers: int) -> None:
    """Faire le PDF du livre, son archive hors ligne, et le site à publier.

    Après avoir refait ce qui n’est plus à jour. Le PDF demande Chromium ; l’archive s’ouvre sans réseau. Le site à
    publier est le livre, où ces deux fichiers sont joints.
    """
    from pic_analysis import paths
    from pic_analysis.numbers_fr import decimal
    from pic_analysis.publishing import offline, publication
    from pic_analysis.publishing import pdf as printing

    _own_book(study)
    _run(_steps(study), workers, False)
    made: list[Path] = []
    try:
        for write in (offline.write, printing.write):
            made.append(path := write(paths.root()))
            click.echo(f"{path} ({decimal(path.stat().st_size / 1e6)}\N{NO-BREAK SPACE}Mo)")
    finally:  # without Chromium, the archive alone is offered: what is published is never of an older book
        if made:
            click.echo(f"Le site à publier\N{NO-BREAK SPACE}: {publication.write(paths.root(), made)}")


@pic.command(cls=FrenchCommand, example="pic verify --study demo_entretiens")
@_study
@_workers
def verify(study: str, workers: int) -> None:
    """Tout recalculer à côté, et comparer.

    Registre des données brutes, tables nettoyées, carnets exécutés : à l’octet près.
    """
    from pic_analysis.pipeline.verify import differences

    found = differences(_settings(study), workers=workers, say=click.echo)
    for difference in found:
        click.echo(difference)
    if found:
        sys.exit(DATA_PROBLEM)
    click.echo("Tout est reproduit à l’octet près.")


@pic.command(cls=FrenchCommand, example="pic register --study demo_entretiens")
@_study
@click.option("-y", "--yes", is_flag=True, help="Ne pas demander de confirmation.")
def register(study: str, yes: bool) -> None:
    """Récrire le registre des données brutes.

    Après avoir montré ce qui a été ajouté, retiré, modifié.
    """
    from pic_analysis import paths
    from pic_analysis.numbers_fr import count
    from pic_analysis.reading import registry

    _settings(study)
    folder = paths.raw(study)
    old, new = registry.registered(folder), registry.digests(folder)
    changes = [("ajouté", name) for name in new if name not in old]
    changes += [("retiré", name) for name in old if name not in new]
    changes += [("modifié", name) for name in new if name in old and new[name] != old[name]]
    for what, name in sorted(changes, key=lambda change: change[1]):
        click.echo(f"  {what:8} {name}")
    if not changes:
        click.echo(f"Le registre est à jour : {count(len(new), 'fichier')}.")
    elif yes or not sys.stdin.isatty() or click.confirm("Récrire le registre ?", prompt_suffix=" "):
        registry.write(folder)
        written = count(len(new), "fichier")
        click.echo(f"Registre récrit : {written}. Relisez la différence dans git avant de l’enregistrer.")


@pic.command(cls=FrenchCommand, example="pic fetch P01")
@click.argument("names", nargs=-1, metavar="[INDICATEUR]…")
@_study
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

    _settings(study)
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


@pic.command(cls=FrenchCommand, example="pic withdraw INT042 --study demo_entretiens")
@click.argument("code", metavar="ENTRETIEN")
@_study
@click.option("-y", "--yes", is_flag=True, help="Ne pas demander de confirmation.")
def withdraw(code: str, study: str, yes: bool) -> None:
    """Retirer un entretien, une personne citée ou une voix.

    Dire ce qui change, puis noter le retrait : INT042, P11 ou tem-045 disparaît de tout à la prochaine construction.
    """
    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.numbers_fr import agreed, count
    from pic_analysis.pipeline import withdraw as withdrawing

    settings = _settings(study)
    before = cleaning.clean(study)
    refusal = "n’est ni un entretien, ni une voix de cette étude, ou est déjà retiré"
    known = withdrawing.known(before, settings)
    name = one_of(known, withdrawing.typed(code, known), refusal)
    planned = withdrawing.prepare(name, settings, before)
    click.echo(f"Retrait de {name} :")
    for line in planned.effects.lines():
        click.echo(f"  {line}")
    click.echo(f"  Fichiers du livre actuel qui en portent la trace : {len(planned.pages)}")
    for page in planned.pages:
        click.echo(f"    {page}")
    for source in planned.sources:
        click.echo(f"  À corriger à la main, cette page cite ce qui disparaît : {source}")
    if planned.errors:
        number = count(len(planned.errors), "erreur")
        click.echo(f"  Attention : après ce retrait, {number} {agreed(len(planned.errors), 'empêche', 'empêchent')} de")
        click.echo("  reconstruire l’étude ; tant qu’elle ne l’est pas, ce qui est publié reste en ligne.")
        for problem in planned.errors:
            click.echo(f"    {problem}")
    if not (yes or not sys.stdin.isatty() or click.confirm("Noter ce retrait ?", prompt_suffix=" ")):
        return
    withdrawing.write(planned, settings)
    if planned.errors:
        click.echo(f"Retrait noté, mais il n’a pas encore d’effet : corrigez d’abord (`pic check --study {study}`).")
        sys.exit(DATA_PROBLEM)
    click.echo(
        f"Retrait noté. Reconstruisez (`pic clean --study {study}`, puis `pic build`) et publiez : le livre en ligne "
        "garde la trace jusque-là.\n"
        "    → Les fichiers bruts et l’historique de git gardent la parole : s’ils sont publics, purgez-les aussi."
    )


@pic.command(cls=FrenchCommand, example="pic export ../emporter --study demo_entretiens")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@_study
@click.option("--restricted", is_flag=True, help="Écrire aussi ce qui a une ligne par personne : à ne pas publier.")
@click.option("--least", metavar="PART", type=Share(), help="Part des entretiens d’un cas où un code y vaut 1.")
def export(folder: Path, study: str, restricted: bool, least: float | None) -> None:
    """Emporter la grille et les comptes vers d’autres outils.

    REFI-QDA, CSV, Parquet, et leur jumeau pour Excel. Avec --restricted, les codages et les matrices de 0 et de 1
    aussi, mais jamais dans le dépôt.
    """
    from pic_analysis import paths
    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.interviews import Interviews
    from pic_analysis.numbers_fr import count
    from pic_analysis.problems import StudyError
    from pic_analysis.publishing import interview_exports as exports

    if taken := next((place for place in (folder, *folder.parents) if place.exists() and not place.is_dir()), None):
        raise StepError(
            f"Rien n’est écrit : {taken} est un fichier, il faut un dossier.\n"
            f"    → Par exemple : `pic export {taken.with_name(taken.stem + '_export')} --study {study}`.",
            USAGE,
        )
    if least and not restricted:
        raise click.UsageError("--least ne va qu’avec --restricted : la matrice des cas n’est pas à publier.")
    # The raw tables, not the processed ones: what was withdrawn since the last build must not leave.
    result = cleaning.clean(study)
    if result.report.errors:
        raise StudyError(study, result.report)
    if not result.interviews:
        raise StepError(f"L’étude {study} n’a pas d’entretiens : il n’y a rien à emporter.", USAGE)
    interviews = Interviews.cleaned(_settings(study), result)
    if reason := exports.misplaced(folder, interviews, restricted=restricted):
        raise StepError(
            f"Rien n’est écrit dans {folder} : {reason}.\n    → Donnez un autre dossier"
            + (", hors du dépôt ou sous data/raw/restricted/." if restricted else "."),
            USAGE,
        )
    made = exports.files(interviews, restricted=restricted, least=least)
    if refused := exports.refusals(made, interviews, paths.raw(study)):
        said = "\n".join(f"  {reason}" for reason in refused)
        raise StepError(f"Rien n’est écrit : le garde-fou refuse cet export.\n{said}", DATA_PROBLEM)
    exports.write(made, interviews, folder)
    for name in made:
        click.echo(f"  {name}")
    click.echo(f"Écrit dans {folder} : {count(len(made), 'fichier')}. {exports.README} dit ce que chacun contient.")
    if restricted:
        click.echo("Ce dossier n’est pas à publier : il a une ligne par personne rencontrée.")


def _settings(study: str) -> Settings:
    from pic_analysis.reading import settings

    return settings.load(study)


def _steps(study: str) -> tuple[Step, ...]:
    from pic_analysis.pipeline.plan import plan

    return plan(_settings(study))


def _run(steps: list[Step] | tuple[Step, ...], workers: int, force: bool) -> None:
    from pic_analysis.numbers_fr import count
    from pic_analysis.pipeline.run import run

    line = Line()
    outcome = run(steps, workers=workers, force=force, say=line.say, doing=line.doing)
    seconds = f"{outcome.seconds:.1f} s".replace(".", ",")
    if not outcome.done:
        subject = f"les {len(steps)} étapes sont" if len(steps) > 1 else "l’étape est"
        click.echo(f"Rien n’a changé : {subject} à jour ({seconds}).")
    else:
        kept = f", {outcome.kept} déjà à jour" if outcome.kept else ""
        click.echo(f"Fait : {count(len(outcome.done), 'étape')} en {seconds}{kept}.")


def _own_book(study: str) -> None:
    """Refuse to publish one study's notebooks among another's pages."""
    import yaml

    from pic_analysis import paths

    config = yaml.safe_load((paths.root() / "_config.yml").read_text(encoding="utf-8")) or {}
    published = config.get("sphinx", {}).get("config", {}).get("pic_study", study)
    if study != published:
        possible = f"`pic clean --study {study}` et `pic check --study {study}` restent possibles"
        raise StepError(
            f"Le livre de ce dépôt est celui de l’étude {published} : il ne peut pas publier {study}.\n"
            f"    → {possible if paths.raw(study).is_dir() else f'data/raw n’a pas non plus d’étude {study}'}.",
            USAGE,
        )


def _show_home() -> None:
    from pic_analysis import paths
    from pic_analysis.publishing.book import home

    click.echo(f"Le livre : {home(paths.root())}")


def main(arguments: list[str] | None = None) -> None:
    """Run ``pic`` and exit: 0 done, 1 data problem, 2 usage, 3 build failure, 4 site unreachable, 130 interrupted."""
    speak_any_encoding()
    sys.exit(_exit_code(arguments))


def _exit_code(arguments: list[str] | None) -> int:
    try:
        code = pic.main(arguments, prog_name="pic", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        click.echo(usage_fault(error), err=True)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("Arrêté. Aucun fichier n’est à moitié écrit.", err=True)
        return INTERRUPTED
    except Exception as error:
        if (code := _code_of(error)) is None:
            raise
        click.echo(_said(error), err=True)
        return code


def _said(error: Exception) -> str:
    """Return what a user should read of an error."""
    return disk_fault(error) if isinstance(error, OSError) else str(error)


def _code_of(error: Exception) -> int | None:
    """Return the exit code of an error that a user can act on; None for a bug, which keeps its traceback."""
    from pic_analysis.paths import NotACompendium
    from pic_analysis.problems import StudyError
    from pic_analysis.publishing.book import BookError
    from pic_analysis.publishing.notebooks import NotebookError

    if isinstance(error, StepError):
        return error.code
    kinds: dict[type[Exception], int] = {
        StudyError: DATA_PROBLEM,
        NotACompendium: USAGE,
        NotebookError: BUILD_FAILURE,
        BookError: BUILD_FAILURE,
        Interrupted: INTERRUPTED,
        OSError: BUILD_FAILURE,
    }
    return next((code for kind, code in kinds.items() if isinstance(error, kind)), None)
