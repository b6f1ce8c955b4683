"""A new study: begun by one command, whose book builds at once and grows with its tables, whatever its letters."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import built
import pytest

from pic_analysis import paths
from pic_analysis.publishing import new_study
from pic_analysis.reading import registry
from pic_analysis.reading.communes import CommuneError, commune, in_force, merged

REPOSITORY = Path(__file__).resolve().parent.parent
CHAPTER = (REPOSITORY / "book" / "votre-evaluation.md").read_text(encoding="utf-8")
TODAY = datetime.date(2026, 11, 25)
EVERY_TABLE = {
    "atelier_de_codage",
    "controles",
    "ecarts-de-source",
    "enseignements",
    "explications-rivales",
    "faits-chiffres",
    "fleches",
    "impacts",
    "indicateurs/l01",
    "mecanismes",
    "paquets/cooperations",
    "quoi-de-neuf",
    "recommandations",
    "solidite",
    "sources",
    "suivi-local",
    "suivre_une_conclusion",
    "synthese",
    "voix",
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Give a compendium that publishes another study, and has what books are made with."""
    for name in ("_config.yml", "CITATION.cff", "requirements.lock"):
        shutil.copy(REPOSITORY / name, tmp_path)
    shutil.copytree(REPOSITORY / "notebooks", tmp_path / "notebooks")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.delenv("PIC_STUDY", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("01018", "fait partie de 01033 (Valserhône)"),
        ("1004", "--insee 01004"),
        ("200000000", "intercommunalité"),
        ("20004", "--insee 2A004"),
        ("99999", "aucune commune"),
        ("6200", "cinq signes"),
        ("Lille", "cinq signes"),
        ("", "cinq signes"),
    ],
)
def test_code_that_is_no_commune_of_today_is_refused_and_nothing_is_written(pic, root, typed, said):
    code, printed = pic("new", "Essai", f"--insee={typed}")
    assert code == 2
    assert said in printed
    assert [*(root / "data" / "raw").iterdir()] == []


@pytest.mark.parametrize("code", ["2A004", "2B033", "97411", "75056", "01001"])
def test_codes_of_corsica_and_overseas_are_those_of_communes(code):
    assert commune(code.lower()) == code


def test_communes_are_as_many_as_insee_counts():
    """INSEE, COG on 1 January 2025: 34,875 communes, overseas departments included."""
    departments = [code for code in in_force() if code[:3] not in ("975", "977", "978") and code[:2] != "98"]
    assert len(departments) == 34_875
    assert not in_force() & merged().keys()
    assert {into for _, into, _ in merged().values()} <= in_force()


def test_new_study_is_whole_and_says_what_to_do_next(pic, root):
    code, printed = pic("new", "Saint-Étienne-du-Rouvray", "--insee", "76575")
    folder = root / "data" / "raw" / "saint_etienne_du_rouvray"
    assert code == 0
    assert "pic build --study saint_etienne_du_rouvray" in printed
    assert registry.verify(folder) == ()
    assert (folder / "statements.csv").read_text(encoding="utf-8").startswith("statement_id,")
    assert "Saint-Étienne-du-Rouvray" in (folder / "LISEZMOI.md").read_text(encoding="utf-8")
    left = [path for path in folder.rglob("*") if path.is_file() and "{{" in path.read_text(encoding="utf-8")]
    assert left == []
    assert pic("check", "--study", "saint_etienne_du_rouvray")[0] == 0


def test_study_that_exists_is_left_as_it_is(pic, root):
    pic("new", "Essai", "--insee", "59606")
    (root / "data" / "raw" / "essai" / "study.yml").write_text("à moi", encoding="utf-8")
    code, printed = pic("new", "Essai", "--insee", "59606")
    assert code == 2
    assert "existe déjà" in printed
    assert (root / "data" / "raw" / "essai" / "study.yml").read_text(encoding="utf-8") == "à moi"


