"""A new study: begun by one command, whose book builds at once and grows with its tables, whatever its letters."""

from __future__ import annotations

import datetime
import errno
import json
import re
import shutil
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import built
import pytest
from accessibility.axe import examine

from pic_analysis import cli, paths
from pic_analysis.problems import StudyError
from pic_analysis.publishing import french_lint, loopback, new_study, study_book
from pic_analysis.publishing.budgets import excess
from pic_analysis.publishing.study_pages import DICTIONARY
from pic_analysis.publishing.weight import weigh_site
from pic_analysis.reading import registry, settings
from pic_analysis.reading.communes import CommuneError, commune, in_force, merged
from pic_analysis.schemas import TABLES

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
DERIVED_ALONE = ("index", "methode", "conclusions", "accessibilite", "mentions-legales", "dictionnaire/recit")
"""Pages whose words or composition the compendium's own book does not have; all of that one are examined."""


def compendium_of(folder: Path) -> Path:
    """Write a compendium that publishes another study, and has what books are made with."""
    for name in ("_config.yml", "CITATION.cff", "requirements.lock"):
        shutil.copy(REPOSITORY / name, folder)
    shutil.copytree(REPOSITORY / "notebooks", folder / "notebooks")
    (folder / "data" / "raw").mkdir(parents=True)
    return folder


def pic(*arguments: str) -> tuple[int, str]:
    """Run ``pic`` as the fixture of that name does; a book built for several tests cannot use one of a single test."""
    with redirect_stdout(StringIO()) as printed, redirect_stderr(printed), pytest.raises(SystemExit) as end:
        cli.main([*arguments])
    return end.value.code, printed.getvalue()


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(compendium_of(tmp_path)))
    monkeypatch.delenv("PIC_STUDY", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def essai(tmp_path_factory):
    """Build once the book of a whole study of other letters, made of the examples, for the tests that read it.

    It has interviews and indicators, and everything that its settings may say.
    """
    with pytest.MonkeyPatch.context() as patch:
        root = compendium_of(tmp_path_factory.mktemp("essai"))
        patch.setenv("PIC_ROOT", str(root))
        patch.delenv("PIC_STUDY", raising=False)
        pic("new", "Essai", "--insee", "2A004")
        folder = root / "data" / "raw" / "essai"
        shown = folder / new_study.EXAMPLES
        shutil.copytree(shown, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("study.yml"))
        lists = re.findall(
            r"^(cases|packages):\n((?:  - .*\n)+)", (shown / "study.yml").read_text("utf-8"), re.MULTILINE
        )
        said = {f"{key}: []\n": f"{key}:\n{rows}" for key, rows in lists}
        said |= {'author: ""': 'author: "Bureau des essais"', 'citation: ""': 'citation: "Atelier, 2024, Rapport"'}
        for old, new in said.items():
            change(folder / "study.yml", (old, new))
        pic("register", "--study", "essai", "--yes")
        code, printed = pic("build", "--study", "essai")
        assert code == 0, printed
        yield root


@pytest.fixture(scope="module")
def book_of_essai(essai):
    return essai / "studies" / "essai" / "_build" / "html"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("01018", "fait partie de 01033 (Valserhône)"),
        ("1004", "--insee 01004"),
        ("200000000", "intercommunalité"),
        ("75101", "arrondissement de Paris"),
        ("75001", "code postal"),
        ("20004", "--insee 2A004"),
        ("99999", "aucune commune"),
        ("6200", "cinq signes"),
        ("Lille", "cinq signes"),
        ("", "cinq signes"),
    ],
)
def test_code_that_is_no_commune_of_today_is_refused_and_nothing_is_written(root, typed, said):
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


def test_new_study_is_whole_and_says_what_to_do_next(root):
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


def test_study_that_exists_is_left_as_it_is(root):
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
    [
        ("Demo", "", "fictive"),
        ("Demo ville", "", "fictive"),
        ("«»", "", "« «» » n’a aucune lettre"),
        ("Essai", "2020", "nommer"),
        (" ", "", "n’a pas de nom"),
        ('Es"sai', "", 'le signe "'),
        ("<b>Essai</b>", "", "le signe <"),
        ("Essai " * 40, "", "au plus 60"),
    ],
)
def test_name_that_cannot_be_used_is_refused(root, territory, name, said):
    with pytest.raises(new_study.NewStudyError, match=said):
        new_study.new_study(territory, "59606", name=name, today=TODAY)


