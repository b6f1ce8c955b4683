"""What the page on coding shows: counts of real size only, what waits told apart, and no bare coefficient."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import interviews_tiny
import pandas as pd
import pytest
from conftest import REPOSITORY
from publishing.small_book import build, write

from pic_analysis.disclosure.declared import GROUPS
from pic_analysis.interviews import Interviews
from pic_analysis.publishing import notebooks
from pic_analysis.publishing.blocks import coding_agreement as agreement
from pic_analysis.publishing.blocks import interview_groups as groups
from pic_analysis.publishing.blocks import interviews as page
from pic_analysis.publishing.workshop import Workshop
from pic_analysis.reading import settings
from pic_analysis.vocabulary import SAFE_GROUPS

DISAGREEMENTS = ["interview_id", "code_id", "settled"]
ABOUT = SimpleNamespace(name="essai", demo=False, title_fr="Essai", coder="pic-analysis", cases=())
COMMITTED = REPOSITORY / "book" / "atelier_de_codage.ipynb"


def workshop(disagreements=(), about=ABOUT, **tables) -> Workshop:
    """Return the workshop of the tiny interviews, some tables replaced."""
    held = pd.DataFrame({"file": []}, dtype=str)
    settled = pd.DataFrame(disagreements, columns=DISAGREEMENTS)
    frames = {**interviews_tiny.tables(), "disagreements": settled, "cleaning_log": held, "quarantine": held, **tables}
    return Workshop.of(Interviews(about, **frames))


@pytest.fixture(scope="module")
def demo() -> Workshop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        return Workshop.of(Interviews.load("demo_entretiens"))


@pytest.fixture(scope="module")
def executed() -> str:
    """Return the page as executing its notebook gives it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIC_ROOT", str(REPOSITORY))
        (job,) = [job for job in notebooks.jobs(settings.load("loos_2016")) if job.name == "atelier_de_codage"]
        return notebooks.executed(job, REPOSITORY)


def test_codes_are_those_in_use_and_merged_ones_count_under_their_new_name():
    got = workshop()
    assert got.codes == ["image", "skill", "rival"]
    assert got.present.loc["INT002", "image"]  # coded with old_image too


def test_unsettled_disagreement_is_neither_said_nor_kept_silent():
    got = workshop([("INT003", "image", "")])
    assert (got.present.loc["INT003", "image"], got.questioned.loc["INT003", "image"]) == (False, False)
    assert got.open_readings == 1
    assert ("INT003", "image") not in set(zip(got.asked["interview_id"], got.asked["code_id"], strict=True))


def test_settled_disagreement_counts_as_settled():
    got = workshop([("INT003", "image", "absent")])
    assert (got.present.loc["INT003", "image"], got.questioned.loc["INT003", "image"]) == (False, True)


def test_study_that_wrote_down_no_question_is_taken_as_asked_about_everything():
    got = workshop([("INT003", "image", "")], asked=interviews_tiny.asked().head(0))
    assert got.questioned.to_numpy().sum() == got.questioned.size - 1


def test_groups_of_fewer_than_five_show_no_number():
    got = workshop()
    sizes = got.protected.published(GROUPS).set_index("group")["shown"]
    assert {sizes[group] for group in SAFE_GROUPS} == {"s"}
    cells = groups.shares(got).data.set_index("Code")[[*SAFE_GROUPS]]
    assert not re.search(r"\d", " ".join(cells.to_numpy().ravel()))
    assert got.shown_groups.empty
    assert page.accumulated(got).data["group"].unique().tolist() == ["Ensemble"]


def test_every_part_of_the_page_stands_with_very_few_interviews():
    got = workshop()
    for part in (page.delivery, page.gate, page.saturated, page.unheard_cautions, groups.leads, agreement.paradoxes):
        assert part(got).text
    for part in (page.register, page.unheard, agreement.measures, agreement.by_code, agreement.by_pair):
        assert part(got).html()
    fitted = groups.model(got)
    assert fitted.refusals
    assert "ce modèle ne permet de dire ni" in groups.diagnostics(fitted).text
    assert "Pas de modèle" in groups.odds(got, fitted).text
    assert page.together(got).text == "Aucune paire de codes n’est réunie dans 5\xa0entretiens ou plus."


def register_of(*kinds: str, each: int = 6) -> pd.DataFrame:
    """Return a register of so many interviews of each type."""
    rows = [
        (f"INT{100 * kind + n:03d}", name, "Eco", "2015-11-04", "face_to_face", "given")
        for kind, name in enumerate(kinds)
        for n in range(each)
    ]
    return pd.DataFrame(rows, columns=[*interviews_tiny.interviews()])


