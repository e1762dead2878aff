"""Softmax, cross-entropy and KL, against torch and against what mathematics says of them."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.losses.reference import cross_entropy, kl, log_softmax, softmax

logits = st.lists(st.floats(-30, 30), min_size=2, max_size=6).map(
    lambda row: torch.tensor(row, dtype=torch.float64)
)
temperatures = st.floats(0.3, 50)


@given(logits, temperatures)
def test_softmax_is_a_distribution_and_agrees_with_torch(x, T):
    p = softmax(x, T)
    assert p.sum() == pytest.approx(1)
    assert torch.allclose(p, torch.softmax(x / T, -1))


@given(logits, st.floats(-1e4, 1e4))
def test_a_constant_added_to_the_logits_changes_nothing(x, constant):
    assert torch.allclose(log_softmax(x), log_softmax(x + constant), atol=1e-8)


@settings(max_examples=50)
@given(st.tuples(logits, logits).filter(lambda pair: len(pair[0]) == len(pair[1])))
def test_kl_is_never_negative_and_is_cross_entropy_less_entropy(pair):
    p, q = map(softmax, pair)
    assert kl(p, q) >= -1e-12
    assert kl(p, p) == 0
    assert torch.allclose(kl(p, q), torch.nn.functional.kl_div(q.log(), p, reduction="sum"))


def test_the_last_dimension_holds_the_outcomes_whatever_stands_before_it():
    x, y = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0)).unbind()
    assert kl(softmax(x), softmax(y)).shape == (3, 4)
    assert torch.allclose(kl(softmax(x), softmax(y))[1, 2], kl(softmax(x[1, 2]), softmax(y[1, 2])))


def test_impossible_outcomes_cost_nothing_in_p_and_everything_in_q():
    p, q = torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5])
    assert kl(p, q) == pytest.approx(math.log(2))
    assert kl(p, p) == 0
    assert kl(q, p) == math.inf
    assert cross_entropy(q, p) == math.inf


def test_logits_far_apart_stay_finite():
    assert log_softmax(torch.tensor([1000.0, -1000.0])).tolist() == [0.0, -2000.0]
    assert softmax(torch.tensor([0.0, -math.inf])).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_dtype_is_kept(dtype):
    x = torch.tensor([0.0, 1.0], dtype=dtype)
    assert softmax(x, 3).dtype == kl(softmax(x), softmax(-x)).dtype == dtype
