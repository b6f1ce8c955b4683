"""Deliver fictitious interviews as messily as real ones come: encodings, headers, dates, labels, repeats, gaps."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pic_analysis.simulation.draws import Draws
from pic_analysis.simulation.field import Field, Passage, Person
from pic_analysis.simulation.grid import LABELS, grid
from pic_analysis.simulation.truth import Truth
from pic_analysis.vocabulary import POLARITIES

WITHDRAWN, DOUBLE = "INT042", "INT061"
"""The interview whose consent is withdrawn, and the one imported twice, under another code."""
ORIGINAL = "INT017"
MERGED = "a_b_4"
"""A code of the first version, which coder A went on using."""

TYPED_TYPES = {
    "elus": ("Élu", "Elu", "élus municipaux", "Adjointe"),
    "agents": ("Agent", "agent de la ville", "Services municipaux"),
    "habitants": ("Habitant", "habitante", "Riverain", "HABITANTS"),
    "associations": ("Association", "asso", "Bénévole"),
    "agriculteurs": ("Agriculteur", "exploitante agricole"),
    "entreprises": ("Entreprise", "chef d’entreprise", "PME"),
    "collectivites": ("Collectivité", "Intercommunalité", "agent de la Région"),
    "autres_acteurs_publics": ("Autre acteur public", "service de l’État", "Bailleur social"),
    "autres_organisations": ("Autre organisation", "Syndicat", "ONG"),
    "chercheurs": ("Chercheur", "universitaire"),
}
_MODES = {
    "face_to_face": ("Face à face", "en présence", "présentiel"),
    "telephone": ("Téléphone", "tél."),
    "video": ("visio",),
    "group": ("Groupe",),
}
_CONSENTS = {"given": ("Oui", "oui", "Accord"), "anonymous": ("Oui, sans citation",)}
_DIRECTIONS = {name: (label, label.capitalize(), label.upper()) for name, label in POLARITIES.items()}
_FIRST_DAY = datetime.date(2015, 9, 14)
_EPOCH = datetime.date(1899, 12, 30)


def files(truth: Truth, field: Field, cases: dict[str, str]) -> dict[str, bytes]:
    """Return the raw files of the interviews, by name.

    Parameters
    ----------
    truth, field
        What was planted, and what was drawn from it.
    cases
        Labels of the case studies, as people write them.
    """
    draws = Draws(truth.seed + 1)
    field = _with_double(field)
    made = {
        "registre.csv": _register(draws, field.people, cases),
        "grille.csv": _delimited(grid(truth, MERGED), ";").encode("utf-8-sig"),
        "correspondance_types.csv": _labels(),
        "questions.csv": _questions(field),
        "retraits.txt": f"# Un code d’entretien par ligne, puis la date.\n{WITHDRAWN} 2016-02-12\n".encode(),
    }
    made["codages_A.csv"], spoilt = _coder_a(draws, field.coded["A"])
    made["codages_B.csv"] = _coder_b(draws, field.coded["B"])
    made["arbitrages.csv"] = _decisions(field, spoilt)
    return made


def _with_double(field: Field) -> Field:
    """Return the field with one interview's codings and questions also under the code of another."""

    def doubled(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        own = tuple(passage for passage in passages if passage.interview != DOUBLE)
        return own + tuple(replace(passage, interview=DOUBLE) for passage in own if passage.interview == ORIGINAL)

    people = tuple(
        replace(_found(field, ORIGINAL), id=DOUBLE) if person.id == DOUBLE else person for person in field.people
    )
    asked = field.asked | {DOUBLE: field.asked[ORIGINAL]}
    coded = {name: doubled(passages) for name, passages in field.coded.items()}
    return replace(field, people=people, asked=asked, coded=coded)


def _found(field: Field, name: str) -> Person:
    return next(person for person in field.people if person.id == name)


def _delimited(rows: Iterable[Sequence[object]], separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _register(draws: Draws, people: Sequence[Person], cases: dict[str, str]) -> bytes:
    """Write two header lines, cp1252, serial dates among typed ones, decimal commas, gaps, a blank line."""
    rows: list[Sequence[object]] = [
        ("Entretien (demo)", "", "", "Recueil", "", "", "", ""),
        ("Code entretien", "Type d’acteur", "Cas", "Date", "Mode", "Consentement", "Durée (h)", "Remarque"),
    ]
    for place, person in enumerate(people, start=1):
        if place == 50:
            rows.append([""] * 8)
        code = person.id if not draws.chance(0.1) else draws.pick([person.id.lower(), f"INT-{person.id[3:]}"])
        label = draws.pick(TYPED_TYPES[person.stakeholder_type])
        if draws.chance(0.1):
            label = f" {label}  "
        case = draws.pick([person.case, cases[person.case]]) if person.case else draws.pick(["", "-", "NR"])
        duration = f"{draws.between(2, 10) / 4:g}".replace(".", ",")
        remark = "enregistrement partiel ;\nà compléter" if draws.chance(0.05) else ""
        mode, consent = draws.pick(_MODES[person.mode]), draws.pick(_CONSENTS[person.consent])
        rows.append((code, label, case, _date(draws, person.day), mode, consent, duration, remark))
    return _delimited(rows, ";").encode("cp1252")


def _date(draws: Draws, day: int) -> str:
    date = _FIRST_DAY + datetime.timedelta(days=day)
    form = draws.weighted({"serial": 0.3, "french": 0.45, "iso": 0.15, "month": 0.04, "missing": 0.06})
    return {
        "serial": str((date - _EPOCH).days),
        "french": f"{date.day:02d}/{date.month:02d}/{date.year}",
        "iso": date.isoformat(),
        "month": f"{('janvier', 'février', 'mars')[date.month - 1] if date.month < 4 else 'fin'} {date.year}",
        "missing": "NR",
    }[form if form != "month" or date.month < 4 else "french"]


def _labels() -> bytes:
    rows = [("Libellé saisi", "Type d’acteur")]
    rows += [(label, kind) for kind, labels in TYPED_TYPES.items() for label in labels if label != "HABITANTS"]
    return _delimited([*rows, ("Habitants", "habitants")], ";").encode("cp1252")


def _questions(field: Field) -> bytes:
    rows = [(person, code) for person, codes in field.asked.items() for code in codes]
    return _delimited([("Entretien", "Code"), *rows], ";").encode("cp1252")


def _coder_a(draws: Draws, passages: Sequence[Passage]) -> tuple[bytes, list[tuple[int, str]]]:
    """Write offsets as a spreadsheet does, a merged code, rows repeated and rows that nobody can read."""
    rows: list[list[object]] = [
        ["Codage demo, codeur A", "", "", "", ""],
        ["Entretien", "Début", "Fin", "Code", "Sens"],
    ]
    for place, passage in enumerate(passages):
        code = MERGED if passage.code == "a_b_1" and place < 300 else passage.code
        direction = draws.pick(_DIRECTIONS[passage.direction])
        row: list[object] = [passage.interview, f"{passage.start},0", f"{passage.end},0", code, direction]
        rows += [row, row] if draws.chance(0.004) else [row]
    kept = next(passage for passage in passages if passage.interview not in (WITHDRAWN, DOUBLE))
    first = [kept.interview, f"{kept.start},0", f"{kept.end},0", kept.code, "appuie"]
    spoilt = [
        ([*first[:3], "z_z_9", first[4]], "code essayé puis abandonné avant la grille commune"),
        ([first[0], "812,0", "430,0", *first[3:]], "début et fin inversés à la saisie, passage introuvable"),
        ([first[0], "1510,0", "1650,0", first[3], "NR"], "sens non relevé par le codeur, qui ne s’en souvient pas"),
    ]
    reasons = [(len(rows) + place, reason) for place, (_, reason) in enumerate(spoilt, start=1)]
    return _delimited([*rows, *(row for row, _ in spoilt)], ";").encode("cp1252"), reasons


def _coder_b(draws: Draws, passages: Sequence[Passage]) -> bytes:
    """Write one column for the passage, labels instead of codes, in UTF-8 with commas."""
    rows: list[Sequence[object]] = [("Entretien", "Extrait", "Code", "Sens", "Codeur")]
    for passage in passages:
        code = LABELS[passage.code] if draws.chance(0.7) else passage.code
        dash = draws.pick(["-", "–"])
        place = f"{passage.start}{dash}{passage.end}"
        rows.append((passage.interview, place, code, draws.pick(_DIRECTIONS[passage.direction]), "B"))
    return _delimited(rows, ",").encode("utf-8-sig")


def _decisions(field: Field, spoilt: Sequence[tuple[int, str]]) -> bytes:
    """Settle the double, the rows that stay out, and the first disagreements, by listening again."""
    rows: list[Sequence[object]] = [("Objet", "Décision", "Motif")]
    rows.append((DOUBLE, "doublon", f"même enregistrement que {ORIGINAL}, importé deux fois"))
    rows += [(f"codages_A.csv {row}", "écarter", reason) for row, reason in spoilt]
    truly = {(passage.interview, passage.code): passage.direction for passage in field.said}
    readings = [
        {(passage.interview, passage.code): passage.direction for passage in passages}
        for passages in field.coded.values()
    ]
    units = sorted({unit for reading in readings for unit in reading if unit[0] not in (WITHDRAWN, DOUBLE)})
    open_units = [unit for unit in units if len({reading.get(unit) for reading in readings}) > 1]
    for interview, code in open_units[:40]:
        said = truly.get((interview, code))
        label = POLARITIES[said] if said else "absent"
        rows.append((f"{interview} {code}", label, "réécoute par les deux codeurs (demo)"))
    return _delimited(rows, ";").encode("cp1252")