def coded(register: pd.DataFrame, codes=("image", "skill"), coders=("A", "B")) -> pd.DataFrame:
    """Return codings in which every coder puts every code on every interview."""
    rows = [(i, f"{i}:0-10", c, "supports", w) for i in register["interview_id"] for c in codes for w in coders]
    frame = pd.DataFrame(rows, columns=[*interviews_tiny.codings()][1:])
    frame.insert(0, "coding_id", [f"cod-{n:06d}" for n in range(len(frame))])
    return frame


ELECTED = register_of("elus", each=8)
FOUR = register_of("elus", "habitants", "entreprises", "chercheurs")
UNASKED = interviews_tiny.asked().head(0)
DEGENERATE = {
    "one coder": {"codings": interviews_tiny.codings().assign(coder="A")},
    "coders apart": {
        "codings": interviews_tiny.codings().assign(
            coder=lambda d: d["interview_id"].gt("INT003").map({True: "A", False: "B"})
        )
    },
    "one interview": {
        "interviews": interviews_tiny.interviews()[:1],
        "codings": interviews_tiny.codings()[:3],
        "asked": interviews_tiny.asked()[:1],
    },
    "one code": {
        "codebook": interviews_tiny.codebook()[:1],
        "codings": interviews_tiny.codings().query("code_id == 'image'"),
        "asked": interviews_tiny.asked().query("code_id == 'image'"),
    },
    "no coding": {"codings": interviews_tiny.codings()[:0]},
    "no coding, no question": {"codings": interviews_tiny.codings()[:0], "asked": UNASKED},
    "one type": {"interviews": ELECTED, "codings": coded(ELECTED), "asked": UNASKED},
    "one of everything": {"interviews": ELECTED, "codings": coded(ELECTED, ("image",), ("A",)), "asked": UNASKED},
    "no question": {"interviews": FOUR, "codings": coded(FOUR)[5:], "asked": UNASKED},
    "nobody": {
        "interviews": interviews_tiny.interviews()[:0],
        "codings": interviews_tiny.codings()[:0],
        "asked": UNASKED,
    },
}
PARTS = (
    *(page.delivery, page.register, page.gate, page.accumulated, page.saturated, page.unheard, page.unheard_cautions),
    *(agreement.measures, agreement.by_code, agreement.by_pair, agreement.by_group, agreement.paradoxes),
    *(agreement.costly, groups.shares, groups.leads, page.silences, page.together),
)


def words(part) -> str:
    """Return what a part of the page says, be it a text, a table or a figure."""
    found = [getattr(part, name, "") for name in ("text", "caption", "title", "alt")]
    if (data := getattr(part, "data", None)) is not None:
        found += [*map(str, data.to_numpy().ravel())]
    return "\n".join(found).replace("\xa0", " ")


@pytest.mark.parametrize("case", DEGENERATE)
def test_page_is_said_in_french_whatever_is_missing(case):
    got = workshop(**DEGENERATE[case])
    fitted = groups.model(got)
    said = "\n".join(words(part) for part in (*(part(got) for part in PARTS), groups.odds(got, fitted)))
    for wrong in (
        r"\b[01] \w+s\b(?<!fois)(?<!cas)",  # 1 entretiens
        r"\bles 1\b|\bdes 1\b|\b1 \w+ restent",
        r"\bn\. d\. (?:entretiens|au plus)",
        r"\([^()\n]*\([^()\n]*\)",
        r"p = 0,000",
        r"  ",
    ):
        assert not re.search(wrong, said), re.search(wrong, said)


@pytest.mark.parametrize("case", ["one coder", "coders apart", "no coding", "one of everything", "one code"])
def test_without_two_coders_of_an_interview_there_is_no_agreement_to_measure(case):
    got = workshop(**DEGENERATE[case])
    assert "il n’y a pas d’accord" in agreement.measures(got).text
    for part in (agreement.by_code, agreement.by_pair, agreement.by_group, agreement.paradoxes, agreement.costly):
        assert part(got).text in ("", agreement.NONE)
    assert "arbitr" not in page.delivery(got).text
    assert "paradoxe" not in agreement.paradoxes(got).text.lower()


def test_one_coder_is_told():
    assert agreement.measures(workshop(**DEGENERATE["one coder"])).text.startswith("Une seule personne a codé")


