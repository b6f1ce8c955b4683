from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace

import pytest
import tiny
from conftest import REPOSITORY

from pic_analysis.cleaning.study import clean, write
from pic_analysis.evidence.passport import accounts
from pic_analysis.publishing import exercises, notebooks, sandbox
from pic_analysis.publishing.feedback import NOT_YET, RIGHT, TODO, Feedback, same
from pic_analysis.reading import registry, settings
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES

CITATIONS = [
    ("cit-001", "B1-01", "3.2.1", "Ecoactivités Eco_PC1_1"),
    ("cit-002", "B1-01", "3.2.1", "Participation Part_PC1_1"),
    ("cit-003", "B1-01", "3.2.1", "Participation Part_PC1_2"),
]
VOICES = [
    ("tem-001", "interview", "P11", "B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée"),
    ("tem-002", "interview", "P11", "B1-01", "3.2.1", "supports", "Elle plaît encore.", "et puis"),
    ("tem-003", "interview", "P12", "B1-01", "3.2.1", "contradicts", "Elle déplaît.", "mais non"),
    ("tem-004", "interview", "", "B1-01", "3.2.1", "supports", "Elle plaît toujours.", "oui oui"),
]
EMPTY = {"conclusion_support": [], "rival_fates": [], "rivals": []}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Give a compendium of two studies: ``essai``, and ``vide``, whose one conclusion has nothing."""
    root = tmp_path_factory.mktemp("compendium")
    folder = tiny.write(root, EMPTY)
    decision = "conclusions.csv,CCL01,Le récit n’en dit rien.\n"
    (folder / "decisions.csv").write_text(f"file,identifier,reason_fr\n{decision}", encoding="utf-8")
    registry.write(folder.rename(folder.with_name("vide")))
    tiny.write(root, {"citations": CITATIONS, "testimonies": VOICES})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(root))
        for study in ("vide", "essai"):
            write(clean(study), root / "data" / "processed" / study)
        yield root


@pytest.fixture(scope="module")
def known(root):
    """Give the accounts of a study whose one conclusion has two cases and one respondent for, one statement against."""
    return accounts(Study.load("essai"))


@pytest.fixture(scope="module")
def bare(root):
    """Give the accounts of a study whose one conclusion has neither statement nor rival."""
    return accounts(Study.load("vide"))


def said(feedback):
    return feedback.verdict, feedback.text


def test_answers_are_compared_without_capitals_accents_or_quotes_of_another_form():
    assert same(" ÉLEVÉE ") == same("elevee")
    assert same("s’oppose") == same("S'oppose")


def test_feedback_reads_the_same_as_text_and_as_markdown():
    got = Feedback(TODO, "Écrivez un nombre.")._repr_mimebundle_()
    assert got == {"text/markdown": "**À vous.** Écrivez un nombre.", "text/plain": "À vous. Écrivez un nombre."}


@pytest.mark.parametrize(
    "check",
    [
        lambda known: exercises.count_sources(known, "CCL01", None),
        lambda known: exercises.classify_statement(known, "CCL01", None, None),
        lambda known: exercises.classify_statement(known, "CCL01", "B1-01", None),
        lambda known: exercises.read_confidence(known, "CCL01", None),
        lambda known: exercises.unexamined_rival(known, "CCL01", None),
        lambda known: exercises.weakening_case(known, "CCL01", None),
        lambda known: exercises.measured_sentence(known, "CCL01", None),
        lambda known: sandbox.predict_flips(known, "medium.cases", None, None),
        lambda known: sandbox.predict_flips(known, "medium.cases", 1, None),
        lambda known: sandbox.broken_copy(known.study, "CCL01", "statements", "role", None).feedback,
    ],
)
def test_no_answer_yet_is_an_invitation(known, bare, check):
    assert {check(known).verdict, check(bare).verdict} == {TODO}


def test_sources_counted_once_are_right(known):
    verdict, text = said(exercises.count_sources(known, "CCL01", 3))  # two cases and P11
    assert verdict == RIGHT
    assert "7\xa0renvois ou voix" in text
    assert "3\xa0sources indépendantes" in text


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (7, "citations d’une même personne"),  # every citation and every quotation
        (5, "cellules d’un cas"),  # three cells, P11 and P12
        (4, "s’écarte du constat"),  # P12 too, who disagrees
        (20, "known.called"),
        ("3", "sans guillemets"),
        (True, "sans guillemets"),
        (3.0, "nombre entier"),
    ],
)
def test_sources_miscounted_lead_to_the_gesture(known, answer, hint):
    verdict, text = said(exercises.count_sources(known, "CCL01", answer))
    assert verdict == NOT_YET
    assert hint in text
    assert "3" not in text


def test_no_statement_is_no_source(bare):
    verdict, text = said(exercises.count_sources(bare, "CCL01", 0))
    assert (verdict, "aucun constat" in text) == (RIGHT, True)
    assert exercises.count_sources(bare, "CCL01", 1).verdict == NOT_YET


def test_statement_without_source_is_no_source(tiny_study):
    known = accounts(tiny_study(citations=[], testimonies=[]))
    verdict, text = said(exercises.count_sources(known, "CCL01", 0))
    assert (verdict, "ni renvoi, ni voix" in text) == (RIGHT, True)


@pytest.mark.parametrize(
    ("statement", "answer", "why"),
    [
        ("B1-01", "appuie", "explicite"),
        ("B1-02", "S'oppose", "lecture du codeur"),
        ("C2-01", "aucun lien", "ni vous ni nous"),
    ],
)
def test_statement_classified_as_the_table_has_it(known, statement, answer, why):
    verdict, text = said(exercises.classify_statement(known, "CCL01", statement, answer))
    assert verdict == RIGHT
    assert why in text


@pytest.mark.parametrize(
    ("statement", "answer", "hint"),
    [
        ("B1-02", "appuie", "supposez le constat faux"),
        ("C2-01", "s’oppose", "supposez le constat faux"),
        ("B1-01", "oui", "« aucun lien »"),
        ("B1-001", "appuie", "le plus proche : « B1-01 »"),
        (12, "appuie", "n’est pas un constat"),
    ],
)
def test_statement_misread(known, statement, answer, hint):
    verdict, text = said(exercises.classify_statement(known, "CCL01", statement, answer))
    assert (verdict, hint in text) == (NOT_YET, True)


def test_polarity_is_not_the_relation_to_a_conclusion(tiny_study):
    """A statement that contradicts the change supports a conclusion on its limits."""
    known = accounts(tiny_study(conclusion_support=[("CCL01", "B1-02", "supports", "explicit")]))
    assert "polarité" in exercises.classify_statement(known, "CCL01", "B1-02", "s’oppose").text
    assert exercises.classify_statement(known, "CCL01", "B1-02", "appuie").verdict == RIGHT


def test_key_point_has_no_tie_because_it_repeats(tiny_study):
    point = ("B4-01", "3.2.4", "B", "key_point", "supports", "", "On retient que la ville plaît.", "points clés")
    known = accounts(tiny_study(statements=[*tiny.ROWS["statements"], point]))
    assert "il répète le récit" in exercises.classify_statement(known, "CCL01", "B4-01", "aucun lien").text


def test_confidence_read_in_the_table(known):
    """Two cases but one respondent: limited; one for, two against: low; the table says low."""
    assert exercises.read_confidence(known, "CCL01", "Faible").verdict == RIGHT
    assert "au croisement" not in exercises.read_confidence(known, "CCL01", "Faible").text
    assert "à leur croisement" in exercises.read_confidence(known, "CCL01", "moyenne").text
    assert "« élevée »" in exercises.read_confidence(known, "CCL01", "forte").text


def test_confidence_of_nothing(bare):
    assert exercises.read_confidence(bare, "CCL01", CONFIDENCES["none"]).verdict == RIGHT
    assert "une source, au moins" in exercises.read_confidence(bare, "CCL01", "faible").text


def test_rival_left_open(tiny_study):
    rows = [("RIV01", "B", "", "Le maire emporte l’adhésion."), ("RIV02", "B", "", "La Région aussi.")]
    known = accounts(tiny_study(rivals=rows))
    assert said(exercises.unexamined_rival(known, "CCL01", "RIV02"))[0] == RIGHT
    assert "c’est la seule" in exercises.unexamined_rival(known, "CCL01", "RIV02").text
    assert "complète la contribution" in exercises.unexamined_rival(known, "CCL01", "RIV01").text
    assert "il en reste" in exercises.unexamined_rival(known, "CCL01", "aucune").text
    assert "le plus proche : « RIV0" in exercises.unexamined_rival(known, "CCL01", "RIV9").text


def test_every_rival_examined(known):
    assert exercises.unexamined_rival(known, "CCL01", "Aucune").verdict == RIGHT
    assert exercises.unexamined_rival(known, "CCL01", "RIV01").verdict == NOT_YET


def test_no_rival_known_is_no_proof(bare):
    verdict, text = said(exercises.unexamined_rival(bare, "CCL01", "aucune"))
    assert (verdict, "Cela ne prouve pas" in text) == (RIGHT, True)


def test_case_without_which_it_falls(tiny_study):
    known = accounts(tiny_study(citations=CITATIONS[1:], testimonies=VOICES[:2]))  # all of one case
    verdict, text = said(exercises.weakening_case(known, "CCL01", "Part"))
    assert verdict == RIGHT
    assert f"de « faible » à « {CONFIDENCES['none']} » : elle tombe" in text
    assert exercises.weakening_case(known, "CCL01", "Eco").verdict == NOT_YET
    assert "un cas y suffit" in exercises.weakening_case(known, "CCL01", "aucun").text
    assert "le plus proche : « Part »" in exercises.weakening_case(known, "CCL01", "Pars").text


def test_no_case_is_decisive(known, bare):
    assert "quel que soit le cas" in exercises.weakening_case(known, "CCL01", "aucun").text
    assert "rien à perdre" in exercises.weakening_case(bare, "CCL01", "aucun").text
    assert exercises.weakening_case(bare, "CCL01", "Eco").verdict == NOT_YET


@pytest.mark.parametrize(
    ("answer", "verdict", "hint"),
    [
        ("Le récit a pu contribuer à l’adhésion.", RIGHT, "« faible »"),
        ("Le récit contribue à l'adhésion.", NOT_YET, "« contribue »"),
        ("Le récit a pu contribuer. Il prouve beaucoup.", NOT_YET, "« prouve »"),
        ("Le récit est beau.", NOT_YET, "aucun de ses verbes"),
        (3, NOT_YET, "une phrase"),
    ],
)
def test_verb_of_a_verdict(known, answer, verdict, hint):
    got = exercises.measured_sentence(known, "CCL01", answer)
    assert (got.verdict, hint in got.text) == (verdict, True)


def test_verdict_without_evidence(bare):
    assert exercises.measured_sentence(bare, "CCL01", "Le récit ne permet pas de le dire.").verdict == RIGHT
    assert exercises.measured_sentence(bare, "CCL01", "Le récit a pu contribuer.").verdict == NOT_YET


def test_threshold_that_decides(tiny_study):
    """One respondent is enough for a medium extent: with a medium agreement, confidence goes up."""
    known = accounts(tiny_study())
    verdict, text = said(sandbox.predict_flips(known, "medium.respondents", 1, ["CCL01"]))
    assert verdict == RIGHT
    assert "CCL01 passe de « faible » à « moyenne »" in text
    verdict, text = said(sandbox.predict_flips(known, "medium.respondents", 1, "aucune"))
    assert (verdict, "1\xa0oubliée" in text, "CCL01" in text) == (NOT_YET, True, False)


def test_threshold_that_decides_nothing(known, bare):
    for study in (known, bare):
        assert sandbox.predict_flips(study, "agreement.strong", 0.9, "aucune").verdict == RIGHT
        assert "1 en trop" in sandbox.predict_flips(study, "agreement.strong", 0.9, {"CCL01"}).text


@pytest.mark.parametrize(
    ("name", "value", "answer", "hint"),
    [
        ("medium.respondents", 2, "aucune", "vaut déjà"),
        ("medium.respondent", 1, "aucune", "le plus proche : « medium.respondents »"),
        ("medium.respondents", "un", "aucune", "un nombre entier"),
        ("agreement.medium", 50, "aucune", "une part entre 0 et 1"),
        ("medium.respondents", 1, ["CCL1"], "le plus proche : « CCL01 »"),
        ("medium.respondents", 1, 1, "une liste"),
    ],
)
def test_threshold_or_prediction_that_cannot_be_read(known, name, value, answer, hint):
    got = sandbox.predict_flips(known, name, value, answer)
    assert (got.verdict, hint in got.text) == (NOT_YET, True)


def test_rubric_of_the_study_is_not_touched(known):
    before = sandbox.thresholds(known.study.settings.rubric)
    assert sandbox.with_threshold(known.study.settings.rubric, "required", 1)["extent"]["required"] == 1
    assert sandbox.thresholds(known.study.settings.rubric) == before


def sums(folder):
    return {p.relative_to(folder): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_wrong_code_is_told_with_file_row_and_rule_and_touches_nothing(known, root):
    before = sums(root)
    got = sandbox.broken_copy(known.study, "CCL01", "conclusion_support", "relation", "soutient")
    place = "conclusion_support.csv, ligne 3, colonne relation : « soutient »"
    for expected in (place, "supports, opposes", "le plus proche" if "plus proche" in got.told else place):
        assert expected in repr(got)
    assert got.told.splitlines()[0] == "1 erreur"
    assert "```text" in got._repr_mimebundle_()["text/markdown"]
    assert sums(root) == before


@pytest.mark.parametrize(
    ("answer", "verdict", "hint"),
    [
        (None, TODO, "(fichier, ligne, code)"),
        (("conclusion_support.csv", 3, "opposes"), RIGHT, "la copie était fausse"),
        (("conclusion_support", "3", "supports"), RIGHT, "ligne 3"),
        (("conclusions.csv", 3, "opposes"), NOT_YET, "pas le fichier"),
        (("conclusion_support.csv", 2, "opposes"), NOT_YET, "en-tête compris"),
        (("conclusion_support.csv", 3, "soutient"), NOT_YET, "pas admis non plus"),
        ("conclusion_support.csv", NOT_YET, "trois valeurs"),
    ],
)
def test_message_read(known, answer, verdict, hint):
    broken = sandbox.broken_copy(known.study, "CCL01", "conclusion_support", "relation", "soutient")
    got = sandbox.locate_error(broken, answer)
    assert (got.verdict, hint in got.text) == (verdict, True)


@pytest.mark.parametrize(
    ("table", "column", "code", "hint"),
    [
        ("conclusion_support", "relation", "supports", "ne lit que sa forme"),
        ("conclusion_suport", "relation", "x", "le plus proche : « conclusion\\_support »"),
        ("conclusion_support", "relatin", "x", "le plus proche : « relation »"),
        ("theory_links", "label_fr", "x", "n’est pas une table qui a des codes"),
    ],
)
def test_nothing_broken(known, table, column, code, hint):
    got = sandbox.broken_copy(known.study, "CCL01", table, column, code)
    assert (got.feedback.verdict, hint in got.feedback.text, got.told) == (NOT_YET, True, "")
    assert sandbox.locate_error(got, ("a", 1, "b")).verdict == TODO


def test_empty_table_cannot_be_broken(bare):
    got = sandbox.broken_copy(bare.study, "CCL01", "conclusion_support", "relation", "x")
    assert "est vide" in got.feedback.text


def test_every_conclusion_of_the_real_study_has_one_right_count(loos):
    known = accounts(loos)
    for claim in loos.conclusions["conclusion_id"]:
        right = [n for n in range(25) if exercises.count_sources(known, claim, n).verdict == RIGHT]
        assert len(right) == 1, claim


def test_every_conclusion_of_the_real_study_has_rivals_left_open_as_coded(loos):
    known, told = accounts(loos), loos.rival_fates.groupby("conclusion_id")["rival_id"].agg(set)
    for claim in loos.conclusions["conclusion_id"]:
        every = set(known.of("conclusion", claim).rivals["rival_id"])
        left = {rival for rival in every if exercises.unexamined_rival(known, claim, rival).verdict == RIGHT}
        assert left == every - told.get(claim, set())


def test_notebook_runs_for_a_conclusion_without_support_of_another_study(bare, root):
    (job,) = [job for job in notebooks.jobs(settings.load("essai")) if job.name == "suivre_une_conclusion"]
    (root / "notebooks").mkdir()
    shutil.copy(REPOSITORY / job.source, root / job.source)
    text = notebooks.executed(replace(job, parameters={"study": "vide", "conclusion": "CCL01"}), root)
    assert text.count("**À vous.**") == 9
    assert "la chaîne de preuve ne peut pas être reconstruite" in text
