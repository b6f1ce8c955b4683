"""Remember what was read of a content, so that the same bytes are read once, by whichever build or process.

Most pages and tables of a build are those of the last one: their links, texts and names are too.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pic_analysis.files import write_atomically

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

P = ParamSpec("P")
T = TypeVar("T")

FILE = "remembered.pickle"

_known: dict[bytes, Any] = {}
_used: set[bytes] = set()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Have a pure function of texts and bytes answer from memory; its answers are not to be changed.

    >>> asked = []
    >>> size = remembered(lambda text: asked.append(text) or len(text))
    >>> size("mot"), size("mot"), asked
    (3, 3, ['mot'])
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(*content: P.args, **options: P.kwargs) -> T:
        key = _digest(name, *content, *options.values())
        _used.add(key)
        if key not in _known:
            _known[key] = function(*content, **options)
        found: T = _known[key]
        return found

    return answer


def _digest(*contents: Any) -> bytes:
    sums = hashlib.blake2b(digest_size=20)
    for content in contents:
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        sums.update(len(data).to_bytes(8, "big") + data)
    return sums.digest()


def recall(*files: Path) -> None:
    """Take back what was kept in files; whatever cannot be read will be read again.

    The files are of our own making, beside what Sphinx keeps in the same way: they never come from elsewhere.
    """
    for file in files:
        with suppress(OSError, EOFError, ValueError, AttributeError, ImportError, IndexError, pickle.UnpicklingError):
            _known.update(pickle.loads(file.read_bytes()))


def keep(file: Path) -> None:
    """Keep in a file what was asked for since the last time, and forget the rest."""
    for key in _known.keys() - _used:
        del _known[key]
    _used.clear()
    write_atomically(file, pickle.dumps(_known, pickle.HIGHEST_PROTOCOL))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Remember from one build of a book to the next."""
    file = Path(app.doctreedir, FILE)
    app.connect("builder-inited", lambda app: recall(file))
    app.connect("build-finished", lambda app, error: None if error else keep(file), priority=999)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
