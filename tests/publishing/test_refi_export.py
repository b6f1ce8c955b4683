import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pic_analysis.publishing.refi_export import REDACTED, codebook_qdc, project_qdpx, restored
from pic_analysis.reading.refi import read_refi
from pic_analysis.schemas.interviews import INTERVIEW_TABLES

SCHEMA = Path(__file__).parents[3] / "shared/data/refi-qda/Project.xsd"
CODEBOOK = pd.DataFrame(
    [
        ("a_1", "informer, « fait » <apprendre>", "a", "A>B-1", 2, "", ""),
        ("a", "Coopérer 🙂", "", "", 1, "", "Quand les acteurs agissent ensemble ;\nsur deux lignes [et plus]"),
        ("vieux", "ancien", "a", "", 1, "a_1", "Remplacé"),
    ],
    columns=[*INTERVIEW_TABLES["codebook"].columns],
)
CODINGS = pd.DataFrame(
    [
        ("cod-000001", "INT001", "INT001:5-20", "a", "contradicts", "A"),
        ("cod-000002", "INT001", "INT001:5-20", "a_1", "supports", "A"),
        ("cod-000003", "INT001", "INT001:5-20", "a", "supports", "B"),
        ("cod-000004", "INT002", "INT002:0-900", "a", "nuances", "B"),
    ],
    columns=[*INTERVIEW_TABLES["codings"].columns],
)


def write(tmp_path, codebook=CODEBOOK, codings=CODINGS) -> Path:
    path = tmp_path / "demo.qdpx"
    path.write_bytes(project_qdpx(codebook, codings, "demo", "Étude & demo"))
    return path


def back(path) -> dict[str, pd.DataFrame]:
    got = read_refi(path)
    return restored(got.codes, got.codings, got.users, got.sources)


def same(got: pd.DataFrame, expected: pd.DataFrame, *, but: tuple[str, ...] = ()) -> None:
    """Compare two tables row for row, in any order."""
    columns = [column for column in expected if column not in but]
    pd.testing.assert_frame_equal(
        got[columns].sort_values(columns, ignore_index=True),
        expected[columns].sort_values(columns, ignore_index=True),
        check_dtype=False,
    )


@pytest.fixture(scope="module")
def schema():
    if not SCHEMA.is_file():
        pytest.skip("the REFI-QDA schema is not beside the repository")
    etree = pytest.importorskip("lxml.etree")
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def faults(schema, content: bytes) -> list[str]:
    from lxml import etree

    schema.validate(etree.fromstring(content))
    return [str(error) for error in schema.error_log]


def test_project_is_valid_against_the_standard(schema, tmp_path):
    assert faults(schema, zipfile.ZipFile(write(tmp_path)).read("project.qde")) == []


def test_project_without_codings_is_valid_too(schema, tmp_path):
    path = write(tmp_path, codings=CODINGS.iloc[:0])
    assert faults(schema, zipfile.ZipFile(path).read("project.qde")) == []


def test_codebook_alone_is_valid_within_a_project(schema):
    # the schema of codebooks alone says the same of its codes
    book = codebook_qdc(CODEBOOK, "demo").split(b"?>", 1)[1].replace(b"codebook:1.0", b"project:1.0")
    wrapped = b'<Project xmlns="urn:QDA-XML:project:1.0" name="p">' + book.replace(b' origin="pic-analysis"', b"")
    assert faults(schema, wrapped + b"</Project>") == []


def test_project_comes_back_equal(tmp_path):
    got = back(write(tmp_path))
    same(got["codebook"], CODEBOOK)
    same(got["codings"], CODINGS, but=("coding_id",))


def test_project_comes_back_without_any_serious_problem(tmp_path):
    assert [problem for problem in read_refi(write(tmp_path)).problems if problem.blocking] == []


def test_codebook_alone_comes_back_equal(tmp_path):
    (tmp_path / "g.qdc").write_bytes(codebook_qdc(CODEBOOK, "demo"))
    got = read_refi(tmp_path / "g.qdc")
    same(restored(got.codes, got.codings, got.users, got.sources)["codebook"], CODEBOOK)
    assert got.problems == ()


def test_codebook_and_project_give_a_code_the_same_identifier(tmp_path):
    (tmp_path / "g.qdc").write_bytes(codebook_qdc(CODEBOOK, "demo"))
    assert {*read_refi(tmp_path / "g.qdc").codes["code_id"]} == {*read_refi(write(tmp_path)).codes["code_id"]}


def test_merged_code_can_no_longer_be_used(tmp_path):
    content = zipfile.ZipFile(write(tmp_path)).read("project.qde").decode()
    assert 'name="ancien" isCodable="false"' in content
    assert content.count('isCodable="true"') == 2


def test_texts_hold_crosses_up_to_the_last_passage_and_nothing_else(tmp_path):
    archive = zipfile.ZipFile(write(tmp_path))
    texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")]
    assert sorted(map(len, texts)) == [20, 900]
    assert {*"".join(texts)} == {REDACTED}


def test_bytes_only_depend_on_the_tables(tmp_path):
    first, second = (project_qdpx(CODEBOOK, codings, "demo", "t") for codings in (CODINGS, CODINGS[::-1]))
    assert first == second
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_two_studies_share_no_identifier():
    assert codebook_qdc(CODEBOOK, "demo") != codebook_qdc(CODEBOOK, "autre")


def test_codes_that_contain_each_other_are_a_programming_error():
    circle = CODEBOOK.assign(parent=["a", "a_1", ""])
    with pytest.raises(ValueError, match="contain each other"):
        codebook_qdc(circle, "demo")


def test_codes_of_another_tool_are_not_restored():
    codes = pd.DataFrame({"code_id": ["x"], "name": ["n"], "parent_id": [""], "description": ["autre"], "color": [""]})
    with pytest.raises(ValueError, match="did not write"):
        restored(codes, pd.DataFrame(), pd.DataFrame(), pd.DataFrame())


def one_mark(row: tuple) -> tuple:
    """A coder gives a passage a code once."""
    return (*row[:4], row[5])


CODING = st.tuples(
    st.sampled_from(("INT001", "INT002", "X1")),
    st.integers(0, 500),
    st.integers(1, 80),
    st.sampled_from(("a", "a_1")),
    st.sampled_from(("supports", "nuances", "contradicts")),
    st.sampled_from(("A", "B1")),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CODING, max_size=12, unique_by=one_mark))
def test_any_codings_come_back_equal(tmp_path, rows):
    codings = pd.DataFrame(
        [
            (f"cod-{n:06d}", interview, f"{interview}:{start}-{start + length}", code, direction, coder)
            for n, (interview, start, length, code, direction, coder) in enumerate(rows, 1)
        ],
        columns=[*CODINGS.columns],
    )
    same(back(write(tmp_path, codings=codings))["codings"], codings, but=("coding_id",))
