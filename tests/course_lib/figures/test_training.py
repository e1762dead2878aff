"""Figures of training and of single steps: what is drawn is what is said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import torch

from course_lib import figures


@dataclass(frozen=True)
class Seen:
    kl: float
    agreement: float
    confidence: float = 0.6
    accuracy: float = 0.6
    share: float = 1.0


STUDENTS = {"soft": Seen(0.0008, 1.0), "argmax": Seen(1.25, 0.995, 0.99, 0.6)}
KLS = {"soft": [(0, 1.0), (50, 0.1), (100, 0.0)], "argmax": [(0, 1.0), (50, 1.1), (100, 1.3)]}


def test_a_training_curve_says_where_it_begins_and_ends_and_where_the_floor_is():
    picture = figures.training_curve([1.5, 0.5, 0.25], [(0, 1.2), (3, 0.2)], floor=0.1)
    assert "from 1.5 to 0.25 nats a token in 3 steps" in picture.alt
    assert "KL on held-out examples: 1.2 at step 0, 0.2 at step 3." in picture.alt
    assert "dashed line marks the floor, 0.1" in picture.alt
    losses, kls, floor = picture.figure.axes[0].get_lines()
    assert list(losses.get_ydata()) == [1.5, 0.5, 0.25]
    assert list(kls.get_xdata()) == [0, 3]
    assert floor.get_ydata()[0] == 0.1


def test_a_curve_of_measurements_alone_is_drawn():
    picture = figures.training_curve([], [(0, 1.2), (3, 0.2)])
    assert len(picture.figure.axes[0].get_lines()) == 1
    assert "The loss goes" not in picture.alt


def test_a_kl_of_0_is_drawn_on_a_logarithmic_axis_and_said_as_it_is():
    picture = figures.kl_curves(KLS)
    soft, argmax = picture.figure.axes[0].get_lines()
    assert min(soft.get_ydata()) > 0
    assert "soft: 1 at step 0, 0.1 at step 50, 0 at step 100." in picture.alt
    assert soft.get_marker() != argmax.get_marker()
    assert soft.get_linestyle() != argmax.get_linestyle()


def test_agreement_stands_beside_kl():
    picture = figures.agreement_and_kl(STUDENTS)
    assert "soft: agreement 100.0%, KL 0.0008; argmax: agreement 99.5%, KL 1.25" in picture.alt
    left, right = picture.figure.axes
    assert [bar.get_width() for bar in left.patches] == [1.0, 0.995]
    assert [bar.get_width() for bar in right.patches] == [0.0008, 1.25]
    assert len({bar.get_hatch() for bar in left.patches}) == 2


def test_the_reliability_diagram_says_each_students_confidence_and_accuracy():
    picture = figures.reliability_diagram({name: [seen] for name, seen in STUDENTS.items()})
    assert "argmax: 100% of tokens with confidence 0.99 and accuracy 0.60" in picture.alt
    assert picture.png().startswith(b"\x89PNG")


def test_more_students_than_signs_are_refused():
    with pytest.raises(ValueError, match="5 students: this figure shows 1 to 4"):
        figures.kl_curves({str(i): [(0, 1.0)] for i in range(5)})


def test_the_loss_along_a_step_stands_beside_the_rule():
    picture = figures.loss_along_the_step([0.5, 1, 2], [-0.4, -0.6, 0.1], predicted=-1.0)
    zero, rule, real, _ = picture.figure.axes[0].get_lines()
    assert list(rule.get_ydata()) == [0, -2.0]
    assert list(real.get_ydata()) == [0, -0.4, -0.6, 0.1]
    assert "0.5 times the step −0.4 (rule −0.5)" in picture.alt
    assert zero.get_ydata()[0] == 0


def test_the_outcomes_that_moved_most_are_drawn_with_their_targets():
    before = torch.full((12,), 0.01)
    before[3], before[7] = 0.5, 0.4
    after, target = before.clone(), before.clone()
    after[3], after[9] = 0.3, 0.21
    target[9] = 0.3
    words = [f"w{i}" for i in range(12)]
    picture = figures.outcome_changes(before, after, target, words, "here")
    assert "w3 from 0.500 to 0.300, target 0.500" in picture.alt
    assert "w9 from 0.010 to 0.210, target 0.300" in picture.alt
    assert picture.alt.count("target") == 6
    assert "(here)" in picture.alt
    with pytest.raises(ValueError, match="2 words for 12 outcomes"):
        figures.outcome_changes(before, after, target, ["a", "b"])


def test_examples_that_got_worse_are_named_and_drawn_with_another_line():
    picture = figures.example_changes([1.0, 0.5], [0.8, 0.7])
    assert "Worse than before: 1." in picture.alt
    better, worse, *_ = picture.figure.axes[0].get_lines()
    assert better.get_linestyle() != worse.get_linestyle()
    assert "Worse than before: none." in figures.example_changes([1.0], [0.5]).alt


def test_figures_wait_for_students_that_are_not_trained():
    drawn = [
        figures.kl_curves({"soft": KLS["soft"], "argmax": ()}),
        figures.agreement_and_kl({"soft": STUDENTS["soft"], "argmax": None}),
        figures.reliability_diagram({"soft": [STUDENTS["soft"]], "argmax": ()}),
    ]
    assert {repr(each) for each in drawn} == {
        "Not trained yet: argmax. After training, the figure stands here."
    }
