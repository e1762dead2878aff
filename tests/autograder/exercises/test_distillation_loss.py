"""The exercises and questions of assignment 02: what they tell apart, what they pay for."""

from __future__ import annotations

import re

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import ASSIGNMENTS, find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import evaluate, settings_of
from course_lib.checks.assess import assess
from course_lib.checks.compare import same_numbers
from course_lib.checks.probe import Answer
from course_lib.checks.values import Array

HERE = Examined("02_distillation_loss")
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, solutions = HERE.table, HERE.solutions
SEEDS = range(60)


def answered(exercise, secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    answers = {}
    for case in table(exercise, secret).cases:
        numbers = evaluate(find_exercise(exercise), case, mistakes)
        reads = {f"input:{name}": value for name, value in case.inputs.items()}
        if numbers is None:
            answers[case.id] = Answer("raised", reads)
            continue
        dtype = case.inputs["logits_s"].dtype
        reads["result"] = Array(numbers[0].astype(dtype), dtype)
        answers[case.id] = Answer("no graph" if case.differentiate else "value", reads)
    return answers


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise_and_question():
    points = {each.id: each.points for each in (*ASSIGNMENT.exercises, *ASSIGNMENT.questions)}
    assert points == {
        "kd_loss": 10,
        "kd_and_ce": 6,
        "kd_grad": 6,
        "high_T_limit": 4,
        "predict_shrinking": 0,
        "why_t_squared": 2,
        "symbols": 3.5,
        "two_temperatures": 4,
    }


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_one_is_the_core(exercise):
    HERE.expect_cases(exercise)
    properties = find_exercise(exercise).properties
    assert [each.id for each in properties if each.core] == ["value"]


# -- cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_size_is_another_or_a_temperature_whatever_the_seed(exercise):
    for seed in SEEDS:
        for case in find_exercise(exercise).cases(np.random.default_rng(seed)):
            *leading, V = case.inputs["logits_t"].shape
            sizes = [*leading, V] + ([int(np.prod(leading))] if len(leading) > 1 else [])
            assert V >= 4
            if case.id == "square":
                assert leading == [V]
            else:
                assert len(set(sizes)) == len(sizes)
            T = case.inputs.get("T", 0.5)
            assert not {T, T * T} & {1, 2, *sizes}
            assert abs(T - 1 / np.log(2)) > 0.01
            assert case.inputs.get("alpha", 0.3) not in {0, 0.5, 1}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_rows_have_another_mean_for_teacher_and_student_unless_the_two_match(exercise):
    for seed in SEEDS:
        for case in find_exercise(exercise).cases(np.random.default_rng(seed)):
            z_t, z_s = (case.inputs[name].data for name in ("logits_t", "logits_s"))
            if case.id == "match":
                np.testing.assert_array_equal(z_t, z_s)
            else:
                assert (np.abs(z_t.mean(-1) - z_s.mean(-1)) > 0.4).all()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_there_are_cases_of_every_number_of_dimensions_and_of_both_dtypes(exercise):
    cases = find_exercise(exercise).cases(np.random.default_rng(0))
    assert {len(case.inputs["logits_t"].shape) for case in cases if case.diagnose} == {1, 2, 3}
    assert {case.inputs["logits_t"].dtype for case in cases} == {"float64", "float32"}
    assert all(case.diagnose <= (case.inputs["logits_t"].dtype == "float64") for case in cases)


@pytest.mark.parametrize("exercise", ["kd_loss", "kd_and_ce", "kd_grad"])
def test_temperatures_lie_on_both_sides_of_one_and_one_is_an_int(exercise):
    for seed in SEEDS:
        cases = find_exercise(exercise).cases(np.random.default_rng(seed))
        temperatures = [case.inputs["T"] for case in cases]
        assert min(temperatures) < 1
        assert max(temperatures) > 2
        assert [type(T) for T in temperatures].count(int) == 1


def test_the_directions_differ_clearly_on_the_skewed_rows():
    exercise = find_exercise("kd_loss")
    swapped = tuple(each for each in exercise.mistakes if each.id == "direction-swapped")
    for seed in SEEDS:
        case = exercise.cases(np.random.default_rng(seed))[0]
        (right,), (wrong,) = evaluate(exercise, case), evaluate(exercise, case, swapped)
        assert case.id == "skewed"
        assert abs(wrong / right - 1) > 0.02


def test_labels_are_valid_and_never_the_teachers_likeliest_outcome():
    for seed in SEEDS:
        for case in find_exercise("kd_and_ce").cases(np.random.default_rng(seed)):
            z_t, labels = case.inputs["logits_t"].data, case.inputs["labels"].data
            assert labels.shape == z_t.shape[:-1]
            assert ((labels >= 0) & (labels < z_t.shape[-1])).all()
            assert (labels != z_t.argmax(-1)).all()


# -- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "id"), MISTAKES)
def test_a_mistake_loses_what_it_declares_and_is_named(exercise, id):
    exercise = find_exercise(exercise)
    mistake = next(each for each in exercise.mistakes if each.id == id)
    for secret in SECRETS:
        assessment = assess(table(exercise.id, secret), answered(exercise.id, secret, (mistake,)))
        value_like = {each.id for each in exercise.properties if each.aspect == "value"}
        lost_values = lost(assessment) & value_like
        declared = mistake.breaks & value_like
        if id == "log-of-softmax-plus-1e-8":  # may show in ordinary numbers too, if they are small
            assert lost_values >= declared
        else:
            assert lost_values == declared
        cost = sum(each.points for each in exercise.properties if each.id in declared)
        assert 0 < cost <= assessment.max_points - assessment.points
        assert assessment.diagnosis.mistakes == (id,)


@pytest.mark.parametrize(
    ("exercise", "id"), [each for each in MISTAKES if find_exercise(each[0]).gradients]
)
def test_a_mistake_declares_the_gradient_exactly_if_it_changes_the_gradient(exercise, id):
    exercise = find_exercise(exercise)
    mistake = next(each for each in exercise.mistakes if each.id == id)
    case = table(exercise.id, SECRETS[0]).case("gradient")
    right = table(exercise.id, SECRETS[0]).gradients["gradient"]["logits_s"]
    wrong = _slope(exercise, case, mistake)
    same = wrong is not None and np.allclose(wrong, right, atol=1e-6)
    assert same == ("gradient" not in mistake.breaks)


def _slope(exercise, case, mistake, step=1e-5):
    """The gradient of the mistaken value by central differences; None if it is not a scalar."""
    z = case.inputs["logits_s"].data
    slope = np.zeros_like(z)
    for at in np.ndindex(z.shape):
        ends = []
        for sign in (1, -1):
            moved = z.copy()
            moved[at] += sign * step
            inputs = {**case.inputs, "logits_s": Array(moved, "float64")}
            (value,) = evaluate(exercise, type(case)(case.id, inputs), (mistake,))
            if value.ndim:
                return None
            ends.append(value)
        slope[at] = (ends[0] - ends[1]) / (2 * step)
    return slope


def wild_cases(exercise, rng):
    """Inputs that keep none of the rules: any shape, any temperature, and logits that fall."""
    drawn = find_exercise(exercise).cases(rng)[0]
    for _ in range(40):
        shape = (*rng.integers(1, 4, rng.integers(0, 4)), rng.integers(2, 7))
        z = rng.normal(0, 2, (2, *shape))
        if exercise == "kd_loss" and rng.random() < 0.5:
            for model in rng.permutation(2)[: rng.integers(1, 3)]:
                rows = z[model].reshape(-1, shape[-1])
                rows[rng.integers(len(rows)), rng.integers(shape[-1])] -= 5000
        inputs = {
            "logits_t": Array(z[0], "float64"),
            "logits_s": Array(z[1], "float64"),
            "labels": Array(np.asarray(rng.integers(0, shape[-1], shape[:-1])), "int64"),
            "T": float(rng.choice([0.4, 1.3, 3, 5])),
            "alpha": float(rng.random()),
        }
        yield type(drawn)("wild", {name: inputs[name] for name in drawn.inputs})


@pytest.mark.parametrize("exercise", EXERCISES)
def test_pairs_without_a_name_of_their_own_are_equal_in_truth(exercise):
    """What the cases do not tell apart, no input tells apart: the cases leave nothing out."""
    by_ids = {tuple(m.id for m in each): each for each in settings_of(find_exercise(exercise))}
    alike = [
        (setting.mistakes, alias)
        for setting in table(exercise, SECRETS[0]).settings
        for alias in setting.aliases
    ]
    for case in wild_cases(exercise, np.random.default_rng(0)):
        for one, other in alike:
            values = [evaluate(find_exercise(exercise), case, by_ids[ids]) for ids in (one, other)]
            assert same_numbers(*values, atol=1e-6), (one, other, values)


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks(path):
    for secret in SECRETS:
        assessment = assessed(table(path.parent.name, secret), path.read_text())
        assert assessment.points == assessment.max_points, lost(assessment)
        assert assessment.diagnosis.right
        assert assessment.state == "right"


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
        "pass",
        "return 0.0",
        "return torch.zeros(())",
        "return torch.ones((), dtype=logits_s.dtype)",
        "return torch.tensor(float('nan'), dtype=logits_s.dtype)",
        "return (logits_s * 0).sum()",
        "return logits_s * 0",
        "return logits_s.mean()",
        "return logits_s.sum()",
        "return (logits_s - logits_s.detach()).sum()",
        "return logits_s",
        "return logits_t",
        "raise NotImplementedError",
        "return 'a string'",
        "return object()",
    ],
)
def test_an_empty_answer_earns_nothing(exercise, body):
    names = list(find_exercise(exercise).cases(np.random.default_rng(0))[0].inputs)
    source = f"import torch\ndef {exercise}({', '.join(names)}):\n    {body}\n"
    for secret in SECRETS:
        assert assessed(table(exercise, secret), source).points == 0


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_answer_that_is_not_there_earns_nothing(exercise):
    assessment = assessed(table(exercise, SECRETS[0]), "")
    assert (assessment.points, assessment.state) == (0, "missing")