def test_coders_who_never_differ_are_not_told_to_be_arbitrated():
    got = workshop(**DEGENERATE["one type"])
    assert "ne sont en désaccord sur rien" in page.delivery(got).text
    assert agreement.costly(got).text == "Les codeurs ne diffèrent sur aucun code : rien à arbitrer."


@pytest.mark.parametrize(
    ("decided", "expected"), [("", "8 lectures restent à arbitrer."), ("nuances", "tout est arbitré.")]
)
def test_coders_who_only_differ_on_a_direction_are_not_said_to_agree(decided, expected):
    codings = coded(ELECTED, ("image",)).assign(direction=lambda d: d["coder"].map({"A": "supports", "B": "nuances"}))
    units = [(name, "image", decided) for name in ELECTED["interview_id"]]
    page_of = workshop(units, interviews=ELECTED, codings=codings, asked=UNASKED)
    got = agreement.costly(page_of).text.replace("\xa0", " ")
    assert "aucun code" not in got
    assert got.endswith(f"le même sens (appuie, nuance, contredit) : {expected}")


def test_page_without_a_trace_of_the_questions_says_so():
    got = workshop(**DEGENERATE["no question"])
    states = {*page.silences(got).data.to_numpy().ravel()}
    assert "question non documentée" in states
    assert not {"jamais interrogé", "interrogé, silencieux"} & states
    assert "les questions posées ne sont pas documentées" in groups.shares(got).caption
    assert "interrogé" not in words(groups.shares(got))


def test_disagreement_to_settle_is_not_a_question_never_put():
    open_ = [(f"INT00{n}", "image", "") for n in (1, 2)]
    got = groups.shares(workshop(open_)).data.set_index("Code")
    first, *_, last = got.columns[:-1]
    assert got.loc["image de la ville", first] == "aucune lecture arrêtée"
    assert got.loc["image de la ville", last] == "jamais interrogé"


@pytest.mark.parametrize(
    ("coder", "expected"), [("", "Source : « Essai »."), ("Bureau", "Source : « Essai », codage Bureau.")]
)
def test_nobody_is_said_to_have_coded_where_the_study_names_nobody(coder, expected):
    about = SimpleNamespace(name="essai", demo=False, title_fr="Essai", coder=coder, cases=())
    assert page.source(workshop(about=about)) == expected


def test_only_fictitious_interviews_have_the_banner(demo):
    assert page.banner(workshop().interviews).text == ""
    assert "Données de démonstration (demo), entièrement fictives" in page.banner(demo.interviews).text


def test_every_count_shown_is_of_five_people_at_least_or_nobody(demo):
    shown = " ".join(groups.shares(demo).data.astype(str).to_numpy().ravel())
    pairs = [(int(said), int(held)) for said, held in re.findall(r"(\d+) sur (\d+)", shown)]
    assert len(pairs) > 20
    assert [pair for pair in pairs if 0 < pair[0] < 5 or 0 < pair[1] - pair[0] < 5] == []


def test_coefficients_name_themselves_and_their_grid(demo):
    for table in (agreement.by_code(demo), agreement.by_pair(demo), agreement.by_group(demo), agreement.costly(demo)):
        assert "Alpha de Krippendorff, niveau nominal" in table.caption
        assert "entretien × code, avec les unités que personne n’a codées" in table.caption
    every = agreement.measures(demo).data
    assert every["Unité de calcul"].is_unique
    assert {"Kappa de Cohen", "AC1 de Gwet"} <= {*every.columns}


def test_what_is_costly_or_paradoxical_tells_no_hidden_total(demo):
    hidden = {demo.labels[code] for code in demo.codes if code not in demo.open_totals}
    assert hidden
    assert not hidden & {*agreement.costly(demo).data["Code"]}
    told = [line for line in agreement.paradoxes(demo).text.splitlines() if any(name in line for name in hidden)]
    assert told
    assert not re.search(r"\d", " ".join(told))


def met(**times: int) -> pd.DataFrame:
    """Return the codings of eight interviews in which each code is met so many times."""
    names = [*ELECTED["interview_id"]]
    rows = [(i, f"{i}:0-10", code, "supports", "A") for code, number in times.items() for i in names[:number]]
    frame = pd.DataFrame(rows, columns=[*interviews_tiny.codings()][1:])
    return frame.assign(coding_id=[f"cod-{n:06d}" for n in range(len(frame))])


