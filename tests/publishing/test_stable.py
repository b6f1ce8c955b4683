from __future__ import annotations

import json

import pytest

from pic_analysis.publishing.stable import UnknownLabel, UnstableOutput, stable


def code(*outputs, tags=(), **more):
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": "f()",
        "outputs": [*outputs],
        "execution_count": 1,
        **more,
    }


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(text, kind="text/plain"):
    return {"output_type": "display_data", "metadata": {}, "data": {kind: text}}


def made(*cells, labels=None, **metadata):
    return json.loads(stable({"cells": cells, "metadata": metadata}, labels or {}))


def test_timings_identifiers_and_patch_version_leave_no_trace():
    def run(second, version):
        cell = code(id=f"random{second}")
        cell["metadata"] = {"papermill": {"duration": second}, "execution": {"iopub.execute_input": second}}
        metadata = {
            "papermill": {"end_time": second},
            "language_info": {"name": "python", "version": version},
        }
        return stable({"cells": [cell], "metadata": metadata}, {})

    assert run("1", "3.11.4") == run("2", "3.11.9")
    assert "papermill" not in run("1", "3.11.4")


def test_stream_cut_at_random_is_the_same():
    assert made(code(stream("a\nb"), stream("c\n"))) == made(code(stream("a\n"), stream("bc\n")))


def test_streams_around_a_figure_stay_apart():
    (cell,) = made(code(stream("a"), shown("<svg/>", "image/svg+xml"), stream("b")))["cells"]
    assert [output["output_type"] for output in cell["outputs"]] == ["stream", "display_data", "stream"]


@pytest.mark.parametrize(("tag", "expected"), [("parameters", "remove-cell"), ("injected-parameters", "remove-input")])
def test_parameters_are_not_shown(tag, expected):
    assert made(code(tags=[tag]))["cells"][0]["metadata"]["tags"] == [tag, expected]


def test_labels_replace_placeholders_in_texts_only():
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# {{title}}\n", "sur {{ label }}"]}
    got = made(text, code(stream("{{title}}")), labels={"title": "Étude", "label": "Loos"})["cells"]
    assert got[0]["source"] == ["# Étude\n", "sur Loos"]
    assert got[1]["outputs"][0]["text"] == ["{{title}}"]


def test_unknown_label_is_named():
    with pytest.raises(UnknownLabel, match="titel"):
        made({"cell_type": "markdown", "metadata": {}, "source": "# {{titel}}"}, labels={"title": "x"})


def test_warning_is_refused_with_its_cell():
    text = "/ailleurs/f.py:3: FutureWarning: count changes\n  df.count()\n"
    with pytest.raises(UnstableOutput) as raised:
        made(code(), code(stream(text, "stderr")))
    assert (raised.value.cell, raised.value.text) == (2, "/ailleurs/f.py:3: FutureWarning: count changes")


def test_memory_address_is_refused():
    with pytest.raises(UnstableOutput, match="adresse mémoire"):
        made(code(shown("<Axes at 0x7f3a5c0d2e10>")))


def test_hexadecimal_of_the_data_is_not_an_address():
    assert made(code(shown("empreinte 0x7f3a5c0d2e10")))


def test_accents_are_readable_in_the_committed_file():
    assert "Éco" in stable({"cells": [code(stream("Éco"))], "metadata": {}}, {})
