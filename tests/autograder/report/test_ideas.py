import numpy as np
import pytest

from autograder.exercises.exercise import Assignment, Exercise, Mistake, Option, Question
from autograder.feedback.ideas import text
from autograder.report import course_page
from autograder.report.ideas import ideas, standings
from course_lib.checks.table import Property

HINTS = ("a", "b", "c")


def exercise(id: str, **misconceptions: str) -> Exercise:
    """Its mistakes, by name, and the idea behind each."""
    broken = frozenset({"value"})
    mistakes = tuple(
        Mistake(name.replace("_", "-"), {name: True}, broken, "said", HINTS, idea)
        for name, idea in misconceptions.items()
    )
    property = Property("value", "the value is right", 4.0, ("case",), core=True)
    return Exercise(id, id, np.add, lambda rng: (), (property,), mistakes, HINTS)


def question(id: str, idea: str) -> Question:
    options = (Option("A", "wrong", "no", idea), Option("B", "right"), Option("C", "odd"))
    return Question(id, id, "choice", "Which?", 2.0, options, key="B")


COURSE = {
    "01": Assignment("01", "One", (exercise("kl", swapped="kl-is-symmetric"),), ()),
    "02": Assignment(
        "02",
        "Two",
        (exercise("kd", direction="kl-is-symmetric", no_t="t-squared-is-a-detail"),),
        (question("why", "t-squared-is-a-detail"),),
    ),
}


def exercise_cell(id: str, points: float, *mistakes: str) -> dict:
    made = {"grade_id": f"check_{id}", "kind": "exercise", "points": points, "max_points": 4.0}
    return made | {"mistakes": list(mistakes), "state": "wrong", "failed": [], "fault": ""}


def question_cell(id: str, answer: str | None, points: float, *misconceptions: str) -> dict:
    made = {"grade_id": id, "kind": "question", "points": points, "max_points": 2.0}
    return made | {"answer": answer, "misconceptions": list(misconceptions), "reason": ""}


def entry(assignment: str, *cells: dict, graded: bool = True) -> dict:
    notebook = {"name": assignment, "isolation": "none", "problems": [], "cells": list(cells)}
    made = {"student": "ada", "assignment": assignment, "graded": graded, "error": ""}
    return made | {"points": 1.0, "max_points": 4.0, "seconds": 0.1, "notebooks": [notebook]}


def standing(*entries: dict) -> dict[str, str]:
    return {idea.id: idea.standing for idea in ideas(COURSE, entries)}


SWAPPED = entry("01", exercise_cell("kl", 0.0, "swapped"))


def test_an_idea_is_unlearned_once_a_later_cell_that_asks_for_it_is_right():
    found = standing(SWAPPED, entry("02", exercise_cell("kd", 4.0)))
    assert found == {"kl-is-symmetric": "unlearned"}


def test_an_idea_is_held_if_it_shows_again_in_another_dress():
    found = standing(SWAPPED, entry("02", exercise_cell("kd", 0.0, "direction")))
    assert found == {"kl-is-symmetric": "held"}


def test_it_is_held_if_it_comes_back_after_it_seemed_unlearned():
    made = entry(
        "02",
        exercise_cell("kd", 0.0, "no-t"),
        question_cell("why", "B", 2.0),
        question_cell("why", "A", 0.0, "t-squared-is-a-detail"),
    )
    assert standing(made) == {"t-squared-is-a-detail": "held"}


@pytest.mark.parametrize(
    "later",
    [
        entry("02", exercise_cell("kd", 0.0)),  # wrong, nobody knows how
        entry("02", exercise_cell("kd", 2.0, "no-t")),  # wrong in another way
        entry("02", question_cell("why", "B", 2.0)),  # right, but asks about something else
        entry("02", exercise_cell("kd", 4.0), graded=False),
    ],
)
def test_what_is_no_proof_leaves_an_idea_as_it_was(later):
    assert standing(SWAPPED, later)["kl-is-symmetric"] == "not asked again"


def test_a_question_that_was_not_answered_says_nothing():
    shown = entry("02", exercise_cell("kd", 0.0, "no-t"), question_cell("why", None, 0.0))
    assert standing(shown) == {"t-squared-is-a-detail": "not asked again"}


def test_ideas_never_shown_are_not_spoken_of():
    assert standing(entry("01", exercise_cell("kl", 4.0))) == {}


def test_the_order_is_the_courses_and_not_that_of_grading():
    later, earlier = entry("02", exercise_cell("kd", 4.0)), SWAPPED
    assert standing(later, earlier) == {"kl-is-symmetric": "unlearned"}


def test_a_mistake_that_the_registry_no_longer_has_is_left_out():
    assert standing(entry("01", exercise_cell("kl", 0.0, "gone-since"))) == {}


def test_a_class_is_counted_by_where_its_students_stand():
    held = ideas(COURSE, [SWAPPED, entry("02", exercise_cell("kd", 0.0, "direction"))])
    unlearned = ideas(COURSE, [SWAPPED, entry("02", exercise_cell("kd", 4.0))])
    counted = standings([held, unlearned, unlearned])
    assert counted == {"kl-is-symmetric": {"held": 1, "unlearned": 2}}


def test_the_words_name_the_idea_and_where_it_showed_and_where_no_longer():
    said = text(ideas(COURSE, [SWAPPED, entry("02", exercise_cell("kd", 4.0))]))
    assert "the order of the two distributions does not matter" in said
    assert "showed in `kl` (01), and no longer in `kd` (02)" in said
    assert text(()) == ""


def test_the_page_of_the_course_lists_ideas_by_student_and_over_the_class():
    later = entry("02", exercise_cell("kd", 4.0))
    page = course_page.page(COURSE, {"ada": [SWAPPED, later], "<b>": [later]})
    assert "kl-is-symmetric" in page
    assert "the order of the two distributions does not matter" in page
    assert "<th scope='row'>&lt;b&gt;</th>" in page
    assert "<td class='number'>–</td>" in page  # <b> did not hand 01 in
