from __future__ import annotations

import io
import json
import shutil
import tarfile

import pytest
from loopback import client

from pic_analysis.fetching import populations
from pic_analysis.fetching.connections import Connection
from pic_analysis.fetching.refusal import AnswerError, Unreachable

# Population of one commune, and of the group that holds it, in each reference year.
COMMUNE = {2016: 100, 2018: 102, 2019: 103, 2020: 104, 2021: 105, 2022: 106, 2023: 107}
GROUP = {2016: 1000, 2017: 1001, 2018: 1002, 2019: 1003, 2020: 1004, 2021: 1005, 2022: 1006}


def archive(of_communes: int, of_groups: int, **changes) -> bytes:
    """Return a release whose two tables are of these reference years, as the package makes them."""
    members = [{"code": "00001", "nom": "Essai"}]
    if of_groups in COMMUNE and of_groups > 2017:  # before, members had no population
        members[0]["populationMunicipale"] = COMMUNE[of_groups]
    tables = {
        "communes": [
            {"code": "00001", "type": "commune-actuelle", "population": COMMUNE[of_communes]},
            {"code": "00001", "type": "commune-deleguee", "chefLieu": "00001"},
        ],
        "epci": [{"code": "200000001", "populationMunicipale": GROUP[of_groups], "membres": members}],
        **changes,
    }
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for name, table in tables.items():
            content = table if isinstance(table, bytes) else json.dumps(table).encode()
            about = tarfile.TarInfo(f"package/data/{name}.json")
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return stream.getvalue()


RELEASES = {release: archive(*years) for release, *years in populations.RELEASES}


def read(tmp_path, releases=RELEASES):
    about = ("P01", "populations", "npm", "pkg", "inhabitant", "definitive", "DS01", "A")
    asked = Connection(*about, territories=("COM-00001", "EPCI-200000001"))
    return populations.read(asked, client(tmp_path), lambda package, release: releases[release])


def test_every_year_stands_at_its_reference_year(tmp_path):
    got = {(row.territory_id, int(row.period)): int(row.value) for row in read(tmp_path)}
    assert {year: value for (place, year), value in got.items() if place.startswith("COM")} == COMMUNE
    assert {year: value for (place, year), value in got.items() if place.startswith("EPCI")} == GROUP


def test_vintage_is_the_december_before_the_populations_come_into_force(tmp_path):
    assert {row.vintage for row in read(tmp_path) if row.period == "2023"} == {"2025-12"}


def test_a_release_whose_years_are_mixed_up_is_told(tmp_path):
    """The trap itself: read a year late, a table contradicts another release."""
    mixed = {**RELEASES, "2.3.1": archive(2019, 2020)}
    with pytest.raises(AnswerError, match="une autre version du paquet pour la même année"):
        read(tmp_path, mixed)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not an archive",
        RELEASES["0.7.0"][:200],
        archive(2016, 2016, epci=b"[{"),
        archive(2016, 2016, epci={"a": 1}),
        archive(2016, 2016, communes=[{"code": "00001", "type": "commune-actuelle", "population": "many"}]),
        archive(2016, 2016, communes=[{"code": "00001", "type": "commune-actuelle"}]),
    ],
)
def test_an_archive_that_is_not_as_expected_is_told(tmp_path, broken):
    with pytest.raises(AnswerError):
        read(tmp_path, {**RELEASES, "0.7.0": broken})


def test_link_in_an_archive_is_not_followed(tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for name in ("communes", "epci"):
            about = tarfile.TarInfo(f"package/data/{name}.json")
            about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(about)
    with pytest.raises(AnswerError, match="fichier ordinaire"):
        read(tmp_path, {**RELEASES, "0.7.0": stream.getvalue()})


def test_archives_received_today_are_not_asked_again(tmp_path):
    read(tmp_path)
    assert len(read(tmp_path, {})) == len(COMMUNE) + len(GROUP)


def test_without_npm_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Unreachable, match="npm n’est pas installé"):
        populations.npm_pack("pkg", "1.0.0")


def test_npm_that_fails_is_told(monkeypatch, tmp_path):
    script = tmp_path / "npm"
    script.write_text("#!/bin/sh\necho 'code E404' >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(Unreachable, match=r"pkg 1\.0\.0 \(code E404\)"):
        populations.npm_pack("pkg", "1.0.0")


def test_npm_gives_the_archive_that_it_wrote(monkeypatch, tmp_path):
    script = tmp_path / "npm"
    script.write_text('#!/bin/sh\nprintf "%s" "$*" > made.tgz\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert populations.npm_pack("pkg", "1.0.0") == b"pack --silent --ignore-scripts pkg@1.0.0"
