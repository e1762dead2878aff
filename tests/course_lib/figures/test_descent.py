"""A descent step by step, as lines."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures

WORDS = ("left", "right")


def test_a_descent_tells_where_it_began_ended_and_should_have():
    logits = torch.tensor([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0]])
    picture = figures.descent(logits, torch.tensor([0.3, 0.7]), WORDS)
    assert "over 2 steps" in picture.alt
    assert "left from 0.500 to 1.000, teacher 0.3" in picture.alt
    assert "right from 0.500 to 0.000, teacher 0.7" in picture.alt


def test_the_lines_of_a_descent_differ_in_more_than_colour():
    picture = figures.descent(torch.zeros(3, 3), torch.full((3,), 1 / 3))
    left, _ = picture.figure.axes
    assert len({line.get_marker() for line in left.get_lines()}) == 3
    assert len({line.get_linestyle() for line in left.get_lines()}) == 3


def test_more_outcomes_than_marks_are_refused_with_a_reason():
    with pytest.raises(ValueError, match="4 outcomes: this figure shows up to 3"):
        figures.descent(torch.zeros(2, 4), torch.full((4,), 0.25))
