"""Make an executed notebook the same, byte for byte, each time it is executed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
# Without the patch version of Python, which would change every committed notebook at each upgrade.
LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
_TIMED = ("papermill", "execution", "ExecuteTime", "widgets")
_HIDDEN = {"parameters": "remove-cell", "injected-parameters": "remove-input"}
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


class UnstableOutput(Exception):
    """Say which cell printed something that must not be published, and what."""

    def __init__(self, cell: int, text: str, reason: str) -> None:
        self.cell, self.text, self.reason = cell, text, reason
        super().__init__(cell, text, reason)


class UnknownLabel(Exception):
    """Carry the name of a ``{{name}}`` that no label replaces."""


def stable(notebook: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the text of an executed notebook, free of all that varies from run to run.

    Timings, random cell identifiers and the exact version of Python are dropped; streams cut at
    random places are joined; ``{{name}}`` in Markdown cells becomes the label of that name.

    Parameters
    ----------
    notebook
        An executed notebook (nbformat 4).
    labels
        Replacement of each ``{{name}}``, for instance ``{"title": "Étude de cas : Biodiversité"}``.

    Raises
    ------
    UnstableOutput
        If a cell wrote on stderr, or shows a memory address.
    UnknownLabel
        If a Markdown cell asks for a label that was not given.
    """
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in _TIMED}
    whole = {
        "cells": [_cell(cell, number, labels) for number, cell in enumerate(notebook["cells"], start=1)],
        "metadata": {**metadata, "kernelspec": KERNELSPEC, "language_info": LANGUAGE},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(cell: Mapping[str, Any], number: int, labels: Mapping[str, str]) -> dict[str, Any]:
    metadata = {k: v for k, v in cell["metadata"].items() if k not in _TIMED}
    tags = list(metadata.get("tags", []))
    tags += [hidden for tag, hidden in _HIDDEN.items() if tag in tags and hidden not in tags]
    source = _text(cell["source"])
    made: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": f"cellule-{number:02d}",
        "metadata": {**metadata, "tags": tags} if tags else metadata,
        "source": _lines(source),
    }
    if cell["cell_type"] == "markdown":
        made["source"] = _lines(_labelled(source, labels))
        if cell.get("attachments"):
            made["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        outputs = _joined(cell.get("outputs", []))
        for output in outputs:
            _refuse_unstable(output, number)
        made["outputs"] = outputs
        made["execution_count"] = cell.get("execution_count")
    return made


def _labelled(text: str, labels: Mapping[str, str]) -> str:
    for name in _PLACEHOLDER.findall(text):
        if name not in labels:
            raise UnknownLabel(name)
    return _PLACEHOLDER.sub(lambda found: labels[found[1]], text)


def _joined(outputs: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join neighbouring stream outputs: the kernel cuts one print into several at random moments."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        made = json.loads(json.dumps(output))
        last = joined[-1] if joined else {}
        if made["output_type"] == "stream" == last.get("output_type") and made["name"] == last["name"]:
            last["text"] = _lines(_text(last["text"]) + _text(made["text"]))
            continue
        if made["output_type"] == "stream":
            made["text"] = _lines(_text(made["text"]))
        for kind, content in made.get("data", {}).items():
            if kind.startswith("text/") or kind.endswith("xml"):
                made["data"][kind] = _lines(_text(content))
        joined.append(made)
    return joined


def _refuse_unstable(output: Mapping[str, Any], number: int) -> None:
    if output.get("name") == "stderr":
        lines = _text(output["text"]).strip().splitlines()
        line = next((line for line in lines if "Warning" in line), lines[-1] if lines else "")
        raise UnstableOutput(number, line, "un avertissement (sortie d’erreur) serait publié")
    shown = [output.get("text", ""), *output.get("data", {}).values()]
    for text in map(_text, shown):
        if found := _ADDRESS.search(text):
            line = next((line for line in text.splitlines() if found[0] in line), found[0])
            raise UnstableOutput(number, line, "une adresse mémoire, qui change à chaque exécution, serait publiée")


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(content) if isinstance(content, list) else json.dumps(content)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
