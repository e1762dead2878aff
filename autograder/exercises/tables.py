"""Build a check's table from an exercise and a seed: the values of every way of computing.

The settings are: nothing wrong, each mistake, and each pair of mistakes that move different
switches. Settings that agree on all cases are kept once, under the simplest name. Cases that
cannot tell apart what can be told apart are drawn again, so that a name is never a matter of luck.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
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
    switches: dict[str, Any] = {}
    for mistake in mistakes:
        switches |= mistake.switch
    inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
    with np.errstate(all="ignore"):
        try:
            result = exercise.oracle(**inputs, **switches)
        except ArithmeticError:  # an oracle's way to say that such code raises
            return None
    parts = result if isinstance(result, tuple) else (result,)
    return tuple(np.asarray(part) for part in parts)


def oracle_input(value: Value) -> Any:
    """A case's input as the oracle takes it: floating-point arrays in float64."""
    if isinstance(value, Array):
        return value.data.astype(np.float64) if value.data.dtype.kind == "f" else value.data
    if isinstance(value, (list, tuple)):
        return type(value)(oracle_input(item) for item in value)
    if isinstance(value, dict):
        return {key: oracle_input(item) for key, item in value.items()}
    return value


Values = Mapping[str, Numbers | None]
Group = list[tuple[tuple[Mistake, ...], Values]]


def group(exercise: Exercise, cases: tuple[Case, ...]) -> list[Group]:
    """Settings with their values, those together that no diagnosing case tells apart."""
    atol = min(case.atol for case in cases)
    groups: list[Group] = []
    vectors: dict[Any, list[tuple[np.ndarray, Group]]] = {}
    for mistakes in settings_of(exercise):
        values = {case.id: evaluate(exercise, case, mistakes) for case in cases}
        shapes, vector = _flatten(values, cases)
        alike = vectors.setdefault(shapes, [])
        found = next((one for known, one in alike if _equal(vector, known, atol)), None)
        if found is None:
            found = []
            groups.append(found)
            alike.append((vector, found))
        found.append((mistakes, values))
    return groups


def _flatten(values: Values, cases: tuple[Case, ...]) -> tuple[Any, np.ndarray]:
    """All numbers of the diagnosing cases end to end, and the shapes that they came from."""
    numbers = [values[case.id] for case in cases if case.diagnose]
    shapes = tuple(None if each is None else tuple(n.shape for n in each) for each in numbers)
    flat = [n.ravel().astype(np.float64) for each in numbers if each is not None for n in each]
    return shapes, np.concatenate(flat) if flat else np.zeros(0)


def _equal(a: np.ndarray, b: np.ndarray, atol: float) -> bool:
    """As a check compares, with a margin: what differs by less than ten tolerances is too near."""
    return bool(np.allclose(a, b, rtol=10 * RTOL["float64"], atol=10 * atol, equal_nan=True))


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
        Setting(_ids(one[0][0]), one[0][1], tuple(_ids(m) for m, _ in one[1:])) for one in groups
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
