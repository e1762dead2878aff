"""Points of a classic nbgrader cell: asserts or partial credit that ran beside student code.

The rules are nbgrader's own (`nbgrader.utils.determine_grade`), with these exceptions. A number
that is no score (NaN, negative) is not credit, and one that is too large costs its cell, not the
whole submission. An error scores 0 even if a result was shown before it, and of several results the
lowest counts. What a cell writes to
stderr, a warning say, is no failure, unless the course asks for that.
"""

from __future__ import annotations

import math

from nbformat import NotebookNode

from autograder.records import CellRun


def score(
    cell: NotebookNode, run: CellRun | None, *, stderr_fails: bool = False
) -> tuple[float, str]:
    """Points of a graded code cell, and a line that says why.

    `stderr_fails`: whether a test that writes to stderr scores 0, as in nbgrader.
    """
    most = float(cell.metadata["nbgrader"]["points"])
    if run is None or run.outcome in ("timeout", "died", "skipped"):
        why = run.detail or run.outcome if run else "not run"
        return 0.0, f"the test did not finish: {why}"
    if run.outcome == "error" or any(o["output_type"] == "error" for o in run.outputs):
        return 0.0, "the test failed"
    if stderr_fails and any(o.get("name") == "stderr" for o in run.outputs):
        return 0.0, "the test wrote to stderr"
    results = [o for o in run.outputs if o["output_type"] == "execute_result"]
    if not results:
        return most, "the test passed"
    # Student code can show results of its own beside the test's: none of them may raise the score.
    return min((_partial(each, most) for each in results), key=lambda scored: scored[0])


def _partial(output: dict, most: float) -> tuple[float, str]:
    text = output.get("data", {}).get("text/plain", "")
    text = "".join(text) if isinstance(text, list) else str(text)
    try:
        points = float(text)
    except ValueError:
        return most, f"the test passed; its result, {text[:40]}, is no number, which is full marks"
    if math.isfinite(points) and 0 <= points <= most:
        return points, f"the test gave {points:g} of {most:g}"
    return 0.0, f"the test's result, {text[:40]}, is no score between 0 and {most:g}"
