"""The registry: ids are unique over the whole course."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.exercises import ASSIGNMENTS, find_exercise, registry

ASSIGNMENT = ASSIGNMENTS["02_distillation_loss"]


def test_exercises_are_found_by_their_id():
    assert find_exercise("kd_grad").id == "kd_grad"


def test_an_unknown_id_is_answered_with_those_there_are():
    with pytest.raises(KeyError, match=r"there is no exercise 'kd_los'; there are .*kd_loss"):
        find_exercise("kd_los")


def test_an_exercise_that_stands_in_two_assignments_is_refused():
    again = replace(ASSIGNMENT, id="03_again", questions=())
    with pytest.raises(ValueError, match=r"high_T_limit, kd_and_ce, kd_grad, kd_loss: used more"):
        registry([ASSIGNMENT, again])


def test_a_question_must_not_be_called_like_an_exercise():
    question = replace(ASSIGNMENT.questions[0], id="kd_loss")
    with pytest.raises(ValueError, match="kd_loss: used more than once"):
        registry([replace(ASSIGNMENT, questions=(question,))])
