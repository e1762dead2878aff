"""`softmax(x, T=1.0)`: logits become probabilities, over the last dimension, at a temperature."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.notation import draws
from autograder.exercises.notation.softmax_mistakes import MISTAKES
from autograder.oracles import notation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape; temperatures on both sides of 1; rows that overflow."""
    ruled_out = draws.logits(rng, 1)
    ruled_out[0, ruled_out[0].argmax()] = -np.inf
    # far above the others: the mean, or the minimum, of a row will not do for its maximum
    ruled_out[1, ruled_out[1].argmax()] += 40_000.0
    low, high = float(rng.choice((0.6, 0.7, 0.8))), float(rng.choice((2.3, 2.7, 3.3)))
    mild = float(rng.choice((1.2, 1.3)))  # 2 to the power −1,500 / T is 0 all the same
    return (
        _case("below 1", draws.logits(rng, 1), low),
        _case("above 2", draws.logits(rng, 1), high),
        _case("integer T", draws.logits(rng, 1, avoid=3), 3),
        _case("square", draws.square_logits(rng), low),
        _case("batch of sequences", draws.logits(rng, 2), high),
        _case("one row", draws.logits(rng, 0), low),
        _case("no T", draws.logits(rng, 0)),
        # so far, and so cold, that it shows whether the maximum was divided by T, too
        _case("far rows", draws.far_logits(rng, 0, 5000, -5000), low),
        # here no other row keeps a sum over everything, or over the rows, above 0
        _case("low rows", draws.far_logits(rng, -1500, -1500), mild),
        # and here a lost dimension does no harm, and so hides no second mistake
        _case("low row", draws.far_logits(rng, -1500)[0], mild),
        _case("ruled out", ruled_out, high),
        _case("float32", draws.logits(rng, 1), high, "float32", diagnose=False),
    )


def _case(
    id: str, x: np.ndarray, T: float | None = None, dtype: str = "float64", **options: Any
) -> Case:
    given = {} if T is None else {"T": T}
    return Case(id, {"x": tensor(x, dtype)} | given, **options)


PROPERTIES = (
    Property(
        "value",
        "the probabilities are right for logits of shape [N, V], at temperatures below and above 1",
        3,
        ("below 1", "above 2", "integer T", "square"),
        core=True,
    ),
    Property(
        "any shape",
        "they are right for [B, L, V] and for [V] as well, and T is 1 if it is not given",
        1,
        ("batch of sequences", "one row", "no T"),
    ),
    Property(
        "stable",
        "logits beyond +1,000 or −1,000 overflow nowhere, and a logit of −∞ has probability 0",
        1,
        ("far rows", "low rows", "low row", "ruled out"),
    ),
    Property(
        "inputs",
        "the tensor that was passed in is as it was before",
        1,
        ("below 1", "batch of sequences"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the input's dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "below 1"),
        aspect="dtype",
    ),
)

SOFTMAX = Exercise(
    id="softmax",
    title="Softmax at a temperature",
    oracle=notation.softmax,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Three steps: divide by T, take exponentials, divide by their sum. Which numbers compete "
        "with each other, and so belong into one sum?",
        "Sum over the last dimension, and keep it with size 1, so that each row is divided by its "
        "own sum whatever the shape. What is the exponential of 1,000 in floating point?",
        "A constant that is subtracted from all logits of a row changes no probability. Subtract "
        "the row's largest: then the largest exponential is 1, and nothing overflows. For the "
        "logits (2, 1, 0) at T = 2 you should get (.506, .307, .186).",
    ),
)
