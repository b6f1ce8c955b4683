"""Every study in one run: each by itself, one that fails prevents no other, the compendium's own book last."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from pic_analysis import cli, paths
from pic_analysis.pipeline import nodes, studies
from pic_analysis.pipeline.errors import StepError
from pic_analysis.pipeline.plan import Step
from pic_analysis.pipeline.studies import build_all


def note(inputs, output):
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(f"{os.getpid()} {time.monotonic_ns()}")


def fail(inputs, output):
    raise StepError("Le carnet a échoué, cellule 3", 3)


def die(inputs, output):
    os._exit(9)


@pytest.fixture
def compendium(tmp_path, monkeypatch):
    """Give a compendium of studies of one step each, which a file of the study names."""
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.delenv("PIC_STUDY", raising=False)
    (tmp_path / "_config.yml").write_text("pic_study: own\n")

    def plan(settings):
        name = settings.name
        output = nodes.File(name=f"{name}/made", path=paths.home(name) / "made")
        function = {"fail": fail, "die": die}.get((paths.raw(name) / "study.yml").read_text(), note)
        inputs = {"raw": nodes.File(name=f"{name}/raw", path=paths.raw(name) / "study.yml")}
        return (Step("book", "livre", function, inputs, output, study=paths.apart(name)),)

    monkeypatch.setattr(studies, "plan", plan)
    monkeypatch.setattr(studies.settings, "load", lambda name: SimpleNamespace(name=name))

    def make(**texts):
        for name, text in texts.items():
            (tmp_path / "data/raw" / name).mkdir(parents=True)
            (tmp_path / "data/raw" / name / "study.yml").write_text(text)
        return tmp_path

    return make


def made(root, name):
    pid, when = (root / ("" if name == "own" else f"studies/{name}") / "made").read_text().split()
    return int(pid), int(when)


def test_each_study_is_built_beside_the_others_and_the_own_book_last(compendium):
    root = compendium(a="", b="", own="")
    said = []
    every = build_all(workers=2, say=said.append)
    assert [one.study for one in every.built] == ["a", "b", "own"]
    assert max(made(root, "a")[1], made(root, "b")[1]) < made(root, "own")[1]
    assert os.getpid() not in (made(root, "a")[0], made(root, "b")[0])
    assert {line.split()[0] for line in said} == {"a", "b", "own"}
    assert "reste 2\u00a0études" in said[0]
    assert str(every).startswith("Fait : 3\u00a0étapes de 3\u00a0études")


@pytest.mark.parametrize("workers", [1, 2])
def test_second_run_says_that_nothing_changed_and_of_no_study(compendium, workers):
    compendium(a="", b="", own="")
    build_all(workers=workers)
    said = []
    every = build_all(workers=workers, say=said.append)
    assert str(every).startswith("Rien n’a changé : les 3\u00a0études sont à jour")
    assert said == []


def test_only_the_study_that_changed_is_built_again(compendium):
    root = compendium(a="", b="", own="")
    build_all(workers=2)
    before = made(root, "a")
    (root / "data/raw/b/study.yml").write_text("x")
    said = []
    build_all(workers=2, say=said.append)
    assert [line.split()[0] for line in said] == ["b"]
    assert made(root, "a") == before


@pytest.mark.parametrize("workers", [1, 2])
def test_study_that_fails_prevents_no_other_and_is_told_last(compendium, workers):
    root = compendium(a="fail", b="", own="")
    said = []
    every = build_all(workers=workers, say=said.append)
    assert made(root, "b")
    assert made(root, "own")
    assert [(one.study, one.code) for one in every.failed] == [("a", 3)]
    assert any(line.strip().startswith("a : échec") for line in said)
    assert "1\u00a0étude a échoué : a. Les autres livres sont à jour.\n\na\nLe carnet a échoué" in str(every)


def test_settings_that_cannot_be_read_are_told_as_the_others(compendium, monkeypatch):
    from pic_analysis.problems import Problem, Report, StudyError

    root = compendium(a="", b="")

    def load(name):
        if name == "a":
            raise StudyError("a", Report((Problem("study.yml", 3, "", "", "un fichier YAML lisible"),)))
        return SimpleNamespace(name=name)

    monkeypatch.setattr(studies.settings, "load", load)
    every = build_all(workers=2)
    assert [(one.study, one.code) for one in every.failed] == [("a", 1)]
    assert "study.yml, ligne 3" in str(every)
    assert made(root, "b")


def test_worker_that_is_killed_says_what_to_do(compendium):
    compendium(a="die", own="")
    every = build_all(workers=2) if len(paths.studies()) > 2 else _two(compendium)
    assert {one.code for one in every.failed} == {3}
    assert "--workers 1" in str(every)


def _two(compendium):
    compendium(b="die")
    return build_all(workers=2)


def test_command_ends_with_the_gravest_code_and_takes_no_study_besides(compendium, capsys):
    compendium(a="fail", b="", own="")
    for arguments, code in ((["build", "--all"], 3), (["build", "--all", "--study", "a"], 2)):
        with pytest.raises(SystemExit) as end:
            cli.main(arguments)
        assert end.value.code == code
    assert "sans --study" in capsys.readouterr().err


def test_without_any_study_the_way_to_begin_one_is_told(compendium, tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    with pytest.raises(StepError, match="pic new"):
        build_all()


def test_studies_of_a_compendium_without_a_book_of_its_own_stand_apart(compendium, tmp_path):
    root = compendium(a="", b="")
    (tmp_path / "_config.yml").write_text("title: x\n")
    assert {paths.home(name) for name in "ab"} == {root / "studies/a", root / "studies/b"}


def test_two_studies_are_locked_apart_and_one_is_not_built_twice_at_once(tmp_path):
    from pic_analysis.pipeline.lock import held

    with held(tmp_path, pytest.fail, "a"), held(tmp_path, pytest.fail, "b"), held(tmp_path, pytest.fail):
        pass
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("build.lock")} == {
        ".pic/build.lock",
        ".pic/studies/a/build.lock",
        ".pic/studies/b/build.lock",
    }


def test_what_a_killed_run_left_of_one_study_is_swept_and_nothing_of_the_others(tmp_path):
    from pic_analysis.files import TEMPORARY
    from pic_analysis.pipeline.lock import held

    left = {name: tmp_path / "studies" / name / "book" / f".x{TEMPORARY}" for name in "ab"}
    for path in left.values():
        path.parent.mkdir(parents=True)
        path.touch()
    (tmp_path / ".pic/studies/a").mkdir(parents=True)
    (tmp_path / ".pic/studies/a/build.lock").write_text("123")
    with held(tmp_path, lambda text: None, "a"):
        assert [path.exists() for path in left.values()] == [False, True]


def test_notebooks_of_the_same_name_in_two_studies_do_not_share_what_they_opened():
    from pathlib import Path

    from pic_analysis.publishing.notebooks import Job, record_of

    outputs = [Path("book", "synthese.ipynb"), *(Path("studies", name, "book", "synthese.ipynb") for name in "ab")]
    jobs = [Job("synthese", Path("notebooks", "synthese.ipynb"), output, {}, "") for output in outputs]
    assert len({record_of(job) for job in jobs}) == 3
