"""Gather the studies of the compendium that a page sets side by side; fictitious ones apart from the others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pic_analysis import paths
from pic_analysis.evidence.comparison import unknown_members
from pic_analysis.problems import Report, StudyError
from pic_analysis.reading.families import FILE, Family, read_families
from pic_analysis.reading.settings import is_demo
from pic_analysis.study import Study

NOTHING = "Il n’y a encore rien à comparer."


@dataclass(frozen=True)
class Compared:
    """Studies that have statements, in the order of their territories' names, and the declared families.

    ``unread`` names the studies whose settings or cleaned tables cannot be read: they do not prevent the others.
    """

    studies: dict[str, Study]
    families: tuple[Family, ...]
    unread: tuple[str, ...] = ()

    @classmethod
    def load(cls, *, demo: bool = False) -> Compared:
        """Return the studies of the compendium, or its fictitious ones.

        Raises
        ------
        ValueError
            If the table of families is not as it should be; the message (French) says everything that is wrong.
        """
        names, studies, unread = paths.studies(), {}, []
        for name in (name for name in names if (paths.processed(name) / "statements.csv").is_file()):
            try:
                studies[name] = Study.load(name)
            except StudyError:
                unread.append(name)
        families, problems = read_families(paths.root() / "data" / "raw" / FILE)
        problems = (*problems, *unknown_members(families, names, studies))
        if problems:
            raise ValueError(f"data/raw/{FILE}\n{Report(tuple(problems))}")
        kept = [name for name, study in studies.items() if is_demo(name) == demo and len(study.statements)]
        # By name, which says nothing of any of them: the order is no ranking.
        kept.sort(key=lambda name: (_plain(studies[name].settings.territory), studies[name].settings.year, name))
        return cls({name: studies[name] for name in kept}, families, tuple(n for n in unread if is_demo(n) == demo))


def _plain(name: str) -> str:
    """Return a name as it is sorted: without its accents, as in a dictionary.

    >>> sorted(["Zone", "Âtre", "bourg"], key=_plain)
    ['Âtre', 'bourg', 'Zone']
    """
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
