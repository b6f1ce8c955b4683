"""Find, without running anything, which modules of the package a notebook or a module imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path


def closure(start: Iterable[str], package: Path) -> tuple[Path, ...]:
    """Return the files of the package that importing some modules runs, directly or not.

    Parameters
    ----------
    start
        Dotted names (``pic_analysis.study``); those that are not modules of the package are ignored.
    package
        Folder of the package; its name is the package's name.

    Returns
    -------
    tuple of Path
        Sorted. The ``__init__.py`` of every parent package is there: an import runs them too.
    """
    found: dict[str, Path] = {}
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        for one in [part for part in _with_parents(name) if part not in seen]:
            seen.add(one)
            if path := _file(one, package):
                found[one] = path
                source = path.read_text(encoding="utf-8")
                waiting += imported(source, package.name, module=one, is_package=path.name == "__init__.py")
    return tuple(sorted(found.values()))


def names(start: Iterable[str], package: Path) -> tuple[str, ...]:
    """Return the dotted names that importing some modules of the package imports, of the package or not, sorted.

    Those of Python's own library are left out; some are not modules, but what is in them (``pandas.DataFrame``).
    """
    found: set[str] = set()
    for path in closure(start, package):
        parts = (package.name, *path.relative_to(package).with_suffix("").parts)
        module, is_package = ".".join(part for part in parts if part != "__init__"), path.name == "__init__.py"
        found.add(module)
        for node in _running_nodes(ast.parse(path.read_text(encoding="utf-8"))):
            found.update(_names(node, module, is_package))
    return tuple(sorted(name for name in found if name.split(".")[0] not in sys.stdlib_module_names))


@lru_cache(maxsize=1024)
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
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    names: set[str] = set()
    for node in _running_nodes(tree):
        names.update(_names(node, module, is_package))
    return tuple(sorted(name for name in names if name.split(".")[0] == package))


def notebook_source(cells: Iterable[str]) -> tuple[str, ...]:
    r"""Return the Python text of code cells, without IPython's own lines (``%magic``, ``!command``).

    >>> notebook_source(["%matplotlib inline\nimport pic_analysis"])
    ('import pic_analysis',)
    """
    return tuple(
        "\n".join(line for line in cell.splitlines() if not line.lstrip().startswith(("%", "!", "?"))) for cell in cells
    )


def _running_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


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
