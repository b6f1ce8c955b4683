"""Speak French in a terminal: help pages, faults of usage, and a line that is written over."""

from __future__ import annotations

import codecs
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import click

from pic_analysis.vocabulary import nearest

_PLAIN = {"→": "->", "’": "'", "\u202f": " ", "\u00a0": " ", "−": "-", "…": "...", "«": '"', "»": '"', "œ": "oe"}
_OF_A_STUDY = "book|build|check|clean|edition|fetch|register|run|verify|watch|withdraw"
_LISTED = 30  # choices that a message tells


class _Formatter(click.HelpFormatter):
    """Help pages with French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="Usage : ")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{ {'Commands': 'Commandes'}.get(heading, heading) } :\n")


class _Context(click.Context):
    formatter_class = _Formatter


class FrenchCommand(click.Command):
    """A command whose help is wholly in French, and that shows what to type where it is typed wrong."""

    context_class = _Context
    allow_extra_args = True  # so that it is not click that refuses them, in English

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONS]")
        kwargs.setdefault("epilog", f"Exemple : {example}" if example else None)
        super().__init__(*args, **kwargs)
        self.example = example
        self.params.append(_help_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; refuse those that mean nothing here."""
        try:
            left = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # of an option without its value, click does not say which command
            raise
        if left and not isinstance(self, click.Group):
            said = f"« {' '.join(left)} » est de trop"
            raise click.UsageError(f"{said} : `{ctx.command_path}` ne prend {_taken(self)}.", ctx)
        return left

    def get_help_option(self, ctx: click.Context) -> None:
        """Return nothing: the French option is among the parameters."""


class FrenchGroup(FrenchCommand, click.Group):
    """A group of commands whose help is in French and that names the nearest command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "COMMANDE [OPTIONS]…")
        kwargs.setdefault("no_args_is_help", True)
        super().__init__(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is nearest."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = nearest(args[0], self.commands)
            raise click.UsageError(
                f"Il n’y a pas de commande « {args[0]} »"
                + (f" ; la plus proche : « {near} »." if near else ".")
                + f"\n    → Au choix : {', '.join(sorted(self.commands))}",
                ctx,
            )
        return super().resolve_command(ctx, args)


class Count(click.ParamType):
    """A whole number of at least 1."""

    name = "nombre"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or say what was expected."""
        if str(value).isdecimal() and int(value) >= 1:
            return int(value)
        self.fail(f"« {value} » ; attendu : un nombre entier, au moins 1.", param, ctx)


class Share(click.ParamType):
    """A share above 0 and at most 1, written the French way or the English way."""

    name = "part"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share, or say what was expected."""
        try:
            share = float(str(value).replace(",", "."))
        except ValueError:
            share = 0.0
        if 0 < share <= 1:
            return share
        self.fail(f"« {value} » ; attendu : une part au-dessus de 0 et d’au plus 1, par exemple 0,5.", param, ctx)


def one_of(known: list[str], name: str, refusal: str = "n’est ni un cas ni un paquet") -> str:
    """Return the known name that a user wrote, whatever the case; refuse another, naming the nearest."""
    if same := [one for one in known if one.casefold() == name.casefold()]:
        return same[0]
    near = nearest(name, known)
    listed = ", ".join(known[:_LISTED]) + (f"… et {len(known) - _LISTED} autres" if len(known) > _LISTED + 1 else "")
    raise click.UsageError(
        f"« {name} » {refusal}"
        + (f" ; le plus proche : « {near} »" if near else "")
        + (f".\n    → Au choix : {listed}" if known else ".")
    )


def existing(path: Path) -> Path:
    """Return a path that leads somewhere; refuse another, naming the nearest file of its folder."""
    if path.exists():
        return path
    context = click.get_current_context()
    if not path.parent.is_dir():
        raise click.UsageError(f"Le dossier {path.parent} n’existe pas.", context)
    near = nearest(path.name, [one.name for one in path.parent.iterdir()])
    said = f" ; le plus proche : « {path.parent / near} »." if near else "."
    raise click.UsageError(f"Le fichier {path} n’existe pas{said}", context)


def _help_option() -> click.Option:
    def show(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Afficher cette aide.",
    )


def _taken(command: click.Command) -> str:
    """Return what a command takes besides its options, in words."""
    names = [str(parameter.metavar) for parameter in command.params if isinstance(parameter, click.Argument)]
    return f"que {' '.join(names)}" if names else "rien d’autre que ses options"


def usage_fault(error: click.UsageError) -> str:
    """Return a fault of usage in French, with what to type and the way to the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message  # the help itself
    command = error.ctx.command if error.ctx else None
    path = error.ctx.command_path if error.ctx else "pic"
    example = getattr(command, "example", "")
    hint = f"Par exemple : `{example}` ; `{path} -h` affiche l’aide." if example else f"`{path} -h` affiche l’aide."
    return f"{_usage_said(error, command, path)}\n    → {hint}"


