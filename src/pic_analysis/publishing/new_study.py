"""Begin a study: its folder of raw data, with empty tables, examples and a notice, and a place for its own pages."""

from __future__ import annotations

import datetime
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from pic_analysis import paths
from pic_analysis.cleaning.decisions import COLUMNS, FILE
from pic_analysis.cleaning.study import raw_columns
from pic_analysis.reading import registry
from pic_analysis.reading.communes import commune
from pic_analysis.reading.settings import YEAR_FR, is_demo, is_year
from pic_analysis.schemas import TABLES

EXAMPLES = "modeles"
_COMPUTED = ("cleaning_log", "quarantine")
_TYPE_IT = 'écrivez-le entre guillemets droits, par exemple "Ma commune"'
_LONGEST = 60  # paths below it must hold on every system
# They would spoil study.yml, which is YAML, or be read as markup on every page.
_UNWRITABLE = re.compile(r"""["\\{}<>`*$|\[\]\x00-\x1f]""")
_LIGATURES = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}


class NewStudyError(Exception):
    """Say in French why no study was begun."""


@dataclass(frozen=True)
class NewStudy:
    """What is known of a study on its first day."""

    name: str
    territory: str
    insee: str
    year: int
    today: datetime.date

    @property
    def labels(self) -> dict[str, str]:
        """What the templates are filled with."""
        return {
            "name": self.name,
            "territory": self.territory,
            "title": f"Évaluation : {self.territory}",
            "insee": self.insee,
            "year": str(self.year),
            "today": self.today.isoformat(),
        }


def new_study(territory: str, insee: str, *, name: str = "", year: int = 0, today: datetime.date) -> NewStudy:
    """Return a study to begin.

    Parameters
    ----------
    territory
        Its name, as it is written.
    insee
        Code of its commune.
    name
        Name of its folder, if not made of that of the territory.
    year
        Year of the evaluation, if not this one.
    today
        Day of its beginning.

    Raises
    ------
    NewStudyError
        If a name cannot be used.
    CommuneError
        If the code is not that of a commune of today.
    """
    code = commune(insee)
    shown = " ".join(territory.split())
    if not shown:
        raise NewStudyError(f"Le territoire n’a pas de nom : {_TYPE_IT}.")
    if found := _UNWRITABLE.search(shown):
        said = f"« {shown} » ne peut pas être un nom de territoire : le signe {found.group()} n’y est pas permis"
        raise NewStudyError(f"{said}.\n    → Écrivez-le sans ce signe")
    known = name or slug(shown)
    if not known:
        raise NewStudyError(f"« {shown} » n’a aucune lettre dont nommer un dossier.\n    → Donnez-en un : --name")
    if len(known) > _LONGEST:
        said = f"Le nom du dossier aurait {len(known)} signes ; il en faut au plus {_LONGEST}"
        raise NewStudyError(f"{said}.\n    → Donnez-en un plus court : --name")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", known):
        raise NewStudyError(
            f"« {known} » ne peut pas nommer un dossier d’étude : il faut une lettre, puis des lettres sans accents ni "
            "majuscules, des chiffres et des _.\n    → Donnez-en un autre : --name"
        )
    if is_demo(known):
        raise NewStudyError(
            f"« {known} » est un nom d’étude fictive : rien de ce qu’elle dit n’atteindrait une conclusion.\n"
            "    → Donnez un autre nom : --name"
        )
    if year and not is_year(year):
        raise NewStudyError(f"« {year} » n’est pas {YEAR_FR}.\n    → Par exemple : --year {today.year}")
    return NewStudy(known, shown, code, year or today.year, today)


def slug(territory: str) -> str:
    """Return the name of a folder made of that of a territory.

    >>> [slug(name) for name in ("Saint-Étienne-du-Rouvray", "L’Haÿ-les-Roses", "Œuf-en-Ternois")]
    ['saint_etienne_du_rouvray', 'l_hay_les_roses', 'oeuf_en_ternois']
    """
    plain = unicodedata.normalize("NFKD", "".join(_LIGATURES.get(sign, sign) for sign in territory.replace("’", " ")))
    return "_".join(re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))


def raw_files(study: NewStudy) -> dict[str, str]:
    """Return the files of a study's raw folder, by path in it: settings, notice, empty tables, examples."""
    made = {f"{table}.csv": _header(raw_columns(table)) for table in TABLES if table not in _COMPUTED}
    made[FILE] = _header(COLUMNS)
    for path, text in _templates():
        for key, value in study.labels.items():
            text = text.replace(f"{{{{{key}}}}}", value)
        made[path] = text
    return dict(sorted(made.items()))


def write(study: NewStudy) -> Path:
    """Write a new study, whole or not at all; return its raw folder.

    Raises
    ------
    NewStudyError
        If there is a study of that name already.
    """
    place = paths.raw(study.name)
    refusal = (
        f"L’étude {study.name} existe déjà : {place}.\n    → Donnez un autre nom : --name {study.name}_{study.year}"
    )
    if place.exists():
        raise NewStudyError(refusal)
    aside = paths.root() / ".pic"
    aside.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=aside, prefix=f"{study.name}-"))
    try:
        for path, text in raw_files(study).items():
            target = made / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        registry.write(made)
        made.chmod(0o755)  # mkdtemp makes private folders
        made.rename(place)  # one move: a killed run leaves no study, or a whole one
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        if place.exists():
            raise NewStudyError(refusal) from error
        raise
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return place


def _templates() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every template."""
    return _texts(files(__package__).joinpath("templates", "etude"), PurePosixPath())


def _texts(folder: Traversable, place: PurePosixPath) -> Iterator[tuple[str, str]]:
    for found in folder.iterdir():
        if found.is_dir():
            yield from _texts(found, place / found.name)
        else:
            yield (place / found.name).as_posix(), found.read_text(encoding="utf-8")


def _header(columns: tuple[str, ...]) -> str:
    return ",".join(columns) + "\n"
