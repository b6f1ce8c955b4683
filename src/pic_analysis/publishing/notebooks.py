"""Execute the parameterised notebooks, one job at a time, into the folder of the book."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pic_analysis import paths
from pic_analysis.files import write_atomically
from pic_analysis.publishing.kernels import private_kernel
from pic_analysis.publishing.stable import UnknownLabel, UnstableOutput, stable
from pic_analysis.publishing.surroundings import settled_here
from pic_analysis.reading.settings import is_demo
from pic_analysis.vocabulary import DEMO, nearest

if TYPE_CHECKING:
    from pic_analysis.reading.settings import Settings


DEMONSTRATION = "demo_entretiens"
"""Fictitious interviews, for a study that has none of its own to show the workshop on."""


class NotebookError(Exception):
    """Say in French which notebook failed, where, with which parameters, and what to do."""


@dataclass(frozen=True)
class Job:
    """One page to be made: a source notebook, its parameters, and where the result goes.

    Paths are relative to the root of the compendium. ``labels`` replace ``{{name}}`` in Markdown cells;
    ``title`` is one of them.
    """

    name: str
    source: Path
    output: Path
    parameters: Mapping[str, str | int]
    title: str
    labels: Mapping[str, str] = field(default_factory=dict)


def jobs(settings: Settings) -> tuple[Job, ...]:
    """Return the jobs of a study: its cases, packages and syntheses, its coding workshop, what its indicators tell."""
    study, notebooks, folder = settings.name, Path("notebooks"), book_folder(settings.name)
    cases = tuple(
        Job(
            case.id,
            notebooks / "etude_de_cas.ipynb",
            folder / "etudes-de-cas" / f"{case.page}.ipynb",
            {"study": study, "case": case.id},
            f"Étude de cas : {case.label_fr}",
            {"label": case.label_fr},
        )
        for case in settings.cases
    )
    packages = tuple(
        Job(
            package.id,
            notebooks / "paquet_causal.ipynb",
            folder / "paquets" / f"{package.page}.ipynb",
            {"study": study, "package": package.id},
            f"Paquet {package.id} : {package.label_fr}",
            {"label": package.label_fr},
        )
        for package in settings.packages
    )
    synthesis = Job(
        "synthese",
        notebooks / "synthese.ipynb",
        folder / "synthese.ipynb",
        {"study": study},
        "Synthèse des preuves",
    )
    solidity = Job(
        "solidite",
        notebooks / "solidite.ipynb",
        folder / "solidite.ipynb",
        {"study": study},
        "Solidité des conclusions",
    )
    guided = Job(
        "suivre_une_conclusion",
        notebooks / "suivre_une_conclusion.ipynb",
        folder / "suivre_une_conclusion.ipynb",
        {"study": study, **_guided(settings)},
        "Suivre une conclusion",
    )
    made = (*cases, *packages, synthesis, solidity, guided, *_workshop(study), *_indicators(settings))
    # The pages of the compendium's own book name its notebooks; the other books are derived from what there is.
    own = paths.home(study) == paths.root()
    return tuple(job for job in made if own or _has_rows(study, _NEEDS.get(job.source.stem, "")))


_NEEDS = {
    "etude_de_cas": "statements",
    "paquet_causal": "statements",
    "synthese": "statements",
    "solidite": "conclusions",
    "suivre_une_conclusion": "conclusion_support",
}
"""Table without a row of which a notebook has nothing to show."""


def _has_rows(study: str, table: str) -> bool:
    """Say whether a raw table has rows; yes where none is named."""
    path = paths.raw(study) / f"{table}.csv"
    return not table or (path.is_file() and path.read_bytes().strip().count(b"\n") > 0)


def book_folder(study: str) -> Path:
    """Return the folder of the pages of a study's book, from the root of the compendium."""
    return paths.home(study).relative_to(paths.root()) / "book"


