"""Find printed labels that name two things at once."""

from __future__ import annotations

from pic_analysis.numbers_fr import enumerate_fr
from pic_analysis.quality.finding import Finding, Passage, report_id
from pic_analysis.study import Study


def labels(study: Study) -> list[Finding]:
    """Find recommendations under one printed number; one finding a pair of sections."""
    repeated = study.recommendations[study.recommendations["printed_label"].duplicated(keep=False)]
    together: dict[tuple[str, ...], list[str]] = {}
    for label, own in repeated.groupby("printed_label", sort=False):
        together.setdefault(tuple(own["report_section"]), []).append(str(label))
    found = []
    for shared in together.values():
        own = repeated[repeated["printed_label"].isin(shared)]
        passages = [_recommendation_passage(study, row) for row in own.to_dict("records")]
        first = passages[0]
        second = next((p for p in passages if p.section != first.section), passages[1])
        several = len(shared) > 1
        found.append(
            Finding(
                "labels",
                "identifier",
                "notable",
                first,
                second,
                tuple(("recommendation", name) for name in own["recommendation_id"]),
                f"{enumerate_fr(shared)} {'nomment chacun' if several else 'nomme'} plusieurs recommandations.",
                f"Ne pas citer {enumerate_fr(shared, 'ou')} sans la section.",
                tuple(p for p in passages if p not in (first, second)),
            )
        )
    return found


def codes(study: Study) -> list[Finding]:
    """Find recommendations whose printed number is also the code of a respondent; one finding a code."""
    found = []
    for code, voices in study.testimonies.groupby("speaker_id", sort=False):
        own = study.recommendations[study.recommendations["printed_label"] == code]
        if own.empty:
            continue
        voice = voices.iloc[0]
        passages = [_recommendation_passage(study, row) for row in own.to_dict("records")]
        found.append(
            Finding(
                "codes",
                "identifier",
                "notable",
                Passage(report_id(study), voice["report_section"], voice["anchor"]),
                passages[0],
                (
                    ("respondent", str(code)),
                    *(("testimony", name) for name in voices["testimony_id"]),
                    *(("recommendation", name) for name in own["recommendation_id"]),
                ),
                f"{code} est le code d’un entretien et le numéro d’une recommandation.",
                f"Ne pas relier la voix {code} à la recommandation {code}.",
                tuple(passages[1:]),
            )
        )
    return found


def letters(study: Study) -> list[Finding]:
    """Find letters that name a causal package and begin the codes of respondents; one finding for all of them."""
    packages = study.theory_nodes[study.theory_nodes["parent"] == ""]
    voices = study.testimonies[study.testimonies["speaker_id"].str.fullmatch(r"[A-Z]\d+")]
    shared = [letter for letter in packages["node_id"] if voices["speaker_id"].str.startswith(letter).any()]
    if not shared:
        return []
    boxes = packages[packages["node_id"].isin(shared)]
    quoted = [voices[voices["speaker_id"].str.startswith(letter)].iloc[0] for letter in shared]
    verbs = "nomment des paquets et commencent" if len(shared) > 1 else "nomme un paquet et commence"
    report = report_id(study)
    defined = [Passage(report, row.report_section, row.anchor) for row in boxes.itertuples()]
    signed = [Passage(report, row["report_section"], row["anchor"]) for row in quoted]
    return [
        Finding(
            "letters",
            "identifier",
            "notable",
            defined[0],
            signed[0],
            (*(("node", letter) for letter in shared), *(("respondent", row["speaker_id"]) for row in quoted)),
            f"{enumerate_fr(shared)} {verbs} aussi des codes d’entretien.",
            "Ne pas classer une voix dans un paquet d’après la lettre de son code.",
            (*defined[1:], *signed[1:]),
        )
    ]


def _recommendation_passage(study: Study, row: dict[str, str]) -> Passage:
    return Passage(report_id(study), row["report_section"], row["anchor"])
