"""Write feedback for students: nbgrader's own pages, from the autograded notebooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader.apps import NbGraderAPI

from autograder.course import Course


def generate(
    course: Course,
    assignment: str,
    students: Sequence[str],
    progress: Callable[[str], None] | None = None,
) -> dict[str, Path | str]:
    """Write the pages of each student; gives their folder, or what went wrong."""
    api = NbGraderAPI(coursedir=course.coursedir, config=course.config)
    pages: dict[str, Path | str] = {}
    for student in students:
        outcome = api.generate_feedback(assignment, student, force=True)
        if outcome["success"]:
            pages[student] = course.feedback_folder(student, assignment)
        else:
            pages[student] = _last_line(outcome.get("error") or outcome.get("log") or "")
        if progress:
            progress(student)
    return pages


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "nbgrader said nothing"
