"""Say what a rule found: which passages do not agree, how serious it is, what the reader must not do with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pic_analysis.study import Study

# Name of each rule in the identifiers of its findings, which are addresses in the book.
SLUGS_FR = {
    "sums": "somme",
    "populations": "population",
    "units": "unite",
    "shares": "part",
    "bases": "base",
    "values": "valeur",
    "rates": "rythme",
    "overlaps": "periode",
    "durations": "duree",
    "announcements": "annonce",
    "misplaced": "hors-place",
    "off_grid": "hors-grille",
    "unreadable": "sans-cellule",
    "signatures": "signature",
    "prefixes": "prefixe",
    "labels": "numero",
    "codes": "code",
    "letters": "lettre",
    "pages": "page",
    "quantifiers": "quantificateur",
    "quotations": "citation",
    "orphans": "sans-conclusion",
    "impacts": "impacts",
}


@dataclass(frozen=True)
class Passage:
    """Where something stands in the sources; without an anchor, the whole section is meant."""

    source_id: str
    section: str
    anchor: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """The source and the section."""
        return self.source_id, self.section


@dataclass(frozen=True)
class Finding:
    """Two passages that do not agree, or one that does not agree with itself, found by a rule.

    Parameters
    ----------
    rule
        Name of the rule, a key of ``rules.RULES``.
    kind, severity
        Codes of ``vocabulary.DISCREPANCY_KINDS`` and ``vocabulary.SEVERITIES``.
    first, second
        The passages; ``second`` is None where one passage is enough.
    objects
        What is concerned, as pairs of a kind (``fact``, ``statement``...) and an identifier; the first one names the
        finding.
    summary_fr, consequence_fr
        What does not agree, and what the reader must not do with it.
    others
        Further passages that say the same as the first or the second.

    Examples
    --------
    >>> here = Passage("SRC01", "2.2", "220 réunions")
    >>> Finding("sums", "sum", "notable", here, None, (("fact", "FAI014"),), "Écart.", "Ne pas sommer.").id
    'CTR-somme-FAI014'
    """

    rule: str
    kind: str
    severity: str
    first: Passage
    second: Passage | None
    objects: tuple[tuple[str, str], ...]
    summary_fr: str
    consequence_fr: str
    others: tuple[Passage, ...] = ()

    @property
    def id(self) -> str:
        """The identifier, stable as long as the first object's is."""
        return f"CTR-{SLUGS_FR[self.rule]}-{self.objects[0][1]}"

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, the two main ones first."""
        return tuple(p for p in (self.first, self.second, *self.others) if p is not None)


@lru_cache(maxsize=4)
def report_id(study: Study) -> str:
    """Return the identifier of the evaluation report: the first source that is a report."""
    reports = study.sources.loc[study.sources["kind"] == "report", "source_id"]
    return str(reports.iloc[0]) if len(reports) else ""


def conclusion_passage(study: Study, conclusion_id: str) -> Passage:
    """Return the place of a conclusion, under the number that the report prints, if it prints one."""
    return Passage(report_id(study), conclusions_section(study), printed_number(study, conclusion_id))


def printed_number(study: Study, conclusion_id: str) -> str:
    """Return the number of a conclusion as the report prints it; empty if it prints none."""
    mark = study.settings.conclusions_mark
    return f"{mark} {int(conclusion_id[3:])}" if mark else ""


def conclusions_section(study: Study) -> str:
    """Return the section of the report that holds the conclusions: their table names none."""
    return study.settings.conclusions_section


def section_fr(section: str) -> str:
    """Return a section as a French phrase names it.

    >>> section_fr("3.3.4"), section_fr("2"), section_fr("resume"), section_fr("texte")
    ('la section 3.3.4', 'le chapitre 2', 'le résumé', 'le texte')
    """
    words = {"resume": "le résumé", "avant-propos": "l’avant-propos", "texte": "le texte", "": "le texte"}
    return words.get(section) or (f"la section {section}" if "." in section else f"le chapitre {section}")
