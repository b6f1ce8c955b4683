"""Write a table for each of those who take it away: CSV for programs, Parquet with its types, a twin for French Excel.

The three hold the same numbers, and their bytes depend on nothing but the table.
"""

from __future__ import annotations

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pic_analysis.reading.hostile import neutral_cell

FORMATS = {".csv": "CSV", ".parquet": "Parquet", "_excel.csv": "jumeau Excel"}
"""What is added to the name of a table, and the French name of the format."""


def formats(name: str, frame: pd.DataFrame, provenance: str, missing: str = "") -> dict[str, bytes]:
    """Return a table in every format, by file name.

    Parameters
    ----------
    name
        Name of the table, which begins those of its files.
    frame
        The table; its index is left out.
    provenance
        Where the rows come from, written in the Parquet file.
    missing
        What stands for a missing value in the CSV; the twin leaves the cell empty, Parquet has a null.
    """
    written = (csv(frame, missing), parquet(frame, provenance), excel_twin(frame))
    return {f"{name}{suffix}": content for suffix, content in zip(FORMATS, written, strict=True)}


def csv(frame: pd.DataFrame, missing: str = "") -> bytes:
    r"""Return a table as CSV for programs: UTF-8, commas, decimal points, Unix line ends.

    >>> csv(pd.DataFrame({"a": [0.5, None], "b": ["x", "y,z"]}), "NA").decode()
    'a,b\n0.5,x\nNA,"y,z"\n'
    """
    return frame.to_csv(index=False, lineterminator="\n", na_rep=missing).encode("utf-8")


def excel_twin(frame: pd.DataFrame) -> bytes:
    r"""Return the same table as a French Excel opens it on a double click, no cell of which is computed.

    Notes
    -----
    Byte order mark, semicolons, decimal commas, Windows line ends; a cell that begins like a formula is neutralised by
    ``reading.hostile.neutral_cell``. A text that looks like a date is still shown as one: Excel reads no types from a
    CSV.

    >>> excel_twin(pd.DataFrame({"a": [0.5, None], "b": ["=1+1", "y;z"]})).decode("utf-8-sig")
    'a;b\r\n0,5;\'=1+1\r\n;"y;z"\r\n'
    """
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    safe = frame.assign(**{name: frame[name].map(neutral_cell, na_action="ignore") for name in texts})
    safe = safe.rename(columns=neutral_cell)
    return safe.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n").encode("utf-8-sig")


def parquet(frame: pd.DataFrame, provenance: str) -> bytes:
    """Return a table as Parquet: text and whole numbers keep their types, missing values are nulls.

    Notes
    -----
    Nothing is compressed, for compressed bytes differ from one version of a library to another (repeated values are
    written once all the same: dictionary encoding); neither the index nor what pandas says of itself is written.
    """
    table = pa.Table.from_pandas(frame, preserve_index=False)
    plain = [field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema]
    table = table.cast(pa.schema(plain)).replace_schema_metadata({"provenance": provenance})
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="none")
    return stream.getvalue()
