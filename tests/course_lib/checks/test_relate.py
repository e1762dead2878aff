import numpy as np
import pytest

from course_lib.checks.relate import Related, relation
from course_lib.checks.values import tensor

RIGHT = [
    np.array([[1.0, -2.0, 0.25], [0.5, 0.0, 4.0]]),
    np.array([[3.0, np.inf, 0.75], [-1.0, 2.0, 1.5]]),
    np.array([[0.3, 1.25], [5.0, -0.5], [2.5, 0.1]]),
]


def like(change, right=RIGHT):
    """Cases of x, as large as the right numbers, T, 2, 4, 6, and numbers that were changed."""
    return [
        Related({"x": tensor(r), "T": 2.0 * k}, (change(r),), (r,)) for k, r in enumerate(right, 1)
    ]


def finite(change):
    return lambda n: np.where(np.isfinite(n), change(n), n)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n: n.reshape(-1, 1), "not in the shape"),
        (lambda n: n / 2, "0.5 times the right"),
        (lambda n: n * 1.0003, "nearly the right"),
        (finite(lambda n: -n), "-1 times the right"),
        (lambda n: n + 0.7, "by +0.7"),
        (finite(lambda n: 1 - n), "1 minus the right"),
        (finite(lambda n: n**2), "the squares"),
        (np.abs, "without their signs"),
        (np.exp, "the exponentials"),
        (lambda n: n / n.shape[-1], "divided by the size of the last dimension of x"),
        (lambda n: n + np.log(n.shape[-1]), "too large by the natural logarithm of the size of"),
        (lambda n: n[::-1].copy(), "another order"),
        (lambda n: np.concatenate([n[:-1], n[-1:] ** 2]), "All is right but the last entry of the"),
        (finite(lambda n: np.concatenate([n[:1], n[1:] ** 3])), "only the first entry of the"),
        (lambda n: np.full_like(n, 0.25), "Whatever the inputs, your numbers are 0.25"),
    ],
)  # fmt: skip
def test_what_is_true_of_all_cases_is_said(change, says):
    right = RIGHT if says != "Whatever the inputs, your numbers are 0.25" else FINITE
    assert says in relation(like(change, right))


FINITE = [np.nan_to_num(each, posinf=8.0) for each in RIGHT]


def test_a_factor_is_told_by_the_input_that_it_is_a_power_of():
    cases = [
        Related(each.inputs, (each.right[0] / each.inputs["T"] ** 2 / 3,), each.right)
        for each in like(np.copy)
    ]
    assert relation(cases) == (
        "Your numbers are 0.3333 times the right ones divided by the square of T."
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n, by: n * by, "right up to a factor of its own"),
        (lambda n, by: n + by, "right up to an amount of its own"),
    ],
)
def test_rows_that_are_off_each_by_something_else_are_told(change, says):
    rng = np.random.default_rng(0)
    right = [rng.uniform(1, 2, (2, 3, 5)), rng.uniform(1, 2, (4, 6))]
    assert says in relation(like(lambda n: change(n, rng.uniform(2, 3, (*n.shape[:-1], 1))), right))


def test_of_several_results_the_wrong_one_is_told():
    cases = [
        Related(each.inputs, (each.right[0], 2 * each.right[0]), each.right * 2)
        for each in like(np.copy)
    ]
    assert relation(cases) == "Result 2: Your numbers are 2 times the right ones."


@pytest.mark.parametrize(
    "change",
    [
        finite(lambda n: n**3), np.zeros_like, lambda n: n[:1], np.nan_to_num,
        finite(lambda n: n + 0.1 * np.arange(n.size).reshape(n.shape)),
    ],
)  # fmt: skip
def test_what_is_not_true_of_all_cases_is_not_said(change):
    assert relation(like(change)) == ""


def test_nothing_is_said_of_nothing():
    assert relation([]) == ""


def test_an_unnamed_factor_is_told_by_the_check(table, ask):
    from course_lib.checks.assess import assess
    from course_lib.checks.report import text

    assessment = assess(table, ask(lambda x, w: 0.25 * (w * x**2).sum() / w.sum()))
    assert assessment.diagnosis.mistakes == ()
    assert "0.25 times the right ones" in text(table, assessment)


def test_small_numbers_are_not_taken_for_multiples_of_the_right_ones():
    rng = np.random.default_rng(0)
    assert relation(like(finite(lambda n: 1e-9 * rng.normal(size=n.shape)))) == ""
