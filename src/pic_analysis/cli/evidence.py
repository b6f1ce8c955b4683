"""The commands on what a claim rests on: tell it, or withdraw a voice from it."""

from __future__ import annotations

import re
import sys

import click

from pic_analysis.cli.indicators import say_indicator
from pic_analysis.cli.options import study_option
from pic_analysis.pipeline.errors import DATA_PROBLEM, USAGE, StepError
from pic_analysis.terminal import FrenchCommand, one_of


@click.command(cls=FrenchCommand, example="pic explain CCL01")
@click.argument("claim", metavar="AFFIRMATION")
@study_option
def explain(claim: str, study: str) -> None:
    """Dire sur quoi repose une affirmation.

    Le passeport d’une conclusion (CCL01), d’un enseignement (ENS4), d’une flèche (A>B) ou d’un mécanisme (A>B-2) ;
    d’un indicateur (P01), sa fiche.
    """
    if re.fullmatch(r"[LP]\d{2}", claim.strip().upper()):
        say_indicator(claim, study)
        return
    from pic_analysis.evidence.chain import CLAIM_KINDS, claims
    from pic_analysis.publishing.blocks import passport
    from pic_analysis.publishing.terminal_text import plain_text
    from pic_analysis.reading import settings
    from pic_analysis.study import Study

    settings.load(study)
    if not settings.holds_evidence(study):
        raise StepError(f"L’étude {study} n’a pas de tables de preuves : il n’y a rien à expliquer.", USAGE)
    evaluation = Study.load(study)
    known = {name: kind for kind in CLAIM_KINDS for name in claims(evaluation, kind)}
    name = one_of([*known], claim, "n’est pas une affirmation de cette étude")
    click.echo(plain_text(passport.claim(evaluation, known[name], name)))


@click.command(cls=FrenchCommand, example="pic withdraw INT042 --study demo_entretiens")
@click.argument("code", metavar="ENTRETIEN")
@study_option
@click.option("-y", "--yes", is_flag=True, help="Ne pas demander de confirmation.")
def withdraw(code: str, study: str, yes: bool) -> None:
    """Retirer un entretien, une personne citée ou une voix.

    Dire ce qui change, puis noter le retrait : INT042, P11 ou tem-045 disparaît de tout à la prochaine construction.
    """
    from pic_analysis.cleaning import study as cleaning
    from pic_analysis.numbers_fr import agreed, count
    from pic_analysis.pipeline import withdraw as withdrawing
    from pic_analysis.reading.settings import load

    settings = load(study)
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
        f"Retrait noté. Reconstruisez (`pic build --study {study}`) et publiez : le livre en ligne "
        "garde la trace jusque-là.\n"
        "    → Les fichiers bruts et l’historique de git gardent la parole : s’ils sont publics, purgez-les aussi."
    )
