"""What a reader does at a terminal is tested beside the code that serves them; the docstrings here name these tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent


def test_what_is_said_to_be_tested_elsewhere_is():
    told = " ".join(ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in HERE.glob("test_*.py"))
    named = set(re.findall(r"\btest_\w+", told))
    written = {
        name
        for path in HERE.parent.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) >= 15
    assert named - written == set()
