"""The exercises and questions of assignment 01: what they tell apart, what they pay for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import evaluate, settings_of
from autograder.judge.questions import score
from autograder.oracles import distances as oracle
from course_lib.checks.assess import assess
from course_lib.checks.compare import same_numbers
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case
from course_lib.checks.values import Array, tensor

HERE = Examined("01_distances")
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, drawn, solutions = HERE.table, HERE.drawn, HERE.solutions
PAIRS = ["cross_entropy", "kl", "js", "tvd"]


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
        arrays = tuple(Array(each.astype(dtype), dtype) for each in numbers)
        reads["result"] = arrays if len(arrays) > 1 else arrays[0]
        answers[case.id] = Answer("value", reads)
    return answers


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise_and_question():
    points = {each.id: each.points for each in (*ASSIGNMENT.exercises, *ASSIGNMENT.questions)}
    assert points == {
        "cross_entropy": 6,
        "kl": 7,
        "js": 6,
        "tvd": 5,
        "best_student": 8,
        "predict_payment": 0,
        "what_it_compares": 1,
        "sun_is_shining": 1,
        "rule_of_thumb": 1,
        "comparing_models": 1,
        "why_b_wins": 4,
        "least_cross_entropy": 1,
        "kl_of_two": 1,
        "weights_equal": 1,
        "support_mismatch": 2,
    }
    assert 25 <= sum(points.values()) <= 45


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_pay_whole_points(exercise):
    HERE.expect_cases(exercise)
    assert all(each.points == int(each.points) for each in find_exercise(exercise).properties)
    core = [each.id for each in find_exercise(exercise).properties if each.core]
    assert core == (["mixture", "floor"] if exercise == "best_student" else ["value"])


# -- cases -----------------------------------------------------------------------------------


def pair(case):
    return case.inputs["p"].data, case.inputs["q"].data


@pytest.mark.parametrize("exercise", PAIRS)
def test_rows_are_distributions_and_no_size_is_another_but_in_the_square_case(exercise):
    for cases in drawn(exercise):
        assert {len(case.inputs["p"].shape) for case in cases.values()} == {1, 2, 3}
        for case in cases.values():
            for each in pair(case):
                np.testing.assert_allclose(each.sum(-1), 1, rtol=1e-6)
                assert (each >= 0).all()
            *leading, V = case.inputs["p"].shape
            sizes = [*leading, V] + ([int(np.prod(leading))] if len(leading) > 1 else [])
            assert V >= 4
            assert (leading == [V]) if case.id == "square" else (len(set(sizes)) == len(sizes))


def test_the_directions_of_kl_differ_in_every_row():
    exercise = find_exercise("kl")
    swapped = tuple(each for each in exercise.mistakes if each.id == "direction-swapped")
    for cases in drawn("kl"):
        for id in ("few rows", "more rows", "square", "batch of sequences", "one row"):
            (right,), (wrong,) = (evaluate(exercise, cases[id], each) for each in ((), swapped))
            assert (np.abs(wrong / right - 1) > 0.02).all()
            assert (right > 0.2).all()


def test_an_epsilon_does_not_show_by_chance():
    for exercise in ("cross_entropy", "kl"):
        exercise = find_exercise(exercise)
        epsilon = tuple(each for each in exercise.mistakes if each.id == "epsilon-1e-8")
        for cases in drawn(exercise.id):
            for id in ("few rows", "more rows", "square", "batch of sequences", "one row"):
                values = (evaluate(exercise, cases[id], each) for each in ((), epsilon))
                assert same_numbers(*values)


@pytest.mark.parametrize("exercise", PAIRS)
def test_zeros_stand_where_they_matter_and_one_pair_matches(exercise):
    wanted = {
        "zero in p": lambda p, q: (p == 0) & (q > 0),
        "zero in q": lambda p, q: (p > 0) & (q == 0),
        "ruled out": lambda p, q: (p > 0.1) & (q == 0),
        "zero in both": lambda p, q: (p == 0) & (q == 0),
        "tiny": lambda p, q: (p > 0.1) & (q > 0) & (q < 1e-29),
        "disjoint": lambda p, q: ((p == 0) ^ (q == 0)).all(-1),
        "match": lambda p, q: p == q,
    }
    for cases in drawn(exercise):
        for id in wanted.keys() & cases.keys():
            assert wanted[id](*pair(cases[id])).any()
            others = wanted[id](*pair(cases["few rows"]))
            assert not others.any()


def test_the_disjoint_pair_is_as_far_apart_as_can_be():
    for exercise, most in (("js", math.log(2)), ("tvd", 1)):
        for cases in drawn(exercise):
            (values,) = evaluate(find_exercise(exercise), cases["disjoint"])
            assert values[0] == pytest.approx(most)
            assert (values[1:] < 0.999 * most).all()


def test_the_largest_difference_is_not_the_total_variation_distance():
    exercise = find_exercise("tvd")
    largest = tuple(each for each in exercise.mistakes if each.id == "largest-difference")
    for cases in drawn("tvd"):
        (right,), (wrong,) = (
            evaluate(exercise, cases["batch of sequences"], each) for each in ((), largest)
        )
        assert (wrong < 0.99 * right).any()


def test_contexts_differ_in_weight_and_agree_or_exclude_each_other_where_that_matters():
    exercise = find_exercise("best_student")
    for cases in drawn("best_student"):
        for case in cases.values():
            P, w = case.inputs["P"].data, case.inputs["w"].data
            np.testing.assert_allclose([*P.sum(-1), w.sum()], 1, rtol=1e-6)
            assert (len(set(w)) == len(w)) == (case.id != "a coin")
        assert sum(P.shape[0] == P.shape[1] for P in (c.inputs["P"] for c in cases.values())) == 3
        floors = {id: evaluate(exercise, case)[1] for id, case in cases.items()}
        apart = cases["apart"].inputs["w"].data
        assert floors["apart"] == pytest.approx(-(apart * np.log(apart)).sum())
        assert floors["equal contexts"] == pytest.approx(0, abs=1e-12)
        coin = cases["a coin"].inputs["P"]
        row = Case("coin", {"p": tensor(coin.data[0]), "q": tensor(coin.data[1])})
        assert floors["a coin"] == pytest.approx(float(evaluate(find_exercise("js"), row)[0]))


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
        everything = not assessment.diagnosis.telling  # one number for all that is asked
        least = assessment.max_points if everything else cost
        assert assessment.max_points - assessment.points == least > 0


def wild_cases(exercise, rng):
    """Distributions that keep none of the rules: peaked, with zeros, of any shape."""
    for _ in range(40):
        shape = (*rng.integers(1, 5, rng.integers(0, 4)), rng.integers(2, 7))
        if exercise == "best_student":
            shape = (rng.integers(2, 6), rng.integers(2, 7))
        p, q = np.exp(rng.normal(0, 2, (2, *shape)))
        if rng.random() < 0.6:
            p, q = p * (rng.random(shape) > 0.15), q * (rng.random(shape) > 0.15)
        p[..., 0] += 1e-3 * (p.sum(-1) == 0)
        q[..., -1] += 1e-3 * (q.sum(-1) == 0)
        p, q = p / p.sum(-1, keepdims=True), q / q.sum(-1, keepdims=True)
        inputs = {"p": tensor(p), "q": tensor(q)}
        if exercise == "best_student":
            w = rng.random(shape[0])
            inputs = {"P": tensor(p), "w": tensor(w / w.sum())}
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


EMPTY = [
    "...",
    "return 0.0",
    "return X * 0",
    "return X.sum(-1) * 0",
    "return X.sum(-1)",
    "return X[..., 0]",
    "return torch.full(X.shape[:-1], 0.6931, dtype=X.dtype)",
    "return torch.full(X.shape[:-1], float('nan'), dtype=X.dtype)",
    "return torch.full(X.shape[:-1], float('inf'), dtype=X.dtype)",
    "return X",
    "return X, X",
    "return X.mean(0), torch.zeros((), dtype=X.dtype)[None]",
    "return torch.ones_like(X[0]) / X.shape[-1], torch.zeros((), dtype=X.dtype)",
    "return X[0], torch.tensor(0.6931, dtype=X.dtype)",
    "return 0.0, 0.0",
    "raise NotImplementedError",
    "return 'a string'",
]


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("body", EMPTY)
def test_an_empty_answer_earns_nothing(exercise, body):
    for secret in SECRETS:
        source = f"def {exercise}(X, Y):\n    {body}\n"
        assert assessed(table(exercise, secret), source).points == 0


# -- words -----------------------------------------------------------------------------------


def test_every_mistake_says_something_and_has_three_different_hints_without_code():
    HERE.expect_words()


# -- questions -------------------------------------------------------------------------------

QUESTIONS = HERE.questions
SUNNY, A, B = np.array([0.6, 0.3, 0.1]), np.array([0.7, 0.1, 0.2]), np.array([0.5, 0.4, 0.1])


def scored(id, answer):
    return score(QUESTIONS[id], Answer("value", {"answer": answer}))


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_the_key_earns_all_points_and_betrays_nothing(id):
    verdict = scored(id, QUESTIONS[id].key)
    assert verdict.points == QUESTIONS[id].points
    assert verdict.misconceptions == ()
    assert verdict.says.startswith("predicted: " if QUESTIONS[id].formative else "right")


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.options])
def test_a_choice_explains_every_option_and_says_what_a_wrong_one_betrays(id):
    question = QUESTIONS[id]
    for option in question.options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id != question.key)


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.slips])
def test_every_known_slip_is_wrong_and_is_recognised(id):
    question = QUESTIONS[id]
    for slip in question.slips:
        answer = slip.answer
        if slip.item:
            answer = dict(question.key) | {slip.item: slip.answer}
        verdict = scored(id, answer)
        assert verdict.points < question.points
        assert verdict.says.endswith(slip.says)
        assert verdict.misconceptions == ((slip.misconception,) if slip.misconception else ())
        assert slip.misconception is None or slip.misconception in MISCONCEPTIONS


def test_the_numbers_in_keys_and_explanations_are_computed():
    least = QUESTIONS["least_cross_entropy"]
    assert least.key == pytest.approx(float(oracle.entropy(SUNNY)), abs=5e-5)
    assert scored("least_cross_entropy", 0.9).points == 1
    assert scored("least_cross_entropy", 0.92).points == 0
    four, two = np.full(4, 0.25), np.array([0.5, 0.5, 0, 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        key = {"kl_pq": oracle.kl(four, two), "kl_qp": oracle.kl(two, four)}
        key["js"] = oracle.js(four, two)
    assert QUESTIONS["support_mismatch"].key == pytest.approx({k: float(v) for k, v in key.items()})


def test_b_wins_by_every_measure_and_loses_by_the_probability_of_the_likeliest_word():
    assert QUESTIONS["comparing_models"].key == "3"
    for measure in (oracle.cross_entropy, oracle.kl, oracle.js, oracle.tvd):
        assert measure(SUNNY, B) < measure(SUNNY, A)
    assert -np.log(A[0]) == pytest.approx(0.357, abs=5e-4)
    assert -np.log(B[0]) == pytest.approx(0.693, abs=5e-4)


def test_the_prediction_pays_whatever_is_predicted():
    assert [scored("rule_of_thumb", each).points for each in ("1", "2", "=", "Z")] == [1, 1, 1, 0]


def test_the_numbers_that_explain_the_rule_of_thumb_are_computed():
    wanted = np.array([0.6, 0.1, 0.3])
    sure, soft = np.array([0.999, 0.0005, 0.0005]), np.array([0.3, 0.6, 0.1])
    told = QUESTIONS["rule_of_thumb"].option("1").says
    for number in (oracle.kl(wanted, sure), oracle.kl(wanted, soft)):
        assert f"{float(number):.3f}".removeprefix("0") in told


@pytest.mark.parametrize(
    "formula",
    [
        "p*log(p/q) + (1-p)*log((1-p)/(1-q))",
        "p*(log(p) - log(q)) + (1 - p)*(ln(1 - p) - ln(1 - q))",
        "-p*log(q) - (1-p)*log(1-q) + p*log(p) + (1-p)*log(1-p)",
        "log((1-p)/(1-q)) + p*log(p*(1-q)/(q*(1-p)))",
    ],
)
def test_kl_of_two_outcomes_may_be_written_in_many_ways(formula):
    assert scored("kl_of_two", formula).points == 1


def test_the_short_answer_has_a_line_of_rubric_for_each_point():
    question = QUESTIONS["why_b_wins"]
    assert len(question.rubric) == question.points
