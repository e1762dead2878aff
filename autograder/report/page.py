"""Reports for instructors as HTML pages that need nothing else: an assignment, the whole course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.engine import journal
from autograder.exercises.exercise import Assignment
from autograder.report.ideas import STANDINGS, Idea, Standing, ideas, standings
from autograder.report.ideas import says as says_idea
from autograder.report.rows import UNPROTECTED, Row, mistakes, rows, says

STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem }
th, td { border-bottom: 1px solid #8886 }
td.number, th.number { text-align: right; white-space: nowrap }
"""


def write(course: Course, assignment: str) -> Path:
    """Write `report/<assignment>.html` in the course folder from the latest grading of each."""
    entries = list(journal.latest(course, assignment).values())
    path = course.root / "report" / f"{assignment}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(assignment, course.assignments.get(assignment), entries), encoding="utf-8")
    return path


def write_course(course: Course) -> Path:
    """Write `report/course.html` from the latest grading of everybody in every assignment."""
    path = course.root / "report" / "course.html"
    path.parent.mkdir(exist_ok=True)
    students = journal.everything(course)
    path.write_text(course_page(course.assignments, students), encoding="utf-8")
    return path


def page(name: str, assignment: Assignment | None, entries: Sequence[Mapping[str, Any]]) -> str:
    """The whole page as text."""
    made = rows(entries)
    title = f"{name}: {len(made)} submissions"
    isolation = ", ".join(sorted({row.isolation for row in made if row.isolation}))
    body = [
        f"<h1>{escape(title)}</h1>",
        f"<p>Student code ran under isolation: <strong>{escape(isolation or 'none yet')}</strong>. "
        "Points are the automatic ones; what waits for a reader is graded in formgrader.</p>",
        _students(made),
    ]
    if any(row.unprotected for row in made):
        body.append(f"<p>{escape(UNPROTECTED)}</p>")
    if assignment:
        body.append(_mistakes(assignment, mistakes(entries)))
    return _document(title, body)


def course_page(
    assignments: Mapping[str, Assignment], students: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str:
    """The page of the whole course: points by assignment, and wrong ideas, unlearned or not."""
    title = f"The course: {len(students)} students"
    found = {student: ideas(assignments, entries) for student, entries in students.items()}
    body = [f"<h1>{escape(title)}</h1>", _points_by_assignment(students)]
    body += [_class_ideas(standings(found.values())), _ideas_by_student(found)]
    return _document(title, body)


def _document(title: str, body: Sequence[str]) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _students(made: Sequence[Row]) -> str:
    classic = any(row.unprotected for row in made)
    lines = "".join(
        f"<tr><th scope='row'>{escape(row.student)}</th>"
        f"<td class='number'>{_points(row)}</td>"
        f"{_unprotected(row) if classic else ''}"
        f"<td>{escape(', '.join(row.waiting))}</td>"
        f"<td>{'<br>'.join(map(escape, row.why)) or '–'}</td>"
        f"<td class='number'>{row.seconds:.1f} s</td></tr>"
        for row in made
    )
    return (
        "<table><caption>Who got what, and why</caption><thead><tr><th scope='col'>student</th>"
        "<th scope='col' class='number'>points</th>"
        f"{UNPROTECTED_HEAD if classic else ''}<th scope='col'>waits for a reader</th>"
        "<th scope='col'>why</th><th scope='col' class='number'>time</th></tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


UNPROTECTED_HEAD = "<th scope='col' class='number'>of these unprotected</th>"


def _unprotected(row: Row) -> str:
    points = "–" if row.unprotected is None else "{:g}/{:g}".format(*row.unprotected)
    return f"<td class='number'>{points}</td>"


def _points(row: Row) -> str:
    return f"{row.points:g}/{row.max_points:g}" if row.graded else "not graded"


def _mistakes(assignment: Assignment, counted: Counter[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td>{escape(exercise)}</td><td>{escape(mistake)}</td>"
        f"<td class='number'>{count}</td>"
        f"<td>{escape(says(assignment, exercise, mistake))}</td></tr>"
        for (exercise, mistake), count in counted.most_common()
    )
    if not lines:
        return ""
    return (
        "<table><caption>Mistakes of this class, by name</caption><thead><tr>"
        "<th scope='col'>exercise</th><th scope='col'>mistake</th>"
        "<th scope='col' class='number'>students</th><th scope='col'>what the numbers say</th></tr>"
        f"</thead><tbody>{lines}</tbody></table>"
    )


def _points_by_assignment(students: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    names = sorted({entry["assignment"] for entries in students.values() for entry in entries})
    lines = ""
    for student, entries in students.items():
        made = {entry["assignment"]: row for entry, row in zip(entries, rows(entries), strict=True)}
        cells = (_points(made[name]) if name in made else "–" for name in names)
        numbers = "".join(f"<td class='number'>{each}</td>" for each in cells)
        lines += f"<tr><th scope='row'>{escape(student)}</th>{numbers}</tr>"
    heads = "".join(f"<th scope='col' class='number'>{escape(name)}</th>" for name in names)
    return (
        "<table><caption>Automatic points</caption><thead><tr><th scope='col'>student</th>"
        f"{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _class_ideas(counted: Mapping[str, Counter[Standing]]) -> str:
    """How many students showed each wrong idea, and where they stand with it now."""
    lines = "".join(
        f"<tr><td>{escape(says_idea(idea))}</td><td class='number'>{count.total()}</td>"
        + "".join(f"<td class='number'>{count[each]}</td>" for each in STANDINGS)
        + "</tr>"
        for idea, count in counted.items()
    )
    if not lines:
        return ""
    heads = "".join(f"<th scope='col' class='number'>{each}</th>" for each in STANDINGS)
    return (
        "<table><caption>Wrong ideas of this class, and what became of them</caption><thead><tr>"
        "<th scope='col'>idea</th><th scope='col' class='number'>showed it</th>"
        f"{heads}</tr></thead><tbody>{lines}</tbody></table>"
        "<p>Unlearned: the last exercise or question that asks about it was answered altogether "
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
    return (
        "<table><caption>Wrong ideas by student</caption><thead><tr><th scope='col'>student</th>"
        f"{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _listed(some: Sequence[Idea], standing: Standing) -> str:
    return "<br>".join(
        f'<span title="{escape(idea.says)}">{escape(idea.id)}</span>'
        for idea in some
        if idea.standing == standing
    )
