"""Mistakes with the loss of a token: those of a single step, in a loop.

Where a wrong target is learnt well, nothing but the comparison with the right one shows it: a
student that ends near the teacher loses the exact steps alone.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.distillation.distill_mistakes.breaks import ALL
from autograder.exercises.training_step.train_step_mistakes.comparison import (
    COMPARED,
    TEMPERATURE,
)
from autograder.exercises.training_step.train_step_mistakes.models import ITSELF, SEES

LEARNT_ALL_THE_SAME = {
    "not-shifted",
    "direction-swapped",
    "cross-entropy-returned",
    "t-squared-missing",
    "t-instead-of-t-squared",
    "temperature-ignored",
    "temperature-multiplied",
    "temperature-squared",
    "jensen-shannon",
    "squared-difference-of-logits",
}
"""Adam forgives a wrong factor, and in a world without a floor every divergence has one minimum."""

AT_T_1 = {each.id for each in TEMPERATURE}
"""What cannot be seen where T is left out."""


def _breaks(id: str) -> frozenset[str]:
    if id == "cross-entropy-returned":
        return frozenset({"curve"})
    lost = ALL if id in LEARNT_ALL_THE_SAME else ALL | {"learns"}
    return lost - {"defaults"} if id in AT_T_1 else lost


AT_THE_EDGE_OF_THE_BAND = {"student-not-shifted", "teacher-not-shifted"}
"""Who shifts one model alone ends now inside the band and now outside: no property is sure."""

LOSS = tuple(
    replace(each, breaks=_breaks(each.id))
    for each in (*SEES, *ITSELF, *COMPARED, *TEMPERATURE)
    if each.id not in AT_THE_EDGE_OF_THE_BAND
)
