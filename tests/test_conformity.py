import pandera.errors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pic_analysis.observatory import Observatory
from pic_analysis.schemas import TABLES
from pic_analysis.schemas.conformity import surely_conforms
from pic_analysis.schemas.indicators import INDICATOR_RECORDS, INDICATOR_TABLES

SPOILT = (-1, "", " ", "é", "C1-٣", "a\n", "2016-02-31", "2016", "mot " * 61, None, float("nan"))


def test_published_tables_need_no_second_look(loos):
    observed = Observatory.load("loos_2016").tables
    declared = {**TABLES, **INDICATOR_TABLES, **INDICATOR_RECORDS}
    tables = {**loos.tables, **observed}
    doubted = [name for name, frame in tables.items() if not surely_conforms(frame, declared[name])]
    assert doubted == []


def test_missing_or_strange_column_is_doubted(loos):
    table, frame = TABLES["lessons"], loos.lessons
    assert surely_conforms(frame, table)
    assert not surely_conforms(frame.iloc[:, 1:], table)
    assert not surely_conforms(frame.assign(note=""), table)
    assert not surely_conforms(frame[[*reversed(frame.columns)]], table)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(data=st.data())
def test_nothing_is_sure_that_the_declaration_refuses(loos, data):
    table = TABLES[data.draw(st.sampled_from([*TABLES]))]
    frame = loos.tables[table.name].head(5)
    if frame.empty:
        return
    column = data.draw(st.sampled_from([*frame.columns]))
    row = data.draw(st.integers(0, len(frame) - 1))
    bad = data.draw(st.sampled_from((*SPOILT, *frame[column])) | st.text(max_size=8))
    values = frame[column].tolist()
    values[row] = bad
    spoilt = frame.assign(**{column: values})
    try:
        table.schema.validate(spoilt, lazy=True)
    except pandera.errors.SchemaErrors:
        assert not surely_conforms(spoilt, table)
