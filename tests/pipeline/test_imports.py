from __future__ import annotations

import pytest

from pic_analysis.pipeline.imports import Package, imported, notebook_source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import p.a.b as x", {"p.a.b"}),
        ("import numpy, p.a", {"p.a"}),
        ("from p import a, b", {"p", "p.a", "p.b"}),
        ("from p.a import *", {"p.a"}),
        ("def f():\n    from p.a import b", {"p.a", "p.a.b"}),
        ("try:\n    import p.a\nexcept ImportError:\n    import p.b", {"p.a", "p.b"}),
        ("from importlib import import_module\nimport_module('p.a')", {"p.a"}),
        ("import packages.a", set()),
        ("if TYPE_CHECKING:\n    import p.a\nelse:\n    import p.b", {"p.b"}),
        ("import typing\nif typing.TYPE_CHECKING:\n    import p.a", set()),
        ("def broken(:", set()),
    ],
)
def test_imports_of_a_text(source, expected):
    assert set(imported(source, "p")) == expected


@pytest.mark.parametrize(
    ("source", "module", "is_package", "expected"),
    [
        ("from . import c", "p.a.b", False, {"p.a", "p.a.c"}),
        ("from .c import x", "p.a.b", False, {"p.a.c", "p.a.c.x"}),
        ("from .. import c", "p.a.b", False, {"p", "p.c"}),
        ("from ..c import x", "p.a.b", False, {"p.c", "p.c.x"}),
        ("from . import c", "p.a", True, {"p.a", "p.a.c"}),
        ("from .c import x", "p.a", True, {"p.a.c", "p.a.c.x"}),
    ],
)
def test_relative_imports(source, module, is_package, expected):
    assert set(imported(source, "p", module=module, is_package=is_package)) == expected


@pytest.fixture
def package(tmp_path):
    files = {
        "__init__.py": "",
        "study.py": "from p.reading import tables",
        "reading/__init__.py": "from .formats import csv",
        "reading/tables.py": "import p.study",
        "reading/formats.py": "",
        "figures/__init__.py": "",
        "figures/voices.py": "import p.figures.style",
        "figures/style.py": "import seaborn",
    }
    for name, text in files.items():
        path = tmp_path / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "p"


def relative(modules, package):
    return {module.path.relative_to(package).as_posix() for module in modules.values()}


def test_closure_follows_imports_through_packages_and_circles(package):
    got = relative(Package(package).closure(["p.study"]), package)
    assert got == {
        "__init__.py",
        "study.py",
        "reading/__init__.py",
        "reading/tables.py",
        "reading/formats.py",
    }


def test_closure_takes_parents_and_leaves_sisters(package):
    got = relative(Package(package).closure(["p.figures.style.Palette"]), package)
    assert got == {"__init__.py", "figures/__init__.py", "figures/style.py"}


def test_closure_ignores_what_is_not_of_the_package(package):
    assert Package(package).closure(["seaborn", "pathlib.Path"]) == {}


def test_notebook_cells_lose_ipython_lines_only():
    cells = ["%load_ext autoreload\nimport p.a", "!ls\nfrom p import b", "for x in y:\n    %time f(x)"]
    assert notebook_source(cells) == ("import p.a", "from p import b", "for x in y:")


def test_memory_holds_no_longer_than_the_bytes(package, tmp_path):
    memory = tmp_path / ".pic" / "imports.json"
    before = Package(package, memory).closure(["p.study"])
    assert Package(package, memory).closure(["p.study"]) == before
    (package / "study.py").write_text("from p.figures import voices")
    got = relative(Package(package, memory).closure(["p.study"]), package)
    assert "figures/voices.py" in got
    assert "reading/tables.py" not in got


@pytest.mark.parametrize("held", ["{", "[]", '{"by": "another", "modules": {"study.py": ["", "p.figures"]}}'])
def test_memory_that_says_nothing_is_no_memory(package, tmp_path, held):
    memory = tmp_path / "imports.json"
    memory.write_text(held)
    assert Package(package, memory).closure(["p.study"]) == Package(package).closure(["p.study"])


def test_folder_that_cannot_be_written_does_without_memory(package, tmp_path):
    (tmp_path / "file").touch()
    assert Package(package, tmp_path / "file" / "imports.json").closure(["p.study"])
