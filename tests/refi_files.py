"""REFI-QDA files of a few lines, written where a test asks."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

G = {
    name: f"0000000{n}-0000-4000-8000-00000000000{n}"
    for n, name in enumerate(("ana", "bob", "arbre", "feuille", "texte"), 1)
}
USERS = f'<Users><User guid="{G["ana"]}" name="Ana"/><User guid="{G["bob"]}" name="Bob"/></Users>'
CODES = (
    f'<CodeBook><Codes><Code guid="{G["arbre"]}" name="arbre" isCodable="true" color="#00FF00">'
    f'<Description>tout arbre</Description><Code guid="{G["feuille"]}" name="feuille, verte" isCodable="true"/>'
    "</Code></Codes></CodeBook>"
)


def coding(code: str = "arbre", user: str = "ana", n: int = 1) -> str:
    who = f' creatingUser="{G[user]}"' if user else ""
    return f'<Coding guid="10000000-0000-4000-8000-{n:012}"{who}><CodeRef targetGUID="{G.get(code, code)}"/></Coding>'


def selection(start: object, end: object, name: str = "", inside: str = "", n: int = 1) -> str:
    return (
        f'<PlainTextSelection guid="20000000-0000-4000-8000-{n:012}" startPosition="{start}" endPosition="{end}"'
        f' name="{name}">{inside or coding(n=n)}</PlainTextSelection>'
    )


def text_source(*selections: str, path: str = "internal://entretien.txt") -> str:
    return f'<TextSource guid="{G["texte"]}" name="INT001" plainTextPath="{path}">{"".join(selections)}</TextSource>'


def project(
    sources: str = "",
    *,
    origin: str = "",
    more: str = "",
    codes: str = CODES,
    namespace: str = "urn:QDA-XML:project:1.0",
) -> str:
    space = f' xmlns="{namespace}"' if namespace else ""
    held = f"<Sources>{sources}</Sources>" if sources else ""
    return f'<?xml version="1.0"?><Project{space} name="p" origin="{origin}">{USERS}{codes}{held}{more}</Project>'


def qdpx(
    path: Path, xml: str | bytes, files: Mapping[str, str | bytes] | None = None, name: str = "project.qde"
) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for member, content in (files or {}).items():
            archive.writestr(member, content)
    return path
