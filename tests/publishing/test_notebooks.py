from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import pic_analysis
from pic_analysis.publishing import notebooks
from pic_analysis.publishing.notebooks import Job, NotebookError

JOB = Job("Eco", Path("notebooks/n.ipynb"), Path("book/eco.ipynb"), {"case": "Eco"}, "Étude de cas : Éco")


def cell(source, kind="code", tags=()):
    made = {"cell_type": kind, "id": f"c{abs(hash(source))}", "metadata": {"tags": [*tags]}, "source": source}
    return made if kind == "markdown" else {**made, "outputs": [], "execution_count": None}


@pytest.fixture
def write(tmp_path):
    def write(*sources):
        cells = [
            cell("# {{title}}", "markdown"),
            cell('case = "?"', tags=["parameters"]),
            *map(cell, sources),
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (mine)", "language": "python"}}
        whole = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        (tmp_path / "notebooks/n.ipynb").write_text(json.dumps(whole))
        return tmp_path

    return write


def test_two_executions_are_the_same_bytes_in_a_clean_environment(write, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    root = write(
        "import os, time\nfrom pathlib import Path\n"
        "print(case, hash('a'), time.tzname[0], os.environ.get('PYTHONPATH'), flush=True)\n"
        "print(Path.cwd() == Path(os.environ['PIC_ROOT']), os.environ['OMP_NUM_THREADS'])"
    )
    notebooks.execute(JOB, root)
    first = (root / JOB.output).read_bytes()
    (root / JOB.output).unlink()
    notebooks.execute(JOB, root)
    assert (root / JOB.output).read_bytes() == first
    cells = json.loads(first)["cells"]
    assert cells[0]["source"] == ["# Étude de cas : Éco"]
    printed = "".join(cells[3]["outputs"][0]["text"]).split()
    assert (printed[0], printed[2:]) == ("Eco", ["UTC", str(Path(pic_analysis.__file__).parents[1]), "True", "1"])
    assert [p.name for p in (root / "book").iterdir()] == ["eco.ipynb"]


def test_failing_notebook_says_where_and_keeps_the_old_page(write):
    root = write("a = 1", "{}['absent']")
    (root / "book").mkdir()
    (root / JOB.output).write_text("old")
    with pytest.raises(NotebookError) as raised:
        notebooks.execute(JOB, root)
    # Cells are numbered as in the source: title, parameters, a = 1, failure.
    for expected in ("notebooks/n.ipynb", "cellule 4", "case=Eco", "KeyError : 'absent'", "→"):
        assert expected in str(raised.value)
    assert (root / JOB.output).read_text() == "old"


def test_unknown_parameter_is_refused_before_any_kernel(write, monkeypatch):
    import papermill

    root = write("1")
    monkeypatch.setattr(papermill, "execute_notebook", lambda *a, **k: pytest.fail("a kernel was started"))
    with pytest.raises(NotebookError, match="pas de paramètre « cas » ; le plus proche : « case »"):
        notebooks.execute(replace(JOB, parameters={"cas": "Eco"}), root)


def test_absent_notebook(tmp_path):
    with pytest.raises(NotebookError, match="n’existe pas"):
        notebooks.execute(JOB, tmp_path)


class FakePapermill:
    """Fail as many times as told, then return the source notebook."""

    def __init__(self, error, times):
        self.error, self.times, self.calls = error, times, 0

    def __call__(self, path, output, *args, **kwargs):
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return json.loads(Path(path).read_text())


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EADDRINUSE, "Address already in use"),
        RuntimeError("Kernel died before replying to kernel_info"),
    ],
)
def test_port_race_is_tried_once_more(write, monkeypatch, error):
    root, fake = write("1"), FakePapermill(error, times=1)
    monkeypatch.setattr("papermill.execute_notebook", fake)
    notebooks.execute(JOB, root)
    assert fake.calls == 2


@pytest.mark.parametrize(
    ("error", "times", "calls"),
    [
        (RuntimeError("Kernel died before replying to kernel_info"), 2, 2),
        (RuntimeError("autre"), 1, 1),
        (OSError(errno.ENOSPC, "full"), 1, 1),
    ],
)
def test_nothing_else_is_tried_again(write, monkeypatch, error, times, calls):
    root, fake = write("1"), FakePapermill(error, times)
    monkeypatch.setattr("papermill.execute_notebook", fake)
    with pytest.raises(type(error)):
        notebooks.execute(JOB, root)
    assert fake.calls == calls


