"""Keep raw data immutable: a registry of paths and sha256 that reading verifies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pic_analysis.files import write_atomically
from pic_analysis.problems import Problem

FILE = "registry.txt"
_HINT = (
    "Si le changement est voulu : `pic register`, puis relisez la différence dans git. "
    "Sinon : `git checkout` du fichier"
)


def digests(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a raw folder, as ``relative/path -> hexadecimal digest``."""
    files = sorted(
        (p for p in folder.rglob("*") if p.is_file() and p.name != FILE and not p.name.startswith(".")),
        key=lambda p: p.relative_to(folder).as_posix(),
    )
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


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
    problems = []
    for name in sorted({*found, *expected}):
        if name not in expected:
            problems.append(Problem(name, 0, "", "", "fichier absent du registre", _HINT))
        elif name not in found:
            problems.append(Problem(name, 0, "", "", "fichier du registre introuvable", _HINT))
        elif found[name] != expected[name]:
            problems.append(
                Problem(name, 0, "", found[name][:12], f"empreinte attendue : {expected[name][:12]}…", _HINT)
            )
    return tuple(problems)


def write(folder: Path) -> None:
    """Write the registry of a raw folder, atomically."""
    text = "".join(f"{name} {digest}\n" for name, digest in digests(folder).items())
    write_atomically(folder / FILE, text)
