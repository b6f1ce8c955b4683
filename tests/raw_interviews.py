"""The raw files of three interviews, written where a test asks: a dictionary of names and texts."""

from __future__ import annotations

from pathlib import Path

from pic_analysis.cleaning.interviews import CleanInterviews, clean
from pic_analysis.reading.settings import example

FILES = {
    "registre.csv": (
        "Entretien,Type,Cas,Date,Mode,Consentement\n"
        "INT001,Élu,Eco,2015-11-04,téléphone,oui\n"
        "INT002,habitante,,04/11/2015,face à face,oui\n"
        "INT003,asso,Agri,42312,visio,oui\n"
    ),
    "correspondance_types.csv": (
        "Libellé,Type\nÉlu,elus\nhabitante,habitants\nasso,associations\nagent de la ville,agents\n"
    ),
    "grille.csv": "Code,Intitulé,Code parent,Lien,Version,Fondu dans\na_b,Flèche,,A>B,1,\na_b_1,Fierté,a_b,A>B-1,1,\n",
    "codages_A.csv": (
        "Entretien,Début,Fin,Code,Sens\n"
        "INT001,10,20,a_b_1,appuie\n"
        "INT002,30,41,a_b_1,contredit\n"
        "INT003,5,9,a_b_1,nuance\n"
    ),
    "codages_B.csv": "Entretien,Début,Fin,Code,Sens\nINT001,11,20,a_b_1,appuie\nINT002,30,41,a_b_1,appuie\n",
    "questions.csv": "Entretien,Code\nINT001,a_b_1\nINT002,a_b_1\n",
}


def write(folder: Path, **texts: str | bytes | None) -> Path:
    """Write the files, some replaced or removed (``registre=...``); return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = FILES | {(name if "." in name else f"{name}.csv"): text for name, text in texts.items()}
    for name, text in files.items():
        (folder / name).unlink(missing_ok=True)
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def cleaned(folder: Path, **texts: str | bytes | None) -> CleanInterviews:
    """Write the files and clean them."""
    return clean(write(folder, **texts), example())


def errors(result: CleanInterviews) -> list[str]:
    """Return what stops the build, as it is told."""
    return [str(problem) for problem in result.problems if problem.blocking]