@pytest.mark.parametrize("times", [{"image": 1}, {"image": 1, "skill": 8}, {"image": 2, "skill": 1, "rival": 8}])
def test_saturation_tells_no_code_that_few_speak_of(times):
    got = workshop(interviews=ELECTED, codings=met(**times), asked=UNASKED)
    assert got.shows_total
    for part in (page.accumulated, page.saturated, page.unheard_cautions):
        assert "le garde-fou masque" in part(got).text
        assert not re.search(r"\d", part(got).text)
    shown = page.unheard(got).data.set_index("Estimateur")["Valeur"]
    assert {*shown.drop("Codes relevés")} == {"s"}


def test_saturation_is_shown_where_a_rare_code_hides_behind_another():
    # One code is met once and the other seven times out of eight: both counts are hidden, neither can be told.
    got = workshop(interviews=ELECTED, codings=met(image=1, rival=7), asked=UNASKED)
    assert got.hides("image")
    assert got.hides("rival")
    assert "s" not in {*page.unheard(got).data["Valeur"]}
    assert {*page.accumulated(got).data["group"]} == {"Ensemble", "Élus et agents"}


def test_curve_of_a_group_whose_rare_codes_it_would_name_is_not_drawn():
    # Everyone speaks of the code, but one group of whom a single person does: 1 mean over 8 people gives 1 of them.
    people = register_of("elus", "habitants", "chercheurs", each=8)
    spoken = coded(people, ("image",), ("A",))
    spoken = spoken[~spoken["interview_id"].isin(people["interview_id"][1:8])]
    got = workshop(interviews=people, codings=spoken, asked=UNASKED)
    assert got.tells_rare("Élus et agents")
    assert "Élus et agents" not in {*page.accumulated(got).data["group"]}


def test_agreement_on_a_code_whose_total_is_hidden_is_hidden_too(demo):
    shown = agreement.by_code(demo).data.set_index("Code")["Alpha"]
    hidden = {demo.labels[code] for code in demo.codes if code not in demo.open_totals}
    assert {*shown.index[shown == "s"]} == hidden


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Fierté, dite par trois élus", "trois élus"), ("Élus du cas Eco", "Élus + cas Eco"), ("Fierté", "")],
)
def test_label_that_tells_what_the_tables_hide_is_refused(label, expected):
    book = interviews_tiny.codebook().assign(label_fr=[label, *interviews_tiny.codebook()["label_fr"][1:]])
    got = workshop(about=settings.example(), codebook=book)
    if expected:
        with pytest.raises(ValueError, match=re.escape(expected)):
            groups.shares(got)
    else:
        assert label in {*groups.shares(got).data["Code"]}


def test_planted_silence_and_question_never_put_are_on_the_map(demo):
    states = page.silences(demo).data.set_index("link_id")
    columns = dict(zip(SAFE_GROUPS, states.columns, strict=True))
    assert states.at["C>D", columns["Agriculteurs et entreprises"]] == "interrogé, silencieux"
    assert states.at["D>E", columns["Habitants et associations"]] == "jamais interrogé"
    assert {*states.loc["A>B"]} == {"confirme"}


def test_tests_and_model_say_that_they_are_exploratory(demo):
    assert all(line.startswith("- À titre exploratoire") for line in groups.leads(demo).text.splitlines())
    assert {*groups.odds(demo, groups.model(demo)).data["Statut"]} == {"exploratoire"}


def test_executed_page_is_the_committed_one(executed):
    assert executed == COMMITTED.read_text(encoding="utf-8")


def test_executed_page_names_no_interview_and_is_fictitious_throughout(executed):
    cells = json.loads(executed)["cells"]
    outputs = [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]
    said = json.dumps(outputs, ensure_ascii=False)
    assert re.findall(r"\bINT\d+", said) == []
    tables = ["".join(data["text/html"]) for data in outputs if "<table>" in "".join(data.get("text/html", ""))]
    assert len(tables) >= 10
    assert [table for table in tables if 'data-provenance="demo"' not in table] == []
    figures = ["".join(data["text/plain"]) for data in outputs if "image/svg+xml" in data]
    assert len(figures) == 2
    assert all("données fictives" in title for title in figures)


def test_page_is_built_without_a_warning(executed, tmp_path):
    write(tmp_path, index="# Livre\n\n```{toctree}\natelier_de_codage\n```")
    (tmp_path / "pages" / "atelier_de_codage.ipynb").write_text(executed, encoding="utf-8")
    done = build(tmp_path)
    assert done.warnings == ""
    body = done.body("atelier_de_codage")
    assert body.index("entièrement fictives") < body.index("Qui a été entendu")
