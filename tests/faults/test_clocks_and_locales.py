"""Dates that lie, and systems that know no accents, change nothing of what is published."""

from __future__ import annotations

import os

import pytest
from faults import compendium, killing

pytestmark = pytest.mark.slow

LONG_AGO, FAR_AHEAD = 315_532_800, 4_102_444_800  # 1980 and 2100


def test_page_is_read_again_whatever_its_date(place):
    compendium.edit(place, compendium.BEFORE)
    page = place / "book" / "index.md"
    for number, date in enumerate([FAR_AHEAD, FAR_AHEAD, LONG_AGO, LONG_AGO]):
        page.write_text(f"# Accueil\n\nRelu {number} fois : les [dates](dates.md).\n", encoding="utf-8")
        os.utime(page, (date, date))
        done = compendium.pic(place)
        assert done.returncode == 0, done.stdout
        assert f"Relu {number} fois" in (place / compendium.BOOK / "index.html").read_text(encoding="utf-8")


def test_datum_is_seen_whatever_the_dates(place, undisturbed):
    for path in (place / "data").rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    for path in (place / ".pic").rglob("*"):
        os.utime(path, (FAR_AHEAD, FAR_AHEAD))
    done = compendium.pic(place)
    assert done.returncode == 0, done.stdout
    assert killing.digests(place) == undisturbed.after


def test_system_without_utf_8(place, undisturbed):
    done = compendium.pic(place, variables={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert done.returncode == 0, done.stdout
    assert killing.digests(place) == undisturbed.after
    assert "données ouvertes" in done.stdout
    assert f"{place / compendium.BOOK}" in done.stdout
