"""The chain rule as stairs, drawn from a function that may be half-written."""

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


def kls(tree_t, tree_s):
    each = [(t.exp() * (t - s)).sum(-1) for t, s in zip(tree_t, tree_s, strict=True)]
    return torch.stack([each[0], tree_t[0].exp() @ each[1]])


def raises(*_):
    raise RuntimeError("half-written")


UNFINISHED = [lambda *_: None, raises, lambda *_: 1.0]


def test_the_stairs_end_at_the_kl_of_the_sequences():
    shown = figures.chain_of_kls(kls, TRAP, STUDENT, cross_entropy_of_sequences)
    first, second = kls(TRAP, STUDENT).tolist()
    assert f"token 0 adds {first:.3g}, token 1 adds {second:.3g}" in shown.alt
    total = f"{first + second:.3g}"
    assert f"the sum is {total}." in shown.alt
    assert shown.alt.endswith(f"marks the KL of the sequences, {total}.")


def test_stairs_stand_without_an_exact_loss():
    shown = figures.chain_of_kls(kls, TRAP, STUDENT, raises)
    assert "dashed line" not in shown.alt


@pytest.mark.parametrize("unfinished", UNFINISHED, ids=["none", "raises", "one number"])
def test_unfinished_kls_are_met_with_words(unfinished):
    shown = figures.chain_of_kls(unfinished, TRAP, STUDENT)
    assert isinstance(shown, figures.Note)
    assert "gives no 2 numbers yet" in repr(shown)
