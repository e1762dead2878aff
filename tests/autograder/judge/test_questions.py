import pytest

from autograder.exercises.exercise import Option, Question
from autograder.judge.questions import score
from course_lib.checks.probe import Answer

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
