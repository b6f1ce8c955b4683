"""Blocks of the statement of accessibility: the state, what is broken, what nobody verified."""

from __future__ import annotations

from collections.abc import Iterable

from pic_analysis import paths
from pic_analysis.numbers_fr import agreed, count, integer, percent
from pic_analysis.publishing import audit
from pic_analysis.publishing.accessibility import FILE, conformity
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.study import Study


def state(study: Study, _: dict[str, str]) -> str:
    """Return the state of conformity and what it rests on; a share of an audit that is not complete is no rate."""
    criteria = _criteria(study)
    found = conformity(criteria)
    said = [
        f"Ce site est **{found.state_fr}** au Référentiel général d’amélioration de l’accessibilité (RGAA), "
        f"version 4.1.2, qui a {count(len(criteria), 'critère')}."
    ]
    if found.unverified:
        missing = agreed(found.unverified, "n’a pas été vérifié", "n’ont pas été vérifiés")
        said.append(
            f"L’audit n’est pas complet : {count(found.unverified, 'critère')} {missing}. Un site sans audit complet "
            "est dit non conforme, et aucun taux n’est donné."
        )
    judged = count(found.kept + found.broken, "critère vérifié qui s’applique", "critères vérifiés qui s’appliquent")
    share = "" if found.unverified or not found.kept + found.broken else f", soit {percent(found.share)}"
    said.append(f"Sur {judged}, {integer(found.kept)} {agreed(found.kept, 'est respecté', 'sont respectés')}{share}.")
    return " ".join(said)


def broken(study: Study, _: dict[str, str]) -> str:
    """Return the criteria that are not kept, each with what is wrong."""
    return _listed(_criteria(study), "NC") or "Aucune non-conformité n’a été trouvée parmi les critères vérifiés."


def unverified(study: Study, _: dict[str, str]) -> str:
    """Return the criteria that nobody could verify, each with what is missing."""
    return _listed(_criteria(study), "NT") or "Tous les critères ont été vérifiés."


def _criteria(study: Study) -> tuple[audit.Criterion, ...]:
    return audit.read(paths.site_files(study.settings.name) / FILE)


def _listed(criteria: Iterable[audit.Criterion], status: str) -> str:
    return "\n".join(
        f"- **{one.number}. {plain(one.title_fr)}.** {plain(one.note_fr)}" for one in criteria if one.status == status
    )
