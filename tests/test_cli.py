from __future__ import annotations

import subprocess
import sys

import pytest

from pic_analysis import cli
from pic_analysis.cli import building, checking
from pic_analysis.paths import NotACompendium
from pic_analysis.pipeline import plan as planning
from pic_analysis.pipeline import run as running
from pic_analysis.pipeline.errors import Interrupted, StepError
from pic_analysis.pipeline.run import Outcome
from pic_analysis.problems import Problem, Report, StudyError
from pic_analysis.publishing.contents import BookError
from pic_analysis.reading import registry, settings


@pytest.fixture
def steps(monkeypatch):
    """Replace the build's steps; return what the last run was asked."""
    from types import SimpleNamespace

    asked = SimpleNamespace(names=None, options=None, outcome=Outcome((), 3, 0.5))
    names = ("clean", "Eco", "B", "book")
    monkeypatch.setattr(building, "_steps", lambda study: tuple(SimpleNamespace(name=name, study="") for name in names))
    monkeypatch.setattr(building, "_show_home", lambda study: print("Le livre : index.html"))
    monkeypatch.setattr(planning, "missing", lambda steps: [])
    monkeypatch.setattr(running, "stale", lambda steps: ())

    def run(steps, **options):
        asked.names, asked.options = [step.name for step in steps], options
        if isinstance(asked.outcome, BaseException):
            raise asked.outcome
        return asked.outcome

    monkeypatch.setattr(running, "run", run)
    return asked


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StudyError("mini", Report((Problem("a.csv", 2, "x", "Z", "un paquet"),))), 1),
        (StepError("données", 1), 1),
        (NotACompendium("Aucun dépôt"), 2),
        (StepError("carnet", 3), 3),
        (BookError("lien mort"), 3),
        (Interrupted("Arrêté."), 130),
        (KeyboardInterrupt(), 130),
    ],
)
def test_exit_code_and_message_without_traceback(pic, steps, error, code):
    steps.outcome = error
    got, printed = pic("build")
    assert got == code
    assert (str(error) or "Arrêté") in printed
    assert "Traceback" not in printed


def test_full_disk_is_said_in_french(pic, steps):
    steps.outcome = OSError(28, "No space left on device", "data/processed/essai/a.csv")
    code, said = pic("build")
    assert code == 3
    assert "a.csv" in said
    assert "place sur le disque" in said


def test_bug_is_not_disguised(steps):
    steps.outcome = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        cli.main(["build"])


def test_build_says_what_was_done_and_where_the_book_is(pic, steps):
    steps.outcome = Outcome(("clean", "book"), 2, 3.25)
    assert pic("build") == (0, "Fait : 2\xa0étapes en 3,2 s, 2 déjà à jour.\nLe livre : index.html\n")
    assert steps.names == ["clean", "Eco", "B", "book"]


def test_build_with_nothing_to_do(pic, steps):
    code, printed = pic("build")
    assert (code, printed.splitlines()[0]) == (0, "Rien n’a changé : les 4 étapes sont à jour (0,5 s).")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["clean"], ["clean"]),
        (["run"], ["clean", "Eco", "B"]),
        (["run", "eco"], ["clean", "Eco"]),
        (["book"], ["book"]),
    ],
)
def test_each_verb_runs_its_steps(pic, steps, arguments, expected):
    assert pic(*arguments)[0] == 0
    assert steps.names == expected


def test_options_reach_the_run(pic, steps):
    pic("build", "--workers", "1", "--force")
    assert (steps.options["workers"], steps.options["force"]) == (1, True)


def test_book_with_stale_notebooks_says_so(pic, steps, monkeypatch):
    monkeypatch.setattr(running, "stale", lambda steps: ("Eco",))
    assert "1\xa0étape avant le livre n’est pas à jour ; `pic build` la refait" in pic("book")[1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run", "Ecco"], "« Ecco » n’est ni un cas ni un paquet ; le plus proche : « Eco »"),
        (["biuld"], "pas de commande « biuld » ; la plus proche : « build »"),
        (["build", "--forse"], "pas d’option « --forse » ; la plus proche : « --force »"),
        (["build", "--workers", "0"], "attendu : un nombre entier, au moins 1"),
    ],
)
def test_wrong_usage(pic, steps, arguments, expected):
    code, printed = pic(*arguments)
    assert code == 2
    assert expected in printed
    assert "-h` affiche l’aide" in printed


