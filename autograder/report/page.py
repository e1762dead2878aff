"""The class report as one HTML page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.engine import journal
from autograder.exercises.exercise import Assignment
from autograder.report.rows import UNPROTECTED, Row, mistakes, rows, says

STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem }
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
    return document(title, body)


def document(title: str, body: Sequence[str]) -> str:
    """A page with all that it needs."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def table(caption: str, heads: str, lines: str) -> str:
    """A table of rows that are HTML already."""
    return (
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _students(made: Sequence[Row]) -> str:
    classic = any(row.unprotected for row in made)
    lines = "".join(
        f"<tr><th scope='row'>{escape(row.student)}</th>"
        f"{_number(row.score)}"
        f"{_number(row.unprotected_score) if classic else ''}"
        f"<td>{escape(', '.join(row.waiting))}</td>"
        f"<td>{'<br>'.join(map(escape, row.why)) or '–'}</td>"
        f"<td class='number'>{row.seconds:.1f} s</td></tr>"
        for row in made
    )
    heads = (
        "<th scope='col'>student</th><th scope='col' class='number'>points</th>"
        f"{UNPROTECTED_HEAD if classic else ''}<th scope='col'>waits for a reader</th>"
        "<th scope='col'>why</th><th scope='col' class='number'>time</th>"
    )
    return table("Who got what, and why", heads, lines)


UNPROTECTED_HEAD = "<th scope='col' class='number'>of these unprotected</th>"


def _number(text: str) -> str:
    return f"<td class='number'>{text}</td>"


def _mistakes(assignment: Assignment, counted: Counter[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td>{escape(exercise)}</td><td>{escape(mistake)}</td>"
        f"<td class='number'>{count}</td>"
        f"<td>{escape(says(assignment, exercise, mistake))}</td></tr>"
        for (exercise, mistake), count in counted.most_common()
    )
    if not lines:
        return ""
    heads = (
        "<th scope='col'>exercise</th><th scope='col'>mistake</th>"
        "<th scope='col' class='number'>students</th><th scope='col'>what the numbers say</th>"
    )
    return table("Mistakes of this class, by name", heads, lines)
