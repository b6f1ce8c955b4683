"""Interviews of a few rows, clean and literal: small enough to be read whole in a failure.

Two interviews in each of three safe groups, one in the fourth. What the rows hold:

- ``image`` (A>B) is confirmed by all of the first group, contested in the second, asked in vain in the third, and
  never asked of the fourth;
- ``old_image`` was merged into ``image``; ``unused`` belongs to no link and nobody coded it;
- both coders marked INT001:0-40, one as ``image`` and the other as ``rival``: a disagreement, not a co-occurrence.
"""

from __future__ import annotations

import pandas as pd

INTERVIEWS = [
    ("INT001", "elus", "Eco", "2015-11-04", "face_to_face", "given"),
    ("INT002", "agents", "Eco", "2015-11", "face_to_face", "given"),
    ("INT003", "habitants", "Part", "2015-10-01", "telephone", "anonymous"),
    ("INT004", "associations", "Part", "", "face_to_face", "given"),
    ("INT005", "agriculteurs", "Eco", "2015-12-01", "video", "given"),
    ("INT006", "entreprises", "", "2015-12-02", "face_to_face", "given"),
    ("INT007", "chercheurs", "Part", "2015-12-03", "written", "given"),
]
CODEBOOK = [
    ("image", "image de la ville", "", "A>B", 1, "", ""),
    ("old_image", "image, ancienne version", "", "A>B", 1, "image", ""),
    ("skill", "compétence acquise", "", "B>C", 1, "", ""),
    ("rival", "une autre cause", "", "RIV01", 2, "", ""),
    ("unused", "rubrique", "", "", 1, "", ""),
]
CODINGS = [
    ("cod-000001", "INT001", "INT001:0-40", "image", "supports", "A"),
    ("cod-000002", "INT001", "INT001:30-60", "skill", "supports", "A"),
    ("cod-000003", "INT001", "INT001:0-40", "rival", "supports", "B"),
    ("cod-000004", "INT002", "INT002:5-20", "old_image", "supports", "A"),
    ("cod-000005", "INT002", "INT002:40-60", "image", "supports", "B"),
    ("cod-000006", "INT003", "INT003:0-10", "image", "supports", "A"),
    ("cod-000007", "INT003", "INT003:10-20", "skill", "nuances", "A"),
    ("cod-000008", "INT004", "INT004:0-10", "image", "contradicts", "A"),
    ("cod-000009", "INT005", "INT005:0-10", "skill", "nuances", "B"),
    ("cod-000010", "INT006", "INT006:0-10", "rival", "supports", "A"),
]
ASKED = [
    *((f"INT00{n}", "image") for n in range(1, 7)),
    *((f"INT00{n}", "skill") for n in range(1, 5)),
]


def interviews() -> pd.DataFrame:
    """Return the clean register."""
    columns = ["interview_id", "stakeholder_type", "case", "date", "mode", "consent"]
    return pd.DataFrame(INTERVIEWS, columns=columns)


def codebook() -> pd.DataFrame:
    """Return the clean codebook."""
    columns = ["code_id", "label_fr", "parent", "link_id", "version", "merged_into", "definition_fr"]
    return pd.DataFrame(CODEBOOK, columns=columns)


def codings() -> pd.DataFrame:
    """Return the clean codings."""
    columns = ["coding_id", "interview_id", "segment_id", "code_id", "direction", "coder"]
    return pd.DataFrame(CODINGS, columns=columns)


def asked() -> pd.DataFrame:
    """Return the clean table of the questions put."""
    return pd.DataFrame(ASKED, columns=["interview_id", "code_id"])


def tables() -> dict[str, pd.DataFrame]:
    """Return every clean table by name."""
    return {"interviews": interviews(), "codebook": codebook(), "codings": codings(), "asked": asked()}
