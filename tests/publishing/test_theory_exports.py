import re

import networkx as nx
import pandas as pd

from pic_analysis.publishing.refi_export import restored
from pic_analysis.publishing.theory_exports import (
    CODEBOOK,
    DIAGRAM,
    LABEL,
    causal_map,
    codebook,
    dagitty,
    theory_files,
)
from pic_analysis.reading.refi import read_refi


def diagram(text):
    """Read what DAGitty's grammar reads of a graph without quotes: boxes with their roles, arrows."""
    inside = re.fullmatch(r"dag \{\n(.*)\n\}\n", text, re.DOTALL)[1].split("\n")
    boxes, arrows = {}, []
    for line in inside:
        if found := re.fullmatch(r"([A-Za-z0-9_.]+) -> ([A-Za-z0-9_.]+)", line):
            arrows.append(found.groups())
        else:
            found = re.fullmatch(r'([A-Za-z0-9_.]+)(?: \[((?:exposure|outcome|pos="[\d.]+,[\d.]+"|,)+)\])?', line)
            assert found, line
            boxes[found[1]] = found[2] or ""
    return boxes, arrows


def test_diagram_has_the_arrows_of_the_theory_and_no_other(loos):
    boxes, arrows = diagram(theory_files(loos)[DIAGRAM].decode())
    links = loos.theory_links
    assert arrows == [*zip(links["source_id"], links["target_id"], strict=True)]
    assert {*boxes} == {*links["source_id"], *links["target_id"]}
    assert nx.is_directed_acyclic_graph(nx.DiGraph(arrows))


def test_diagram_asks_about_the_effect_of_the_strategy_on_the_impacts(loos):
    boxes, _ = diagram(theory_files(loos)[DIAGRAM].decode())
    roles = {box: about.split(",")[0] for box, about in boxes.items() if about.startswith(("exposure", "outcome"))}
    assert roles == {"A": "exposure", "E": "outcome"}


def test_boxes_of_the_diagram_do_not_lie_on_one_another(loos):
    boxes, _ = diagram(theory_files(loos)[DIAGRAM].decode())
    places = [re.search(r'pos="([^"]+)"', about)[1] for about in boxes.values()]
    assert len({*places}) == len(boxes)


def test_theory_without_impacts_has_no_outcome():
    assert "outcome" not in dagitty(pd.DataFrame({"source_id": ["A"], "target_id": ["B"]}))


def test_links_hold_every_mechanism_and_the_arrows_without_any(tiny_study):
    got = causal_map(tiny_study())
    assert got[["from_label", "to_label", "link_id", "mechanism_id"]].to_numpy().tolist() == [
        ["A Ce que fait la commune", "B Posture", "A>B", "A>B-1"],
        ["B Posture", "C Qualité", "B>C", ""],
    ]
    assert got["link_memo"].tolist() == ["Informer fait apprendre.", "La posture agit sur la qualité"]
    assert got["hashtags"].tolist() == ["#favorise", ""]


def test_links_of_a_mechanism_that_hinders_say_so(tiny_study):
    rows = [("A>B-1", "A>B", "hinders", "La peur retient.", "7.1.2", "actions de", "")]
    assert causal_map(tiny_study(mechanisms=rows))["hashtags"].tolist()[0] == "#freine"


def test_codebook_goes_to_a_coding_tool_and_comes_back(tiny_study, tmp_path):
    study = tiny_study()
    path = tmp_path / CODEBOOK
    path.write_bytes(theory_files(study)[CODEBOOK])
    read = read_refi(path)
    got = restored(read.codes, read.codings, read.users, read.sources)["codebook"]
    assert got.set_index("code_id")[["parent", "link_id", "definition_fr"]].to_dict("index") == {
        "a_b": {"parent": "", "link_id": "A>B", "definition_fr": "La commune agit sur la posture"},
        "a_b_1": {"parent": "a_b", "link_id": "A>B-1", "definition_fr": "Informer fait apprendre."},
        "b_c": {"parent": "", "link_id": "B>C", "definition_fr": "La posture agit sur la qualité"},
        "riv": {"parent": "", "link_id": "", "definition_fr": "Explications rivales"},
        "riv_01": {"parent": "riv", "link_id": "RIV01", "definition_fr": "Le maire emporte l’adhésion."},
    }


def test_names_of_codes_are_short_enough_to_be_kept_whole_and_all_different(loos):
    got = codebook(loos)
    assert got["label_fr"].str.len().max() <= LABEL
    assert got["label_fr"].is_unique
    assert got["code_id"].is_unique
    assert got["code_id"].str.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*").all()
    assert len(got) == len(loos.theory_links) + len(loos.mechanisms) + len(loos.rivals) + 1


def test_theory_without_rivals_has_no_code_for_them(tiny_study):
    study = tiny_study(rivals=[], rival_fates=[])
    assert not codebook(study)["code_id"].str.startswith("riv").any()
