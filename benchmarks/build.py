"""Time `pic build` beside `jupyter-book build` that executes every notebook, on the same pages, in the same run."""

from __future__ import annotations

import argparse
import compileall
import importlib.metadata
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from pic_analysis import paths

STUDY = "loos_2016"
TAKEN = ("_config.yml", "CITATION.cff", "CHANGELOG.md", "requirements.lock", "book", "data", "notebooks")
DATUM = ("indicators/observations.csv", "statements.csv")
"""Tables in which one datum is changed: a value of an indicator, a statement of the evidence."""


@dataclass(frozen=True)
class Cost:
    """What one command took: seconds of wall clock, and of processor in all its processes."""

    wall: float
    cpu: float


def copied(root: Path, folder: Path) -> Path:
    """Copy a compendium, nothing built."""
    folder.mkdir(parents=True)
    for name in TAKEN:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    return folder


def run(root: Path, *command: str) -> Cost:
    """Run a command in a compendium and return its cost; stop on a failure, with what it said."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PIC_ROOT": str(root), "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1", "TZ": "UTC"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def by_jupyter_book(root: Path) -> Cost:
    """Build every page with Jupyter Book alone, which executes every notebook.

    It sees neither a changed module nor a changed table, so this is what its user does after any change.
    """
    shutil.rmtree(root / "alone", ignore_errors=True)
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["execute"] = {"execute_notebooks": "force", "timeout": -1}
    (root / "_force.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    main = "from jupyter_book.cli.main import main; main()"
    return run(root, "-c", main, "build", "book", "--config", "_force.yml", "--path-output", "alone", "--all", "-q")


def build(root: Path, *options: str) -> Cost:
    """Do what is out of date."""
    return run(root, "-m", "pic_analysis", "build", "--study", STUDY, *options)


def from_nothing(root: Path) -> Cost:
    """Do everything, nothing having been built before."""
    for folder in (".pic", "_build"):
        shutil.rmtree(root / folder, ignore_errors=True)
    return build(root, "--force")


def one_datum(root: Path, table: str) -> Cost:
    """Change a datum of a table, accept it, and do what follows from it."""
    path = root / "data" / "raw" / STUDY / table
    change = _value if table.startswith("indicators") else _summary
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    run(root, "-m", "pic_analysis", "register", "--study", STUDY, "--yes")
    return build(root)


def _value(text: str) -> str:
    return text.replace(",6904,", ",6907,") if ",6904," in text else text.replace(",6907,", ",6904,")


def _summary(text: str) -> str:
    return (
        text.replace(" et ", " ainsi que ", 1) if " ainsi que " not in text else text.replace(" ainsi que ", " et ", 1)
    )


def said(name: str, costs: list[Cost], reference: list[Cost]) -> str:
    """Return one line: median and spread of the seconds, of the processor's, and how many times less than another."""
    walls, cpus = [cost.wall for cost in costs], [cost.cpu for cost in costs]
    ratios = [other.wall / cost.wall for cost, other in zip(costs, reference, strict=True)]
    spread = f"{min(walls):6.1f} – {max(walls):.1f}"
    times = "" if costs is reference else f"{statistics.median(ratios):6.1f} ({min(ratios):.1f} – {max(ratios):.1f})"
    return f"{name:38} {statistics.median(walls):7.1f} s {spread:>17} {statistics.median(cpus):8.1f} s  {times}"


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (3)")
    repeat = parser.parse_args().repeat
    root = paths.root()
    # Compiled modules halve every import: both sides have them.
    compileall.compile_dir(Path(__file__).parents[1] / "src", quiet=1)
    with tempfile.TemporaryDirectory(prefix="pic-bench-") as place:
        ours, other = copied(root, Path(place, "ours")), copied(root, Path(place, "alone"))
        steps: dict[str, Callable[[], Cost]] = {
            "jupyter-book, every notebook executed": lambda: by_jupyter_book(other),
            "pic build, from nothing": lambda: from_nothing(ours),
            "pic build, one value changed": lambda: one_datum(ours, DATUM[0]),
            "pic build, one statement changed": lambda: one_datum(ours, DATUM[1]),
            "pic build, nothing changed": lambda: build(ours),
        }
        costs: dict[str, list[Cost]] = {name: [] for name in steps}
        for _ in range(repeat):
            for name, step in steps.items():
                costs[name].append(step())
                print(f"  {name}: {costs[name][-1].wall:.1f} s", file=sys.stderr, flush=True)
        notebooks = sum(1 for _ in (ours / "book").rglob("*.ipynb"))
        pages = sum(1 for _ in (ours / "_build" / "html").rglob("*.html"))
    installed = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("jupyter-book", "papermill"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {platform.python_version()}, {installed}, {platform.machine()}, {cores} cores, .pyc present")
    print(f"{notebooks} notebooks, {pages} pages, {repeat} runs of each, one after the other\n")
    print(f"{'':38} {'median':>9} {'min – max':>17} {'processor':>10}  times less (min – max)")
    reference = costs["jupyter-book, every notebook executed"]
    for name, found in costs.items():
        print(said(name, found, reference))


if __name__ == "__main__":
    main()
