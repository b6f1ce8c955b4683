"""What was read once is not read again; what cannot be read back is read anew."""

from __future__ import annotations

import pytest

from pic_analysis.publishing import remembered
from pic_analysis.publishing.remembered import keep, recall


@pytest.fixture(autouse=True)
def _empty_memory(monkeypatch):
    monkeypatch.setattr(remembered, "_known", {})
    monkeypatch.setattr(remembered, "_used", set())


@pytest.fixture
def asked():
    return []


@pytest.fixture
def read(asked):
    @remembered.remembered
    def length(content: str, suffix: str = "") -> int:
        asked.append((content, suffix))
        return len(content)

    return length


def forget():
    remembered._known.clear()
    remembered._used.clear()


def test_another_process_recalls_what_one_kept(tmp_path, read, asked):
    expected = read("mot")
    keep(tmp_path / "m")
    forget()
    recall(tmp_path / "m")
    assert read("mot") == expected
    assert asked == [("mot", "")]


def test_contents_that_join_to_the_same_are_not_confused(read, asked):
    assert (read("a", "bc"), read("ab", "c"), read("abc")) == (1, 2, 3)


def test_what_no_longer_serves_is_forgotten(tmp_path, read, asked):
    read("ancien")
    keep(tmp_path / "m")
    read("nouveau")
    keep(tmp_path / "m")
    forget()
    recall(tmp_path / "m")
    read("nouveau")
    read("ancien")
    assert asked == [("ancien", ""), ("nouveau", ""), ("ancien", "")]


@pytest.mark.parametrize("content", [b"", b"\x80\x05", b"pas un pickle", b"cabsent\nclass\n."])
def test_a_file_that_cannot_be_read_back_is_passed_over(tmp_path, read, content):
    (tmp_path / "m").write_bytes(content)
    recall(tmp_path / "m", tmp_path / "absent")
    assert read("mot") == 3
