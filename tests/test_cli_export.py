import errno

import pytest
import raw_interviews
import tiny

from pic_analysis.reading import registry

PEOPLE = [*range(10, 22)]  # six elected people, then six residents


@pytest.fixture
def compendium(tmp_path, monkeypatch):
    """Write a compendium whose study ``parlee`` has interviews and nothing else; return its folder."""
    top = tmp_path / "depot"
    monkeypatch.setenv("PIC_ROOT", str(top))
    raw = top / "data/raw/parlee"
    raw.mkdir(parents=True)
    (top / "_config.yml").touch()
    (raw / "study.yml").write_text(tiny.SETTINGS.replace("id: Part", "id: Agri"), encoding="utf-8")
    register = "Entretien,Type,Cas,Date,Mode,Consentement\n"
    register += "".join(f"INT0{n},{'Élu' if n < 16 else 'habitante'},Eco,2015-11-04,téléphone,oui\n" for n in PEOPLE)
    coded = "Entretien,Début,Fin,Code,Sens\n"
    coded += "".join(f"INT0{n},{n},{2 * n},a_b_1,appuie\n" for n in PEOPLE if n != 20)
    raw_interviews.write(raw / "entretiens", registre=register, codages_A=coded, codages_B=None, questions=None)
    registry.write(raw)
    return top


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_export_writes_what_anybody_may_have(pic, compendium, tmp_path):
    code, said = pic("export", "--study", "parlee", tmp_path / "out")
    assert code == 0, said
    assert {"codebook.qdc", "codebook_excel.csv", "codes_by_group.parquet", "README.txt"} <= names(tmp_path / "out")
    assert not {"project.qdpx", "interviews.csv", "matrix.csv"} & names(tmp_path / "out")
    assert f"{len(names(tmp_path / 'out'))}\xa0fichiers" in said


def test_restricted_export_writes_the_rest_and_warns(pic, compendium, tmp_path):
    code, said = pic("export", "--study", "parlee", tmp_path / "out", "--restricted", "--least", "0,5")
    assert code == 0, said
    assert {"codebook.qdc", "project.qdpx", "interviews.csv", "matrix_by_case.csv"} <= names(tmp_path / "out")
    assert said.splitlines()[-1] == "Ce dossier n’est pas à publier : il a une ligne par personne rencontrée."


def test_two_exports_have_the_same_bytes(pic, compendium, tmp_path):
    for place in ("one", "two"):
        pic("export", "--study", "parlee", tmp_path / place, "--restricted")
    assert names(tmp_path / "one") == names(tmp_path / "two")
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize("inside", ["", "dedans/encore"])
def test_destination_that_is_a_file_is_told_before_any_work(pic, tmp_path, inside):
    (tmp_path / "sortie.txt").write_text("à moi", encoding="utf-8")
    code, said = pic("export", tmp_path / "sortie.txt" / inside, "--study", "nulle_part")
    assert code == 2
    assert f"{tmp_path / 'sortie.txt'} est un fichier, il faut un dossier" in said
    assert f"`pic export {tmp_path / 'sortie_export'} --study nulle_part`" in said
    assert (tmp_path / "sortie.txt").read_text(encoding="utf-8") == "à moi"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/out/a.csv"), "/out/a.csv : vous n’en avez pas le droit"),
        (OSError(errno.ENOSPC, "No space left on device", "/out/a.csv"), "le disque est plein"),
        (OSError(errno.EROFS, "Read-only file system", "/out/a.csv"), "le disque est en lecture seule"),
        (OSError(errno.EIO, "Input/output error"), "un fichier : le disque ne répond pas"),
        (OSError(9999, "Strange"), "le disque refuse"),
    ],
)
def test_disk_that_refuses_is_told_in_french(pic, compendium, tmp_path, monkeypatch, error, expected):
    def refuse(*_):
        raise error

    monkeypatch.setattr("pic_analysis.publishing.interview_exports.write_atomically", refuse)
    code, said = pic("export", "--study", "parlee", tmp_path / "out")
    assert code == 3
    assert expected in said
    assert "aucun fichier n’est à moitié écrit" in said
    assert str(error.strerror) not in said


@pytest.mark.parametrize("place", ["book/export", "data/processed/parlee", "export"])
def test_restricted_export_into_the_compendium_is_refused(pic, compendium, place):
    code, said = pic("export", "--study", "parlee", compendium / place, "--restricted")
    assert code == 2
    assert "hors du dépôt ou sous data/raw/restricted/" in said
    assert not (compendium / place).exists()


def test_public_export_does_not_join_a_restricted_one(pic, compendium, tmp_path):
    pic("export", "--study", "parlee", tmp_path / "out", "--restricted")
    before = (tmp_path / "out/README.txt").read_text(encoding="utf-8")
    code, said = pic("export", "--study", "parlee", tmp_path / "out")
    assert (code, (tmp_path / "out/README.txt").read_text(encoding="utf-8")) == (2, before)
    assert "à ne pas publier" in said


def test_interview_withdrawn_since_the_last_build_does_not_leave(pic, compendium, tmp_path):
    pic("export", "--study", "parlee", tmp_path / "out", "--restricted", "--least", "1")
    pic("withdraw", "INT010", "--study", "parlee", "--yes")
    pic("export", "--study", "parlee", tmp_path / "out", "--restricted")
    for path in (tmp_path / "out").iterdir():
        assert b"INT010" not in path.read_bytes(), path.name
    assert b"INT011" in (tmp_path / "out/matrix.csv").read_bytes()
    assert not (tmp_path / "out/matrix_by_case.csv").exists()


def test_gate_refuses_and_nothing_is_written(pic, compendium, tmp_path):
    raw = compendium / "data/raw/parlee"
    grid = "Code,Intitulé,Définition\na_b_1,Fierté,Joindre le 03 21 00 00 00\n"
    raw_interviews.write(raw / "entretiens", grille=grid, codages_B=None, questions=None, **kept(raw))
    registry.write(raw)
    code, said = pic("export", "--study", "parlee", tmp_path / "out")
    assert code == 1
    assert "le garde-fou refuse" in said
    assert "03 21 00 00 00" in said
    assert not (tmp_path / "out").exists()


def kept(raw) -> dict[str, bytes]:
    return {name: (raw / f"entretiens/{name}.csv").read_bytes() for name in ("registre", "codages_A")}


def test_faulty_tables_are_told_and_nothing_is_written(pic, compendium, tmp_path):
    raw = compendium / "data/raw/parlee"
    (raw / "entretiens/grille.csv").unlink()
    registry.write(raw)
    code, said = pic("export", "--study", "parlee", tmp_path / "out")
    assert code == 1
    assert "grille.csv" in said
    assert not (tmp_path / "out").exists()


def test_study_without_interviews_has_nothing_to_export(pic, raw_folder, tmp_path):
    code, said = pic("export", "--study", "essai", tmp_path / "out")
    assert (code, "n’a pas d’entretiens" in said) == (2, True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--least", "0,5"], "--least ne va qu’avec --restricted"),
        (["--restricted", "--least", "0"], "attendu : une part au-dessus de 0"),
        (["--restricted", "--least", "moitié"], "attendu : une part au-dessus de 0"),
        (["--restricted", "--least", "nan"], "attendu : une part au-dessus de 0"),
    ],
)
def test_calibration_out_of_place_is_wrong_usage(pic, compendium, tmp_path, options, expected):
    code, said = pic("export", "--study", "parlee", tmp_path / "out", *options)
    assert code == 2
    assert expected in said
