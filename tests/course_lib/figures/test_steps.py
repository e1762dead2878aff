"""Figures of one step: what matters stays visible, whatever the numbers are."""

from __future__ import annotations

import torch

from course_lib import figures


def limits(changes, predicted):
    sizes = [0.5, 1, 2]
    return figures.loss_along_the_step(sizes, changes, predicted).figure.axes[0].get_ylim()


def test_a_rule_that_runs_far_away_does_not_flatten_the_real_curve():
    bottom, top = limits([-2.0, -1.0, 0.5], predicted=-100.0)
    assert bottom < -2
    assert top > 0.5
    assert top - bottom < 3 * 2.5


def test_a_rule_that_holds_is_seen_as_a_whole():
    bottom, top = limits([-0.5, -1.0, -1.9], predicted=-1.0)
    assert bottom < -2
    assert top > 0


def test_a_step_that_changed_nothing_or_too_much_is_drawn_all_the_same():
    for changes in ([0.0] * 3, [1.0, 2.0, float("inf")]):
        assert figures.loss_along_the_step([0.5, 1, 2], changes, 0.0).png()


def test_outcomes_that_never_have_a_visible_probability_are_left_out():
    before = torch.tensor([0.6, 0.3995, 0.0003, 0.0002])
    after = torch.tensor([0.7, 0.2995, 0.0003, 0.0002])
    alt = figures.outcome_changes(before, after, after, ["a", "b", "c", "d"]).alt
    assert alt.count("target") == 2
    assert "a from 0.600 to 0.700" in alt


def test_examples_are_counted_in_whole_numbers():
    picture = figures.example_changes([1.0, 0.5], [0.8, 0.7])
    picture.figure.canvas.draw()
    ticks = picture.figure.axes[0].get_xticks()
    assert all(tick == round(tick) for tick in ticks)
