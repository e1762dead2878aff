"""Pushes at the logits and what becomes of the probabilities: checked against a real step."""

from __future__ import annotations

import re

import pytest
import torch

from course_lib import figures

P_S = torch.tensor([0.05, 0.35, 0.20, 0.40], dtype=torch.float64)
P_T = torch.tensor([0.02, 0.36, 0.02, 0.60], dtype=torch.float64)
WORDS = ["softly", "brightly", "darkly", "warmly"]


@pytest.fixture(scope="module")
def picture():
    return figures.pushes_and_changes(P_S, P_T, WORDS)


def heights(axes):
    return [bar.get_height() for bar in axes.patches]


def test_the_changes_are_those_of_a_small_step(picture):
    left, right = picture.figure.axes
    eta = 1e-6
    after = (P_S.log() + eta * (P_T - P_S)).softmax(-1)
    assert heights(left) == pytest.approx((P_T - P_S).tolist())
    assert heights(right) == pytest.approx(((after - P_S) / eta).tolist(), abs=1e-5)


def test_an_outcome_pushed_up_less_than_the_mean_is_said_to_fall(picture):
    assert "The mean push, weighed by the student's probabilities, is +0.046." in picture.alt
    assert "brightly from 0.35, target 0.36, push +0.010, change −0.013" in picture.alt


def test_bars_down_differ_from_bars_up_by_more_than_their_colour(picture):
    for axes in picture.figure.axes:
        hatched = [bar.get_hatch() is not None for bar in axes.patches]
        assert hatched == [height < 0 for height in heights(axes)]


def test_outcomes_without_words_are_numbered():
    alt = figures.pushes_and_changes(P_S, P_T).alt
    assert re.findall(r"(\d) from", alt) == ["1", "2", "3", "4"]
