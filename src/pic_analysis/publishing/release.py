"""Say of which edition a page is: its version, its date, the revision of its sources; and find the edition before.

All comes from the history of the sources: making the book again another day changes nothing.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from pic_analysis import __version__
from pic_analysis.numbers_fr import date as date_fr
from pic_analysis.publishing import citation_file
from pic_analysis.publishing.edition_date import UNKNOWN, edition_date

# What people write; the rest is made from it, and may be newer for a while without being another edition.
_SOURCES = ("_config.yml", "src", "notebooks", "data/raw", "book/*.md", "book/*.csv", "book/_toc.yml")
_LENGTH = 10  # git's own choice grows with the repository


@dataclass(frozen=True)
class Release:
    """One edition; what is not known is empty.

    Attributes
    ----------
    version
        The number of the version.
    date
        ISO day of the last commit, or that of the record of citation where there is no history.
    revision
        First digits of the commit.
    changed
        Whether sources differ from that commit.
    """

    version: str
    date: str = ""
    revision: str = ""
    changed: bool = False

    @property
    def context(self) -> dict[str, str]:
        """What the pages show, under the names that the theme knows.

        >>> Release("1.2", "2026-11-22", "74df21de13", True).context["commit"]
        '74df21de13, avec des changements non enregistrés'
        """
        later = ", avec des changements non enregistrés" if self.revision and self.changed else ""
        shown = {
            "version_fr": self.version,
            "date_fr": date_fr(self.date) if self.date else "",
            "commit": f"{self.revision}{later}",
        }
        return {name: value for name, value in shown.items() if value}


def release(root: Path) -> Release:
    """Return the edition of a compendium: from its history, else from its record of citation."""
    about = _citation(root)
    version = about.version if about else __version__
    if not in_history(root):
        return Release(version, about.released if about else "")
    made = edition_date(root)
    day = made.date().isoformat() if made != UNKNOWN else ""
    changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no", "--", *_SOURCES))
    return Release(version, day, shortened(_git(root, "rev-parse", "HEAD")), changed)


def shortened(revision: str) -> str:
    """Return the first digits of a revision, up to a letter at least: decimal ones would pass for a telephone number.

    >>> shortened("74df21de13f4ddb68be3"), shortened("0321456789012e4ddb68")
    ('74df21de13', '0321456789012e')
    """
    prefixes = (revision[:length] for length in range(_LENGTH, len(revision)))
    return next((prefix for prefix in prefixes if not prefix.isdecimal()), "")


def in_history(root: Path) -> bool:
    """Say whether a folder is itself a repository with a commit; standing inside another one is not enough."""
    top = _git(root, "rev-parse", "--show-toplevel")
    return (
        bool(top) and Path(top).resolve() == root.resolve() and bool(_git(root, "rev-parse", "--verify", "-q", "HEAD"))
    )


def edition_before(root: Path) -> str:
    """Return the name of the last tag that is not of this very commit; empty if none is."""
    if not in_history(root):
        return ""
    own = _git(root, "tag", "--points-at", "HEAD").split()
    tags = _git(root, "tag", "--merged", "HEAD", "--sort=-creatordate").split()
    return next((tag for tag in tags if tag not in own), "")


def content_at(root: Path, tag: str, path: str) -> str | None:
    """Return a file as it stood at a tag, or None if it was not there."""
    return _run(root, "show", f"{tag}:{path}")


def _citation(root: Path) -> citation_file.CitationFile | None:
    try:
        return citation_file.parse((root / citation_file.FILE).read_text(encoding="utf-8"))
    except (OSError, citation_file.CitationError):
        return None


def _git(root: Path, *arguments: str) -> str:
    return (_run(root, *arguments) or "").strip()


def _run(root: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
