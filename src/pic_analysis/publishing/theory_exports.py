"""Write a theory of change for other tools: a codebook (REFI-QDA), a causal diagram (DAGitty), links (Causal Map)."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

import pandas as pd

from pic_analysis.evidence.theory import CLASSIC, columns, ends
from pic_analysis.figures.logic_layout import Box, lay_out
from pic_analysis.publishing.refi_export import codebook_qdc
from pic_analysis.publishing.table_formats import csv
from pic_analysis.study import Study

FOLDER = "exports"
CODEBOOK, DIAGRAM, LINKS = "theory_codebook.qdc", "theory_dagitty.txt", "theory_causal_map.csv"
TITLES = {
    CODEBOOK: "Grille de codage tirée de la théorie du changement (REFI-QDA)",
    DIAGRAM: "Théorie du changement en diagramme causal (DAGitty)",
    LINKS: "Théorie du changement en liens (Causal Map)",
}
LABEL = 60  # signs: MAXQDA cuts the name of a code at 63


def theory_files(study: Study) -> dict[str, bytes]:
    """Return the theory of change of a study for other tools, by file name."""
    return {
        CODEBOOK: codebook_qdc(codebook(study), study.settings.name),
        DIAGRAM: _diagram(study).encode("utf-8"),
        LINKS: csv(causal_map(study)),
    }


def codebook(study: Study) -> pd.DataFrame:
    """Return a codebook for interviews on a theory of change: its arrows, their mechanisms, its rival explanations.

    Returns
    -------
    DataFrame
        Columns of the clean table ``codebook``. The definition of a code is the study's own summary, whole.
    """
    rows = [(_code(row.link_id), row.label_fr, "", row.link_id) for row in study.theory_links.itertuples()]
    rows += [
        (_code(row.mechanism_id), row.summary_fr, _code(row.link_id), row.mechanism_id)
        for row in study.mechanisms.itertuples()
    ]
    if len(study.rivals):
        rows.append(("riv", "Explications rivales", "", ""))
    rows += [(f"riv_{row.rival_id[3:]}", row.summary_fr, "riv", row.rival_id) for row in study.rivals.itertuples()]
    found = pd.DataFrame(rows, columns=["code_id", "definition_fr", "parent", "link_id"])
    names = found["link_id"].str.cat(found["definition_fr"], sep=" ").str.strip()
    found.insert(1, "label_fr", names.map(lambda text: shorten(text, LABEL, placeholder="…")))
    return found.assign(version=1, merged_into="")


def _diagram(study: Study) -> str:
    known = columns(study.theory_nodes, study.theory_links)
    return dagitty(study.theory_links, _places(study), ends(known or CLASSIC))


def dagitty(
    links: pd.DataFrame,
    places: Mapping[str, tuple[float, float]] | None = None,
    ends: tuple[str, str] = ends(CLASSIC),
) -> str:
    r"""Return a theory of change as DAGitty reads it: boxes that an arrow touches, arrows as declared.

    Parameters
    ----------
    links
        The clean table ``theory_links``.
    places
        Where each box stands in the drawing, in the tool's own units.
    ends
        The strategy, which is the exposure, and the impacts, which are the outcome.

    Notes
    -----
    Textor et al. (2016), International Journal of Epidemiology 45(6), https://doi.org/10.1093/ije/dyw341. The language
    has no comments; a name without quotes holds letters, digits, points and underscores.

    >>> print(dagitty(pd.DataFrame({"source_id": ["A", "B"], "target_id": ["B", "E"]}), {"B": (1, 0.5)}), end="")
    dag {
    A [exposure]
    B [pos="1.00,0.50"]
    E [outcome]
    A -> B
    B -> E
    }
    """
    boxes = sorted({*links["source_id"], *links["target_id"]})
    roles = {ends[0]: ["exposure"], ends[1]: ["outcome"]}
    about = {box: [*roles.get(box, []), *_position(box, places or {})] for box in boxes}
    lines = [f"{box} [{','.join(said)}]" if said else box for box, said in about.items()]
    lines += [f"{row.source_id} -> {row.target_id}" for row in links.itertuples()]
    return "\n".join(["dag {", *lines, "}", ""])


def _position(box: str, places: Mapping[str, tuple[float, float]]) -> list[str]:
    return ['pos="{:.2f},{:.2f}"'.format(*places[box])] if box in places else []


def _places(study: Study) -> dict[str, tuple[float, float]]:
    """Return where the book's own drawing puts each package and box, one unit for two hundred pixels."""
    panels = lay_out(study.theory_nodes, study.theory_links).panels
    boxes: list[Box] = [box for panel in panels.values() for box in (panel.head, *panel.boxes)]
    return {box.id: ((box.x + box.w / 2) / 200, (box.y + box.h / 2) / 200) for box in boxes}


def causal_map(study: Study) -> pd.DataFrame:
    """Return the arrows of a theory of change as Causal Map imports links: one row a mechanism, or a bare arrow.

    Notes
    -----
    Its guide, « Uploading only links »: a sheet named ``links``, whose columns ``from_label`` and ``to_label`` name the
    factors; ``hashtags`` and ``link_memo`` are fields of its own, others are kept.
    """
    labels = study.theory_nodes.set_index("node_id")["label_fr"]
    both = study.theory_links.merge(study.mechanisms, on="link_id", how="left", suffixes=("", "_of_mechanism"))
    both = both.fillna("")
    memo = both["summary_fr"].where(both["summary_fr"] != "", both["label_fr"])
    return pd.DataFrame(
        {
            "from_label": both["source_id"] + " " + both["source_id"].map(labels),
            "to_label": both["target_id"] + " " + both["target_id"].map(labels),
            "link_memo": memo,
            "hashtags": both["effect"].map({"favours": "#favorise", "hinders": "#freine"}).fillna(""),
            "link_id": both["link_id"],
            "mechanism_id": both["mechanism_id"],
        }
    )


def _code(identifier: str) -> str:
    """Return the code of an arrow or a mechanism, in lower case.

    >>> _code("A>B-2"), _code("C1>C2")
    ('a_b_2', 'c1_c2')
    """
    return identifier.lower().replace(">", "_").replace("-", "_")
