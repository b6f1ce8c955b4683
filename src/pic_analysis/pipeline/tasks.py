"""Do the steps: load, call one function, save. Each runs in a worker, so its error must be picklable."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from pic_analysis.pipeline.errors import BUILD_FAILURE, DATA_PROBLEM, StepError


def _said(function: Callable[..., None]) -> Callable[..., None]:
    """Turn the errors that a reader can act on into a ``StepError``; let bugs pass."""

    @wraps(function)
    def step(inputs: dict[str, Any], output: Any) -> None:
        from pic_analysis.disk import disk_fault
        from pic_analysis.problems import StudyError
        from pic_analysis.publishing.citation_file import CitationError
        from pic_analysis.publishing.contents import BookError
        from pic_analysis.publishing.notebooks import NotebookError

        try:
            function(inputs, output)
        except StudyError as error:
            raise StepError(str(error), DATA_PROBLEM) from None
        except (NotebookError, BookError, CitationError) as error:
            raise StepError(str(error), BUILD_FAILURE) from None
        except OSError as error:
            raise StepError(disk_fault(error), BUILD_FAILURE) from None

    return step


@_said
def clean(inputs: dict[str, Any], output: Path) -> None:
    """Clean the raw tables of a study; nothing is written if one of them has an error."""
    from pic_analysis.cleaning import study

    result = study.clean(inputs["study"])
    study.write(result, output, inputs["study"])


@_said
def passports(inputs: dict[str, Any], output: Path) -> None:
    """Compute the strength and fragility of every claim, and write the files that the book offers of them."""
    from pic_analysis.publishing import results
    from pic_analysis.study import Study

    results.write(Study.load(inputs["study"]), output)


@_said
def cards(inputs: dict[str, Any], output: Path) -> None:
    """Write the files of every indicator: its values, its card, the form of its next value."""
    from pic_analysis.observatory import Observatory
    from pic_analysis.publishing import indicator_results

    indicator_results.write(Observatory.load(inputs["study"]), output)


@_said
def open_data(inputs: dict[str, Any], output: list[Path]) -> None:
    """Write the tables that the book offers, in each format, and what describes them."""
    from pic_analysis.publishing import open_data
    from pic_analysis.study import Study

    open_data.write(Study.load(inputs["study"]), inputs["root"])


@_said
def pages(inputs: dict[str, Any], output: list[Any]) -> None:
    """Derive the pages of a study's book from its tables."""
    from pic_analysis.publishing import study_book

    study_book.write(inputs["study"])


@_said
def notebook(inputs: dict[str, Any], output: Path) -> None:
    """Execute one notebook into the book's folder."""
    from pic_analysis.publishing import notebooks

    job, root = inputs["parameters"]
    notebooks.execute(job, root)


@_said
def book(inputs: dict[str, Any], output: Path) -> None:
    """Render the book, check it, and put it in its place."""
    from pic_analysis.publishing import book

    root, everywhere = inputs["place"]
    book.build(root, context="\n".join(str(node.state()) for node in everywhere))
