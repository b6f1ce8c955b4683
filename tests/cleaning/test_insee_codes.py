from pic_analysis.cleaning.insee_codes import reader

DECLARED = {
    "COM-01004": "Ambérieu-en-Bugey",
    "COM-2A004": "Ajaccio",
    "COM-62528": "Bourg",
    "DEP-62": "Pas-de-Calais",
    "REG-32": "Hauts-de-France",
    "DEP-01": "Ain",
}


def test_bare_code_and_lost_zero_are_repaired():
    read = reader(DECLARED)
    typed = ["62528", "01004", "1004", "COM-1004", "1", "2a004", " com-62528 "]
    expected = ["COM-62528", "COM-01004", "COM-01004", "COM-01004", "DEP-01", "COM-2A004", "COM-62528"]
    assert [read(text).clean for text in typed] == expected
    assert all(read(text).rule for text in typed)
    assert "zéro" in read("1004").rule


def test_code_of_two_territories_is_not_guessed():
    got = reader({**DECLARED, "DEP-32": "Gers"})("32")
    assert got.expected == "ce code convient à plusieurs territoires : REG-32 (Hauts-de-France), DEP-32 (Gers)"


def test_lost_zero_that_is_also_a_whole_code_is_not_guessed():
    got = reader({"ZE2020-3215": "Lens", "COM-03215": "Paray"})("3215")
    assert "plusieurs" in got.expected


def test_a_zero_too_many_is_not_dropped():
    assert reader(DECLARED)("062").expected


def test_unknown_code_is_told_with_the_nearest():
    assert reader(DECLARED)("62529").nearest == "COM-62528 (Bourg)"
    assert reader(DECLARED)("COM-62529").nearest == "COM-62528 (Bourg)"


def test_territory_in_quarantine_is_told_from_one_that_nobody_has():
    assert "quarantaine" in reader({}, {"COM-62528": ""})("COM-62528").expected
