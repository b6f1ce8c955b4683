"""Say what a step depends on: each node's state is the sha256 of exactly what may change its result.

pytask asks a node for its ``state`` and reruns a step when one of its nodes' states is not the one of its
last success. pytask's own file node trusts dates; these read the bytes (a few megabytes in all).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pic_analysis.pipeline import imports


@dataclass(kw_only=True)
class Node:
    """What pytask needs of a node: a name unique in the build, and a state."""

    name: str
    attributes: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def signature(self) -> str:
        """Identify the node: what one step produces, another depends on by the same name."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def state(self) -> str | None:
        """Return the sha256 of the content; None if there is nothing."""
        raise NotImplementedError

    def load(self, is_product: bool = False) -> Any:
        """Return what the step's function receives."""
        raise NotImplementedError

    def save(self, value: Any) -> None:
        """Refuse: steps write their own files, atomically."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Value(Node):
    """A plain value: parameters, a study's name. It must be what JSON can hold."""

    value: Any
    hashed: Any

    def state(self) -> str:
        """Return the sha256 of the value as sorted JSON."""
        return digest(json.dumps(self.hashed, sort_keys=True, ensure_ascii=False).encode())

    def load(self, is_product: bool = False) -> Any:
        """Return the value."""
        return self.value


@dataclass(kw_only=True)
class File(Node):
    """One file; ``optional`` ones may be absent, and their absence is a state."""

    path: Path
    optional: bool = False

    def state(self) -> str | None:
        """Return the sha256 of the file's bytes."""
        if self.path.is_file():
            return digest(self.path.read_bytes())
        return "absent" if self.optional else None

    def load(self, is_product: bool = False) -> Path:
        """Return the path."""
        return self.path


@dataclass(kw_only=True)
class Folder(Node):
    """Every file of a folder, names included, but those whose path is excluded; hidden ones never count.

    A folder that is not ``deep`` holds only its own files, and those of the folders in it that are ``also`` named; its
    own may be left out.
    """

    path: Path
    pattern: str = "*"
    excluded: tuple[Path, ...] = ()
    deep: bool = True
    also: tuple[str, ...] = ()
    own: bool = True

    def state(self) -> str | None:
        """Return the sha256 of the list of names and sha256; None if there is no file."""
        found = [(path.relative_to(self.path).as_posix(), digest(path.read_bytes())) for path in self.files()]
        return digest(json.dumps(found).encode()) if found else None

    def files(self) -> list[Path]:
        """Return the files that count, sorted."""
        return [
            path
            for path in sorted(self._paths())
            if path.is_file() and path not in self.excluded and not _hidden(path.relative_to(self.path))
        ]

    def _paths(self) -> list[Path]:
        if self.deep:
            return [*self.path.rglob(self.pattern)]
        within = [path for name in self.also for path in (self.path / name).glob(self.pattern)]
        return [*(self.path.glob(self.pattern) if self.own else ()), *within]

    def load(self, is_product: bool = False) -> Path:
        """Return the folder."""
        return self.path


@dataclass(kw_only=True)
class Optional(Node):
    """What may be absent: its absence is a state."""

    node: Node

    def state(self) -> str:
        """Return the state of the node."""
        return self.node.state() or "absent"

    def load(self, is_product: bool = False) -> Any:
        """Return what the node gives."""
        return self.node.load(is_product)


@dataclass(kw_only=True)
class Several(Node):
    """What one step makes in several places."""

    nodes: tuple[Node, ...]

    def state(self) -> str | None:
        """Return the sha256 of the states; None if one of them has none."""
        states = [node.state() for node in self.nodes]
        return None if None in states else digest(json.dumps(states).encode())

    def load(self, is_product: bool = False) -> list[Any]:
        """Return what each gives."""
        return [node.load(is_product) for node in self.nodes]


