"""What a question shows: stem, options, items, and in which form it is to be answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeAlias

FOLDER: Traversable = files("course_lib") / "data" / "questions"

Kind: TypeAlias = Literal["choice", "select", "matching", "numeric", "formula", "predict", "short"]


@dataclass(frozen=True)
class Slip:
    """A wrong number or formula that is known, and what it betrays; `item` is the blank's name."""

    answer: float | str
    says: str
    item: str | None = None


@dataclass(frozen=True)
class Explanations:
    """The key of a formative question, and words for what may be answered.

    `key` is an option's id, a list of ids (`select`), a number (right within `tolerance`), a
    formula, or one of these for each item. `options` says something about options, by id.
    """

    key: Any
    tolerance: float = 0.0
    options: Mapping[str, str] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question as students see it.

    `variable` is where the answer goes. A choice, a selection and some predictions have options; a
    matching question has items besides, each to be given the id of an option; numbers and formulas
    may have items too, one blank each; a formula is over `symbols` (name to meaning). A short
    answer is read by a person. Only a formative question has `explanations`.
    """

    id: str
    title: str
    kind: Kind
    stem: str
    variable: str
    points: float
    options: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    explanations: Explanations | None = None

    @property
    def form(self) -> str:
        """The assignment that answers the question, with its blanks left open."""
        blank = '"?"' if self.options or self.kind == "formula" else "..."
        if self.items:
            blank = "{" + ", ".join(f'"{item}": {blank}' for item in self.items) + "}"
        elif self.kind == "select":
            blank = f"[{blank}, {blank}]"
        return f"{self.variable} = {blank}"

    def _repr_markdown_(self) -> str:
        # Markdown, not HTML: JupyterLab, VS Code and Colab all set formulas in it.
        parts = [f"**{self.title}** ({self._worth()})", self.stem]
        if self.items:
            parts.append(listed({f"`{id}`": text for id, text in self.items.items()}))
        if self.items and self.options:
            parts.append("with one of these:")  # also keeps Markdown from joining the two lists
        if self.options:
            parts.append(listed({f"**{id}**": text for id, text in self.options.items()}))
        if self.symbols:
            names = [f"`{name}` is {meaning}" for name, meaning in self.symbols.items()]
            parts.append(f"Here {'; '.join(names)}.")
        return "\n\n".join([*parts, self._how_to_answer()])

    def _worth(self) -> str:
        points = f"{self.points:g} {'point' if self.points == 1 else 'points'}"
        if self.kind == "predict" and self.points:
            return f"{points} for a prediction, right or wrong"
        return "not graded" if self.explanations else points

    def _how_to_answer(self) -> str:
        if self.kind == "short":
            return "*Write your answer in the text cell below. A person will read it.*"
        form = "with a list of any length" if self.kind == "select" else "in this form"
        return f"*Answer in the cell below, {form}:* `{self.form}`"

    def __repr__(self) -> str:
        return self._repr_markdown_()


def listed(entries: Mapping[str, str]) -> str:
    """A Markdown list of names and what belongs to each."""
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
        symbols=text.get("symbols", {}),
        explanations=_explanations(text.get("explanations")),
    )


def _explanations(text: dict[str, Any] | None) -> Explanations | None:
    if text is None:
        return None
    slips = tuple(Slip(**each) for each in text["slips"])
    return Explanations(text["key"], text["tolerance"], text["options"], slips)
