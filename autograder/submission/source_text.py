"""What the text of a cell says about whose answer it is.

All by the look of its lines: a student's cell need not be Python that parses.
"""

from __future__ import annotations

import re

# `# @answer kd_loss` or `<!-- @answer S4 -->`, at the beginning of a line.
_MARKER = re.compile(
    r"^[ \t]*(?:#+|<!--)[ \t]*@[ \t]*answer[ \t:]+([\w-]+?)(?=-->|[^\w-]|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_DEFINITION = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


def normal(source: str) -> str:
    r"""A source without what editors change on their own: line ends and trailing white space.

    >>> normal("x = 1  \r\ny = 2\n")
    'x = 1\ny = 2'
    """
    return "\n".join(line.rstrip() for line in source.splitlines()).strip()


def marked(source: str) -> str | None:
    r"""The id in the first marker line of a source, in lower case.

    >>> marked("#@ Answer KD_loss (mine)\ndef kd_loss(): ...")
    'kd_loss'
    """
    found = _MARKER.search(source)
    return found.group(1).lower() if found else None


def unmarked(source: str) -> str:
    """A source without its marker lines."""
    return "\n".join(line for line in source.splitlines() if not _MARKER.match(line))


def bound_names(source: str) -> frozenset[str]:
    """Names of functions, classes and variables that a cell binds at its top level."""
    return frozenset(_DEFINITION.findall(source)) | frozenset(_ASSIGNMENT.findall(source))


def characteristic_names(source: str) -> frozenset[str]:
    """Names that an answer is known by: its functions, classes and `answer_...` variables."""
    answers = {name for name in _ASSIGNMENT.findall(source) if name.startswith("answer_")}
    return frozenset(_DEFINITION.findall(source)) | answers
