"""Examine an exercise as its author: see what cases cannot tell apart, and whom they wrong.

Behind `autograder check-exercise ID`. It never grades anybody: it runs solutions that the author
wrote, in this process.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import numpy as np
import torch

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.mutate import Mutant, mutants
from autograder.exercises.tables import build, evaluate, group
from course_lib.checks.assess import Assessment, assess
from course_lib.checks.perform import perform
from course_lib.checks.table import Case, Table

SECRETS = tuple(f"examined {i}".encode() for i in range(3))
SEARCHED = 100
"""So many draws of the cases are searched for one that tells two settings apart."""


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
class Survivor:
    """A mutant of the solution that got full marks under every secret."""

    mutant: Mutant


@dataclass(frozen=True)
class Failure:
    """A right solution that did not get full marks."""

    name: str
    assessment: Assessment


@dataclass(frozen=True)
class Examination:
    """What was found. `seconds` is how long one check takes."""

    exercise: str
    mistakes: int
    pairs: int
    alike: tuple[Alike, ...]
    failures: tuple[Failure, ...]
    mutants: int
    survivors: tuple[Survivor, ...]
    seconds: float


def examine(
    exercise: Exercise, assignment: str, solution: str, right: Mapping[str, str]
) -> Examination:
    """Examine an exercise with its solution and other right solutions, as source texts by name."""
    tables = [build(exercise, secret, assignment) for secret in SECRETS]
    start = time.perf_counter()
    run(tables[0], solution)
    seconds = time.perf_counter() - start
    variants = {"the solution": solution, **right}
    failures = [
        Failure(name, assessment)
        for name, source in variants.items()
        for assessment in (run(table, source) for table in tables)
        if assessment.points < assessment.max_points
    ]
    every = list(mutants(solution))
    survivors = [Survivor(each) for each in every if survives(tables, each.source)]
    return Examination(
        exercise.id,
        len(exercise.mistakes),
        sum(len(setting.mistakes) == 2 for setting in tables[0].settings),
        tuple(_alike(exercise)),
        tuple(failures),
        len(every),
        tuple(survivors),
        seconds,
    )


def run(table: Table, source: str) -> Assessment:
    """Assess a solution given as source text; what it needs it imports."""
    namespace: dict[str, object] = {"torch": torch, "np": np, "F": torch.nn.functional}
    with _time_limit(2.0):
        try:
            exec(compile(source, "<solution>", "exec"), namespace)
        except Exception:  # a mutant may not even define its function
            namespace.pop(table.function, None)
        answers = {probe.id: perform(probe, namespace) for probe in table.probes()}
    return assess(table, answers)


def survives(tables: Sequence[Table], source: str) -> bool:
    """Whether a mutant gets full marks under every secret."""
    for table in tables:
        assessment = run(table, source)
        if assessment.points < assessment.max_points:
            return False
    return True


def _alike(exercise: Exercise) -> Iterator[Alike]:
    cases = exercise.cases(np.random.default_rng(0))
    by_name = {each.id: each for each in exercise.mistakes}
    for one in group(exercise, cases):
        first, *rest = [tuple(mistake.id for mistake in mistakes) for mistakes, _ in one]
        for other in rest:
            declared = any({first, other} <= same for same in exercise.equal_in_truth)
            told_by = _told_by(exercise, [[by_name[n] for n in each] for each in (first, other)])
            yield Alike(first, other, told_by, declared)


def _told_by(exercise: Exercise, settings: list[list[Mistake]]) -> str:
    one, other = (tuple(each) for each in settings)
    for draw in range(SEARCHED):
        for case in exercise.cases(np.random.default_rng(draw)):
            if case.diagnose and _differ(exercise, case, one, other):
                return f"case {case.id!r} of draw {draw}"
    return ""


def _differ(
    exercise: Exercise, case: Case, one: tuple[Mistake, ...], other: tuple[Mistake, ...]
) -> bool:
    a, b = evaluate(exercise, case, one), evaluate(exercise, case, other)
    if a is None or b is None:
        return a is not b
    return len(a) != len(b) or not all(
        x.shape == y.shape and np.allclose(x, y, rtol=1e-4, atol=10 * case.atol, equal_nan=True)
        for x, y in zip(a, b, strict=True)
    )


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
