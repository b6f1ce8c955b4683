"""The demonstration's files, spoilt at random: a clean table with a log or a French report, never a traceback."""

import csv
import io

import pytest
from conftest import REPOSITORY
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pic_analysis.cleaning.interviews import clean
from pic_analysis.problems import Problem
from pic_analysis.reading.settings import parse
from pic_analysis.schemas.interviews import INTERVIEW_RECORDS, INTERVIEW_TABLES

RAW = REPOSITORY / "data" / "raw" / "demo_entretiens" / "entretiens"
FILES = {path.name: path.read_bytes() for path in sorted(RAW.iterdir())} if RAW.is_dir() else {}
SETTINGS = parse("demo_entretiens", (RAW.parent / "study.yml").read_text(encoding="utf-8")) if FILES else None
TABULAR = [name for name in FILES if name.endswith(".csv")]
VALUES = [
    "",
    "NR",
    "=1+1",
    "<b>x</b>",
    "9" * 30,
    "-1",
    "é" * 300,
    "Ã©lu",
    "INT001",
    "a_b_1",
    '"',
    "1;2",
    "\u2028",
    "\x00",
]


def decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def truncated(content, place, _):
    return content[: len(content) * place // 100]


def reencoded(content, place, _):
    return decoded(content).encode(["utf-16", "utf-8-sig", "mac-roman", "cp850", "cp1252"][place % 5], errors="replace")


def twice_encoded(content, place, _):
    return decoded(content).encode("utf-8").decode("cp1252", errors="replace").encode("utf-8")


def columns_swapped(content, place, _):
    text = decoded(content)
    separator = max(";,", key=text.partition("\n")[0].count)
    rows = [
        row[::-1] if place % 2 else [*row[1:], *row[:1]] for row in csv.reader(io.StringIO(text), delimiter=separator)
    ]
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue().encode("utf-8")


def value_broken(content, place, value):
    lines = decoded(content).split("\n")
    at = len(lines) * place // 101
    cells = lines[at].split(";")
    cells[place % len(cells)] = value
    lines[at] = ";".join(cells)
    return "\n".join(lines).encode("utf-8", errors="replace")


def line_repeated(content, place, _):
    lines = content.split(b"\n")
    at = len(lines) * place // 101
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


@pytest.mark.skipif(not FILES, reason="the demonstration study is not in this checkout")
@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a case is a whole study: shrinking it takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(TABULAR or [""]),
    spoil=st.sampled_from([truncated, reencoded, twice_encoded, columns_swapped, value_broken, line_repeated]),
    place=st.integers(0, 100),
    value=st.sampled_from(VALUES),
)
def test_spoilt_file_is_cleaned_or_told(tmp_path, name, spoil, place, value):
    for other, content in FILES.items():
        (tmp_path / other).write_bytes(spoil(content, place, value) if other == name else content)
    got = clean(tmp_path, SETTINGS)
    assert {*got.tables} == {*INTERVIEW_TABLES, *INTERVIEW_RECORDS}
    for table in (*INTERVIEW_TABLES.values(), *INTERVIEW_RECORDS.values()):
        table.schema.validate(got.tables[table.name], lazy=True)  # what is called clean is as declared, always
    assert all(isinstance(problem, Problem) and problem.expected for problem in got.problems)
    withdrawn = "".join(frame.to_csv() for frame in got.tables.values())
    assert "INT042" not in withdrawn
