from pic_analysis.interviews import Interviews
from pic_analysis.schemas import TABLES, table_schema
from pic_analysis.schemas.interviews import INTERVIEW_TABLES


def test_columns_of_the_published_contract():
    expected = {
        "statements": "statement_id report_section package role polarity quantifier summary_fr anchor",
        "citations": "citation_id statement_id cell_id case package cell_section report_section raw_reference repaired",
        "testimonies": (
            "testimony_id speaker_kind speaker_id statement_id report_section case polarity summary_fr anchor"
        ),
        "conclusions": "conclusion_id package direction quantifier summary_fr",
        "conclusion_support": "conclusion_id statement_id relation basis",
        "stakeholders": "stakeholder_type interviews",
    }
    got = {name: " ".join(TABLES[name].columns) for name in expected}
    assert got == expected


def test_every_column_is_documented_in_french():
    bare = [(t.name, n) for t in TABLES.values() for n, c in t.columns.items() if not (c.title and c.description)]
    assert bare == []


def test_links_point_to_tables_that_exist():
    lost = [(t.name, c, to) for t in TABLES.values() for c, to in t.links.items() if to not in TABLES]
    assert lost == []


def test_table_schema_says_keys_and_allowed_values():
    got = table_schema(TABLES["citations"])
    assert got["primaryKey"] == "citation_id"
    assert got["foreignKeys"] == [
        {"fields": "statement_id", "reference": {"resource": "statements", "fields": "statement_id"}}
    ]
    section = next(field for field in got["fields"] if field["name"] == "cell_section")
    assert section["constraints"]["enum"] == ["1", "2", "3", "IT", "Ess", "Intro"]
    own = table_schema(TABLES["theory_nodes"])["foreignKeys"]
    assert own[0]["reference"]["resource"] == ""


def test_example_of_a_code_is_nobody_s(loos):
    # Somebody who withdraws would leave the example behind, and everyone would take it for a trace.
    demo = Interviews.load("demo_entretiens")
    columns = ("testimony_id", "speaker_id", "interview_id", "segment_id")
    for table in {**TABLES, **INTERVIEW_TABLES}.values():
        frame = loos.tables.get(table.name, demo.tables.get(table.name))
        for name in {*columns} & {*table.columns}:
            example = table.columns[name].metadata["example"]
            assert frame is not None
            assert example
            assert example not in {*frame[name]}
