"""Models under several losses: each row on its own scale, with its winner."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import cross_entropy, kl

TARGET = torch.tensor([0.6, 0.1, 0.3], dtype=torch.float64)
MODELS = {
    "θ₁": torch.tensor([0.999, 0.0005, 0.0005], dtype=torch.float64),
    "θ₂": torch.tensor([0.3, 0.6, 0.1], dtype=torch.float64),
}


def reverse_kl(p, q):
    return kl(q, p)


def test_the_measures_disagree_and_each_names_its_winner():
    picture = figures.comparison(TARGET, MODELS, {"KL": kl, "reverse": reverse_kl})
    assert "KL: θ₁ 2.14, θ₂ 0.566, θ₂ wins" in picture.alt
    assert "reverse: θ₁ 0.503, θ₂ 0.757, θ₁ wins" in picture.alt


def test_the_longest_bar_of_each_row_has_length_one():
    axes = figures.comparison(TARGET, MODELS, {"KL": kl, "CE": cross_entropy}).figure.axes[0]
    widths = [bar.get_width() for bar in axes.patches]
    assert [max(widths[:2]), max(widths[2:])] == pytest.approx([1, 1])
    assert widths[1] == pytest.approx(kl(TARGET, MODELS["θ₂"]) / kl(TARGET, MODELS["θ₁"]))


def test_an_infinite_loss_is_drawn_full_and_written_as_infinity():
    certain = {"sure": torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64), **MODELS}
    axes = figures.comparison(TARGET, certain, {"KL": kl}).figure.axes[0]
    assert axes.patches[0].get_width() == 1
    assert "sure ∞" in [text.get_text() for text in axes.texts]


def test_equal_losses_are_a_tie():
    twins = {"one": MODELS["θ₂"], "two": MODELS["θ₂"]}
    assert "one and two tie" in figures.comparison(TARGET, twins, {"KL": kl}).alt


def test_losses_that_give_no_numbers_are_left_out_and_if_all_do_there_are_words():
    picture = figures.comparison(TARGET, MODELS, {"mine": lambda p, q: None, "KL": kl})
    assert "mine" not in picture.alt
    assert isinstance(figures.comparison(TARGET, MODELS, {"mine": print}), figures.Note)
