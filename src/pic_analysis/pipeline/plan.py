"""Write down the steps of a study's build, what each depends on, and what it makes.

The five rules: a notebook is executed again when, and only when, one of these changed since its last success

1. ``cells``: the notebook's code cells and texts;
2. ``parameters``: the resolved parameters, and the labels put in its texts;
3. ``data``: the bytes of the processed tables that it opened, and of ``study.yml``;
4. ``modules``: the modules of the package that it imports, or that execute it, directly or not;
5. ``lock``: ``requirements.lock``.

A page may show another study than the book's (fictitious interviews): its data are then that study's, cleaned here too.

A result that was deleted or edited by hand is made again too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pic_analysis
from pic_analysis import paths
from pic_analysis.pipeline import imports, nodes, tasks
from pic_analysis.publishing.notebooks import Job, jobs, record_of
from pic_analysis.publishing.release import edition_before, release
from pic_analysis.reading import families
from pic_analysis.reading.settings import Settings, holds_evidence, offers

PACKAGE = Path(pic_analysis.__file__).parent
CLEAN, PASSPORTS, CARDS, OPEN_DATA, PAGES, BOOK = "clean", "passports", "fiches", "open_data", "pages", "book"
_OTHERS = (PASSPORTS, CARDS, OPEN_DATA, PAGES, BOOK)
_EXECUTING = ("notebooks", "nursery_process")
"""Modules that execute notebooks: the second is started as a program, and imported by none."""

_DESCRIPTIONS = ("datapackage.json", "ro-crate-metadata.json")


@dataclass(frozen=True)
class Step:
    """One step: its name in commands, its label for readers, its function, what goes in, what comes out."""

    name: str
    label: str
    function: Callable[..., None]
    inputs: dict[str, nodes.Node]
    output: nodes.Node
    study: str = ""
    """The study, if its book is not the compendium's own."""


def plan(settings: Settings, *, package: Path = PACKAGE) -> tuple[Step, ...]:
    """Return the steps of a study in order: cleaning, passports, cards of indicators, open data, notebooks, book.

    The book of another study than the compendium's own has its pages derived from its tables, by one more step.

    Parameters
    ----------
    settings
        The study's settings: they give the list of notebooks.
    package
        Folder of the package whose modules are watched.
    """
    root = paths.root()
    study = _Study(settings, root, imports.Package(package, root / ".pic" / "imports.json"))
    made = jobs(settings)
    others = dict.fromkeys(str(job.parameters["study"]) for job in made if job.parameters["study"] != settings.name)
    pages = tuple(study.notebook(job) for job in made)
    files = (*study.passports(), *study.cards())
    files = (*files, *study.open_data(files))
    derived = study.pages(pages)
    cleaned = (study.cleaning(), *map(study.cleaning, others))
    steps = (*cleaned, *files, *derived, *pages, study.book(files, pages, derived, study.compared(others)))
    return steps if study.own else tuple(replace(step, study=settings.name) for step in steps)


def after(step: str) -> nodes.Done:
    """Return the node by which a step waits for another."""
    return nodes.Done(name=f"{step} (fait)")


def is_cleaning(name: str) -> bool:
    """Say whether a step cleans tables: the study's own, or those of another study that one of its pages shows."""
    return name == CLEAN or name.startswith(f"{CLEAN}:")


