"""Files of the repository that instructors get with the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Where a file or folder of the repository lies, by its path there.

    A wheel carries it inside the package, in `shipped/`; an editable install has the repository
    around the package. Raises `FileNotFoundError` if neither is so.
    """
    for place in (_PACKAGE / "shipped", _PACKAGE.parent):
        if (place / name).exists():
            return place / name
    raise FileNotFoundError(
        f"this installation of autograder lacks {name!r}: install it again, from its wheel or from "
        "its repository"
    )
