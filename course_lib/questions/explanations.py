"""Explain an answer to a formative question, whose key is in the student's copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_lib.questions.reading import UnreadableAnswer, read
from course_lib.questions.texts import Explanations, Question, Slip, listed, question

AFTER_GRADING = "This question is graded. What is right or wrong about it comes with the feedback."


@dataclass(frozen=True)
class Explanation:
    """What is right or wrong about an answer, in words.

    `right` is None where nothing can be said: the question is graded, or the answer unreadable.
    """

    right: bool | None
    says: str

    def _repr_markdown_(self) -> str:
        return self.says

    def __repr__(self) -> str:
        return self.says


def explain(asked: Question | str, value: Any) -> Explanation:
    """Explain an answer to a formative question; of a graded one, say that feedback will.

    The other options are explained too once an answer is right, and at once after a prediction,
    below its experiment; before that they are left for another try.
    """
    asked = question(asked) if isinstance(asked, str) else asked
    if asked.explanations is None:
        return Explanation(None, AFTER_GRADING)
    try:
        given = read(asked, value)
    except UnreadableAnswer as error:
        return Explanation(None, str(error))
    if asked.kind == "select":
        return _selection(asked, asked.explanations, given)
    if asked.items:
        return _items(asked, asked.explanations, given)
    if asked.options:
        return _choice(asked, asked.explanations, given)
    return _blank(asked, asked.explanations, given, asked.explanations.key)


def _choice(asked: Question, known: Explanations, given: str) -> Explanation:
    right = given == known.key
    says = f"**{given}**: {known.options[given] or _plainly(right)}"
    if right or asked.kind == "predict":
        says += _others(asked, known, but=(given,))
    return Explanation(right, says)


def _selection(asked: Question, known: Explanations, given: tuple[str, ...]) -> Explanation:
    key = set(known.key)
    wrong = {f"**{id}**": known.options[id] or _plainly(False) for id in given if id not in key}
    missing = len(key - set(given))
    if not wrong and not missing:
        said = {f"**{id}**": known.options[id] or _plainly(True) for id in given}
        return Explanation(True, listed(said) + _others(asked, known, but=given))
    parts = [f"{len(key) - missing} of {len(key)} found."]
    if wrong:
        parts.append(f"Marked, and should not be:\n\n{listed(wrong)}")
    return Explanation(False, " ".join(parts))


def _others(asked: Question, known: Explanations, but: tuple[str, ...]) -> str:
    """The explanations of all options that were rightly left."""
    said = {f"**{id}**": known.options[id] for id in asked.options if id not in but}
    said = {id: says for id, says in said.items() if says}
    return f"\n\nAnd the others:\n\n{listed(said)}" if said else ""


def _items(asked: Question, known: Explanations, given: Mapping[str, Any]) -> Explanation:
    said = {item: _item(asked, known, item, answer) for item, answer in given.items()}
    return Explanation(
        all(each.right for each in said.values()),
        listed({asked.items[item]: each.says for item, each in said.items()}),
    )


def _item(asked: Question, known: Explanations, item: str, answer: Any) -> Explanation:
    if not asked.options:
        return _blank(asked, known, answer, known.key[item], item)
    if answer == known.key[item]:
        return Explanation(True, _plainly(True))
    return Explanation(False, f"{_plainly(False)} {known.options[answer]}".rstrip())


def _blank(
    asked: Question, known: Explanations, given: Any, key: Any, item: str | None = None
) -> Explanation:
    """A number or a formula that was filled in."""
    right = _agree(asked, known, given, key)
    slips = [slip for slip in known.slips if slip.item == item]
    slip = next((slip for slip in slips if _agree(asked, known, given, slip.answer)), None)
    if asked.kind == "predict":  # asked once, and answered by the experiment
        return Explanation(right, _predicted(right, given, key, slip, slips))
    return Explanation(right, _plainly(True) if right else slip.says if slip else _plainly(False))


def _predicted(right: bool, given: Any, key: Any, slip: Slip | None, slips: list[Slip]) -> str:
    says = _plainly(True) if right else f"You predicted {given:g}. It is {key:g}."
    others = {f"**{each.answer:g}**": each.says for each in slips if each is not slip}
    parts = [f"{says} {slip.says}" if slip else says]
    if others:
        parts += ["Others predict:", listed(others)]
    return "\n\n".join(parts)


def _agree(asked: Question, known: Explanations, one: Any, other: Any) -> bool:
    if asked.kind == "formula":
        from course_lib import formulas  # here: sympy is slow to import

        return formulas.same(*(formulas.read(str(each), asked.symbols) for each in (one, other)))
    # infinities agree only with themselves: their difference is NaN
    return bool(one == other or abs(one - other) <= known.tolerance)


def _plainly(right: bool) -> str:
    return "That is right." if right else "That is not right."
