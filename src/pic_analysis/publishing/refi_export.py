"""Write a codebook (`.qdc`) and codings (`.qdpx`) that any REFI-QDA tool opens: NVivo, MAXQDA, ATLAS.ti, QualCoder.

The words of an interview never leave: each one becomes a text of as many crosses as its last coded passage needs, so
that positions still mean something and nothing can be read. Neither the type of actor nor the case is written: a
project that held both would rebuild the table that is never published. The bytes only depend on the tables.
"""

from __future__ import annotations

import re
import uuid
from itertools import groupby
from operator import itemgetter
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from pic_analysis.publishing.bundles import stored_zip
from pic_analysis.reading.refi_marks import marked, unmarked
from pic_analysis.vocabulary import POLARITIES

REDACTED = "x"
_PROJECT = "urn:QDA-XML:project:1.0"
_CODEBOOK = "urn:QDA-XML:codebook:1.0"
_ORIGIN = "pic-analysis"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pic-analysis:refi-qda")
_PASSAGE = ("interview_id", "start", "end", "coder")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def codebook_qdc(codebook: pd.DataFrame, study: str) -> bytes:
    """Return a codebook as REFI-QDA Codebook Exchange 1.0.

    Parameters
    ----------
    codebook
        The clean table ``codebook``, parents before or after their children.
    study
        The folder of the study: the same code of the same study always has the same GUID.
    """
    root = Element("CodeBook", {"xmlns": _CODEBOOK, "origin": _ORIGIN})
    _codes(SubElement(root, "Codes"), codebook, study)
    return _xml(root)


def project_qdpx(codebook: pd.DataFrame, codings: pd.DataFrame, study: str, title: str) -> bytes:
    """Return a codebook and its codings as REFI-QDA Project Exchange 1.0, over redacted texts.

    Parameters
    ----------
    codebook, codings
        The clean tables of those names.
    study
        The folder of the study, from which every GUID is derived.
    title
        The project's name.

    Notes
    -----
    The standard has no place for the direction of a coding: each coding refers to one of three notes, named
    « appuie », « nuance » and « contredit ». Nothing in the archive is compressed, because compressed bytes differ
    from one version of zlib to another.
    """
    places = codings["segment_id"].str.extract(r"^(?P<source>.+):(?P<start>\d+)-(?P<end>\d+)$")
    placed = codings.assign(start=places["start"].astype(int), end=places["end"].astype(int))
    placed = placed.sort_values([*_PASSAGE, "coding_id"], kind="stable")
    root = Element("Project", {"xmlns": _PROJECT, "name": _legal(title), "origin": _ORIGIN})
    users = SubElement(root, "Users")
    for coder in sorted({*codings["coder"]}):
        SubElement(users, "User", {"guid": guid(study, "coder", coder), "name": _legal(coder)})
    _codes(SubElement(SubElement(root, "CodeBook"), "Codes"), codebook, study)
    texts = {}
    sources = SubElement(root, "Sources")
    for interview, rows in groupby(placed.to_dict("records"), itemgetter("interview_id")):
        found, name = [*rows], guid(study, "interview", interview)
        texts[f"Sources/{name}.txt"] = REDACTED * max(row["end"] for row in found)
        _source(SubElement(sources, "TextSource", _text(name, interview)), found, study)
    notes = SubElement(root, "Notes")
    for direction, label in POLARITIES.items():
        note = SubElement(notes, "Note", {"guid": guid(study, "direction", direction), "name": label})
        SubElement(note, "PlainTextContent").text = f"Ce passage {label} le lien que le code éprouve."
    for holder in (users, sources):
        if not len(holder):  # the standard allows no empty list
            root.remove(holder)
    return stored_zip({"project.qde": _xml(root), **{name: text.encode() for name, text in texts.items()}})


