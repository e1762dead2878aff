"""The registry: ids are unique over the whole course."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder.exercises import ASSIGNMENTS, find_exercise, registry
from autograder.exercises.misconceptions import MISCONCEPTIONS

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


def texts_after_grading(question):
    """What is said of a graded question in feedback alone."""
    if question.formative:
        return
    yield from (each.says for each in question.options)
    yield from (each.says for each in question.slips)
    yield from question.rubric


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=lambda each: each.id)
def test_no_hint_gives_away_a_number_that_a_graded_question_asks_for(assignment):
    kept = {
        number
        for question in assignment.questions
        for text in texts_after_grading(question)
        for number in re.findall(r"\.\d{3,}", text)
    }
    told = {
        number
        for exercise in assignment.exercises
        for hint in (*exercise.hints, *(h for each in exercise.mistakes for h in each.hints))
        for number in re.findall(r"\.\d{3,}", hint)
    }
    assert kept & told == set()


PREDICTIONS = [q for each in ASSIGNMENTS.values() for q in each.questions if q.kind == "predict"]


@pytest.mark.parametrize("question", PREDICTIONS, ids=lambda each: each.id)
def test_a_prediction_explains_every_option_and_a_wrong_one_says_what_it_betrays(question):
    for option in question.options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id != question.key)
    assert all(slip.misconception in MISCONCEPTIONS for slip in question.slips)
    assert question.options or question.slips


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=lambda each: each.id)
def test_what_the_opening_prediction_betrays_is_met_again_where_it_is_graded(assignment):
    opening, *others = assignment.questions
    assert (opening.kind, opening.points) == ("predict", 0)
    betrayed = {each.misconception for each in (*opening.options, *opening.slips)} - {None}
    again = {mistake.misconception for each in assignment.exercises for mistake in each.mistakes}
    for question in others:
        again |= {each.misconception for each in (*question.options, *question.slips)}
    assert betrayed & again
