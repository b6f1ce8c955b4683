"""Say where a REFI-QDA file breaks the schema of its standard; it is read all the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem

NAMESPACES = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")

_INSIDE = ("Description", "NoteRef")
_TEXT = (*_INSIDE, "PlainTextContent", "PlainTextSelection", "Coding", "VariableValue")
_SELECTION = (*_INSIDE, "Coding")
_MEDIA = (*_INSIDE, "Transcript", "Coding", "VariableValue")
_LISTS = {
    "Users": "User",
    "CodeBook": "Codes",
    "Codes": "Code",
    "Variables": "Variable",
    "Cases": "Case",
    "Notes": "Note",
    "Links": "Link",
    "Sets": "Set",
    "Graphs": "Graph",
}
_CHILDREN: dict[str, tuple[str, ...]] = {
    "Project": ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", *_INSIDE),
    **{parent: (child,) for parent, child in _LISTS.items()},
    "CodeBook": ("Codes", "Sets"),
    "Code": (*_INSIDE, "Code"),
    "Case": (*_INSIDE, "CodeRef", "VariableValue", "SourceRef", "SelectionRef"),
    "Variable": _INSIDE,
    "VariableValue": (
        "VariableRef",
        *(f"{kind}Value" for kind in ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")),
    ),
    "Set": (*_INSIDE, "MemberCode", "MemberSource", "MemberNote"),
    "Sources": ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"),
    **dict.fromkeys(("TextSource", "Note", "Representation", "TextDescription"), _TEXT),
    "PictureSource": (*_INSIDE, "TextDescription", "PictureSelection", "Coding", "VariableValue"),
    "PDFSource": (*_INSIDE, "PDFSelection", "Representation", "Coding", "VariableValue"),
    "AudioSource": (*_MEDIA, "AudioSelection"),
    "VideoSource": (*_MEDIA, "VideoSelection"),
    "Transcript": (*_INSIDE, "PlainTextContent", "SyncPoint", "TranscriptSelection"),
    "PDFSelection": (*_SELECTION, "Representation"),
    **dict.fromkeys(
        ("PlainTextSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection"),
        _SELECTION,
    ),
    "Coding": ("CodeRef", "NoteRef"),
    "Link": ("NoteRef",),
    "Graph": ("Vertex", "Edge"),
}
_REQUIRED = {
    "Code": ("guid", "name", "isCodable"),
    "Variable": ("guid", "name", "typeOfVariable"),
    "Set": ("guid", "name"),
    "PlainTextSelection": ("guid", "startPosition", "endPosition"),
    "PDFSelection": ("guid", "page", "firstX", "firstY", "secondX", "secondY"),
    "PictureSelection": ("guid", "firstX", "firstY", "secondX", "secondY"),
    "AudioSelection": ("guid", "begin", "end"),
    "VideoSelection": ("guid", "begin", "end"),
    **dict.fromkeys(
        ("User", "Case", "TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource", "Coding"), ("guid",)
    ),
}


def local(element: Element) -> str:
    """Return the name of an element without its namespace: versions of the standard only differ by it."""
    return element.tag.rpartition("}")[2]


def guid(text: str | None) -> str:
    """Return an identifier in one form: GUIDs are written in capitals or not, in braces or not.

    >>> guid("{85D17F60-7BB0-481E-B742-B4861DD669DF}")
    '85d17f60-7bb0-481e-b742-b4861dd669df'
    >>> guid(" code-1 ")
    'code-1'
    """
    found = GUID.fullmatch((text or "").strip())
    return found[1].lower() if found else (text or "").strip()


def breaches(root: Element, file: str) -> Iterator[Problem]:
    """Yield what the schema does not allow, each kind once, with its count.

    Notes
    -----
    REFI-QDA, Project.xsd 1.0 (18 March 2019), https://www.qdasoftware.org/.
    """
    yield from _namespace(root, file)
    foreign: Counter[str] = Counter()
    absent: Counter[str] = Counter()
    malformed: Counter[str] = Counter()
    for element in root.iter():
        name = local(element)
        allowed = _CHILDREN.get(name, ())
        foreign.update(
            f"{name}/{local(child)}" for child in element if name in _CHILDREN and local(child) not in allowed
        )
        absent.update(f"{name}/{wanted}" for wanted in _REQUIRED.get(name, ()) if wanted not in element.attrib)
        malformed.update(
            f"{name}/{attribute}"
            for attribute in ("guid", "targetGUID")
            if (value := element.get(attribute)) is not None and not GUID.fullmatch(value.strip())
        )
    for found, noun, hint in (
        (foreign, "élément que la norme ne prévoit pas là", "Il n’est pas repris"),
        (absent, "attribut obligatoire absent", "Le reste est lu sans lui"),
        (malformed, "identifiant qui n’est pas un GUID", "Il est pris tel quel"),
    ):
        for place, times in sorted(found.items()):
            said = f"{count(times, 'fois', 'fois')} : {noun}"
            yield Problem(file, 0, "", place[:120], said, hint, blocking=False)


def _namespace(root: Element, file: str) -> Iterator[Problem]:
    space = root.tag.partition("}")[0].removeprefix("{") if root.tag.startswith("{") else ""
    if space in NAMESPACES:
        return
    said = "espace de noms ancien ou inconnu : lu comme la version 1.0" if space else "espace de noms absent"
    yield Problem(file, 0, "", space[:120], said, f"La norme écrit {NAMESPACES[0]}", blocking=False)
