"""A PDF of three pages written by hand: what is read of it, and what is written back."""

import re
from datetime import UTC, datetime

import pytest
from publishing.pdf_reader import opened

from pic_analysis.publishing.pdf_file import Metadata, PdfFile, UnknownPdf

IMAGE = b"<</Subtype /Image /Length 4>>\nstream\nendo\nendstream"
OBJECTS = {
    1: b"<</Title (x) /Producer (Skia/PDF \\(m1\\)) /CreationDate (D:20200101000000+00'00')>>",
    2: b"<</Type /Catalog /Pages 3 0 R /Dests 8 0 R /StructTreeRoot 9 0 R /Lang (fr)>>",
    3: b"<</Type /Pages /Kids [4 0 R 5 0 R]>>",
    4: b"<</Type /Page /XObject <</a 10 0 R>> /Annots [12 0 R]>>",
    5: b"<</Type /Pages /Kids [6 0 R 7 0 R]>>",
    6: b"<</Type /Page /XObject <</a 11 0 R>>>>",
    7: b"<</Type /Page>>",
    8: b"<</Eco_PC1_1 [7 0 R /XYZ 0 0 0] /A#3EB [4 0 R /XYZ 0 0 0]>>",
    9: b"<</Type /StructTreeRoot /Alt (a live stream)>>",
    10: IMAGE,
    11: IMAGE,
    12: b"<</Type /Annot /Dest /Eco_PC1_1>>",
}
METADATA = Metadata("Évaluation", "Une (équipe", "Sujet", datetime(2024, 2, 29, 12, tzinfo=UTC))


def written(objects: dict[int, bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    return content + table + b"trailer\n<</Root 2 0 R /Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(content)


@pytest.fixture
def pdf() -> PdfFile:
    return PdfFile.read(written(OBJECTS))


def test_places_and_links_are_read(pdf):
    assert pdf.destinations == {"Eco_PC1_1": 3, "A>B": 1}
    assert pdf.links == ("Eco_PC1_1",)


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(UnknownPdf):
        PdfFile.read(b"%PDF-1.5\n1 0 obj\n<</Type /XRef>>\nstartxref\n9\n%%EOF")
    with pytest.raises(UnknownPdf):
        PdfFile.read(b"")


def test_compact_file_opens_and_holds_the_same_objects(pdf):
    got = opened(pdf.compact())
    assert {number: got[number] for number in (2, 3, 8, 9, 12)} == {n: OBJECTS[n] for n in (2, 3, 8, 9, 12)}
    assert got[10] == IMAGE


def test_an_image_used_twice_is_written_once(pdf):
    got = opened(pdf.compact())
    assert 11 not in got
    assert b"/a 10 0 R" in got[4]
    assert b"/a 10 0 R" in got[6]


def test_many_objects_open_too():
    more = OBJECTS | {number: b"<</N %d>>" % number for number in range(13, 700)}
    got = opened(PdfFile.read(written(more)).compact())
    assert all(got[number] == b"<</N %d>>" % number for number in range(13, 700))


def test_description_says_title_author_and_the_date_of_the_edition(pdf):
    info = pdf.described(METADATA).objects[1]
    said = {key: bytes.fromhex(text.decode()).decode("utf-16") for key, text in re.findall(rb"/(\w+) <(\w+)>", info)}
    assert (said[b"Title"], said[b"Author"]) == ("Évaluation", "Une (équipe")
    assert info.count(b"(D:20240229120000+00'00')") == 2
    assert b"2020" not in info
    assert b"/Producer (Skia/PDF \\(m1\\))" in info


def test_stressed_words_are_read_by_readers_that_know_no_tag_for_them(pdf):
    tree = pdf.mapped().objects[9]
    assert b"/RoleMap <</Strong /Span" in tree
    assert pdf.mapped().mapped().objects[9] == tree
