"""What a newcomer and a maintainer rely on in the repository itself."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import REPOSITORY

import pic_analysis

LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
LAB_LOCK = (REPOSITORY / "requirements-lab.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def files() -> list[str]:
    """Return the files that git follows, or would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this is not a git checkout: the list of its files is not known")
    return done.stdout.split("\n")[:-1]


def text(path: str) -> str:
    """Return a file's text; the demonstration is delivered in Windows-1252, as real files are."""
    return (REPOSITORY / path).read_text(encoding="utf-8", errors="replace")


def name(requirement: str) -> str:
    return re.split(r"[<>=!~;\[ ]", requirement)[0].lower().replace("_", "-")


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions of each package: several where they depend on the version of Python."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", lock, re.MULTILINE):
        found.setdefault(name(package), set()).add(version)
    return found


def test_conda_environment_uses_the_same_lock():
    environment = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [part["pip"] for part in environment["dependencies"] if isinstance(part, dict)]
    assert pip == ["--require-hashes", "-r requirements.lock"]
    conda = {name(part) for part in environment["dependencies"] if isinstance(part, str)}
    assert conda == {"python", "pip"}  # nothing that the lock pins is listed twice


def test_lock_holds_every_dependency_with_its_hashes():
    for lock, extra in ((LOCK, "dev"), (LAB_LOCK, "lab")):
        wanted = {name(r) for r in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"][extra]]}
        assert wanted - set(pins(lock)) == set()
        blocks = re.split(r"\n(?=[a-z0-9])", lock)[1:]
        assert [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_jupyterlab_is_for_those_who_ask_for_it_and_changes_no_version():
    """`make lab` installs its lock over the other: the book must then be what it was."""
    common, lab = pins(LOCK), pins(LAB_LOCK)
    assert "jupyterlab" in lab
    assert "jupyterlab" not in common
    assert {package: lab[package] for package in common.keys() & lab} == {
        package: common[package] for package in common.keys() & lab
    }


def test_jupyter_book_is_of_version_1():
    assert re.search(r"^jupyter-book==1\.", LOCK, re.MULTILINE)


def test_versions_agree():
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert {PROJECT["version"], citation["version"], pic_analysis.__version__} == {PROJECT["version"]}
    assert f"## {PROJECT['version']} " in (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_file_names_a_machine_nor_a_package_host():
    # Written in pieces: this file must not match itself.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "anaconda" + ".org/"]
    paths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
    found = []
    for path in files():
        content = (REPOSITORY / path).read_bytes() if (REPOSITORY / path).is_file() else b""
        text = content.decode("utf-8", errors="ignore")
        found += [(path, word) for word in [*hosts, *paths] if word in text]
    assert found == []


def test_no_address_nor_telephone_number_is_published():
    personal = re.compile(r"[\w.]+@[\w-]+\.[a-z]{2,}|\b0\d(?:[ .]\d\d){4}\b")
    found = []
    for path in files():
        if path.startswith(("data/", "book/")) and not path.endswith(".ipynb"):
            found += [(path, hit) for hit in personal.findall(text(path))]
    assert found == []


@pytest.mark.parametrize("module", ["pic_analysis", "pic_analysis.cli", "pic_analysis.publishing.extension"])
def test_front_door_and_book_stay_light(module):
    """pandas alone would add half a second to every command and to every page build."""
    heavy = ("pandas", "matplotlib", "seaborn", "statsmodels")
    code = f"import sys, {module}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_example_of_the_readme_is_true(monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8").replace("```", "")  # a fence is no output
    example = doctest.DocTestParser().get_doctest(text, {}, "README", None, 0)
    assert len(example.examples) >= 4
    assert doctest.DocTestRunner().run(example).failed == 0


def test_nothing_particular_to_the_first_study_stands_in_the_package():
    """The package knows no territory; INSEE's list of communes, which knows them all, apart."""
    known = re.compile(r"\bloos|gohelle|quadrant|62528", re.IGNORECASE)
    package = REPOSITORY / "src" / "pic_analysis"
    texts = [p for p in package.rglob("*") if p.suffix in {".py", ".md", ".yml", ".csv", ".html", ".css", ".js"}]
    tied = [path.name for path in texts if known.search(path.read_text(encoding="utf-8"))]
    assert [name for name in tied if name != "merged_communes.csv"] == []


def test_makefile_lists_at_most_eight_verbs():
    done = subprocess.run(["make", "help"], cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("make is not installed here")
    verbs = re.findall(r"^\s+make (\w+)", done.stdout, re.MULTILINE)
    assert {"book", "test", "lab"} <= set(verbs)
    assert len(verbs) <= 8
