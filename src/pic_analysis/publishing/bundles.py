"""Pack files in a zip whose bytes depend on nothing but them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def stored_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name, with no date and no trace of the machine.

    Nothing is compressed: compressed bytes differ from one version of zlib to another.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # Unix, on every system
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()
