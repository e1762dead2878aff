"""A small exercise to check the checks with: the weighted mean of squares, Σ w·x² / Σ w."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import build
from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case, Property, Table
from course_lib.checks.values import tensor


def oracle(
    x: np.ndarray, w: np.ndarray, *, power: str = "2", over: str = "w", sign: int = 1
) -> Any:
    raised = {"2": x**2, "1": x, "3": x**3}[power]
    if over == "zero":
        return np.zeros(())
    return sign * np.sum(w * raised) / {"w": np.sum(w), "n": w.size}[over]


def cases(random: np.random.Generator) -> tuple[Case, ...]:
    made = []
    for n in (3, 5, 8):
        inputs = {"x": tensor(random.normal(size=n)), "w": tensor(random.random(n) + 0.5)}
        made.append(Case(f"random {n}", inputs, differentiate=("x",)))
    single = {"x": tensor(random.normal(size=4), "float32"), "w": tensor(np.ones(4), "float32")}
    return (*made, Case("float32", single, diagnose=False))


def gradients(x: np.ndarray, w: np.ndarray) -> dict[str, np.ndarray]:
    return {"x": 2 * w * x / np.sum(w)}


def mistake(id: str, **switch: Any) -> Mistake:
    return Mistake(id, switch, frozenset({"value"}), f"It is {id}.", ("one", "two", "three"))


EXERCISE = Exercise(
    id="mean_square",
    title="The weighted mean of squares",
    oracle=oracle,
    cases=cases,
    properties=(
        Property("value", "gives the right number", 4, ("random 3", "random 5"), core=True),
        Property("longer", "works for longer inputs", 1, ("random 8",)),
        Property("gradient", "passes the gradient on", 2, ("random 3",), "gradient", "x"),
        Property("inputs", "leaves its inputs alone", 1, ("random 3",), "unchanged"),
        Property("dtype", "keeps float32", 1, ("float32",), "dtype"),
    ),
    mistakes=(
        mistake("power 1", power="1"),
        mistake("power 3", power="3"),
        mistake("divided by n", over="n"),
        mistake("always zero", over="zero"),
        mistake("sign", sign=-1),
    ),
    hints=("think", "think of squares", "divide by the sum of w"),
    gradients=gradients,
    equal_in_truth=(),
)


@pytest.fixture(scope="session")
def table() -> Table:
    return build(EXERCISE, b"a secret", "00_test")


@pytest.fixture(scope="session")
def ask(table: Table) -> Callable[[Callable[..., Any]], dict[str, Answer]]:
    def ask(function: Callable[..., Any]) -> dict[str, Answer]:
        return {p.id: perform(p, {"mean_square": function}) for p in table.probes}

    return ask
