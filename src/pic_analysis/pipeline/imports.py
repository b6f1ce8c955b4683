"""Find, without running anything, which modules of the package a notebook or a module imports."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pic_analysis.files import write_atomically


@dataclass(frozen=True)
class Module:
    """A file of the package, as it was when it was read: the sha256 of its bytes, and the names that it imports."""

    path: Path
    digest: str
    names: tuple[str, ...]


class Package:
    """The modules of a package, each read at most once: what is known of them is as old as this object.

    Parameters
    ----------
    folder
        Folder of the package; its name is the package's name.
    memory
        File that keeps, from one run to the next, what modules of some bytes import: to parse them all takes longer
        than to see that nothing changed.
    """

    def __init__(self, folder: Path, memory: Path | None = None) -> None:
        self.folder = folder
        self._known: dict[str, Module | None] = {}
        self._memory = memory
        self._parsed = _recalled(memory)
        self._learnt = False

    @property
    def name(self) -> str:
        """Return the name by which the package is imported."""
        return self.folder.name

    def closure(self, start: Iterable[str]) -> dict[str, Module]:
        """Return the modules that importing some names runs, directly or not, by name, sorted by path.

        Parameters
        ----------
        start
            Dotted names (``pic_analysis.study``); those that are not modules of the package are ignored.

        Returns
        -------
        dict of str to Module
            The ``__init__.py`` of every parent package is there: an import runs them too.
        """
        found: dict[str, Module] = {}
        seen: set[str] = set()
        waiting = [*start]
        while waiting:
            for one in _with_parents(waiting.pop()):
                if one not in seen:
                    seen.add(one)
                    if module := self._module(one):
                        found[one] = module
                        waiting += _of(self.name, module.names)
        self._note()
        return dict(sorted(found.items(), key=lambda item: item[1].path))

    def all_names(self, start: Iterable[str]) -> tuple[str, ...]:
        """Return the dotted names that importing some modules imports, of the package or not, sorted.

        Those of Python's own library are left out; some are not modules, but what is in them (``pandas.DataFrame``).
        """
        found = self.closure(start)
        names = {*found, *(name for module in found.values() for name in module.names)}
        return tuple(sorted(name for name in names if name.split(".")[0] not in sys.stdlib_module_names))

    def _module(self, name: str) -> Module | None:
        if name not in self._known:
            path = _file(name, self.folder)
            self._known[name] = self._read(name, path) if path else None
        return self._known[name]

    def _read(self, name: str, path: Path) -> Module:
        content, place = path.read_bytes(), path.relative_to(self.folder).as_posix()
        digest = hashlib.sha256(content).hexdigest()
        if self._parsed.get(place, [""])[0] != digest:
            self._parsed[place] = [digest, *_imported(content.decode("utf-8"), name, path.name == "__init__.py")]
            self._learnt = True
        return Module(path, digest, tuple(self._parsed[place][1:]))

    def _note(self) -> None:
        """Keep what was parsed."""
        if self._memory and self._learnt:
            self._learnt = False
            with suppress(OSError):  # it only saves time
                write_atomically(self._memory, json.dumps({"by": _parser(), "modules": self._parsed}))


def _recalled(memory: Path | None) -> dict[str, list[str]]:
    """Return what a memory holds: by module, its sha256 and the names that it imports.

    It holds nothing where it cannot be read, or was written by another version of this module.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads(memory.read_text(encoding="utf-8")) if memory else {}
        if held and held["by"] == _parser():
            return dict(held["modules"])
    return {}


def _parser() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def imported(source: str, package: str, *, module: str = "", is_package: bool = False) -> tuple[str, ...]:
    """Return the dotted names of a package that a source text imports, sorted.

    Imports inside functions count; those under ``if TYPE_CHECKING`` do not, since they never run.
    ``from a import b`` gives both ``a`` and ``a.b``: whether ``b`` is a module is the file system's
    business. A text that Python cannot parse imports nothing (it fails when it runs, and says so then).

    Examples
    --------
    >>> imported("from pic_analysis.study import Study", "pic_analysis")
    ('pic_analysis.study', 'pic_analysis.study.Study')
    >>> imported("from . import style", "pic_analysis", module="pic_analysis.figures.evidence")
    ('pic_analysis.figures', 'pic_analysis.figures.style')
    """
    return tuple(_of(package, _imported(source, module, is_package)))


def _imported(source: str, module: str, is_package: bool) -> tuple[str, ...]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    # Statements import; expressions, which are ten times as many, only by this function.
    nodes = _running_nodes(tree, expressions="import_module" in source)
    return tuple(sorted({name for node in nodes for name in _names(node, module, is_package)}))


def _of(package: str, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.split(".")[0] == package)


def notebook_source(cells: Iterable[str]) -> tuple[str, ...]:
    r"""Return the Python text of code cells, without IPython's own lines (``%magic``, ``!command``).

    >>> notebook_source(["%matplotlib inline\nimport pic_analysis"])
    ('import pic_analysis',)
    """
    return tuple(
        "\n".join(line for line in cell.splitlines() if not line.lstrip().startswith(("%", "!", "?"))) for cell in cells
    )


def _running_nodes(tree: ast.AST, *, expressions: bool) -> Iterator[ast.AST]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            waiting += node.orelse
        else:
            inner = ast.iter_child_nodes(node)
            waiting += inner if expressions else (one for one in inner if not isinstance(one, ast.expr))


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def _names(node: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _base(node, module, is_package)
        if base:
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "import_module" and isinstance(node.args[0].value, str):
            yield node.args[0].value


def _base(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    up = node.level - 1 if is_package else node.level
    kept = parts[: len(parts) - up]
    return ".".join([*kept, node.module] if node.module else kept)


def _with_parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts) + 1)]


def _file(name: str, package: Path) -> Path | None:
    first, *rest = name.split(".")
    if first != package.name:
        return None
    folder = package.joinpath(*rest)
    for path in (folder / "__init__.py", folder.with_name(f"{folder.name}.py")):
        if path.is_file():
            return path
    return None
