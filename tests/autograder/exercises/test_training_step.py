"""The exercises of assignment 05: what they tell apart, what they pay for."""

from __future__ import annotations

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import find_exercise
from autograder.exercises.tables import evaluate
from course_lib.checks.assess import assess
from course_lib.checks.probe import Answer
from course_lib.checks.values import Array

HERE = Examined("05_training_step", seeds=range(20))
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, drawn, solutions = HERE.table, HERE.drawn, HERE.solutions


def answered(exercise, secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    answers = {}
    for case in table(exercise, secret).cases:
        numbers = evaluate(find_exercise(exercise), case, mistakes)
        if numbers is None:
            answers[case.id] = Answer("raised")
            continue
        reads = {f"input:{name}": each for name, each in case.inputs.items()}
        reads |= {f"before:{name}": "as made" for name in case.make}
        reads |= {f"after:{name}": "used" for name in case.make}
        parts = [returned(each) for each in numbers]
        answers[case.id] = Answer("value", reads | dict(zip(case.results, parts, strict=True)))
    return answers


def returned(part):
    """An array as a student gives it back: a scalar is a float, and nothing at all where NaN."""
    if part.shape:
        return Array(part, str(part.dtype))
    return None if np.isnan(part) else float(part)


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise():
    points = {each.id: each.points for each in ASSIGNMENT.exercises}
    assert points == {"freeze": 6, "train_step": 14, "first_order_change": 6}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_every_case_is_asked_for(exercise):
    HERE.expect_cases(exercise)


# -- cases -----------------------------------------------------------------------------------


def test_no_two_sizes_of_a_batch_are_equal_so_that_no_mean_passes_for_another():
    for cases in drawn("train_step"):
        for case in cases.values():
            batch = case.inputs["batch"]
            xt, xs, mt, ms = (batch[name].data for name in ("xt", "xs", "mt", "ms"))
            V = case.inputs["student"]["weights"]["prior"].shape[0]
            sizes = [len(xt), V, xt.shape[1], xs.shape[1], int(ms.sum())]
            assert len(set(sizes)) == len(sizes)
            counts = ms.sum(1).tolist()
            assert len(set(counts)) == len(counts)
            assert min(counts) == 1
            np.testing.assert_array_equal(xt[mt], xs[ms])
            assert not mt[:, 0].any()
            assert not ms[:, 0].any()


def test_temperatures_and_learning_rates_are_no_habits():
    for cases in drawn("train_step"):
        for case in cases.values():
            T = case.inputs.get("T", 1.8)
            assert 0.55 < T < 0.8 or 1.75 < T < 1.99
            assert case.inputs["optimizer"]["lr"] >= 0.3
            assert case.inputs["optimizer"]["of"] == "student"


def test_each_situation_is_there_once():
    for cases in drawn("train_step", range(3)):
        inputs = {id: case.inputs for id, case in cases.items()}
        assert "gradients" in inputs["gradients left over"]["student"]
        assert "momentum" in inputs["momentum"]["optimizer"]
        assert "momentum" not in inputs["three steps"]["optimizer"]
        assert {"batch_2", "batch_3"} < set(inputs["momentum"])
        assert inputs["teacher not frozen"]["teacher"].get("learns", True)
        assert "T" not in inputs["T left out"]
        for model in ("student", "teacher"):
            assert inputs["dropout"][model]["dropped"].data.sum() == 1


def test_steps_that_follow_the_gradient_and_steps_that_do_not_are_both_there():
    oracle = find_exercise("first_order_change").oracle
    for cases in drawn("first_order_change"):
        for id, follows in {"plain SGD": True, "momentum": False, "Adam": False}.items():
            inputs = {
                name: {key: each.data for key, each in of.items()}
                for name, of in cases[id].inputs.items()
            }
            straight = oracle(**inputs, formula="−‖g‖·‖Δ‖")
            assert (straight == pytest.approx(float(oracle(**inputs)), rel=1e-6)) == follows


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "id"), MISTAKES)
def test_a_mistake_loses_exactly_what_it_declares_and_is_named(exercise, id):
    exercise = find_exercise(exercise)
    mistake = next(each for each in exercise.mistakes if each.id == id)
    for secret in SECRETS:
        assessment = assess(table(exercise.id, secret), answered(exercise.id, secret, (mistake,)))
        assert assessment.diagnosis.mistakes == (id,)
        assert lost(assessment) == mistake.breaks
        cost = sum(each.points for each in exercise.properties if each.id in mistake.breaks)
        assert assessment.max_points - assessment.points == cost > 0


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks_over_twenty_secrets(path):
    assert len(list(HERE.expect_full_marks(path))) == 20


@pytest.mark.parametrize("exercise", EXERCISES)
def test_there_are_seven_styles_and_twenty_wrong_ones_of_each_exercise(exercise):
    assert HERE.count("right", exercise) >= 7
    assert HERE.count("wrong", exercise) >= 20


@pytest.mark.parametrize("path", solutions("wrong"))
def test_a_wrong_solution_is_named_and_loses_what_it_should(path):
    HERE.expect_what_it_says(path)


SIGNATURES = {
    "freeze": "model",
    "train_step": "student, teacher, batch, optimizer, T=1.0",
    "first_order_change": "before, after, grads",
}


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize(
    "body",
    [
        "...",
        "return None",
        "return 0.0",
        "return float('nan')",
        "return torch.zeros(3)",
        "return torch.rand(()).item()",
        "return FIRST",
        "return copy.deepcopy(FIRST)",
        "raise NotImplementedError",
        "return 'a string'",
    ],
)
def test_an_empty_answer_earns_nothing(exercise, body):
    signature = SIGNATURES[exercise]
    body = body.replace("FIRST", signature.split(", ")[0])
    source = f"import copy, torch\ndef {exercise}({signature}):\n    {body}\n"
    for secret in SECRETS:
        assessment = assessed(table(exercise, secret), source)
        assert assessment.points == 0
        assert (assessment.state == "untouched") == (body in ("...", "return None"))


@pytest.mark.parametrize(
    "body",
    [
        "optimizer.zero_grad(); return 0.0",
        "student.eval(); teacher.eval(); return 0.0",
        "[p.data.add_(1) for p in student.parameters()]; return 0.0",
        "student.train(); [p.requires_grad_(False) for p in teacher.parameters()]; return 1.0",
    ],
)
def test_doing_something_to_the_models_is_not_yet_a_step(body):
    source = f"def train_step(student, teacher, batch, optimizer, T=1.0):\n    {body}\n"
    for secret in SECRETS:
        assert assessed(table("train_step", secret), source).points == 0


# -- words -----------------------------------------------------------------------------------


def test_every_mistake_has_its_own_words_and_three_different_hints_without_code():
    HERE.expect_words()
    for exercise in ASSIGNMENT.exercises:
        assert len({each.says for each in exercise.mistakes}) == len(exercise.mistakes)
