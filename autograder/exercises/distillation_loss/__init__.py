"""Assignment 02, the distillation loss: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.distillation_loss.high_temperature_limit import HIGH_T_LIMIT
from autograder.exercises.distillation_loss.kd_and_ce import KD_AND_CE
from autograder.exercises.distillation_loss.kd_grad import KD_GRAD
from autograder.exercises.distillation_loss.kd_loss import KD_LOSS
from autograder.exercises.distillation_loss.questions import QUESTIONS
from autograder.exercises.exercise import Assignment

ASSIGNMENT = Assignment(
    id="02_distillation_loss",
    title="The distillation loss",
    exercises=(KD_LOSS, KD_AND_CE, KD_GRAD, HIGH_T_LIMIT),
    questions=QUESTIONS,
)
