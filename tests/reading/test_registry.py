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


def test_living_tables_are_not_registered_but_extracts_and_editions_are(tmp_path):
    for name in ("indicators/extracts", "indicators/editions"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "2026-11-22.csv").write_text("1")
    for name in ("study.yml", "follow_up.csv", "indicators/observations.csv"):
        (tmp_path / name).write_text("1")
    registry.write(tmp_path)
    assert {*registry.registered(tmp_path)} == {
        "study.yml",
        "indicators/extracts/2026-11-22.csv",
        "indicators/editions/2026-11-22.csv",
    }
    (tmp_path / "indicators/observations.csv").write_text("2")
    (tmp_path / "follow_up.csv").write_text("2")
    assert registry.verify(tmp_path) == ()
    (tmp_path / "indicators/editions/2026-11-22.csv").write_text("2")
    assert [problem.file for problem in registry.verify(tmp_path)] == ["indicators/editions/2026-11-22.csv"]


def test_living_table_that_an_older_registry_lists_is_no_problem(tmp_path):
    folder_with(tmp_path, a="1")
    (tmp_path / "follow_up.csv").write_text("1")
    registry.write(tmp_path)
    with (tmp_path / registry.FILE).open("a") as file:
        file.write("follow_up.csv 00\nindicators/observations.csv 00\n")
    assert registry.verify(tmp_path) == ()


def test_added_file_has_its_line_and_no_other_line_changes(tmp_path):
    registry.write(folder_with(tmp_path, a="1", c="3"))
    before = registry.registered(tmp_path)
    folder_with(tmp_path, a="changed", b="2")
    registry.add(tmp_path, "b.csv")
    after = registry.registered(tmp_path)
    assert [*after] == ["a.csv", "b.csv", "c.csv"]
    assert {name: after[name] for name in before} == before
    assert [problem.file for problem in registry.verify(tmp_path)] == ["a.csv"]
