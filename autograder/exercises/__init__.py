"""What the course asks: a registry of its assignments, and their exercises by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from autograder.exercises import (
    distances,
    distillation,
    distillation_loss,
    notation,
    sequences,
    tokens,
    training_step,
)
from autograder.exercises.exercise import Assignment, Exercise


def registry(assignments: Iterable[Assignment]) -> Mapping[str, Assignment]:
    """Assignments by id. Raises ValueError if an id is there twice in the course.

    Exercises and questions share one space of names: both are grade_ids of cells, and a student's
    code is asked for by the name alone.
    """
    listed = tuple(assignments)
    ids = [each.id for each in listed]
    ids += [exercise.id for each in listed for exercise in each.exercises]
    ids += [question.id for each in listed for question in each.questions]
    twice = sorted(id for id, times in Counter(ids).items() if times > 1)
    if twice:
        raise ValueError(
            f"{', '.join(twice)}: used more than once. Assignments, exercises and questions need "
            f"ids that are unique over the whole course: rename all but one."
        )
    return MappingProxyType({each.id: each for each in listed})


ASSIGNMENTS = registry(
    each.ASSIGNMENT
    for each in (
        notation,
        distances,
        distillation_loss,
        tokens,
        sequences,
        training_step,
        distillation,
    )
)


def find_exercise(id: str) -> Exercise:
    """The exercise of that id in any assignment. Raises KeyError, naming those there are."""
    exercises = {each.id: each for one in ASSIGNMENTS.values() for each in one.exercises}
    if id not in exercises:
        raise KeyError(f"there is no exercise {id!r}; there are {', '.join(exercises)}")
    return exercises[id]
