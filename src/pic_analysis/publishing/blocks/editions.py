"""Blocks on the editions of the book: which one it is, what changed since the one before, which errors are known."""

from __future__ import annotations

from pic_analysis import paths
from pic_analysis.numbers_fr import count, integer
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.publishing import known_errors
from pic_analysis.publishing.blocks.text import plain
from pic_analysis.publishing.contents import contents
from pic_analysis.publishing.level_changes import TABLE, Change, changes
from pic_analysis.publishing.markup import KINDS, ref, table
from pic_analysis.publishing.release import content_at, edition_before
from pic_analysis.study import Study
from pic_analysis.vocabulary import CONFIDENCES


def level_changes(study: Study, _: dict[str, str]) -> str:
    """Return the claims whose level is not what the edition before published, or why nothing can be compared."""
    root = paths.root()
    tag = edition_before(root)
    if not tag:
        return (
            "Aucune édition antérieure n’est étiquetée dans l’historique du dépôt : il n’y a encore rien à comparer. "
            "Dès qu’une édition l’est, cette page compare ses niveaux à ceux d’ici, sans que personne les recopie."
        )
    own = paths.passports(study.settings.name) / TABLE
    before = content_at(root, tag, own.relative_to(root).as_posix())
    if before is None:
        return f"L’édition `{tag}` ne publiait pas encore de niveau de confiance : il n’y a rien à comparer."
    return _levels(tag, changes(before, own.read_text(encoding="utf-8")))


def _levels(tag: str, found: list[Change]) -> str:
    if not found:
        return f"Aucun niveau de confiance n’a changé depuis l’édition `{tag}`."
    rows = [
        (
            ref(one.kind, one.claim_id) if one.new else f"{one.claim_id} ({KINDS[one.kind].label_fr})",
            CONFIDENCES[one.old] if one.old else "n’existait pas",
            CONFIDENCES[one.new] if one.new else "n’existe plus",
        )
        for one in found
    ]
    said = count(len(found), "niveau a changé", "niveaux ont changé")
    return f"{said} depuis l’édition `{tag}`.\n\n" + table(
        f"Niveaux de confiance qui ont changé depuis l’édition {tag}", ["Affirmation", "Avant", "Maintenant"], rows
    )


def errors(study: Study, _: dict[str, str]) -> str:
    """Return the register of known errors, the newest first."""
    name = study.settings.name
    pages = contents(paths.home(name) / "book" / "_toc.yml")
    found = known_errors.read(paths.site_files(name) / known_errors.FILE, pages)
    if not found:
        return "Aucune erreur n’est connue à ce jour."
    left = sum(one.status == "ouverte" for one in found)
    rows = [
        (
            date_fr(one.date),
            f"{{doc}}`/{one.page}`",
            plain(one.what_fr),
            known_errors.STATUSES[one.status],
            plain(one.outcome_fr) or "rien encore",
        )
        for one in found
    ]
    header = ["Date", "Page", "Ce qui est faux", "État", "Ce qui a été fait"]
    said = count(len(found), "erreur inscrite", "erreurs inscrites")
    rest = f"{integer(left)} à corriger" if left else "aucune à corriger"
    return f"{said}, {rest}.\n\n" + table("Erreurs connues", header, rows)
