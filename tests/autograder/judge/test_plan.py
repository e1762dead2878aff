"""How long a notebook may take: as the course says, or longer where the assignment needs it."""

from pathlib import Path

import nbformat
import pytest

from autograder.exercises.exercise import Assignment
from autograder.judge.plan import plan
from autograder.records import Limits, Rebuilt, Submission

LONG = Assignment("long", "Long", (), (), cell_seconds=120.0, notebook_seconds=400.0)
SHORT = Assignment("short", "Short", (), ())


def limits(assignment, given):
    notebook = nbformat.v4.new_notebook()
    submission = Submission("ada", "long", "long", Path("long.ipynb"), notebook, "")
    return plan(Rebuilt(submission, notebook, (), frozenset()), assignment, {}, given).limits


def test_an_assignment_that_takes_long_widens_the_limits_of_the_course():
    given = Limits(probe_seconds=7.0)
    widened = limits(LONG, given)
    assert (widened.cell_seconds, widened.notebook_seconds) == (120.0, 400.0)
    assert widened.probe_seconds == 7.0


def test_a_course_that_grants_more_keeps_that():
    assert limits(LONG, Limits(cell_seconds=600.0, notebook_seconds=6000.0)).cell_seconds == 600.0


@pytest.mark.parametrize("assignment", [SHORT, None])
def test_other_assignments_keep_the_limits_of_the_course(assignment):
    assert limits(assignment, Limits()) == Limits()
