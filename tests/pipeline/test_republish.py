from __future__ import annotations

import pytest

from pic_analysis.pipeline.republish import changed, look, republish


@pytest.fixture
def root(tmp_path):
    for name in ("_config.yml", "data/raw/mini/t.csv", "notebooks/n.ipynb", "book/index.md", "src/p/a.py"):
        write(tmp_path, name, "avant")
    return tmp_path


def write(root, name, text):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


@pytest.mark.parametrize(
    "name", ["data/raw/mini/t.csv", "book/index.md", "notebooks/n.ipynb", "src/p/a.py", "_config.yml"]
)
def test_a_saved_source_is_seen(root, name):
    before = look(root)
    write(root, name, "après, plus long")
    assert changed(before, look(root)) == [name]


@pytest.mark.parametrize(
    "name", ["_build/html/index.html", ".pic/timings.json", "data/processed/mini/t.csv", "book/page.ipynb",
             "src/p/__pycache__/a.pyc", "book/.index.md.swp", "book/index.md~"],
)  # fmt: skip
def test_what_a_build_or_an_editor_writes_is_not_a_source(root, name):
    before = look(root)
    write(root, name, "x")
    assert look(root) == before


def test_each_save_is_built_once_and_told(root):
    built, said = [], []

    def build(names):
        built.append(names)
        if len(built) == 1:  # saved while the first build runs: it is built after it
            write(root, "book/index.md", "après, plus long")
            write(root, "data/raw/mini/t.csv", "après, plus long")

    looks = iter([False] * 3)
    republish(root, build, said.append, lambda: next(looks, True))
    assert built == [[], ["book/index.md", "data/raw/mini/t.csv"]]
    assert said == ["Modifié : book/index.md, data/raw/mini/t.csv"]