@pytest.mark.parametrize("year", [3, 20255])
def test_slip_of_the_hand_is_no_year(root, year):
    with pytest.raises(new_study.NewStudyError, match="une année de quatre chiffres"):
        new_study.new_study("Essai", "59606", year=year, today=TODAY)


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


def test_several_studies_and_no_book_of_their_own_must_be_told_apart(root):
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
def test_the_chapter_does_what_it_says(root):
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
def test_every_table_has_its_page(book_of_essai):
    pages = built.read(book_of_essai)
    assert {f"{address}.html" for address in EVERY_TABLE} <= pages.keys()
    assert {"S", "P", "Q", "Z"} <= pages["logigramme.html"].ids


@pytest.mark.slow
def test_no_page_nor_file_speaks_of_another_study(book_of_essai):
    other = re.compile(r"\bloos|gohelle|\blens\b|louvre|quadrant|62528|modèles de langage|conduite du changement", re.I)
    files = [path for path in book_of_essai.rglob("*") if path.suffix not in (".zip", ".parquet", ".inv")]
    texts = {path.name: path.read_text("utf-8", errors="replace") for path in files if path.is_file()}
    assert {name: found.group() for name, text in texts.items() if (found := other.search(text))} == {}


@pytest.mark.slow
def test_book_and_data_are_signed_by_who_made_the_study(book_of_essai):
    cited = "Bureau des essais, Évaluation\xa0: Essai, « Voix »"
    assert cited.replace("« ", "«\xa0").replace(" »", "\xa0»") in " ".join(built.read(book_of_essai)["voix.html"].text)
    data = book_of_essai / "donnees" / "essai"
    assert "Pour citer : Bureau des essais (" in (data / "LISEZMOI.txt").read_text(encoding="utf-8")
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    assert package["contributors"] == [{"title": "Bureau des essais", "role": "author"}]
    assert "Essai" in package["keywords"]


@pytest.mark.slow
def test_inventory_of_the_book_names_the_study(book_of_essai):
    head = (book_of_essai / "objects.inv").read_bytes().splitlines()[:2]
    assert head[1].decode("utf-8") == "# Project: Évaluation : Essai"


@pytest.mark.slow
def test_a_page_says_the_size_of_the_whole(book_of_essai):
    assert re.search(
        r"essai\.zip : tous les fichiers .*\(\d+\sko\)",
        " ".join(built.read(book_of_essai)["donnees-ouvertes.html"].text),
    )


@pytest.mark.slow
def test_each_page_says_that_no_audit_was_made_and_who_publishes_is_asked(book_of_essai):
    pages = built.read(book_of_essai)
    silent = [
        name for name, page in pages.items() if not any("Accessibilité\xa0: non conforme" in text for text in page.text)
    ]
    assert silent == []
    assert any("à compléter par l’organisme" in text for text in pages["mentions-legales.html"].text)


@pytest.mark.slow
def test_pages_are_in_careful_french_and_light(book_of_essai):
    meant = re.compile(
        "Contribution analysis|Applying contribution analysis|Lessons from five years|exploring cause and effect"
    )
    found = {
        path.name: said
        for path in sorted(book_of_essai.rglob("*.html"))
        if (said := french_lint.faults(path.read_text(encoding="utf-8"), meant))
    }
    assert found == {}
    assert [said for weight in weigh_site(book_of_essai).values() if (said := excess(weight))] == []


@pytest.mark.slow
@pytest.mark.browser
def test_derived_pages_break_no_rule_of_rgaa(book_of_essai, browser, serve):
    view = browser.new_page()
    with serve(book_of_essai) as address:
        found = [fault for page in DERIVED_ALONE for fault in examine(view, address, f"{page}.html")]
    view.close()
    assert found == []


