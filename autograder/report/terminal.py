"""Reports for instructors as tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table

from autograder.exercises.exercise import Assignment
from autograder.report.ideas import STANDINGS, ideas, says, standings
from autograder.report.rows import UNPROTECTED, Row, scores_by_assignment


def table(rows: Iterable[Row], title: str) -> Table:
    """A table of who got what and why."""
    rows = list(rows)
    classic = any(row.unprotected for row in rows)
    made = Table(title=title, title_justify="left", expand=False)
    made.add_column("student")
    made.add_column("points", justify="right")
    if classic:
        made.add_column("of these unprotected", justify="right")
        made.caption, made.caption_justify = UNPROTECTED, "left"
    made.add_column("waits for a reader")
    made.add_column("why", overflow="fold")
    for row in rows:
        scores = [row.score, row.unprotected_score] if classic else [row.score]
        made.add_row(row.student, *scores, ", ".join(row.waiting), "; ".join(row.why) or "–")
    return made


def course_tables(
    assignments: Mapping[str, Assignment], students: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Table]:
    """Points over the whole course, and what became of the class's wrong ideas."""
    points = Table(title="The course: automatic points", title_justify="left")
    points.add_column("student")
    names, scores = scores_by_assignment(students)
    for name in names:
        points.add_column(name, justify="right")
    for student, cells in scores.items():
        points.add_row(student, *cells)
    found = Table(title="Wrong ideas, and what became of them", title_justify="left")
    found.add_column("idea", overflow="fold")
    for heading in STANDINGS:
        found.add_column(heading, justify="right")
    counted = standings(ideas(assignments, entries) for entries in students.values())
    for idea, count in counted.items():
        found.add_row(says(idea), *(str(count[each]) for each in STANDINGS))
    return [points, found]
