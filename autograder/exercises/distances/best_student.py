"""`best_student(P, w)`: the mixture that no student beats, and the loss that remains."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distances import draws
from autograder.exercises.distances.best_student_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distances
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Contexts that overlap, agree or exclude each other; as many as outcomes in some."""
    same, weights = draws.contexts(rng, 3, 6)
    same[:] = same[0]
    two, even = draws.contexts(rng, 2, 5)[0], np.array([0.5, 0.5])
    apart, how_often = draws.contexts(rng, 3, 6)
    for row in range(3):
        apart[row, np.arange(6) // 2 != row] = 0.0
    overlapping, frequencies = draws.contexts(rng, 4, 6)
    overlapping[[0, 1, 2], [1, 3, 3]] = 0.0
    overlapping[:, 5] = 0.0  # impossible whatever the context, and so for the best student too
    return (
        _case("three contexts", *draws.contexts(rng, 3, 6)),
        _case("four contexts", *draws.contexts(rng, 4, 7)),
        _case("two contexts", *draws.contexts(rng, 2, 5)),
        # as many contexts as outcomes: weights may be laid over the wrong dimension in silence
        _case("square", *draws.contexts(rng, 4, 4)),
        _case("another square", *draws.contexts(rng, 5, 5)),
        _case("small square", *draws.contexts(rng, 4, 4)),
        _case("equal contexts", same, weights),
        _case("a coin", two, even),
        _case("apart", apart / apart.sum(-1, keepdims=True), how_often),
        _case("zeros", overlapping / overlapping.sum(-1, keepdims=True), frequencies),
        _case("float32", *draws.contexts(rng, 3, 5), "float32", diagnose=False),
    )


def _case(id: str, P: np.ndarray, w: np.ndarray, dtype: str = "float64", **options: Any) -> Case:
    return Case(id, {"P": tensor(P, dtype), "w": tensor(w, dtype)}, **options)


_ORDINARY = (
    "three contexts", "four contexts", "two contexts", "square", "another square", "small square",
    "equal contexts", "a coin",
)  # fmt: skip

PROPERTIES = (
    Property(
        "mixture",
        "the first result is the distribution of the best student",
        2,
        _ORDINARY,
        core=True,
        part=0,
    ),
    Property(
        "floor",
        "the second result is the loss that remains: 0 if the contexts agree, JS for a coin",
        3,
        _ORDINARY,
        core=True,
        part=1,
    ),
    Property(
        "zeros",
        "both are right where contexts rule outcomes out",
        1,
        ("apart", "zeros"),
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("three contexts", "square"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "both results are tensors of the inputs' dtype: float32 in, float32 out, float64 as well "
        "(a plain number will do for the second)",
        1,
        ("float32", "three contexts"),
        aspect="dtype",
    ),
)

BEST_STUDENT = Exercise(
    id="best_student",
    title="The best student, and what it cannot learn",
    oracle=distances.best_student,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "The student sees the same c′ whichever context was there, so it has one answer m for all "
        "of them. Write the expected loss Σ w_k KL(P_k‖m), and look for the part that contains m.",
        "Only −Σ_k w_k Σ_y P_k(y) log m(y) contains m: the cross-entropy of the mixture Σ w_k P_k "
        "with m. Which m makes a cross-entropy smallest? Put it back in to get the floor.",
        "The best m is the mixture itself, a product of w and P. The floor is the mean of the K "
        "KLs, each weighed by its w, or H(m) − Σ w_k H(P_k), which is the same. Check: two equally "
        "likely contexts (1, 0) and (0, 1) give m = (½, ½) and the floor ln 2.",
    ),
)
