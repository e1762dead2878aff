"""Examine an exercise as its author: see what cases cannot tell apart, and whom they wrong.

Behind `autograder check-exercise ID`. It never grades anybody: it runs solutions that the author
wrote, in this process.
"""

from __future__ import annotations

import ast
import contextlib
import io
import signal
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np
import torch
from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.mutate import Mutant, mutants
from autograder.exercises.tables import build, evaluate, group
from course_lib.checks.assess import Assessment, assess
from course_lib.checks.compare import same_numbers
from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case, Numbers, Table

SECRETS = tuple(f"examined {i}".encode() for i in range(3))
SEARCHED = 20
"""So many draws of the cases are searched for one that tells two settings apart."""

MOST_SECONDS = 5.0
"""So long may a probe take: the first optimizer of a process loads parts of torch for 2 s."""


@dataclass(frozen=True)
class Alike:
    """Two settings that one draw of the cases does not tell apart.

    `told_by` is a case that does ("case 'skewed' of draw 17"), or "" if no draw has one. `declared`
    says that the author knows them to be equal in truth.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    told_by: str
    declared: bool


@dataclass(frozen=True)
class Failure:
    """A right solution that did not get full marks."""

    name: str
    assessment: Assessment


@dataclass(frozen=True)
class Examination:
    """What was found. `seconds` is how long one check takes; `survivors` got full marks."""

    exercise: str
    mistakes: int
    pairs: int
    alike: tuple[Alike, ...]
    failures: tuple[Failure, ...]
    mutants: int
    survivors: tuple[Mutant, ...]
    seconds: float


def examine(
    exercise: Exercise,
    assignment: str,
    solution: str,
    right: Mapping[str, str],
    around: Mapping[str, Any] | None = None,
) -> Examination:
    """Examine an exercise with its solution and other right solutions, as source texts by name.

    `around` is what the notebook defines besides: earlier solutions and imports.
    """
    tables = [build(exercise, secret, assignment) for secret in SECRETS]
    around = around or {}
    start = time.perf_counter()
    run(tables[0], solution, around)
    seconds = time.perf_counter() - start
    failures = [
        Failure(name, assessment)
        for name, source in {"the solution": solution, **right}.items()
        for assessment in (run(table, source, around) for table in tables)
        if assessment.points < assessment.max_points
    ]
    every = list(mutants(solution))
    return Examination(
        exercise.id,
        len(exercise.mistakes),
        sum(len(setting.mistakes) == 2 for setting in tables[0].settings),
        tuple(_alike(exercise)),
        tuple(failures),
        len(every),
        tuple(each for each in every if _survives(tables, each.source, around)),
        seconds,
    )


def run(table: Table, source: str, around: Mapping[str, Any]) -> Assessment:
    """Assess a solution given as source text."""
    namespace = dict(around)
    namespace.pop(table.function, None)
    answers: dict[str, Answer] = {}
    with _quietly(), contextlib.suppress(Exception):  # a mutant may not even define its function
        with _time_limit(MOST_SECONDS):
            exec(compile(source, "<solution>", "exec"), namespace)
        for probe in table.probes:
            with _time_limit(MOST_SECONDS):
                answers[probe.id] = perform(probe, namespace)
            if answers[probe.id].detail.startswith("TimeoutError"):
                break
    return assess(table, answers)


def _survives(tables: Sequence[Table], source: str, around: Mapping[str, Any]) -> bool:
    assessments = (run(table, source, around) for table in tables)
    return all(each.points == each.max_points for each in assessments)


def solution_of(notebook: NotebookNode, exercise: Exercise) -> tuple[str, dict[str, Any]]:
    """The solution in an instructor's notebook, and what the notebook's answers define besides.

    Raises `UsageError` if the notebook has no answer cell of the exercise.
    """
    around: dict[str, Any] = {"torch": torch, "np": np, "F": torch.nn.functional}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            around |= _imported(cell.source)
    solution = ""
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not about.get("solution"):
            continue
        if about["grade_id"] == exercise.answer_cell:
            solution = cell.source
        else:
            with _quietly(), contextlib.suppress(Exception):  # it may lean on the notebook's text
                exec(compile(cell.source, "<notebook>", "exec"), around)
    if not solution:
        raise UsageError(
            f"the notebook has no answer cell {exercise.answer_cell!r}: it must carry this grade_id"
        )
    return solution, around


def _imported(source: str) -> dict[str, Any]:
    """What the import statements of a cell bring along; its magics are left out."""
    found: dict[str, Any] = {}
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))]
    with contextlib.suppress(SyntaxError, ImportError):
        imports: list[ast.stmt] = [
            node
            for node in ast.parse("\n".join(lines)).body
            if isinstance(node, (ast.Import, ast.ImportFrom))
        ]
        exec(compile(ast.Module(imports, []), "<notebook>", "exec"), found)
    found.pop("__builtins__", None)
    return found


def _alike(exercise: Exercise) -> Iterator[Alike]:
    # every draw serves all pairs: drawing takes longer than comparing two settings on it
    draws = [exercise.cases(np.random.default_rng(draw)) for draw in range(SEARCHED)]
    for one in group(exercise, draws[0]):
        first, *rest = [mistakes for mistakes, _ in one]
        of_first = [_values(exercise, cases, first) for cases in draws] if rest else []
        for other in rest:
            names = tuple(m.id for m in first), tuple(m.id for m in other)
            declared = any(set(names) <= same for same in exercise.equal_in_truth)
            yield Alike(*names, _told_by(exercise, draws, of_first, other), declared)


def _values(
    exercise: Exercise, cases: tuple[Case, ...], mistakes: tuple[Mistake, ...]
) -> dict[str, Numbers | None]:
    return {case.id: evaluate(exercise, case, mistakes) for case in cases if case.diagnose}


def _told_by(
    exercise: Exercise,
    draws: Sequence[tuple[Case, ...]],
    of_first: Sequence[Mapping[str, Numbers | None]],
    other: tuple[Mistake, ...],
) -> str:
    for number, (cases, values) in enumerate(zip(draws, of_first, strict=True)):
        for case in cases:
            if case.diagnose and not same_numbers(
                values[case.id], evaluate(exercise, case, other), 10 * case.atol, "float32"
            ):
                return f"case {case.id!r} of draw {number}"
    return ""


@contextmanager
def _quietly() -> Iterator[None]:
    aside = io.StringIO()
    with (
        contextlib.redirect_stdout(aside),
        contextlib.redirect_stderr(aside),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs longer: a mutated loop may never end. Main thread only."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
