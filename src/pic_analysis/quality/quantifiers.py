"""Compare the word of quantity of each conclusion with those of the statements that it rests on."""

from __future__ import annotations

import re

import pandas as pd

from pic_analysis.numbers_fr import enumerate_fr
from pic_analysis.quality.finding import Finding, Passage, conclusion_passage, report_id
from pic_analysis.study import Study

# French words of quantity, from the weakest to the strongest: how many, then how far. Two scales, never compared
# with each other. A word is looked for from the strongest on, so that « un certain nombre » is not « certains ».
HOW_MANY = (
    r"peu|rares?|seule?s?|marginale?s?|restreint|moins nombreu\w+",
    r"quelques|certaine?s|parfois|une part(ie)?",
    r"plusieurs|un certain nombre|demi-dizaine",
    r"nombreu(x|ses)|grand nombre|beaucoup|part significative|large cercle|fréquemment|souvent",
    r"la plupart|majorité|généralement|globalement",
    r"large majorité",
    r"tous|toutes|toujours|unanim\w+|l’ensemble|systématique\w*",
)
FEW, MANY = 1, 4  # places in HOW_MANY that cannot both hold
HOW_FAR = (
    r"en partie|un peu|relativement",
    r"assez|suffisamment|plutôt",
    r"nettement|largement|fortement|particulièrement",
    r"pleinement|entièrement|totalement|exclusivement",
)
SCALES = {"how_many": HOW_MANY, "how_far": HOW_FAR}
# « pas encore », « moins », « assez largement »: a word that turns or tempers the next has no place of its own.
_TURNED = re.compile(r"\b(pas|non|(?<!au )moins(?! nombreu)|aucune?|ni)\b")
_TEMPERED = re.compile(r"\bassez\b")


def rank(quantifier: str) -> tuple[str, int] | None:
    """Return the scale and the place of a word of quantity, or None if it has none.

    >>> rank("une large majorité"), rank("un certain nombre"), rank("certains")
    (('how_many', 6), ('how_many', 3), ('how_many', 2))
    >>> rank("assez nettement"), rank("pas toujours"), rank("d’autant plus")
    (('how_far', 2), None, None)
    """
    text = quantifier.casefold().replace("'", "’")
    if not text or _TURNED.search(text):
        return None
    if _TEMPERED.search(text):
        return "how_far", 2
    for scale, words in SCALES.items():
        for place in range(len(words), 0, -1):
            if re.search(rf"\b({words[place - 1]})\b", text):
                return scale, place
    return None


def quantifiers(study: Study) -> list[Finding]:
    """Find conclusions that say more than every statement which supports them, or much where an opposing one says few.

    « Certains n’adhèrent pas » opposes « une large majorité » without being weaker: only words that restrict, such
    as « un cercle restreint », cannot hold with « une part significative ».
    """
    found = []
    words = study.statements.set_index("statement_id")["quantifier"]
    for row in study.conclusions.to_dict("records"):
        place = rank(row["quantifier"])
        if place is None:
            continue
        attached = study.conclusion_support[study.conclusion_support["conclusion_id"] == row["conclusion_id"]]
        attached = attached.assign(quantifier=attached["statement_id"].map(words))
        attached = attached.assign(rank=[_on(place[0], word) for word in attached["quantifier"]])
        attached = attached[attached["rank"] > 0]
        supports = attached[attached["relation"] == "supports"]
        grown = supports[[len(supports) > 0 and supports["rank"].max() < place[1]] * len(supports)]
        much = place[0] == "how_many" and place[1] >= MANY
        denied = attached[(attached["relation"] == "opposes") & (attached["rank"] == FEW) & much]
        if len(grown) or len(denied):
            found.append(_finding(study, row, pd.concat([grown, denied]), place[1]))
    return found


def _on(scale: str, quantifier: str) -> int:
    place = rank(quantifier)
    return place[1] if place and place[0] == scale else 0


def _finding(study: Study, conclusion: dict[str, str], weaker: pd.DataFrame, place: int) -> Finding:
    # What the conclusion restates shows best how its word has grown; then the strongest word, in reading order.
    explicit = (weaker["basis"] == "explicit").astype(int)
    order = weaker.assign(explicit=explicit).sort_values(["explicit", "rank"], ascending=False, kind="stable")
    told = study.statements.set_index("statement_id")
    report = report_id(study)
    passages = [
        Passage(report, told.at[name, "report_section"], told.at[name, "anchor"]) for name in order["statement_id"]
    ]
    words = [f"« {row.quantifier} » ({row.statement_id})" for row in order.itertuples()]
    several = len(words) > 1
    return Finding(
        "quantifiers",
        "quantifier",
        "majeur" if place - int(weaker["rank"].max()) >= 2 else "notable",
        passages[0],
        conclusion_passage(study, conclusion["conclusion_id"]),
        (("conclusion", conclusion["conclusion_id"]), *(("statement", name) for name in order["statement_id"])),
        f"La conclusion {conclusion['conclusion_id']} dit « {conclusion['quantifier']} » ; "
        f"{'ses constats disent' if several else 'son constat dit'} moins : {enumerate_fr(words)}.",
        f"Ne pas citer « {conclusion['quantifier']} » comme une proportion constatée par le récit.",
        tuple(passages[1:]),
    )