ENGLISH = ("Missing", "argument", "Got", "extra", "No such", "requires", "does not", "Error", "Try", "Invalid", "value")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["import"], "Il manque FICHIER : `pic import FICHIER`.\n    → Par exemple : `pic import projet.qdpx`"),
        (["explain"], "Il manque AFFIRMATION : `pic explain AFFIRMATION`.\n    → Par exemple : `pic explain CCL01`"),
        (["withdraw"], "Il manque ENTRETIEN : `pic withdraw ENTRETIEN`"),
        (["export"], "Il manque DOSSIER : `pic export DOSSIER`"),
        (["import", "a", "b"], "« b » est de trop : `pic import` ne prend que FICHIER."),
        (["explain", "CCL05", "x", "y"], "« x y » est de trop : `pic explain` ne prend que AFFIRMATION."),
        *(
            ([verb, "x"], f"« x » est de trop : `pic {verb}` ne prend rien d’autre que ses options.")
            for verb in ("build", "clean", "check", "book", "verify", "register")
        ),
        (["check", "--study"], "L’option --study demande une valeur : --study ÉTUDE."),
        (["build", "--workers"], "L’option --workers demande une valeur : --workers N."),
        (["build", "--force=3"], "L’option --force ne prend pas de valeur"),
        (["--study", "demo", "check"], "se place après la commande : `pic COMMANDE --study …`"),
        (["zzz"], "pas de commande « zzz ».\n    → Au choix : book, build, check"),
    ],
)
def test_wrong_usage_is_told_in_french_with_what_to_type(pic, arguments, expected):
    code, printed = pic(*arguments)
    assert code == 2
    assert expected in printed
    assert "-h` affiche l’aide" in printed
    assert [word for word in ENGLISH if word in printed] == []


def test_pic_alone_shows_its_help_once(pic):
    code, printed = pic()
    assert (code, printed.count("Commandes :"), "affiche l’aide" in printed) == (2, 1, False)


@pytest.mark.parametrize("verb", sorted(cli.pic.commands))
def test_help_of_each_verb_gives_a_command_to_type(pic, verb):
    code, printed = pic(verb, "--help")
    assert code == 0
    assert f"Exemple : pic {verb}" in printed


def test_file_to_import_that_is_not_there_is_told_with_the_nearest(pic, tmp_path):
    (tmp_path / "codages.qdpx").touch()
    code, printed = pic("import", str(tmp_path / "codage.qdpx"))
    assert code == 2
    assert f"n’existe pas ; le plus proche : « {tmp_path / 'codages.qdpx'} »" in printed
    assert f"Le dossier {tmp_path / 'rien'} n’existe pas" in pic("import", str(tmp_path / "rien" / "a.csv"))[1]


def test_folder_to_import_is_told_with_the_files_that_it_holds(pic, tmp_path):
    (tmp_path / "projet.qdpx").touch()
    (tmp_path / "lisez-moi.md").touch()
    code, printed = pic("import", str(tmp_path))
    assert code == 1
    assert "c’est un dossier, et non un projet QualCoder" in printed
    assert "→ Donnez un fichier : projet.qdpx\n" in printed


def test_export_that_says_no_place_is_not_offered_to_a_study(pic, tmp_path):
    (tmp_path / "all_tags.csv").write_text("id,document,tag,content\n1,INT001.txt,fierté,fier\n", encoding="utf-8")
    code, printed = pic("import", str(tmp_path / "all_tags.csv"))
    assert code == 0
    assert "Ses codages ne peuvent pas servir : la place des passages dans le texte n’y est pas." in printed
    assert "codages_A" not in printed


def test_unknown_study_is_told_with_the_nearest(pic, raw_folder):
    code, printed = pic("check", "--study", "esai")
    assert code == 1
    assert "il n’y a pas d’étude de ce nom ; le plus proche : « essai »" in printed


def test_output_that_is_not_in_unicode_loses_signs_and_not_the_message():
    import os

    said = subprocess.run(
        [sys.executable, "-m", "pic_analysis", "import", __file__],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert b"Traceback" not in said.stderr
    assert "    -> Sont lus : REFI-QDA" in said.stdout.decode("cp1252")


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["build", "-h"]])
def test_help_is_in_french(pic, arguments):
    code, printed = pic(*arguments)
    assert code == 0
    assert "Afficher cette aide" in printed
    for english in ("Usage:", "Show this", "Commands:", "default:"):
        assert english not in printed


@pytest.fixture
def raw(tmp_path, monkeypatch):
    """Give the raw folder of a study called mini, with two files in its registry."""
    from types import SimpleNamespace

    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    monkeypatch.setattr(settings, "load", lambda study: SimpleNamespace(name=study))
    folder = tmp_path / "data/raw/mini"
    folder.mkdir(parents=True)
    (tmp_path / "_config.yml").touch()
    (folder / "a.csv").write_text("a")
    (folder / "b.csv").write_text("b")
    registry.write(folder)
    return folder


def test_register_shows_each_change_then_writes(pic, raw, monkeypatch):
    (raw / "a.csv").write_text("changed")
    (raw / "b.csv").unlink()
    (raw / "c.csv").touch()
    code, printed = pic("register", "--study", "mini", "--yes")
    assert code == 0
    assert [line.split() for line in printed.splitlines()[:3]] == [
        ["modifié", "a.csv"],
        ["retiré", "b.csv"],
        ["ajouté", "c.csv"],
    ]
    assert registry.verify(raw) == ()


