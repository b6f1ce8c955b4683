"""Read and write many pages in several processes, forked once what all pages ask for is known.

Without that, each process would load the study and weigh every claim for itself: it was slower than one alone.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pic_analysis import machine, paths
from pic_analysis.publishing.study_of_book import load_study

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from pic_analysis.study import Study

ENOUGH = 40
"""Pages from which several processes are worth what they cost."""

_NUMBERING = "sphinx_multitoc_numbering"
"""An extension that Jupyter Book brings and that does not say whether it may: it acts once all pages are read."""


def begin(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Have Sphinx read the pages in as many processes as the machine has places, if there are enough of them."""
    if len(docnames) < ENOUGH or sys.platform != "linux" or machine.places() < 2 or not app.config.pic_study:
        return
    if (numbering := app.extensions.get(_NUMBERING)) and numbering.parallel_read_safe is None:
        numbering.parallel_read_safe = True
    if not all(one.parallel_read_safe and one.parallel_write_safe for one in app.extensions.values()):
        return
    know(load_study(app))
    if machine.threads() == 1:  # else a fork is not safe
        gc.freeze()  # what is common to all is not looked at again, hence not copied
        app.parallel = machine.places()


def know(study: Study) -> None:
    """Compute what pages ask for again and again: accounts of claims, controls, the state of the territory."""
    from pic_analysis.evidence.chain import CLAIM_KINDS
    from pic_analysis.evidence.passport import accounts
    from pic_analysis.publishing.territory_state import State
    from pic_analysis.quality.register import controls

    for kind in CLAIM_KINDS:
        accounts(study).all(kind)
    controls(study)
    if (paths.processed(study.settings.name) / paths.INDICATORS).is_dir():
        with suppress(ValueError):  # what cannot be read is told by the page that shows it
            State.of(study).key_figures  # noqa: B018 - it is kept


def setup(app: Sphinx) -> ExtensionMetadata:
    """Decide when the pages to read are known."""
    app.setup_extension("pic_analysis.publishing.study_of_book")
    app.connect("env-before-read-docs", begin, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
