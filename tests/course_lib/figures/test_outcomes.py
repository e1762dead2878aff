"""What each outcome adds to a loss: the drawn terms are the loss's own, and so are the words."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import cross_entropy, kl

WORDS = ("brightly", "warmly", "darkly")
TARGET = torch.tensor([0.8, 0.15, 0.05], dtype=torch.float64)
ONE = torch.tensor([0.6, 0.3, 0.1], dtype=torch.float64)
OTHER = torch.tensor([0.6, 0.1, 0.3], dtype=torch.float64)


def heights(axes):
    return [bar.get_height() for bar in axes.patches]


@pytest.mark.parametrize(("terms", "loss"), [("cross-entropy", cross_entropy), ("KL", kl)])
def test_the_lower_bars_sum_to_the_loss_of_their_model(terms, loss):
    picture = figures.loss_by_outcome(TARGET, {"one": ONE, "other": OTHER}, WORDS, terms)
    lower = picture.figure.axes[2:]
    for axes, q in zip(lower, (ONE, OTHER), strict=True):
        total = loss(TARGET, q).item()
        assert sum(heights(axes)) == pytest.approx(total)
        assert axes.get_title() == f"sum: {total:.3f} nats"
        assert f"the sum is {total:.3f}." in picture.alt


def test_models_are_told_apart_by_hatch_as_well_as_by_colour():
    axes = figures.loss_by_outcome(TARGET, {"one": ONE, "other": OTHER}, WORDS).figure.axes
    hatches = {tuple(bar.get_hatch() for bar in each.patches) for each in axes[2:]}
    assert len(hatches) == 2
    target, model = axes[0].containers
    assert target.patches[0].get_hatch() != model.patches[0].get_hatch()


def test_a_word_that_is_ruled_out_adds_infinity_and_still_is_drawn():
    ruled_out = torch.tensor([0.7, 0.3, 0.0], dtype=torch.float64)
    picture = figures.loss_by_outcome(TARGET, {"A": ruled_out}, WORDS, "KL")
    assert "darkly (p 0.05, q 0) adds ∞; the sum is ∞." in picture.alt
    assert max(heights(picture.figure.axes[1])) < 1


def test_more_models_than_marks_are_refused():
    with pytest.raises(ValueError, match="4 models: a figure compares 1 to 3"):
        figures.loss_by_outcome(TARGET, dict.fromkeys("abcd", ONE))