# -- words -----------------------------------------------------------------------------------

CODE = re.compile(r"\w\(.*=.*\)|torch\.|np\.|\.(sum|mean|detach|softmax|log)\(|dim=")


def test_every_mistake_has_its_own_words_and_three_different_hints():
    HERE.expect_words(CODE)
    for exercise in ASSIGNMENT.exercises:
        assert len({each.says for each in exercise.mistakes}) == len(exercise.mistakes)


def test_every_misconception_is_described_and_every_description_is_used():
    exercises = [each for one in ASSIGNMENTS.values() for each in one.exercises]
    questions = [each for one in ASSIGNMENTS.values() for each in one.questions]
    used = {mistake.misconception for each in exercises for mistake in each.mistakes}
    used |= {option.misconception for each in questions for option in each.options}
    used |= {slip.misconception for each in questions for slip in each.slips}
    used.discard(None)
    assert used == set(MISCONCEPTIONS)


# -- questions -------------------------------------------------------------------------------


def test_a_choice_explains_every_option_and_names_what_a_wrong_one_reveals():
    question = next(each for each in ASSIGNMENT.questions if each.kind == "choice")
    assert question.key in {each.id for each in question.options}
    for option in question.options:
        assert option.says
        assert (option.misconception is None) == (option.id == question.key)


def test_a_matching_question_has_a_key_for_each_item_and_spare_descriptions():
    question = next(each for each in ASSIGNMENT.questions if each.kind == "matching")
    assert question.key.keys() == question.items.keys()
    assert len(set(question.key.values())) == len(question.items)
    spare = [each for each in question.options if each.id not in question.key.values()]
    assert len(spare) == 4
    assert all(each.misconception for each in spare)


def test_a_short_answer_has_a_line_of_rubric_for_each_point():
    question = next(each for each in ASSIGNMENT.questions if each.kind == "short")
    assert len(question.rubric) == question.points
