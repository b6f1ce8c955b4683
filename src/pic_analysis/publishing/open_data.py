"""Write what the open-data page offers: every table in every format, its descriptions, the theory for other tools."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pic_analysis import paths
from pic_analysis.files import write_atomically
from pic_analysis.publishing import citation_file, data_package, ro_crate, theory_exports
from pic_analysis.publishing.bundles import stored_zip
from pic_analysis.publishing.citation_file import SOFTWARE, CitationFile
from pic_analysis.publishing.offered import Offered, offered
from pic_analysis.publishing.theory_exports import FOLDER
from pic_analysis.study import Study

SITE = Path("_build") / "site"
"""What the book takes as it is (``html_extra_path``)."""
PLACE = "donnees"
"""Folder of open data in the book, beside its pages: its addresses do not change from one edition to the next."""
NOTICE, SUMS = "LISEZMOI.txt", "SHA256SUMS"
_KEYWORDS = ("contribution analysis", "evaluation", "reproducible research")


def described(study: Study, about: CitationFile) -> dict[str, bytes]:
    """Return what is committed beside the tables, by path in the study's folder: descriptions, theory for other tools.

    The same paths hold in the folder that is published.
    """
    tables = offered(study.settings.name)
    package = data_package.data_package(study, tables, about)
    made = {f"{FOLDER}/{name}": content for name, content in theory_exports.theory_files(study).items()}
    made[data_package.FILE] = _json(package)
    files = {data_package.FILE: ("Descripteur des tables (Frictionless)", made[data_package.FILE])}
    for table in tables:
        files[table.path] = (table.table.title_fr, table.content)
        files[table.schema_path] = (f"{table.table.title_fr} : schéma", _schema(study, table))
    for name, title in theory_exports.TITLES.items():
        files[f"{FOLDER}/{name}"] = (title, made[f"{FOLDER}/{name}"])
    made[ro_crate.FILE] = _json(ro_crate.ro_crate(package, files, about))
    return made


def published(study: Study, about: CitationFile) -> dict[str, bytes]:
    """Return every file of the folder that is published, by path: tables in each format, what describes them, a zip.

    Raises
    ------
    ValueError
        If the study is fictitious: its tables would pass for data.
    """
    if study.settings.demo:
        raise ValueError("fictitious tables are not open data")
    made = described(study, about)
    for table in offered(study.settings.name):
        made[table.path] = table.content
        made[table.schema_path] = _schema(study, table)
        made[table.excel_path] = table.excel
        made[table.parquet_path] = table.parquet(study.settings.name)
    if is_own(study, paths.root()):
        made[citation_file.CODEMETA] = _json(citation_file.codemeta(about))
    made[NOTICE] = notice(study, about).encode("utf-8")
    made = dict(sorted(made.items()))
    made[SUMS] = sums(made)
    name = study.settings.name
    return {**made, archive(name): stored_zip({f"{name}/{path}": content for path, content in made.items()})}


def archive(study: str) -> str:
    """Return the name of the zip that holds everything."""
    return f"{study}.zip"


def sums(files: Mapping[str, bytes]) -> bytes:
    r"""Return the sha256 of files as ``sha256sum --check`` reads them.

    >>> sums({"a.csv": b""}).decode()[:16], sums({"a.csv": b""}).decode()[64:]
    ('e3b0c44298fc1c14', '  a.csv\n')
    """
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items()).encode()


def notice(study: Study, about: CitationFile) -> str:
    """Return the notice that goes with the files, in French."""
    licence = data_package.LICENCE
    parts = (
        data_package.title(study),
        f"{licence['title']} : {licence['path']}",
        f"Pour citer : {about.cited}.",
        f"Rapport évalué, tous droits réservés à ses auteurs : {study.settings.citation.strip()}."
        if study.settings.citation.strip()
        else "Les documents codés restent sous le droit de leurs auteurs.",
        f"{data_package.FILE} décrit chaque table ; {ro_crate.FILE} dit d’où elles viennent.\n"
        "nom.csv : UTF-8, virgule, point décimal. nom.schema.json : son schéma (Table Schema).\n"
        "nom.parquet : les mêmes lignes, avec le type de chaque colonne.\n"
        "nom_excel.csv : les mêmes lignes pour Excel en français (point-virgule, virgule décimale). Une cellule qui "
        "commence comme une formule y porte une apostrophe.\n"
        f"{FOLDER}/ : la théorie du changement pour d’autres outils.\n"
        f"{SUMS} : l’empreinte de chaque fichier (sha256sum --check {SUMS}).",
    )
    return "\n\n".join(parts) + "\n"


def write(study: Study, root: Path) -> None:
    """Write the published folder, what is committed beside the tables, and the software's record; drop what is stale.

    Parameters
    ----------
    study
        The evaluation.
    root
        Root of the compendium: it holds CITATION.cff.
    """
    about = citation_of(study, root)
    for path, content in described(study, about).items():
        write_atomically(paths.processed(study.settings.name) / path, content)
    home = paths.home(study.settings.name)
    if is_own(study, root):
        write_atomically(root / citation_file.CODEMETA, _json(citation_file.codemeta(about)))
    place = home / SITE / PLACE
    made = published(study, about)
    for path, content in made.items():
        write_atomically(place / study.settings.name / path, content)
    for other in [path for path in place.glob("*") if path.name != study.settings.name]:
        shutil.rmtree(other)
    kept = {place / study.settings.name / path for path in made}
    for other in [path for path in place.rglob("*") if path.is_file() and path not in kept]:
        other.unlink()  # what was withdrawn may not stay


def read_citation(root: Path) -> CitationFile:
    """Return what the compendium's CITATION.cff says."""
    return citation_file.parse((root / citation_file.FILE).read_text(encoding="utf-8"))


def citation_of(study: Study, root: Path) -> CitationFile:
    """Return how the data of a study are cited.

    CITATION.cff is the record of the compendium and of the study that its own book publishes. Of another study, it says
    the software's version, date and licence; title, author, territory and evaluated work are those of its settings.
    """
    about, own = read_citation(root), study.settings
    if is_own(study, root):
        return about
    return replace(
        about,
        title=own.title_fr,
        authors=(citation_file.Author(own.author),) if own.author else (),
        keywords=(*_KEYWORDS, own.territory),
        works=(citation_file.Work(own.citation.strip(), ()),) if own.citation.strip() else (),
        software=SOFTWARE,
        abstract="",
        repository="",
        doi="",
    )


def is_own(study: Study, root: Path) -> bool:
    """Say whether a study is the one that the compendium's own book publishes: CITATION.cff is then its record."""
    return paths.home(study.settings.name) == root


def differences(study: Study, root: Path) -> list[str]:
    """Return, in French, each committed file that computing again does not give byte for byte."""
    about, name = citation_of(study, root), study.settings.name
    made = {f"data/processed/{name}/{path}": content for path, content in described(study, about).items()}
    if is_own(study, root):
        made[citation_file.CODEMETA] = _json(citation_file.codemeta(about))
    return [
        f"{path} : diffère de ce que le calcul donne.\n    → `pic build`, puis relisez la différence dans git"
        for path, content in made.items()
        if not (root / path).is_file() or (root / path).read_bytes() != content
    ]


def _schema(study: Study, table: Offered) -> bytes:
    return (paths.processed(study.settings.name) / table.schema_path).read_bytes()


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
