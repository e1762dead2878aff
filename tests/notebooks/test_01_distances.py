"""The notebook on distances: what it shows that no other does."""

from __future__ import annotations

import math
import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("01_distances")


def test_the_opening_experiment_surprises(written):
    said = written.untouched.said("opening-experiment")
    assert re.findall(r"favourite right (\S+)", said) == ["80%", "80%"]
    paid = [float(each) for each in re.findall(r"pays (\S+) a word", said)]
    assert paid == pytest.approx([0.704, 0.814], abs=0.005)
    assert "**A**: Right" in written.solved.shown("predict-payment-explained")


def test_the_rule_of_thumb_is_explained_after_its_experiment(written):
    assert "**2**: Right: 2.143 against .566" in written.solved.shown("rule-of-thumb-explained")
    assert "Right" not in written.solved.shown("rule-of-thumb-answer")


def test_the_first_figure_says_what_each_word_costs(written):
    alt = written.untouched.shown("opening-figure")
    assert "the sum is 0.704. student 2" in alt
    assert alt.endswith("the sum is 0.814.")


def test_the_reversal_is_seen_once_the_losses_are_written(written):
    alt = written.solved.shown("simplex-figure")
    assert "KL(p‖q): A 0.168, B 0.0231, B wins." in alt
    assert "JS: A 0.0366, B 0.00586, B wins." in alt
    assert "total variation: A 0.2, B 0.1, B wins." in alt
    assert "−log q(top word): A 0.357, B 0.693, A wins." in alt


def test_the_rule_of_thumb_breaks_under_kl_and_js_alone(written):
    rows = written.solved.shown("rule-run").split("; ")
    winners = {re.search(r"([^ :]*\S+): θ₁", row)[1]: row.rstrip(".")[-7:] for row in rows}
    assert winners == {
        "KL(p‖q)": "θ₂ wins",
        "JS": "θ₂ wins",
        "variation": "θ₁ wins",
        "word)": "θ₁ wins",
        "KL(q‖p)": "θ₁ wins",
    }


def test_the_debug_cell_is_right_on_three_outcomes_and_wrong_on_four(written):
    lines = written.untouched.said("debug-this-code").splitlines()
    numbers = [tuple(re.findall(r"\d\.\d\d", line)) for line in lines]
    assert numbers == [("0.20", "0.20"), ("0.10", "0.10"), ("0.50", "1.00")]


def test_the_curve_of_mixtures_touches_the_floor(written):
    alt = written.solved.shown("floor-figure")
    assert "Smallest at λ = 0.25, where it is 0.195." in alt
    assert "floor of your best_student, 0.195." in alt


def test_each_old_bug_shows_its_effect_beside_the_right_value(written):
    solved = written.solved
    assert re.findall(r"tensor\((\w+\.?\d*)", solved.said("museum-zeros")) == ["nan", "0.6931"]
    assert re.findall(r"tensor\((\d+\.\d*)", solved.said("museum-entropy")) == ["0.6129", "0."]
    assert "as it was          [1.0, 0.0, 0.0]" in solved.said("museum-logs")
    assert "with the logarithm [0.8, 0.15, 0.05]" in solved.said("museum-logs")
    mixed, exchanged, right = re.findall(r"tensor\((\d+\.\d+)", solved.said("museum-js"))
    assert float(right) < math.log(2) < min(float(mixed), float(exchanged))


@pytest.mark.parametrize("giveaway", ["torch.xlogy", "expand_as", "w @ P", "m = (p + q) / 2\n    "])
def test_the_release_holds_none_of_the_tell_tale_pieces_of_its_solutions(written, giveaway):
    assert giveaway in "\n".join(each.source for each in written.source)
    assert giveaway not in "\n".join(each.source for each in written.released)
