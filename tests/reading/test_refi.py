import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refi_files import CODES, G, coding, project, qdpx, selection, text_source

from pic_analysis.reading.imported import COLUMNS
from pic_analysis.reading.refi import read_refi
from pic_analysis.reading.refi_text import BOM, NVIVO, STANDARD, Convention, Selection, Text, find_convention

SAMPLE = Path(__file__).parents[3] / "shared/data/refi-qda/TestProject.qdpx"
TEXT = "Ça va 🙂 bien.\nLe chêne pousse.\nLa feuille tombe.\n"


def read(tmp_path, xml, files=None, name="project.qde"):
    return read_refi(qdpx(tmp_path / "p.qdpx", xml, files, name))


def said(got) -> str:
    return "\n".join(map(str, got.problems)).replace("\xa0", " ")


def places(got) -> list[tuple[int, int]]:
    return [*zip(got.codings["start"], got.codings["end"], strict=True)]


# The reference sample: counts of the README beside it.


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the REFI-QDA reference sample is not beside the repository")
def test_reference_sample_is_read_whole():
    got = read_refi(SAMPLE)
    assert got.tool == "REFI-QDA (ATLAS.ti)"
    assert (len(got.sources), int(got.sources["missing"].sum()), len(got.codes), len(got.codings)) == (12, 12, 14, 16)
    assert {*got.sources["kind"]} == {"text", "pdf", "audio", "video", "picture"}
    assert not [problem for problem in got.problems if problem.blocking]


# The project file and its codebook.


@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "essai.QDE", "dossier/project.qde"])
def test_project_file_is_found_under_any_name(tmp_path, name):
    assert len(read(tmp_path, project(), name=name).codes) == 2


def test_project_file_can_be_read_alone(tmp_path):
    (tmp_path / "p.qde").write_text(project(text_source(selection(0, 2))), encoding="utf-8")
    got = read_refi(tmp_path / "p.qde")
    assert (len(got.codings), [*got.sources["missing"]]) == (1, [True])


def test_codebook_alone_is_read(tmp_path):
    book = CODES.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="MAXQDA 24">')
    (tmp_path / "g.qdc").write_text(book, encoding="utf-8")
    got = read_refi(tmp_path / "g.qdc")
    assert (got.tool, [*got.codes["name"]], got.problems) == ("REFI-QDA (MAXQDA)", ["arbre", "feuille, verte"], ())


def test_nested_codes_know_their_parent(tmp_path):
    got = read(tmp_path, project()).codes
    assert got.to_dict("records") == [
        {"code_id": G["arbre"], "name": "arbre", "parent_id": "", "description": "tout arbre", "color": "#00FF00"},
        {"code_id": G["feuille"], "name": "feuille, verte", "parent_id": G["arbre"], "description": "", "color": ""},
    ]


@pytest.mark.parametrize("space", ["urn:QDA-XML:project:0:4", "urn:QDA-XML:project:1:0", ""])
def test_older_namespace_is_read_and_told(tmp_path, space):
    got = read(tmp_path, project(text_source(selection(0, 2)), namespace=space))
    assert (len(got.codes), len(got.codings)) == (2, 1)
    assert "espace de noms" in said(got)


def test_identifiers_meet_whatever_their_case_and_braces(tmp_path):
    xml = project(text_source(selection(0, 2))).replace(
        f'targetGUID="{G["arbre"]}"', f'targetGUID="{{{G["arbre"].upper()}}}"'
    )
    assert [*read(tmp_path, xml).codings["code_id"]] == [G["arbre"]]


def test_codings_of_several_users_are_told_apart(tmp_path):
    both = coding(user="ana", n=1) + coding(user="bob", n=2)
    got = read(tmp_path, project(text_source(selection(0, 2, inside=both))))
    assert [*got.codings["user_id"]] == [G["ana"], G["bob"]]


def test_coding_without_user_is_told(tmp_path):
    got = read(tmp_path, project(text_source(selection(0, 2, inside=coding(user="")))))
    assert [*got.codings["user_id"]] == [""]
    assert "utilisateur non déclaré" in said(got)


