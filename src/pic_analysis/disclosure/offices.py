"""Find the functions that one person of a commune or of an organisation holds: named, each is a person."""

from __future__ import annotations

import re
from collections.abc import Collection

from pic_analysis.disclosure.words import GAP, LOW, UP, Span, plain_words

_OF_ALL = (
    r"maires?|maire[- ]adjointe?|vice-présidente?|présidente?|direct(?:eur|rice)(?: générale?)?(?: adjointe?)?|"
    r"secrétaire(?: générale?)?|responsable|cheff?e?|gérante?|curé|médecin|instit(?:uteur|utrice)|principal|"
    r"proviseure?|coordinat(?:eur|rice)|fondat(?:eur|rice)|trésori(?:er|ère)|députée?|sénat(?:eur|rice)|sous-préfet|"
    r"préfète?|DGS|DGA|conseill(?:er|ère)|garde champêtre|gardien(?:ne)?|animat(?:eur|rice)"
)
# What these are in charge of tells which one: « l’adjointe à l’urbanisme ».
_OF_SOME = r"adjointe?(?: au maire)?|élue?|conseill(?:er|ère)(?: municipale?)?|vice-présidente?|déléguée?|responsable"
_NUMBER = r"premi(?:er|ère)|deuxième|seconde?|troisième|quatrième|cinquième|sixième|\d{1,2}(?:er|[eè]re|e|nde?|[eè]me)"
_RANK = rf"(?:(?:anciens?|ancienne|actuel(?:le)?|précédente?|future?|{_NUMBER}){GAP}+)?"
_BOTH = r"(?:\(e\)|[·.-]e\b)?"
_ALWAYS_ONE = {"maire", "cure", "dgs"}
_DETERMINER = (
    rf"(?:(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u|[Nn]otre|[Vv]otre|[Ss]on|[Ss]a|[Ll]eur|[Cc]et?|[Cc]ette){GAP}+|[Ll][’']{GAP}*)"
)
_BEFORE = rf"(?<![{LOW}{UP}’'-])"
# Of which one: not of just any, « le président d’une association ».
_WHICH = rf"(?!(?:une?|chaque|toute?|plusieurs|ce|cette|ces|leur|leurs)\b)[\w’'-]+(?:{GAP}+[{UP}][\w’'-]+){{0,2}}"
_LINK = r"(?:de la|de l[’']|du|des|de|d[’']|en charge|chargée?)"
_FIELD = r"(?:à la\b|à l[’']|aux?\b)"
_CARE = rf"(?:{_FIELD}|(?:en charge|chargée?) d(?:es?\b|u\b|[’'])|déléguée? {_FIELD})"
_NO_CARE = r"(?!(?:maire|écoute|origine|initiative|tour|lieu|moins|plus|sein|fait|courant|cours|niveau|nom|titre)\b)"

_START = rf"(?:^|(?<=[:(;,–—•|/]){GAP}*)"
_ITS = rf"(?:la|le|les|l[’']){GAP}*"
FUNCTION = re.compile(
    rf"{_BEFORE}{_DETERMINER}({_RANK}(?:{_OF_ALL}){_BOTH})(?![{LOW}’-])((?:{GAP}+{_LINK}{GAP}*(?:{_ITS})?{_WHICH})?)"
)
IN_CHARGE = re.compile(
    rf"(?:{_BEFORE}{_DETERMINER}|{_START})((?i:{_RANK}(?:{_OF_SOME})){_BOTH}{GAP}+{_CARE}{GAP}*(?:{_ITS})?{_NO_CARE}{_WHICH})"
)
RANKED = re.compile(
    rf"{_BEFORE}(?:{_DETERMINER}|(?<!un{GAP})(?<!une{GAP}))((?i:(?:{_NUMBER}){GAP}+(?:adjointe?|vice-présidente?))"
    rf"{_BOTH}(?:{GAP}au{GAP}maire)?)(?![{LOW}])"
)
_OF_ONE = (
    r"maire|(?:vice-)?présidente?|direct(?:eur|rice)(?: générale?)?(?: adjointe?)?|secrétaire(?: générale?)?|gérante?|"
    r"proviseure?|trésori(?:er|ère)|coordinat(?:eur|rice)|fondat(?:eur|rice)|cheffe?"
)
# As a register of people writes them, with no article: « Directrice du centre social », « Maire d’Essai ».
TITLE = re.compile(
    rf"{_START}((?i:{_RANK}(?:{_OF_ONE})){_BOTH}){GAP}+"
    rf"(?:(?:du|des|de{GAP}la|de{GAP}l[’']){GAP}*{_WHICH}|(?:de{GAP}|d[’'])[{UP}][\w’'-]+(?:{GAP}+[{UP}][\w’'-]+){{0,2}}"
    rf"|de{GAP}(?:mairie|cabinet))"
)
ALONE = re.compile(rf"^(?i:{_RANK}(?:maire|curé))$|{_BEFORE}DG[SA](?![{UP}{LOW}\d-])")


def one_person(match: re.Match[str], common: Collection[str]) -> Span | None:
    """Keep a function named with what it is exercised in, or of which there is only one."""
    words = plain_words(match.group(1))
    return match.span() if match.group(2) or {*words[-2:]} & _ALWAYS_ONE else None
