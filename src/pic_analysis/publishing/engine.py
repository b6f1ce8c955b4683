"""The papermill engine ``pic``: each notebook in a process forked from one that has already imported its modules.

What a notebook shows is what it shows in a kernel of its own, to the byte. On any doubt (another system, threads where
a fork is made, a process that ends early, a figure that is not shown, bytes written outside the cells' outputs), the
notebook is executed again, in a kernel of its own, and one line says why.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from pic_analysis.publishing.nursery import Doubt, open_nursery

NAME = "pic"
OPENED = "opened"
"""Metadata of papermill's that lists the files of ``data/`` that the notebook has opened."""


class ForkEngine(NBClientEngine):
    """Execute notebooks in forked processes; takes the options of papermill's own engine, for when it falls back."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> Any:
        """Execute the cells of a notebook; the first that fails is the last, unless its tags allow it to fail."""
        try:
            if kernel_name != "python3" or options.get("execution_timeout"):
                raise Doubt("il demande un noyau ou une durée maximale")
            _execute(nb_man, kernel_name)
        except Doubt as doubt:
            name = Path(str(options.get("input_path", "?"))).name
            print(f"  {name} : exécuté par un noyau ordinaire, car {doubt}.", file=sys.stderr)
            nb_man.notebook_start()
            return super().execute_managed_notebook(nb_man, kernel_name, **options)


def registered() -> str:
    """Return the name of the engine, which papermill knows even where the package is not installed but on the path."""
    papermill_engines.register(NAME, ForkEngine)
    return NAME


def _execute(nb_man: NotebookExecutionManager, kernel_name: str) -> None:
    """Execute the cells in a forked process, and put in them what it tells, as papermill's client does."""
    notebook, environment = nb_man.nb, dict(os.environ)
    client = PapermillNotebookClient(nb_man, kernel_name=kernel_name, record_timing=False)
    client.reset_execution_trackers()
    runs = [_runs(cell, client.skip_cells_with_tag) for cell in notebook.cells]
    cells = [
        {"index": index, "source": cell.source, "may_fail": _may_fail(cell)}
        for index, cell in enumerate(notebook.cells)
        if runs[index]
    ]
    followed = os.path.join(os.path.abspath(os.getcwd()), "data")
    request = {"cells": cells, "environment": environment, "folder": os.getcwd(), "followed": followed}
    told = open_nursery(environment).execute(request)
    for index, cell in enumerate(notebook.cells):
        nb_man.cell_start(cell, index)
        failed = runs[index] and _filled(cell, index, told, client)
        if failed:
            nb_man.cell_exception(cell, cell_index=index)
        nb_man.cell_complete(cell, cell_index=index)
        if failed:
            break
    end = next(told)
    notebook.metadata["language_info"] = end["finished"]
    notebook.metadata.papermill[OPENED] = [Path(name).relative_to(os.getcwd()).as_posix() for name in end["opened"]]
    client.set_widgets_metadata()


def _runs(cell: Any, skipped: str) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip()) and skipped not in cell.metadata.get("tags", [])


def _may_fail(cell: Any) -> bool:
    return "raises-exception" in cell.metadata.get("tags", [])


def _filled(cell: Any, index: int, told: Iterator[dict[str, Any]], client: PapermillNotebookClient) -> bool:
    """Put in a cell what is told until its end; say whether it failed, and so stops the notebook."""
    cell.outputs = []
    client.clear_before_next_output = False
    request = {"msg_id": f"cell-{index}"}
    for one in told:
        if "ended" in one:
            return bool(one["failed"]) and not _may_fail(cell)
        message = {**one["message"], "header": {"msg_type": one["message"]["msg_type"]}, "parent_header": request}
        client.process_message(message, cell, index)
    return False
