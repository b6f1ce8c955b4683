import csv
import io
import json

from pic_analysis.evidence.passport import accounts
from pic_analysis.publishing.results import files, write


def rows(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8")))]


def test_passport_says_the_levels_and_every_statement(tiny_study):
    made = files(tiny_study())
    got = json.loads(made["CCL01.json"])
    assert [(s["statement_id"], s["relation"]) for s in got["statements"]] == [
        ("B1-01", "supports"),
        ("B1-02", "opposes"),
    ]
    assert got["strength"]["confidence"] == "low"
    assert got["rivals"] == [{"rival_id": "RIV01", "fate": "completes", "statement_id": "B1-01", "basis": "explicit"}]


def test_evidence_has_a_row_for_each_statement_and_source(tiny_study):
    got = {(row["statement_id"], row["source"]) for row in rows(files(tiny_study())["CCL01.csv"])}
    # The panel as one and an unsigned voice are no independent source: B1-02 is there without any.
    assert got == {("B1-01", "cas:Eco"), ("B1-01", "cas:Part"), ("B1-01", "entretien:P11"), ("B1-02", "")}


def test_every_claim_has_a_strength_and_a_reason(loos):
    got = rows(files(loos)["strength.csv"])
    assert len(got) == sum(len(accounts(loos).all(kind)) for kind in ("conclusion", "lesson", "link", "mechanism"))
    assert all(row["reason_fr"] for row in got)


def test_files_no_longer_made_are_removed(tiny_study, tmp_path):
    folder = tmp_path / "passeports"
    folder.mkdir()
    (folder / "CCL99.json").write_text("{}", encoding="utf-8")
    write(tiny_study(), folder)
    assert not (folder / "CCL99.json").exists()
    assert (folder / "CCL01.json").exists()
