"""A student's ideas on its feedback page: which are unlearned by now, and which are not."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course import Course
from autograder.engine import journal
from autograder.report.ideas import Idea, Standing, ideas

_HEADINGS: dict[Standing, str] = {
    "unlearned": "You held these ideas earlier, and your later answers are free of them:",
    "held": "These came up before and are still in your answers. Worth an hour of thought:",
    "not asked again": "These showed once, and nothing has asked for them since:",
}


def section(course: Course, student: str, assignment: str) -> str:
    """The section in Markdown, from what was graded up to `assignment`; "" if there is nothing."""
    names = list(course.assignments)
    if assignment not in names:
        return ""
    so_far = {name: course.assignments[name] for name in names[: names.index(assignment) + 1]}
    return text(ideas(so_far, journal.of_student(course, student)))


def text(found: Sequence[Idea]) -> str:
    """The ideas in Markdown, by where the student stands with them; "" if there are none."""
    if not found:
        return ""
    lines = ["## Ideas that your answers showed", ""]
    for standing, heading in _HEADINGS.items():
        if some := [each for each in found if each.standing == standing]:
            lines += [heading, "", *map(_line, some), ""]
    return "\n".join(lines)


def _line(idea: Idea) -> str:
    shown = ", ".join(_where(each.assignment, each.cell) for each in idea.occasions if each.shown)
    line = f"- “{idea.says}” It showed in {shown}"
    if idea.standing == "unlearned":
        last = idea.occasions[-1]
        line += f", and no longer in {_where(last.assignment, last.cell)}"
    return f"{line}."


def _where(assignment: str, cell: str) -> str:
    return f"`{cell}` ({assignment.split('_')[0]})"
