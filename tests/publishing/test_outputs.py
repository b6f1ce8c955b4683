import io
import zipfile

import pandas as pd

from pic_analysis.publishing.outputs import outputs


def read(tmp_path, name, content):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {output.path: output for output in outputs(tmp_path)}[name]


def test_page_gives_its_paragraphs_and_what_is_read_out(tmp_path):
    html = '<title>Un</title><p>Deux <b>mots</b></p><img alt="Trois"><script>quatre</script><a title="Cinq">Six</a>'
    assert set(read(tmp_path, "a/p.html", html).texts) == {"Un", "Deux mots", "Trois", "Cinq", "Six"}


def test_drawing_gives_its_words(tmp_path):
    assert "Entretien" in read(tmp_path, "f.svg", "<svg><title>Entretien</title><text>12</text></svg>").texts


def test_table_gives_its_cells_and_columns_whatever_the_separator(tmp_path):
    for name, content in (("a.csv", "case,n\nEco,1\n"), ("b.csv", "\ufeffcase;n\nEco;1,5\n")):
        got = read(tmp_path, name, content)
        assert got.columns == ("case", "n")
        assert "Eco" in got.texts


def test_json_gives_keys_and_values_of_every_depth(tmp_path):
    assert set(read(tmp_path, "a.json", '{"a": [{"b": "c"}, 1]}').texts) == {"a", "b", "c"}


def test_archive_and_workbook_are_opened(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in.csv", "case\nEco\n")
    assert read(tmp_path, "a.qdpx", packed.getvalue()).texts == ("Eco",)
    pd.DataFrame({"case": ["Eco", None], "n": [1.5, None]}).to_parquet(tmp_path / "a.parquet")
    got = {output.path: output for output in outputs(tmp_path)}["a.parquet"]
    assert (got.columns, got.texts) == (("case", "n"), ("Eco", "1.5"))


def test_what_cannot_be_read_is_told(tmp_path):
    assert not read(tmp_path, "a.bin", b"\xff\xfe\x00\x81").readable
    assert not read(tmp_path, "a.zip", b"no archive").readable


def test_pictures_and_styles_are_left_out(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "a.css").write_bytes(b"x")
    assert list(outputs(tmp_path)) == []
