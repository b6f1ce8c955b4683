"""Block that sets the studies of the compendium side by side: never ranked, never averaged."""

from __future__ import annotations

from typing import Any

from pic_analysis.evidence.comparison import NOT_ASKED, NOT_TESTED, mechanisms, same_rule
from pic_analysis.numbers_fr import agreed, count, enumerate_fr
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.compared import NOTHING, Compared
from pic_analysis.publishing.markup import ref, table
from pic_analysis.reading.families import FILE
from pic_analysis.reading.settings import Settings
from pic_analysis.study import DEMO, Study
from pic_analysis.vocabulary import CONFIDENCES

_TESTED = {NOT_ASKED: "…", NOT_TESTED: "non éprouvé : aucun constat ne le met à l’épreuve"}
_RULE = (
    "Ces études ne lisent pas toutes la force des preuves avec les mêmes seuils (`rubric` de leur `study.yml`) : le "
    "même mot de confiance n’y demande pas la même chose."
)
_UNDECLARED = (
    f"Aucun mécanisme n’est encore déclaré commun à plusieurs études. Une ligne de `data/raw/{FILE}` le déclare, avec "
    "sa raison ; rien n’est déduit des mots."
)


def comparison(study: Study, _: dict[str, str]) -> str:
    """Return what the studies of the compendium hold, side by side; fictitious ones come after, and say so."""
    real, fictitious = Compared.load(), Compared.load(demo=True)
    parts = [_compared(study, real, "reelles") if len(real.studies) > 1 else _alone(real)]
    if len(fictitious.studies) > 1:
        warning = f"Tout ce qui suit est fictif ({DEMO}) : des études simulées, qui ne disent rien d’aucun territoire."
        parts.append(f"## Études fictives ({DEMO})\n\n:::{{attention}}\n{warning}\n:::")
        parts.append(_compared(study, fictitious, "demo"))
    if unread := real.unread + fictitious.unread:
        said = agreed(
            len(unread), "ne peut être lue : elle n’est pas comparée", "ne peuvent être lues : elles manquent"
        )
        parts.append(f"{count(len(unread), 'étude')} {said} ({enumerate_fr([plain(name) for name in unread])}).")
    return "\n\n".join(parts)


def _alone(found: Compared) -> str:
    held = [plain(_name(one.settings)) for one in found.studies.values()]
    said = f"n’a qu’une seule étude qui ait des constats, {held[0]}" if held else "n’a encore aucun constat"
    return f"{NOTHING} Ce dépôt {said}. Cette page se remplira avec la deuxième étude."


def _compared(own: Study, found: Compared, kind: str) -> str:
    suffix = f" ({DEMO})" if kind == "demo" else ""
    studies = found.studies
    rows = [
        [plain(_name(s.settings)), count(len(s.statements), "constat"), count(len(s.mechanisms), "mécanisme")]
        for s in studies.values()
    ]
    parts = [
        table(f"Les études, par ordre alphabétique{suffix}", ["Étude", "Constats", "Mécanismes"], rows),
        f"## Quels mécanismes tiennent, et où{suffix}",
        "" if same_rule(studies.values()) else _RULE,
        *_families(own, found, suffix),
        f"## Où sont les constats{suffix}",
        f"```{{dessin}} constats-compares\n:etudes: {kind}\n```",
    ]
    return "\n\n".join(part for part in parts if part)


def _families(own: Study, found: Compared, suffix: str) -> list[str]:
    """Return one table a family: what each study says of it; "…" where it did not ask."""
    said = mechanisms(found.studies, found.families)
    said = said[said.groupby("family_id")["mechanism_id"].transform("max") != ""]  # of these studies, not of others
    if said.empty:
        return [_UNDECLARED]
    return [
        table(
            f"{plain(rows['label_fr'].iloc[0])} ({family}){suffix}",
            ["Étude", "Mécanisme", "Confiance", "Pourquoi", "Pourquoi le rapprocher"],
            [_row(own, found, row) for row in rows.itertuples()],
        )
        for family, rows in said.groupby("family_id", sort=False)
    ]


def _row(own: Study, found: Compared, row: Any) -> list[str]:
    about = found.studies[row.study].settings
    if row.confidence == NOT_ASKED:
        return [plain(_name(about)), *["…"] * 4]
    # The other studies have books of their own, which may not stand beside this one: no link leads there.
    name = ref("mechanism", row.mechanism_id) if row.study == own.settings.name else plain(row.mechanism_id)
    level = _TESTED.get(row.confidence) or CONFIDENCES[row.confidence]
    return [plain(_name(about)), f"{name} {plain(row.summary_fr)}", level, row.strength_fr or "…", plain(row.reason_fr)]


def _name(about: Settings) -> str:
    """Return what a study is called: its territory and its year."""
    return f"{about.territory} ({about.year})"