def test_kernel_killed_by_the_system_is_said(write, monkeypatch):
    from nbclient.exceptions import DeadKernelError

    root = write("1")
    monkeypatch.setattr("papermill.execute_notebook", FakePapermill(DeadKernelError("Kernel died"), 9))
    with pytest.raises(NotebookError, match="mémoire insuffisante"):
        notebooks.execute(JOB, root)


def test_same_bytes_do_not_touch_the_file(tmp_path):
    from pic_analysis.files import write_atomically

    path = tmp_path / "page.md"
    assert write_atomically(path, "é")
    date = path.stat().st_mtime_ns
    assert not write_atomically(path, "é")
    assert (path.stat().st_mtime_ns, [*tmp_path.iterdir()]) == (date, [path])


def test_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    from pic_analysis import files

    path = tmp_path / "page.md"
    path.write_text("old")
    monkeypatch.setattr(files.os, "replace", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        files.write_atomically(path, "new")
    assert (path.read_text(), [*tmp_path.iterdir()]) == ("old", [path])


MINI = SimpleNamespace(
    annual_state=0,
    guided_conclusion="",
    name="mini",
    cases=(SimpleNamespace(id="Eco", label_fr="Éco-activités", page="eco"),),
    packages=(SimpleNamespace(id="B", label_fr="Posture", page="paquet-b"),),
)


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """Return the raw folder of an empty compendium."""
    (tmp_path / "_config.yml").touch()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    return tmp_path / "data" / "raw"


def test_jobs_of_a_study(raw):
    got = [(job.output.as_posix(), dict(job.parameters), job.title) for job in notebooks.jobs(MINI)]
    assert got == [
        ("book/etudes-de-cas/eco.ipynb", {"study": "mini", "case": "Eco"}, "Étude de cas : Éco-activités"),
        ("book/paquets/paquet-b.ipynb", {"study": "mini", "package": "B"}, "Paquet B : Posture"),
        ("book/synthese.ipynb", {"study": "mini"}, "Synthèse des preuves"),
        ("book/solidite.ipynb", {"study": "mini"}, "Solidité des conclusions"),
        ("book/suivre_une_conclusion.ipynb", {"study": "mini"}, "Suivre une conclusion"),
    ]


def indicator_jobs(settings=MINI):
    return [job for job in notebooks.jobs(settings) if job.name == "etat_annuel" or job.name.startswith("QEF")]


def test_study_without_indicators_has_no_annual_state(raw):
    assert indicator_jobs(SimpleNamespace(**{**vars(MINI), "annual_state": 2025})) == []


def test_annual_state_is_that_of_the_year_that_the_study_names(raw):
    (raw / "mini" / "indicators").mkdir(parents=True)
    assert indicator_jobs() == []
    (job,) = indicator_jobs(SimpleNamespace(**{**vars(MINI), "annual_state": 2025}))
    assert (job.output.as_posix(), dict(job.parameters), job.title) == (
        "book/etat-annuel.ipynb",
        {"study": "mini", "year": 2025},
        "État annuel 2025",
    )


def test_each_question_asked_of_a_series_has_its_page(raw):
    (raw / "mini" / "indicators").mkdir(parents=True)
    table = 'question_id,question_fr\nQEF01,"Et après QEF03 ?"\n"QEF02",Et ici ?\n'
    (raw / "mini" / "indicators" / "impact_questions.csv").write_text(table, encoding="utf-8")
    got = [(job.output.as_posix(), dict(job.parameters)) for job in indicator_jobs()]
    assert got == [
        ("book/questions-effet/qef01.ipynb", {"study": "mini", "question": "QEF01"}),
        ("book/questions-effet/qef02.ipynb", {"study": "mini", "question": "QEF02"}),
    ]


def test_workshop_shows_the_interviews_of_the_study_or_else_fictitious_ones(raw):
    def workshop():
        return [(job.parameters["study"], job.title) for job in notebooks.jobs(MINI) if job.name == "atelier_de_codage"]

    (raw / "mini" / "entretiens").mkdir(parents=True)
    (raw / "mini" / "entretiens" / "retraits.txt").touch()  # a withdrawal alone: there are no interviews to show
    assert workshop() == []
    (raw / "demo_entretiens" / "entretiens").mkdir(parents=True)
    (raw / "demo_entretiens" / "entretiens" / "registre.csv").touch()
    assert workshop() == [("demo_entretiens", "Atelier de codage (demo)")]
    (raw / "mini" / "entretiens" / "registre.xlsx").touch()
    assert workshop() == [("mini", "Atelier de codage")]
