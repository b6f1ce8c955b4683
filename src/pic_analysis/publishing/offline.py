"""Pack the built book so that it opens from a memory stick, without a network: the same site, and a LISEZMOI.

The pages need no change: the build refuses a page that calls another site or that has an absolute address
(`links`), and the search reads its index from a script, which a browser allows from a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pic_analysis.files import write_atomically
from pic_analysis.numbers_fr import count
from pic_analysis.publishing import report
from pic_analysis.publishing.contents import BookError, home
from pic_analysis.publishing.edition_date import edition_date

README = "LISEZMOI.txt"
SITE = "livre"
# What only other builds and other sites read.
_LEFT_OUT = {".buildinfo", "objects.inv"}


def write(root: Path) -> Path:
    """Write the archive of a compendium's built book and return its path.

    Raises
    ------
    BookError
        If the book is not built.
    """
    if not home(root).is_file():
        raise BookError("L’archive n’est pas faite : le livre n’est pas construit.\n    → Lancez d’abord `pic build`.")
    cover = report.cover(root)
    path = root / "_build" / f"{cover.name}-hors-ligne.zip"
    write_atomically(path, archive(cover, files(root / "_build" / "html"), home(root).name, edition_date(root)))
    return path


def files(html: Path) -> dict[str, bytes]:
    """Return the site's files by relative name, sorted."""
    found = {path.relative_to(html).as_posix(): path for path in html.rglob("*") if path.is_file()}
    return {name: found[name].read_bytes() for name in sorted(found) if name not in _LEFT_OUT}


def archive(cover: report.Cover, site: Mapping[str, bytes], first: str, date: datetime) -> bytes:
    """Return the zip archive: the same files give the same bytes, wherever and whenever it is made."""
    content = {README: readme(cover, site, first).encode("utf-8-sig")}
    content |= {f"{SITE}/{name}": data for name, data in site.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, data in content.items():
            entry = zipfile.ZipInfo(f"{cover.name}/{name}", date.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system; 3 keeps the rights below
            entry.external_attr = 0o644 << 16
            out.writestr(entry, data)
    return packed.getvalue()


def readme(cover: report.Cover, site: Mapping[str, bytes], first: str) -> str:
    """Return what a person reads before opening the book."""
    pages = count(sum(name.endswith(".html") for name in site), "page")
    said = [
        cover.title,
        cover.citation,
        cover.edition,
        f"Pour lire : décompressez l’archive, puis ouvrez {SITE}/{first} dans un navigateur.",
        f"Tout est là ({pages}) : aucune connexion n’est nécessaire, et rien n’est demandé à un serveur. La recherche "
        "marche aussi, si JavaScript est permis ; sinon, le plan du site donne toutes les pages.",
        "Les liens vers d’autres sites sont les seuls à demander une connexion.",
        f"Licences et données personnelles : {SITE}/licences.html." if "licences.html" in site else "",
    ]
    return "\n\n".join(line for line in said if line) + "\n"
