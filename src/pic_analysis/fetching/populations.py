"""INSEE legal populations, year after year, out of a package that ships them.

``@etalab/decoupage-administratif`` (MIT, its data under Licence Ouverte 2.0) holds one release a year, which its README
lists: https://github.com/etalab/decoupage-administratif. `RELEASES` tells of which reference year the populations of
each file are, which the package does not say and which is a trap: in one release ``communes.json`` is often a year
ahead of ``epci.json``, and not always. Years that several files hold are compared, and a disagreement is told. The
populations of year N come into force on 1 January N+3 and are published in the December before.

``python -m pic_analysis.fetching.populations COM-00001 EPCI-200000000`` prints the populations of these territories.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pic_analysis.fetching import answers
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.http import Client
from pic_analysis.fetching.kept import Answer
from pic_analysis.fetching.mapping import Row
from pic_analysis.fetching.refusal import AnswerError, Unreachable, shown

PACKAGE = "@etalab/decoupage-administratif"
# Release, reference year of the populations in communes.json, and in epci.json. Release 3.1.1 has one year in both;
# 6.0.0 repeats 5.3.0. The year of communes of 2017 is in no release.
RELEASES = (
    ("0.7.0", 2016, 2016),
    ("0.8.0", 2016, 2017),
    ("1.1.1", 2019, 2018),
    ("2.3.1", 2020, 2019),
    ("3.1.1", 2020, 2020),
    ("4.1.0", 2022, 2021),
    ("5.3.0", 2023, 2022),
)
_MOST_BYTES = 64 * 1024**2
_SECONDS = 180
Pack = Callable[[str, str], bytes]


def plan(connection: Connection) -> list[str]:
    """Return what is asked of npm."""
    return [f"npm pack {connection.dataset}@{release}" for release, *_ in RELEASES]


def read(connection: Connection, client: Client, pack: Pack | None = None) -> list[Row]:
    """Return the populations of the territories of a connection.

    Parameters
    ----------
    connection
        Its ``territories`` are communes and intercommunalités.
    client
        Keeps the archives received today.
    pack
        Gives the archive of a package at a release, if not npm.

    Raises
    ------
    Unreachable
        If npm is not there, or gives no archive.
    AnswerError
        If an archive is not as expected, or two files disagree on a year.
    """
    found: dict[tuple[str, int], int] = {}
    for release, *years in RELEASES:
        asked = f"npm:{connection.dataset}@{release}"
        client.asked.append(asked)
        client.doing(f"{connection.indicator} : {connection.dataset} {release}")
        answer = client.kept.answer(asked) or Answer((pack or npm_pack)(connection.dataset, release), asked)
        files = _files(asked, answer.content)
        client.kept.keep(asked, answer)
        for key, value in _populations(asked, files, tuple(years), connection.territories):
            if found.setdefault(key, value) != value:
                said = f"{found[key]}, que donne une autre version du paquet pour la même année"
                raise AnswerError(asked, said, column=f"{key[0]} {key[1]}", value=str(value))
    return [
        Row(place, str(year), str(value), connection.status, f"{year + 2}-12")
        for (place, year), value in sorted(found.items())
    ]


def npm_pack(package: str, release: str) -> bytes:
    """Return the archive of a package, which npm fetches as this machine is set up to; nothing of it is run."""
    if not shutil.which("npm"):
        raise Unreachable("npm n’est pas installé sur cette machine")
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{package}@{release}"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise Unreachable(f"npm n’a pas donné {package} {release} dans le délai") from None
        made = [*Path(folder).glob("*.tgz")]
        if done.returncode or len(made) != 1:
            said = shown(done.stderr.decode("utf-8", errors="replace")) or "sans dire pourquoi"
            raise Unreachable(f"npm n’a pas donné {package} {release} ({said})")
        return made[0].read_bytes()


def _files(source: str, archive: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the two tables of an archive; nothing is written to the disk."""
    tables = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            for name in ("communes", "epci"):
                member = tar.getmember(f"package/data/{name}.json")
                stream = tar.extractfile(member) if member.isreg() and member.size <= _MOST_BYTES else None
                if stream is None:
                    raise AnswerError(source, "un fichier ordinaire de taille raisonnable", column=member.name)
                wrapped = Answer(b'{"rows": ' + stream.read() + b"}", f"https://{name}", "application/json")
                tables[name] = answers.objects(source, answers.json_object(wrapped), "rows")
    except (tarfile.TarError, EOFError, OSError, KeyError, ValueError) as error:
        said = "une archive entière, avec communes.json et epci.json"
        raise AnswerError(source, said, value=type(error).__name__, hint="Relancez la commande") from None
    return tables


def _populations(
    source: str, files: dict[str, list[dict[str, Any]]], years: tuple[int, ...], territories: tuple[str, ...]
) -> Iterator[tuple[tuple[str, int], int]]:
    """Yield the population of each territory and reference year that two tables hold."""
    of_communes, of_groups = years
    for commune in files["communes"]:
        place = f"COM-{commune.get('code')}"
        # The table also holds delegated communes, under the code that they had as communes.
        if place in territories and commune.get("type") == "commune-actuelle":
            yield (place, of_communes), answers.whole_number(source, commune, "population")
    for group in files["epci"]:
        place = f"EPCI-{group.get('code')}"
        if place in territories:
            yield (place, of_groups), answers.whole_number(source, group, "populationMunicipale")
        for member in answers.objects(source, group, "membres"):
            place = f"COM-{member.get('code')}"
            if place in territories and "populationMunicipale" in member:
                yield (place, of_groups), answers.whole_number(source, member, "populationMunicipale")


def main(territories: list[str]) -> None:
    """Print the populations of some territories, one a line."""
    from pic_analysis.fetching.kept import Kept

    about = ("P00", "populations", "npm", PACKAGE, "inhabitant", "definitive", "DS00", "A")
    with tempfile.TemporaryDirectory() as folder:
        connection = Connection(*about, territories=tuple(territories))
        for row in read(connection, Client(Kept(Path(folder), "0", "populations"))):
            print(row.territory_id, row.period, row.value, row.vintage, sep=",")


if __name__ == "__main__":
    main(sys.argv[1:])
