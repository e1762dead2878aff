"""Score the answer to a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.exercises.exercise import Option, Question
from autograder.records import QuestionVerdict
from course_lib.checks.probe import Answer


def score(question: Question, answer: Answer | None) -> QuestionVerdict:
    """Points and misconceptions of an answer as it was read from the guest."""
    value = answer.reads.get("answer") if answer else None
    if value is None:
        return QuestionVerdict(question.id, None, 0.0, question.points, "not answered")
    if question.kind == "choice":
        return _choice(question, value)
    return _matching(question, value)


def _choice(question: Question, value: Any) -> QuestionVerdict:
    chosen = _option(question, value)
    if chosen is None:
        known = ", ".join(each.id for each in question.options)
        said = f"the answer is none of the options {known}"
        return QuestionVerdict(question.id, value, 0.0, question.points, said)
    right = chosen.id == question.key
    return QuestionVerdict(
        question.id,
        chosen.id,
        question.points if right else 0.0,
        question.points,
        "right" if right else chosen.says or "not right",
        (chosen.misconception,) if chosen.misconception and not right else (),
    )


def _matching(question: Question, value: Any) -> QuestionVerdict:
    key = question.key
    assert isinstance(key, Mapping)
    given = value if isinstance(value, dict) else {}
    chosen = {item: _option(question, given.get(item)) for item in key}
    right = [item for item, option in chosen.items() if option and option.id == key[item]]
    ideas = [
        option.misconception
        for item, option in chosen.items()
        if option and option.misconception and item not in right
    ]
    return QuestionVerdict(
        question.id,
        {item: option.id if option else None for item, option in chosen.items()},
        question.points * len(right) / len(key),
        question.points,
        f"{len(right)} of {len(key)} matched",
        tuple(dict.fromkeys(ideas)),
    )


def _option(question: Question, value: Any) -> Option | None:
    """The option that a value names; letters may be small and have spaces around them."""
    if not isinstance(value, str):
        return None
    wanted = value.strip().casefold()
    return next((each for each in question.options if each.id.casefold() == wanted), None)
