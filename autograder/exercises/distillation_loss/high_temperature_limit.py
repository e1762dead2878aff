"""`high_T_limit(logits_t, logits_s)`: the mean over positions of ½·Var_V(z_s − z_t)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss import draws
from autograder.exercises.distillation_loss.high_temperature_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distillation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape, in which each row has its own mean: else centring is invisible."""
    atol = draws.float32_atol(1)
    return (
        _case("skewed", draws.skewed_logits(rng)),
        _case("ordinary", draws.two_logits(rng, 1)),
        _case("square", draws.square_logits(rng)),
        _case("batch of sequences", draws.two_logits(rng, 2)),
        _case("one position", draws.two_logits(rng, 0)),
        _case("shifted rows", draws.shifted_logits(rng)),
        _case("float32", draws.two_logits(rng, 1), "float32", diagnose=False, atol=atol),
    )


def _case(
    id: str, logits: tuple[np.ndarray, np.ndarray], dtype: str = "float64", **options: Any
) -> Case:
    z_t, z_s = logits
    inputs = {"logits_t": tensor(z_t, dtype), "logits_s": tensor(z_s, dtype)}
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the limit is right for logits of shape [N, V]",
        2,
        ("skewed", "ordinary", "square"),
        core=True,
    ),
    Property(
        "any shape",
        "it is right for [B, L, V] and for [V] as well",
        0.5,
        ("batch of sequences", "one position"),
    ),
    Property(
        "shift",
        "a constant added to all logits of a row changes nothing",
        0.5,
        ("shifted rows",),
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        0.5,
        ("ordinary", "batch of sequences"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the inputs' dtype: float32 in, float32 out, and float64 as well",
        0.5,
        ("float32", "skewed"),
        aspect="dtype",
    ),
)

HIGH_T_LIMIT = Exercise(
    id="high_T_limit",
    title="What remains at a high temperature",
    oracle=distillation.high_T_limit,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Let T grow: z/T becomes small, and exp(x) ≈ 1 + x. What do the two distributions become, "
        "to first order in 1/T?",
        "For distributions close to each other KL ≈ ½ Σ (p_t − p_s)²/p, and every p is nearly "
        "1/V. Insert the first order; what happens to T² and to the mean of each row?",
        "The result is half a variance over the outcomes, of the difference of the two rows of "
        "logits; then the mean over the positions. At the point of the text it is .4.",
    ),
)