def guid(study: str, kind: str, key: str) -> str:
    """Return the GUID of a thing of a study, always the same.

    >>> guid("demo", "code", "a_b_1") == guid("demo", "code", "a_b_1") != guid("demo", "coder", "a_b_1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, f"{study}/{kind}/{key}")).upper()


def _codes(holder: Element, codebook: pd.DataFrame, study: str) -> None:
    """Write the codes under their parents; a code that was merged into another can no longer be used."""
    made: dict[str, Element] = {}
    waiting = codebook.to_dict("records")
    known = {row["code_id"] for row in waiting}
    while waiting:
        later = []
        for row in waiting:
            parent = row["parent"]
            if parent in known and parent not in made:
                later.append(row)
                continue
            code = SubElement(
                made.get(parent, holder),
                "Code",
                {
                    "guid": guid(study, "code", row["code_id"]),
                    "name": _legal(row["label_fr"]),
                    "isCodable": "false" if row["merged_into"] else "true",
                },
            )
            SubElement(code, "Description").text = _legal(marked(row["definition_fr"], row))
            made[row["code_id"]] = code
        if len(later) == len(waiting):
            raise ValueError(f"codes that contain each other: {[row['code_id'] for row in later]}")
        waiting = later
    for code in made.values():  # the standard wants the description before the codes
        code[:] = sorted(code, key=lambda child: child.tag == "Code")


def _text(name: str, interview: str) -> dict[str, str]:
    return {"guid": name, "name": _legal(interview), "plainTextPath": f"internal://{name}.txt"}


def _source(source: Element, codings: list[dict[str, Any]], study: str) -> None:
    """Write the passages of an interview, one for each place and coder, with its codes."""
    for (_, start, end, coder), found in groupby(codings, itemgetter(*_PASSAGE)):
        user = guid(study, "coder", coder)
        key = f"{source.get('name')}/{start}-{end}/{coder}"
        passage = SubElement(
            source,
            "PlainTextSelection",
            {
                "guid": guid(study, "passage", key),
                "startPosition": str(start),
                "endPosition": str(end),
                "creatingUser": user,
            },
        )
        for row in found:
            own = {"guid": guid(study, "coding", row["coding_id"]), "creatingUser": user}
            coding = SubElement(passage, "Coding", own)
            SubElement(coding, "CodeRef", {"targetGUID": guid(study, "code", row["code_id"])})
            SubElement(coding, "NoteRef", {"targetGUID": guid(study, "direction", row["direction"])})


def _legal(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return _ILLEGAL.sub("\ufffd", text)


def _xml(root: Element) -> bytes:
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def restored(codes: pd.DataFrame, codings: pd.DataFrame, users: pd.DataFrame, sources: pd.DataFrame) -> dict:
    """Return the clean tables ``codebook`` and ``codings`` of a project that this module wrote and a tool gave back.

    Parameters
    ----------
    codes, codings, users, sources
        The frames of those names of what `reading.refi.read_refi` returned.

    Notes
    -----
    Identifiers of codings are not kept by the standard: codings come back in the order of the file, numbered again.
    """
    own = unmarked(codes["description"])
    if own["code_id"].isna().any():
        raise ValueError("codes that this package did not write: their identifiers are not known")
    names = dict(zip(codes["code_id"], own["code_id"], strict=True))
    codebook = pd.DataFrame(
        {
            "code_id": own["code_id"],
            "label_fr": codes["name"],
            "parent": codes["parent_id"].map(names).fillna(""),
            "link_id": own["link_id"],
            "version": own["version"].astype(int),
            "merged_into": own["merged_into"],
            "definition_fr": own["definition_fr"],
        }
    )
    interviews = codings["source_id"].map(dict(zip(sources["source_id"], sources["name"], strict=True)))
    directions = {label: code for code, label in POLARITIES.items()}
    place = interviews + ":" + codings["start"].astype(str) + "-" + codings["end"].astype(str)
    return {
        "codebook": codebook,
        "codings": pd.DataFrame(
            {
                "coding_id": [f"cod-{number:06d}" for number in range(1, len(codings) + 1)],
                "interview_id": interviews,
                "segment_id": place,
                "code_id": codings["code_id"].map(names),
                "direction": codings["note"].map(directions),
                "coder": codings["user_id"].map(dict(zip(users["user_id"], users["name"], strict=True))),
            }
        ),
    }
