"""The exercises and questions of assignment 04: what they tell apart, what they pay for."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from examined import SECRETS, Examined, assessed, lost

from autograder.exercises import find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import evaluate
from autograder.judge.questions import score
from autograder.oracles import sampling, sequences
from course_lib.checks.assess import assess
from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer
from course_lib.checks.values import Array

HERE = Examined("04_sequence_loss", seeds=range(40))
ASSIGNMENT, EXERCISES, MISTAKES = HERE.assignment, HERE.exercises, HERE.mistakes
table, drawn, solutions = HERE.table, HERE.drawn, HERE.solutions


def trees(case):
    return [[level.data for level in case.inputs[name]] for name in ("tree_t", "tree_s")]


def answered(exercise, secret, mistakes):
    """What somebody answers who makes these mistakes, and is careful in every other way."""
    if exercise == "sampled_loss":
        student = sampler({key: value for each in mistakes for key, value in each.switch.items()})
        probes = table(exercise, secret).probes
        return {each.id: perform(each, {"sampled_loss": student}) for each in probes}
    answers = {}
    for case in table(exercise, secret).cases:
        numbers = evaluate(find_exercise(exercise), case, mistakes)
        if numbers is None:
            answers[case.id] = Answer("raised")
            continue
        dtype = next(iter(case.inputs.values()))[0].dtype
        reads = {f"input:{name}": value for name, value in case.inputs.items()}
        result = Array(numbers[0] * (1 + 1e-14), dtype)  # computed, and not an input handed back
        answers[case.id] = Answer("value", reads | {"result": result})
    return answers


def sampler(switches):
    """A `sampled_loss` that really draws, with the mistakes that the switches say."""

    def sampled_loss(tree_t, tree_s, n, generator):
        how = {"drawn": "teacher", "score": "−log P_s", **switches}
        arrays = [[level.numpy() for level in tree] for tree in (tree_t, tree_s)]
        made = sampling.sampling(*arrays, n, how["drawn"], how["score"])
        q, f, p_s = (torch.tensor(each) for each in (made.q, made.f, made.p_s))
        length = len(tree_t) if how.get("over") == "draws and tokens" else 1
        f = f / length
        if how["drawn"] == "nothing":
            return q @ f, 0.0
        once = made.once is not None
        if once:
            q = torch.tensor(sequences.sequence_log_probs(arrays[0])).exp().flatten()
        again = not how["drawn"].startswith("without replacement")
        at_most = len(q) if how["drawn"].endswith("all at most") else n
        y = torch.multinomial(q, min(n, at_most), replacement=again, generator=generator)
        y = y.unique() if once else y
        n = len(y) if how["drawn"] == "each once" else n
        estimate = {
            "mean of scores": f[y].mean(),
            "sum of scores": f[y].sum(),
            "log of mean": -p_s[y].mean().log() / length,
            "by p_t again": (q[y] * f[y]).sum() / q[y].sum(),
        }[how.get("average", "mean of scores")]
        estimate = -estimate if how.get("sign") == "+" else estimate
        sd = f[y].std()
        error = {
            "sd / √n": sd / n**0.5,
            "sd": sd,
            "sd / n": sd / n,
            "var / n": sd**2 / n,
            "var / √n": sd**2 / n**0.5,
        }[how.get("error", "sd / √n")]
        return estimate, error

    return sampled_loss


# -- points ----------------------------------------------------------------------------------


def test_points_by_exercise_and_question():
    points = {each.id: each.points for each in (*ASSIGNMENT.exercises, *ASSIGNMENT.questions)}
    assert points == {
        "sequence_log_probs": 5,
        "exact_loss": 6,
        "sampled_loss": 10,
        "argmax_loss": 5,
        "token_kls": 6,
        "predict_likelier": 0,
        "unbiased_for_which": 2,
        "whose_prefixes": 2,
        "point_mass": 2,
        "cost_of_enumeration": 2,
        "missing_minus": 2,
        "mode_or_sample": 3,
    }
    assert 25 <= sum(points.values()) <= 45


@pytest.mark.parametrize("exercise", EXERCISES)
def test_properties_name_cases_that_exist_and_pay_whole_points(exercise):
    names = {"more tokens", "fewer"} if exercise == "sampled_loss" else set()
    HERE.expect_cases(exercise, names_alone=frozenset(names))
    assert all(each.points == int(each.points) for each in find_exercise(exercise).properties)


# -- cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", EXERCISES)
def test_trees_hold_normalised_rows_and_every_prefix_has_another_one(exercise):
    for cases in drawn(exercise, range(5) if exercise == "sampled_loss" else None):
        for case in cases.values():
            names = [name for name in case.inputs if name.startswith("tree")]
            for level in (level for name in names for level in case.inputs[name]):
                rows = level.data.astype(float).reshape(-1, level.shape[-1])
                np.testing.assert_allclose(np.exp(rows).sum(-1), 1, rtol=1e-6)
                assert len(np.unique(rows, axis=0)) == len(rows)


@pytest.mark.parametrize("exercise", ["exact_loss", "token_kls", "sequence_log_probs"])
def test_there_are_several_sizes_and_four_tokens_of_length_three(exercise):
    for cases in drawn(exercise):
        sizes = set()
        for case in cases.values():
            tree = next(iter(case.inputs.values()))
            sizes.add((len(tree[0].data), len(tree)))
        assert sizes == {(4, 3), (5, 2), (3, 4)}


def test_wrong_prefixes_and_directions_change_the_numbers_clearly():
    for cases in drawn("exact_loss"):
        for id in {*cases} - {"match"}:
            tree_t, tree_s = trees(cases[id])
            right = sequences.exact_loss(tree_t, tree_s)
            for switch in ({"prefixes": "equal"}, {"compare": "Σ P_s log P_t"}):
                assert sequences.exact_loss(tree_t, tree_s, **switch) != pytest.approx(
                    float(right), rel=1e-4
                )
        tree_t, tree_s = trees(cases["match"])
        np.testing.assert_array_equal(tree_t[2], tree_s[2])


def test_greedy_decoding_finds_the_mode_everywhere_but_in_the_traps():
    for cases in drawn("argmax_loss"):
        for id, case in cases.items():
            tree_t, tree_s = trees(case)
            found = sequences.greedy(tree_t) == sequences.mode(tree_t)
            assert found == ("trap" not in id)
            assert sequences.mode(tree_s) != sequences.mode(tree_t)
            for tree in (tree_t, tree_s):
                log_p = np.sort(sequences.sequence_log_probs(tree), axis=None)
                assert log_p[-1] - log_p[-2] > 1e-4  # no ties
            if "trap" in id:
                rank = 3 if id == "deep trap" else 2
                assert sequences.mode(tree_t)[0] == tree_t[0].argsort()[-rank]
                found_by_two = sequences.beam_of_two(tree_t) == sequences.mode(tree_t)
                assert found_by_two == (id != "deep trap")
            if "early" in id:
                assert sequences.mode(tree_t)[:2] == (0, 0)


def test_every_wrong_way_to_draw_is_far_from_the_right_mean():
    for cases in drawn("sampled_loss", range(6)):
        for id in ("four tokens, length 3", "thousand", "longer", "more tokens"):
            n = cases[id].inputs["n"]
            tree_t, tree_s = trees(cases[id])
            right = sampling.sampling(tree_t, tree_s, n)
            assert not 0.7 < right.sd < 1.4  # else variance and deviation look alike
            for wrong in find_exercise("sampled_loss").mistakes:
                how = wrong.switch.get("drawn", "teacher")
                if how not in ("teacher", "nothing", "without replacement"):
                    made = sampling.sampling(tree_t, tree_s, n, how)
                    assert abs(made.mean - right.mean) > 10 * right.sd / np.sqrt(n)


def test_seeds_are_equal_once_and_differ_once():
    for cases in drawn("sampled_loss", range(3)):
        few, again, other = (
            cases[id].inputs for id in ("few draws", "the same seed", "another seed")
        )
        assert few["generator"] == again["generator"] != other["generator"]
        assert few["tree_t"] is again["tree_t"] is other["tree_t"]
        assert all(case.make == {"generator": "generator"} for case in cases.values())


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


@pytest.mark.slow
def test_students_who_really_draw_are_named_rightly_whatever_they_draw():
    exercise, outcomes = find_exercise("sampled_loss"), []
    for number in range(6):
        secret = b"drawn %d" % number
        for mistake in exercise.mistakes:
            found = assess(table(exercise.id, secret), answered(exercise.id, secret, (mistake,)))
            outcomes.append((found.diagnosis.mistakes, (mistake.id,)))
    named = sum(found == truth for found, truth in outcomes)
    assert named >= 0.97 * len(outcomes)
    assert all(found in ((), truth) for found, truth in outcomes)


# -- solutions -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", solutions("right"))
def test_a_right_solution_in_any_style_gets_full_marks_over_twenty_secrets(path):
    assert len(list(HERE.expect_full_marks(path))) == 20


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
        "return 0.0, 0.0",
        "return torch.tensor(1.0), torch.tensor(0.1)",
        "return torch.zeros(3)",
        "return torch.zeros_like(TREE[-1])",
        "return TREE",
        "return TREE[-1]",
        "return -TREE[-1].mean()",
        "return TREE[-1].sum() * 0",
        "return torch.tensor(float('nan'))",
        "return torch.rand(()), torch.rand(())",
        "raise NotImplementedError",
        "return 'a string'",
    ],
)
def test_an_empty_answer_earns_nothing(exercise, body):
    signature = {
        "sequence_log_probs": "tree",
        "sampled_loss": "tree_t, tree_s, n, generator",
    }.get(exercise, "tree_t, tree_s")
    body = body.replace("TREE", signature.split(", ")[0])
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


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.kind == "choice"])
def test_every_option_is_explained_and_a_wrong_one_says_what_it_betrays(id):
    for option in QUESTIONS[id].options:
        assert option.says
        assert (option.misconception in MISCONCEPTIONS) == (option.id != QUESTIONS[id].key)


def test_known_slips_about_the_number_of_sequences_are_told_apart():
    question = QUESTIONS["cost_of_enumeration"]
    for value in (50 * 6, 6**50, 6 * 50**6):
        verdict = score(question, Answer("value", {"answer": value}))
        assert verdict.points == 0
        assert verdict.says in {slip.says for slip in question.slips}


def test_the_short_answer_has_a_line_of_rubric_for_each_point():
    question = QUESTIONS["mode_or_sample"]
    assert len(question.rubric) == question.points
