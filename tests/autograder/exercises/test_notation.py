"""The exercises and questions of assignment 00: what they tell apart, what they pay for."""

from __future__ import annotations

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import evaluate, settings_of
from autograder.judge.questions import score
from course_lib.checks.assess import assess
from course_lib.checks.compare import same_numbers
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case
from course_lib.checks.values import Array, tensor

HERE = Examined("00_notation")
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, drawn, solutions = HERE.table, HERE.drawn, HERE.solutions


def answered(exercise, secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    answers = {}
    for case in table(exercise, secret).cases:
        numbers = evaluate(find_exercise(exercise), case, mistakes)
        reads = {f"input:{name}": value for name, value in case.inputs.items()}
        if numbers is None:
            answers[case.id] = Answer("raised", reads)
            continue
        dtype = next(iter(case.inputs.values())).dtype
        reads["result"] = Array(numbers[0].astype(dtype), dtype)
        answers[case.id] = Answer("value", reads)
    return answers


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise_and_question():
    points = {each.id: each.points for each in (*ASSIGNMENT.exercises, *ASSIGNMENT.questions)}
    assert points == {
        "softmax": 7,
        "log_softmax": 7,
        "sequence_log_prob": 8,
        "predict_zero": 0,
        "student_notation": 1,
        "student_symbols": 3.5,
        "apply_notation": 5,
        "two_dots": 2,
        "what_changes": 2,
        "letter_clash": 0,
    }
    assert 25 <= sum(points.values()) <= 45


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_pay_whole_points(exercise):
    HERE.expect_cases(exercise)
    assert all(each.points == int(each.points) for each in find_exercise(exercise).properties)
    properties = find_exercise(exercise).properties
    assert [each.id for each in properties if each.core] == ["value"]


# -- cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["softmax", "log_softmax"])
def test_no_size_of_the_logits_is_another_but_in_the_square_case(exercise):
    for cases in drawn(exercise):
        assert {len(case.inputs["x"].shape) for case in cases.values()} == {1, 2, 3}
        for case in cases.values():
            *leading, V = case.inputs["x"].shape
            sizes = [*leading, V] + ([int(np.prod(leading))] if len(leading) > 1 else [])
            assert V >= 4
            assert (leading == [V]) if case.id == "square" else (len(set(sizes)) == len(sizes))


def test_temperatures_lie_on_both_sides_of_one_and_one_is_an_int_and_one_is_not_given():
    for cases in drawn("softmax"):
        temperatures = [case.inputs.get("T") for case in cases.values()]
        given = [T for T in temperatures if T is not None]
        assert temperatures.count(None) == 1
        assert min(given) < 1
        assert max(given) > 2
        assert int in map(type, given)
        for case in cases.values():
            T = case.inputs.get("T", 0.5)
            assert not {T, T * T} & {1, 2, *case.inputs["x"].shape}
            assert abs(T - 1 / np.log(2)) > 0.01


@pytest.mark.parametrize("exercise", ["softmax", "log_softmax"])
def test_rows_lie_a_thousand_apart_and_overflow(exercise):
    for cases in drawn(exercise):
        case = cases["far rows"]
        z = case.inputs["x"].data / case.inputs.get("T", 1.0)
        means = np.sort(z.mean(-1))
        assert means[0] < -900 < 900 < means[-1]
        with np.errstate(over="ignore"):
            assert np.isinf(np.exp(z)).any()
            assert (np.exp(z) == 0).all(-1).any()


def test_an_outcome_falls_by_two_thousand_and_another_is_ruled_out():
    for cases in drawn("log_softmax"):
        x = cases["gap"].inputs["x"].data
        assert ((x.max(-1) - x.min(-1)) > 1990).all()
        assert np.isneginf(cases["ruled out"].inputs["x"].data).any()
    for cases in drawn("softmax"):
        assert np.isneginf(cases["ruled out"].inputs["x"].data).any()


def test_no_row_has_its_maximum_at_zero_so_that_a_lost_maximum_is_seen():
    for cases in drawn("log_softmax"):
        x = cases["few rows"].inputs["x"].data
        assert (np.abs(x.max(-1)) > 1e-3).all()


def test_masks_count_differently_and_one_row_counts_a_single_token():
    for cases in drawn("sequence_log_prob"):
        for id in ("two sequences", "three sequences"):
            z, y, mask = (cases[id].inputs[name].data for name in ("logits", "y", "mask"))
            B, L, V = z.shape
            assert len({B, L, V, B * L, int(mask.sum())}) == 5
            assert V >= 4
            counts = mask.sum(-1)
            assert len(set(counts)) == B
            assert 1 in counts
            assert counts.max() < L
            assert (y != z.argmax(-1)).all()
        B, L, V = cases["square"].inputs["logits"].shape
        assert (B, L) == (V, 6)
        assert L != V


def test_some_masks_are_full_or_empty_and_a_sequence_is_too_long_for_a_product():
    for cases in drawn("sequence_log_prob"):
        assert cases["all true"].inputs["mask"].data.all()
        assert (cases["empty row"].inputs["mask"].data.sum(-1) == 0).sum() == 1
        (long,) = evaluate(find_exercise("sequence_log_prob"), cases["long"])
        assert cases["long"].inputs["logits"].shape[1] == 800
        assert (np.exp(long) == 0).all()
        assert np.isfinite(long).all()
        rubbish = cases["rubbish"].inputs
        assert (np.isnan(rubbish["logits"].data).all(-1) == ~rubbish["mask"].data).all()


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "id"), MISTAKES)
def test_a_mistake_loses_exactly_what_it_declares_and_is_named(exercise, id):
    exercise = find_exercise(exercise)
    mistake = next(each for each in exercise.mistakes if each.id == id)
    for secret in SECRETS:
        assessment = assess(table(exercise.id, secret), answered(exercise.id, secret, (mistake,)))
        assert lost(assessment) == mistake.breaks
        assert assessment.diagnosis.mistakes == (id,)
        cost = sum(each.points for each in exercise.properties if each.id in mistake.breaks)
        assert assessment.max_points - assessment.points == cost
        assert cost > 0 or mistake.breaks == {"rubbish"}