def test_a_run_that_fails_leaves_nothing(root, monkeypatch):
    def full(folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(registry, "write", full)
    with pytest.raises(OSError, match="No space"):
        new_study.write(new_study.new_study("Essai", "59606", today=TODAY))
    assert [*(root / "data" / "raw").iterdir()] == []
    assert [*(root / ".pic").iterdir()] == []


@pytest.mark.parametrize(
    ("territory", "name", "said"),
    [("Demo", "", "fictive"), ("Demo ville", "", "fictive"), ("«»", "", "nommer"), ("Essai", "2020", "nommer")],
)
def test_name_that_cannot_be_used_is_refused(root, territory, name, said):
    with pytest.raises(new_study.NewStudyError, match=said):
        new_study.new_study(territory, "59606", name=name, today=TODAY)


def test_commune_whose_name_opens_like_a_demonstration_is_no_demonstration(root):
    assert new_study.new_study("Démouville", "14221", today=TODAY).name == "demouville"


def test_unknown_commune_is_told_without_a_guess():
    with pytest.raises(CommuneError) as refusal:
        commune("62999")
    assert "proche" not in str(refusal.value)


def test_study_of_commands_is_named_by_the_variable_then_by_the_book(root, monkeypatch):
    assert paths.current() == "loos_2016"
    monkeypatch.setenv("PIC_STUDY", "autre")
    assert paths.current() == "autre"
    assert paths.home("autre") == root / "studies" / "autre"
    assert paths.home("loos_2016") == root


def test_several_studies_and_no_book_of_their_own_must_be_told_apart(pic, root):
    (root / "_config.yml").write_text("title: Sans étude\n", encoding="utf-8")
    for name in ("un", "deux"):
        (root / "data" / "raw" / name).mkdir()
        (root / "data" / "raw" / name / "study.yml").touch()
    code, printed = pic("check")
    assert code == 2
    assert "--study" in printed


def pages_of(root: Path, study: str) -> dict[str, built.Page]:
    return built.read(root / "studies" / study / "_build" / "html")


@pytest.mark.slow
def test_the_chapter_does_what_it_says(pic, root):
    """Every command and every line of « Votre évaluation en une journée », in order."""
    done = []
    for kind, first, second in steps(CHAPTER):
        if kind == "run":
            code, printed = pic(*first)
            assert code == (1 if "dit l’erreur" in second else 0), printed
            done.append((first[0], printed))
        else:
            change(root / first, second)
    said = dict(done)
    refused = next(printed for verb, printed in done if verb == "check" and "erreur" in printed)
    assert "citations.csv, ligne 4, colonne raw_reference" in refused
    assert "faible" in said["explain"]
    assert "à l’octet près" in said["verify"]
    pages = pages_of(root, "ma_commune")
    for address in (
        "conclusions/ccl01",
        "etudes-de-cas/jardins",
        "paquets/pratiques",
        "logigramme",
        "donnees-ouvertes",
    ):
        assert f"{address}.html" in pages
    assert "Un quartier n’a pas suivi" in " ".join(pages["index.html"].text)
    assert not any("solidite" in text.lower() for text in pages["index.html"].labels)


def steps(chapter: str):
    """Yield the commands and the changes of the chapter, as ("run", arguments, comment) or ("change", file, text)."""
    import shlex

    fence = r"```(?P<language>\w+)\n(?P<text>.*?)```"
    where = r"Dans `(?P<file>[^`]+)`, (?:remplacez la ligne `(?P<old>[^`]+)`|ajoutez|écrivez) :\n\n"
    fix = r"Dans `(?P<fixed>[^`]+)`, corrigez `(?P<wrong>[^`]+)` en `(?P<right>[^`]+)`"
    for found in re.finditer(rf"(?:{where})?{fence}|{fix}", chapter, re.DOTALL):
        if found["fixed"]:
            yield "change", found["fixed"], (found["wrong"], found["right"])
        elif found["language"] == "bash":
            for line in found["text"].splitlines():
                command, _, comment = line.partition("#")
                yield "run", shlex.split(command)[1:], comment
        else:
            assert found["file"], f"a block that no file is named for: {found['text'][:60]}"
            yield "change", found["file"], (found["old"] or "", found["text"])


def change(path: Path, text: tuple[str, str]) -> None:
    old, new = text
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert not old or written.count(old) == 1
    path.write_text(written.replace(old, new) if old else written + new, encoding="utf-8")


@pytest.mark.slow
def test_whole_study_of_other_letters_builds_and_every_table_has_its_page(pic, root):
    """The examples are a complete study: other letters, other prefixes, interviews and indicators."""
    pic("new", "Essai", "--insee", "2A004")
    folder = root / "data" / "raw" / "essai"
    examples = folder / new_study.EXAMPLES
    shutil.copytree(examples, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("study.yml"))
    written = (folder / "study.yml").read_text(encoding="utf-8")
    shown = (examples / "study.yml").read_text(encoding="utf-8")
    for key, found in re.findall(r"^(cases|packages):\n((?:  - .*\n)+)", shown, re.MULTILINE):
        written = written.replace(f"{key}: []\n", f"{key}:\n{found}")
    (folder / "study.yml").write_text(written, encoding="utf-8")
    pic("register", "--study", "essai", "--yes")
    code, printed = pic("build", "--study", "essai")
    assert code == 0, printed
    pages = pages_of(root, "essai")
    assert {f"{address}.html" for address in EVERY_TABLE} <= pages.keys()
    ids = pages["logigramme.html"].ids
    assert {"S", "P", "Q", "Z"} <= ids
    assert pic("build", "--study", "essai")[1].startswith("Rien n’a changé")
    # A conclusion that goes takes its page with it.
    for name in ("conclusions", "conclusion_support"):
        path = folder / f"{name}.csv"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("CCL02")]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    pic("register", "--study", "essai", "--yes")
    code, printed = pic("build", "--study", "essai")
    assert code == 0, printed
    assert {"conclusions/ccl01.html"} == {name for name in pages_of(root, "essai") if name.startswith("conclusions/")}


@pytest.mark.slow
def test_demonstration_has_its_own_book_which_says_on_every_page_that_it_is_one(pic, root):
    shutil.copytree(REPOSITORY / "data" / "raw" / "demo_entretiens", root / "data" / "raw" / "demo_entretiens")
    code, printed = pic("build", "--study", "demo_entretiens")
    assert code == 0, printed
    pages = pages_of(root, "demo_entretiens")
    assert "atelier_de_codage.html" in pages
    banner = "tout ce que montre ce site est fictif"
    assert [name for name, page in pages.items() if banner not in " ".join(page.text)] == []
    assert not (root / "studies" / "demo_entretiens" / "_build" / "site").exists()


def test_letter_of_no_package_is_told_with_the_letters_of_the_study(pic, root):
    pic("new", "Essai", "--insee", "59606")
    folder = root / "data" / "raw" / "essai"
    written = (folder / "study.yml").read_text(encoding="utf-8")
    package = '  - {id: P, number: 1, label_fr: "P", page: p, question_fr: "?", report_section: "2.1"}'
    (folder / "study.yml").write_text(written.replace("packages: []", f"packages:\n{package}"), encoding="utf-8")
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write("B1-01,2.1.1,B,change,supports,,Un constat.,un constat\n")
    code, printed = pic("check", "--study", "essai")
    assert code == 1
    assert re.search(r"statements.csv, ligne 2, colonne package : « B »[^\n]*\bP\b", printed)
