"""The exercise of assignment 06: what it tells apart, what it pays for, and what training shows."""

from __future__ import annotations

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises.distillation import world
from autograder.exercises.distillation.distill import DISTILL
from autograder.exercises.distillation.trained import kl_after, logits_after
from autograder.exercises.tables import evaluate, oracle_input
from course_lib.checks.assess import assess
from course_lib.checks.probe import Answer, Call
from course_lib.checks.values import Array

HERE = Examined("06_distillation", seeds=range(20))
MISTAKES = [id for _, id in HERE.mistakes]

solutions = HERE.solutions


def table(secret):
    return HERE.table("distill", secret)


def drawn(seeds=range(20)):
    return HERE.drawn("distill", seeds)


def answered(secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    answers = {}
    for case in table(secret).cases:
        try:
            numbers = trained(case, mistakes) if case.id == "trained" else ()
        except ArithmeticError:
            numbers = None
        numbers = evaluate(DISTILL, case, mistakes) if numbers == () else numbers
        if numbers is None:
            answers[case.id] = Answer("raised")
            continue
        reads = {f"input:{name}": each for name, each in case.inputs.items()}
        reads |= {f"before:{name}": "as made" for name in case.make}
        reads |= {f"after:{name}": "used" for name in case.make}
        parts = [returned(each) for each in numbers]
        answers[case.id] = Answer("value", reads | dict(zip(case.results, parts, strict=True)))
    return answers


def trained(case, mistakes=()):
    """A curve and the logits after all passes."""
    return np.zeros(1), logits_after(case, mistakes)


def returned(part):
    """An array as a student gives it back: a curve is a list of floats, and nothing where NaN."""
    if part.ndim == 1 and len(part) < 20:
        return [float(each) for each in part]
    if part.shape:
        return Array(part, str(part.dtype))
    return None if np.isnan(part) else float(part)


# -- points ----------------------------------------------------------------------------------


def test_points():
    assert DISTILL.points == 17
    assert all(each.points == int(each.points) for each in DISTILL.properties)


def test_properties_name_cases_that_exist_and_every_case_is_asked_for():
    HERE.expect_cases("distill")


# -- cases -----------------------------------------------------------------------------------


def counts(case):
    return [int(batch["ms"].data.sum()) for batch in case.inputs["batches"]]


def test_groups_are_unequal_where_a_mean_of_means_is_to_be_told_and_equal_elsewhere():
    for cases in drawn():
        for id in ("groups of three", "a short last group", "less than a group"):
            assert len(set(counts(cases[id]))) == len(counts(cases[id]))
        for id in ("one at a time", "with momentum", "gradients left over"):
            assert len(set(counts(cases[id]))) == 1


def test_the_last_group_is_whole_once_and_short_elsewhere():
    for cases in drawn(range(3)):
        sizes = {id: (len(counts(c)), c.inputs.get("accumulate", 1)) for id, c in cases.items()}
        assert sizes["groups of three"] == (6, 3)
        assert sizes["a short last group"] == (5, 3)
        assert sizes["less than a group"] == (3, 4)
        assert sizes["trained"] == (18, 3)


def test_one_training_goes_on_in_a_second_call_with_what_the_optimizer_remembers():
    for cases in drawn(range(3)):
        again = cases["called again"]
        assert [each.function for each in again.steps if isinstance(each, Call)] == ["distill"] * 2
        assert again.inputs["optimizer"]["momentum"] > 0
        once = DISTILL.oracle(**{**oracle_inputs(again), "calls": 1})
        assert not np.allclose(once[1], evaluate(DISTILL, again)[1])


def oracle_inputs(case):
    return {name: oracle_input(value) for name, value in case.inputs.items()}


def test_temperatures_and_learning_rates_are_no_habits():
    for cases in drawn():
        for id in cases.keys() - {"trained"}:
            inputs = cases[id].inputs
            assert 0.55 < inputs.get("T", 0.6) < 0.8 or 1.75 < inputs["T"] < 1.99
            assert inputs["optimizer"]["lr"] >= 0.3


def test_both_models_read_the_same_answers_and_nothing_predicts_a_first_token():
    for cases in drawn(range(5)):
        for batch in (each for case in cases.values() for each in case.inputs["batches"]):
            xt, mt, xs, ms = (batch[name].data for name in ("xt", "mt", "xs", "ms"))
            np.testing.assert_array_equal(xt[mt], xs[ms])
            assert not mt[:, 0].any()
            assert not ms[:, 0].any()


# -- trained work ----------------------------------------------------------------------------


def test_over_twenty_secrets_the_right_loop_ends_near_the_teacher_with_room_to_spare():
    for cases in drawn():
        case = cases["trained"]
        assert kl_after(case) < world.NEAR / 2
        assert kl_after(case, passes=0) > 5 * world.NEAR


@pytest.mark.parametrize("id", [m.id for m in DISTILL.mistakes if "learns" in m.breaks])
def test_who_learns_something_else_ends_far_away(id):
    mistake = next(each for each in DISTILL.mistakes if each.id == id)
    for cases in drawn(range(5)):
        try:
            assert kl_after(cases["trained"], (mistake,)) > 2 * world.NEAR
        except ArithmeticError:
            assert id == "teacher-asked-once"


def test_the_exam_asks_about_answers_alone_and_about_no_row_that_was_trained_on():
    for cases in drawn(range(5)):
        inputs, expected = cases["trained"].inputs, evaluate(DISTILL, cases["trained"])[1]
        asked = ~np.isnan(expected[..., 0])
        np.testing.assert_array_equal(asked[:, :-1], inputs["asked"]["ms"].data[:, 1:])
        seen = {row.tobytes() for batch in inputs["batches"] for row in batch["xs"].data}
        fresh = [row.tobytes() not in seen for row in inputs["tokens"].data]
        assert sum(fresh) > 0.9 * len(fresh)


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize("id", MISTAKES)
def test_a_mistake_loses_exactly_what_it_declares_and_is_named(id):
    mistake = next(each for each in DISTILL.mistakes if each.id == id)
    for secret in SECRETS:
        assessment = assess(table(secret), answered(secret, (mistake,)))
        assert assessment.diagnosis.mistakes == (id,)
        assert lost(assessment) == mistake.breaks
        cost = sum(each.points for each in DISTILL.properties if each.id in mistake.breaks)
        assert assessment.max_points - assessment.points == cost > 0


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks_over_secrets(path):
    assert len(list(HERE.expect_full_marks(path, secrets=5))) == 5


def test_there_are_six_styles_and_twenty_wrong_ones():
    assert len(solutions("right")) >= 6
    assert len(solutions("wrong")) >= 20


@pytest.mark.parametrize("path", solutions("wrong"))
def test_a_wrong_solution_is_named_and_loses_what_it_should(path):
    HERE.expect_what_it_says(path, SECRETS[:2])


@pytest.mark.parametrize(
    "body",
    [
        "...",
        "return None",
        "return []",
        "return [0.0] * len(batches)",
        "return [float('nan')]",
        "return [1.0, 0.5, 0.25]",
        "return batches",
        "return student",
        "optimizer.zero_grad(); return [0.0]",
        "[p.data.add_(1) for p in student.parameters()]; return [0.0]",
        "student.load_state_dict(teacher.state_dict()); return [0.0]",
        "raise NotImplementedError",
        "return 'a string'",
    ],
)
def test_an_empty_answer_earns_nothing(body):
    signature = "student, teacher, batches, optimizer, T=1.0, accumulate=1"
    source = f"import torch\ndef distill({signature}):\n    {body}\n"
    for secret in SECRETS[:2]:
        assessment = assessed(table(secret), source)
        assert assessment.points == 0
        assert (assessment.state == "untouched") == (body in ("...", "return None"))


# -- words -----------------------------------------------------------------------------------


def test_every_mistake_has_its_own_words_and_three_different_hints_without_code():
    HERE.expect_words()
    assert len({each.says for each in DISTILL.mistakes}) == len(MISTAKES)
