"""`log_softmax(x)`: logits become log-probabilities, over the last dimension."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.notation import draws
from autograder.exercises.notation.log_softmax_mistakes import MISTAKES
from autograder.oracles import notation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape, and rows whose probabilities overflow or are rounded to 0."""
    return (
        _case("few rows", draws.logits(rng, 1)),
        _case("more rows", draws.logits(rng, 1)),
        _case("square", draws.square_logits(rng)),
        _case("batch of sequences", draws.logits(rng, 2)),
        _case("one row", draws.logits(rng, 0)),
        _case("another row", draws.logits(rng, 0)),
        _case("far rows", draws.far_logits(rng, 0, 1000, -1000)),
        _case("gap", draws.lowered(rng, by=2000.0)),
        _case("ruled out", draws.lowered(rng, by=np.inf)),
        # here a lost dimension does no harm, and so hides no second mistake
        _case("far row", draws.far_logits(rng, 1000)[0]),
        _case("float32", draws.logits(rng, 1), "float32", diagnose=False),
    )


def _case(id: str, x: np.ndarray, dtype: str = "float64", **options: Any) -> Case:
    return Case(id, {"x": tensor(x, dtype)}, **options)


PROPERTIES = (
    Property(
        "value",
        "the log-probabilities are right for logits of shape [N, V]",
        2,
        ("few rows", "more rows", "square"),
        core=True,
    ),
    Property(
        "any shape",
        "they are right for [B, L, V] and for [V] as well",
        1,
        ("batch of sequences", "one row", "another row"),
    ),
    Property("large", "rows near +1,000 or −1,000 overflow nowhere", 1, ("far rows", "far row")),
    Property(
        "tiny",
        "an outcome 2,000 below the others keeps its log-probability, and −∞ stays −∞",
        1,
        ("gap", "ruled out"),
    ),
    Property(
        "inputs",
        "the tensor that was passed in is as it was before",
        1,
        ("few rows", "batch of sequences"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the input's dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "few rows"),
        aspect="dtype",
    ),
)

LOG_SOFTMAX = Exercise(
    id="log_softmax",
    title="The logarithm of a softmax",
    oracle=notation.log_softmax,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Take the logarithm of the formula of softmax, on paper. What becomes of the exponential "
        "in the numerator, and what of the fraction?",
        "log p_i = x_i − log Σ exp(x_j). The probability itself is nowhere needed: it may be too "
        "small for a float, its logarithm never is. Only the sum can still overflow.",
        "With m the largest logit of a row, log Σ exp(x_j) = m + log Σ exp(x_j − m). So the "
        "answer is (x − m) − log Σ exp(x − m), over the last dimension, which has to be kept. For "
        "the logits (2, 1, 0) you should get (−.408, −1.408, −2.408).",
    ),
)
