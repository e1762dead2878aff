"""What an exercise is: data, from which everything else is derived.

A mistake is a switch of the oracle. All switches at rest is the specification; one moved is a
conceptual mutant, a mistake that students make; two moved at once is a pair, for free. So the one
function in `autograder.oracles` knows every wrong answer that has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.exercises.question import Option, Question
from course_lib.checks.table import Case, Property

__all__ = ["Assignment", "Exercise", "Mistake", "Option", "Question"]


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


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function that students write.

    `id` is the function's name, the grade_id of its answer cell, and, after `check_`, the grade_id
    of its protected cell. `oracle` takes a case's inputs as keyword arguments (arrays as float64,
    or as their own integer or bool dtype) and the switches, and returns an array or a tuple of
    arrays. `gradients`, where a gradient is asked for, maps the same inputs to the right gradient
    by input name. `cases` makes the cases from a random generator. `equal_in_truth` lists sets of
    mistakes that no case can tell apart: each inner set is a group of settings (tuples of ids).
    For a function that draws, the oracle says what each of its numbers is on average, and `spread`,
    of the same inputs and switches, the standard deviation of each.
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
    spread: Callable[..., Any] | None = None

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
class Assignment:
    """One notebook folder: its exercises and questions.

    `cell_seconds` and `notebook_seconds` widen the course's limits where the notebook itself takes
    long, as one that trains does; a course that grants more keeps that.
    """

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    questions: tuple[Question, ...]
    cell_seconds: float = 0.0
    notebook_seconds: float = 0.0
