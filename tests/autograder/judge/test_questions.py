import math

import pytest

from autograder.exercises.question import Option, Question, Slip
from autograder.judge.questions import score
from course_lib.checks.probe import Answer
from course_lib.checks.values import tensor

CHOICE = Question(
    "why", "Why?", "choice", "Why?", 2,
    options=(Option("A", "yes"), Option("B", "no", "B is wrong because …", "an-idea")), key="A",
)  # fmt: skip
MATCHING = Question(
    "symbols", "Match", "matching", "Match", 4,
    options=(Option("A", "a"), Option("B", "b"), Option("C", "c", misconception="an-idea")),
    items={"x": "x", "y": "y"}, key={"x": "A", "y": "B"},
)  # fmt: skip


def answer(value):
    return Answer("value", {"answer": value})


@pytest.mark.parametrize(("given", "points"), [("A", 2), (" a ", 2), ("B", 0), ("Z", 0), (3, 0)])
def test_a_choice_pays_for_its_key_alone(given, points):
    assert score(CHOICE, answer(given)).points == points


def test_a_wrong_option_tells_its_misconception():
    verdict = score(CHOICE, answer("B"))
    assert verdict.misconceptions == ("an-idea",)
    assert verdict.says == "B is wrong because …"


@pytest.mark.parametrize("given", [None, answer(None), Answer("missing"), Answer("died")])
def test_no_answer_earns_nothing_and_says_so(given):
    verdict = score(CHOICE, given)
    assert (verdict.points, verdict.says) == (0, "not answered")


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ({"x": "A", "y": "B"}, 4),
        ({"x": "A", "y": "C"}, 2),
        ({"x": "A"}, 2),
        ({"x": ["A"], "z": "B"}, 0),
        ("A", 0),
        ([("x", "A")], 0),
    ],
)
def test_matching_pays_by_item(given, points):
    assert score(MATCHING, answer(given)).points == points


SELECT = Question(
    "changes", "What changes?", "select", "What changes?", 3,
    options=tuple(Option(id, id, misconception=f"idea-{id}") for id in "ABCDE"),
    key=frozenset({"B", "C", "E"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "points"),
    [
        (["B", "C", "E"], 3),
        (("e", " c", "b"), 3),
        ("B, C; E", 3),
        ("B C E", 3),
        (["B"], 1),
        (["B", "B", "C"], 2),
        (["B", "C", "A"], 1),
        (["A", "D"], 0),
        (["A", "D", "B"], 0),
        (list("ABCDE"), 1),
        ([], 0),
        (["B", "Z"], 0),
        ([1, 2], 0),
        ({"B": "C"}, 0),
        (7, 0),
    ],
)
def test_a_selection_pays_right_marks_minus_wrong_ones(given, points):
    assert score(SELECT, answer(given)).points == points


def test_a_selection_tells_the_misconception_of_each_wrong_mark():
    verdict = score(SELECT, answer(["A", "B", "D"]))
    assert verdict.misconceptions == ("idea-A", "idea-D")
    assert verdict.says == "1 of 3 found, and 2 marked that should not be"


def test_an_answer_of_a_type_that_cannot_be_read_is_not_called_missing():
    verdict = score(SELECT, Answer("unsupported type", {}, "an object of type set"))
    assert (verdict.points, verdict.says) == (0, "an answer cannot be an object of type set")


NUMBER = Question(
    "entropy", "How much?", "numeric", "How much?", 2, key=0.8979, tolerance=0.005,
    slips=(Slip(0.0, "0 is the least KL, not the least cross-entropy", "an-idea"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "points"),
    [
        (0.8979, 2),
        (0.9, 2),
        ("0.9", 2),
        (tensor(0.9), 2),
        (tensor([0.9]), 2),
        (0.91, 0),
        (1, 0),
        (True, 0),
        (float("nan"), 0),
        (float("inf"), 0),
        ("nan", 0),
        (10**400, 0),
        ("about 0.9", 0),
        (tensor([0.9, 0.9]), 0),
        ([0.9], 0),
    ],
)
def test_a_number_is_right_within_its_tolerance(given, points):
    assert score(NUMBER, answer(given)).points == points


def test_a_known_slip_is_explained():
    verdict = score(NUMBER, answer(0))
    assert verdict.says == "0 is the least KL, not the least cross-entropy"
    assert verdict.misconceptions == ("an-idea",)
    assert score(NUMBER, answer(5)).says == "not right"


NUMBERS = Question(
    "three", "Fill in", "numeric", "Fill in", 2, items={"a": "KL(p‖q)", "b": "KL(q‖p)"},
    key={"a": math.inf, "b": 0.6931}, tolerance=0.001,
    slips=(Slip(math.inf, "never infinite", "an-idea", item="b"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ({"a": math.inf, "b": 0.6931}, 2),
        ({"a": "inf", "b": 0}, 1),
        ({"a": 1e308}, 0),
        ({"a": -math.inf}, 0),
        (math.inf, 0),
    ],
)
def test_several_blanks_pay_by_item(given, points):
    assert score(NUMBERS, answer(given)).points == points


def test_a_slip_counts_only_in_its_own_blank():
    verdict = score(NUMBERS, answer({"a": 0.6931, "b": math.inf}))
    assert verdict.says == "a: not right; b: never infinite"
    assert verdict.misconceptions == ("an-idea",)


FORMULA = Question(
    "gradient", "Write it", "formula", "Write it", 2, key="T*(p_s - p_t)/N",
    symbols={"T": "temperature", "p_s": "student", "p_t": "teacher", "N": "positions"},
    slips=(Slip("T*(p_t - p_s)/N", "this is the direction downhill", "an-idea"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("T*(p_s - p_t)/N", 2),
        ("(p_s/N - p_t/N)·T", 2),
        ("p_s - p_t", 0),
        ("T*(p_t - p_s)/N", 0),
        (3, 0),
        (None, 0),
        (["T"], 0),
        ("import os", 0),
        ("T" * 10**6, 0),
    ],
)
def test_a_formula_is_compared_as_mathematics(given, points):
    assert score(FORMULA, answer(given)).points == points


def test_a_formula_that_cannot_be_read_is_told_how_to_write_it():
    assert "needs its *" in score(FORMULA, answer("T(p_s - p_t)")).says
    assert score(FORMULA, answer("T*(p_t-p_s)/N")).misconceptions == ("an-idea",)


PREDICT = Question(
    "guess", "Predict", "predict", "Which?", 1, formative=True,
    options=(Option("A", "a", "a, indeed"), Option("B", "b", "not b", "an-idea")), key="A",
)  # fmt: skip
PREDICT_NUMBER = Question(
    "times", "Predict", "predict", "How many?", 1, formative=True, key=256.0, tolerance=60.0
)


def test_a_prediction_is_paid_for_being_made():
    assert score(PREDICT, answer("B")).points == 1
    assert score(PREDICT, answer("B")).misconceptions == ("an-idea",)
    assert score(PREDICT, answer("A")).misconceptions == ()
    assert score(PREDICT_NUMBER, answer(16)).points == 1
    for nothing in ("Z", None, "", 3, True):
        assert score(PREDICT, answer(nothing)).points == 0
    for nothing in ("many", None, float("nan")):
        assert score(PREDICT_NUMBER, answer(nothing)).points == 0


def test_a_short_answer_is_not_for_the_judge():
    with pytest.raises(ValueError, match="a reader scores it"):
        score(Question("why_so", "Why", "short", "Why?", 2), answer("because"))