@dataclass(kw_only=True)
class Opened(Node):
    """The files of a folder that a step's last run has opened, and the names of all; every file where none is known.

    What a step opens depends on what it has opened before, and on which files there are: as long as these stand, it
    would open the same.
    """

    folder: Folder
    record: Path | None
    root: Path

    def state(self) -> str:
        """Return the sha256 of the names in the folder, and of the bytes of the files that were opened."""
        try:
            opened = set(json.loads(self.record.read_text(encoding="utf-8"))) if self.record else None
        except (OSError, ValueError):
            opened = None
        if opened is None:
            return self.folder.state() or "absent"
        names = {path.relative_to(self.root).as_posix(): path for path in self.folder.files()}
        found = [(name, digest(path.read_bytes()) if name in opened else "") for name, path in names.items()]
        return digest(json.dumps(found).encode())

    def load(self, is_product: bool = False) -> Path:
        """Return the folder."""
        return self.folder.path


@dataclass(kw_only=True)
class Done(Node):
    """That a step has run, for those that must wait for it without following all that it makes."""

    def state(self) -> str:
        """Return always the same: the order alone matters."""
        return self.name

    def load(self, is_product: bool = False) -> None:
        """Return nothing."""


@dataclass(kw_only=True)
class Cells(Node):
    """The code and the texts of a notebook: what runs and what is read, not how Jupyter saved it."""

    path: Path

    def state(self) -> str | None:
        """Return the sha256 of the cells' types, sources and tags."""
        if not self.path.is_file():
            return None
        cells = [
            (cell["cell_type"], "".join(cell["source"]), sorted(cell["metadata"].get("tags", [])))
            for cell in _cells(self.path)
        ]
        return digest(json.dumps(cells, ensure_ascii=False).encode())

    def load(self, is_product: bool = False) -> Path:
        """Return the path of the notebook."""
        return self.path


@dataclass(kw_only=True)
class Modules(Node):
    """The package's modules that some modules, or a notebook's code cells, import, directly or not."""

    package: imports.Package
    start: tuple[str, ...] = ()
    notebook: Path | None = None

    def state(self) -> str:
        """Return the sha256 of the list of modules and sha256."""
        start = (*self.start, *self.of_notebook())
        if (known := _modules.get((self.package.folder, start))) is not None:
            return known
        found = [
            (module.path.relative_to(self.package.folder).as_posix(), module.digest)
            for module in self.package.closure(start).values()
        ]
        state = digest(json.dumps(found).encode())
        if _run:
            _modules[self.package.folder, start] = state
        return state

    def of_notebook(self) -> list[str]:
        """Return the names of the package that the notebook's code cells import; none without a notebook."""
        if not (self.notebook and self.notebook.is_file()):
            return []
        code = ("".join(cell["source"]) for cell in _cells(self.notebook) if cell["cell_type"] == "code")
        sources = imports.notebook_source(code)
        return [name for source in sources for name in imports.imported(source, self.package.name)]

    def load(self, is_product: bool = False) -> None:
        """Return nothing: the step imports its modules itself."""


@dataclass(kw_only=True)
class Seen(Node):
    """A node whose state is looked at once: before the step, which is when the step reads it.

    pytask notes states after a step. A file that changed meanwhile would pass for the one that was used.
    """

    node: Node
    _state: str | None = None

    def state(self) -> str | None:
        """Return the state when first asked."""
        if self._state is None:
            self._state = self.node.state()
        return self._state

    def load(self, is_product: bool = False) -> Any:
        """Return what the node gives."""
        return self.node.load(is_product)


_run = ""
_modules: dict[tuple[Path, tuple[str, ...]], str] = {}


def look_once(run: str) -> None:
    """Look at the package's modules once in this process for all the studies of a run: they have the same code.

    Parameters
    ----------
    run
        What tells this run from another; empty to look every time again.
    """
    global _run
    if run != _run:
        _run = run
        _modules.clear()


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _cells(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells; one that cannot be read has a single cell, its text (its step will fail)."""
    text = path.read_text(encoding="utf-8")
    try:
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError):
        return [{"cell_type": "raw", "source": text, "metadata": {}}]
    return cells


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)
