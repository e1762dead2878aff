"""The notebook on the distillation loss: what it shows that no other does."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def written(written_as):
    return written_as("02_distillation_loss")


def test_the_opening_experiment_surprises(written):
    said = written.untouched.said("opening-experiment")
    lengths = [float(each) for each in re.findall(r"  length (\S+)", said)]
    assert lengths == [0.4861, 0.1122, 0.0264, 0.0064, 0.0016]
    assert "307 times shorter" in said
    assert "**300**: Right" in written.solved.shown("predict-shrinking-explained")
    assert re.findall(r"T² · length (\S+)", said) == ["0.486", "0.449", "0.423", "0.410", "0.405"]


def test_a_value_is_told_for_every_exercise(written):
    assert [call for call, _ in written.told] == [
        "kd_loss(z_t, z_s, 3)",
        "kd_and_ce(z_t, z_s, torch.tensor(0), 3, alpha=0.7)",
        "max(kd_grad(z_t, z_s, 3))",
        "high_T_limit(z_t, z_s)",
    ]


@pytest.mark.parametrize(
    "giveaway", ["divergence.mean()", "of_labels", "correction=0", "softmax(logits_t, T)"]
)
def test_the_release_holds_none_of_the_tell_tale_pieces_of_its_solutions(written, giveaway):
    assert giveaway in "\n".join(each.source for each in written.source)
    assert giveaway not in "\n".join(each.source for each in written.released)
