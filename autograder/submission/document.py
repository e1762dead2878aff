"""From bytes to a JSON document, within limits that hold before anything is parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from autograder.records import Problem
from autograder.submission.mistaken import Mistaken, mistaken_for

CLEAR_OUTPUTS = "Clear all outputs (they are not graded), save, and hand the notebook in again."
SAVE_AGAIN = "Open the notebook in Jupyter or Colab, save it, and hand in the .ipynb file again."


@dataclass(frozen=True)
class IntakeLimits:
    """What a submitted notebook may hold.

    `file_bytes` is where reading stops; from `large_bytes` on the student is told to clear the
    outputs. `containers` (JSON objects and lists), `values` (their items) and `depth` (levels of
    nesting) bound the memory that a file of that size can blow up to, about 1 GB at worst. The
    defaults leave room for 50 MB of short printed lines in saved outputs.
    """

    file_bytes: int = 64 << 20
    large_bytes: int = 20 << 20
    cells: int = 1000
    containers: int = 500_000
    values: int = 6_000_000
    depth: int = 100


class Unreadable(Exception):
    """Nothing can be graded; `problem` says why, in words for the student."""

    def __init__(self, kind: str, says: str, advice: str) -> None:
        super().__init__(says)
        self.problem = Problem(kind, says, advice, fatal=True)


def parse(data: bytes, limits: IntakeLimits) -> tuple[Any, tuple[Problem, ...]]:
    """The JSON document in `data`, without the outputs of its cells, and what was odd about it.

    All text in it can be encoded as UTF-8; NaN and infinities are None. Raises `Unreadable`.
    """
    text, remarks = _decode(data)
    if not text.strip(" \t\r\n\0"):
        raise Unreadable("empty", "The file is empty.", SAVE_AGAIN)
    mistaken = mistaken_for(data, text)
    if mistaken is not None:
        raise _no_notebook(mistaken)
    shape = Shape.of(text)
    _check(shape, limits)
    try:
        document, repeated = _load(text)
    except ValueError as error:  # JSONDecodeError, or an integer of thousands of digits
        raise _not_json(text, shape, error) from error
    encodable = _encodable(document)
    if encodable != document:
        remarks.append(_BAD_CHARACTERS)
    if repeated:
        remarks.append(_REPEATED_KEYS)
    return encodable, tuple(dict.fromkeys(remarks))


def _no_notebook(mistaken: Mistaken) -> Unreadable:
    return Unreadable(
        "not_a_notebook",
        f"The file's name ends in .ipynb, but it is {mistaken.what}.",
        mistaken.advice,
    )


_BYTE_ORDER_MARK = Problem(
    "byte_order_mark",
    "The file begins with a byte order mark or is not UTF-8, which notebooks never are; "
    "it was read all the same.",
    "An editor re-saved the notebook: save it from Jupyter or Colab instead.",
)
_BAD_CHARACTERS = Problem(
    "bad_characters",
    "Some characters of the file are not valid Unicode and were replaced.",
    "Look for strange characters in your cells, retype them, and save from Jupyter or Colab.",
)
_REPEATED_KEYS = Problem(
    "repeated_keys",
    "The file gives some of its entries twice; the later one was read, as Jupyter does.",
    SAVE_AGAIN,
)


def _decode(data: bytes) -> tuple[str, list[Problem]]:
    encoding = json.detect_encoding(data)
    remarks = [] if encoding == "utf-8" else [_BYTE_ORDER_MARK]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        remarks.append(_BAD_CHARACTERS)
    return text.lstrip("\ufeff"), remarks


# -- how much there is of it -----------------------------------------------------------------

# A string as JSON's lexer sees it; the last one may be unclosed. Possessive, hence linear in time.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKET = re.compile(r"[^\[\]{}]+")


@dataclass(frozen=True)
class Shape:
    """The size of a JSON text's tree, counted without building it.

    >>> shape = Shape.of('{"a": [1, 2, "[,"], "b": [')
    >>> shape.containers, shape.values, shape.depth, shape.unclosed
    (3, 6, 2, 2)
    """

    brackets: str  # all of them, in order, without those inside of strings
    commas: int

    @classmethod
    def of(cls, text: str) -> Shape:
        bare = _STRING.sub("", text)
        return cls(_NO_BRACKET.sub("", bare), bare.count(","))

    @property
    def containers(self) -> int:
        return self.brackets.count("[") + self.brackets.count("{")

    @property
    def values(self) -> int:
        return self.commas + self.containers

    @property
    def unclosed(self) -> int:
        """How many brackets are still open at the end."""
        return 2 * self.containers - len(self.brackets)

    @property
    def depth(self) -> int:
        steps = (1 if bracket in "[{" else -1 for bracket in self.brackets)
        return max(accumulate(steps), default=0)


def _check(shape: Shape, limits: IntakeLimits) -> None:
    if shape.containers > limits.containers or shape.values > limits.values:
        raise Unreadable(
            "too_much",
            f"The file has {shape.values:,} entries, more than a notebook that can be read.",
            CLEAR_OUTPUTS,
        )
    if shape.depth > limits.depth:
        raise Unreadable(
            "too_deep",
            f"The file nests lists and objects {shape.depth:,} levels deep; "
            f"up to {limits.depth} are read, and notebooks need about ten.",
            SAVE_AGAIN,
        )


# -- what it says ----------------------------------------------------------------------------


def _load(text: str) -> tuple[Any, bool]:
    """The document without its cells' outputs, and whether a key was given twice."""
    repeated = False

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(pairs)
        repeated = repeated or len(found) < len(pairs)
        if "cell_type" in found and "outputs" in found:
            found["outputs"] = []  # dropped cell by cell, so that 50 MB of them are never held
        return found

    document = json.loads(text, object_pairs_hook=keep, parse_constant=lambda name: None)
    return document, repeated


def _encodable(value: Any) -> Any:
    r"""The same document without lone surrogates, which JSON can spell (`"\ud800"`) and UTF-8 not.

    >>> _encodable({"source": ["fine", "\ud800"]})
    {'source': ['fine', '?']}
    """
    if isinstance(value, str):
        return value.encode("utf-8", errors="replace").decode("utf-8")
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    return value


def _not_json(text: str, shape: Shape, error: ValueError) -> Unreadable:
    if _has_all(text, (r"^<{7}", r"^={7}", r"^>{7}")):
        return Unreadable(
            "merge_conflict",
            "The file holds an unresolved merge conflict of git "
            "(lines that begin with <<<<<<<, ======= and >>>>>>>).",
            "Resolve the conflict (nbdime shows both notebooks side by side), check that the "
            "notebook opens in Jupyter, and hand it in again.",
        )
    if shape.unclosed > 0 and text.lstrip().startswith("{"):
        return Unreadable(
            "truncated",
            "The file breaks off in the middle: the upload or the last save was not complete.",
            SAVE_AGAIN,
        )
    where = f" (line {error.lineno:,})" if isinstance(error, json.JSONDecodeError) else ""
    return Unreadable(
        "not_json",
        f"The file is not a notebook, or it is damaged: it cannot be read as JSON{where}.",
        SAVE_AGAIN,
    )


def _has_all(text: str, patterns: Iterable[str]) -> bool:
    return all(re.search(pattern, text, re.MULTILINE) for pattern in patterns)
