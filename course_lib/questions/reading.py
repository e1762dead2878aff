"""Read an answer: what it says, or why it says nothing.

`option_of`, `marks_of`, `number_of` and `formula_of` decide what a value says; the grader asks the
same four, so that what is noted in a notebook is what will be graded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from course_lib.checks.values import Array, UnsupportedValue, from_python
from course_lib.questions.texts import Question

LONGEST_NUMBER = 40
"""So many characters may a number have that is given as text."""


class UnreadableAnswer(ValueError):
    """An answer cannot be graded as it stands; the message says what to write instead."""


class NoAnswer(UnreadableAnswer):
    """Nothing was answered: the variable is as released, or as copied from the question."""


def option_of(value: Any, ids: Iterable[str]) -> str | None:
    """Which of the ids a value is: small letters, spaces around it or missing quotes do no harm."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str):
        return None
    return next((id for id in ids if text.strip().casefold() == id.casefold()), None)


def marks_of(value: Any) -> Sequence[Any] | None:
    """The marks in a list, a tuple, or a text with spaces, commas or semicolons between them."""
    if isinstance(value, str):
        return [mark for mark in re.split(r"[\s,;]+", value) if mark]
    return value if isinstance(value, (list, tuple)) else None


def number_of(value: Any) -> float | None:
    """A Python number, the one number of an array, or that which a text spells; never NaN."""
    if isinstance(value, Array) and value.data.size == 1:
        value = value.data.item()
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str) and len(value) > LONGEST_NUMBER:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(number) else number


def formula_of(value: Any) -> str | None:
    """The text of a formula; a number is one too."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def read(asked: Question, value: Any) -> Any:
    """What an answer says, whatever its spelling.

    That is an option's id, a tuple of ids in the options' order (`select`), a float, a formula's
    text, or a dict of these by item. Raises `UnreadableAnswer`; its subclass `NoAnswer` where
    nothing was answered.
    """
    if _is_open(value):
        raise NoAnswer(f"Not answered yet: `{asked.form}`")
    if asked.items:
        return _by_item(asked, value)
    return _reader(asked)(asked, _plain(asked, value))


def _is_open(value: Any) -> bool:
    """As released, or as copied from the form; whatever else it is, a student wrote it."""
    if isinstance(value, (list, tuple)):
        return all(map(_is_open, value))
    if isinstance(value, dict):
        return all(map(_is_open, value.values()))
    return value is None or value is ... or (isinstance(value, str) and value.strip() in ("", "?"))


def _plain(asked: Question, value: Any) -> Any:
    try:
        return from_python(value)
    except UnsupportedValue as error:
        raise UnreadableAnswer(f"An answer cannot be {error}: write `{asked.form}`") from None


def _by_item(asked: Question, value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise UnreadableAnswer(
            f"`{value!r}` does not say which answer belongs to which item: write `{asked.form}`"
        )
    unknown = [key for key in value if key not in asked.items]
    if unknown:
        known = ", ".join(f"`{item}`" for item in asked.items)
        raise UnreadableAnswer(f"`{unknown[0]!r}` is not one of the items: they are {known}.")
    left = [f"`{item}`" for item in asked.items if _is_open(value.get(item))]
    if left:
        raise UnreadableAnswer(f"Not answered yet: {', '.join(left)}.")
    reader = _reader(asked)
    given = {}
    for item in asked.items:
        try:
            given[item] = reader(asked, _plain(asked, value[item]))
        except UnreadableAnswer as error:
            raise UnreadableAnswer(f"`{item}`: {error}") from None
    return given


_Reader: TypeAlias = Callable[[Question, Any], Any]


def _reader(asked: Question) -> _Reader:
    """What reads one answer; a prediction is an option where there are options, else a number."""
    if asked.kind == "predict":
        return _option if asked.options else _number
    return _READERS[asked.kind]


def _option(asked: Question, value: Any) -> str:
    id = option_of(value, asked.options)
    if id is not None:
        return id
    *most, last = asked.options
    raise UnreadableAnswer(
        f"`{value!r}` is not one of the options: write {', '.join(most)} or {last}, in quotes."
    )


def _options(asked: Question, value: Any) -> tuple[str, ...]:
    marks = marks_of(value)
    if marks is None:
        raise UnreadableAnswer(f"`{value!r}` is no list of options: write `{asked.form}`")
    marked = {_option(asked, mark) for mark in marks}
    return tuple(id for id in asked.options if id in marked)


def _number(asked: Question, value: Any) -> float:
    number = number_of(value)
    if number is None:
        shown = value.data.tolist() if isinstance(value, Array) else value
        raise UnreadableAnswer(f"`{shown!r}` is no number: write one, such as 0.25.")
    return number


def _formula(asked: Question, value: Any) -> str:
    from course_lib import formulas  # here: sympy is slow to import, and few notebooks need it

    text = formula_of(value)
    if text is None:
        raise UnreadableAnswer(f"`{value!r}` is no formula in quotes, such as `{asked.form}`")
    try:
        formulas.read(text, asked.symbols)
    except formulas.UnreadableFormula as error:
        raise UnreadableAnswer(f"`{text}`: {error}") from None
    return text


_READERS: Mapping[str, _Reader] = {
    "choice": _option,
    "select": _options,
    "matching": _option,
    "numeric": _number,
    "formula": _formula,
}
