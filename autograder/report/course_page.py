"""The report on the whole course as one HTML page: points, and wrong ideas, unlearned or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.exercises.exercise import Assignment
from autograder.report.ideas import STANDINGS, Idea, Standing, ideas, says, standings
from autograder.report.page import document, table
from autograder.report.rows import scores_by_assignment


def write(course: Course, students: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write `report/course.html` in the course folder from the journal's entries by student."""
    path = course.root / "report" / "course.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(course.assignments, students), encoding="utf-8")
    return path


def page(
    assignments: Mapping[str, Assignment], students: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str:
    """The whole page as text."""
    title = f"The course: {len(students)} students"
    found = {student: ideas(assignments, entries) for student, entries in students.items()}
    body = [f"<h1>{escape(title)}</h1>", _points_by_assignment(students)]
    body += [_class_ideas(standings(found.values())), _ideas_by_student(found)]
    return document(title, body)


def _points_by_assignment(students: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    names, scores = scores_by_assignment(students)
    lines = ""
    for student, cells in scores.items():
        numbers = "".join(f"<td class='number'>{each}</td>" for each in cells)
        lines += f"<tr><th scope='row'>{escape(student)}</th>{numbers}</tr>"
    heads = "".join(f"<th scope='col' class='number'>{escape(name)}</th>" for name in names)
    return table("Automatic points", f"<th scope='col'>student</th>{heads}", lines)


def _class_ideas(counted: Mapping[str, Counter[Standing]]) -> str:
    """How many students showed each wrong idea, and where they stand with it now."""
    lines = "".join(
        f"<tr><td>{escape(says(idea))}</td><td class='number'>{count.total()}</td>"
        + "".join(f"<td class='number'>{count[each]}</td>" for each in STANDINGS)
        + "</tr>"
        for idea, count in counted.items()
    )
    if not lines:
        return ""
    heads = "".join(f"<th scope='col' class='number'>{each}</th>" for each in STANDINGS)
    first = "<th scope='col'>idea</th><th scope='col' class='number'>showed it</th>"
    return (
        table("Wrong ideas of this class, and what became of them", first + heads, lines)
        + "<p>Unlearned: the last exercise or question that asks about it was answered altogether "
        "rightly. Held: it showed again. An idea that showed once and was not tested by a right "
        "answer since is not asked again, as far as can be known.</p>"
    )


def _ideas_by_student(found: Mapping[str, Sequence[Idea]]) -> str:
    lines = "".join(
        f"<tr><th scope='row'>{escape(student)}</th>"
        + "".join(f"<td>{_listed(some, standing)}</td>" for standing in STANDINGS)
        + "</tr>"
        for student, some in found.items()
        if some
    )
    if not lines:
        return ""
    heads = "".join(f"<th scope='col'>{each}</th>" for each in STANDINGS)
    return table("Wrong ideas by student", f"<th scope='col'>student</th>{heads}", lines)


def _listed(some: Sequence[Idea], standing: Standing) -> str:
    return "<br>".join(
        f'<span title="{escape(idea.says)}">{escape(idea.id)}</span>'
        for idea in some
        if idea.standing == standing
    )
