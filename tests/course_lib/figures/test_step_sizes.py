"""Figures of steps of many sizes: what is drawn is what is said."""

from __future__ import annotations

import pytest

from course_lib import figures

RATES = [0.1, 2, 8]


def test_the_real_loss_stands_beside_the_promised_one():
    picture = figures.loss_by_step_size(RATES, [2.3, 0.3, 0.5], [2.3, -0.4, -9.0], 2.5)
    axes = picture.figure.axes[0]
    zero, before, promised, real = axes.get_lines()
    assert list(promised.get_ydata()) == [2.3, -0.4, -9.0]
    assert list(real.get_ydata()) == [2.3, 0.3, 0.5]
    assert promised.get_marker() != real.get_marker()
    assert promised.get_linestyle() != real.get_linestyle()
    assert (zero.get_ydata()[0], before.get_ydata()[0]) == (0, 2.5)
    assert "Before the step it is 2.5" in picture.alt
    assert "η = 2: promised −0.4, real 0.3" in picture.alt


def test_a_promise_below_0_is_seen_to_leave_and_does_not_shrink_the_rest():
    axes = figures.loss_by_step_size(RATES, [2.3, 0.3, 0.5], [2.3, -0.4, -9.0], 2.5).figure.axes[0]
    bottom, top = axes.get_ylim()
    assert -2.5 < bottom < 0
    assert top > 2.5


def test_a_loss_that_rose_is_in_the_picture():
    picture = figures.loss_by_step_size(RATES, [2.3, 2.6, 7.0], [2.3, -0.4, -9.0], 2.5)
    assert picture.figure.axes[0].get_ylim()[1] > 7


def test_the_remainder_is_drawn_beside_a_square_through_its_first_point():
    picture = figures.remainder_by_step_size([0.1, 1], [0.002, -0.3])
    square, remainder = picture.figure.axes[0].get_lines()
    assert list(square.get_ydata()) == pytest.approx([0.002, 0.2])
    assert list(remainder.get_ydata()) == [0.002, 0.3]
    assert "0.002 at η = 0.1 (0.2 η²), −0.3 at η = 1 (−0.3 η²)" in picture.alt


def test_without_a_first_order_change_there_are_words_instead():
    note = figures.remainder_by_step_size([0.1, 1], [0.002, None])
    assert isinstance(note, figures.Note)
    assert "No first-order change yet" in note.says
