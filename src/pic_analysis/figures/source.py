"""Say where the numbers of a figure come from."""

from __future__ import annotations

from pic_analysis.study import Study

NO_VOTE = "Compter n’est pas voter : ces nombres disent d’où vient la preuve, pas ce qui est vrai."


def line(study: Study) -> str:
    """Return the source line of a figure.

    The territory is named in full, as ``study.yml`` gives it.
    """
    about = study.settings
    return f"Source : rapport d’évaluation de {about.year} ({about.territory}){coded(about.coder)}."


def coded(coder: str) -> str:
    """Return what a source line says of who coded; nothing where a study names nobody.

    >>> coded("Bureau des essais"), coded("")
    (', codage Bureau des essais', '')
    """
    return f", codage {coder}" if coder else ""
