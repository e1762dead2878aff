"""Rows of a class report, from journal entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.exercises.exercise import Assignment


@dataclass(frozen=True)
class Row:
    """One student: automatic points, what waits for a reader, and why it is not more."""

    student: str
    points: float
    max_points: float
    unprotected: tuple[float, float] | None  # points of classic cells, if any, and their most
    graded: bool
    waiting: tuple[str, ...]
    why: tuple[str, ...]
    isolation: str
    seconds: float

    @property
    def score(self) -> str:
        """The automatic points as they are shown."""
        return f"{self.points:g}/{self.max_points:g}" if self.graded else "not graded"

    @property
    def unprotected_score(self) -> str:
        """The points of classic cells as they are shown."""
        return "–" if self.unprotected is None else "{:g}/{:g}".format(*self.unprotected)


def rows(entries: Iterable[Mapping[str, Any]]) -> list[Row]:
    """One row an entry."""
    return [_row(entry) for entry in entries]


def _row(entry: Mapping[str, Any]) -> Row:
    cells = [cell for notebook in entry["notebooks"] for cell in notebook["cells"]]
    problems = [p["says"] for notebook in entry["notebooks"] for p in notebook["problems"]]
    why = [entry["error"]] if entry["error"] else []
    why += problems
    if entry["graded"]:
        why += [said for cell in cells if (said := _why(cell))]
    return Row(
        entry["student"],
        entry["points"],
        entry["max_points"],
        _unprotected(cells),
        entry["graded"],
        tuple(cell["grade_id"] for cell in cells if cell["points"] is None),
        tuple(why),
        next((n["isolation"] for n in entry["notebooks"] if n["isolation"]), ""),
        entry["seconds"],
    )


def scores_by_assignment(
    students: Mapping[str, Sequence[Mapping[str, Any]]],
) -> tuple[list[str], dict[str, list[str]]]:
    """The assignments that were graded, and each student's scores in them; "–" without one."""
    names = sorted({entry["assignment"] for entries in students.values() for entry in entries})
    scores = {}
    for student, entries in students.items():
        made = {entry["assignment"]: _row(entry).score for entry in entries}
        scores[student] = [made.get(name, "–") for name in names]
    return names, scores


UNPROTECTED = (
    "Unprotected are the points of classic cells: their tests run beside the student's code, "
    "which can forge such marks."
)


def _unprotected(cells: Sequence[Mapping[str, Any]]) -> tuple[float, float] | None:
    classic = [cell for cell in cells if cell["kind"] == "classic"]
    if not classic:
        return None
    return sum(c["points"] or 0.0 for c in classic), sum(c["max_points"] for c in classic)


def _why(cell: Mapping[str, Any]) -> str:
    """Why a cell did not get all its points, in a few words."""
    if cell["points"] is None or cell["points"] >= cell["max_points"]:
        return ""
    name = cell["grade_id"].removeprefix("check_")
    if "state" not in cell:  # no exercise, or one of a notebook that was not handed in
        return "" if cell["reason"] == "no response" else f"{name}: {cell['reason']}"
    if cell["state"] == "missing":
        return f"{name}: not defined"
    if cell["state"] == "untouched":
        return f"{name}: not begun"
    if cell["mistakes"]:
        return f"{name}: {' and '.join(cell['mistakes'])}"
    if cell["fault"]:
        return f"{name}: {cell['fault']}"
    return f"{name}: fails {', '.join(cell['failed'])}"


def mistakes(entries: Iterable[Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    """How many students made each named mistake: (exercise, mistake) -> count."""
    return Counter(
        (cell["grade_id"].removeprefix("check_"), mistake)
        for entry in entries
        for notebook in entry["notebooks"]
        for cell in notebook["cells"]
        for mistake in cell.get("mistakes", ())
    )


def says(assignment: Assignment, exercise: str, mistake: str) -> str:
    """The diagnosis of a named mistake."""
    return next(
        m.says
        for e in assignment.exercises
        if e.id == exercise
        for m in e.mistakes
        if m.id == mistake
    )
