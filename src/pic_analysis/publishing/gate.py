"""Hold the gate: search everything that a build wrote for what would tell who somebody is, and refuse it.

A refusal names the file and the words around; who judges that somebody acts in public says so in the study's list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pic_analysis.disclosure.combinations import Shown, of_columns, refused
from pic_analysis.disclosure.identifying import KINDS_FR, Hit, common_words, forms, identifying
from pic_analysis.disclosure.own_names import OwnNames, read_own_names
from pic_analysis.disclosure.public_figures import FILE, PublicFigure, read_figures, who
from pic_analysis.numbers_fr import count
from pic_analysis.problems import Problem
from pic_analysis.publishing.outputs import Output, outputs
from pic_analysis.publishing.remembered import remembered

_forms = remembered(forms)

UNREAD = "fichier que le garde-fou ne sait pas lire"
HINT = (
    f"Retirez ce qui désigne quelqu’un ; si cette personne agit en public, dites-le dans {FILE}, avec le motif, "
    "puis `pic register`"
)


@dataclass(frozen=True)
class Scan:
    """What was found in outputs: refused hits by file, who is covered by the list, files unread, tables refused."""

    refused: tuple[tuple[str, Hit], ...]
    covered: tuple[tuple[PublicFigure, int], ...]
    unread: tuple[str, ...]
    joined: tuple[Problem, ...]
    files: int
    texts: int

    @property
    def problems(self) -> list[str]:
        """Every reason to refuse the outputs, in French: what was found once, with the files that hold it."""
        places: dict[tuple[str, str], list[str]] = {}
        for path, hit in self.refused:
            places.setdefault((hit.kind, hit.text), []).append(path)
        contexts = {(hit.kind, hit.text): hit.context for _, hit in reversed(self.refused)}
        said = []
        for (kind, text), files in places.items():
            named = [*dict.fromkeys(files)]
            more = f" et {count(len(named) - 1, 'autre fichier', 'autres fichiers')}" if len(named) > 1 else ""
            said.append(f"{named[0]}{more} : {KINDS_FR[kind]} « {text} » (… {contexts[kind, text]} …)")
        return [
            *said,
            *(f"{path} : {UNREAD}" for path in self.unread),
            *map(str, self.joined),
        ]


def scan(
    files: Iterable[Output],
    figures: Sequence[PublicFigure],
    own: OwnNames,
    shown: Sequence[Shown] = (),
    known: Collection[str] = (),
) -> Scan:
    """Return what outputs would tell of people.

    Parameters
    ----------
    files
        The outputs, as `outputs` reads them.
    figures
        Those who may be named.
    own
        What the study calls itself: a place may look like somebody.
    shown
        Tables of people that pages show; they are judged together with the files.
    known
        Words that are no names, besides those that the files show to be none.
    """
    read = [*files]
    holders: dict[str, list[str]] = {}
    for output in read:
        for text in output.texts:
            holders.setdefault(text, []).append(output.path)
    common = common_words(holders) | {*known}
    found = []
    covered: dict[PublicFigure, int] = {}
    for text, where in holders.items():
        for hit in identifying(text, common, _forms(text)):
            figure = who(hit, figures)
            if figure is None and own.covers(hit):
                continue
            if figure is None:
                found += [(path, hit) for path in where]
            else:
                covered[figure] = covered.get(figure, 0) + 1
    tables = [*shown, *(of_columns(output.path, output.columns) for output in read if output.columns)]
    return Scan(
        tuple(found),
        tuple(covered.items()),
        tuple(output.path for output in read if not output.readable),
        tuple(refused([table for table in tables if table.dimensions])),
        len(read),
        len(holders),
    )


def problems(folder: Path, raw: Path) -> list[str]:
    """Return every reason not to publish a folder of outputs, in French; empty if there is none.

    Parameters
    ----------
    folder
        What a build wrote.
    raw
        Raw folder of the study: its list of public figures applies, and the names that it gives itself.
    """
    figures, faults = read_figures(raw)
    return [*map(str, faults), *scan(outputs(folder), figures, read_own_names(raw), known=own_words()).problems]


@cache
def own_words() -> frozenset[str]:
    """Return the words of the package's own sentences: a book of a few pages would not show that they are no names."""
    package = Path(__file__).parents[1]
    rooms = (("figures", "*.py"), ("schemas", "*.py"), ("publishing/blocks", "*.py"), ("publishing/templates", "*.md"))
    written = [path for room, pattern in rooms for path in sorted((package / room).rglob(pattern))]
    return common_words(path.read_text(encoding="utf-8") for path in written)