def wild_cases(exercise, rng):
    """Inputs that keep none of the rules."""
    for _ in range(40):
        shape = (*rng.integers(1, 5, rng.integers(0, 4)), rng.integers(2, 7))
        x = rng.normal(0, 2, shape)
        x = x + rng.choice([0, 0, 1000, -1000], (*shape[:-1], 1))
        if rng.random() < 0.5:
            x.reshape(-1, shape[-1])[0, 0] -= rng.choice([2000, np.inf])
        inputs = {"x": tensor(x), "T": float(rng.choice([0.4, 1.25, 3, 5]))}
        if exercise == "log_softmax":
            del inputs["T"]
        if exercise == "sequence_log_prob":
            B, L, V = rng.integers(1, 4), rng.choice([1, 4, 600]), rng.integers(2, 6)
            mask = rng.random((B, L)) < rng.random()
            inputs = {
                "logits": tensor(rng.normal(0, 2, (B, L, V))),
                "y": tensor(rng.integers(0, V, (B, L)), "int64"),
                "mask": tensor(mask, "bool"),
            }
            if rng.random() < 0.3:
                inputs["logits"].data[~mask] = np.nan
        yield Case("wild", inputs)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_pairs_without_a_name_of_their_own_are_equal_in_truth(exercise):
    """What the cases do not tell apart no input does, or else the name is true of both."""
    by_ids = {tuple(m.id for m in each): each for each in settings_of(find_exercise(exercise))}
    said = {ids: {m.hints for m in each} for ids, each in by_ids.items()}
    alike = [
        (setting.mistakes, alias)
        for setting in table(exercise, SECRETS[0]).settings
        for alias in setting.aliases
    ]
    for case in wild_cases(exercise, np.random.default_rng(0)):
        for one, other in alike:
            a, b = (evaluate(find_exercise(exercise), case, by_ids[ids]) for ids in (one, other))
            if a is not None and b is not None and not said[one] & said[other]:
                assert same_numbers(a, b, atol=1e-6), (one, other)


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks_over_twenty_secrets(path):
    for assessment in HERE.expect_full_marks(path):
        assert assessment.diagnosis.right == (not lost(assessment))


def test_there_are_at_least_six_styles_of_each_exercise():
    for exercise in EXERCISES:
        assert HERE.count("right", exercise) >= 6


@pytest.mark.parametrize("path", solutions("wrong"))
def test_a_wrong_solution_is_named_and_loses_what_it_should(path):
    HERE.expect_what_it_says(path)


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize(
    "body",
    [
        "...",
        "return 0.0",
        "return torch.zeros_like(X)",
        "return torch.ones_like(X) / X.shape[-1]",
        "return torch.full_like(X, float('nan'))",
        "return torch.full_like(X, float('-inf'))",
        "return X",
        "return X * 0",
        "return X.mean()",
        "return X.mean(-1)",
        "return X.sum((-2, -1)) * 0",
        "return torch.zeros(X.shape[0], dtype=X.dtype)",
        "return (X == X.max(-1, keepdim=True).values).to(X.dtype)",
        "raise NotImplementedError",
        "return 'a string'",
    ],
)
def test_an_empty_answer_earns_nothing(exercise, body):
    signature = {
        "softmax": "X, T=1.0",
        "log_softmax": "X",
        "sequence_log_prob": "X, y, mask",
    }[exercise]
    for secret in SECRETS:
        source = f"def {exercise}({signature}):\n    {body}\n"
        assert assessed(table(exercise, secret), source).points == 0


# -- words -----------------------------------------------------------------------------------


def test_every_mistake_says_something_and_has_three_different_hints_without_code():
    HERE.expect_words()


# -- questions -------------------------------------------------------------------------------

QUESTIONS = HERE.questions


def test_the_items_of_the_source_have_their_keys():
    right = QUESTIONS["student_notation"]
    assert right.option(right.key).text == "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)$"
    symbols = QUESTIONS["student_symbols"]
    spare = {o.text for o in symbols.options if o.id not in symbols.key.values()}
    assert spare == {
        "the most probable output", "the number of the training step", "the full context",
        "the temperature",
    }  # fmt: skip


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_the_key_earns_all_points_and_betrays_nothing(id):
    question = QUESTIONS[id]
    key = sorted(question.key) if question.kind == "select" else question.key
    verdict = score(question, Answer("value", {"answer": key}))
    assert verdict.points == question.points
    assert verdict.misconceptions == ()
    assert verdict.says.removeprefix("predicted: ") in (
        "right",
        f"{len(question.items)} of {len(question.items)} matched",
    )


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.kind == "choice"])
def test_a_choice_explains_every_option_and_says_what_a_wrong_one_betrays(id):
    question = QUESTIONS[id]
    for option in question.options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id != question.key)


def test_marking_all_or_nothing_of_a_training_step_earns_nothing():
    question = QUESTIONS["what_changes"]
    for marks in ([], list("ABCDEF"), ["A", "B"]):
        assert score(question, Answer("value", {"answer": marks})).points == 0
    teacher = score(question, Answer("value", {"answer": ["B", "C", "E"]}))
    assert (teacher.points, teacher.misconceptions) == (1, ("the-teacher-learns",))


def test_the_short_answer_has_a_line_of_rubric_for_each_point():
    question = QUESTIONS["apply_notation"]
    assert len(question.rubric) == question.points
