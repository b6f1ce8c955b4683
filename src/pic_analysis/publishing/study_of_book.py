"""The study that a build shows: loaded once, and watched, so that no page outlives its data or its code."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.errors import ExtensionError

import pic_analysis
from pic_analysis import paths

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.study import Study

_STUDIES: WeakKeyDictionary[Sphinx, Study] = WeakKeyDictionary()


def load_study(app: Sphinx) -> Study:
    """Return the study of a build, loaded once (once in each process of a parallel build).

    Raises
    ------
    sphinx.errors.ExtensionError
        If the study cannot be loaded; the message (French) says why.
    """
    if app not in _STUDIES:
        from pic_analysis.study import Study

        name = app.config.pic_study
        try:
            _STUDIES[app] = Study.held(name)
        except (paths.NotACompendium, OSError, KeyError, ValueError) as error:
            raise ExtensionError(f"l’étude {name} ne peut être lue : {error}") from error
    return _STUDIES[app]


def code_fingerprint(_config: Any = None) -> str:
    """Return a hash of the package's code.

    Pages are written by code as well as by data: as a configuration value, the hash makes Sphinx read every
    page again when a module changed, where its cache would keep stale text.
    """
    folder = Path(pic_analysis.__file__).parent
    sums = hashlib.sha256()
    for module in sorted(folder.rglob("*.py")):
        sums.update(module.relative_to(folder).as_posix().encode() + b"\0" + module.read_bytes())
    return sums.hexdigest()[:16]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the two values whose change renews every page: the study's name and the hash of the code."""
    app.add_config_value("pic_study", "", "env", (str,))
    app.add_config_value("pic_code", code_fingerprint, "env", (str,))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
