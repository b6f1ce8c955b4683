"""A Dask cluster does the same steps (a real one, of two local processes); a worker that would not refuses."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pic_analysis.pipeline import cluster, nodes
from pic_analysis.pipeline.cluster import lent
from pic_analysis.pipeline.errors import StepError
from pic_analysis.pipeline.plan import Step
from pic_analysis.pipeline.run import run
from pic_analysis.pipeline.studies import build_all

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    (tmp_path / "_config.yml").write_text("pic_study: aucune\n")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def pool(root):
    """Give a cluster of two processes of this machine."""
    pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
    with lent(cluster.LOCAL, root, 2) as pool:
        yield pool


def writing(root, name, **inputs):
    # A function of the package: a worker elsewhere does not have the tests.
    inputs = {"value": nodes.Value(name=f"{name} in", value=name, hashed=name), **inputs}
    return Step(name, name, _copy(root / name), inputs, nodes.File(name=name, path=root / name))


def _copy(path):
    def function(inputs, output):
        path.write_text(f"{os.getpid()} {os.environ['PIC_ROOT']}")
        if inputs["value"] == "bad":
            raise StepError("le carnet a échoué", 3)

    return function


def test_without_an_address_this_machine_works(root):
    with lent("", root, 2) as pool:
        assert pool is None


def test_steps_are_done_by_other_processes_once_each_and_errors_come_back(root, pool):
    said = []
    steps = [writing(root, name) for name in ("a", "b")]
    assert {*run(steps, workers=pool.places, pool=pool, say=said.append).done} == {"a", "b"}
    told = [(root / name).read_text().split(" ", 1) for name in "ab"]
    assert str(os.getpid()) not in {pid for pid, _ in told}
    assert {place for _, place in told} == {str(root)}
    assert len(said) == 2
    assert run(steps, workers=pool.places, pool=pool).done == ()
    with pytest.raises(StepError, match="le carnet a échoué") as raised:
        run([writing(root, "bad")], workers=pool.places, pool=pool, say=said.append)
    assert raised.value.code == 3


def test_worker_that_does_not_see_this_folder_refuses(root, pool):
    (root / ".pic" / pool.token).unlink()
    with pytest.raises(StepError, match="disque partagé"):
        pool.submit(os.getpid).result(timeout=60)


def test_worker_of_another_code_or_of_several_threads_is_refused(tmp_path):
    (tmp_path / ".pic").mkdir()
    (tmp_path / ".pic" / "token").touch()
    own = cluster._code()
    assert cluster._unfit(tmp_path, "token", own, 1) == ""
    assert "redémarrez la grappe" in cluster._unfit(tmp_path, "token", "other", 1)
    assert "--nthreads 1" in cluster._unfit(tmp_path, "token", own, 4)


def test_nothing_is_left_of_a_cluster(root, pool):
    assert (root / ".pic" / pool.token).is_file()
    with lent(cluster.LOCAL, root, 1) as other:
        token = root / ".pic" / other.token
    assert not token.exists()


def test_cluster_that_does_not_answer_is_said_with_its_address(root, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(StepError, match=r"tcp://127\.0\.0\.1:9") as raised, lent("tcp://127.0.0.1:9", root, 1):
        pass
    assert raised.value.code == 3


def test_without_dask_what_to_install_is_said(root, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StepError, match=r"pic-analysis\[cluster\]"), lent(cluster.LOCAL, root, 1):
        pass


@pytest.mark.slow
def test_books_made_by_a_cluster_are_those_made_here_byte_for_byte(root):
    """Two simulated territories, and a third whose tables have an error, with and without a cluster."""
    pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
    from pic_analysis.simulation import territories

    for name in ("CITATION.cff", "requirements.lock"):
        shutil.copy(REPOSITORY / name, root)
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks")
    text = (REPOSITORY / "_config.yml").read_text(encoding="utf-8")
    (root / "_config.yml").write_text(text.replace("pic_study: loos_2016", "pic_study: aucune"), encoding="utf-8")
    *good, bad = territories.write(root / "data" / "raw", 3)
    with (root / "data" / "raw" / bad / "citations.csv").open("a", encoding="utf-8") as file:
        file.write("cit-999,P1-01,2.1.1,Nulle part\n")
    books = []
    for address in ("", cluster.LOCAL):
        for made in ("studies", "data/processed", ".pic"):
            shutil.rmtree(root / made, ignore_errors=True)
        every = build_all(workers=2, cluster=address)
        assert [(one.study, one.code) for one in every.failed] == [(bad, 1)]
        assert bad in str(every)
        files = [path for folder in ("studies", "data/processed") for path in (root / folder).rglob("*")]
        books.append(
            {
                path.relative_to(root): path.read_bytes()
                for path in files
                if path.is_file() and ".pic" not in path.relative_to(root).parts
            }
        )
        assert build_all(workers=2, cluster=address).built[0].done == 0
    here, there = books
    assert {path for path in here if here[path] != there.get(path)} | (there.keys() - here.keys()) == set()
    assert {Path("studies", name, "_build", "html", "index.html") for name in good} <= here.keys()
