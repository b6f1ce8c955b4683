"""What a person who hears the book meets on every page, and that axe-core cannot judge."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from lxml import html

pytestmark = pytest.mark.slow

HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or @role='heading']"
# A text that says nothing out of its sentence.
GENERIC = re.compile(r"(ici|lien|ce lien|lire|plus|voir|suite|lire la suite|en savoir plus|cliquez.*|¶)", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{1,3}\d[\w-]*|[A-Z][a-z]+_\w+|tem-\d+|[A-F]>[A-F](-\d)?|[a-z]+(_[a-z]+)+")
# Attributes and elements that draw instead of saying (RGAA 10.1).
DRAWN = ("align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "color", "face", "nowrap")


@pytest.fixture(scope="module")
def documents(compendium):
    folder = compendium / "_build" / "html"
    return {
        path.relative_to(folder).as_posix(): html.parse(str(path)).getroot() for path in sorted(folder.rglob("*.html"))
    }


def said(element) -> str:
    return " ".join(element.text_content().split())


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def name(link) -> str:
    """Return what a link is called by those who hear it."""
    pictures = " ".join(image.get("alt", "") for image in link.iter("img"))
    return link.get("aria-label") or f"{said(link)} {pictures}".strip()


def check(documents, find):
    """Refuse what a function finds wrong, told page by page."""
    found = [f"{page} : {wrong}" for page, root in documents.items() for wrong in find(root)]
    assert not found, "\n".join(found)


def test_every_page_says_its_language_and_has_a_title_of_its_own(documents):
    assert {root.get("lang") for root in documents.values()} == {"fr"}
    titles = Counter(said(root.find("head/title")) for root in documents.values())
    assert [title for title, times in titles.items() if times > 1 or not title] == []
    check(
        documents, lambda root: [] if root.getroottree().docinfo.doctype == "<!DOCTYPE html>" else ["type de document"]
    )


def test_an_identifier_is_given_once_on_a_page(documents):
    check(documents, lambda root: [i for i, n in Counter(root.xpath("//@id")).items() if n > 1])


def test_headings_make_a_tree(documents):
    def wrong(root):
        found = root.xpath(HEADINGS)
        levels = [int(heading.get("aria-level") or heading.tag[1]) for heading in found]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} titres de niveau 1"
        yield from (
            f"titre vide (niveau {level})" for heading, level in zip(found, levels, strict=True) if not said(heading)
        )
        for (before, after), heading in zip(pairwise(levels), found[1:], strict=True):
            if after > before + 1:
                yield f"{before} puis {after} : {said(heading)}"

    check(documents, wrong)


def test_every_page_has_its_landmarks_and_the_same_ways_in(documents):
    def wrong(root):
        for tag in ("header", "main", "footer"):
            if len(root.xpath(f"/html/body//{tag}[not(ancestor::main)]")) != 1:
                yield f"{tag} : une fois et une seule"
        labels = Counter(nav.get("aria-label", "") for nav in root.iter("nav"))
        yield from (f"navigation « {label} » : {n} fois" for label, n in labels.items() if n > 1 or not label)
        first = root.xpath("//a[@href]")[0]
        if first.get("href") != f"#{root.xpath('//main/@id')[0]}":
            yield "le premier lien ne mène pas au contenu"
        if not root.xpath(
            "//nav//a[contains(@href, 'plan-du-site')] | //footer//a[contains(@href, 'plan-du-site')]"
        ) and (not root.xpath("//title[starts-with(., 'Plan du site')]")):
            yield "pas de lien vers le plan du site"
        if not root.xpath("//form[@role='search']"):
            yield "pas de recherche"

    check(documents, wrong)


def test_tables_are_titled_and_each_header_says_what_it_heads(documents):
    def wrong(root):
        captions = Counter()
        for table in root.iter("table"):
            caption = table.find("caption")
            if caption is None or not said(caption):
                yield f"sans titre : {said(table)[:40]}"
                continue
            captions[said(caption)] += 1
            if not table.xpath(".//th"):
                yield f"sans en-tête : {said(caption)}"
            yield from (f"en-tête sans portée : {said(cell)}" for cell in table.iter("th") if not cell.get("scope"))
            if is_complex(table) and not summary(root, table):
                yield f"tableau complexe sans résumé : {said(caption)}"
        yield from (f"titre donné {n} fois : {caption}" for caption, n in captions.items() if n > 1)

    check(documents, wrong)


def is_complex(table) -> bool:
    """Say whether headers stand elsewhere than in the first row and the first column (RGAA's definition)."""
    for number, row in enumerate(table.iter("tr")):
        for place, cell in enumerate(row.iter("th", "td")):
            spans = cell.get("colspan") or cell.get("rowspan")
            if cell.tag == "th" and (spans or (number and place)):
                return True
    return False


def summary(root, table) -> str:
    known = table.get("aria-describedby", "") or table.getparent().get("aria-describedby", "")
    return " ".join(said(root.get_element_by_id(one)) for one in known.split())


def test_a_table_with_headers_in_its_body_is_complex():
    simple = "<table><tr><th>a</th><th>b</th></tr><tr><th>1</th><td>2</td></tr></table>"
    assert not is_complex(html.fromstring(simple))
    assert is_complex(html.fromstring(simple.replace("<td>2</td>", "<th>2</th>")))


def test_every_figure_is_told_in_30_to_250_signs_and_gives_its_numbers_as_a_table(documents):
    def wrong(root):
        for image in root.xpath("//main//img"):
            told = image.get("alt", "")
            if not 30 <= len(told) <= 250 or re.search(r"\.(svg|png|jpe?g)\b", told):
                yield f"texte alternatif de {len(told)} signes : {told[:40]}"
            behind = image.xpath("ancestor::figure[1]/following::details[1][contains(@class, 'donnees')]//table")
            if not behind:
                yield f"sans table de données : {told[:60]}"

    check(documents, wrong)
    assert sum(len(root.xpath("//main//figure//img")) for root in documents.values()) >= 20


def test_the_logic_model_is_named_described_and_also_a_list_of_its_boxes(documents):
    root = documents["logigramme.html"]
    (drawing,) = root.xpath("//main//svg[not(@aria-hidden='true')]")
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert len(said(root.get_element_by_id(drawing.get(attribute)))) >= 30
    boxes = {link.get("href") for link in drawing.iter("a")}
    listed = {f"#{one}" for one in root.xpath("//main//*[contains(@class, 'fiche')]/@id")}
    elsewhere = {box for box in boxes if not box.startswith("#")}
    assert len(boxes) >= 20
    assert boxes - elsewhere <= listed
    assert all(box.split("#")[0] in documents for box in elsewhere)


def test_every_link_says_where_it_leads(documents):
    def wrong(root):
        for link in root.iter("a"):
            called, shown = name(link), said(link)
            if not link.get("href"):
                yield f"sans adresse : {called}"
            if not called or GENERIC.fullmatch(called):
                yield f"texte qui ne dit rien : « {called} »"
            if words(shown) not in words(called):
                yield f"le nom « {called} » ne reprend pas le texte « {shown} »"
            if CODE.fullmatch(called) and words(called) == words(around(link)):
                yield f"un code seul : {called}"
            if link.get("target"):
                yield f"ouvre une autre fenêtre : {called}"

    check(documents, wrong)


def around(link) -> str:
    """Return the sentence, cell or item that a link stands in, with the header of its row: its context (RGAA 6.1)."""
    holders = link.xpath(
        "ancestor::*[self::p or self::li or self::td or self::th or self::dd or self::dt or self::h2][1]"
    )
    rows = link.xpath("ancestor::tr[1]")
    return " ".join(said(one) for one in [*holders, *rows]) or said(link.getparent())


def test_nothing_is_heard_twice(documents):
    def wrong(root):
        for link in root.xpath("//main//a[@aria-label]"):
            more = words(link.get("aria-label").removeprefix(said(link)))
            if len(more) > 12 and words(link.tail or "").startswith(more):
                yield f"le nom du lien, puis la phrase : {link.get('aria-label')[:60]}"
            if (title := link.get("title")) and title != link.get("aria-label"):
                yield f"la bulle ne dit pas ce que dit le nom : {title[:60]}"

    check(documents, wrong)


def test_quotations_are_marked(documents):
    """Guillemets close in the block where they open; inner marks stand inside them, in `q` or in `blockquote`."""

    def wrong(root):
        for block in root.xpath("//main//*[self::p or self::li or self::td or self::th or self::dd or self::caption]"):
            if block.xpath(".//p | .//li | .//pre | ancestor::pre | .//td"):
                continue
            text = said(block)
            if text.count("«") != text.count("»"):
                yield f"guillemets qui ne se ferment pas : {text[:70]}"
            bare = re.sub(r"«[^»]*»", "", text)
            if "“" in bare and not block.xpath("ancestor-or-self::blockquote | .//q"):
                yield f"citation sans « » : {text[:70]}"

    check(documents, wrong)


def test_the_page_says_and_the_sheet_draws(documents):
    def wrong(root):
        yield from (f"<{e.tag}>" for e in root.iter("b", "i", "u", "font", "center", "big", "strike", "tt"))
        for attribute in DRAWN:
            yield from (f"<{e.tag} {attribute}>" for e in root.xpath(f"//*[@{attribute}]") if not inside_drawing(e))
        yield from ("paragraphe vide" for e in root.iter("p") if not said(e) and not len(e) and not e.get("id"))

    check(documents, wrong)


def inside_drawing(element) -> bool:
    return bool(element.xpath("ancestor-or-self::svg"))


def test_every_field_has_its_label(documents):
    def wrong(root):
        labels = Counter(label.get("for") for label in root.iter("label"))
        for field in root.iter("input", "select", "textarea"):
            if field.get("type") not in ("hidden", "submit") and labels[field.get("id")] != 1:
                yield f"champ {field.get('name')} : {labels[field.get('id')]} étiquette"
        yield from ("bouton sans nom" for button in root.iter("button") if not said(button))

    check(documents, wrong)


def test_nothing_moves_plays_or_reloads(documents):
    moving = ("video", "audio", "iframe", "object", "embed", "canvas", "marquee", "blink")
    refresh = "//meta[@http-equiv='refresh']"
    check(documents, lambda root: [e.tag for e in (*root.iter(*moving), *root.xpath(refresh))])


def test_figures_of_one_page_are_told_apart(documents):
    def wrong(root):
        told = Counter(image.get("alt") for image in root.xpath("//main//figure//img"))
        yield from (text for text, times in told.items() if times > 1)

    check(documents, wrong)


def test_english_words_say_their_language(documents):
    (terms,) = documents["glossaire.html"].xpath("//main//table")
    rows = [row.findall("td")[-1] for row in terms.iter("tr") if row.findall("td")]
    assert [said(cell) for cell in rows if said(cell) and not cell.xpath("./*[@lang='en']")] == []
    assert len(rows) >= 20
    assert documents["methode.html"].xpath("//main//*[@lang='en']")
