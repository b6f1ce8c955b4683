"""The commands on the files of coding tools: those that come in, those that go out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pic_analysis.cli.options import study_option
from pic_analysis.pipeline.errors import DATA_PROBLEM, USAGE, StepError
from pic_analysis.terminal import FrenchCommand, Share, existing


@click.command("import", cls=FrenchCommand, example="pic import projet.qdpx")
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
    if len(found.codings) and not found.is_placed:
        click.echo(
            "Ses codages ne peuvent pas servir : la place des passages dans le texte n’y est pas. Exportez le projet "
            "entier, en REFI-QDA (.qdpx) ou en base de Taguette (.sqlite3)."
        )
    elif kind := "codages_A" if len(found.codings) else "grille" if len(found.codes) else "":
        click.echo(
            f"Pour s’en servir : copiez-le sous le nom {kind}{file.suffix} dans data/raw/ÉTUDE/entretiens/, "
            "puis `pic register --study ÉTUDE` et `pic check --study ÉTUDE`."
        )


@click.command(cls=FrenchCommand, example="pic export ../emporter --study demo_entretiens")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
@study_option
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
    from pic_analysis.reading import settings

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
    interviews = Interviews.cleaned(settings.load(study), result)
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
