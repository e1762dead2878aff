"""The released notebooks of an assignment, with their locked cells in full."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import nbformat

from autograder.course import Course, CourseError, unknown_assignment
from autograder.engine.record import locked_cells
from autograder.submission.release_notebook import Release


def releases(course: Course, assignment_id: str) -> dict[str, Release]:
    """Read what was released, by notebook. Raises `CourseError` if nothing was."""
    locked = locked_cells(course, assignment_id)
    folder = course.release_folder(assignment_id)
    lost = [name for name in locked if not (folder / f"{name}.ipynb").is_file()]
    if not locked or lost:
        known = {path.parent.name for path in course.release_folder("*").parent.glob("*/*.ipynb")}
        raise CourseError(_not_released(course, assignment_id, known))
    return {name: _release(folder / f"{name}.ipynb", locked[name]) for name in locked}


def _not_released(course: Course, assignment_id: str, known: Set[str]) -> str:
    command = "autograder release"
    if assignment_id not in course.assignments:
        if not course.source_folder(assignment_id).is_dir():
            return unknown_assignment(assignment_id, known | course.assignments.keys())
        command = "nbgrader generate_assignment"
    return f"{assignment_id!r} is not released: run {command} {assignment_id} first"


def _release(path: Path, locked: Mapping[str, str]) -> Release:
    try:
        return Release(nbformat.read(path, as_version=4), locked)
    except ValueError as error:
        raise CourseError(
            f"the released notebook {path} cannot be used: {error} Release the assignment again"
        ) from error
