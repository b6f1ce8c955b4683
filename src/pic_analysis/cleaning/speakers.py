"""Identify who speaks: respondents by their code, experts by their name, documents by their mark."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pic_analysis.cleaning.references import Reference, parse_reference
from pic_analysis.reading.settings import Settings


@dataclass(frozen=True)
class Speaker:
    """A voice's source: its identifier, the case that its code tells, the repairs made."""

    speaker_id: str
    case: str = ""
    repairs: tuple[str, ...] = ()


def parse_respondent(raw: str, settings: Settings) -> Speaker | None:
    """Return the respondent of a printed code, or ``None`` if it cannot be one.

    ``I`` is read as ``1``; where that would give three digits the ``I`` doubles a ``1`` and goes.

    Examples
    --------
    >>> from pic_analysis.reading import settings
    >>> study = settings.example()
    >>> parse_respondent("P1I", study)
    Speaker(speaker_id='P11', case='Part', repairs=('I lu 1',))
    >>> parse_respondent("BI11", study).speaker_id
    'B11'
    >>> parse_respondent("Z3", study) is None
    True
    """
    cases = {case.respondent_prefix: case.id for case in settings.cases}
    prefixes = {**dict.fromkeys(settings.unattached_prefixes, ""), **cases}
    text = raw.strip(" ()[].")
    repairs = []
    if text.endswith(".pdf"):
        text = text.removesuffix(".pdf")
        repairs.append("extension ôtée")
    prefix, number = text[:1], text[1:]
    digits = number.replace("I", "1")
    if digits != number:
        repairs.append("I lu 1")
    if len(digits) > 2 and number.count("I") == 1:
        digits = number.replace("I", "")
        repairs[-1:] = ["I en trop ôté"]
    if prefix not in prefixes or not re.fullmatch(r"[1-9]\d?", digits):
        return None
    return Speaker(prefix + digits, prefixes[prefix], tuple(repairs))


def parse_expert(raw: str) -> Speaker:
    """Return the expert of a printed name; the panel speaking as one is ``expert-panel``.

    >>> parse_expert("[Christian du Tertre]").speaker_id
    'expert-christian-du-tertre'
    >>> parse_expert("Les experts").speaker_id
    'expert-panel'
    """
    slug = _slug(raw.strip(" ()[].,")).lower()
    panel = {"expert", "experts", "panel"} & set(slug.split("-"))
    return Speaker("expert-panel" if panel or not raw.strip() else f"expert-{slug}" if slug else "")


def parse_document(raw: str, settings: Settings) -> Speaker:
    """Return the document of a printed mark; a quotation signed by a cell comes from its monograph.

    >>> from pic_analysis.reading import settings
    >>> parse_document("Dépliant_biodiv", settings.example()).speaker_id
    'Depliant_biodiv'
    """
    reference = parse_reference(raw, settings)
    if isinstance(reference, Reference):
        return Speaker(reference.cell_id, reference.case, reference.repairs)
    return Speaker(_slug(raw.strip(" ()[].,:")))


def _slug(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w]+", "-", ascii_text).strip("-")