def _usage_said(error: click.UsageError, command: click.Command | None, path: str) -> str:
    """Return what is wrong, in French, whatever click says of it."""
    if isinstance(error, click.NoSuchOption):
        if isinstance(command, click.Group) and any(
            _option(one, error.option_name) for one in command.commands.values()
        ):
            return f"L’option {error.option_name} se place après la commande : `{path} COMMANDE {error.option_name} …`."
        near = error.possibilities[0] if error.possibilities else ""
        return f"Il n’y a pas d’option « {error.option_name} »" + (f" ; la plus proche : « {near} »." if near else ".")
    if isinstance(error, click.BadOptionUsage):
        option = _option(command, error.option_name)
        if option is not None and not option.is_flag:
            return f"L’option {error.option_name} demande une valeur : {error.option_name} {option.metavar}."
        return f"L’option {error.option_name} ne prend pas de valeur : elle s’écrit seule."
    if isinstance(error, click.MissingParameter) and error.param is not None:
        metavar = error.param.metavar or error.param.opts[-1]
        missing = metavar if isinstance(error.param, click.Argument) else f"{error.param.opts[-1]} {metavar}"
        return f"Il manque {missing} : `{path} {missing}`."
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.metavar if isinstance(error.param, click.Argument) else error.param.opts[-1]
        return f"Valeur refusée pour {name} : {error.message}"
    return error.message


def addressed(text: str, study: str) -> str:
    """Return a message whose commands name a study: typed as they are, they would be about another.

    >>> addressed("`pic register`, puis `pic build --force` ; `pic new -h`", "essai")
    '`pic register --study essai`, puis `pic build --force --study essai` ; `pic new -h`'
    """
    return re.sub(rf"`pic (?:{_OF_A_STUDY})\b(?![^`]*(?:--study| -h))[^`]*", rf"\g<0> --study {study}", text)


def _option(command: click.Command | None, name: str) -> click.Option | None:
    listed = command.params if command is not None else []
    return next((one for one in listed if isinstance(one, click.Option) and name in one.opts), None)


def begin_again_in_utf_8() -> None:
    """Start this program again where Python believes that the system knows ASCII alone: paths have accents there too.

    Python itself does so for the locale C, unless ``PYTHONUTF8`` or another variable of the user's forbids it.
    """
    if codecs.lookup(sys.getfilesystemencoding()).name == "ascii":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def speak_any_encoding() -> None:
    """Print the nearest sign of what the output has no sign for: Windows has encodings of its own."""
    codecs.register_error("pic", _nearest_signs)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="pic")


def _nearest_signs(error: UnicodeError) -> tuple[str, int]:
    """Return the nearest signs for those that an encoding does not have.

    >>> codecs.register_error("pic", _nearest_signs)
    >>> "→ l’été".encode("cp850", errors="pic").decode("cp850")
    "-> l'été"
    >>> "→ l’été".encode("ascii", errors="pic").decode("ascii")
    "-> l'ete"
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign) or _bare(sign) for sign in text), error.end


def _bare(sign: str) -> str:
    """Return a letter without its accent; a question mark for what is no such letter."""
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii") or "?"


class Line:
    """Print lines, and on a terminal a last one that tells what is under way."""

    def __init__(self) -> None:
        self._stream = sys.stdout  # a step may redirect it while it runs
        self._over = self._stream.isatty()
        self._shown = False

    def say(self, text: str) -> None:
        """Print a line for good."""
        self.doing("")
        click.echo(text, file=self._stream)

    def doing(self, text: str) -> None:
        """Write over the last line; nothing when the output is not a terminal."""
        if self._over and (text or self._shown):
            click.echo(f"\r\x1b[K{text}", nl=False, file=self._stream)
            self._shown = bool(text)
