"""Say what the whole report is: its title, its author, how it is cited, which edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from docutils.nodes import make_id

from pic_analysis.publishing.contents import home

_TAGS = re.compile(r"<[^>]+>")
_CITED = re.compile(r'<aside class="citer".*?<p>(.*?)(?:<a |</p>)', re.DOTALL)
_EDITION = re.compile(r'<footer class="pied">.*?</nav>\s*<p>(.*?)</p>', re.DOTALL)


@dataclass(frozen=True)
class Cover:
    """What stands on the first page, and what a file says of itself."""

    title: str
    author: str
    citation: str = ""
    edition: str = ""

    @property
    def name(self) -> str:
        """Return the title as the name of a file.

        >>> Cover("Évaluation : l’essai", "").name
        'evaluation-lessai'
        """
        return make_id(self.title) or "livre"


def cover(root: Path) -> Cover:
    """Read title and author in `_config.yml`, citation and edition where the site's home page shows them."""
    import yaml

    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
    page = home(root).read_text(encoding="utf-8")
    said = [unescape(_TAGS.sub("", found[1])).strip() if (found := p.search(page)) else "" for p in (_CITED, _EDITION)]
    return Cover(str(config.get("title", "")), str(config.get("author", "")), *said)
