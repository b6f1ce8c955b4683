"""Source notebooks are thin: they tell a story, the package does the work."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from conftest import REPOSITORY

from pic_analysis.pipeline.imports import Package
from pic_analysis.pipeline.nodes import Modules

NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
NAMES = {
    "atelier_de_codage.ipynb": {"study"},
    "etude_de_cas.ipynb": {"study", "case"},
    "etat_annuel.ipynb": {"study", "year"},
    "paquet_causal.ipynb": {"study", "package"},
    "question_effet.ipynb": {"study", "question"},
    "solidite.ipynb": {"study"},
    "suivre_une_conclusion.ipynb": {"study", "conclusion"},
    "synthese.ipynb": {"study"},
}
PURE_CODE = re.compile(r"\{[a-z-]+\}`[^`]*`|\{\{[a-z]+\}\}|`[^`]*`")


def cells(path: Path, kind: str | None = None) -> list[dict]:
    read = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in read if kind in (None, cell["cell_type"])]


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


def test_every_notebook_is_there():
    assert {path.name for path in NOTEBOOKS} == set(NAMES)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> Path:
    return request.param


def test_format_and_cell_ids_are_fixed(notebook):
    read = json.loads(notebook.read_text(encoding="utf-8"))
    assert (read["nbformat"], read["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in read["cells"]]
    assert len(set(ids)) == len(ids)
    assert [i for i in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", i)] == []


def test_the_first_cell_is_the_title_that_the_page_receives(notebook):
    assert cells(notebook)[0]["source"] == "# {{title}}"


def test_purpose_comes_before_any_code(notebook):
    kinds = [cell["cell_type"] for cell in cells(notebook)]
    assert kinds[:3] == ["markdown", "markdown", "code"]


def test_one_cell_holds_the_parameters(notebook):
    (found,) = [cell for cell in cells(notebook, "code") if "parameters" in tags(cell)]
    names = {target.id for node in ast.parse(found["source"]).body for target in node.targets}
    assert names == NAMES[notebook.name]


def test_cells_are_short(notebook):
    long = [cell["id"] for cell in cells(notebook, "code") if len(cell["source"].splitlines()) > 10]
    assert long == []


def test_notebooks_define_no_function_of_their_own(notebook):
    nodes = [node for cell in cells(notebook, "code") for node in ast.walk(ast.parse(cell["source"]))]
    defined = [node for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    assert [node.name for node in defined if node.end_lineno - node.lineno >= 3] == []


def test_no_output_is_stored(notebook):
    stored = [cell["id"] for cell in cells(notebook, "code") if cell["outputs"] or cell["execution_count"] is not None]
    assert stored == []


def test_no_number_is_typed_in_prose(notebook):
    typed = [
        line
        for cell in cells(notebook, "markdown")
        for line in cell["source"].splitlines()
        if re.search(r"\d", PURE_CODE.sub("", line))
    ]
    assert typed == []


def test_no_number_is_typed_in_the_text_that_code_writes(notebook):
    """The digits of a code cell are options and parameters, never part of a French sentence."""
    typed = [
        node.value
        for cell in cells(notebook, "code")
        if "parameters" not in tags(cell)
        for node in ast.walk(ast.parse(cell["source"]))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\d.*\s|\s.*\d", node.value)
    ]
    assert typed == []


def test_code_is_folded_or_left_out_of_the_page(notebook):
    bare = [
        cell["id"]
        for cell in cells(notebook, "code")
        if not {"hide-input", "remove-input", "parameters"} & set(tags(cell))
    ]
    assert bare == []


def test_every_section_has_a_title_and_something_under_it(notebook):
    titles = [cell["source"] for cell in cells(notebook, "markdown") if cell["source"].startswith("## ")]
    assert len(titles) >= 5
    assert len(set(titles)) == len(titles)


def test_a_notebook_depends_on_its_own_blocks_and_on_nothing_that_renders_pages(notebook):
    modules = Modules(name="", package=Package(REPOSITORY / "src/pic_analysis"), notebook=notebook)
    found = modules.package.closure(modules.of_notebook())
    assert "pic_analysis.study" in found
    rendering = ("book", "links", "gate", "extension", "blocks.index", "blocks.site", "blocks.accessibility")
    assert not {f"pic_analysis.publishing.{name}" for name in rendering} & found.keys()


def test_every_value_asked_for_exists(notebook):
    from pic_analysis.publishing.blocks.index import VALUES

    asked = {name for cell in cells(notebook) for name in re.findall(r"\{valeur\}`([^`]+)`", cell["source"])}
    assert asked - set(VALUES) == set()
