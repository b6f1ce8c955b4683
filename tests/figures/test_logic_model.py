from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from pic_analysis.figures.logic_layout import lay_out
from pic_analysis.figures.logic_model import data, svg
from pic_analysis.figures.text_width import width, wrap

LABELS = {
    "A": ["Stratégie de conduite du changement", "S’ancrer dans la mémoire", "Écouter & impliquer", "Innover"],
    "B": ["Changement de posture", "Partager une image positive du territoire", "Se faire confiance"],
    "C": ["Qualité de l’action publique", "Faire valoir ses besoins", "Co-construire"],
    "D": ["Amplification", "Faire évoluer ses propres actions", "Prendre des initiatives", "Amplifier les résultats"],
    "E": ["Impacts", "Environnement mieux préservé", "Liens sociaux plus denses"],
    "X": ["Autres facteurs", "Dynamique régionale", "Histoire minière"],
}
ARROWS = ["A>B", "A>C", "B>C", "B>D", "C>D", "C>E", "D>E", "X>B", "X>C", "X>D"]


SVG = "{http://www.w3.org/2000/svg}"


def nodes(labels: dict[str, list[str]] = LABELS) -> pd.DataFrame:
    rows = []
    for package, (head, *boxes) in labels.items():
        rows.append((package, "", head))
        rows += [(f"{package}{number}", package, label) for number, label in enumerate(boxes, 1)]
    return pd.DataFrame(rows, columns=["node_id", "parent", "label_fr"])


def links(*arrows: str) -> pd.DataFrame:
    rows = [(arrow, *arrow.split(">"), f"de {arrow}") for arrow in arrows]
    return pd.DataFrame(rows, columns=["link_id", "source_id", "target_id", "label_fr"])


def no_link(_: str) -> None:
    return None


