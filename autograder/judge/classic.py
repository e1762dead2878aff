"""Points of a classic nbgrader cell: asserts or partial credit that ran beside student code.

The rules are nbgrader's own (`nbgrader.utils.determine_grade`), except where it gives full marks
by default: a result that is NaN, negative, not a number or too large is not credit. Warnings on
stderr are no failure.
"""

from __future__ import annotations

import math

from nbformat import NotebookNode

from autograder.records import CellRun


def score(cell: NotebookNode, run: CellRun | None) -> tuple[float | None, str]:
    """Points and a line that says why; None where a human has to read the cell."""
    if cell.cell_type != "code":
        return None, "read by a human"
    most = float(cell.metadata["nbgrader"]["points"])
    if run is None or run.outcome in ("timeout", "died", "skipped"):
        why = run.detail or run.outcome if run else "not run"
        return 0.0, f"the test did not finish: {why}"
    if run.outcome == "error" or any(o["output_type"] == "error" for o in run.outputs):
        return 0.0, "the test failed"
    results = [o for o in run.outputs if o["output_type"] == "execute_result"]
    if not results:
        return most, "the test passed"
    return _partial(results[0], most)


def _partial(output: dict, most: float) -> tuple[float, str]:
    text = output.get("data", {}).get("text/plain", "")
    text = "".join(text) if isinstance(text, list) else str(text)
    try:
        points = float(text)
    except ValueError:
        return most, "the test passed"
    if math.isfinite(points) and 0 <= points <= most:
        return points, f"the test gave {points:g} of {most:g}"
    return 0.0, f"the test's result, {text[:40]}, is no score between 0 and {most:g}"
