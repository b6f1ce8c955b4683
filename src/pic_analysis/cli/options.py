"""The options that several commands share: the study, how many steps at a time, redo everything."""

from __future__ import annotations

import click

from pic_analysis.terminal import Count, addressed


def _which_study(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return the study that a command is about: the one it names, that of PIC_STUDY, or that of the book."""
    from pic_analysis import paths

    every = ctx.params.get("all_studies", False)
    if value and every:
        raise click.UsageError("--all fait toutes les études : il va sans --study.", ctx)
    if every:
        return ""
    if name := value or paths.current():
        if name != paths.current():
            ctx.ensure_object(dict)["study"] = name  # what the user is told to type must be about this one
        return name
    raise click.UsageError(
        "Ce dépôt a plusieurs études : dites laquelle, par --study ou par la variable PIC_STUDY.", ctx
    )


def about(text: str, study: str) -> str:
    """Return a message whose commands name the study, where they would be about another without it."""
    from pic_analysis import paths

    return text if study == paths.current() else addressed(text, study)


study_option = click.option(
    "--study",
    callback=_which_study,
    metavar="ÉTUDE",
    help="Dossier de data/raw (par défaut : PIC_STUDY, sinon celui du livre).",
)
workers_option = click.option(
    "--workers", metavar="N", type=Count(), help="Étapes menées à la fois (par défaut, ce que la machine permet)."
)
cluster_option = click.option(
    "--cluster",
    metavar="ADRESSE",
    envvar="PIC_CLUSTER",
    default="",
    help="Grappe Dask qui mène les étapes, ou « local » (par défaut : PIC_CLUSTER, sinon cette machine).",
)
force_option = click.option("-f", "--force", is_flag=True, help="Refaire même ce qui est à jour.")