def words(drawing: str) -> list[str]:
    root = ElementTree.fromstring(drawing)
    return [" ".join("".join(text.itertext()).split()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_label_is_drawn_as_text() -> None:
    got = words(svg(nodes(), links(*ARROWS), no_link))
    for package, (head, *boxes) in LABELS.items():
        assert {package, head} <= set(got)
        assert {f"{package}{number} {label}" for number, label in enumerate(boxes, 1)} <= set(got)


def test_letter_of_a_package_is_not_taken_from_a_label_that_opens_with_it() -> None:
    drawing = svg(nodes({"N": ["Nouveaux liens"], "S": ["S’organiser"]}), links("N>S"), no_link)
    texts = {
        " ".join("".join(text.itertext()).split()): text for text in ElementTree.fromstring(drawing).iter(f"{SVG}text")
    }
    assert {"N", "Nouveaux liens", "S", "S’organiser"} <= texts.keys()
    assert [*texts["Nouveaux liens"]] == []


def test_every_box_and_arrow_is_a_link_with_its_label() -> None:
    drawing = svg(nodes(), links(*ARROWS), lambda name: f"page.html?a=1&b=2#{name}")
    root = ElementTree.fromstring(drawing)
    got = {a.get("href"): a.get("aria-label") for a in root.iter("{http://www.w3.org/2000/svg}a")}
    assert got["page.html?a=1&b=2#A2"] == "A2\N{NO-BREAK SPACE}: Écouter & impliquer"
    assert got["page.html?a=1&b=2#X"] == "X\N{NO-BREAK SPACE}: Autres facteurs"
    assert got["page.html?a=1&b=2#A>B"] == "A → B\N{NO-BREAK SPACE}: de A>B"
    assert len(got) == sum(map(len, LABELS.values())) + len(ARROWS)


def test_nothing_is_a_link_without_an_address() -> None:
    assert "<a " not in svg(nodes(), links(*ARROWS), no_link)


def test_the_drawing_is_named_and_runs_no_script() -> None:
    drawing = svg(nodes(), links(*ARROWS), no_link, prefix="lm2")
    root = ElementTree.fromstring(drawing)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert root.get("aria-labelledby") == "lm2-t"
    assert root.get("aria-describedby") == "lm2-d"
    assert {"lm2-t", "lm2-d"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert "B (Changement de posture, 2)" in drawing
    assert "<script" not in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_columns_go_from_left_to_right_and_the_band_below() -> None:
    panels = lay_out(nodes(), links(*ARROWS)).panels
    assert panels["A"].x < panels["B"].x < panels["C"].x == panels["D"].x < panels["E"].x
    assert panels["C"].y + panels["C"].h < panels["D"].y
    assert panels["X"].y > max(panels[name].y + panels[name].h for name in "BD")
    assert (panels["X"].x, panels["X"].x + panels["X"].w) == (panels["B"].x, panels["D"].x + panels["D"].w)


@pytest.mark.parametrize("package", LABELS)
def test_boxes_stay_in_their_panel_and_apart(package: str) -> None:
    panel = lay_out(nodes(), links(*ARROWS, "D1>D3", "D2>D3")).panels[package]
    for box in panel.boxes:
        assert panel.x < box.x
        assert box.x + box.w < panel.x + panel.w
        assert panel.y + panel.head.h <= box.y
        assert box.y + box.h < panel.y + panel.h
    for one in panel.boxes:
        for other in panel.boxes:
            apart = one.y + one.h < other.y or one.x + one.w < other.x
            assert one.id >= other.id or apart


def test_a_longer_label_makes_a_taller_box() -> None:
    labels = LABELS | {"A": ["Stratégie", *["mot " * 20] * 8]}
    layout = lay_out(nodes(labels), links(*ARROWS))
    assert layout.height > lay_out(nodes(), links(*ARROWS)).height
    assert min(box.h for box in layout.panels["A"].boxes) >= 18 * len(layout.panels["A"].boxes[0].lines)


def test_a_smaller_theory_needs_neither_band_nor_boxes() -> None:
    layout = lay_out(nodes({"A": ["Stratégie"], "B": ["Posture", "Confiance"]}), links("A>B"))
    assert list(layout.panels) == ["A", "B"]
    assert layout.panels["A"].h == layout.panels["B"].h


def test_an_arrow_over_a_column_passes_above_it() -> None:
    layout = lay_out(nodes(), links("A>C", "B>E"))
    levels = [arrow.tag[1] for arrow in layout.arrows]
    assert len(set(levels)) == 2
    assert max(levels) < layout.panels["B"].y


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [
        ("A1>B", "relie deux paquets"),
        ("B>Z", "relie deux paquets"),
    ],
)
def test_an_arrow_without_route_is_refused(arrow: str, expected: str) -> None:
    with pytest.raises(ValueError, match=f"flèche {arrow} : .*{expected}"):
        svg(nodes(), links(arrow), no_link)


@pytest.mark.parametrize("arrow", ["C>A", "D>C", "B>X", "X>A"])
def test_usual_letters_used_otherwise_are_still_read_from_left_to_right(arrow: str) -> None:
    panels = lay_out(nodes(), links(arrow)).panels
    source, target = arrow.split(">")
    assert panels[source].x < panels[target].x


def test_other_letters_stand_after_what_acts_on_them() -> None:
    labels = {"S": ["Stratégie"], "M": ["Moyens"], "P": ["Pratiques", "Essayer"], "Z": ["Effets"]}
    layout = lay_out(nodes(labels), links("S>M", "S>P", "M>P", "P>Z"))
    assert [panel.x for panel in layout.panels.values()] == sorted({panel.x for panel in layout.panels.values()})
    assert list(layout.panels) == ["S", "M", "P", "Z"]


def test_a_theory_that_nobody_has_written_is_an_empty_drawing() -> None:
    assert lay_out(nodes({}), links()).panels == {}


def test_the_data_behind_are_the_boxes_and_the_arrows() -> None:
    got = data(nodes({"A": ["Stratégie", "Écouter"], "B": ["Posture"]}), links("A>B")).values.tolist()
    expected = [
        ["paquet", "A", "", "", "Stratégie"],
        ["boîte", "A1", "A", "", "Écouter"],
        ["paquet", "B", "", "", "Posture"],
        ["flèche", "A>B", "A", "B", "de A>B"],
    ]
    assert got == expected


def test_the_same_tables_give_the_same_bytes() -> None:
    assert svg(nodes(), links(*ARROWS), no_link) == svg(nodes(), links(*ARROWS), no_link)


def test_a_wrapped_line_is_never_wider_than_asked() -> None:
    text = "Adhérer à la démarche et partager un projet commun de développement durable"
    lines = wrap(text, 150, 14)
    assert " ".join(lines) == text
    assert max(width(line, 14) for line in lines) <= 150


def test_a_no_break_space_does_not_break() -> None:
    assert wrap("oui\N{NO-BREAK SPACE}: non", 1, 14) == ["oui\N{NO-BREAK SPACE}:", "non"]


@pytest.mark.browser
def test_no_text_leaves_its_box_in_a_browser(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium, which measures the text")
    measure = """
    const out = [...document.querySelectorAll('svg a')].filter(a => a.querySelector('rect')).map(a => {
      const r = a.querySelector('rect').getBoundingClientRect();
      return [...a.querySelectorAll('text')].every(t => {
        const b = t.getBoundingClientRect();
        return b.left >= r.left && b.right <= r.right && b.top >= r.top - 1 && b.bottom <= r.bottom + 1;
      }) ? '' : a.getAttribute('aria-label');
    }).filter(Boolean);
    document.body.dataset.out = out.join(' | ');
    """
    drawing = svg(nodes(), links(*ARROWS), lambda name: f"#{name}")
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{drawing}<script>{measure}</script>", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    found = re.search(r'data-out="([^"]*)"', dom)
    assert found
    assert found[1] == ""
