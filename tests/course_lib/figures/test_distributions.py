"""Bars of distributions, with their numbers in words."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import softmax

WORDS = ("brightly", "warmly", "darkly")
LOGITS = torch.tensor([2.0, 1.0, -1.0], dtype=torch.float64)
OTHER = torch.tensor([0.0, 1.5, 0.5], dtype=torch.float64)


def test_the_words_of_a_temperature_follow_its_numbers():
    alt = figures.temperature(LOGITS, [1, 1000], WORDS).alt
    p = softmax(LOGITS).tolist()
    assert f"T = 1: brightly {p[0]:.2f}, warmly {p[1]:.2f}, darkly {p[2]:.2f}." in alt
    assert "T = 1000: brightly 0.33, warmly 0.33, darkly 0.33." in alt


def test_arrows_are_the_gaps_and_point_from_student_to_teacher():
    picture = figures.teacher_and_student(
        torch.tensor([0.7, 0.3]), torch.tensor([0.4, 0.6]), ("up", "down"), arrows=True
    )
    assert "up: teacher 0.70, student 0.40, pushed up by 0.30" in picture.alt
    assert "down: teacher 0.30, student 0.60, pushed down by 0.30" in picture.alt
    plain = figures.teacher_and_student(torch.tensor([0.7, 0.3]), torch.tensor([0.4, 0.6]))
    assert "pushed" not in plain.alt


def test_colour_is_never_the_only_sign():
    shown = figures.teacher_and_student(softmax(LOGITS), softmax(OTHER), WORDS)
    (axes,) = shown.figure.axes
    teacher, student = axes.containers
    assert teacher.patches[0].get_hatch() != student.patches[0].get_hatch()


def test_a_temperature_of_zero_is_refused_with_a_reason():
    with pytest.raises(ValueError, match="T = 0: a temperature must be greater than 0"):
        figures.temperature(LOGITS, 0)


def test_words_must_be_as_many_as_outcomes():
    with pytest.raises(ValueError, match="2 words for 3 outcomes"):
        figures.temperature(LOGITS, words=("one", "two"))
