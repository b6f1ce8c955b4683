from pic_analysis.publishing.terminal_text import WIDTH, plain_text


def test_card_begins_with_its_identifier_and_title():
    got = plain_text('::::{fiche} conclusion CCL05\n:titre: "Un \\"titre\\""\n\n- **Sens :** limite\n::::\n')
    assert got.replace("\xa0", " ") == 'CCL05  Un "titre"\n- Sens : limite'


def test_roles_are_read_as_words():
    got = plain_text("{constat}`B1-07` et {repondant}`Christian <expert-x>`, {lien}`de A vers B <A>B>` ou {lien}`A>B`.")
    assert got == "B1-07 et Christian (expert-x), de A vers B (A>B) ou A>B."


def test_table_keeps_its_rows_and_escaped_bars():
    got = plain_text("::::{table} Titre\n:class: entetes\n\n| A | B |\n| --- | --- |\n| 1 \\| 2 | **x** |\n::::\n")
    assert got.splitlines() == ["Titre", "", "  A | B", "  1 | 2 | x"]


def test_escapes_of_markdown_go():
    assert plain_text(r"Rehab\_PC1\_2 \*non\*") == "Rehab_PC1_2 *non*"


def test_long_lines_are_wrapped():
    got = plain_text("- " + "mot " * 60)
    assert max(map(len, got.splitlines())) <= WIDTH
    assert got.splitlines()[1].startswith("  ")
