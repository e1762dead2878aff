"""The example class gets what it deserves, and the feedback shows nothing hidden."""

import pytest

from autograder.demo.run import ASSIGNMENT
from autograder.demo.students import CLASS
from autograder.engine import journal, many
from autograder.exercises import ASSIGNMENTS
from autograder.exercises.tables import build
from autograder.feedback.generate import generate
from autograder.report import page

AUTOMATIC = sum(e.points for e in ASSIGNMENTS[ASSIGNMENT].exercises) + sum(
    q.points for q in ASSIGNMENTS[ASSIGNMENT].questions if q.automatic
)


@pytest.fixture(scope="module")
def course(handed_in):
    """The whole class, graded once."""
    course = handed_in(*(student.id for student in CLASS))
    many.grade(course, ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def entries(course):
    return journal.latest(course, ASSIGNMENT)


def cell(entries, student, id):
    return next(
        cell
        for notebook in entries[student]["notebooks"]
        for cell in notebook["cells"]
        if cell["grade_id"] == id
    )


@pytest.mark.parametrize("student", ["ada", "bela", "chidi", "dora", "kira", "lena", "mats"])
def test_right_solutions_get_full_marks_whatever_their_style(entries, student):
    assert entries[student]["points"] == AUTOMATIC


@pytest.mark.parametrize(
    ("student", "id", "mistakes"),
    [
        ("emre", "check_kd_loss", {"no-t-squared"}),
        ("fatima", "check_kd_loss", {"direction-swapped"}),
        ("goran", "check_kd_loss", {"no-t-squared", "direction-swapped"}),
        ("goran", "check_kd_grad", {"sign"}),
        ("goran", "check_high_T_limit", {"not-centred"}),
    ],
)
def test_mistakes_are_named(entries, student, id, mistakes):
    graded = cell(entries, student, id)
    assert set(graded["mistakes"]) == mistakes
    assert 0 < graded["points"] < graded["max_points"]


def test_a_cut_gradient_costs_the_gradient_alone(entries):
    assert cell(entries, "hanna", "check_kd_loss")["failed"] == ["gradient"]


def test_a_loop_without_end_costs_its_exercise_alone(entries):
    assert cell(entries, "jun", "check_kd_grad")["points"] == 0
    assert entries["jun"]["points"] == AUTOMATIC - 6


@pytest.mark.parametrize("student", ["ivo", "pia"])
def test_an_untouched_copy_and_forged_marks_get_nothing(entries, student):
    assert entries[student]["points"] == 0
    assert entries[student]["graded"]


@pytest.mark.parametrize(("student", "says"), [("noor", "breaks off"), ("otto", "empty")])
def test_what_cannot_be_read_is_told_and_stops_nobody(entries, student, says):
    assert not entries[student]["graded"]
    assert says in entries[student]["notebooks"][0]["problems"][0]["says"]


def test_feedback_is_written_for_everybody_and_shows_nothing_hidden(course, entries):
    students = ["ada", "goran", "noor", "pia"]
    pages = generate(course, ASSIGNMENT, students)
    hidden = _hidden_numbers(course)
    for student in students:
        html = (pages[student] / f"{ASSIGNMENT}.html").read_text()
        assert not [number for number in hidden if number in html]
        assert "BEGIN SOLUTION" not in html
    assert "The factor T² is missing" in (pages["goran"] / f"{ASSIGNMENT}.html").read_text()


def _hidden_numbers(course):
    """Inputs and right values of the hidden cases, as a page could print them."""
    numbers = set()
    for exercise in ASSIGNMENTS[ASSIGNMENT].exercises:
        table = build(exercise, course.secret, ASSIGNMENT)
        for case in table.cases[:3]:
            for value in (*case.inputs.values(), *(table.right.values[case.id] or ())):
                flat = getattr(value, "data", value)
                if hasattr(flat, "ravel"):
                    numbers |= {f"{x:.6f}" for x in flat.ravel()[:5] if abs(x) > 1e-3}
    return numbers


def test_the_report_names_everybody_and_the_mistakes(course):
    html = page.write(course, ASSIGNMENT).read_text()
    for student in CLASS:
        assert f">{student.id}<" in html
    assert "no-t-squared" in html
