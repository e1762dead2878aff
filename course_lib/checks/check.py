"""The self-check: `check(kd_loss)` in the notebook, and `hint(kd_loss)`.

It needs no .ipynb file and no network: what it knows lies in `course_lib/data/exercises`. It never
raises and writes nothing to stderr, so that a plain nbgrader run reads the points it shows.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import as_file, files
from typing import Any

from course_lib.checks import report
from course_lib.checks.assess import Assessment, assess
from course_lib.checks.probe import Answer
from course_lib.checks.table import Table, load

results: dict[str, Assessment] = {}
"""The latest assessment of each exercise that was checked in this session."""

_steps: dict[str, int] = {}


class CheckResult:
    """What `check` gives back. Its text/plain is the points, a number, which nbgrader reads."""

    def __init__(self, points: float, text: str, html: str) -> None:
        self.points = points
        self.text = text
        self._html = html

    def __repr__(self) -> str:
        return repr(self.points)

    def _repr_html_(self) -> str:
        return self._html


class Hint:
    """One rung of a hint ladder."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def check(function: Callable[..., Any]) -> CheckResult:
    """Check an exercise's function on the public cases.

    Shows which properties hold, the mistake that the numbers betray (or both, where two were made
    at once), a picture of the difference, and a ladder of three hints to open.
    """
    name = _name_of(function)
    table = table_of(name)
    if table is None:
        return _unknown(name or f"a {type(function).__name__}")
    answers = _ask(table, {table.function: function})
    assessment = assess(table, answers)
    results[name] = assessment
    image = ""
    if assessment.state == "wrong":
        from course_lib.checks.picture import picture  # Matplotlib is slow to import

        image = picture(table, answers)
    return CheckResult(
        float(assessment.points),
        report.text(table, assessment),
        report.html(table, assessment, picture=image),
    )


def hint(function: Callable[..., Any] | str, step: int | None = None) -> Hint:
    """The next hint for an exercise, or hint number `step` (1 to 3).

    If the latest check named a mistake, the hints are about that mistake.
    """
    name = function if isinstance(function, str) else _name_of(function)
    table = table_of(name)
    if table is None:
        return Hint(_unknown(name).text)
    hints = report.ladder(table, results.get(name))
    at = step if step is not None else _steps.get(name, 0) + 1
    at = min(max(at, 1), len(hints))
    _steps[name] = at
    more = f" (hint({name}) again for the next one)" if at < len(hints) else ""
    return Hint(f"Hint {at} of {len(hints)}: {hints[at - 1]}{more}")


@cache
def table_of(exercise: str) -> Table | None:
    """The public table of an exercise, or None if this course has no such exercise."""
    file = files("course_lib") / "data" / "exercises" / f"{exercise}.npz"
    if not exercise.isidentifier() or not file.is_file():
        return None
    with as_file(file) as path:
        return load(path)


def _name_of(function: Callable[..., Any]) -> str:
    """The exercise that a function answers: its own name, or that of the caller's variable.

    A lambda, a decorated or an imported function may bear another name than it was given.
    """
    name = str(getattr(function, "__name__", ""))
    frame = inspect.currentframe()
    caller = frame.f_back.f_back if frame and frame.f_back else None
    if table_of(name) is None and caller is not None:
        names = [key for key, value in caller.f_globals.items() if value is function]
        name = next((each for each in names if table_of(each)), name)
    return name


def _ask(table: Table, namespace: dict[str, Any]) -> dict[str, Answer]:
    """Perform every probe, with what the student's code prints or warns kept out of the way."""
    from course_lib.checks.perform import perform  # PyTorch is slow to import

    answers: dict[str, Answer] = {}
    aside = io.StringIO()
    with (
        contextlib.redirect_stdout(aside),
        contextlib.redirect_stderr(aside),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for probe in table.probes:
            answers[probe.id] = perform(probe, namespace)
            if answers[probe.id].detail.startswith("KeyboardInterrupt"):
                break  # somebody pressed stop: do not start the next case
    return answers


def _unknown(name: str) -> CheckResult:
    known = sorted(
        item.name.removesuffix(".npz")
        for item in (files("course_lib") / "data" / "exercises").iterdir()
        if item.name.endswith(".npz")
    )
    said = (
        f"check() knows no exercise called {name!r}. It knows: {', '.join(known)}. "
        "Give it the function itself, as in check(kd_loss)."
    )
    return CheckResult(0.0, said, f"<p>{escape(said)}</p>")
