"""Time the cleaning of codings, or of observations, up to a million rows, beside `pandas.read_csv` alone."""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from measuring import Cost, Result, run, seconds

CODES, ROWS_AN_INTERVIEW = 40, 500
SIZES = (10_000, 100_000, 1_000_000)
FILES = {"codings": "codages.csv", "observations": "observations.csv"}
SAID = {"codings": "lignes de codages", "observations": "observations d’indicateurs"}
_TYPES = {"Habitant": "habitants", "Elu": "elus", "agent de la ville": "agents", "Association": "associations"}
_SENSES = ("appuie", "nuance", "contredit", "Appuie", "supports")


def write_study(folder: Path, rows: int, seed: int = 0) -> Path:
    """Write the interviews of a study whose codings are typed as people type them; return the file of codings.

    One offset in twenty is written by a spreadsheet (``1 200,0``), one code in twenty by its label, senses in French or
    in English; one row in a thousand repeats another, and as many name an interview or a code that is nowhere.
    """
    draw = random.Random(seed)
    folder.mkdir(parents=True)
    interviews = [f"INT{number:04d}" for number in range(1, max(20, rows // ROWS_AN_INTERVIEW) + 1)]
    codes = [f"c_{number:02d}" for number in range(CODES)]

    def save(name: str, header: list[str], lines: list[list[object]]) -> Path:
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";", lineterminator="\n").writerows([header, *lines])
        return folder / name

    save("correspondance_types.csv", ["libellé", "type d’acteur"], [[*pair] for pair in _TYPES.items()])
    people: list[list[object]] = [
        [name, draw.choice([*_TYPES]), "", f"2016-01-{draw.randint(1, 31):02d}", "téléphone", "oui"]
        for name in interviews
    ]
    save("registre.csv", ["entretien", "type", "cas", "date", "mode", "consentement"], people)
    save("grille.csv", ["code", "intitulé"], [[code, f"Intitulé du code {code}"] for code in codes])
    save("questions.csv", ["entretien", "code"], [[name, code] for name in interviews for code in codes[:20]])
    lines: list[list[object]] = []
    for number in range(rows):
        start = draw.randrange(0, 60_000)
        end = start + draw.randrange(20, 400)
        code = draw.choice(codes)
        line: list[object] = [draw.choice(interviews), start, end, code, draw.choice(_SENSES), draw.choice("AB")]
        if number % 20 == 0:
            line[1], line[2] = (f"{offset:,}".replace(",", " ") + ",0" for offset in (start, end))
        if number % 20 == 1:
            line[3] = f"Intitulé du code {code}"
        if number % 1000 == 2:
            line = [*lines[-1]]
        if number % 1000 == 3:
            line[0 if number % 2000 == 3 else 3] = "INT9999" if number % 2000 == 3 else "c_99"
        lines.append(line)
    return save("codages.csv", ["entretien", "début", "fin", "code", "sens", "codeur"], lines)


def write_observations(folder: Path, rows: int, seed: int = 0) -> Path:
    """Write the indicators of a study whose observations are typed as people type them; return their file.

    One value in ten has a decimal comma and its unit, one code in ten has lost its zero, one in a hundred is a sign of
    absence; one row in a thousand repeats another, and as many have the wrong unit or an unreadable value.
    """
    from pic_analysis.fetching.extracts import HEADER  # not above: what is timed starts without it

    draw = random.Random(seed)
    folder.mkdir(parents=True)
    columns = "indicator_id theme label_fr definition_fr question_fr unit denominator_fr frequency producer_fr"
    columns += (
        " collected_by_fr reference_fr release_fr method_fr caution_fr revision_policy_fr quality address licence"
    )
    card = [
        "P01",
        "population",
        "p",
        "d",
        "q",
        "percent",
        "ménages",
        "annual",
        "INSEE",
        "c",
        "r",
        "r",
        "m",
        "c",
        "r",
        "A",
        "-",
        "LO",
    ]
    towns = [
        f"{department:02d}{town:03d}"
        for department in range(1, 10)
        for town in range(1, min(999, max(2, rows // 450)) + 1)
    ]
    files = {
        "catalogue.csv": [columns.split(), card],
        "datasets.csv": [["dataset_id", "title", "producer", "licence"], ["DS01", "t", "INSEE", "LO"]],
        "territories.csv": [
            ["territory_id", "kind", "label_fr", "within", "note_fr"],
            *([f"COM-{code}", "commune", f"Commune {code}", "", ""] for code in towns),
        ],
    }
    lines: list[list[object]] = []
    for number in range(rows):
        town, year = towns[number % len(towns)], 1900 + number // len(towns)
        line: list[object] = ["P01", f"COM-{town}", year, f"{draw.uniform(0, 100):.1f}", "percent", "definitive"]
        if number % 10 == 1:
            line[3] = f"{line[3]} %".replace(".", ",")
        if number % 10 == 2:
            line[1] = town.lstrip("0")
        if number % 100 == 3:
            line[3], line[5] = "…", ""
        if number % 1000 == 5:
            line = [*lines[-1][:6]]
        if number % 1000 == 6:
            line[4 if number % 2000 == 6 else 3] = "hectare" if number % 2000 == 6 else "14,1*"
        lines.append([*line, "2023-12", "DS01", "2024-01-15", "A", ""])
    for name, table in (files | {"observations.csv": [[*HEADER], *lines]}).items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";", lineterminator="\n").writerows(table)
    return folder / "observations.csv"


def apart(subject: str, what: str, folder: Path) -> dict[str, float]:
    """Return what one reading or cleaning, made in a process of its own, measured of itself.

    Linux counts what the parent held at its birth as a child's own: this one must stay small, and import nothing.
    """
    command = [sys.executable, __file__, "--child", subject, what, str(folder)]
    cost, printed = run(command, folder.parent)
    return {"peak": cost.peak} | json.loads(printed)


def child(subject: str, what: str, folder: Path) -> dict[str, float]:
    """Write, read or clean, and measure: seconds without the imports."""
    if what.startswith("write:"):
        write = write_study if subject == "codings" else write_observations
        write(folder, int(what.partition(":")[2]))
        return {}
    import pandas as pd

    from pic_analysis.cleaning import indicators, interviews
    from pic_analysis.reading.settings import Settings

    about = Settings("demo_bench", "", "", "", 2016, "", (), (), "", "", {}, {}, {}, {})
    start = time.perf_counter()
    if what == "read":
        found = {"clean": len(pd.read_csv(folder / FILES[subject], sep=";"))}
    else:
        result = interviews.clean(folder, about) if subject == "codings" else indicators.clean(folder, about, {})
        tables = result.tables
        held = int((tables["quarantine"]["file"] == FILES[subject]).sum())
        told = tables["cleaning_log"].loc[tables["cleaning_log"]["file"] == FILES[subject], "rule"]
        again = int(told.str.contains("répétée? : une autre ligne").sum())
        found = {"clean": len(tables[subject]), "held": held, "repeated": again}
    return {"seconds": time.perf_counter() - start, **found}


def results(repeat: int, subjects: Iterable[str] = FILES, sizes: Iterable[int] = SIZES) -> Iterator[Result]:
    """Yield one comparison for each subject and number of rows; stop if a row was lost."""
    for subject in subjects:
        before = (0, 0.0)
        for rows in sizes:
            with tempfile.TemporaryDirectory(prefix="pic-bench-") as place:
                folder = Path(place) / "entretiens"
                apart(subject, f"write:{rows}", folder)
                runs: dict[str, list[dict[str, float]]] = {"read": [], "clean": []}
                for _ in range(repeat):
                    for what, own in runs.items():
                        own.append(apart(subject, what, folder))
                        print(f"  {subject}, {rows:,} rows, {what}: {own[-1]['seconds']:.3f} s", file=sys.stderr)
            last = runs["clean"][-1]
            if lost := int(rows - last["clean"] - last["held"] - last["repeated"]):
                raise SystemExit(f"cleaning: {lost} rows lost")
            theirs, ours = (tuple(Cost(one["seconds"], peak=one["peak"]) for one in own) for own in runs.values())
            note = f"`read_csv` seul : {max(cost.peak for cost in theirs):.0f} Mo"
            if before[0]:
                each = (seconds(ours) - before[1]) / (rows - before[0]) * 1e6
                note = f"{each:.1f} µs par ligne de plus ; ".replace(".", ",") + note
            what = f"Nettoyer {f'{rows:,}'.replace(',', ' ')} {SAID[subject]}"
            against = "`pandas.read_csv`, qui lit et ne juge rien"
            yield Result(f"cleaning, {rows:,} {subject}", what, against, ours, theirs, 0.5, note)
            before = rows, seconds(ours)


def main() -> None:
    """Print one line for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", nargs="+", choices=[*FILES], default=[*FILES])
    parser.add_argument("--rows", type=int, nargs="+", default=[*SIZES])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--child", nargs=3, metavar=("SUBJECT", "WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(*options.child[:2], Path(options.child[2]))))
        return
    for result in results(options.repeat, options.subjects, options.rows):
        print(result, result.note_fr)


if __name__ == "__main__":
    main()
