"""Build a check's table from an exercise and a seed: the values of every way of computing.

The settings are: nothing wrong, each mistake, and each pair of mistakes that move different
switches. Settings that agree on all cases are kept once, under the simplest name. Cases that
cannot tell apart what can be told apart are drawn again, so that a name is never a matter of luck.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from course_lib.checks.compare import RTOL
from course_lib.checks.table import Case, MistakeText, Numbers, Setting, Table
from course_lib.checks.values import Array, Value

PUBLIC_SEED = b"public"
REDRAWS = 20


class Indistinguishable(ValueError):
    """No draw of the cases told apart settings that are not declared equal in truth."""


def case_seed(secret: bytes, *names: str) -> int:
    """The seed of an exercise's cases: HMAC-SHA256 of its names under the course's secret."""
    digest = hmac.new(secret, "/".join(names).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "little")


def build(exercise: Exercise, secret: bytes, assignment: str) -> Table:
    """The table of an exercise under a secret; the same secret gives the same table.

    Raises `Indistinguishable` if in `REDRAWS` draws the cases leave two settings equal that
    `exercise.equal_in_truth` does not list.
    """
    clashes: list[str] = []
    for attempt in range(REDRAWS):
        seed = case_seed(secret, assignment, exercise.id, str(attempt))
        cases = exercise.cases(np.random.default_rng(seed))
        groups = group(exercise, cases)
        clashes = [clash for one in groups for clash in _undeclared(exercise, one)]
        if not clashes:
            return _table(exercise, cases, groups)
    raise Indistinguishable(f"{exercise.id}: {'; '.join(clashes)}")


def settings_of(exercise: Exercise) -> list[tuple[Mistake, ...]]:
    """Nothing wrong, every single mistake, every pair whose switches differ."""
    pairs = [
        (a, b)
        for a, b in combinations(exercise.mistakes, 2)
        if not a.switch.keys() & b.switch.keys()
    ]
    return [(), *((one,) for one in exercise.mistakes), *pairs]


def evaluate(exercise: Exercise, case: Case, mistakes: tuple[Mistake, ...] = ()) -> Numbers | None:
    """What this way of computing gives on a case; None if it raises."""
    return _numbers(exercise.oracle, case, mistakes)


def spreads_of(
    exercise: Exercise, cases: tuple[Case, ...], mistakes: tuple[Mistake, ...] = ()
) -> dict[str, Numbers]:
    """The standard deviation of each number that is drawn, by case; empty if none is."""
    if exercise.spread is None:
        return {}
    spreads = {case.id: _numbers(exercise.spread, case, mistakes) for case in cases}
    return {id: spread for id, spread in spreads.items() if spread is not None}


def _numbers(
    function: Callable[..., Any], case: Case, mistakes: tuple[Mistake, ...]
) -> Numbers | None:
    switches: dict[str, Any] = {}
    for mistake in mistakes:
        switches |= mistake.switch
    inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
    with np.errstate(all="ignore"):
        try:
            result = function(**inputs, **switches)
        except ArithmeticError:  # an oracle's way to say that such code raises
            return None
    parts = result if isinstance(result, tuple) else (result,)
    return tuple(np.asarray(part) for part in parts)


def oracle_input(value: Value) -> Any:
    """A case's input as the oracle takes it: floating-point arrays in float64."""
    if isinstance(value, Array):
        return (
            value.data.astype(np.float64, copy=False)
            if value.data.dtype.kind == "f"
            else value.data
        )
    if isinstance(value, (list, tuple)):
        return type(value)(oracle_input(item) for item in value)
    if isinstance(value, dict):
        return {key: oracle_input(item) for key, item in value.items()}
    return value


Values = Mapping[str, Numbers | None]
Group = list[tuple[tuple[Mistake, ...], Values]]


def group(exercise: Exercise, cases: tuple[Case, ...]) -> list[Group]:
    """Settings with their values, those together that no diagnosing case tells apart."""
    groups: list[Group] = []
    known: dict[Any, _OfOneShape] = {}
    diagnosing = tuple(case for case in cases if case.diagnose)
    for mistakes in settings_of(exercise):
        asked = diagnosing if mistakes else cases  # what is right is needed of every case
        values = {case.id: evaluate(exercise, case, mistakes) for case in asked}
        spreads = spreads_of(exercise, diagnosing, mistakes)
        shapes, rows = _flatten(values, spreads, diagnosing)
        alike = known.setdefault(shapes, _OfOneShape())
        equal = alike.find(rows)
        if equal is not None:
            equal.append((mistakes, values))
            continue
        groups.append([(mistakes, values)])
        alike.add(rows, groups[-1])
    return groups


