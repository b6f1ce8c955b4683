from pic_analysis.evidence.voices import by_case, by_kind, speakers


def test_respondents_are_counted_once_and_unattached_ones_apart(tiny_study):
    rows = [
        ("tem-001", "interview", "P11", "B1-01", "3.2.1", "supports", "Oui.", "a"),
        ("tem-002", "interview", "P1I", "B1-01", "3.2.1", "contradicts", "Non.", "b"),
        ("tem-003", "interview", "C4", "B1-01", "3.2.1", "supports", "Oui.", "c"),
    ]
    got = by_case(tiny_study(testimonies=rows))
    assert got.loc["Part", ["respondents", "quotations"]].tolist() == [1, 2]
    assert got.loc["", "respondents"] == 1
    assert got.loc["Eco"].sum() == 0


def test_voice_without_code_is_a_voice_but_no_speaker_more(tiny_study):
    rows = [
        ("tem-001", "interview", "", "B1-01", "3.2.1", "supports", "Oui.", "a"),
        ("tem-002", "interview", "P11", "B1-01", "3.2.1", "supports", "Oui.", "b"),
    ]
    assert by_kind(tiny_study(testimonies=rows)).loc["interview"].tolist() == [1, 2]


def test_panel_speaking_as_one_is_no_expert_more(tiny_study):
    rows = [
        ("tem-001", "expert", "Les experts", "B1-01", "3.2.1", "supports", "Oui.", "a"),
        ("tem-002", "expert", "Laure Dobigny", "B1-01", "3.2.1", "supports", "Oui.", "b"),
    ]
    assert by_kind(tiny_study(testimonies=rows)).loc["expert"].tolist() == [1, 2]


def test_voice_repeated_outside_the_story_counts_once(tiny_study):
    rows = [
        ("tem-001", "interview", "P11", "B1-01", "3.2.1", "supports", "Oui.", "a"),
        ("tem-002", "interview", "P11", "", "6.2", "supports", "Oui, encore.", "b"),
    ]
    assert by_case(tiny_study(testimonies=rows)).loc["Part", "quotations"] == 1


def test_speakers_come_by_kind_then_code_in_numeric_order(tiny_study):
    rows = [
        ("tem-001", "expert", "Laure Dobigny", "B1-01", "3.2.1", "supports", "Oui.", "a"),
        ("tem-002", "interview", "P11", "B1-01", "3.2.1", "supports", "Oui.", "b"),
        ("tem-003", "interview", "P2", "B1-01", "3.2.1", "supports", "Oui.", "c"),
    ]
    assert speakers(tiny_study(testimonies=rows))["speaker_id"].tolist() == [
        "P2",
        "P11",
        "expert-laure-dobigny",
    ]
