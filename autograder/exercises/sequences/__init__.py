"""Assignment 04, the sequence-level loss: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.exercise import Assignment
from autograder.exercises.sequences.argmax_loss import ARGMAX_LOSS
from autograder.exercises.sequences.exact_loss import EXACT_LOSS
from autograder.exercises.sequences.questions import QUESTIONS
from autograder.exercises.sequences.sampled_loss import SAMPLED_LOSS
from autograder.exercises.sequences.sequence_log_probs import SEQUENCE_LOG_PROBS
from autograder.exercises.sequences.token_kls import TOKEN_KLS

ASSIGNMENT = Assignment(
    id="04_sequence_loss",
    title="The sequence-level loss",
    exercises=(SEQUENCE_LOG_PROBS, EXACT_LOSS, SAMPLED_LOSS, ARGMAX_LOSS, TOKEN_KLS),
    questions=QUESTIONS,
)
