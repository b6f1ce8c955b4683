import tiny

from pic_analysis.cleaning.study import clean


def cleaned(tmp_path, *rows):
    tiny.write(tmp_path, {"testimonies": [(f"tem-00{n}", *row) for n, row in enumerate(rows, start=1)]})
    return clean("essai")


SAID = ("B1-01", "3.2.1", "supports", "La ville plaît.", "je suis tombée")


def test_signature_that_is_no_code_goes_to_quarantine(tmp_path, raw_folder):
    got = cleaned(tmp_path, ("interview", "Z99", *SAID))
    (problem,) = got.report.errors
    assert (problem.column, problem.value) == ("speaker_id", "Z99")
    assert got.tables["testimonies"].empty
    assert len(got.tables["quarantine"]) == 1


def test_printed_signature_may_be_given_an_identity_by_the_study(tmp_path, raw_folder, monkeypatch):
    known = tiny.SETTINGS.replace("printed_speakers: {}", 'printed_speakers: {"Le Maire": maire}')
    monkeypatch.setattr(tiny, "SETTINGS", known)
    got = cleaned(tmp_path, ("interview", "Le Maire", *SAID))
    assert got.report.errors == ()
    assert got.tables["testimonies"]["speaker_id"].tolist() == ["maire"]
    assert got.tables["cleaning_log"]["rule"].tolist()[-1] == "identité donnée par study.yml"


def test_document_is_known_by_its_mark_and_has_no_case(tmp_path, raw_folder):
    got = cleaned(tmp_path, ("document", "Dépliant_biodiv", *SAID)).tables["testimonies"]
    assert got[["speaker_id", "case"]].to_numpy().tolist() == [["Depliant_biodiv", ""]]
