"""Tables of indicators spoilt at random: a clean table with a log or a French report, never a traceback."""

import random
import tempfile
from pathlib import Path

import raw_indicators as raw
from hypothesis import given, settings
from hypothesis import strategies as st

from pic_analysis.problems import Problem
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES

FILES = raw.FILES | {
    "revisions.csv": raw.revisions("P03,ZE2020-3215,2019,2026-11-24,14.3,14.2,faute"),
    "editions/2026-11-22.csv": raw.edition("P03,ZE2020-3215,2019,14.3,definitive,2023-12"),
    "extracts/P03_2026-11-24.csv": f"{raw.HEADER}\n{raw.RATE.format(2021, '12.5')}\n",
    "observations_large.csv": (
        "Indicateur;Territoire;Unité;Statut;Millésime;Jeu de données;Relevé le;Qualité;2015;2016\n"
        "P03;3215;%;;2023-12;DS01;22/11/2026;A;15,1 d;14,9 (p)\n"
    ),
    "releases.csv": "indicator_id,period,expected_on,basis_fr\nP03,2024,2026-12,calendrier\n",
    "breaks.csv": "indicator_id,territory_id,period,reason_fr,dataset_id\nP03,,2018,autre calcul,DS01\n",
    "annual_questions.csv": "question_id,question_fr,answer_fr,unknown_fr\nQEA01,?,{P03 ZE2020-3215 2019},rien\n",
    "impact_questions.csv": (
        "question_id,question_fr,indicator_id,territory_id,event_fr,event_on,first_period,last_period,"
        "last_reason_fr,last_fixed_on,last_fixed,near_fr,dataset_id\n"
        "QEF01,?,P03,ZE2020-3215,ouverture,2012-12-04,2013,2019,fermetures,2026-11-23,after,REG-32,DS01\n"
    ),
}
VALUES = [
    "",
    "…",
    "///",
    "NR",
    "=1+1",
    "9" * 30,
    "-1",
    "é" * 300,
    "Ã©",
    '"',
    "1;2",
    "\u2028",
    "\x00",
    "{",
    "0",
    "T1",
    "/",
]
ENCODINGS = ["utf-8", "utf-16", "utf-8-sig", "cp1252", "mac-roman", "cp850"]


def spoilt(text, chance):
    """Return a file after a few accidents."""
    for _ in range(chance.randint(1, 3)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        accident = chance.randrange(7)
        if accident == 0:
            text = text[: chance.randrange(len(text) + 1)]
        elif accident == 1:
            cells = lines[at].split(",")
            cells[chance.randrange(len(cells))] = chance.choice(VALUES)
            text = "\n".join([*lines[:at], ",".join(cells), *lines[at + 1 :]])
        elif accident == 2:
            text = "\n".join([*lines[:at], lines[at], *lines[at:]])
        elif accident == 3:
            text = "\n".join([*lines[:at], lines[at][::-1], *lines[at + 1 :]])
        elif accident == 4:
            text = text.replace(",", ";")
        elif accident == 5:
            text = "\n".join(lines[1:])
        else:
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice(VALUES) + text[place:]
    return text.encode(chance.choice(ENCODINGS), errors="replace")


@settings(max_examples=50, deadline=None)  # a case is a whole study: four files of each are spoilt, two hundred in all
@given(names=st.lists(st.sampled_from([*FILES]), min_size=4, max_size=4, unique=True), seed=st.integers(0, 2**32))
def test_spoilt_files_are_cleaned_or_told(names, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        got = raw.cleaned(Path(folder), FILES | {name: spoilt(FILES[name], chance) for name in names})
    for table in (*INDICATOR_TABLES.values(), *INDICATOR_RECORDS.values()):
        table.schema.validate(got.tables[table.name], lazy=True)  # what is called clean is as declared, always
    assert all(isinstance(problem, Problem) and problem.expected for problem in got.problems)


def test_unspoilt_files_have_no_error(tmp_path):
    got = raw.cleaned(tmp_path, dict(FILES))
    assert raw.errors(got) == []
    assert got.tables["observations"]["period"].tolist() == ["2001/2008", "2015", "2016", "2019", "2020", "2021"]
