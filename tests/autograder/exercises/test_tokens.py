"""The exercises and questions of assignment 03: what they tell apart, what they pay for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import evaluate, oracle_input
from autograder.judge.questions import score
from course_lib.checks.assess import assess
from course_lib.checks.probe import Answer
from course_lib.checks.values import Array

HERE = Examined("03_tokens_masks_shifts")
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, drawn, solutions = HERE.table, HERE.drawn, HERE.solutions


def answered(exercise, secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    exercise, answers = find_exercise(exercise), {}
    for case in table(exercise.id, secret).cases:
        numbers = evaluate(exercise, case, mistakes)
        dtype = next((v.dtype for v in case.inputs.values() if is_float(v)), "float64")
        parts = [Array(n, dtype if n.dtype.kind == "f" else str(n.dtype)) for n in numbers]
        reads = {f"input:{name}": value for name, value in case.inputs.items()}
        for name in case.differentiate:
            reads[f"input:{name}"] = replace(case.inputs[name], requires_grad=True)
        reads["result"] = parts[0] if len(parts) == 1 else tuple(parts)
        if case.differentiate:
            reads["gradient:logits_s"] = gradient(exercise, secret, case, mistakes)
        answers[case.id] = Answer("value", reads)
    return answers


def is_float(value):
    return isinstance(value, Array) and value.data.dtype.kind == "f"


def gradient(exercise, secret, case, mistakes):
    """The gradient with these mistakes, by central differences; the right one where it is equal."""
    right, slope = slope_of(exercise, case, ()), slope_of(exercise, case, mistakes)
    if np.allclose(slope, right, rtol=1e-4, atol=1e-7, equal_nan=True):
        slope = table(exercise.id, secret).gradients[case.id]["logits_s"]
    return Array(slope, "float64")


def slope_of(exercise, case, mistakes, step=1e-5):
    inputs = {name: oracle_input(value) for name, value in case.inputs.items()}
    switches = {key: value for each in mistakes for key, value in each.switch.items()}
    slope = np.zeros_like(inputs["logits_s"])
    with np.errstate(all="ignore"):
        for at in np.ndindex(slope.shape):
            ends = []
            for sign in (1, -1):
                moved = inputs["logits_s"].copy()
                moved[at] += sign * step
                ends.append(exercise.oracle(**{**inputs, "logits_s": moved}, **switches))
            slope[at] = (ends[0] - ends[1]) / (2 * step)
    return slope


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise_and_question():
    points = {each.id: each.points for each in (*ASSIGNMENT.exercises, *ASSIGNMENT.questions)}
    assert points == {
        "build_inputs": 6,
        "shift": 6,
        "align": 8,
        "masked_kl": 11,
        "perplexity": 5,
        "predict_padding": 0,
        "padded_validation_loss": 2,
        "two_rows": 2,
        "who_predicts": 2,
        "find_the_padding": 3,
    }
    assert 25 <= sum(points.values()) <= 45


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_pay_whole_points(exercise):
    HERE.expect_cases(exercise)
    assert all(each.points == int(each.points) for each in find_exercise(exercise).properties)


# -- cases -----------------------------------------------------------------------------------


def test_inputs_have_an_empty_context_another_bos_and_a_token_that_is_there_twice():
    for cases in drawn("build_inputs"):
        assert cases["no context"].inputs["c"] == []
        assert {"bos" in case.inputs for case in cases.values()} == {True, False}
        assert all(case.inputs.get("bos", 1) != 0 for case in cases.values())
        assert len(cases["one-token answer"].inputs["y"]) == 1
        repeated = cases["repeated tokens"].inputs
        assert set(repeated["y"]) & set(repeated["c"])
        assert set(repeated["y"]) & set(repeated["z"])
        for id in {*cases} - {"repeated tokens"}:
            c, z, y = (cases[id].inputs[name] for name in "czy")
            assert len({*c, *z, *y}) == len(c) + len(z) + len(y)
            assert len({len(c), len(z), len(y)}) == 3


def test_shifts_are_asked_of_batches_whose_sizes_differ_and_of_the_shortest():
    for cases in drawn("shift"):
        for case in cases.values():
            B, L, V = case.inputs["logits"].shape
            assert len({B, L, V}) == 3
            assert not case.inputs["mask"].data[:, 0].any()  # nothing predicts the first token
            assert case.inputs["mask"].data.any()
        assert cases["two positions"].inputs["tokens"].shape[1] == 2


def test_answers_are_ragged_and_do_not_all_end_their_rows():
    for cases in drawn("align"):
        student, teacher = (cases[id].inputs["mask"].data for id in ("student", "teacher"))
        counts = student.sum(1)
        assert (counts == teacher.sum(1)).all()
        assert len(set(counts)) == len(counts)
        assert 1 in counts
        assert student.shape[1] != teacher.shape[1]
        assert len(set(teacher.argmax(1) - student.argmax(1))) == len(counts)
        for id in ("student", "teacher", "another batch"):
            mask = cases[id].inputs["mask"].data
            B, L, V = cases[id].inputs["logits"].shape
            assert len({B, L, V, mask.sum(1).max()}) == 4
            assert (mask.argmax(1) >= 2).all()
            assert not mask[:, -1].all()
        assert cases["ends the row"].inputs["mask"].data[:, -1].all()
        assert (cases["no answer"].inputs["mask"].data.sum(1) == 0).sum() == 1


@pytest.mark.parametrize("exercise", ["masked_kl", "perplexity"])
def test_masks_count_differently_and_one_row_counts_a_single_token(exercise):
    for cases in drawn(exercise):
        for case in cases.values():
            mask = case.inputs["mask"].data
            counts = mask.sum(1)
            if case.id in ("empty", "one row", "one token"):
                continue
            assert len(set(counts)) == len(counts)
            if case.id == "row without":
                assert 0 in counts
                continue
            assert 1 in counts
            B, M = mask.shape
            V = case.inputs["logits_t" if exercise == "masked_kl" else "logits"].shape[-1]
            assert V >= 4
            assert counts.sum() not in (B, M, V, B * M)
            if case.id != "as many rows as outcomes":
                assert len({B, M, V}) == 3


def test_pads_of_teacher_and_student_differ_and_their_number_changes():
    for cases in drawn("masked_kl"):
        few, more = cases["skewed"].inputs, cases["padded"].inputs
        assert more["mask"].shape[1] > few["mask"].shape[1]
        M = few["mask"].shape[1]
        np.testing.assert_array_equal(more["logits_s"].data[:, :M], few["logits_s"].data)
        pads = ~more["mask"].data
        z_t, z_s = (more[name].data[pads] for name in ("logits_t", "logits_s"))
        assert (np.abs(z_t - z_s).max(-1) > 1).all()


def test_temperatures_lie_on_both_sides_of_one_and_one_is_an_int_and_one_is_left_out():
    for cases in drawn("masked_kl"):
        temperatures = [case.inputs.get("T") for case in cases.values()]
        given = [T for T in temperatures if T is not None]
        assert temperatures.count(None) == 1
        assert min(given) < 1
        assert max(given) > 2
        assert [type(T) for T in given].count(int) == 1
        assert not {1, 2} & {*given}


def test_the_special_cases_of_the_masked_loss_are_there():
    for cases in drawn("masked_kl"):
        assert not cases["empty"].inputs["mask"].data.any()
        assert cases["one token"].inputs["mask"].data.sum() == 1
        assert cases["empty"].atol == cases["gradient"].atol == 0  # exact zeros are promised
        B, _, V = cases["as many rows as outcomes"].inputs["logits_t"].shape
        assert B == V
        rubbish = cases["NaN in pads"].inputs
        assert (np.isnan(rubbish["logits_s"].data).all(-1) == ~rubbish["mask"].data).all()
        assert np.isneginf(cases["impossible outcome"].inputs["logits_t"].data).any()


def test_labels_are_never_the_likeliest_outcome():
    for cases in drawn("perplexity"):
        for case in cases.values():
            z, labels = case.inputs["logits"].data, case.inputs["labels"].data
            counted = case.inputs["mask"].data
            assert (labels != z.argmax(-1))[counted].all()
            assert ((labels >= 0) & (labels < z.shape[-1])).all()


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "id"), MISTAKES)
def test_a_mistake_loses_exactly_what_it_declares_and_is_named(exercise, id):
    exercise = find_exercise(exercise)
    mistake = next(each for each in exercise.mistakes if each.id == id)
    for secret in SECRETS[:1] if exercise.gradients else SECRETS:  # differences take their time
        assessment = assess(table(exercise.id, secret), answered(exercise.id, secret, (mistake,)))
        assert assessment.diagnosis.mistakes == (id,)
        assert lost(assessment) == mistake.breaks
        cost = sum(each.points for each in exercise.properties if each.id in mistake.breaks)
        assert assessment.max_points - assessment.points == cost > 0


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks_over_twenty_secrets(path):
    for assessment in HERE.expect_full_marks(path):
        assert assessment.diagnosis.right


@pytest.mark.parametrize("exercise", EXERCISES)
def test_there_are_six_styles_and_eight_wrong_ones_of_each_exercise(exercise):
    assert HERE.count("right", exercise) >= 6
    assert HERE.count("wrong", exercise) >= 8


@pytest.mark.parametrize("path", solutions("wrong"))
def test_a_wrong_solution_is_named_and_loses_what_it_should(path):
    HERE.expect_what_it_says(path)


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize(
    "body",
    [
        "...",
        "return None",
        "return 0.0",
        "return torch.tensor(0.0), torch.tensor(0.0)",
        "return FIRST",
        "return ARGUMENTS",
        "return torch.zeros(3, 4), torch.zeros(3, 4, dtype=torch.bool)",
        "return torch.zeros(()), torch.zeros(()), torch.zeros(())",
        "return torch.tensor(float('nan'))",
        "return (torch.as_tensor(LAST) * 0).sum()",
        "return torch.as_tensor(FIRST).double().mean()",
        "return torch.ones(())",
        "raise NotImplementedError",
        "return 'a string'",
    ],
)
def test_an_empty_answer_earns_nothing(exercise, body):
    arguments = list(find_exercise(exercise).cases(np.random.default_rng(0))[0].inputs)[:3]
    signature = ", ".join(arguments) + {"build_inputs": ", bos=0", "masked_kl": ", T=1.0"}.get(
        exercise, ""
    )
    for name, value in (("FIRST", arguments[0]), ("LAST", arguments[-1])):
        body = body.replace(name, value)
    body = body.replace("ARGUMENTS", ", ".join(arguments))
    source = f"import torch\ndef {exercise}({signature}):\n    {body}\n"
    for secret in SECRETS:
        assert assessed(table(exercise, secret), source).points == 0


# -- words -----------------------------------------------------------------------------------


def test_every_mistake_has_its_own_words_and_three_different_hints_without_code():
    HERE.expect_words()
    for exercise in ASSIGNMENT.exercises:
        assert len({each.says for each in exercise.mistakes}) == len(exercise.mistakes)


# -- questions -------------------------------------------------------------------------------

QUESTIONS = HERE.questions


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_the_key_earns_all_points_and_betrays_nothing(id):
    verdict = score(QUESTIONS[id], Answer("value", {"answer": QUESTIONS[id].key}))
    assert verdict.points == QUESTIONS[id].points
    assert verdict.misconceptions == ()


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_every_option_is_explained_and_a_wrong_one_says_what_it_betrays(id):
    question = QUESTIONS[id]
    for option in question.options:
        assert option.says
        if question.kind == "choice":
            assert (option.misconception in MISCONCEPTIONS) == (option.id != question.key)


def test_the_weights_of_one_mean_add_up_to_one():
    """4 tokens of the long row and 1 of the short one."""
    question = QUESTIONS["two_rows"]
    value = {each.id: eval(each.text) for each in question.options}
    for mean in ("tokens", "rows"):
        long, short = (value[question.key[f"{mean}_{row}"]] for row in ("long", "short"))
        assert 4 * long + short == pytest.approx(1)


def test_the_short_answer_has_a_line_of_rubric_for_each_point():
    question = QUESTIONS["find_the_padding"]
    assert len(question.rubric) == question.points
