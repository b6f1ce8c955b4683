"""Speak French in a terminal: help pages, faults of usage, and a line that is written over."""

from __future__ import annotations

import sys
from typing import Any

import click

from pic_analysis.vocabulary import nearest


class _Formatter(click.HelpFormatter):
    """Help pages with French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="Usage : ")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{ {'Commands': 'Commandes'}.get(heading, heading) } :\n")


class _Context(click.Context):
    formatter_class = _Formatter


class FrenchCommand(click.Command):
    """A command whose help is wholly in French."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONS]")
        super().__init__(*args, **kwargs)
        self.params.append(_help_option())

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
                f"Il n’y a pas de commande « {args[0]} »" + (f" ; la plus proche : « {near} »." if near else "."),
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
    raise click.UsageError(
        f"« {name} » {refusal}"
        + (f" ; le plus proche : « {near} »" if near else "")
        + f".\n    → Au choix : {', '.join(known)}"
    )


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


def usage_fault(error: click.UsageError) -> str:
    """Return a fault of usage in French, with the way to the help."""
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities[0] if error.possibilities else ""
        said = f"Il n’y a pas d’option « {error.option_name} »" + (f" ; la plus proche : « {near} »." if near else ".")
    elif isinstance(error, click.BadParameter) and error.param is not None:
        said = f"Valeur refusée pour {error.param.opts[-1]} : {error.message}"
    else:
        said = error.message
    path = error.ctx.command_path if error.ctx else "pic"
    return f"{said}\n    → `{path} -h` affiche l’aide."


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
