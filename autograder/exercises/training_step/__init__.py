"""Assignment 05, a training step: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.exercise import Assignment
from autograder.exercises.training_step.first_order_change import FIRST_ORDER_CHANGE
from autograder.exercises.training_step.freeze import FREEZE
from autograder.exercises.training_step.questions import QUESTIONS
from autograder.exercises.training_step.train_step import TRAIN_STEP

ASSIGNMENT = Assignment(
    id="05_training_step",
    title="A training step",
    exercises=(FREEZE, TRAIN_STEP, FIRST_ORDER_CHANGE),
    questions=QUESTIONS,
)