def notebooks(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps that execute a notebook."""
    return tuple(step for step in steps if not is_cleaning(step.name) and step.name not in _OTHERS)


@dataclass(frozen=True)
class _Study:
    """What the steps of one study share."""

    settings: Settings
    root: Path
    package: imports.Package

    @property
    def home(self) -> Path:
        return paths.home(self.settings.name)

    @property
    def own(self) -> bool:
        """Whether the book is the compendium's own, whose pages are written by hand."""
        return self.home == self.root

    def _place(self, path: str) -> str:
        """Return the name of a file of the book's folder, from the root."""
        return (self.home / path).relative_to(self.root).as_posix()

    def cleaning(self, other: str = "") -> Step:
        name = other or self.settings.name
        raw, modules = paths.raw(name), self._modules(CLEAN, f"{self.package.name}.cleaning.study")
        inputs: dict[str, nodes.Node] = {
            "study": nodes.Value(name=f"étude {name}", value=name, hashed=name),
            "raw": nodes.Folder(name=f"data/raw/{name}", path=raw),
            "modules": modules,
            "lock": self._lock(),
        }
        step, label = (f"{CLEAN}:{other}", f"nettoyage de {other}") if other else (CLEAN, "nettoyage des tables")
        return Step(step, label, tasks.clean, inputs, self._tables(name))

    def passports(self) -> tuple[Step, ...]:
        """Return the step that writes the passports; none where a study has interviews or indicators alone."""
        name = self.settings.name
        if not (self.own or holds_evidence(name)):
            return ()
        inputs: dict[str, nodes.Node] = {
            "study": nodes.Value(name="étude des passeports", value=name, hashed=name),
            **self._opened(PASSPORTS, parts=()),
            "settings": self._study_file(),
            "modules": self._modules(PASSPORTS, f"{self.package.name}.publishing.results"),
            "lock": self._lock(),
        }
        folder = paths.passports(name)
        output = nodes.Folder(name=f"data/processed/{name}/{folder.name}", path=folder)
        return (Step(PASSPORTS, "passeports des conclusions", tasks.passports, inputs, output),)

    def cards(self) -> tuple[Step, ...]:
        """Return the step that writes the files of the indicators; none where a study has no indicators."""
        name = self.settings.name
        if not (paths.raw(name) / paths.INDICATORS).is_dir():
            return ()
        inputs: dict[str, nodes.Node] = {
            "study": nodes.Value(name="étude des fiches", value=name, hashed=name),
            **self._opened(CARDS, parts=(paths.INDICATORS,), evidence=False),
            "settings": self._study_file(),
            "modules": self._modules(CARDS, f"{self.package.name}.publishing.indicator_results"),
            "lock": self._lock(),
        }
        folder = paths.cards(name)
        place = f"data/processed/{name}/{paths.INDICATORS}/{folder.name}"
        output = nodes.Folder(name=place, path=folder)
        return (Step(CARDS, "fiches des indicateurs", tasks.cards, inputs, output),)

    def open_data(self, files: tuple[Step, ...]) -> tuple[Step, ...]:
        """Return the step that writes the open data; none where a study offers none."""
        name, folder = self.settings.name, paths.processed(self.settings.name)
        if not (self.own or offers(self.settings)):
            return ()
        inputs: dict[str, nodes.Node] = {
            "study": nodes.Value(name="étude des données ouvertes", value=name, hashed=name),
            "root": nodes.Value(name="dépôt des données ouvertes", value=self.root, hashed=""),
            "data": self._tables(),
            **{step.name: step.output for step in files},
            "settings": self._study_file(),
            "citation": nodes.File(name="CITATION.cff", path=self.root / "CITATION.cff"),
            "modules": self._modules(OPEN_DATA, f"{self.package.name}.publishing.open_data"),
            "lock": self._lock(),
        }
        made = (
            nodes.Folder(name=self._place("_build/site/donnees"), path=self.home / "_build" / "site" / "donnees"),
            nodes.Folder(name=f"data/processed/{name}/exports", path=folder / "exports"),
            *(nodes.File(name=f"data/processed/{name}/{file}", path=folder / file) for file in _DESCRIPTIONS),
            *([nodes.File(name="codemeta.json", path=self.root / "codemeta.json")] if self.own else []),
        )
        output = nodes.Several(name=f"données ouvertes de {name}", nodes=made)
        return (Step(OPEN_DATA, "données ouvertes", tasks.open_data, inputs, output),)

    def pages(self, pages: tuple[Step, ...]) -> tuple[Step, ...]:
        """Return the step that derives the pages of a book from its study's tables; none where people wrote them."""
        if self.own:
            return ()
        name = self.settings.name
        inputs: dict[str, nodes.Node] = {
            "study": nodes.Value(name=f"étude des pages ({name})", value=name, hashed=name),
            "data": self._tables(),
            "settings": self._study_file(),
            "config": nodes.File(name="_config.yml", path=self.root / "_config.yml"),
            "by_hand": nodes.Optional(
                name=self._place("pages"), node=nodes.Folder(name="pages", path=self.home / "pages", pattern="*.md")
            ),
            "notebooks": nodes.Value(
                name=f"carnets des pages ({name})", value=None, hashed=[step.output.name for step in pages]
            ),
            "modules": self._modules(PAGES, f"{self.package.name}.publishing.study_book"),
            "templates": nodes.Folder(name="templates", path=self.package.folder / "publishing" / "templates"),
            "lock": self._lock(),
        }
        made = tuple(self.root / step.output.name for step in pages)
        config = nodes.File(name=self._place("_config.yml"), path=self.home / "_config.yml")
        folder = nodes.Folder(name=self._place("book"), path=self.home / "book", excluded=made)
        output = nodes.Several(name=f"pages de {self._place('book')}", nodes=(config, folder))
        return (Step(PAGES, "pages du livre", tasks.pages, inputs, output),)

    def notebook(self, job: Job) -> Step:
        shown = str(job.parameters["study"])  # another study's tables are its own to follow
        resolved = {
            **job.parameters,
            "{{title}}": job.title,
            **{f"{{{{{k}}}}}": v for k, v in job.labels.items()},
        }
        inputs: dict[str, nodes.Node] = {
            "cells": nodes.Cells(name=f"{job.source.as_posix()} (cellules)", path=self.root / job.source),
            "parameters": nodes.Value(name=f"{job.name} (paramètres)", value=(job, self.root), hashed=resolved),
            **self._opened(job.name, shown, record=self.root / record_of(job)),
            "settings": self._study_file(shown),
            "modules": self._modules(
                job.name,
                *(f"{self.package.name}.publishing.{executing}" for executing in _EXECUTING),
                notebook=self.root / job.source,
            ),
            "lock": self._lock(),
        }
        output = nodes.File(name=job.output.as_posix(), path=self.root / job.output)
        return Step(job.name, f"carnet {job.output.stem}", tasks.notebook, inputs, output)

    def compared(self, cleaned: Iterable[str]) -> dict[str, nodes.Node]:
        """Return what the compendium's own book compares its study with: the tables of the others.

        Parameters
        ----------
        cleaned
            Other studies that a step of this one cleans.
        """
        if not self.own:
            return {}
        declared = paths.root() / "data" / "raw" / families.FILE
        inputs: dict[str, nodes.Node] = {
            "families": nodes.File(name=f"data/raw/{families.FILE}", path=declared, optional=True)
        }
        for other in (name for name in paths.studies() if name != self.settings.name):
            tables = self._tables(other)
            inputs[f"tables of {other}"] = (
                tables if other in cleaned else nodes.Optional(name=f"{tables.name} (s’il y en a)", node=tables)
            )
            inputs[f"settings of {other}"] = self._study_file(other)
        return inputs

    def book(
        self,
        files: tuple[Step, ...],
        pages: tuple[Step, ...],
        derived: tuple[Step, ...],
        compared: dict[str, nodes.Node],
    ) -> Step:
        made = tuple(self.root / step.output.name for step in pages)
        publishing = tuple(
            ".".join((self.package.name, *path.relative_to(self.package.folder).with_suffix("").parts))
            for room in ("publishing", "figures")
            for path in sorted((self.package.folder / room).rglob("*.py"))
        )
        # A change in one of these may show on any page: the book is then read again from the start.
        everywhere: dict[str, nodes.Node] = {
            "config": nodes.File(name=self._place("_config.yml"), path=self.home / "_config.yml"),
            "contents": nodes.File(name=self._place("book/_toc.yml"), path=self.home / "book" / "_toc.yml"),
            "public_figures": self._public_figures(),
            "modules": self._modules(BOOK, *publishing),
            # The theme's templates and styles are files of the package too.
            "theme": nodes.Folder(name="publishing", path=self.package.folder / "publishing"),
            "lock": self._lock(),
            "edition_before": nodes.Value(name="édition précédente", value="", hashed=edition_before(self.root)),
        }
        inputs = {
            **everywhere,
            # The book finds itself which pages they change.
            "data": self._tables(),
            "settings": self._study_file(),
            **compared,
            # On every page too, but around its text: pages are written again, and not read again.
            "release": nodes.Value(name="édition", value="", hashed=release(self.root).context),
            **{step.name: step.output for step in files},
            "place": nodes.Value(name="livre", value=(self.home, tuple(everywhere.values())), hashed=""),
            "pages": nodes.Folder(name=self._place("book"), path=self.home / "book", excluded=made),
            **{step.name: step.output for step in pages},
        }
        if derived:  # what another step makes is known by that step's name
            inputs = {**inputs, "pages": derived[0].output}
            del inputs["config"], inputs["contents"]
        output = nodes.Folder(name=self._place("_build/html"), path=self.home / "_build" / "html")
        return Step(BOOK, "livre", tasks.book, inputs, output)

    def _tables(self, other: str = "", parts: tuple[str, ...] = paths.PARTS, *, evidence: bool = True) -> nodes.Folder:
        name = other or self.settings.name
        place = f"data/processed/{name}"
        folder = paths.processed(name)
        made = tuple(folder / file for file in _DESCRIPTIONS)  # of the tables, not among them
        return nodes.Folder(name=place, path=folder, excluded=made, deep=False, also=parts, own=evidence)

    def _opened(
        self,
        step: str,
        study: str = "",
        parts: tuple[str, ...] = paths.PARTS,
        *,
        evidence: bool = True,
        record: Path | None = None,
    ) -> dict[str, nodes.Node]:
        """Return the tables that a step opens, and what makes it wait until they are cleaned."""
        own = study in ("", self.settings.name)
        tables = nodes.Opened(
            name=f"{step} (données lues)",
            folder=self._tables(study, parts, evidence=evidence),
            record=record,
            root=self.root,
        )
        return {"data": tables, "cleaned": after(CLEAN if own else f"{CLEAN}:{study}")}

    def _study_file(self, other: str = "") -> nodes.File:
        name = other or self.settings.name
        return nodes.File(name=f"data/raw/{name}/study.yml", path=paths.raw(name) / "study.yml")

    def _public_figures(self) -> nodes.File:
        path = paths.raw(self.settings.name) / paths.PUBLIC_FIGURES
        return nodes.File(name=f"data/raw/{self.settings.name}/{path.name}", path=path, optional=True)

    def _lock(self) -> nodes.File:
        return nodes.File(name="requirements.lock", path=self.root / "requirements.lock", optional=True)

    def _modules(self, step: str, *start: str, notebook: Path | None = None) -> nodes.Modules:
        return nodes.Modules(name=f"{step} (modules)", package=self.package, start=start, notebook=notebook)


def missing(steps: Iterable[Step]) -> list[str]:
    """Return the names of what steps need, that no step makes and that is not there."""
    steps = tuple(steps)
    made = {step.output.name for step in steps}
    read = (node for step in steps for node in step.inputs.values())
    needed = {node.name: node for node in (node.folder if isinstance(node, nodes.Opened) else node for node in read)}
    return [name for name, node in needed.items() if name not in made and node.state() is None]
