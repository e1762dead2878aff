"""Functions that take lists and return several things: a sum of lists, and where it is even."""

import numpy as np
import pytest
import torch

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import build
from course_lib.checks.assess import assess
from course_lib.checks.perform import perform
from course_lib.checks.picture import picture
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor

HINTS = ("one", "two", "three")
CASES = ("short", "long", "negative")


def oracle(a, rows, *, parity="even", sign=1):
    total = sign * (np.asarray(a) + sum(rows))
    return total, total % 2 == (0 if parity == "even" else 1)


def cases(rng):
    def numbers(n):
        return [int(x) for x in rng.integers(1, 50, n)]

    def case(id, n, **options):
        rows = [tensor(numbers(n), "int64"), tensor(numbers(n), "int64")]
        return Case(id, {"a": numbers(n), "rows": rows}, **options)

    return case("short", 7), case("long", 11), case("negative", 8)


EXERCISE = Exercise(
    id="add",
    title="Add",
    oracle=oracle,
    cases=cases,
    properties=(
        Property("total", "the sum", 2, CASES, core=True, part=0),
        Property("even", "where it is even", 2, CASES, part=1),
        Property("inputs", "leaves its inputs alone", 1, CASES, "unchanged"),
        Property("dtype", "int64 and bool tensors", 1, CASES, "dtype"),
    ),
    mistakes=(
        Mistake("odd", {"parity": "odd"}, frozenset({"even"}), "It is odd.", HINTS),
        Mistake("sign", {"sign": -1}, frozenset({"total"}), "It is negative.", HINTS),
    ),
    hints=HINTS,
)


@pytest.fixture(scope="module")
def table():
    return build(EXERCISE, b"a secret", "00_test")


@pytest.fixture(scope="module")
def judge(table):
    def judge(function):
        answers = {p.id: perform(p, {"add": function}) for p in table.probes}
        return assess(table, answers)

    return judge


def right(a, rows):
    total = torch.tensor(a) + sum(rows)
    return total, total % 2 == 0


def holding(assessment):
    return {each.property.id for each in assessment.properties if each.holds}


def test_a_tuple_of_integers_and_booleans_is_right(judge):
    assessment = judge(right)
    assert assessment.state == "right"
    assert assessment.points == 6


def test_a_list_of_tensors_counts_as_a_tuple(judge):
    assert judge(lambda a, rows: list(right(a, rows))).points == 6


def test_each_part_is_judged_by_itself(judge):
    assessment = judge(lambda a, rows: (right(a, rows)[0], ~right(a, rows)[1]))
    assert holding(assessment) == {"total", "inputs", "dtype"}
    assert assessment.diagnosis.mistakes == ("odd",)


def test_too_few_or_too_many_results_fail_every_part(judge):
    for wrong in (lambda a, rows: right(a, rows)[0], lambda a, rows: (*right(a, rows), 0)):
        assessment = judge(wrong)
        assert holding(assessment) == {"inputs"}
        assert "as many things" in assessment.properties[0].reason
        assert assessment.points == 0


def test_a_named_mistake_that_is_an_argument_handed_back_earns_nothing():
    half = Exercise(
        id="half",
        title="Half",
        oracle=lambda x, *, factor=0.5: factor * x,
        cases=lambda rng: (Case("only", {"x": tensor(rng.normal(size=5))}),),
        properties=(
            Property("value", "is half of it", 1, ("only",), core=True),
            Property("dtype", "is a tensor", 1, ("only",), "dtype"),
        ),
        mistakes=(Mistake("whole", {"factor": 1.0}, frozenset({"value"}), "It is x.", HINTS),),
        hints=HINTS,
    )
    table = build(half, b"a secret", "00_test")
    for function, points in ((lambda x: x, 0), (lambda x: x * (1 + 1e-14), 1)):
        assessment = assess(table, {p.id: perform(p, {"half": function}) for p in table.probes})
        assert assessment.diagnosis.mistakes == ("whole",)
        assert assessment.points == points


def test_lists_of_numbers_have_the_right_values_but_are_no_tensors(judge):
    assessment = judge(lambda a, rows: tuple(each.tolist() for each in right(a, rows)))
    assert holding(assessment) == {"total", "even", "inputs"}


@pytest.mark.parametrize(
    ("turn", "reason"),
    [
        (lambda total, even: (total.float(), even), "the result is float32 and not int64"),
        (lambda total, even: (total, even.long()), "the result is int64 and not bool"),
        (lambda total, even: (total.numpy(), even), "the result is not a tensor"),
    ],
)
def test_integers_and_booleans_keep_their_types(judge, turn, reason):
    assessment = judge(lambda a, rows: turn(*right(a, rows)))
    assert holding(assessment) == {"total", "even", "inputs"}
    assert assessment.properties[-1].reason == reason


def test_a_changed_list_is_seen(judge):
    def extends(a, rows):
        result = right(a, rows)
        a += [0]
        return result

    def pops(a, rows):
        result = right(a, rows)
        rows.pop()
        return result

    def edits(a, rows):
        result = right(a, rows)
        rows[0] += 1
        return result

    for changing, name in ((extends, "a"), (pops, "rows"), (edits, "rows")):
        assessment = judge(changing)
        assert holding(assessment) == {"total", "even", "dtype"}
        assert assessment.properties[2].reason == f"{name} changed during the call"


def test_the_picture_shows_the_part_that_differs(table):
    def answers(function):
        return {p.id: perform(p, {"add": function}) for p in table.probes}

    assert picture(table, answers(right)) == ""
    drawn = picture(table, answers(lambda a, rows: (right(a, rows)[0], ~right(a, rows)[1])))
    assert "0: yours 1, expected 0" in drawn or "0: yours 0, expected 1" in drawn


def test_an_expected_zero_is_exact_where_the_case_says_so():
    def close_to_zero(atol):
        zero = Exercise(
            id="zero",
            title="Zero",
            oracle=lambda x: np.zeros(()),
            cases=lambda rng: (Case("only", {"x": tensor([1.0])}, atol=atol),),
            properties=(Property("value", "is 0", 1, ("only",), core=True),),
            mistakes=(),
            hints=HINTS,
        )
        table = build(zero, b"a secret", "00_test")
        return assess(table, {"only": Answer("value", {"result": 1e-15})}).points

    assert close_to_zero(1e-9) == 1
    assert close_to_zero(0) == 0
