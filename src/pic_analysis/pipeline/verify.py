"""Compute again what is committed, beside it, and say what differs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pic_analysis import machine, paths
from pic_analysis.pipeline.crew import Crew
from pic_analysis.publishing.notebooks import Job, NotebookError, executed, jobs
from pic_analysis.reading import registry
from pic_analysis.reading.settings import Settings


def differences(settings: Settings, *, workers: int | None = None, say: Callable[[str], None] = print) -> list[str]:
    """Return, in French, each committed file that computing again does not give byte for byte.

    Parameters
    ----------
    settings
        The study's settings.
    workers
        Notebooks executed at the same time.
    say
        Receives one line for each part verified.
    """
    root = paths.root()
    found = [str(problem) for problem in registry.verify(paths.raw(settings.name))]
    say(_line("registre des données brutes", len(found)))
    tables = table_differences(settings.name)
    say(_line("tables nettoyées", len(tables)))
    found = list(dict.fromkeys([*found, *tables]))
    if not any(paths.processed(settings.name).glob("*.csv")):
        return found  # a study of interviews alone has no claims, hence no passports and no pages
    made = jobs(settings)
    shown = (str(job.parameters["study"]) for job in made)
    for other in dict.fromkeys(name for name in shown if name != settings.name):
        tables = [*map(str, registry.verify(paths.raw(other))), *table_differences(other)]
        say(_line(f"tables nettoyées de {other}", len(tables)))
        found += dict.fromkeys(tables)
    passports = passport_differences(settings.name)
    say(_line("passeports des conclusions", len(passports)))
    found += passports
    if paths.cards(settings.name).is_dir():
        cards = card_differences(settings.name)
        say(_line("fiches des indicateurs", len(cards)))
        found += cards
    offered = open_data_differences(settings.name)
    say(_line("données ouvertes", len(offered)))
    found += offered
    with Crew(workers or machine.places(), say=say) as crew:
        waiting = [(job, crew.submit(notebook_difference, job, root)) for job in made]
        for job, future in waiting:
            difference = future.result()
            found += [difference] if difference else []
            say(_line(f"carnet {job.output.stem}", bool(difference)))
    return found


def table_differences(study: str) -> list[str]:
    """Return the processed tables that the cleaning does not give again byte for byte."""
    from pic_analysis.cleaning import study as cleaning

    result = cleaning.clean(study)
    if result.report.errors:
        return [str(problem) for problem in result.report.errors]
    with tempfile.TemporaryDirectory() as folder:
        cleaning.write(result, Path(folder), study)
        return folder_differences(paths.processed(study), Path(folder))


def passport_differences(study: str) -> list[str]:
    """Return the files computed of the claims that computing again does not give byte for byte."""
    from pic_analysis.publishing import results
    from pic_analysis.study import Study

    return _file_differences(paths.passports(study), results.files(Study.load(study)))


def card_differences(study: str) -> list[str]:
    """Return the files of the indicators that computing again does not give byte for byte."""
    from pic_analysis.observatory import Observatory
    from pic_analysis.publishing import indicator_results

    return _file_differences(paths.cards(study), indicator_results.files(Observatory.load(study)))


def _file_differences(folder: Path, made: dict[str, bytes]) -> list[str]:
    committed = {path.name: path.read_bytes() for path in folder.glob("*")}
    place = folder.relative_to(paths.root()).as_posix()
    return [
        f"{place}/{name} : diffère de ce que le calcul donne.\n    → `pic build`, puis relisez la différence dans git"
        for name in sorted(made.keys() | committed.keys())
        if made.get(name) != committed.get(name)
    ]


def open_data_differences(study: str) -> list[str]:
    """Return the descriptions of the open data that computing again does not give byte for byte."""
    from pic_analysis.publishing import open_data
    from pic_analysis.study import Study

    return open_data.differences(Study.load(study), paths.root())


def folder_differences(committed: Path, computed: Path) -> list[str]:
    """Return the tables of two folders that are not the same, by name."""
    old, new = (
        {p.relative_to(folder).as_posix(): p.read_bytes() for p in _published(folder)}
        for folder in (committed, computed)
    )
    said = {name: "n’est plus produite par le nettoyage" for name in old.keys() - new.keys()}
    said |= {name: "est produite par le nettoyage mais absente" for name in new.keys() - old.keys()}
    for name in (name for name in old.keys() & new.keys() if old[name] != new[name]):
        said[name] = f"diffère du nettoyage, ligne {_first_difference(old[name].splitlines(), new[name].splitlines())}"
    place = f"data/processed/{committed.name}"
    return [
        f"{place}/{name} : la table {what}.\n    → `pic clean`, puis relisez la différence dans git"
        for name, what in sorted(said.items())
    ]


def _published(folder: Path) -> list[Path]:
    return [
        p
        for part in (folder, *(folder / name for name in paths.PARTS))
        for kind in ("*.csv", "*.schema.json")
        for p in part.glob(kind)
    ]


def notebook_difference(job: Job, root: Path) -> str:
    """Execute a job again and say how its page differs; an empty string if it does not."""
    page = job.output.as_posix()
    if not (root / job.output).is_file():
        return f"{page} : absent.\n    → `pic run {job.name}`"
    try:
        computed = executed(job, root, cold=True)
    except NotebookError as error:
        return str(error)
    committed = (root / job.output).read_text(encoding="utf-8")
    if computed == committed:
        return ""
    hint = f"\n    → `pic run --force {job.name}`, puis relisez la différence dans git"
    return f"{page} : diffère{_place(committed, computed)}.{hint}"


def _place(committed: str, computed: str) -> str:
    try:
        old, new = (json.loads(text)["cells"] for text in (committed, computed))
    except (ValueError, KeyError, TypeError):
        return " (le fichier n’est pas un carnet lisible)"
    return f", cellule {_first_difference(old, new)}" if old != new else " hors de ses cellules"


def _first_difference(old: list[Any], new: list[Any]) -> int:
    same = (number for number, pair in enumerate(zip(old, new, strict=False), start=1) if pair[0] != pair[1])
    return next(same, min(len(old), len(new)) + 1)


def _line(label: str, faults: int) -> str:
    return f"  {label} : " + ("identique" if not faults else f"{int(faults)} différence" + ("s" if faults > 1 else ""))