class _OfOneShape:
    """Groups whose numbers have the same shapes, and a search for the one that equals new rows."""

    def __init__(self) -> None:
        self._groups: list[Group] = []
        self._rows: list[np.ndarray] = []
        self._few: list[np.ndarray] = []  # some columns of each: they tell nearly all apart

    def find(self, rows: np.ndarray) -> Group | None:
        """The first group that is near these rows, if there is one."""
        few = np.array(self._few).reshape(len(self._few), *_some_of(rows).shape)
        likely = np.flatnonzero(_near(_some_of(rows), few))
        return next((self._groups[i] for i in likely if _near(rows, self._rows[i])), None)

    def add(self, rows: np.ndarray, one: Group) -> None:
        self._few.append(_some_of(rows))
        self._rows.append(rows)
        self._groups.append(one)


def _some_of(rows: np.ndarray) -> np.ndarray:
    return rows[:, :: 1 + rows.shape[-1] // 16]


def _flatten(
    values: Values, spreads: Mapping[str, Numbers], diagnosing: tuple[Case, ...]
) -> tuple[Any, np.ndarray]:
    """The shapes of the diagnosing cases' numbers, and two rows: all of them, their tolerances.

    Half of what two settings must lie apart: `close` grants each of them its own four standard
    deviations, so that five of one and five of the other keep them from being confused.
    """
    shapes: list[Any] = []
    flat, tolerances = [np.zeros(0)], [np.zeros(0)]
    for case in diagnosing:
        numbers = values[case.id]
        shapes.append(numbers and tuple(n.shape for n in numbers))
        sds = spreads.get(case.id) or [np.zeros(())] * len(numbers or ())
        for n, sd in zip(numbers or (), sds, strict=True):
            flat.append(n.ravel().astype(np.float64))
            tolerances.append(np.broadcast_to(5 * (case.atol + sd), n.shape).ravel())
    return tuple(shapes), np.stack([np.concatenate(flat), np.concatenate(tolerances)])


def _near(rows: np.ndarray, every: np.ndarray) -> np.ndarray:
    """Whether each of `every` is near `rows`: less than ten tolerances away is too near."""
    (vector, tolerance), known, known_tolerance = rows, every[..., 0, :], every[..., 1, :]
    most = tolerance + known_tolerance + 10 * RTOL["float64"] * np.abs(known)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.isfinite(known) & (np.abs(vector - known) <= most)
    near |= (vector == known) | (np.isnan(vector) & np.isnan(known))
    return np.asarray(near.all(-1))


def _ids(mistakes: tuple[Mistake, ...]) -> tuple[str, ...]:
    return tuple(each.id for each in mistakes)


def _undeclared(exercise: Exercise, one: Group) -> list[str]:
    """Members of a group that should have been told apart from its first.

    Only single mistakes count: a pair that coincides with something simpler takes its name, and
    what two mistakes cancel is right.
    """
    first, *rest = [_ids(mistakes) for mistakes, _ in one]
    return [
        f"{'+'.join(other)} looks like {'+'.join(first) or 'the right one'}"
        for other in rest
        if len(other) == 1 and not any({first, other} <= same for same in exercise.equal_in_truth)
    ]


def _table(exercise: Exercise, cases: tuple[Case, ...], groups: list[Group]) -> Table:
    gradients = {}
    for case in cases:
        if case.differentiate and exercise.gradients:
            inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
            every = exercise.gradients(**inputs)
            gradients[case.id] = {n: every[n] for n in case.differentiate if n in every}
    settings = tuple(
        Setting(
            _ids(mistakes),
            values,
            tuple(_ids(alias) for alias, _ in aliases),
            spreads_of(exercise, tuple(case for case in cases if case.id in values), mistakes),
        )
        for (mistakes, values), *aliases in groups
    )
    texts = tuple(
        MistakeText(each.id, each.says, each.hints, each.misconception)
        for each in exercise.mistakes
    )
    return Table(
        exercise=exercise.id,
        function=exercise.id,
        title=exercise.title,
        hints=exercise.hints,
        cases=cases,
        properties=exercise.properties,
        mistakes=texts,
        settings=settings,
        gradients=gradients,
    )
