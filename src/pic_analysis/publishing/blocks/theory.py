"""Blocks of the theory of change: boxes, arrows, mechanisms. They are the diagram's list version."""

from __future__ import annotations

from pic_analysis.evidence.passport import accounts
from pic_analysis.evidence.theory import columns, ends, paths_between
from pic_analysis.numbers_fr import enumerate_fr
from pic_analysis.publishing.blocks.claims import tested
from pic_analysis.publishing.blocks.text import entries, facts, listed, locator, plain, refs
from pic_analysis.publishing.markup import card, ref
from pic_analysis.study import Study
from pic_analysis.vocabulary import EFFECTS


def nodes(study: Study, options: dict[str, str]) -> str:
    """Return the cards of one package (``paquet``) and of its boxes."""
    chosen = study.theory_nodes[
        (study.theory_nodes["node_id"] == options["paquet"]) | (study.theory_nodes["parent"] == options["paquet"])
    ]
    links = study.theory_links
    cards = []
    for row in chosen.to_dict("records"):
        node = row["node_id"]
        body = facts(
            {
                "Présente dans": enumerate_fr(
                    [name for column, name in study.settings.theory_places.items() if row[column]]
                ),
                "Ce qui diffère": plain(row["note_fr"]),
                "Flèches qui en partent": refs("link", links.loc[links["source_id"] == node, "link_id"]),
                "Flèches qui y arrivent": refs("link", links.loc[links["target_id"] == node, "link_id"]),
                "Passage": locator(row["report_section"], row["anchor"]),
            }
        )
        cards.append(card("node", node, row["label_fr"], body))
    return "\n".join(cards)


def links(study: Study, options: dict[str, str]) -> str:
    """Return the cards, or the list, of the arrows, each with the mechanisms that it stands on."""
    if listed(options):
        return entries("link", study.theory_links["link_id"])
    known = accounts(study)
    standing = study.mechanisms.groupby("link_id")["mechanism_id"].unique().to_dict()
    cards = []
    for row in study.theory_links.to_dict("records"):
        body = facts(
            {
                "De": ref("node", row["source_id"]),
                "Vers": ref("node", row["target_id"]),
                "Mécanismes": refs("mechanism", standing.get(row["link_id"], [])) or "aucun n’est énoncé",
                "Passage": locator(row["report_section"], row["anchor"]),
                "Mise à l’épreuve": tested(study, known.of("link", row["link_id"])),
            }
        )
        cards.append(card("link", row["link_id"], row["label_fr"], body))
    return "\n".join(cards)


def mechanisms(study: Study, options: dict[str, str]) -> str:
    """Return the cards of the mechanisms of one arrow (``fleche``)."""
    chosen = study.mechanisms[study.mechanisms["link_id"] == options["fleche"]]
    cards, known = [], accounts(study)
    for row in chosen.to_dict("records"):
        body = facts(
            {
                "Effet supposé": f"{EFFECTS[row['effect']]} le changement attendu",
                "Dit autrement ailleurs": plain(row["difference_fr"]),
                "Passage": locator(row["report_section"], row["anchor"]),
                "Mise à l’épreuve": tested(study, known.of("mechanism", row["mechanism_id"])),
            }
        )
        cards.append(card("mechanism", row["mechanism_id"], row["summary_fr"], body))
    return "\n".join(cards)


def mechanisms_towards(study: Study, options: dict[str, str]) -> str:
    """Return a list of the mechanisms of the arrows that arrive at one package (``vers``)."""
    arriving = study.theory_links[study.theory_links["target_id"] == options["vers"]]
    lines = []
    for link, label in arriving[["link_id", "label_fr"]].itertuples(index=False):
        own = study.mechanisms[study.mechanisms["link_id"] == link]
        lines.append(f"- {ref('link', link)} : {plain(label)}")
        lines += [f"  - {ref('mechanism', m.mechanism_id)} : {plain(m.summary_fr)}" for m in own.itertuples()]
    return "\n".join(lines)


def causal_paths(study: Study, _: dict[str, str]) -> str:
    """Return the causal paths that the theory supposes from the strategy to the impacts."""
    first, last = ends(columns(study.theory_nodes, study.theory_links))
    found = paths_between(study.theory_links, first, last)
    return "\n".join("- " + " → ".join(ref("node", node) for node in path) for path in found)
