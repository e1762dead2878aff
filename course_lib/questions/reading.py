"""Read an answer as the grader will: what it says, or why it says nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from course_lib.checks.values import Array, UnsupportedValue, from_python
from course_lib.questions.texts import Question

LONGEST_NUMBER = 40
"""So many characters may a number have that is given as text."""


class UnreadableAnswer(ValueError):
    """An answer cannot be graded as it stands; the message says what to write instead."""


class NoAnswer(UnreadableAnswer):
    """Nothing was answered: the variable is as released, or as copied from the question."""


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
    """The id of an option; letters may be small and have spaces around them."""
    for id in asked.options:
        if isinstance(value, str) and value.strip().casefold() == id.casefold():
            return id
    *most, last = asked.options
    raise UnreadableAnswer(
        f"`{value!r}` is not one of the options: write {', '.join(most)} or {last}, in quotes."
    )


def _options(asked: Question, value: Any) -> tuple[str, ...]:
    marks = re.split(r"[\s,;]+", value.strip(" \t\n,;")) if isinstance(value, str) else value
    if not isinstance(marks, (list, tuple)):
        raise UnreadableAnswer(f"`{value!r}` is no list of options: write `{asked.form}`")
    marked = {_option(asked, mark) for mark in marks}
    return tuple(id for id in asked.options if id in marked)


def _number(asked: Question, value: Any) -> float:
    """A Python or NumPy number, a tensor of one number, or a text that spells one."""
    given = value
    if isinstance(given, Array) and given.data.size == 1:
        given = given.data.item()
    if isinstance(given, str) and len(given) <= LONGEST_NUMBER:
        try:
            given = float(given)
        except ValueError:
            given = None
    try:
        number = math.nan if isinstance(given, bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if math.isnan(number):
        shown = value.data.tolist() if isinstance(value, Array) else value
        raise UnreadableAnswer(f"`{shown!r}` is no number: write one, such as 0.25.")
    return number


def _formula(asked: Question, value: Any) -> str:
    from course_lib import formulas  # here: sympy is slow to import, and few notebooks need it

    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise UnreadableAnswer(f"`{value!r}` is no formula in quotes, such as `{asked.form}`")
    try:
        formulas.read(value, asked.symbols)
    except formulas.UnreadableFormula as error:
        raise UnreadableAnswer(f"`{value}`: {error}") from None
    return value


_READERS: Mapping[str, _Reader] = {
    "choice": _option,
    "select": _options,
    "matching": _option,
    "numeric": _number,
    "formula": _formula,
}
