"""What each page says that its source does not hold: noted when it is read, asked again when data change.

A page is read again when, and only when, its own files changed or one of these answers is not what it was: a corrected
datum renews the few pages that show it. Contents are compared, never dates: a clock that jumps changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pic_analysis import paths
from pic_analysis.publishing.domain import pic
from pic_analysis.publishing.study_of_book import load_study

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.study import Study

Fact = tuple[str, ...]
"""What is asked: its kind, then what it is about."""

Answer = Callable[..., Any]

FILE = "file"
READ = "pic_analysis.read"
"""Audit event by which code tells that it answers from a file, or a folder of that name, that was opened before."""


@dataclass(frozen=True)
class Said:
    """What a page says of a fact: a digest, and what was opened for it, from the root, after the tables of evidence."""

    digest: str
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fingerprints:
    """The state of the data: one hash for the tables of evidence and the settings, one for each other file by path."""

    evidence: str = ""
    others: frozenset[tuple[str, str]] = frozenset()

    def changed(self, before: Fingerprints) -> frozenset[str] | None:
        """Return the other files that changed, and every folder's name on the way to them.

        None where a file appeared or disappeared: no opening tells who looked for it.
        """
        moved = {path for path, _ in self.others ^ before.others}
        both = {path for path, _ in self.others} & {path for path, _ in before.others}
        if not moved <= both:
            return None
        return frozenset(moved | {folder for path in moved for folder in Path(path).parts[:-1]})


_UNKNOWN = Said("?")
_ANSWERS: dict[str, tuple[Answer, Callable[[Any], str]]] = {}


def answers(kind: str, text: Callable[[Any], str] = str) -> Callable[[Answer], Answer]:
    """Declare the function that answers facts of a kind: it is given the study, and what the fact is about.

    Parameters
    ----------
    kind
        The kind.
    text
        Gives all that a page shows of an answer, as text: two answers of the same text are the same.
    """

    def declare(function: Answer) -> Answer:
        _ANSWERS[kind] = (function, text)
        return function

    return declare


def ask(env: BuildEnvironment, kind: str, *about: str) -> Any:
    """Return the answer to a fact, and note what the page being read says of it."""
    facts = _noted(env)
    facts[kind, *about] = _UNKNOWN  # if it fails, the page will be read again
    answer, facts[kind, *about] = _asked(load_study(env.app), (kind, *about))
    return answer


def outdated(app: Sphinx) -> set[str]:
    """Return the pages that do not say what they would say if they were read now."""
    env, domain = app.env, pic(app.env)
    known: dict[str, dict[Fact, Said]] = domain.data["facts"]
    found = {
        page
        for page, facts in known.items()
        if any(_file(env, fact[1]) != said if fact[0] == FILE else said == _UNKNOWN for fact, said in facts.items())
    }
    before, now = domain.data["seen"] or Fingerprints(), fingerprints(app.config.pic_study)
    domain.data["seen"] = now
    if before == now:
        return found
    evidence, others = before.evidence != now.evidence, now.changed(before)

    def may_differ(said: Said) -> bool:
        return evidence or bool(said.opened if others is None else said.opened & others)

    answered: dict[Fact, Said | None] = {}
    return found | {page for page in known.keys() - found if _differs(app, known[page], may_differ, answered)}


def fingerprints(study: str) -> Fingerprints:
    """Return the state of the tables of evidence with the settings, and of every other file that answers come from.

    These are: all other data, what is published of them, the tables of the site, and the files of the top folder
    (citation, changes).
    """
    try:
        root = paths.root()
    except paths.NotACompendium:
        return Fingerprints()
    evidence = {*paths.processed(study).glob("*.csv"), paths.raw(study) / "study.yml"}
    sums = {path.relative_to(root).as_posix(): _sum(path) for path in _others(root, study) - evidence}
    tables = "".join(f"{path.name}\0{_sum(path)}" for path in sorted(evidence) if path.is_file())
    return Fingerprints(_digest(tables.encode()), frozenset(sums.items()))


def _others(root: Path, study: str) -> set[Path]:
    folders = (root / "data", root / "_build" / "site", paths.site_files(study))
    found = {path for folder in folders for path in folder.rglob("*")}
    found |= {path for path in root.iterdir() if not path.name.startswith(".")}
    return {path for path in found if path.is_file()}


def _sum(path: Path) -> str:
    return _digest(path.read_bytes())


def _differs(
    app: Sphinx, facts: dict[Fact, Said], may_differ: Callable[[Said], bool], answered: dict[Fact, Said | None]
) -> bool:
    """Say whether one of a page's answers has changed; what one page asks, another does not ask again.

    Answers that came from nothing that changed are not asked for.
    """
    for fact, said in facts.items():
        if fact[0] == FILE or not may_differ(said):
            continue
        if fact not in answered:
            try:
                answered[fact] = _asked(load_study(app), fact)[1]
            except Exception:  # whatever is wrong is said where it stands, when the page is read
                answered[fact] = None
        now = answered[fact]
        if now is None or now.digest != said.digest:
            return True
        facts[fact] = now  # it may have opened other files
    return False


def _asked(study: Study, fact: Fact) -> tuple[Any, Said]:
    answer, text = _ANSWERS[fact[0]]
    with _watch.looking() as opened:
        found = answer(study, *fact[1:])
        said = text(found)
    return found, Said(_digest(said.encode("utf-8", "surrogatepass")), _from_root(opened))


def _from_root(opened: set[str]) -> frozenset[str]:
    """Return opened files as the root sees them, and names of folders; what is elsewhere (fonts) does not change."""
    root = paths.root() if opened else Path()
    named = {name for name in opened if not os.path.isabs(name)}
    within = (path for path in map(Path, opened - named) if path.is_relative_to(root))
    return frozenset(named | {path.relative_to(root).as_posix() for path in within})


class _Watch:
    """See which files this process opens, besides modules."""

    def __init__(self) -> None:
        self._opened: set[str] | None = None
        self._hooked = False

    @contextmanager
    def looking(self) -> Iterator[set[str]]:
        """Give a set that holds what is opened as long as the block runs."""
        if not self._hooked:
            sys.addaudithook(self._see)  # it cannot be taken away
            self._hooked = True
        before, self._opened = self._opened, set()
        try:
            yield self._opened
        finally:
            self._opened = before

    def _see(self, event: str, about: tuple[Any, ...]) -> None:
        if self._opened is not None and event in ("open", READ):
            name = os.fspath(about[0]) if isinstance(about[0], str | os.PathLike) else ""
            if isinstance(name, str) and not name.endswith((".py", ".pyc", ".so")):
                self._opened.add(name)


_watch = _Watch()


def note_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Note the bytes of the page being read."""
    path = str(app.env.doc2path(docname))
    _noted(app.env)[FILE, path] = _file(app.env, path)


def note_files(app: Sphinx, doctree: Any) -> None:
    """Note the bytes of the files that the page being read includes or shows."""
    for name in app.env.dependencies.get(app.env.docname, ()):
        _noted(app.env)[FILE, str(name)] = _file(app.env, str(name))


def _noted(env: BuildEnvironment) -> dict[Fact, Said]:
    facts: dict[Fact, Said] = pic(env).data["facts"].setdefault(env.docname, {})
    return facts


def _file(env: BuildEnvironment, name: str) -> Said:
    with suppress(OSError):
        return Said(_digest(Path(env.srcdir, name).read_bytes()))
    return _UNKNOWN


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


@answers("settings")
def _settings(study: Study, name: str) -> str:
    return json.dumps(getattr(study.settings, name), sort_keys=True, ensure_ascii=False, default=str)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Note what pages are made of."""
    app.setup_extension("pic_analysis.publishing.domain")
    app.setup_extension("pic_analysis.publishing.study_of_book")
    app.connect("source-read", note_source, priority=1)
    app.connect("doctree-read", note_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
