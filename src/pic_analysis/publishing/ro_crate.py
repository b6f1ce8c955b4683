"""Describe a folder of open data as a research object (RO-Crate): what it holds, who made it, from what, with what."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pic_analysis.publishing.citation_file import CitationFile, work_entity
from pic_analysis.publishing.data_package import LICENCE

FILE = "ro-crate-metadata.json"
_MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".qdc": "application/xml",
    ".txt": "text/plain",
}


def ro_crate(package: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]], about: CitationFile) -> dict[str, Any]:
    """Return the metadata document of a folder of open data.

    Parameters
    ----------
    package
        The data package of the folder, as ``data_package`` returns it.
    files
        French title and content of each file, by its path in the folder.
    about
        Who prepared the data, in which version, from which works.

    Notes
    -----
    RO-Crate Metadata Specification 1.1 (https://w3id.org/ro/crate/1.1). ``sha256`` is a term of schema.org that the
    context of version 1.1 does not have.
    """
    licence = {"@id": LICENCE["path"]}
    authors = [_named(author.entity) for author in about.authors]
    works = [_named(work_entity(work)) for work in about.works]
    flat = [entity for work in works for entity in _flattened(work)]
    software = {
        "@id": "#logiciel",
        "@type": "SoftwareSourceCode",
        "name": about.software or about.title,
        "version": about.version,
        "license": {"@id": f"https://spdx.org/licenses/{about.licence}"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "datePublished": about.released,
        "version": about.version,
        "keywords": [*about.keywords],
        "license": licence,
        "author": [{"@id": author["@id"]} for author in authors],
        "isBasedOn": [{"@id": work["@id"]} for work in works],
        "hasPart": [{"@id": path} for path in files],
        "mentions": [{"@id": "#preparation"}],
    }
    made = {
        "@id": "#preparation",
        "@type": "CreateAction",
        "name": "Codage, nettoyage et calcul des tables",
        "instrument": {"@id": software["@id"]},
        "object": root["isBasedOn"],
        "result": [{"@id": "./"}],
    }
    entities = [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        root,
        *(_file(path, title, content, licence) for path, (title, content) in files.items()),
        {"@id": LICENCE["path"], "@type": "CreativeWork", "name": LICENCE["title"], "identifier": LICENCE["name"]},
        {"@id": f"https://spdx.org/licenses/{about.licence}", "@type": "CreativeWork", "name": about.licence},
        software,
        made,
        *authors,
        *flat,
    ]
    unique = {entity["@id"]: entity for entity in entities}
    return {
        "@context": ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}],
        "@graph": [*unique.values()],
    }


def _file(path: str, title: str, content: bytes, licence: dict[str, str]) -> dict[str, Any]:
    return {
        "@id": path,
        "@type": "File",
        "name": title,
        "encodingFormat": _MEDIA[Path(path).suffix],
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "license": licence,
    }


def _named(entity: dict[str, Any]) -> dict[str, Any]:
    """Return an entity with an identifier: its own, or one made of its name, in the letters that an address allows.

    >>> _named({"@type": "Person", "givenName": "É.", "familyName": "Le Goff"})["@id"]
    '#e-le-goff'
    """
    name = entity.get("name") or f"{entity['givenName']} {entity['familyName']}"
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return {"@id": f"#{'-'.join(re.findall('[a-z0-9]+', plain))}", **entity}


def _flattened(work: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a work and those it names, each an entity of its own: a crate nests nothing."""
    people = [_named(author) for author in work["author"]]
    publisher = [_named(work["publisher"])] if "publisher" in work else []
    flat = {**work, "author": [{"@id": one["@id"]} for one in people]}
    if publisher:
        flat["publisher"] = {"@id": publisher[0]["@id"]}
    return [flat, *people, *publisher]
