"""The registry of the course that is attacked: one exercise with gradients, two questions."""

import numpy as np

from autograder.exercises.exercise import Assignment, Exercise, Mistake, Option, Question
from course_lib.checks.table import Case, Property
from course_lib.checks.values import Array, tensor

ORACLE_CANARY = "the-oracle-of-the-attacked-course"


def oracle(x: np.ndarray, w: np.ndarray, *, power: float = 2.0) -> np.ndarray:
    """The sum of w x², over the last axis."""
    return np.asarray((w * x**power).sum(-1))


def gradients(x: np.ndarray, w: np.ndarray, *, power: float = 2.0) -> dict[str, np.ndarray]:
    return {"x": power * w * x ** (power - 1)}


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    def draw(*shape: int) -> np.ndarray:
        return rng.normal(size=shape)

    rows = {"x": tensor(draw(3, 4)), "w": tensor(draw(4))}
    small = {"x": tensor(draw(3), "float32"), "w": tensor(draw(3), "float32")}
    return (
        Case("rows", rows),
        Case("alone", {"x": _leaf(draw(4)), "w": tensor(draw(4))}, differentiate=("x",)),
        Case("single", small, diagnose=False, atol=1e-5),
    )


def _leaf(data: np.ndarray) -> Array:
    return Array(data, "float64", "torch", requires_grad=True)


HINTS = ("Square.", "Weigh.", "Add.")
WEIGHED = Exercise(
    id="weighed",
    title="A weighed sum of squares",
    oracle=oracle,
    gradients=gradients,
    cases=cases,
    properties=(
        Property("value", "the sum is right", 4.0, ("rows", "alone"), core=True),
        Property("gradient", "its gradient is right", 2.0, ("alone",), "gradient", "x"),
        Property("unchanged", "the inputs are left alone", 1.0, ("rows",), "unchanged"),
        Property("dtype", "the dtype is the inputs' own", 1.0, ("single",), "dtype"),
    ),
    mistakes=(Mistake("cubed", {"power": 3.0}, frozenset({"value"}), "cubes", HINTS),),
    hints=HINTS,
)
WHY = Question(
    id="why",
    title="Why squares?",
    kind="choice",
    stem="Why are they squared?",
    points=2.0,
    options=tuple(Option(each, f"Reason {each}") for each in "ABCDE"),
    key="D",
)
PAIRS = Question(
    id="pairs",
    title="Which hold?",
    kind="select",
    stem="Which of these hold?",
    points=2.0,
    options=tuple(Option(each, f"Claim {each}") for each in "ABCD"),
    key=frozenset({"B", "D"}),
)
ASSIGNMENTS = {"ps1": Assignment("ps1", "Squares", (WEIGHED,), (WHY, PAIRS))}
