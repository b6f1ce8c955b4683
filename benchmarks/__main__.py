"""Run the benchmarks, all or one, and print one line for each comparison: ``make bench``, ``make bench ARGS=cleaning``.

With ``--save``, the figures that the book and README.md show are written: those of the benchmarks that were run.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
from pathlib import Path

import record
from measuring import machine

NAMES = {"build": 3, "rendering": 3, "cleaning": 3, "reliability": 5, "solidity": 5}
"""Benchmarks, and how many times each is run where nothing else is said."""


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)} (all)")
    parser.add_argument("--repeat", type=int, help="runs of each side")
    parser.add_argument("--save", action="store_true", help="write the figures that the book and README.md show")
    options = parser.parse_args()
    if unknown := set(options.names) - NAMES.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(NAMES)}")
    compileall.compile_dir(Path(__file__).parents[1] / "src", quiet=1)  # both sides have their modules compiled
    print(machine())
    for name in options.names or NAMES:
        found = []
        for result in importlib.import_module(name).results(options.repeat or NAMES[name]):
            print(result, flush=True)
            found.append(result)
        if options.save:
            record.save(name, found)


if __name__ == "__main__":
    main()
