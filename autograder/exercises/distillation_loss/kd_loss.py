"""`kd_loss(logits_t, logits_s, T)`: T²·KL(p_t^T‖p_s^T), the mean over all leading positions."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss import draws
from autograder.exercises.distillation_loss.kd_loss_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distillation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape, and those that show what random numbers do not."""
    T, int_T = draws.low_temperature(rng), draws.integer_temperature(rng)
    match = draws.two_logits(rng, 1)[0]
    return (
        # the directions of KL are told apart best by skewed rows at a low temperature
        _case("skewed", draws.skewed_logits(rng), T),
        _case("softened", draws.two_logits(rng, 1), draws.high_temperature(rng)),
        _case("integer T", draws.two_logits(rng, 1, avoid=(int_T, int_T**2)), int_T),
        _case("square", draws.square_logits(rng), draws.low_temperature(rng)),
        _case("batch of sequences", draws.two_logits(rng, 2), draws.low_temperature(rng)),
        _case("one position", draws.two_logits(rng, 0), draws.low_temperature(rng)),
        _case("match", (match, match), draws.high_temperature(rng)),
        _case("shifted rows", draws.shifted_logits(rng), draws.low_temperature(rng)),
        *_extreme_cases(rng),
        *_other_cases(rng),
    )


def _extreme_cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Where probabilities are rounded to 0, or exp overflows."""
    T = draws.mild_temperature(rng)  # above 1: with and without it a probability is 0
    z_t, z_s = draws.two_logits(rng, 1)
    # p is 0: exp(−760) is. exp(760 − 80) is finite: p·expm1(log q − log p) is a right way too
    low_t = draws.lowered(z_t, 1, z_t[1].argmin(), 760 * T)
    low_s = draws.lowered(z_s, 1, z_t[1].argmin(), 80 * T)
    # p is not 0, and far below any ε that is added to it
    low_t = draws.lowered(low_t, 0, z_t[0].argmin(), 600 * T)
    return (
        _case("student falls", (z_t, draws.lowered(z_s, 0, z_t[0].argmax(), 2000)), T),
        _case("teacher falls", (low_t, low_s), T),
        _case("large", (z_t + 1000, z_s + 1000), T, diagnose=False),
    )


def _other_cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases that show something else than numbers, or numbers on which right solutions differ."""
    T = draws.high_temperature(rng)
    ruled_out, z_s = draws.two_logits(rng, 1)
    ruled_out[0, ruled_out[0].argmin()] = -np.inf
    both, atol = ("logits_t", "logits_s"), draws.float32_atol(T)
    return (
        _case("ruled out", (ruled_out, z_s), T, diagnose=False),
        _case("gradient", draws.two_logits(rng, 2), T, differentiate=both, diagnose=False),
        _case("float32", draws.two_logits(rng, 1), T, "float32", diagnose=False, atol=atol),
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
        "the value is right for logits of shape [N, V], at temperatures below 1 and above 2",
        4,
        ("skewed", "softened", "integer T", "square"),
        core=True,
    ),
    Property(
        "any shape",
        "it is right for [B, L, V] and for [V] as well",
        1,
        ("batch of sequences", "one position"),
    ),
    Property("match", "it is 0 where the student's logits equal the teacher's", 1, ("match",)),
    Property(
        "shift",
        "a constant added to all logits of a row changes nothing",
        0.5,
        ("shifted rows",),
    ),
    Property(
        "stable",
        "it is right for logits that are large (1,000) or lie far apart (2,000)",
        1,
        ("student falls", "teacher falls", "large"),
    ),
    Property(
        "gradient",
        "the gradient that reaches the student's logits is right",
        1,
        ("gradient",),
        aspect="gradient",
        argument="logits_s",
    ),
    Property(
        "teacher",
        "no gradient reaches the teacher's logits",
        0.5,
        ("gradient",),
        aspect="no gradient",
        argument="logits_t",
    ),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        0.5,
        ("skewed", "batch of sequences", "gradient"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the inputs' dtype: float32 in, float32 out, and float64 as well",
        0.5,
        ("float32", "skewed"),
        aspect="dtype",
    ),
    Property(
        "ruled out",
        "an outcome that the teacher rules out (logit −∞) adds 0 (good to have, pays nothing)",
        0,
        ("ruled out",),
    ),
)

KD_LOSS = Exercise(
    id="kd_loss",
    title="The distillation loss",
    oracle=distillation.kd_loss,
    gradients=distillation.kd_loss_gradients,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Three steps: turn both rows of logits into distributions at temperature T, compare them "
        "with KL, and take care of the size of the result. Which of the two distributions stands "
        "to the left of ‖, and so weighs the terms?",
        "KL(p‖q) is Σ p·(log p − log q). For the two logarithms use a function that gives "
        "logarithms directly: a probability that was rounded to 0 has none. Sum over the "
        "outcomes, the last dimension; take the mean over everything before it.",
        "Work the point of the text on paper: teacher (2, 1, 0, −1, .5), student "
        "(.5, 1.5, −.5, 0, 1), T = 3. KL is .0482, and the loss nine times that, .4338. The "
        "teacher's logits are data here: cut them off from the gradient before you use them.",
    ),
)
