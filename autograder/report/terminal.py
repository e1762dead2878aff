"""The class report as a table in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from autograder.report.rows import Row


def table(rows: Iterable[Row], title: str) -> Table:
    """A table of who got what and why."""
    made = Table(title=title, title_justify="left", expand=False)
    made.add_column("student")
    made.add_column("points", justify="right")
    made.add_column("waits for a reader")
    made.add_column("why", overflow="fold")
    for row in rows:
        points = f"{row.points:g}/{row.max_points:g}" if row.graded else "not graded"
        made.add_row(row.student, points, ", ".join(row.waiting), "; ".join(row.why) or "–")
    return made
