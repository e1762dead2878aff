"""An estimate against the number of draws, from a function that may be half-written."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import log_softmax

TRAP = [torch.tensor([0.6, 0.4]).log(), torch.tensor([[0.5, 0.5], [0.9, 0.1]]).log()]
STUDENT = [log_softmax(level / 2) for level in TRAP]


def joint(tree):
    return tree[0][:, None] + tree[1]


def cross_entropy_of_sequences(tree_t, tree_s):
    return -(joint(tree_t).exp() * joint(tree_s)).sum()


def estimate(tree_t, tree_s, n, generator):
    p = joint(tree_t).exp().flatten()
    f = -joint(tree_s).flatten()[torch.multinomial(p, n, True, generator=generator)]
    return f.mean(), f.std() / n**0.5


def raises(*_):
    raise RuntimeError("half-written")


UNFINISHED = [lambda *_: None, raises, lambda *_: 1.0]


def test_the_band_is_two_standard_errors_and_the_line_the_exact_loss():
    shown = figures.estimate_against_draws(
        estimate, TRAP, STUDENT, cross_entropy_of_sequences, counts=(50, 5000)
    )
    exact = float(cross_entropy_of_sequences(TRAP, STUDENT))
    again = torch.Generator().manual_seed(0)
    mean, error = map(float, estimate(TRAP, STUDENT, 50, again))
    assert f"{mean:.3f} ± {2 * error:.3f} from 50 draws" in shown.alt
    assert shown.alt.endswith(f"A dashed line marks the exact loss, {exact:.3g}.")


def test_another_seed_gives_another_curve():
    one, other = (
        figures.estimate_against_draws(estimate, TRAP, STUDENT, counts=(50,), seed=seed)
        for seed in (1, 2)
    )
    assert one.alt != other.alt
    assert "dashed line" not in one.alt


@pytest.mark.parametrize("unfinished", UNFINISHED, ids=["none", "raises", "one number"])
def test_an_unfinished_estimate_is_met_with_words(unfinished):
    shown = figures.estimate_against_draws(unfinished, TRAP, STUDENT)
    assert isinstance(shown, figures.Note)
    assert "yet" in repr(shown)
