"""Which language a notebook says that it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.records import Problem

_PYTHON = ("python", "ipython")


def language(metadata: Mapping[str, Any]) -> str:
    """The language of a notebook's kernel in lower case; "" if its metadata do not say.

    >>> language({"kernelspec": {"name": "my-env", "language": "python"}})
    'python'
    """
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        described = metadata.get(section)
        said = described.get(key) if isinstance(described, Mapping) else None
        if isinstance(said, str) and said.strip():
            return said.strip().lower()
    return ""


def is_python(name: str) -> bool:
    """Whether a language is Python; whoever says nothing means it."""
    return not name or name in _PYTHON


def kernel_name(metadata: Mapping[str, Any]) -> str:
    """The name of the kernel that a notebook asks for, "" if it names none."""
    described = metadata.get("kernelspec")
    name = described.get("name") if isinstance(described, Mapping) else None
    return name if isinstance(name, str) else ""


def other_language(
    released: Mapping[str, Any], handed_in: Mapping[str, Any]
) -> tuple[Problem, ...]:
    """What to say if the student's notebook names another language than the released one.

    The release decides, so this changes no mark by itself.
    """
    asked, found = language(released), language(handed_in)
    if not found or asked == found or (is_python(asked) and is_python(found)):
        return ()
    return (
        Problem(
            "language",
            "Your notebook says that it is not written in the assignment's language, "
            f"{'Python' if is_python(asked) else asked}. It was run as such all the same.",
            "Choose the kernel that the assignment came with, and run all cells again.",
        ),
    )
