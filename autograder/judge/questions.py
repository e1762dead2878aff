"""Score the answer to a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from autograder.exercises.question import Kind, Option, Question
from autograder.judge.blanks import Blank, fill
from autograder.records import QuestionVerdict
from course_lib.checks.probe import Answer
from course_lib.questions.reading import marks_of, number_of, option_of


def score(question: Question, answer: Answer | None) -> QuestionVerdict:
    """Points and misconceptions of an answer as it was read from the guest."""
    value = answer.reads.get("answer") if answer else None
    if value is None and answer and answer.outcome == "unsupported type":
        return _nothing(question, None, f"an answer cannot be {answer.detail}")
    if value is None:
        return _nothing(question, None, "not answered")
    return _SCORERS[question.kind](question, value)


def _choice(question: Question, value: Any) -> QuestionVerdict:
    chosen = _option(question, value)
    if chosen is None:
        return _nothing(question, value, _none_of(question))
    right = chosen.id == question.key
    return QuestionVerdict(
        question.id,
        chosen.id,
        question.points if right else 0.0,
        question.points,
        "right" if right else chosen.says or "not right",
        (chosen.misconception,) if chosen.misconception and not right else (),
    )


def _select(question: Question, value: Any) -> QuestionVerdict:
    """Right marks minus wrong marks, as a share of the right ones, and not below 0."""
    key = question.key
    assert isinstance(key, frozenset)
    marks = marks_of(value)
    if marks is None:
        return _nothing(question, value, 'the answer is no list of options, such as ["A", "B"]')
    options = [_option(question, mark) for mark in marks]
    if None in options:
        return _nothing(question, value, _none_of(question))
    marked = {option.id: option for option in options if option}
    wrong = [option for id, option in marked.items() if id not in key]
    hits = len(marked) - len(wrong)
    said = "right" if not wrong and hits == len(key) else f"{hits} of {len(key)} found"
    if wrong:
        said = f"{said}, and {len(wrong)} marked that should not be"
    return QuestionVerdict(
        question.id,
        sorted(marked),
        question.points * max(0, hits - len(wrong)) / len(key),
        question.points,
        said,
        _once(option.misconception for option in wrong),
    )


def _matching(question: Question, value: Any) -> QuestionVerdict:
    key = question.key
    assert isinstance(key, Mapping)
    given = value if isinstance(value, dict) else {}
    chosen = {item: _option(question, given.get(item)) for item in key}
    right = [item for item, option in chosen.items() if option and option.id == key[item]]
    return QuestionVerdict(
        question.id,
        {item: option.id if option else None for item, option in chosen.items()},
        question.points * len(right) / len(key),
        question.points,
        f"{len(right)} of {len(key)} matched",
        _once(o.misconception for item, o in chosen.items() if o and item not in right),
    )


def _blanks(question: Question, value: Any) -> QuestionVerdict:
    """Numbers or formulas: one for the whole question, or one for each of its items."""
    key = question.key
    assert key is not None
    assert not isinstance(key, frozenset)
    if not isinstance(key, Mapping):
        return _verdict(question, value, [fill(question, value, key)])
    given = value if isinstance(value, dict) else {}
    blanks = [fill(question, given.get(item), key[item], item) for item in key]
    return _verdict(question, {item: given.get(item) for item in key}, blanks)


def _verdict(question: Question, value: Any, blanks: list[Blank]) -> QuestionVerdict:
    right = sum(blank.right for blank in blanks)
    wrong = _once(blank.says for blank in blanks if not blank.right)
    return QuestionVerdict(
        question.id,
        value,
        question.points * right / len(blanks),
        question.points,
        "; ".join(wrong) or "right",
        _once(blank.misconception for blank in blanks if not blank.right),
    )


def _predict(question: Question, value: Any) -> QuestionVerdict:
    """Full points for a prediction, right or wrong; what it betrays is kept."""
    if question.options:
        verdict = _choice(question, value)
        made = _option(question, value) is not None
    else:
        verdict = _blanks(question, value)
        made = number_of(value) is not None
    return QuestionVerdict(
        question.id,
        verdict.answer,
        question.points if made else 0.0,
        question.points,
        f"predicted: {verdict.says}" if made else verdict.says,
        verdict.misconceptions,
    )


def _short(question: Question, value: Any) -> QuestionVerdict:
    raise ValueError(f"question {question.id!r} is a short answer: a reader scores it, not a judge")


_Scorer: TypeAlias = Callable[[Question, Any], QuestionVerdict]
_SCORERS: Mapping[Kind, _Scorer] = {
    "choice": _choice,
    "select": _select,
    "matching": _matching,
    "numeric": _blanks,
    "formula": _blanks,
    "predict": _predict,
    "short": _short,
}


def _option(question: Question, value: Any) -> Option | None:
    id = option_of(value, [each.id for each in question.options])
    return None if id is None else question.option(id)


def _none_of(question: Question) -> str:
    known = ", ".join(each.id for each in question.options)
    return f"the answer is none of the options {known}"


def _nothing(question: Question, value: Any, why: str) -> QuestionVerdict:
    return QuestionVerdict(question.id, value, 0.0, question.points, why)


def _once(ideas: Any) -> tuple[str, ...]:
    """Each idea that there is, once, in order."""
    return tuple(dict.fromkeys(idea for idea in ideas if idea))
