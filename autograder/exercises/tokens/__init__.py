"""Assignment 03, tokens, masks and shifts: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.exercise import Assignment
from autograder.exercises.tokens.align import ALIGN
from autograder.exercises.tokens.build_inputs import BUILD_INPUTS
from autograder.exercises.tokens.masked_kl import MASKED_KL
from autograder.exercises.tokens.perplexity import PERPLEXITY
from autograder.exercises.tokens.questions import QUESTIONS
from autograder.exercises.tokens.shift import SHIFT

ASSIGNMENT = Assignment(
    id="03_tokens_masks_shifts",
    title="Tokens, masks, shifts",
    exercises=(BUILD_INPUTS, SHIFT, ALIGN, MASKED_KL, PERPLEXITY),
    questions=QUESTIONS,
)
