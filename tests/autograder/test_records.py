"""What counts as graded."""

import nbformat
import pytest

from autograder.records import NotebookResult, Problem, Result, Verdict

READ = ()
MISSING = (Problem("missing", "There is none.", "Hand it in.", fatal=True),)
TRUNCATED = (Problem("truncated", "It breaks off.", "Save it again.", fatal=True),)
REMARK = (Problem("missing_answer", "An answer was put back.", "Keep it."),)


def notebook(problems):
    graded = not any(each.fatal for each in problems)
    return NotebookResult("n", nbformat.v4.new_notebook(), Verdict((), problems), graded)


@pytest.mark.parametrize(
    ("handed_in", "graded"),
    [
        ([READ], True),
        ([READ, REMARK], True),
        ([READ, MISSING], True),
        ([READ, TRUNCATED], False),
        ([MISSING, TRUNCATED], False),
        ([MISSING, MISSING], False),
        ([], False),
    ],
)
def test_a_missing_notebook_is_no_failure_beside_one_that_was_read(handed_in, graded):
    assert Result("ada", "ps1", tuple(map(notebook, handed_in))).graded is graded


def test_what_the_grader_failed_at_is_not_graded():
    assert not Result("ada", "ps1", (notebook(READ),), error="boom").graded
