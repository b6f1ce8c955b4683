"""``pic new``: begin a study."""

from __future__ import annotations

import click

from pic_analysis.pipeline.errors import USAGE, StepError
from pic_analysis.terminal import Count, FrenchCommand


@click.command(cls=FrenchCommand, example="pic new Valenciennes --insee 59606")
@click.argument("territory", metavar="TERRITOIRE")
@click.option("--insee", required=True, metavar="CODE", help="Code INSEE de la commune, vérifié.")
@click.option("--name", default="", metavar="NOM", help="Nom du dossier, s’il n’est pas tiré de celui du territoire.")
@click.option(
    "--year", default=None, metavar="ANNÉE", type=Count(), help="Année de l’évaluation (celle-ci par défaut)."
)
def new(territory: str, insee: str, name: str, year: int | None) -> None:
    """Commencer une étude.

    Écrire dans data/raw un dossier avec ses tables vides, un exemple de chacune et une notice ; son livre se construit
    aussitôt.
    """
    import datetime

    from pic_analysis.publishing import new_study
    from pic_analysis.reading.communes import CommuneError

    try:
        study = new_study.new_study(territory, insee, name=name, year=year or 0, today=datetime.date.today())
        place = new_study.write(study)
    except (new_study.NewStudyError, CommuneError) as refusal:
        raise StepError(str(refusal), USAGE) from None
    click.echo(f"Étude commencée : {place}")
    click.echo(f"  Code INSEE {study.insee} : vérifiez que c’est celui de {study.territory}, non un code postal.")
    click.echo(f"  {place / 'LISEZMOI.md'} dit par où commencer ; modeles/ donne un exemple de chaque table.")
    click.echo(f"  Son livre se construit déjà : `pic build --study {study.name}`")