def test_register_refused_on_a_terminal_writes_nothing(pic, raw, monkeypatch):
    (raw / "a.csv").write_text("changed")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *a, **k: False)
    pic("register", "--study", "mini")
    assert len(registry.verify(raw)) == 1


def test_register_with_nothing_to_do(pic, raw):
    assert "à jour : 2\xa0fichiers" in pic("register", "--study", "mini")[1]


@pytest.mark.parametrize(("blocking", "code"), [(True, 1), (False, 0)])
def test_check_prints_counts_and_every_problem(pic, monkeypatch, blocking, code):
    from pic_analysis.cleaning import study as cleaning

    problems = Report(tuple(Problem("a.csv", row, "x", "Z", "un paquet", blocking=blocking) for row in (2, 3)))
    monkeypatch.setattr(cleaning, "clean", lambda study: cleaning.CleaningResult({"citations": range(146)}, problems))
    monkeypatch.setattr(checking, "_say_controls", lambda study, tables: None)  # of a whole study only
    got, printed = pic("check")
    assert got == code
    for expected in ("citations    146", "ligne 2", "ligne 3"):
        assert expected in printed


def test_check_prints_what_the_controls_find_and_stays_a_success(pic, raw_folder):
    code, printed = pic("check", "--study", "essai")
    assert code == 0
    assert "Contrôles des sources :" in printed
    assert [line.split()[-1] for line in printed.splitlines() if "Renvois de page" in line] == ["1"]
    assert printed.splitlines()[-1].startswith("Face au registre des écarts : rappel ")


def test_check_of_faulty_tables_prints_no_control(pic, raw_folder):
    (raw_folder / "facts.csv").unlink()
    code, printed = pic("check", "--study", "essai")
    assert code == 1
    assert "Contrôles des sources" not in printed


@pytest.mark.parametrize(("found", "code"), [([], 0), (["eco.ipynb : diffère, cellule 3"], 1)])
def test_verify_prints_what_differs(pic, monkeypatch, found, code):
    from pic_analysis.pipeline import verify

    monkeypatch.setattr(settings, "load", lambda study: None)
    monkeypatch.setattr(verify, "differences", lambda settings, **options: found)
    got, printed = pic("verify")
    assert got == code
    assert ("".join(found) or "à l’octet près") in printed


def test_pdf_brings_the_book_up_to_date_then_names_what_it_writes(pic, tmp_path, monkeypatch):
    from pic_analysis.publishing import offline, publication
    from pic_analysis.publishing import pdf as printing

    (tmp_path / "livre").write_bytes(bytes(1_250_000))
    done = []
    monkeypatch.setattr(building, "_steps", lambda study: ("toutes",))
    monkeypatch.setattr(building, "_run", lambda steps, workers, force: done.append(steps))
    for module in (offline, printing):
        monkeypatch.setattr(module, "write", lambda root: done.append(root) or tmp_path / "livre")
    monkeypatch.setattr(publication, "write", lambda root, editions: done.append(editions) or tmp_path / "site")
    code, printed = pic("pdf")
    assert code == 0
    assert done[0] == ("toutes",)
    assert done[3:] == [[tmp_path / "livre", tmp_path / "livre"]]
    assert printed.count(f"{tmp_path / 'livre'} (1,3\xa0Mo)") == 2
    assert f"Le site à publier\xa0: {tmp_path / 'site'}" in printed


def test_without_a_browser_the_site_is_published_with_its_archive_alone(pic, tmp_path, monkeypatch):
    from pic_analysis.publishing import browser, offline, publication
    from pic_analysis.publishing import pdf as printing

    def none(root):
        raise browser.NoBrowser("Le PDF n’est pas fait : ni Chromium ni Chrome n’est installé")

    (tmp_path / "a.zip").write_bytes(b"x")
    published = []
    monkeypatch.setattr(building, "_steps", lambda study: ())
    monkeypatch.setattr(building, "_run", lambda steps, workers, force: None)
    monkeypatch.setattr(offline, "write", lambda root: tmp_path / "a.zip")
    monkeypatch.setattr(printing, "write", none)
    monkeypatch.setattr(publication, "write", lambda root, editions: published.append([*editions]))
    code, printed = pic("pdf")
    assert code == 3
    assert "ni Chromium" in printed
    assert published == [[tmp_path / "a.zip"]]


def test_module_runs_too_and_front_door_is_light():
    code = (
        "import sys; import pic_analysis.cli;"
        "heavy = {'pandas', 'matplotlib', 'sphinx', 'papermill', 'pytask', 'statsmodels'} & set(sys.modules);"
        "sys.exit(' '.join(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr.strip() == ""
    done = subprocess.run([sys.executable, "-m", "pic_analysis", "--version"], capture_output=True, text=True)
    assert done.stdout.startswith("pic ")
