"""``pic``, the front door: clean the tables, execute the notebooks, build the book, verify all of it."""

from __future__ import annotations

import gc
import sys

import click

from pic_analysis import __version__
from pic_analysis.cli import building, checking, evidence, indicators, interviews, new_study
from pic_analysis.disk import disk_fault
from pic_analysis.pipeline.errors import BUILD_FAILURE, DATA_PROBLEM, INTERRUPTED, USAGE, Interrupted, StepError
from pic_analysis.terminal import FrenchGroup, addressed, begin_again_in_utf_8, speak_any_encoding, usage_fault


@click.group(cls=FrenchGroup)
@click.version_option(__version__, "--version", message="pic %(version)s", help="Afficher la version.")
def pic() -> None:
    """Construire, à partir de ses données, une évaluation dont chaque phrase remonte à ses preuves.

    `pic build` fait tout ce qui n’est plus à jour, et rien d’autre.
    """


for command in (
    new_study.new,
    *(building.build, building.watch, building.clean, building.run, building.book, building.pdf),
    *(checking.check, checking.verify, checking.register),
    *(evidence.explain, evidence.withdraw),
    *(interviews.import_, interviews.export),
    *(indicators.indicator, indicators.inspect, indicators.edition, indicators.fetch),
):
    pic.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run ``pic`` and exit: 0 done, 1 data problem, 2 usage, 3 build failure, 4 site unreachable, 130 interrupted."""
    if arguments is None:
        begin_again_in_utf_8()
    speak_any_encoding()
    code = _exit_code(arguments)
    gc.freeze()  # the process ends: looking once more through all that libraries hold took half a second
    sys.exit(code)


def _exit_code(arguments: list[str] | None) -> int:
    asked: dict[str, str] = {}  # the study that the command names, if it is not the one it would be about without that
    try:
        code = pic.main(arguments, prog_name="pic", standalone_mode=False, obj=asked)
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
        click.echo(addressed(_said(error), asked["study"]) if asked else _said(error), err=True)
        return code


def _said(error: Exception) -> str:
    """Return what a user should read of an error."""
    return disk_fault(error) if isinstance(error, OSError) else str(error)


def _code_of(error: Exception) -> int | None:
    """Return the exit code of an error that a user can act on; None for a bug, which keeps its traceback."""
    from pic_analysis.paths import NotACompendium
    from pic_analysis.problems import StudyError
    from pic_analysis.publishing.contents import BookError
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
