"""The cases and properties that all functions of two distributions share."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distances import draws
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def case(id: str, pair: draws.Pair, dtype: str = "float64", **options: Any) -> Case:
    """A call on two distributions, p and q."""
    p, q = pair
    return Case(id, {"p": tensor(p, dtype), "q": tensor(q, dtype)}, **options)


def common_cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Every shape, a match, and float32."""
    match = draws.pair(rng, 1)[0]
    return (
        case("few rows", draws.pair(rng, 1)),
        case("more rows", draws.pair(rng, 1)),
        case("square", draws.square_pair(rng)),
        case("batch of sequences", draws.pair(rng, 2)),
        case("one row", draws.pair(rng, 0)),
        # rounding decides what an ε leaves of 0, so no name hangs on this one
        case("match", (match, match), diagnose=False, atol=1e-6),
        case("float32", draws.pair_of_float32(rng), "float32", diagnose=False),
    )


def value(name: str, points: float, *more: str) -> Property:
    """The core property; `more` names cases beyond the common ones."""
    return Property(
        "value",
        f"{name} is right for every row of [N, V]",
        points,
        ("few rows", "more rows", "square", "match", *more),
        core=True,
    )


ANY_SHAPE = Property(
    "any shape",
    "it is right for [B, L, V] and for [V] as well",
    1,
    ("batch of sequences", "one row"),
)
BEHAVIOUR = (
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("few rows", "batch of sequences"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the inputs' dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "few rows"),
        aspect="dtype",
    ),
)
