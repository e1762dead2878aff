"""Where the marks of our engine differ from stock nbgrader's, and by how much, case by case.

Each case is one submission of the same notebook, graded by both. What stock nbgrader makes of it is
proved too (slow), so that this table is no hearsay.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest

RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"
SCORED = "def share():\n    return 2.0"
POINTS = {"test_double": 4.0, "test_share": 3.0, "test_last": 1.0}
FULL = (4.0, 3.0, 1.0)


@dataclass(frozen=True)
class Case:
    """Scores of the three tests by stock nbgrader and by ours; None: that it could not grade it."""

    name: str
    change: Callable[[Any], None]
    stock: tuple[float | None, ...] | None
    ours: tuple[float | None, ...]


def answers(double=RIGHT, share=SCORED):
    def change(notebook):
        cell(notebook, "double").source = double
        cell(notebook, "share").source = share

    return change


def cell(notebook, grade_id):
    return next(
        each
        for each in notebook.cells
        if each.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def after(first, second):
    def change(notebook):
        first(notebook)
        second(notebook)

    return change


def edited_metadata(**changes):
    """Edits nbgrader's metadata of the first test."""
    return lambda notebook: cell(notebook, "test_double").metadata.nbgrader.update(changes)


def skip_test(notebook):
    cell(notebook, "test_double").metadata.tags = ["skip-execution"]


def removed(grade_id):
    return lambda notebook: notebook.cells.remove(cell(notebook, grade_id))


def repeated(grade_id):
    def change(notebook):
        copy = deepcopy(cell(notebook, grade_id))
        copy.id = "a-copy"
        notebook.cells.append(copy)

    return change


def move_test_to_the_top(notebook):
    test = cell(notebook, "test_double")
    notebook.cells.remove(test)
    notebook.cells.insert(0, test)


def without_metadata(notebook):
    for each in notebook.cells:
        each.metadata.clear()


def edited_test(notebook):
    cell(notebook, "test_double").source = "pass"


WARNS = "import warnings\ndef double(x):\n    warnings.warn('slow')\n    return 2 * x"
SHOWS = "def double(x):\n    get_ipython().displayhook(4.0)\n    return 3 * x"
SHOWS_MORE = "def share():\n    get_ipython().displayhook(3.0)\n    return 0.0"
DIES = "import os\nos._exit(0)"

CASES = [
    Case("right", answers(), (4, 2, 1), (4, 2, 1)),
    Case("wrong", answers(double=WRONG), (0, 2, 1), (0, 2, 1)),
    # a warning is no mistake
    Case("warns", answers(double=WARNS), (0, 2, 1), (4, 2, 1)),
    # no mark for a test that was not run
    Case("skips", after(answers(WRONG), skip_test), (4, 2, 1), (0, 2, 1)),
    # no full marks by default
    Case("nan", answers(share="def share():\n    return float('nan')"), (4, 3, 1), (4, 0, 1)),
    Case("negative", answers(share="def share():\n    return -1"), (4, 3, 1), (4, 0, 1)),
    # one score that is too large costs its cell, not the submission
    Case("too_much", answers(share="def share():\n    return 100"), None, (4, 0, 1)),
    # no mark for what the student's code shows
    Case("shows", answers(double=SHOWS), (4, 2, 1), (0, 2, 1)),
    Case("shows_more", answers(share=SHOWS_MORE), (4, 3, 1), (4, 0, 1)),
    # edited metadata and tests
    Case("points", after(answers(WRONG), edited_metadata(points=100)), (0, 2, 1), (0, 2, 1)),
    Case("ungraded", after(answers(WRONG), edited_metadata(grade=False)), None, (0, 2, 1)),
    Case("by_hand", after(answers(WRONG), edited_metadata(solution=True)), None, (0, 2, 1)),
    Case("edited", after(answers(WRONG), edited_test), (0, 2, 1), (0, 2, 1)),
    Case("deleted", after(answers(WRONG), removed("test_double")), (None, 2, 1), (0, 2, 1)),
    Case("stripped", after(answers(), without_metadata), (None, None, None), (4, 2, 1)),
    # cells that are there twice or in another order
    Case("twice", after(answers(), repeated("double")), None, (4, 2, 1)),
    Case("test_twice", after(answers(), repeated("test_double")), None, (4, 2, 1)),
    Case("tests_first", after(answers(), move_test_to_the_top), (0, 2, 1), (4, 2, 1)),
    # a cell that ends the process costs that cell
    Case("dies", answers(double=DIES), None, (0, 2, 1)),
]  # fmt: skip


