"""Keep the figures that were measured: in the table that the book reads, and in README.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from measuring import Result, figure, machine, seconds, today, versions

HERE = Path(__file__).parent
TABLE, README = HERE.parent / "book" / "site" / "performances.csv", HERE / "README.md"
OPENS, CLOSES = "<!-- figures: written by `make bench ARGS=--save` -->\n", "<!-- end of figures -->\n"
_PACKAGES = ("jupyter-book", "sphinx", "papermill", "pandas", "numpy")


def rows(benchmark: str, results: Iterable[Result]) -> list[dict[str, str]]:
    """Return the lines of the table for what was measured."""
    about = {"date": today(), "machine": machine(), "versions": versions(*_PACKAGES)}
    return [
        {
            "benchmark": benchmark,
            "name": one.name,
            "what_fr": one.what_fr,
            "against_fr": one.against_fr,
            "seconds": f"{seconds(one.ours):.3f}",
            "against_seconds": f"{seconds(one.theirs):.3f}",
            "ratio": figure(one.ratio),
            "ratio_low": figure(one.spread[0]),
            "ratio_high": figure(one.spread[1]),
            "aim": f"{one.aim:g}" if one.aim else "",
            "runs": f"{len(one.ours)}/{len(one.theirs)}",
            "peak_mb": f"{one.peak:.0f}" if one.peak else "",
            "note_fr": one.noted_fr,
            **about,
        }
        for one in results
    ]


def save(benchmark: str, results: Iterable[Result]) -> None:
    """Put the figures of a benchmark in the place of its old ones, and write README.md's again."""
    kept = [row for row in read() if row["benchmark"] != benchmark]
    made = [*kept, *rows(benchmark, results)]
    made.sort(key=lambda row: row["benchmark"])  # a stable order, whatever was run last
    text = io.StringIO()
    writer = csv.DictWriter(text, [*made[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    TABLE.write_text(text.getvalue(), encoding="utf-8")
    before, _, rest = README.read_text(encoding="utf-8").partition(OPENS)
    README.write_text(before + OPENS + in_readme(made) + CLOSES + rest.partition(CLOSES)[2], encoding="utf-8")


def read() -> list[dict[str, str]]:
    """Return the figures that are kept."""
    if not TABLE.is_file():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def in_readme(made: Iterable[dict[str, str]]) -> str:
    """Return the figures as README.md shows them."""
    lines = ["", "| comparison | ratio | spread | aim | ours | theirs | memory |", "|---|--:|--:|--:|--:|--:|--:|"]
    about: dict[str, None] = {}
    for row in made:
        spread, memory = f"{row['ratio_low']} – {row['ratio_high']}", f"{row['peak_mb']} MB" if row["peak_mb"] else ""
        sides = f"{row['seconds']} s | {row['against_seconds']} s"
        lines.append(f"| {row['name']} | {row['ratio']} | {spread} | {row['aim']} | {sides} | {memory} |")
        about[f"{row['date']}: {row['machine']}; {row['versions']}; .pyc files on both sides."] = None
    return "\n".join([*lines, "", *about, ""])
