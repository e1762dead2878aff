"""A course without our configuration: stock nbgrader reads the self-check's result."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.demo.run import ASSIGNMENT
from autograder.engine import many
from autograder.exercises import ASSIGNMENTS

HONEST = ("ada", "emre", "goran", "ivo")


def exercise_scores(course):
    with Gradebook(course.db_url) as gradebook:
        return {
            (student, exercise.id): gradebook.find_grade(
                exercise.graded_cell, ASSIGNMENT, ASSIGNMENT, student
            ).auto_score
            for student in HONEST
            for exercise in ASSIGNMENTS[ASSIGNMENT].exercises
        }


@pytest.mark.slow
def test_honest_work_gets_the_same_marks_from_stock_nbgrader(handed_in):
    ours = handed_in(*HONEST)
    many.grade(ours, ASSIGNMENT)
    stock = handed_in(*HONEST)
    (stock.root / "nbgrader_config.py").write_text("c = get_config()\n")
    done = subprocess.run(
        [Path(sys.executable).parent / "nbgrader", "autograde", ASSIGNMENT],
        cwd=stock.root, env=os.environ, capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert exercise_scores(stock) == exercise_scores(ours)
