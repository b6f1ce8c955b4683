"""A compendium of two notebooks in a temporary folder, whose steps are fast and leave traces."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from pic_analysis.cleaning import study as cleaning
from pic_analysis.files import write_atomically
from pic_analysis.pipeline.plan import plan
from pic_analysis.pipeline.run import Outcome, run
from pic_analysis.publishing import book, notebooks, open_data, results
from pic_analysis.study import Study


class Compendium:
    """Write, change and build a small study; ``build`` returns the names of the steps that ran."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.labels = {"Eco": "Éco-activités", "B": "Posture"}
        for path, text in FILES.items():
            self.write(path, text)
        self.notebook("etude_de_cas", "from thepackage.voices import voices")
        self.notebook("paquet_causal", "from thepackage import links")
        self.notebook("synthese", "1 + 1")
        self.notebook("solidite", "1 + 1")
        self.notebook("suivre_une_conclusion", "1 + 1")

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def notebook(self, name: str, code: str, text: str = "# {{title}}") -> None:
        cells = [
            {"cell_type": "markdown", "metadata": {}, "source": [text]},
            {"cell_type": "code", "metadata": {}, "source": [code], "outputs": [], "execution_count": None},
        ]
        self.write(f"notebooks/{name}.ipynb", json.dumps({"cells": cells, "metadata": {}}))

    def demonstration(self) -> None:
        """Add a study of fictitious interviews, that a page of this one shows."""
        self.write("data/raw/demo_entretiens/study.yml", "name: demo_entretiens")
        self.write("data/raw/demo_entretiens/statements.csv", "statement_id\nB1-01\n")
        self.write("data/raw/demo_entretiens/entretiens/registre.csv", "interview_id\nINT001\n")
        self.notebook("atelier_de_codage", "1 + 1")

    @property
    def steps(self):
        case = SimpleNamespace(id="Eco", label_fr=self.labels["Eco"], page="eco")
        package = SimpleNamespace(id="B", label_fr=self.labels["B"], page="paquet-b")
        settings = SimpleNamespace(
            name="mini", demo=False, annual_state=0, guided_conclusion="", cases=(case,), packages=(package,)
        )
        return plan(settings, package=self.root / "thepackage")

    def run(self, **options) -> Outcome:
        return run(self.steps, **{"workers": 1, "say": lambda text: None, **options})

    def build(self) -> set[str]:
        return set(self.run().done)


FILES = {
    "_config.yml": "title: Mini\npic_study: mini",
    "requirements.lock": "pandas==3.1",
    "CITATION.cff": "title: Mini",
    "data/raw/mini/study.yml": "name: mini",
    "data/raw/mini/statements.csv": "statement_id\nB1-01\n",
    "book/_toc.yml": "root: index",
    "book/index.md": "# Mini",
    "thepackage/__init__.py": "",
    "thepackage/links.py": "",
    "thepackage/voices.py": "def voices():\n    from .words import count",
    "thepackage/words.py": "",
    "thepackage/alone.py": "",
    "thepackage/cleaning/__init__.py": "",
    "thepackage/cleaning/study.py": "from ..words import count",
    "thepackage/publishing/__init__.py": "",
    "thepackage/publishing/notebooks.py": "",
    "thepackage/publishing/nursery_process.py": "",
    "thepackage/publishing/results.py": "",
    "thepackage/publishing/open_data.py": "",
    "thepackage/publishing/theme/style.css": "",
    "thepackage/figures/__init__.py": "",
}


@pytest.fixture
def compendium(tmp_path, monkeypatch):
    """Give a compendium whose cleaning drops comments, whose notebooks copy, and whose book lists."""
    root = tmp_path

    def clean(study):
        lines = (root / "data/raw" / study / "statements.csv").read_text().splitlines()
        return [line for line in lines if not line.startswith("#")]

    def write(result, folder, study=""):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "statements.csv").write_text("\n".join(result))

    def execute(job, root):
        data = (root / "data/processed" / job.parameters["study"] / "statements.csv").read_text()
        source = (root / job.source).read_text()
        notebooks.write_atomically(root / job.output, f"{job.title}\n{source}\n{data}")

    def build(root, context):
        book.write_atomically(root / "_build/html/index.html", f"<p>{context}</p>")

    def write_results(study, folder):
        data = (root / "data/processed" / study / "statements.csv").read_text()
        write_atomically(folder / "strength.csv", data)

    def write_open_data(study, root):
        data = (root / "data/processed" / study / "passports/strength.csv").read_text()
        citation = (root / "CITATION.cff").read_text()
        described = ("exports/theory.txt", "datapackage.json", "ro-crate-metadata.json")
        folder = f"data/processed/{study}"
        places = ["codemeta.json", "_build/site/donnees/table.csv", *(f"{folder}/{name}" for name in described)]
        for place in places:
            open_data.write_atomically(root / place, citation + data)

    monkeypatch.setenv("PIC_ROOT", str(root))
    monkeypatch.setattr(Study, "load", lambda name: name)
    monkeypatch.setattr(results, "write", write_results)
    monkeypatch.setattr(open_data, "write", write_open_data)
    monkeypatch.setattr(cleaning, "clean", clean)
    monkeypatch.setattr(cleaning, "write", write)
    monkeypatch.setattr(notebooks, "execute", execute)
    monkeypatch.setattr(book, "build", build)
    monkeypatch.setattr(notebooks, "prepared", lambda root, modules, keep: nullcontext())
    return Compendium(root)