# Positions.


def offsets(text: str, words: str, count) -> tuple[int, int]:
    start = text.index(words)
    return count(text[:start]), count(text[: start + len(words)])


def utf16(text: str) -> int:
    """NVivo's count: UTF-16 code units, every line end as two."""
    return len(text.replace("\n", "\r\n").encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("origin", "stored", "count"),
    [
        ("ATLAS.ti 23", TEXT, len),
        ("QualCoder", BOM + TEXT, len),
        ("MAXQDA", TEXT.replace("\n", "\r\n"), lambda text: len(text.replace("\n", "\r\n"))),
        ("NVivo 12", TEXT.replace("\n", "\r\n"), utf16),
        ("NVivo 12", BOM + TEXT.replace("\n", "\r\n"), utf16),
        ("NVivo 12", TEXT, utf16),
    ],
    ids=["standard", "mark", "line ends of Windows", "NVivo", "NVivo with mark", "NVivo over single line ends"],
)
@pytest.mark.parametrize("named", [True, False], ids=["words repeated", "words not repeated"])
def test_positions_become_code_points_of_the_text(tmp_path, origin, stored, count, named):
    words = "feuille tombe"
    start, end = offsets(TEXT, words, count)
    xml = project(text_source(selection(start, end, words if named else "")), origin=origin)
    got = read(tmp_path, xml, {"sources/entretien.txt": stored.encode()})
    assert places(got) == [offsets(TEXT, words, len)]
    assert [*got.codings["quote_length"]] == [len(words)]
    assert ([*got.sources["length"]], [*got.sources["missing"]]) == ([len(TEXT)], [False])


def test_words_of_passages_outweigh_the_name_of_the_tool(tmp_path):
    start, end = offsets(TEXT, "feuille tombe", len)
    got = read(
        tmp_path,
        project(text_source(selection(start, end, "feuille tom…")), origin="NVivo 14"),
        {"Sources/ENTRETIEN.TXT": TEXT},
    )
    assert places(got) == [(start, end)]
    assert "points de code : passages dont les premiers mots s’y retrouvent, 1 sur 1" in said(got)


def test_assumed_count_is_said_to_be_assumed(tmp_path):
    got = read(tmp_path, project(text_source(selection(0, 2)), origin="NVivo"), {"sources/entretien.txt": TEXT})
    assert "unités UTF-16, fins de ligne comptées pour deux : supposé d’après l’outil" in said(got)


def test_text_within_the_project_file_is_read(tmp_path):
    source = (
        f'<TextSource guid="{G["texte"]}" name="INT001"><PlainTextContent>a🙂b</PlainTextContent>'
        f"{selection(2, 3)}</TextSource>"
    )
    got = read(tmp_path, project(source))
    assert (places(got), [*got.sources["length"]], [*got.sources["missing"]]) == ([(2, 3)], [3], [False])


def test_positions_of_an_absent_text_are_left_and_told(tmp_path):
    got = read(tmp_path, project(text_source(selection(5, 9)), origin="NVivo"))
    assert (places(got), [*got.codings["quote_length"]]) == ([(5, 9)], [-1])
    assert "1 passage d’un texte absent : positions laissées" in said(got)


def test_passage_beyond_its_text_is_kept_and_told(tmp_path):
    got = read(tmp_path, project(text_source(selection(0, 2), selection(10, 9999, n=2))), {"s/entretien.txt": TEXT})
    assert places(got) == [(0, 2), (10, 9999)]
    assert "1 passage hors de son texte" in said(got)


def test_passage_written_backwards_is_turned(tmp_path):
    got = read(tmp_path, project(text_source(selection(9, 5))), {"s/entretien.txt": TEXT})
    assert places(got) == [(5, 9)]
    assert "remis à l’endroit" in said(got)


@pytest.mark.parametrize("position", ["", "x", "1.5", "²", "9" * 400, "-5"])
def test_position_that_is_no_position_is_told(tmp_path, position):
    got = read(tmp_path, project(text_source(selection(position, 9))), {"s/entretien.txt": TEXT})
    assert len(got.codings) == 1
    assert {"hors de son texte", "dont la place ne se lit pas"} & {
        phrase for phrase in ("hors de son texte", "dont la place ne se lit pas") if phrase in said(got)
    }


