"""What an exercise is: data, from which everything else is derived.

A mistake is a switch of the oracle. All switches at rest is the specification; one moved is a
conceptual mutant, a mistake that students make; two moved at once is a pair, for free. So the one
function in `autograder.oracles` knows every wrong answer that has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from course_lib.checks.table import Case, Property


@dataclass(frozen=True)
class Mistake:
    """One setting of the oracle's switches, with its words.

    `switch` holds keyword arguments of the oracle. Two mistakes form a pair if they move different
    switches. `breaks` names the properties that the mistake costs. `misconception` is an id shared
    with the options of questions (`autograder.exercises.misconceptions`).
    """

    id: str
    switch: Mapping[str, Any]
    breaks: frozenset[str]
    says: str
    hints: tuple[str, str, str]
    misconception: str | None = None


@dataclass(frozen=True)
class Exercise:
    """A function that students write.

    `id` is the function's name, the grade_id of its answer cell, and, after `check_`, the grade_id
    of its protected cell. `oracle` takes a case's inputs as keyword arguments (arrays as float64,
    or as their own integer or bool dtype) and the switches, and returns an array or a tuple of
    arrays. `gradients`, where a gradient is asked for, maps the same inputs to the right gradient
    by input name. `cases` makes the cases from a random generator. `equal_in_truth` lists sets of
    mistakes that no case can tell apart: each inner set is a group of settings (tuples of ids).
    """

    id: str
    title: str
    oracle: Callable[..., Any]
    cases: Callable[[np.random.Generator], tuple[Case, ...]]
    properties: tuple[Property, ...]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str, str]
    gradients: Callable[..., Mapping[str, np.ndarray]] | None = None
    equal_in_truth: tuple[frozenset[tuple[str, ...]], ...] = ()

    @property
    def points(self) -> float:
        return sum(each.points for each in self.properties)

    @property
    def answer_cell(self) -> str:
        return self.id

    @property
    def graded_cell(self) -> str:
        return f"check_{self.id}"


@dataclass(frozen=True)
class Option:
    """One option of a choice, or one description of a matching question.

    `says` explains what is right or wrong about it; it stays with the grader until feedback.
    """

    id: str
    text: str
    says: str = ""
    misconception: str | None = None


@dataclass(frozen=True)
class Question:
    """A question whose answer is a value in the source of its cell: `answer_<id> = "B"`.

    A choice has one key. A matching question has `items` (id -> text) and a key that maps each item
    to an option; it pays by item. A short answer has no key: it is read by a human, with `rubric`.
    `id` is also the grade_id of the cell, a solution-and-grade cell.
    """

    id: str
    title: str
    kind: Literal["choice", "matching", "short"]
    stem: str
    points: float
    options: tuple[Option, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    key: str | Mapping[str, str] | None = None
    rubric: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        return f"answer_{self.id}"


@dataclass(frozen=True)
class Assignment:
    """One notebook folder: its exercises and questions."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    questions: tuple[Question, ...]
