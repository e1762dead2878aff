"""docs/losses.md: its tables are written between marks, its words stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "losses.md"
PICTURE = ROOT / "docs" / "images" / "losses_scaling.png"


def write(tables: Mapping[str, str], document: Path = DOCUMENT) -> None:
    """Put each table between `<!-- NAME -->` and `<!-- end of NAME -->`."""
    text = document.read_text(encoding="utf-8")
    for name, table in tables.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        head, rest = text.split(begin)
        text = f"{head}{begin}\n{table}\n{end}{rest.split(end)[1]}"
    document.write_text(text, encoding="utf-8")
