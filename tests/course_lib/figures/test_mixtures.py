"""One answer to two contexts: the curve is lowest at the mixture, where the floor is."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import kl

P = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7]], dtype=torch.float64)
W = torch.tensor([0.75, 0.25], dtype=torch.float64)


def best_student(P, w):
    m = w @ P
    return m, w @ kl(P, m.expand_as(P))


def test_the_curve_touches_the_floor_at_the_weight_of_the_second_context():
    picture = figures.loss_of_mixtures(P, W, kl, best_student)
    curve, floor, lowest = picture.figure.axes[0].get_lines()
    assert lowest.get_xdata() == pytest.approx([0.25])
    assert lowest.get_ydata() == pytest.approx([floor.get_ydata()[0]])
    assert curve.get_ydata()[0] == pytest.approx(0.25 * kl(P[1], P[0]).item())
    assert "Smallest at λ = 0.25, where it is 0.195." in picture.alt
    assert "dashed line marks the floor of your best_student, 0.195." in picture.alt


@pytest.mark.parametrize("unfinished", [None, lambda P, w: ..., lambda P, w: P @ w])
def test_an_unfinished_best_student_leaves_the_curve_alone(unfinished):
    picture = figures.loss_of_mixtures(P, W, kl, unfinished)
    assert len(picture.figure.axes[0].get_lines()) == 2
    assert "best_student" not in picture.alt


def test_an_unfinished_loss_is_met_with_words():
    assert isinstance(figures.loss_of_mixtures(P, W, lambda p, q: ...), figures.Note)


def test_contexts_that_exclude_each_other_cost_more_than_can_be_drawn_at_the_ends():
    apart = torch.eye(2, dtype=torch.float64)
    curve = figures.loss_of_mixtures(apart, W, kl).figure.axes[0].get_lines()[0]
    assert max(curve.get_ydata()) < float("inf")
    assert curve.get_xdata()[0] > 0
    assert curve.get_xdata()[-1] < 1
