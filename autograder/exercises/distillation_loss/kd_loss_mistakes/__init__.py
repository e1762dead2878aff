"""The mistakes of `kd_loss`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distillation_loss.kd_loss_mistakes.comparison import (
    DIRECTION,
    KL_DIV,
    OTHER_LOSSES,
)
from autograder.exercises.distillation_loss.kd_loss_mistakes.reduction import REDUCTION
from autograder.exercises.distillation_loss.kd_loss_mistakes.softmax import LOGARITHM, SOFTMAX
from autograder.exercises.distillation_loss.kd_loss_mistakes.temperature import SCALE, TEMPERATURE

MISTAKES = (
    *SCALE,
    *DIRECTION,
    *TEMPERATURE,
    *REDUCTION,
    *KL_DIV,
    *OTHER_LOSSES,
    *SOFTMAX,
    *LOGARITHM,
)