def _guided(settings: Settings) -> dict[str, str]:
    """Return the conclusion to follow: the one that the study names, else its first; none where it has none."""
    table = paths.raw(settings.name) / "conclusions.csv"
    known = re.findall(r"^\W?(CCL\d\d)\b", _text(table), re.MULTILINE)
    name = settings.guided_conclusion or next(iter(known), "")
    return {"conclusion": name} if name else {}


def _text(path: Path) -> str:
    # Only names are read, to plan: the cleaning says what is wrong with a table.
    return path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""


def _indicators(settings: Settings) -> Iterator[Job]:
    """Yield the annual state of a study that has indicators and names its year, and each question asked of a series."""
    folder = paths.raw(settings.name) / paths.INDICATORS
    if not folder.is_dir():
        return
    if settings.annual_state:
        yield Job(
            "etat_annuel",
            Path("notebooks", "etat_annuel.ipynb"),
            book_folder(settings.name) / "etat-annuel.ipynb",
            {"study": settings.name, "year": settings.annual_state},
            f"État annuel {settings.annual_state}",
        )
    for row in csv.DictReader(io.StringIO(_text(folder / "impact_questions.csv"))):
        name, event = row.get("question_id") or "", row.get("event_fr") or ""
        if not re.fullmatch(r"QEF\d\d", name):
            continue
        yield Job(
            name,
            Path("notebooks", "question_effet.ipynb"),
            book_folder(settings.name) / "questions-effet" / f"{name.lower()}.ipynb",
            {"study": settings.name, "question": name},
            f"Question d’effet : {event[:1].lower()}{event[1:]}",
        )


def _workshop(study: str) -> tuple[Job, ...]:
    """Return the coding workshop: on the study's own interviews, else on the demonstration's, where they are there."""
    own = paths.home(study) == paths.root()
    for name in (study, DEMONSTRATION) if own else (study,):
        if any((paths.raw(name) / paths.INTERVIEWS).glob("registre.*")):
            title = f"Atelier de codage ({DEMO})" if is_demo(name) else "Atelier de codage"
            stem = "atelier_de_codage"
            source, output = Path("notebooks", f"{stem}.ipynb"), book_folder(study) / f"{stem}.ipynb"
            return (Job(stem, source, output, {"study": name}, title),)
    return ()


def check_parameters(job: Job, root: Path) -> None:
    """Refuse a parameter that the notebook does not declare: papermill would run without a word.

    Raises
    ------
    NotebookError
        If the notebook does not exist, has no ``parameters`` cell, or lacks one of the job's names.
    """
    import papermill

    if not (root / job.source).is_file():
        source = job.source.as_posix()
        raise NotebookError(f"Le carnet {source} n’existe pas.\n    → Rétablissez-le : git checkout {source}")
    declared = papermill.inspect_notebook(str(root / job.source))
    for name in job.parameters:
        if name not in declared:
            near = nearest(name, declared)
            raise NotebookError(
                f"Le carnet {job.source.as_posix()} n’a pas de paramètre « {name} »"
                + (f" ; le plus proche : « {near} »" if near else "")
                + ".\n    → Ses paramètres sont ceux de sa cellule étiquetée « parameters » : "
                + (", ".join(declared) or "elle est absente ou vide")
            )


def executed(job: Job, root: Path, *, cold: bool = False) -> str:
    """Execute a job's notebook and return its text; write nothing.

    Parameters
    ----------
    job
        What to execute.
    root
        Root of the compendium: the notebook's working folder.
    cold
        Whether to start a kernel for it, rather than to fork a process that has imported its modules.

    Raises
    ------
    NotebookError
        If a cell fails, writes on stderr or shows a memory address, or if a parameter is unknown.
    """
    return _executed(job, root, cold)[0]