LINES = st.text(st.sampled_from("aé🙂𝄞 \n"), max_size=40)


@given(LINES, st.data())
def test_place_undoes_every_count(text, data):
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    windows = text.replace("\n", "\r\n")
    for stored, convention, count in (
        (text, STANDARD, len),
        (windows, STANDARD, lambda s: len(s.replace("\n", "\r\n"))),
        (windows, Convention(line_end="one"), len),
        (windows, NVIVO, utf16),
        (text, NVIVO, utf16),
        (BOM + windows, NVIVO, utf16),
        (BOM + text, Convention(mark=True), lambda s: len(s) + 1),
        (text, Convention(utf16=True), lambda s: len(s.encode("utf-16-le")) // 2),
    ):
        got = Text(stored).place([Selection(count(text[:start]), count(text[:end]))], convention)
        assert [edge.tolist() for edge in got] == [[start], [end]]


def test_position_inside_a_character_is_widened_to_it():
    assert [edge.tolist() for edge in Text("a🙂b").place([Selection(2, 2)], NVIVO)] == [[1], [2]]


def test_without_tool_nor_words_only_a_wider_count_explains_positions_beyond_the_text():
    text = Text("a\n" * 10)
    assert find_convention([(text, [Selection(25, 28)])], "").convention == NVIVO
    assert find_convention([(text, [Selection(5, 8)])], "").convention == STANDARD


def test_wider_count_of_a_project_whose_tool_is_not_said_is_found_in_the_file_itself(tmp_path):
    words = TEXT[-6:]
    start, end = offsets(TEXT, words, utf16)
    assert end > len(TEXT)
    got = read(tmp_path, project(text_source(selection(start, end))), {"sources/entretien.txt": TEXT.encode()})
    assert places(got) == [offsets(TEXT, words, len)]
    assert "aucun outil n’est dit" in " ".join(problem.expected for problem in got.problems)


# Other media.


def media(kind: str, inside: str, path: str = "internal://m") -> str:
    return f'<{kind} guid="{G["texte"]}" name="m" path="{path}">{inside}</{kind}>'


RECTANGLE = 'firstX="30" firstY="4" secondX="10" secondY="8"'


@pytest.mark.parametrize(
    ("source", "kind", "place"),
    [
        (
            media("PictureSource", f'<PictureSelection guid="x" {RECTANGLE}>{coding()}</PictureSelection>'),
            "picture",
            ("pixels", 10, 30),
        ),
        (
            media("PDFSource", f'<PDFSelection guid="x" page="7" {RECTANGLE}>{coding()}</PDFSelection>'),
            "pdf",
            ("page", 7, 7),
        ),
        (
            media("AudioSource", f'<AudioSelection guid="x" begin="1500" end="2500">{coding()}</AudioSelection>'),
            "audio",
            ("milliseconds", 1500, 2500),
        ),
        (
            media("VideoSource", f'<VideoSelection guid="x" begin="0" end="9">{coding()}</VideoSelection>'),
            "video",
            ("milliseconds", 0, 9),
        ),
        (media("AudioSource", coding()), "audio", ("", -1, -1)),
    ],
    ids=["picture", "page", "sound", "video", "whole source"],
)
def test_passage_of_each_medium_has_its_unit(tmp_path, source, kind, place):
    got = read(tmp_path, project(source), {"Sources/m": b"\xff"})
    assert ([*got.sources["kind"]], [*got.sources["missing"]]) == ([kind], [False])
    assert [*zip(got.codings["unit"], *zip(*places(got), strict=True), strict=True)] == [place]


def test_rectangle_is_told_in_the_note(tmp_path):
    source = media("PictureSource", f'<PictureSelection guid="x" {RECTANGLE}>{coding()}</PictureSelection>')
    assert [*read(tmp_path, project(source)).codings["note"]] == ["rectangle 30,4 à 10,8"]


def test_transcript_passages_are_placed_by_their_points(tmp_path):
    points = "".join(
        f'<SyncPoint guid="s{n}" position="{position}" timeStamp="{time}"/>'
        for n, position, time in ((1, 6, 100), (2, 7, 900))
    )
    transcript = (
        '<Transcript guid="t" plainTextPath="internal://entretien.txt">' + points + '<TranscriptSelection guid="x" '
        f'fromSyncPoint="s1" toSyncPoint="s2">{coding()}</TranscriptSelection></Transcript>'
    )
    got = read(tmp_path, project(media("AudioSource", transcript)), {"Sources/entretien.txt": TEXT})
    assert ([*got.codings["unit"]], places(got)) == (["characters"], [(6, 7)])


def test_passage_of_a_page_and_of_its_text_is_told_to_count_twice(tmp_path):
    source = media(
        "PDFSource",
        f'<PDFSelection guid="x" page="0" {RECTANGLE}>{coding()}</PDFSelection><Representation guid="r">'
        f'<PlainTextContent>{TEXT}</PlainTextContent><PlainTextSelection guid="x" startPosition="0" endPosition="2">'
        f"{coding(n=2)}</PlainTextSelection></Representation>",
    )
    got = read(tmp_path, project(source))
    assert ([*got.codings["unit"]], "1 passage à la fois sur la page et dans le texte" in said(got)) == (
        ["page", "characters"],
        True,
    )


# Sets, notes, cases, variables.

MORE = f"""
<Variables><Variable guid="v1" name="âge" typeOfVariable="Integer"/></Variables>
<Cases>
  <Case guid="c1" name="Eco"><VariableValue><VariableRef targetGUID="v1"/><IntegerValue> 40 </IntegerValue>
    </VariableValue><SourceRef targetGUID="{G["texte"]}"/></Case>
  <Case guid="c2"><VariableValue><VariableRef targetGUID="v1"/><IntegerValue>50</IntegerValue></VariableValue>
    <SourceRef targetGUID="{G["texte"]}"/></Case>
</Cases>
<Notes><Note guid="n1" name="libre"><PlainTextContent>mot secret</PlainTextContent></Note>
  <Note guid="n2" name="attachée"/></Notes>
<Sets><Set guid="e1" name="bois"><MemberCode targetGUID="{G["arbre"]}"/></Set><Set guid="e2" name="vide"/></Sets>
"""


def test_cases_variables_notes_and_sets_are_read(tmp_path):
    source = text_source(selection(0, 2, inside=coding() + '<NoteRef targetGUID="n2"/>'))
    got = read(tmp_path, project(source, more=MORE))
    assert got.cases.to_numpy().tolist() == [["c1", "Eco"]]
    assert got.variables.to_numpy().tolist() == [["âge", "Integer"]]
    assert got.values.to_numpy().tolist() == [["c1", "âge", "40"], [G["texte"], "âge", "50"]]
    assert got.notes.to_numpy().tolist() == [["n1", "libre", ""], ["n2", "attachée", G["texte"]]]
    assert got.sets.to_numpy().tolist() == [
        ["c1", "Eco", G["texte"]],
        ["e1", "bois", G["arbre"]],
        ["e2", "vide", ""],
    ]


def test_note_that_a_coding_refers_to_qualifies_it(tmp_path):
    marked = coding().replace("</Coding>", '<NoteRef targetGUID="n2"/></Coding>')
    got = read(tmp_path, project(text_source(selection(0, 2, inside=marked)), more=MORE))
    assert [*got.codings["note"]] == ["attachée"]


def test_passage_without_code_is_not_lost(tmp_path):
    got = read(tmp_path, project(text_source(selection(3, 8, inside="<Description>?</Description>"))))
    assert got.segments_without_code.to_numpy().tolist() == [[G["texte"], "", 3, 8]]
    assert "1 passage marqué sans code" in said(got)


def test_words_of_the_interview_are_not_kept(tmp_path):
    start, end = offsets(TEXT, "feuille tombe", len)
    got = read(
        tmp_path,
        project(text_source(selection(start, end, "feuille tombe")), more=MORE),
        {"sources/entretien.txt": TEXT},
    )
    held = " ".join(getattr(got, name).to_csv() for name in COLUMNS) + said(got) + " ".join(got.summary())
    assert not [words for words in ("feuille tombe", "chêne", "secret") if words in held]


# What breaks the standard is read as far as possible.


def test_unknown_elements_and_absent_attributes_are_told_with_their_count(tmp_path):
    xml = project(text_source(selection(0, 2), "<Autre/><Autre/>")).replace(' isCodable="true"', "")
    got = read(tmp_path, xml)
    assert (len(got.codes), len(got.codings)) == (2, 1)
    assert "« TextSource/Autre » ; 2 fois : élément que la norme ne prévoit pas là" in said(got)
    assert "« Code/isCodable » ; 2 fois : attribut obligatoire absent" in said(got)


def test_second_list_of_sources_is_read_too(tmp_path):
    more = f"<Sources>{text_source(selection(0, 2, n=2)).replace(G['texte'], 'autre')}</Sources>"
    got = read(tmp_path, project(text_source(selection(0, 2)), more=more))
    assert (len(got.sources), len(got.codings)) == (2, 2)


def test_codings_where_the_standard_has_none_are_counted_as_lost(tmp_path):
    got = read(tmp_path, project(text_source(f"<Autre>{coding()}</Autre>")))
    assert [p.blocking for p in got.problems if "1 codage hors des sources" in str(p).replace("\xa0", " ")] == [True]


def test_coding_with_an_unknown_code_is_kept_and_told(tmp_path):
    got = read(tmp_path, project(text_source(selection(0, 2, inside=coding(code="inconnu")))))
    assert [*got.codings["code_id"]] == ["inconnu"]
    assert "« inconnu » ; 1 codage : code absent de la grille" in said(got)


def test_coding_with_several_codes_makes_as_many_rows(tmp_path):
    double = coding().replace("</Coding>", f'<CodeRef targetGUID="{G["feuille"]}"/></Coding>')
    got = read(tmp_path, project(text_source(selection(0, 2, inside=double))))
    assert [*got.codings["code_id"]] == [G["arbre"], G["feuille"]]


def test_coding_without_code_is_kept_and_told(tmp_path):
    got = read(tmp_path, project(text_source(selection(0, 2, inside='<Coding guid="k"/>'))))
    assert ([*got.codings["code_id"]], "aucun n’est nommé" in said(got)) == ([""], True)


def test_identifier_given_to_two_codes_is_told(tmp_path):
    got = read(tmp_path, project().replace(G["feuille"], G["arbre"]))
    assert "code déclaré 2 fois" in said(got)


def test_case_that_is_also_a_code_is_told(tmp_path):
    got = read(tmp_path, project(more=f'<Cases><Case guid="{G["arbre"]}" name="x"/></Cases>'))
    assert "1 cas aussi écrit comme un code" in said(got)


def test_truncated_project_is_read_up_to_the_break(tmp_path):
    xml = project(text_source(selection(0, 2), selection(5, 9, n=2)))
    got = read(tmp_path, xml[: xml.index("<PlainTextSelection", xml.index("<PlainTextSelection") + 1) + 30])
    assert (len(got.codes), len(got.codings)) == (2, 1)
    assert "mal formé" in said(got)


# Hostile files.


def test_file_outside_the_archive_is_never_opened(tmp_path):
    (tmp_path / "entretien.txt").write_text(TEXT, encoding="utf-8")
    for path in (f"absolute://{tmp_path}/entretien.txt", "relative:///entretien.txt", "http://127.0.0.1:9/e.txt"):
        got = read(tmp_path, project(text_source(selection(0, 2), path=path)))
        assert ([*got.sources["missing"]], [*got.sources["length"]]) == ([True], [-1])
        assert "jamais cherchée sur le disque ni en ligne" in said(got)


@pytest.mark.parametrize(
    ("xml", "files", "expected"),
    [
        (project(), {"../x": "x"}, "hors d’elle-même"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project>&x;</Project>', {}, "entités"),
        ("<html/>", {}, "pas du REFI-QDA"),
        ("", {}, "XML"),
        (f"<Project>{'<Code>' * 5000}", {}, "niveaux"),
    ],
    ids=["path", "entity", "other XML", "empty", "nesting"],
)
def test_hostile_project_is_refused_in_french(tmp_path, xml, files, expected):
    got = read(tmp_path, xml, files)
    assert got.is_empty
    assert [problem.blocking for problem in got.problems if expected in problem.expected] == [True]


def test_archive_without_project_is_refused(tmp_path):
    assert "aucun fichier .qde" in said(read(tmp_path, "x", name="x.txt"))


def test_absent_file_is_told(tmp_path):
    assert "absent" in said(read_refi(tmp_path / "rien.qdpx"))


def whole_project() -> str:
    return project(
        text_source(selection(0, 5, "Ça va"), selection(7, 9, n=2))
        + media("AudioSource", f'<AudioSelection guid="x" begin="1" end="2">{coding(n=3)}</AudioSelection>'),
        more=MORE,
    )


WORDS = ("guid", "Coding", "CodeRef", "startPosition", "1.0", '"', "<", ">", "Source", "Text", "0", "9", "é")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_project_is_read_or_refused_never_a_traceback(tmp_path, data):
    xml = whole_project()
    kind = data.draw(st.sampled_from(("truncated", "replaced", "re-encoded", "bytes", "archive")))
    content: bytes = xml.encode()
    if kind == "truncated":
        content = content[: data.draw(st.integers(0, len(content)))]
    elif kind == "replaced":
        old, new = data.draw(st.sampled_from(WORDS)), data.draw(st.sampled_from(WORDS))
        content = xml.replace(old, new, data.draw(st.integers(1, 9))).encode()
    elif kind == "re-encoded":
        content = xml.encode(data.draw(st.sampled_from(("utf-16", "cp1252", "utf-32"))), errors="replace")
    elif kind == "bytes":
        at = data.draw(st.integers(0, len(content) - 1))
        content = content[:at] + data.draw(st.binary(max_size=8)) + content[at + 4 :]
    path = qdpx(tmp_path / "p.qdpx", content, {"sources/entretien.txt": TEXT})
    if kind == "archive":
        whole = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 5))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(whole)
    got = read_refi(path)
    # three codings were made: what is not read, or does not refer to what it did, is told
    assert len(got.codings) == 3 or got.problems
    assert got.summary()