@pytest.mark.slow
def test_conclusion_that_goes_takes_its_page_with_it(essai):
    assert pic("build", "--study", "essai")[1].startswith("Rien n’a changé")
    folder = essai / "data" / "raw" / "essai"
    for name in ("conclusions", "conclusion_support"):
        path = folder / f"{name}.csv"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("CCL02")]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    pic("register", "--study", "essai", "--yes")
    assert pic("clean", "--study", "essai")[0] == 0
    study_book.write("essai")
    book = essai / "studies" / "essai" / "book"
    assert [path.name for path in (book / "conclusions").iterdir()] == ["ccl01.md"]
    assert "ccl02" not in (book / "_toc.yml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_demonstration_has_its_own_book_which_says_on_every_page_that_it_is_one(root):
    shutil.copytree(REPOSITORY / "data" / "raw" / "demo_entretiens", root / "data" / "raw" / "demo_entretiens")
    code, printed = pic("build", "--study", "demo_entretiens")
    assert code == 0, printed
    pages = pages_of(root, "demo_entretiens")
    assert "atelier_de_codage.html" in pages
    banner = "tout ce que montre ce site est fictif"
    assert [name for name, page in pages.items() if banner not in " ".join(page.text)] == []
    assert not (root / "studies" / "demo_entretiens" / "_build" / "site").exists()


def test_letter_of_no_package_is_told_with_the_letters_of_the_study(root):
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


def test_command_without_its_code_says_which_option_is_missing(root):
    code, printed = pic("new", "Essai")
    assert code == 2
    assert "Il manque --insee CODE" in printed


def test_message_about_a_study_gives_commands_about_that_study(root):
    pic("new", "Essai", "--insee", "59606")
    (root / "data" / "raw" / "essai" / "conclusions.csv").unlink()
    pic("register", "--study", "essai", "--yes")
    code, printed = pic("check", "--study", "essai")
    assert code == 1
    assert "son en-tête : conclusion_id,package" in printed
    pic("new", "Autre", "--insee", "59606")
    with (root / "data" / "raw" / "autre" / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("SRC01,report,Rapport,,2024,,,\n")
    assert "`pic register --study autre`" in pic("check", "--study", "autre")[1]
    assert "`pic register --study autre`" in pic("build", "--study", "autre")[1]


def test_check_asks_who_publishes_this_study_not_another(root):
    pic("new", "Essai", "--insee", "59606")
    assert "« value » de data/raw/essai/site/organisme.csv" in pic("check", "--study", "essai")[1]
    change(root / "data" / "raw" / "essai" / "site" / "organisme.csv", ("name,label_fr", "nom,label_fr"))
    pic("register", "--study", "essai", "--yes")
    code, printed = pic("check", "--study", "essai")
    assert code == 1
    assert "organisme.csv, ligne 1, colonne name : colonne attendue, absente" in printed


def test_watch_serves_the_book_of_its_study(root, monkeypatch):
    asked = []

    def served(folder, port):
        asked.append(folder)
        raise OSError(errno.EADDRINUSE, "taken")

    monkeypatch.setattr(loopback, "served", served)
    pic("watch", "--study", "essai")
    assert asked == [root / "studies" / "essai" / "_build" / "html"]


def test_study_of_interviews_alone_has_nothing_to_explain(root):
    shutil.copytree(REPOSITORY / "data" / "raw" / "demo_entretiens", root / "data" / "raw" / "demo_entretiens")
    for command, name, lacking in (("explain", "CCL01", "de tables de preuves"), ("indicator", "L01", "d’indicateurs")):
        code, printed = pic(command, name, "--study", "demo_entretiens")
        assert code == 2
        assert f"n’a pas {lacking}" in printed


def test_dictionary_of_derived_books_has_every_table():
    assert sorted(" ".join(tables for _, _, tables in DICTIONARY).split()) == sorted(TABLES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: P", "id: M", "sauf M"),
        ("id: P", "id: É", "une majuscule sans accent"),
        ("page: velo", "page: jardins", "cases, page : « jardins » ; attendu : une valeur à chacun"),
        ("number: 2", "number: 1", "packages, number : « 1 » ; attendu : une valeur à chacun"),
        ('impacts: "Z"', 'impacts: "P"', "une lettre qui n’est pas celle d’un paquet"),
    ],
)
def test_setting_that_would_spoil_the_book_is_refused_at_once(root, old, new, said):
    study = new_study.new_study("Essai", "59606", today=TODAY)
    files = new_study.raw_files(study)
    lists = files[f"{new_study.EXAMPLES}/study.yml"]
    written = files["study.yml"].replace("cases: []\n", "").replace("packages: []\n", "") + lists
    settings.parse("essai", written)
    with pytest.raises(StudyError, match=said):
        settings.parse("essai", written.replace(old, new))


def test_report_may_have_more_than_nine_sections(root):
    pic("new", "Essai", "--insee", "59606")
    with (root / "data" / "raw" / "essai" / "timeline.csv").open("a", encoding="utf-8") as file:
        file.write("EVT01,2018,,Le premier terrain est prêté.,SRC01,10.12,le premier terrain\n")
    with (root / "data" / "raw" / "essai" / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("SRC01,report,Rapport,,2024-05,,tous droits réservés,\n")
    pic("register", "--study", "essai", "--yes")
    code, printed = pic("check", "--study", "essai")
    assert code == 0, printed
