"""Assignment 01, distances between distributions: its exercises and questions."""

from __future__ import annotations

from autograder.exercises.distances.best_student import BEST_STUDENT
from autograder.exercises.distances.cross_entropy import CROSS_ENTROPY
from autograder.exercises.distances.js import JS
from autograder.exercises.distances.kl import KL
from autograder.exercises.distances.questions import QUESTIONS
from autograder.exercises.distances.tvd import TVD
from autograder.exercises.exercise import Assignment

ASSIGNMENT = Assignment(
    id="01_distances",
    title="Distances between distributions",
    exercises=(CROSS_ENTROPY, KL, JS, TVD, BEST_STUDENT),
    questions=QUESTIONS,
)
