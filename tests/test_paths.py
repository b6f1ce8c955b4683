import pytest

from pic_analysis.paths import NotACompendium, processed, root


def test_root_is_found_from_a_folder_below(tmp_path, monkeypatch):
    (tmp_path / "_config.yml").touch()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.delenv("PIC_ROOT", raising=False)
    monkeypatch.chdir(tmp_path / "data")
    assert root() == tmp_path.resolve()
    assert processed("x") == tmp_path.resolve() / "data" / "processed" / "x"


def test_elsewhere_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PIC_ROOT", str(tmp_path))
    with pytest.raises(NotACompendium, match="PIC_ROOT"):
        root()
