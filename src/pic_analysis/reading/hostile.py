"""The door through which every reader opens its file: nothing is executed, fetched or written, harm is refused.

A refusal is a `Refused`, which carries the French `Problem` to tell.
"""

from pic_analysis.reading.active_cells import active_cells, is_formula, neutral_cell
from pic_analysis.reading.archives import Archive, open_zip
from pic_analysis.reading.databases import journal_problems, open_sqlite
from pic_analysis.reading.refusal import LIMITS, Limits, Refused, decode, read_bytes, read_text
from pic_analysis.reading.xml_tree import parse_xml

__all__ = [
    "LIMITS",
    "Archive",
    "Limits",
    "Refused",
    "active_cells",
    "decode",
    "is_formula",
    "journal_problems",
    "neutral_cell",
    "open_sqlite",
    "open_zip",
    "parse_xml",
    "read_bytes",
    "read_text",
]
