from pic_analysis.reading import registry


def folder_with(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_registered_folder_has_no_problem(tmp_path):
    registry.write(folder_with(tmp_path, a="1", b="2"))
    assert registry.verify(tmp_path) == ()


def test_each_difference_is_told_once(tmp_path):
    registry.write(folder_with(tmp_path, changed="1", gone="2", same="3"))
    folder_with(tmp_path, changed="9", new="4")
    (tmp_path / "gone.csv").unlink()
    got = {(problem.file, problem.expected.split(" :")[0]) for problem in registry.verify(tmp_path)}
    expected = {
        ("changed.csv", "empreinte attendue"),
        ("gone.csv", "fichier du registre introuvable"),
        ("new.csv", "fichier absent du registre"),
    }
    assert got == expected


def test_folder_without_registry_is_told(tmp_path):
    (problem,) = registry.verify(folder_with(tmp_path, a="1"))
    assert "pic register" in problem.hint


def test_registry_does_not_register_itself_nor_hidden_files(tmp_path):
    folder_with(tmp_path, a="1")
    (tmp_path / ".hidden").write_text("x")
    registry.write(tmp_path)
    registry.write(tmp_path)
    assert set(registry.registered(tmp_path)) == {"a.csv"}