@pytest.fixture(scope="module")
def handed_in(new_course, code):
    course = new_course()
    course.source({"ps1": notebook(code)})
    course.release()
    for case in CASES:
        course.hand_in(case.name, {"ps1": case.change})
    return course


def notebook(code):
    test = {"grade": True, "locked": True}
    yield code("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
               "double", solution=True)  # fmt: skip
    yield code(
        "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-1) == -2\n"
        "### END HIDDEN TESTS",
        "test_double", points=4, **test,
    )  # fmt: skip
    yield code("def share():\n    ### BEGIN SOLUTION\n    return 2.0\n    ### END SOLUTION",
               "share", solution=True)  # fmt: skip
    yield code("share()", "test_share", points=3, **test)
    yield code("assert 1 + 1 == 2", "test_last", points=1, **test)


@pytest.fixture(scope="module")
def ours(handed_in, tmp_path_factory):
    return handed_in.copy(tmp_path_factory.mktemp("ours") / "course").ours()


@pytest.fixture(scope="module")
def stock(handed_in, tmp_path_factory):
    course = handed_in.copy(tmp_path_factory.mktemp("stock") / "course")
    course.stock()
    for case in CASES:  # some stop the whole run: who comes after them is graded alone
        if case.name not in course.marks():
            course.stock(f"--student={case.name}")
    return course.marks()


def scores(marks, student):
    return tuple(marks[student].of(test) for test in POINTS) if student in marks else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ours(ours, case):
    assert scores(ours, case.name) == case.ours


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_stock(stock, case):
    assert scores(stock, case.name) == case.stock


def stale(course, grade):
    """Graded first with right answers, then again without the test and with a wrong answer."""
    shutil.rmtree(course.root / "submitted")
    course.hand_in("ada", {"ps1": answers()})
    before = scores(grade(), "ada")
    course.hand_in("ada", {"ps1": after(answers(WRONG), removed("test_double"))})
    return before, grade()


def test_ours_keeps_no_score_of_a_test_that_was_deleted_since(handed_in, tmp_path):
    course = handed_in.copy(tmp_path / "course")
    before, marks = stale(course, lambda: course.ours(force=True))
    assert before == (4, 2, 1)
    assert scores(marks, "ada") == (0, 2, 1)


@pytest.mark.long
def test_stock_keeps_the_score_of_a_test_that_was_deleted_since(handed_in, tmp_path):
    course = handed_in.copy(tmp_path / "course")
    before, marks = stale(course, lambda: course.stock("--force"))
    assert before == (4, 2, 1)
    assert scores(marks, "ada") == (4, 2, 1)


@pytest.mark.long
def test_a_test_cell_that_is_there_twice_stops_stock_nbgraders_whole_run(handed_in, tmp_path):
    course = handed_in.copy(tmp_path / "course")
    shutil.rmtree(course.root / "submitted")
    for student in ("ada", "bo", "cy"):
        course.hand_in(student, {"ps1": after(answers(), repeated("test_double"))})
    course.configure_stock()
    done = course.nbgrader_command("autograde", "ps1")
    assert done.stderr.count("Creating/updating student") == 1
    assert not course.marks()


def test_a_course_that_asks_for_it_has_stock_nbgraders_rule_for_warnings(handed_in, tmp_path):
    course = handed_in.copy(tmp_path / "course")
    course.more = ", stderr_fails=True"
    marks = course.ours(students=["warns", "right"])
    assert scores(marks, "warns") == (0, 2, 1)
    assert scores(marks, "right") == (4, 2, 1)
