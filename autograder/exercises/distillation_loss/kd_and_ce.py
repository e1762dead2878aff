"""`kd_and_ce(logits_t, logits_s, labels, T, alpha)`: α·kd_loss + (1−α)·CE(labels, p_s at T = 1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation_loss import draws
from autograder.exercises.distillation_loss.kd_and_ce_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distillation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor

_ALPHAS = (0.2, 0.3, 0.4, 0.6, 0.7, 0.8)


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Cases of every shape; no label is the teacher's likeliest outcome, and α is never ½."""
    low_T, high_T = draws.low_temperature(rng), draws.high_temperature(rng)
    int_T = draws.integer_temperature(rng)
    ordinary = (
        _case(rng, "skewed", draws.skewed_logits(rng), low_T),
        _case(rng, "softened", draws.two_logits(rng, 1), high_T),
        _case(rng, "integer T", draws.two_logits(rng, 1, avoid=(int_T, int_T**2)), int_T),
        _batch_of_sequences(rng, low_T),
        _case(rng, "one position", draws.two_logits(rng, 0), low_T),
    )
    both, atol = ("logits_t", "logits_s"), draws.float32_atol(high_T)
    z, single = draws.two_logits(rng, 2), draws.two_logits(rng, 1)
    return (
        *ordinary,
        _case(rng, "gradient", z, low_T, differentiate=both, diagnose=False),
        _case(rng, "float32", single, high_T, "float32", diagnose=False, atol=atol),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    logits: tuple[np.ndarray, np.ndarray],
    T: float,
    dtype: str = "float64",
    **options: Any,
) -> Case:
    z_t, z_s = logits
    inputs = {
        "logits_t": tensor(z_t, dtype),
        "logits_s": tensor(z_s, dtype),
        "labels": tensor(_labels(rng, z_t, z_s), "int64"),
        "T": T,
        "alpha": float(rng.choice(_ALPHAS)),
    }
    return Case(id, inputs, **options)


def _batch_of_sequences(rng: np.random.Generator, T: float) -> Case:
    """A case in which another share of labels is right if they stand in the other order."""
    while True:
        case = _case(rng, "batch of sequences", draws.two_logits(rng, 2), T)
        labels = case.inputs["labels"].data
        right = case.inputs["logits_s"].data.argmax(-1)
        if (labels == right).sum() != (labels.T.reshape(labels.shape) == right).sum():
            return case


def _labels(rng: np.random.Generator, z_t: np.ndarray, z_s: np.ndarray) -> np.ndarray:
    """Labels [...], never the teacher's likeliest outcome.

    One of several is 0, since some code takes 0 for padding. Another is the student's likeliest
    outcome one position earlier: a student that is compared with the next label is right there.
    """
    teacher, student = z_t.argmax(-1), z_s.argmax(-1)
    labels = draws.labels(rng, teacher, z_t.shape[-1])
    free = np.flatnonzero(teacher)
    if labels.size > 1 and free.size:
        labels.flat[free[0]] = 0
    if labels.ndim:
        before = student[..., :-1]
        places = np.argwhere((before != teacher[..., 1:]) & (labels[..., 1:] != 0))
        if len(places):
            at = tuple(places[0])
            labels[..., 1:][at] = before[at]
    return labels


PROPERTIES = (
    Property(
        "value",
        "the value is right for logits of shape [N, V] and labels of shape [N]",
        2.5,
        ("skewed", "softened", "integer T"),
        core=True,
    ),
    Property(
        "any shape",
        "it is right for [B, L, V] with labels [B, L], and for [V] with a single label",
        1,
        ("batch of sequences", "one position"),
    ),
    Property(
        "gradient",
        "the gradient that reaches the student's logits is right, through both terms",
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
        "the result is a tensor of the logits' dtype: float32 in, float32 out, and float64 as well",
        0.5,
        ("float32", "skewed"),
        aspect="dtype",
    ),
)

KD_AND_CE = Exercise(
    id="kd_and_ce",
    title="Teacher and labels together",
    oracle=distillation.kd_and_ce,
    gradients=distillation.kd_and_ce_gradients,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two losses that you know, weighed by α and 1 − α. Get each of them right alone first: "
        "what must come out for α = 1, and what for α = 0?",
        "The term for the labels is the ordinary cross-entropy of the student: a mean over the "
        "positions, at T = 1, and without T². What does the library's function want to be fed, "
        "and in which shape?",
        "Bring [B, L, V] and [V] to [N, V], and the labels to [N], before you take the "
        "cross-entropy. Your kd_loss can do its part unchanged.",
    ),
)
