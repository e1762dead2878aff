"""Which wrong ideas a student showed, and which of them are unlearned by now.

Options of questions and mistakes in code share the ids of misconceptions, and the course asks for
each idea again in another dress. So the journal's entries of one student, in the order of the
course, tell its story: held here, no longer held there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from autograder.exercises.exercise import Assignment
from autograder.exercises.misconceptions import MISCONCEPTIONS

Standing: TypeAlias = Literal["held", "not asked again", "unlearned"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True)
class Occasion:
    """A graded cell that asked about an idea, and whether the student showed it there."""

    assignment: str
    cell: str  # id of the exercise or question
    shown: bool


@dataclass(frozen=True)
class Idea:
    """A wrong idea of a student. `occasions` are in the course's order, from its first showing."""

    id: str
    occasions: tuple[Occasion, ...]

    @property
    def says(self) -> str:
        return says(self.id)

    @property
    def standing(self) -> Standing:
        """Unlearned, if the last cell that asked was right; held, if it was shown there again."""
        if not self.occasions[-1].shown:
            return "unlearned"
        return "held" if len(self.occasions) > 1 else "not asked again"


def says(idea: str) -> str:
    """An idea in one sentence; its id, for a course of its own that has ideas of its own."""
    return MISCONCEPTIONS.get(idea, idea)


def ideas(
    assignments: Mapping[str, Assignment], entries: Iterable[Mapping[str, Any]]
) -> tuple[Idea, ...]:
    """The ideas of one student. `entries` are its journal entries, a graded assignment each.

    That an idea is gone is believed of a cell only if the cell is right altogether: a student who
    is wrong in another way may hold it still.
    """
    by_assignment = {entry["assignment"]: entry for entry in entries}
    met: dict[str, list[Occasion]] = {}
    for name, assignment in assignments.items():
        asked = _asked(assignment)
        for cell in _cells(by_assignment.get(name)):
            id = cell["grade_id"].removeprefix("check_")
            shown = _shown(assignment, cell)
            cleared = asked.get(id, frozenset()) if _right(cell) else frozenset()
            for idea in sorted(shown | cleared):
                met.setdefault(idea, []).append(Occasion(name, id, idea in shown))
    held = ((id, seen) for id, seen in met.items() if any(each.shown for each in seen))
    return tuple(Idea(id, tuple(seen[_first_shown(seen) :])) for id, seen in held)


def standings(students: Iterable[Sequence[Idea]]) -> dict[str, Counter[Standing]]:
    """How many students of a class stand where with each idea, the most held ideas first."""
    counted: dict[str, Counter[Standing]] = {}
    for one in students:
        for idea in one:
            counted.setdefault(idea.id, Counter())[idea.standing] += 1
    return dict(sorted(counted.items(), key=lambda item: [-item[1][each] for each in STANDINGS]))


def _cells(entry: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if entry is None or not entry["graded"]:
        return []
    cells = [cell for notebook in entry["notebooks"] for cell in notebook["cells"]]
    # what was not handed in shows no idea
    return [cell for cell in cells if "mistakes" in cell or "misconceptions" in cell]


def _asked(assignment: Assignment) -> dict[str, frozenset[str]]:
    """The ideas that each exercise and question can show."""
    asked = {each.id: {m.misconception for m in each.mistakes} for each in assignment.exercises}
    for question in assignment.questions:
        options = {each.misconception for each in question.options}
        asked[question.id] = options | {each.misconception for each in question.slips}
    return {id: frozenset(idea for idea in found if idea) for id, found in asked.items()}


def _shown(assignment: Assignment, cell: Mapping[str, Any]) -> frozenset[str]:
    if cell["kind"] == "question":
        return frozenset(cell["misconceptions"])
    if cell["kind"] != "exercise":
        return frozenset()
    found = {m.misconception for m in _mistakes(assignment, cell)}
    return frozenset(idea for idea in found if idea)


def _mistakes(assignment: Assignment, cell: Mapping[str, Any]) -> list[Any]:
    """The named mistakes of a cell; one whose name the registry has lost since is left out."""
    return [
        mistake
        for exercise in assignment.exercises
        if exercise.graded_cell == cell["grade_id"]
        for mistake in exercise.mistakes
        if mistake.id in cell["mistakes"]
    ]


def _right(cell: Mapping[str, Any]) -> bool:
    """Whether the cell was answered, and altogether rightly."""
    if cell["kind"] == "question":
        whole = cell["points"] == cell["max_points"]
        return whole and cell["answer"] is not None and not cell["misconceptions"]
    return bool(cell["kind"] == "exercise" and cell["points"] == cell["max_points"])


def _first_shown(seen: Sequence[Occasion]) -> int:
    return next(at for at, each in enumerate(seen) if each.shown)
