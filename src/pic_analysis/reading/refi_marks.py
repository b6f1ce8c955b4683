"""Keep, in the description of an exported code, what REFI-QDA has no place for; find it again where a tool kept it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

OWN = ("code_id", "link_id", "version", "merged_into")
"""Columns of a codebook that the standard has no place for."""


def marked(definition: str, own: Mapping[str, object]) -> str:
    r"""Return a description that ends with what the standard has no place for.

    >>> marked("Quand…", {"code_id": "a", "link_id": "A>B", "version": 1, "merged_into": ""})
    'Quand…\n[code_id=a; link_id=A>B; version=1; merged_into=]'
    """
    said = "; ".join(f"{name}={own[name]}" for name in OWN)
    return f"{definition}\n[{said}]".lstrip("\n")


def unmarked(descriptions: pd.Series) -> pd.DataFrame:
    r"""Return each definition and what was kept with it: ``definition_fr`` and `OWN`, missing where nothing was.

    >>> unmarked(pd.Series(["Quand…\n[code_id=a; link_id=A>B; version=1; merged_into=]"])).iloc[0].to_list()
    ['Quand…', 'a', 'A>B', '1', '']
    """
    own = "; ".join(f"{name}=(?P<{name}>[^;\\]]*)" for name in OWN)
    return descriptions.str.extract(rf"(?s)^(?P<definition_fr>.*?)\n?\[{own}\]$")
