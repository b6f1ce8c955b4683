import contextlib
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from conftest import REPOSITORY

from pic_analysis import paths
from pic_analysis.publishing import gate, open_data, results
from pic_analysis.publishing.blocks.index import BLOCKS, VALUES
from pic_analysis.publishing.citation_file import parse

CITATION = 'title: Livre\nversion: "2"\ndate-released: "2026-01-31"\nlicense: MIT\nauthors: [{name: Moi}]\n'
PAGE = (REPOSITORY / "book" / "donnees-ouvertes.md").read_text(encoding="utf-8")


@pytest.fixture
def study(tiny_study, tmp_path):
    """Return the tiny study, what is computed of it written, in a compendium that can be cited."""
    study = tiny_study()
    results.write(study, paths.passports("essai"))
    (tmp_path / "CITATION.cff").write_text(CITATION, encoding="utf-8")
    return study


@pytest.fixture(scope="module")
def everything(loos, tmp_path_factory):
    """Return the folder that the repository's study publishes."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        made = open_data.published(loos, open_data.read_citation(REPOSITORY))
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def place(root):
    return root / open_data.SITE / open_data.PLACE / "essai"


# --- the folder


def test_fingerprints_are_those_of_the_files(study, tmp_path):
    open_data.write(study, tmp_path)
    lines = (place(tmp_path) / "SHA256SUMS").read_text().splitlines()
    told = {path: sha for sha, path in (line.split("  ", 1) for line in lines)}
    written = {path.relative_to(place(tmp_path)).as_posix() for path in place(tmp_path).rglob("*") if path.is_file()}
    assert {*told} == written - {"SHA256SUMS", "essai.zip"}
    assert all(hashlib.sha256((place(tmp_path) / path).read_bytes()).hexdigest() == sha for path, sha in told.items())


def test_zip_holds_every_other_file_in_a_folder_of_its_own(study, tmp_path):
    open_data.write(study, tmp_path)
    with zipfile.ZipFile(place(tmp_path) / "essai.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {
        f"essai/{path.relative_to(place(tmp_path)).as_posix()}": path.read_bytes()
        for path in place(tmp_path).rglob("*")
        if path.is_file() and path.suffix != ".zip"
    }


def test_same_data_give_the_same_bytes(study):
    about = parse(CITATION)
    assert open_data.published(study, about) == open_data.published(study, about)


def test_what_is_no_longer_published_goes(study, tmp_path):
    open_data.write(study, tmp_path)
    stale = [place(tmp_path) / "retire.csv", place(tmp_path).with_name("autre_etude") / "statements.csv"]
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text("a\n1\n")
    open_data.write(study, tmp_path)
    assert [path for path in stale if path.exists()] == []
    assert not place(tmp_path).with_name("autre_etude").exists()
    assert (place(tmp_path) / "statements.csv").is_file()


def test_description_edited_by_hand_or_lost_is_told(study, tmp_path):
    open_data.write(study, tmp_path)
    assert open_data.differences(study, tmp_path) == []
    (tmp_path / "codemeta.json").write_text("{}")
    (paths.processed("essai") / "exports" / "theory_dagitty.txt").unlink()
    told = open_data.differences(study, tmp_path)
    assert [line.split(" : ")[0] for line in told] == [
        "data/processed/essai/exports/theory_dagitty.txt",
        "codemeta.json",
    ]


def test_fictitious_study_is_never_open_data(study):
    fictitious = replace(study, settings=replace(study.settings, name="demo_essai"))
    with pytest.raises(ValueError, match="fictitious"):
        open_data.published(fictitious, parse(CITATION))


def test_committed_descriptions_are_those_of_the_data(loos, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(REPOSITORY))
    assert open_data.differences(loos, REPOSITORY) == []


# --- people


def test_gate_has_nothing_to_say_of_what_is_published(everything):
    assert gate.problems(everything, REPOSITORY / "data" / "raw" / "loos_2016") == []


def test_types_of_actor_and_interviews_are_in_no_file_s_name(everything):
    names = {path.relative_to(everything).as_posix() for path in everything.rglob("*")}
    assert [name for name in names if "stakeholder" in name or paths.INTERVIEWS in name] == []
    with zipfile.ZipFile(everything / "loos_2016.zip") as archive:
        assert [name for name in archive.namelist() if "stakeholder" in name] == []
    described = (everything / "datapackage.json").read_text() + (everything / "ro-crate-metadata.json").read_text()
    assert "stakeholders" not in described


# --- the page


def snippet(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def recount(folder):
    """Count the references of each case by the direction of their statement, without the page's own code."""
    polarity = dict(pd.read_csv(folder / "statements.csv", dtype=str)[["statement_id", "polarity"]].to_numpy())
    counts = {}
    for _, row in pd.read_csv(folder / "citations.csv", dtype=str).iterrows():
        key = (row["case"], polarity[row["statement_id"]])
        counts[key] = counts.get(key, 0) + 1
    return counts


def test_python_of_the_page_runs_in_the_archive(everything, monkeypatch):
    monkeypatch.chdir(everything)
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(snippet("python"), names)
    table = pd.crosstab(names["appuis"]["case"], names["appuis"]["polarity"])
    assert {key: n for key, n in table.stack().items() if n} == recount(everything)
    assert str(sum(recount(everything).values())) in printed.getvalue()


def test_r_of_the_page_runs_in_the_archive(everything):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed: its example is not run")
    done = subprocess.run(["Rscript", "-e", snippet("r")], cwd=everything, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert str(sum(recount(everything).values())) in done.stdout


def test_every_link_of_the_page_leads_to_a_file(study, tmp_path):
    open_data.write(study, tmp_path)
    blocks = {name: {} for name in BLOCKS if name.startswith("donnees-ouvertes-")}
    parts = [BLOCKS["donnees-ouvertes"](study, {"partie": part}) for part in ("preuves", "calculs", "indicateurs")]
    text = "\n".join([*parts, *(BLOCKS[name](study, options) for name, options in blocks.items())])
    links = re.findall(r'href="([^"]+)"', text)
    assert len(links) == len({*links}) > 100
    assert [link for link in links if not (tmp_path / open_data.SITE / link).is_file()] == []


def test_table_of_the_page_says_size_and_rows_and_names_each_link(study):
    got = BLOCKS["donnees-ouvertes"](study, {"partie": "preuves"})
    (row,) = [line for line in got.splitlines() if "<statements>" in line]
    assert "| 3 | 1\N{NO-BREAK SPACE}ko |" in row
    assert 'aria-label="Excel, Constats">Excel</a>' in row
    assert "Entretiens par type" not in got


def test_fingerprints_of_the_page_are_those_of_the_files(study):
    lines = BLOCKS["donnees-ouvertes-empreintes"](study, {}).splitlines()[1:-1]
    assert len(lines) == int(VALUES["nombre-tables-ouvertes"](study))
    for sha, path in (line.split("  ") for line in lines):
        assert hashlib.sha256((paths.processed("essai") / path).read_bytes()).hexdigest() == sha


def test_study_without_indicators_says_so(study):
    assert BLOCKS["donnees-ouvertes"](study, {"partie": "indicateurs"}) == "Cette étude n’en publie pas encore."


def test_citation_of_the_page_is_that_of_the_record(study):
    assert VALUES["citation-du-livre"](study) == "Moi (2026), Livre, version 2"
