"""Curves against the temperature, drawn from functions that may be half-written."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import kl, softmax

LOGITS = torch.tensor([2.0, 1.0, -1.0], dtype=torch.float64)
OTHER = torch.tensor([0.0, 1.5, 0.5], dtype=torch.float64)


def hot_loss(logits_t, logits_s, T):
    return T**2 * kl(softmax(logits_t, T), softmax(logits_s, T))


def half_variance(logits_t, logits_s):
    return (logits_s - logits_t).var(correction=0) / 2


def raises(*_):
    raise RuntimeError("half-written")


def test_colour_is_never_the_only_sign():
    (axes,) = figures.gradient_norms([1, 2, 4], [0.4, 0.1, 0.025], [0.4] * 3).figure.axes
    scaled, plain = axes.get_lines()
    assert scaled.get_marker() != plain.get_marker()
    assert scaled.get_linestyle() != plain.get_linestyle()


def test_the_loss_curve_ends_at_its_limit():
    picture = figures.loss_against_temperature(hot_loss, LOGITS, OTHER, half_variance)
    curve, limit = picture.figure.axes[0].get_lines()
    assert curve.get_ydata()[-1] == pytest.approx(limit.get_ydata()[0], rel=1e-2)
    assert "dashed line marks the limit" in picture.alt


@pytest.mark.parametrize("unfinished", [lambda *_: None, raises, lambda t, s, T: t])
def test_an_unfinished_loss_is_met_with_words_and_not_with_an_error(unfinished):
    shown = figures.loss_against_temperature(unfinished, LOGITS, OTHER, half_variance)
    assert isinstance(shown, figures.Note)
    assert "gives no number yet" in repr(shown)


def test_an_unfinished_limit_leaves_the_curve_alone():
    shown = figures.loss_against_temperature(hot_loss, LOGITS, OTHER, raises)
    assert len(shown.figure.axes[0].get_lines()) == 1
