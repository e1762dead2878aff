"""One engine, reached by its own command line, by nbgrader's, and by formgrader's API."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.demo.run import ASSIGNMENT

STUDENTS = ("ada", "goran", "noor", "pia")
BIN = Path(sys.executable).parent


def run(course, *command):
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    return subprocess.run(
        [BIN / command[0], *command[1:]], cwd=course.root, env=os.environ | {"PATH": path},
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip


def marks(course):
    """Everything in the gradebook that is a mark."""
    with Gradebook(course.db_url) as gradebook:
        return {
            (student, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for student in STUDENTS
            for notebook in gradebook.find_submission(ASSIGNMENT, student).notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def graded():
    return {}


def test_the_command_line_grades_and_tells_what_it_could_not(handed_in, graded):
    course = handed_in(*STUDENTS)
    done = run(course, "autograder", "grade", ASSIGNMENT, "--json")
    assert done.returncode == 1, done.stderr
    assert "noor" in done.stderr
    entries = {entry["student"]: entry for entry in json.loads(done.stdout)}
    assert entries["ada"]["points"] == entries["ada"]["max_points"] - 4
    assert entries["goran"]["points"] < entries["ada"]["points"]
    assert entries["pia"]["points"] == 0
    assert not entries["noor"]["graded"]
    graded["autograder"] = marks(course)
    again = run(course, "autograder", "grade", ASSIGNMENT)
    assert again.returncode == 0
    assert "everything was graded already" in again.stdout


def test_nbgraders_command_line_gives_the_same_marks(handed_in, graded):
    course = handed_in(*STUDENTS)
    done = run(course, "nbgrader", "autograde", ASSIGNMENT)
    assert done.returncode == 1
    assert "noor" in done.stderr
    assert marks(course) == graded["autograder"]


def test_formgraders_api_gives_the_same_marks(handed_in, graded):
    course = handed_in(*STUDENTS)
    api = NbGraderAPI(coursedir=course.coursedir, config=course.config)
    outcomes = {each: api.autograde(ASSIGNMENT, each) for each in STUDENTS}
    assert [each for each in STUDENTS if not outcomes[each]["success"]] == ["noor"]
    assert marks(course) == graded["autograder"]


def test_a_short_answer_that_waits_for_a_reader_is_no_failure(handed_in):
    course = handed_in("ada")
    done = run(course, "autograder", "grade", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("two_temperatures", ASSIGNMENT, ASSIGNMENT, "ada")
        assert grade.needs_manual_grade
        assert grade.auto_score is None


def test_a_mark_given_by_hand_survives_regrading(handed_in):
    course = handed_in("ada")
    assert run(course, "autograder", "grade", ASSIGNMENT).returncode == 0
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("two_temperatures", ASSIGNMENT, ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.db.commit()
    assert run(course, "autograder", "grade", ASSIGNMENT, "--force").returncode == 0
    with Gradebook(course.db_url) as gradebook:
        assert gradebook.find_grade("two_temperatures", ASSIGNMENT, ASSIGNMENT, "ada").score == 3.0


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("grade", "02_destillation_loss"), "02_distillation_loss"),
        (("grade", ASSIGNMENT, "--course", "nowhere"), "autograder init"),
        (("grade", ASSIGNMENT, "--isolation", "magic"), "namespaces"),
        (("release", "nothing"), "nothing"),
        (("grade",), "Missing argument"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_says_what_to_do(released, command, says):
    done = run(released, "autograder", *command)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