def _executed(job: Job, root: Path, cold: bool) -> tuple[str, list[str] | None]:
    """Return a job's executed notebook, and the files of the data that it has opened; None where nobody saw it."""
    check_parameters(job, root)
    try:
        notebook = _once_more_on_port_race(job, root, cold)
        opened = notebook["metadata"].get("papermill", {}).get("opened")
        return stable(notebook, {"title": job.title, **job.labels}), opened
    except UnstableOutput as found:
        cell = _source_number(job, root, found.cell - 1)
        raise NotebookError(_failure(job, cell, f"{found.reason} : {found.text.strip()}")) from None
    except UnknownLabel as unknown:
        said = f"un texte demande « {{{{{unknown}}}}} », que la page ne connaît pas"
        raise NotebookError(_failure(job, None, said)) from None


def execute(job: Job, root: Path) -> None:
    """Execute a job's notebook and write the result; a failure leaves the old result as it was."""
    text, opened = _executed(job, root, cold=False)
    record = root / record_of(job)
    record.unlink(missing_ok=True)  # whatever happens between the two writings, all data are followed
    write_atomically(root / job.output, text)
    if opened is not None:
        write_atomically(record, json.dumps(opened, indent=0) + "\n")


def record_of(job: Job) -> Path:
    """Return the path of the list of the data that a job's last execution has opened."""
    # The notebooks of two studies have the same names.
    apart = job.output.parts[:2] if job.output.parts[0] == paths.STUDIES else ()
    return Path(".pic", "opened", *apart, f"{job.output.stem}.json")


def _once_more_on_port_race(job: Job, root: Path, cold: bool) -> Any:
    try:
        return _run(job, root, cold)
    except Exception as error:
        # About one start in 450: another program takes the port between its choice and its use.
        if not _is_port_race(error):
            raise
        return _run(job, root, cold)


def _is_port_race(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.EADDRINUSE
    return type(error) is RuntimeError and "Kernel died before replying" in str(error)


def _run(job: Job, root: Path, cold: bool) -> Any:
    import papermill
    from nbclient.exceptions import DeadKernelError

    from pic_analysis.publishing import engine

    try:
        with settled_here(root), private_kernel() as options:
            return papermill.execute_notebook(
                str(root / job.source),
                None,
                dict(job.parameters),
                engine_name=None if cold else engine.registered(),
                request_save_on_cell_execute=False,
                progress_bar=False,
                log_output=False,
                cwd=str(root),
                **options,
            )
    except papermill.PapermillExecutionError as error:
        said = f"{error.ename} : {error.evalue}" if error.evalue else error.ename
        raise NotebookError(_failure(job, _source_number(job, root, error.cell_index), _last_line(said))) from None
    except DeadKernelError:
        raise NotebookError(_failure(job, None, "son noyau s’est arrêté (mémoire insuffisante ?)")) from None


@contextmanager
def prepared(root: Path, modules: Iterable[str], *, keep: bool = False) -> Iterator[None]:
    """Have a process import modules, meanwhile, for the notebooks that will be executed.

    It ends with the block, unless one is to ``keep`` it for others: then it ends with this process.
    """
    from pic_analysis.publishing import nursery

    with suppress(nursery.Doubt), settled_here(root):  # elsewhere, each notebook has its kernel
        nursery.open_nursery(os.environ, modules)
    try:
        yield
    finally:
        if not keep:
            nursery.close_nurseries()


def _source_number(job: Job, root: Path, index: int) -> int:
    """Return the number (from 1) of an executed cell in the source, which lacks the injected cell."""
    cells = json.loads((root / job.source).read_text(encoding="utf-8"))["cells"]
    tagged = [i for i, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", [])]
    return index + 1 if not tagged or index <= tagged[0] else index


def _failure(job: Job, cell: int | None, said: str) -> str:
    parameters = ", ".join(f"{name}={value}" for name, value in job.parameters.items())
    place = f", cellule {cell}" if cell else ""
    return (
        f"Le carnet {job.source.as_posix()} a échoué{place} (paramètres : {parameters}).\n"
        f"    {said}\n"
        f"    → Ouvrez-le dans Jupyter avec ces paramètres et exécutez jusqu’à cette cellule. "
        f"La page {job.output.as_posix()} est restée telle qu’elle était."
    )


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