def test_nothing_is_written_beside_the_file(tmp_path):
    path = qdpx(tmp_path / "p.qdpx", whole_project(), {"sources/entretien.txt": TEXT})
    before = path.read_bytes()
    read_refi(path)
    assert ([file.name for file in tmp_path.iterdir()], path.read_bytes()) == (["p.qdpx"], before)
    assert zipfile.is_zipfile(path)


def test_dots_of_taguette_are_a_hierarchy_and_those_of_another_tool_are_not(tmp_path):
    listed = "".join(
        f'<Code guid="00000000-0000-4000-8000-00000000000{n}" name="{name}" isCodable="true"/>'
        for n, name in enumerate(("preuve", "preuve.forte", "v1.2"), 1)
    )
    depths = {}
    for origin in ("Taguette 1.5.2", "NVivo"):
        path = tmp_path / "grille.qdc"
        path.write_text(
            f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="{origin}"><Codes>{listed}</Codes></CodeBook>',
            encoding="utf-8",
        )
        depths[origin] = read_refi(path).depth
    assert depths == {"Taguette 1.5.2": 2, "NVivo": 1}


@pytest.mark.parametrize(("number", "expected"), [(1, "1 source sans son fichier"), (2, "2 sources sans leur fichier")])
def test_missing_files_are_counted_in_good_french(tmp_path, number, expected):
    sources = "".join(text_source(path=f"internal://absent{n}.txt") for n in range(number))
    assert expected in said(read(tmp_path, project(sources))).replace("\xa0", " ")
