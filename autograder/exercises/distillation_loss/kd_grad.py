"""`kd_grad(logits_t, logits_s, T)`: ∂kd_loss/∂logits_s = T·(p_s^T − p_t^T)/N."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss import draws
from autograder.exercises.distillation_loss.kd_grad_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distillation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape; low temperatures, since high ones make several mistakes look right."""
    int_T, high_T = draws.integer_temperature(rng), draws.high_temperature(rng)
    match = draws.two_logits(rng, 1)[0]
    z_t, z_s = draws.two_logits(rng, 1)
    far_t = draws.lowered(z_t + 1000, 0, z_t[0].argmin(), 2000)
    far_s = draws.lowered(z_s + 1000, 1, z_s[1].argmax(), 2000)
    atol = draws.float32_atol(high_T)
    return (
        _case("skewed", draws.skewed_logits(rng), draws.low_temperature(rng)),
        _case("softened", draws.two_logits(rng, 1), high_T),
        _case("integer T", draws.two_logits(rng, 1, avoid=(int_T, int_T**2)), int_T),
        _case("batch of sequences", draws.two_logits(rng, 2), draws.low_temperature(rng)),
        # above 1, so that T rounded down to a whole number is not 0 here
        _case("one position", draws.two_logits(rng, 0), high_T),
        _case("match", (match, match), high_T),
        # for robustness alone: a slope of something else may overflow here in several ways
        _case("far apart", (far_t, far_s), draws.low_temperature(rng), diagnose=False),
        _case("float32", draws.two_logits(rng, 1), high_T, "float32", diagnose=False, atol=atol),
    )


def _case(
    id: str,
    logits: tuple[np.ndarray, np.ndarray],
    T: float,
    dtype: str = "float64",
    **options: Any,
) -> Case:
    z_t, z_s = logits
    inputs = {"logits_t": tensor(z_t, dtype), "logits_s": tensor(z_s, dtype), "T": T}
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the gradient is right for logits of shape [N, V], at temperatures below 1 and above 2",
        3,
        ("skewed", "softened", "integer T"),
        core=True,
    ),
    Property(
        "any shape",
        "it is right for [B, L, V] and for [V] as well",
        1,
        ("batch of sequences", "one position"),
    ),
    Property("match", "it is 0 where the student's logits equal the teacher's", 0.5, ("match",)),
    Property(
        "stable",
        "it is right for logits that are large (1,000) or lie far apart (2,000)",
        0.5,
        ("far apart",),
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        0.5,
        ("skewed", "batch of sequences"),
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

KD_GRAD = Exercise(
    id="kd_grad",
    title="The gradient in closed form",
    oracle=distillation.kd_grad,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "KL = Σ p_t·log p_t − Σ p_t·log p_s, and only the second sum depends on the student. "
        "What is the derivative of log p_s with respect to the logits?",
        "∂ log p_i/∂z_j is 1 − p_j if i = j, and −p_j otherwise. Weigh with p_t, sum, and see "
        "what is left. Then collect the factors: T² in front, 1/T from z/T, 1/N from the mean.",
        "Check yourself: each row sums to 0, the gradient is 0 at a match, and it equals what "
        "autograd gives for your kd_loss.",
    ),
)
