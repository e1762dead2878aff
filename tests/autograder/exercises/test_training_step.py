"""The exercises of assignment 05: what they tell apart, what they pay for."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder.exercises import ASSIGNMENTS, find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import build, evaluate
from course_lib.checks.assess import assess
from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer
from course_lib.checks.values import Array

ASSIGNMENT = ASSIGNMENTS["05_training_step"]
EXERCISES = [each.id for each in ASSIGNMENT.exercises]
MISTAKES = [(each.id, mistake.id) for each in ASSIGNMENT.exercises for mistake in each.mistakes]
SECRETS = [b"one", b"two", b"three"]
SOLUTIONS = Path(__file__).parent / "solutions" / "05"

table = cache(lambda exercise, secret: build(find_exercise(exercise), secret, ASSIGNMENT.id))


@cache
def plain_table(exercise, secret):
    """Cases and right values alone: enough to see whether a right solution gets its marks."""
    return build(replace(find_exercise(exercise), mistakes=()), secret, ASSIGNMENT.id)


def drawn(exercise, seeds=range(20)):
    for seed in seeds:
        yield {c.id: c for c in find_exercise(exercise).cases(np.random.default_rng(seed))}


def solutions(kind):
    found = sorted((SOLUTIONS / kind).glob("*/*.py"))
    assert found
    return [pytest.param(each, id=f"{each.parent.name}-{each.stem}") for each in found]


def assessed(of_table, source):
    """Execute a solution as the cell of a notebook and assess what it answers."""
    namespace = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, namespace)
        return assess(of_table, {each.id: perform(each, namespace) for each in of_table.probes()})


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


def lost(assessment):
    return {each.property.id for each in assessment.properties if not each.holds}


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise():
    points = {each.id: each.points for each in ASSIGNMENT.exercises}
    assert points == {"freeze": 6, "train_step": 14, "first_order_change": 6}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_every_case_is_asked_for(exercise):
    exercise = find_exercise(exercise)
    cases = {case.id for case in exercise.cases(np.random.default_rng(0))}
    assert {id for each in exercise.properties for id in each.cases} == cases
    assert any(each.core for each in exercise.properties)


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
    source = path.read_text()
    for number in range(20):
        assessment = assessed(plain_table(path.parent.name, b"%d" % number), source)
        assert assessment.points == assessment.max_points, lost(assessment)
        assert assessment.state == "right"


@pytest.mark.parametrize("exercise", EXERCISES)
def test_there_are_seven_styles_and_twenty_wrong_ones_of_each_exercise(exercise):
    assert len(list((SOLUTIONS / "right" / exercise).glob("*.py"))) >= 7
    assert len(list((SOLUTIONS / "wrong" / exercise).glob("*.py"))) >= 20


@pytest.mark.parametrize("path", solutions("wrong"))
def test_a_wrong_solution_is_named_and_loses_what_it_should(path):
    source = path.read_text()
    expected = {
        key: {each.strip() for each in rest.split(",") if each.strip()}
        for key, rest in re.findall(r"^# (named|loses):(.*)$", source, re.MULTILINE)
    }
    for secret in SECRETS:
        assessment = assessed(table(path.parent.name, secret), source)
        assert set(assessment.diagnosis.mistakes) == expected["named"]
        assert lost(assessment) == expected["loses"]
        assert assessment.points < assessment.max_points


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

CODE = re.compile(r"\w\([^()]*=[^()]*\)|torch\.|np\.|\.(sum|mean|softmax|log|exp)\(|dim=")


def test_every_mistake_has_its_own_words_and_three_different_hints_without_code():
    for exercise in ASSIGNMENT.exercises:
        assert len({each.id for each in exercise.mistakes}) == len(exercise.mistakes)
        assert len({each.says for each in exercise.mistakes}) == len(exercise.mistakes)
        for each in exercise.mistakes:
            assert len(set(each.hints)) == 3
            assert all(text.rstrip(")")[-1] in ".?…!" for text in (each.says, *each.hints))
            assert not any(CODE.search(text) for text in (each.says, *each.hints))
            assert each.misconception is None or each.misconception in MISCONCEPTIONS
        assert not any(CODE.search(hint) for hint in exercise.hints)
