"""Keep raw data immutable: a registry of paths and sha256 that reading verifies.

What was received once is registered: documents coded, interviews, dated extracts of producers, editions published. The
tables that a member adds a line to every year are living: the indicators' own tables and the follow-up of the
recommendations. Their memory is git, and the editions, from which no value departs without a line of revision.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from pic_analysis import paths
from pic_analysis.files import write_atomically
from pic_analysis.problems import Problem

FILE = "registry.txt"
FOLLOW_UP = "follow_up.csv"
_EXTRACTS = PurePosixPath(paths.INDICATORS, "extracts")
_HINT = (
    "Si le changement est voulu : `pic register`, puis relisez la différence dans git. "
    "Sinon : `git checkout` du fichier"
)

_KEEP = (
    "Ce qui a été publié, ou reçu d’un producteur, ne se réécrit pas : `git checkout` du fichier. "
    "Une valeur change par une ligne de revisions.csv"
)


def is_frozen(name: str) -> bool:
    """Say whether a file of a raw folder, once registered, never changes: an edition, or a producer's dated extract.

    >>> is_frozen("indicators/editions/2026-11-22.csv"), is_frozen("facts.csv")
    (True, False)
    """
    return PurePosixPath(name).parent in (PurePosixPath(paths.INDICATORS, "editions"), _EXTRACTS)


def rewritten(folder: Path) -> tuple[str, ...]:
    """Return the registered files that may not be as they are: frozen ones that changed, editions that are gone."""
    found, expected = digests(folder), registered(folder)
    changed = (name for name in expected if is_frozen(name) and found.get(name, "") != expected[name])
    # An extract that serves no more may go: the values that it gave are held by the editions.
    return tuple(name for name in changed if name in found or PurePosixPath(name).parent != _EXTRACTS)


def is_living(name: str) -> bool:
    """Say whether a file of a raw folder is one that people add to, and is not registered.

    >>> [is_living(name) for name in ("indicators/observations.csv", "follow_up.csv", "facts.csv")]
    [True, True, False]
    >>> is_living("indicators/editions/2026-11-22.csv")
    False
    """
    return name == FOLLOW_UP or PurePosixPath(name).parent == PurePosixPath(paths.INDICATORS)


def digests(folder: Path) -> dict[str, str]:
    """Return the sha256 of every registered file of a raw folder, as ``relative/path -> hexadecimal digest``."""
    found = (p for p in folder.rglob("*") if p.is_file() and p.name != FILE and not p.name.startswith("."))
    names = sorted(p.relative_to(folder).as_posix() for p in found)
    return {name: _digest(folder / name) for name in names if not is_living(name)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def registered(folder: Path) -> dict[str, str]:
    """Return what the registry says, as ``relative/path -> digest``; empty if there is no registry."""
    path = folder / FILE
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    entries = (line.rsplit(" ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {entry[0].strip(): entry[-1] for entry in entries}


def verify(folder: Path) -> tuple[Problem, ...]:
    """Return one problem for each file that is not as registered."""
    found, expected = digests(folder), registered(folder)
    if not expected:
        return (Problem(FILE, 0, "", "", "registre absent ou vide", "`pic register` l’écrit"),)
    kept = {*rewritten(folder)}
    problems = []
    for name in sorted({*found, *expected}):
        if is_living(name):
            continue  # registered by an earlier version
        hint = _KEEP if name in kept else _HINT
        if name not in expected:
            problems.append(Problem(name, 0, "", "", "fichier absent du registre", hint))
        elif name not in found:
            problems.append(Problem(name, 0, "", "", "fichier du registre introuvable", hint))
        elif found[name] != expected[name]:
            said = f"empreinte attendue : {expected[name][:12]}…"
            problems.append(Problem(name, 0, "", found[name][:12], said, hint))
    return tuple(problems)


def write(folder: Path) -> None:
    """Write the registry of a raw folder, atomically."""
    _write(folder, digests(folder))


def add(folder: Path, name: str) -> None:
    """Add one file to the registry of a raw folder, or change its line; the other lines stay as they are.

    Parameters
    ----------
    folder
        The raw folder.
    name
        Path of the file in it, with slashes.
    """
    _write(folder, dict(sorted({**registered(folder), name: _digest(folder / name)}.items())))


def _write(folder: Path, found: dict[str, str]) -> None:
    write_atomically(folder / FILE, "".join(f"{name} {digest}\n" for name, digest in found.items()))
