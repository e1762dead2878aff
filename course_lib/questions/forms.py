"""Say whether an answer is one that can be graded, and note it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.questions.explanations import explain
from course_lib.questions.reading import NoAnswer, UnreadableAnswer, read
from course_lib.questions.texts import Question, listed, question

CHANGE = "*You can change it until you hand in.*"
RUN_ON = "*Now run on, and see.*"


@dataclass(frozen=True)
class AnswerForm:
    """Whether an answer is one that can be graded, and that in words.

    `empty` is true where nothing was answered.
    """

    valid: bool
    says: str
    empty: bool = False

    def _repr_markdown_(self) -> str:
        return self.says

    def __repr__(self) -> str:
        return self.says


def answered(asked: Question | str, value: Any) -> AnswerForm:
    """Note an answer, or say what is missing.

    A graded question is not judged here, and its key is not known; a prediction waits for its
    experiment (then `explain` it); any other formative question is explained at once.
    """
    asked = question(asked) if isinstance(asked, str) else asked
    if asked.kind == "short":
        return AnswerForm(False, "A person reads this one: see that your text stands in its cell.")
    try:
        given = read(asked, value)
    except UnreadableAnswer as error:
        return AnswerForm(False, str(error), empty=isinstance(error, NoAnswer))
    return AnswerForm(True, f"{_noted(asked, given)}\n\n{_what_next(asked, value)}")


def _what_next(asked: Question, value: Any) -> str:
    if asked.kind == "predict":
        return RUN_ON
    return explain(asked, value).says if asked.explanations else CHANGE


def _noted(asked: Question, given: Any) -> str:
    if asked.items:
        pairs = {asked.items[item]: _shown(asked, answer) for item, answer in given.items()}
        return f"Noted:\n\n{listed(pairs)}"
    if asked.kind == "select":
        return f"Noted:\n\n{listed({f'**{id}**': asked.options[id] for id in given})}"
    if asked.options:
        return f"Noted: **{given}**: {asked.options[given]}"
    return f"Noted: {_shown(asked, given)}"


def _shown(asked: Question, answer: Any) -> str:
    """One answer as it was understood; a formula is set, so that a slip in its brackets is seen."""
    if asked.options:
        return asked.options[str(answer)]
    if asked.kind != "formula":
        return f"{answer:.10g}"
    import sympy  # here: it is slow to import

    from course_lib import formulas

    return f"${sympy.latex(formulas.read(answer, asked.symbols))}$"
