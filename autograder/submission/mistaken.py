"""What a file is that was handed in as a notebook and is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOWNLOAD = "In Jupyter use File > Download, in Colab File > Download > Download .ipynb."


@dataclass(frozen=True)
class Mistaken:
    """What the file is ('a web page'), and how to get the notebook instead."""

    what: str
    advice: str


_ARCHIVE = Mistaken(
    "an archive or an office document", "Unpack it, and hand in the .ipynb file that is inside."
)
_PICTURE = Mistaken("a picture", _DOWNLOAD)

_BY_FIRST_BYTES: tuple[tuple[bytes, Mistaken], ...] = (
    (b"PK\x03\x04", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"%PDF", Mistaken("a PDF", f"Hand in the notebook, not a print of it. {_DOWNLOAD}")),
    (
        b"version https://git-lfs",
        Mistaken("a pointer of Git LFS", "Run `git lfs pull`, and hand in the file that it gets."),
    ),
    (
        b"[InternetShortcut]",
        Mistaken("a link to a web page", f"Hand in the notebook itself. {_DOWNLOAD}"),
    ),
)

_BY_TEXT: tuple[tuple[re.Pattern[str], Mistaken], ...] = (
    (
        re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|script)\b", re.IGNORECASE),
        Mistaken("a web page", f"On GitHub use 'Download raw file'. {_DOWNLOAD}"),
    ),
    (
        # Looked for in the first lines only, and only in text that does not begin like a notebook.
        re.compile(
            r"(?=\s*[^\s{])(?:.*\n){0,100}?"
            r"(?:\#!.*python|\#[ ]%%|\#[ ]In\[|import[ ]\w|from[ ][\w.]+[ ]import[ ]|def[ ]\w+\()",
            re.VERBOSE,
        ),
        Mistaken("a Python file", f"Hand in the notebook, not a script made from it. {_DOWNLOAD}"),
    ),
)


def mistaken_for(data: bytes, text: str) -> Mistaken | None:
    """What a file is by its first bytes or lines; None if it may be a notebook."""
    for first, mistaken in _BY_FIRST_BYTES:
        if data.startswith(first):
            return mistaken
    if data[257:262] == b"ustar":  # of a tar
        return _ARCHIVE
    for pattern, mistaken in _BY_TEXT:
        if pattern.match(text):
            return mistaken
    return None
