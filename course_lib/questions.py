"""Questions in a notebook: shown by one cell, answered in the source of the next.

An answer is a plain assignment such as `answer_why_t_squared = "B"`, so that every editor keeps it.
What is shipped with a question is its text; its key stays with the grader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

FOLDER: Traversable = files("course_lib") / "data" / "questions"


@dataclass(frozen=True)
class Question:
    """A question as students see it.

    A choice has options; a matching question also has items, each to be given the id of an option;
    a short answer has neither, and is read by a person. `variable` is where the answer goes.
    """

    id: str
    title: str
    kind: Literal["choice", "matching", "short"]
    stem: str
    variable: str
    points: float
    options: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)

    def _repr_markdown_(self) -> str:
        # Markdown, not HTML: JupyterLab, VS Code and Colab all set formulas in it.
        unit = "point" if self.points == 1 else "points"
        parts = [f"**{self.title}** ({self.points:g} {unit})", self.stem]
        if self.items:
            parts.append(_list({f"`{id}`": text for id, text in self.items.items()}))
            parts.append("with one of these:")  # also keeps Markdown from joining the two lists
        if self.options:
            parts.append(_list({f"**{id}**": text for id, text in self.options.items()}))
        return "\n\n".join([*parts, self._how_to_answer()])

    def _how_to_answer(self) -> str:
        if self.kind == "short":
            return "*Write your answer in the text cell below. A person will read it.*"
        return f"*Answer in the cell below, in this form:* `{self.variable} = {self._form()}`"

    def _form(self) -> str:
        if self.kind == "choice":
            return '"?"'
        return "{" + ", ".join(f'"{item}": "?"' for item in self.items) + "}"

    def __repr__(self) -> str:
        return self._repr_markdown_()


def _list(entries: Mapping[str, str]) -> str:
    return "\n".join(f"- {name}: {text}" for name, text in entries.items())


@cache
def question(id: str) -> Question:
    """The question with this id, which shows itself when it is the last thing in a cell.

    Raises LookupError if the course has no such question.
    """
    file = FOLDER / f"{id}.json"
    if not file.is_file():
        known = sorted(item.name.removesuffix(".json") for item in FOLDER.iterdir())
        raise LookupError(f"there is no question {id!r}; there are: {', '.join(known) or 'none'}")
    text = json.loads(file.read_text(encoding="utf-8"))
    return Question(
        id=text["id"],
        title=text["title"],
        kind=text["kind"],
        stem=text["stem"],
        variable=text["variable"],
        points=float(text["points"]),
        options={each["id"]: each["text"] for each in text["options"]},
        items=text["items"],
    )


@dataclass(frozen=True)
class AnswerForm:
    """Whether an answer is one that can be graded, and that in words. It does not say if right."""

    valid: bool
    says: str
    empty: bool = False

    def _repr_markdown_(self) -> str:
        return self.says

    def __repr__(self) -> str:
        return self.says


def answered(asked: Question | str, value: Any) -> AnswerForm:
    """Look at the form of an answer, and say what is missing. The key is not known here."""
    asked = question(asked) if isinstance(asked, str) else asked
    if asked.kind == "short":
        return AnswerForm(False, "A person reads this one: see that your text stands in its cell.")
    if _is_open(value):
        return AnswerForm(
            False, f"Not answered yet: `{asked.variable} = {asked._form()}`", empty=True
        )
    problem = _wrong_choice(asked, value) if asked.kind == "choice" else _wrong_map(asked, value)
    if problem:
        return AnswerForm(False, problem)
    if asked.kind == "choice":
        return AnswerForm(True, f"Noted: **{value}**: {asked.options[value]}{_CHANGE}")
    pairs = {f"{asked.items[item]}": asked.options[value[item]] for item in asked.items}
    return AnswerForm(True, f"Noted:\n\n{_list(pairs)}\n\n{_CHANGE.strip()}")


_CHANGE = "\n\n*You can change it until you hand in.*"


def _is_open(value: Any) -> bool:
    """As released, or as copied from the form; whatever else it is, a student wrote it."""
    return value is None or value is ... or (isinstance(value, str) and value == "?")


def _is_option(asked: Question, value: Any) -> bool:
    return isinstance(value, str) and value in asked.options


def _wrong_choice(asked: Question, value: Any) -> str:
    if _is_option(asked, value):
        return ""
    return f"`{value!r}` is not one of the options: write {_letters(asked)}, in quotes."


def _wrong_map(asked: Question, value: Any) -> str:
    if not isinstance(value, dict):
        return f"`{value!r}` is not a matching: write `{asked.variable} = {asked._form()}`"
    unknown = [key for key in value if key not in asked.items]
    if unknown:
        return f"`{unknown[0]!r}` is not one of the things to match: they are {_quoted(asked)}."
    open_items = [item for item in asked.items if _is_open(value.get(item))]
    if open_items:
        return "Not matched yet: " + ", ".join(f"`{item}`" for item in open_items) + "."
    wrong = [item for item in asked.items if not _is_option(asked, value[item])]
    if wrong:
        return (
            f"`{value[wrong[0]]!r}` for `{wrong[0]}` is not one of the descriptions: "
            f"write {_letters(asked)}, in quotes."
        )
    return ""


def _letters(asked: Question) -> str:
    *most, last = asked.options
    return f"{', '.join(most)} or {last}"


def _quoted(asked: Question) -> str:
    return ", ".join(f"`{item}`" for item in asked.items)
