"""Assignment 00, notation: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.exercise import Assignment
from autograder.exercises.notation.log_softmax import LOG_SOFTMAX
from autograder.exercises.notation.questions import QUESTIONS
from autograder.exercises.notation.sequence_log_prob import SEQUENCE_LOG_PROB
from autograder.exercises.notation.softmax import SOFTMAX

ASSIGNMENT = Assignment(
    id="00_notation",
    title="Notation",
    exercises=(SOFTMAX, LOG_SOFTMAX, SEQUENCE_LOG_PROB),
    questions=QUESTIONS,
)
