"""Assignment 06, distillation for real: its exercise and questions."""

from __future__ import annotations

from autograder.exercises.distillation.distill import DISTILL
from autograder.exercises.distillation.questions import QUESTIONS
from autograder.exercises.exercise import Assignment

ASSIGNMENT = Assignment(
    id="06_distillation",
    title="Distillation for real",
    exercises=(DISTILL,),
    questions=QUESTIONS,
    cell_seconds=120.0,  # it trains a teacher and four students; a slow machine takes its time
    notebook_seconds=400.0,
)
