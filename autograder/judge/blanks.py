"""Compare what was filled into a blank, a number or a formula, with the key and known slips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.exercises.question import Question, Slip
from course_lib.questions.reading import formula_of, number_of


@dataclass(frozen=True)
class Blank:
    """Whether a blank was filled rightly; if not, why, and the misconception that it betrays."""

    right: bool
    says: str = ""
    misconception: str | None = None


def fill(question: Question, value: Any, key: float | str, item: str | None = None) -> Blank:
    """Judge one blank of a question; `item` names it where there are several."""
    where = f"{item}: " if item else ""
    if value is None:
        return Blank(False, f"{where}not answered")
    slips = [slip for slip in question.slips if slip.item == item]
    blank = _formula if question.kind == "formula" else _number
    judged = blank(question, value, key, slips)
    return judged if judged.right else Blank(False, where + judged.says, judged.misconception)


def _number(question: Question, value: Any, key: float | str, slips: list[Slip]) -> Blank:
    number = number_of(value)
    if number is None:
        return Blank(False, "the answer is no number")

    def near(other: float | str) -> bool:
        # infinities are near only to themselves: their difference is NaN
        return number == float(other) or abs(number - float(other)) <= question.tolerance

    if near(key):
        return Blank(True)
    return _slip(next((slip for slip in slips if near(slip.answer)), None))


def _formula(question: Question, value: Any, key: float | str, slips: list[Slip]) -> Blank:
    from course_lib.formulas import UnreadableFormula, read, same  # SymPy is slow to import

    text = formula_of(value)
    if text is None:
        return Blank(False, 'the answer is no formula in quotes, such as "T**2 * x"')
    try:
        formula = read(text, question.symbols)
    except UnreadableFormula as error:
        return Blank(False, str(error))
    if same(formula, read(str(key), question.symbols)):
        return Blank(True)
    known = (s for s in slips if same(formula, read(str(s.answer), question.symbols)))
    return _slip(next(known, None))


def _slip(slip: Slip | None) -> Blank:
    return Blank(False, slip.says, slip.misconception) if slip else Blank(False, "not right")
