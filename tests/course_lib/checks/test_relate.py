import numpy as np
import pytest

from course_lib.checks.relate import relation

RIGHT = [(np.array([[1.0, -2.0], [0.5, 0.0]]),), (np.array([3.0, np.inf, 0.25]),)]


def like(change):
    return [(tuple(change(n) for n in numbers), numbers) for numbers in RIGHT]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n: n.reshape(-1, 1), "shape"),
        (lambda n: n / 2, "0.5 times"),
        (lambda n: -n if np.isfinite(n).all() else np.where(np.isinf(n), n, -n), "-1 times"),
        (lambda n: n + 0.7, r"by +0.7"),
    ],
)
def test_what_is_true_of_all_cases_is_said(change, says):
    assert says in relation(like(change))


@pytest.mark.parametrize(
    "change",
    [lambda n: n**2, np.zeros_like, lambda n: n[:1], lambda n: np.nan_to_num(n), np.sort],
)
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
