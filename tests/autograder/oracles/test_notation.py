"""The oracle against torch, and against what the course prints."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import notation as oracle

NAN, INF = np.nan, np.inf


@pytest.fixture(autouse=True)
def _silent():
    with np.errstate(all="ignore"):
        yield


@st.composite
def logits(draw):
    """Logits of any shape, some rows far away, some outcomes ruled out."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (*draw(st.lists(st.integers(1, 4), max_size=3)), draw(st.integers(2, 7)))
    x = rng.normal(0, 1.5, shape) + rng.choice([0, 0, 1000, -1000], (*shape[:-1], 1))
    if draw(st.booleans()):
        x[..., 0] = -INF
    return x


@given(logits(), st.sampled_from([0.5, 1, 1.3, 3, 4.0]))
@settings(max_examples=60, deadline=None)
def test_softmax_and_its_logarithm_equal_those_of_torch_for_any_shape(x, T):
    z = torch.tensor(x)
    np.testing.assert_allclose(oracle.softmax(x, T), torch.softmax(z / T, -1), atol=1e-14)
    np.testing.assert_allclose(oracle.log_softmax(x), torch.log_softmax(z, -1), atol=1e-10)


@st.composite
def sequences(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    B, L, V = draw(st.integers(1, 4)), draw(st.integers(1, 6)), draw(st.integers(2, 6))
    mask = rng.random((B, L)) < 0.6
    return rng.normal(0, 1.5, (B, L, V)), rng.integers(0, V, (B, L)), mask


@given(sequences())
@settings(max_examples=60, deadline=None)
def test_a_sequence_is_as_probable_as_torchs_loss_says(case):
    z, y, mask = case
    of_tokens = functional.cross_entropy(
        torch.tensor(z).transpose(1, 2), torch.tensor(y), reduction="none"
    )
    expected = -(of_tokens * torch.tensor(mask)).sum(1)
    np.testing.assert_allclose(oracle.sequence_log_prob(z, y, mask), expected, atol=1e-12)


@given(sequences(), st.data())
@settings(max_examples=20, deadline=None)
def test_what_stands_where_the_mask_is_false_does_not_matter(case, data):
    z, y, mask = case
    before = oracle.sequence_log_prob(z, y, mask)
    z[~mask] = data.draw(st.sampled_from([NAN, INF, -INF, 1e300]))
    np.testing.assert_array_equal(oracle.sequence_log_prob(z, y, mask), before)


def test_the_figures_that_the_hints_name():
    np.testing.assert_allclose(
        oracle.softmax(np.array([2, 1, 0.0]), 2), [0.506, 0.307, 0.186], atol=5e-4
    )
    np.testing.assert_allclose(
        oracle.log_softmax(np.array([2, 1, 0.0])), [-0.408, -1.408, -2.408], atol=5e-4
    )
    z = np.log([[[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.1, 0.1, 0.8]]])
    found = oracle.sequence_log_prob(z, np.array([[0, 2, 1]]), np.array([[True, True, False]]))
    np.testing.assert_allclose(found, [-2.079], atol=5e-4)


def test_the_product_of_eight_hundred_probabilities_is_zero_and_its_logarithm_is_not():
    z = np.log(np.tile([0.35, 0.65], (1, 800, 1)))
    y, mask = np.zeros((1, 800), int), np.ones((1, 800), bool)
    assert oracle.sequence_log_prob(z, y, mask) == pytest.approx([800 * np.log(0.35)])
    assert oracle.sequence_log_prob(z, y, mask, ends="exp") == [0]
    assert oracle.sequence_log_prob(z, y, mask, reduce="product") == [-INF]


# -- switches, each written out in torch ----------------------------------------------------------

X = torch.tensor([[0.3, -1.2, 0.8, 2.0], [1.0, 0.1, -0.4, 0.6], [-2.0, 1.5, 0.0, 0.2],
                  [0.7, 0.7, -0.9, 1.1]], dtype=torch.float64)  # fmt: skip
CUBE = torch.stack([X, X.flip(0) * 1.5, X.T])  # [3, 4, 4]
SOFTMAXES = {
    (("temper", "x · T"),): lambda x, T: torch.softmax(x * T, -1),
    (("temper", "x"),): lambda x, T: torch.softmax(x, -1),
    (("temper", "p / T"),): lambda x, T: torch.softmax(x, -1) / T,
    (("temper", "p ** (1/T)"),): lambda x, T: torch.softmax(x, -1) ** (1 / T),
    (("over", "first"),): lambda x, T: torch.softmax(x / T, 0),
    (("over", "second"),): lambda x, T: torch.softmax(x / T, 1),
    (("over", "all"),): lambda x, T: (x / T).exp() / (x / T).exp().sum(),
    (("exponential", "x"),): lambda x, T: x / x.sum(-1, keepdim=True),
    (("exponential", "2^x"),): lambda x, T: 2 ** (x / T) / (2 ** (x / T)).sum(-1, keepdim=True),
    (("exponential", "e^−x"),): lambda x, T: functional.softmin(x / T, -1),
    (("times", "twice"),): lambda x, T: torch.softmax(torch.softmax(x / T, -1), -1),
    (("gives", "log p"),): lambda x, T: torch.log_softmax(x / T, -1),
    (("keepdim", "not by the sum"), ("shift", "none")): lambda x, T: (
        (x / T).exp() / (x / T).exp().sum(-1)
    ),
}


@pytest.mark.parametrize("switches", SOFTMAXES)
@pytest.mark.parametrize("x", [X, CUBE], ids=["square", "cube"])
def test_each_wrong_softmax_is_what_its_code_gives(switches, x):
    try:
        expected = SOFTMAXES[switches](x, 1.7)
    except RuntimeError:
        with pytest.raises(ArithmeticError):
            oracle.softmax(x.numpy(), 1.7, **dict(switches))
    else:
        np.testing.assert_allclose(oracle.softmax(x.numpy(), 1.7, **dict(switches)), expected)


@pytest.mark.parametrize("over", ["second", "second, shifted over last"])
def test_dimension_one_of_a_vector_raises_as_it_would_in_torch(over):
    with pytest.raises(ArithmeticError):
        oracle.softmax(X[0].numpy(), over=over)
    with pytest.raises(ArithmeticError):
        oracle.log_softmax(X[0].numpy(), over=over)


def test_a_dimension_that_is_lost_raises_unless_the_tensor_is_square_or_a_vector():
    for keepdim in ("not by the sum", "not by the maximum", "neither"):
        with pytest.raises(ArithmeticError):
            oracle.softmax(X[:3].numpy(), keepdim=keepdim)
        assert oracle.softmax(X.numpy(), keepdim=keepdim).shape == (4, 4)
        np.testing.assert_allclose(
            oracle.softmax(X[0].numpy(), keepdim=keepdim), torch.softmax(X[0], -1)
        )


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        ("maximum", [True, True, True]),
        ("none", [False, True, False]),
        ("maximum of all", [True, False, False]),
        ("maximum of x", [True, True, True]),
        ("none, + ε", [False, True, False]),
    ],
)
def test_only_each_rows_own_maximum_keeps_all_rows_in_range(shift, expected):
    rows = X[:3].numpy() + np.array([[1000.0], [0.0], [-1000.0]])
    sums = oracle.softmax(rows, shift=shift).sum(-1)
    np.testing.assert_array_equal(np.isclose(sums, 1), expected)


LOG_SOFTMAXES = {
    (("by", "log p"),): lambda x: torch.softmax(x, -1).log(),
    (("by", "log(p + 1e-8)"),): lambda x: (torch.softmax(x, -1) + 1e-8).log(),
    (("by", "x − max"),): lambda x: x - x.amax(-1, keepdim=True),
    (("by", "x − (lse without max)"),): lambda x: (
        x - (x - x.amax(-1, keepdim=True)).exp().sum(-1, keepdim=True).log()
    ),
    (("shift", "none"),): lambda x: x - x.exp().sum(-1, keepdim=True).log(),
    (("shift", "maximum of all"),): lambda x: (
        x - x.max() - (x - x.max()).exp().sum(-1, keepdim=True).log()
    ),
    (("over", "first"),): lambda x: torch.log_softmax(x, 0),
    (("over", "second"),): lambda x: torch.log_softmax(x, 1),
    (("over", "all"),): lambda x: x - x.exp().sum().log(),
    (("fed", "p"),): lambda x: torch.log_softmax(torch.softmax(x, -1), -1),
    (("gives", "p"),): lambda x: torch.softmax(x, -1),
    (("gives", "−log p"),): lambda x: -torch.log_softmax(x, -1),
    (("base", "2"),): lambda x: torch.softmax(x, -1).log2(),
    (("keepdim", "not by their sum"),): lambda x: x - x.logsumexp(-1),
    (("keepdim", "not by the sum"),): lambda x: (
        x - x.amax(-1, keepdim=True) - (x - x.amax(-1, keepdim=True)).exp().sum(-1).log()
    ),
    (("keepdim", "neither"),): lambda x: x - x.amax(-1) - (x - x.amax(-1)).exp().sum(-1).log(),
}


@pytest.mark.parametrize("switches", LOG_SOFTMAXES)
@pytest.mark.parametrize("x", [X, CUBE], ids=["square", "cube"])
def test_each_wrong_log_softmax_is_what_its_code_gives(switches, x):
    try:
        expected = LOG_SOFTMAXES[switches](x)
    except RuntimeError:
        with pytest.raises(ArithmeticError):
            oracle.log_softmax(x.numpy(), **dict(switches))
    else:
        np.testing.assert_allclose(oracle.log_softmax(x.numpy(), **dict(switches)), expected)


def test_a_gap_of_two_thousand_is_lost_on_the_way_through_probabilities():
    x = np.array([0.0, 1.0, -2000.0])
    assert oracle.log_softmax(x)[2] == pytest.approx(-2001.313, abs=1e-3)
    assert oracle.log_softmax(x, by="log p")[2] == -INF
    assert oracle.log_softmax(x, by="log(p + 1e-8)")[2] == pytest.approx(np.log(1e-8))


Y = torch.tensor([[0, 2, 3, 1], [1, 1, 0, 2], [3, 0, 2, 2]])
M = torch.tensor([[1, 0, 1, 1], [0, 1, 0, 0], [1, 1, 0, 1]], dtype=torch.bool)
LOG_P = torch.log_softmax(CUBE, -1)
PICKED = LOG_P.gather(-1, Y[..., None])[..., 0]


def kept(each, mask=M):
    return torch.where(mask, each, 0.0)


def moved(log_p, y, mask):
    return kept(log_p.gather(-1, y[..., None])[..., 0], mask).sum(-1)


SEQUENCES = {
    (("reduce", "sum ÷ L"),): kept(PICKED).mean(-1),
    (("reduce", "sum ÷ count"),): kept(PICKED).sum(-1) / M.sum(-1),
    (("reduce", "over the batch"),): kept(PICKED).sum(),
    (("reduce", "mean over the batch"),): kept(PICKED).sum(-1).mean(),
    (("reduce", "mean of tokens"),): PICKED[M].mean(),
    (("reduce", "not reduced"),): kept(PICKED),
    (("token", "p"),): kept(PICKED.exp()).sum(-1),
    (("token", "p"), ("ends", "log")): kept(PICKED.exp()).sum(-1).log(),
    (("ends", "exp"),): kept(PICKED).sum(-1).exp(),
    (("token", "logits"),): kept(CUBE.gather(-1, Y[..., None])[..., 0]).sum(-1),
    (("over", "L"),): moved(torch.log_softmax(CUBE, 1), Y, M),
    (("over", "B"),): moved(torch.log_softmax(CUBE, 0), Y, M),
    (("picked", "likeliest"),): kept(LOG_P.amax(-1)).sum(-1),
    (("picked", "y of the first sequence"),): kept(LOG_P[:, torch.arange(4), Y[0]]).sum(-1),
    (("picked", "all"),): kept(LOG_P.sum(-1)).sum(-1),
    (("aligned", "y[i+1]"),): moved(LOG_P[:, :-1], Y[:, 1:], M[:, 1:]),
    (("aligned", "y[i+1], mask[i]"),): moved(LOG_P[:, :-1], Y[:, 1:], M[:, :-1]),
    (("aligned", "logits[i+1]"),): moved(LOG_P[:, 1:], Y[:, :-1], M[:, :-1]),
    (("aligned", "logits[i+1], mask[i+1]"),): moved(LOG_P[:, 1:], Y[:, :-1], M[:, 1:]),
    (("masked", "nowhere"),): PICKED.sum(-1),
    (("masked", "false"),): kept(PICKED, ~M).sum(-1),
    (("sign", "−"),): -kept(PICKED).sum(-1),
    (("base", "2"),): kept(PICKED).sum(-1) / np.log(2),
}


@pytest.mark.parametrize("switches", SEQUENCES)
def test_each_wrong_sequence_log_prob_is_what_its_code_gives(switches):
    found = oracle.sequence_log_prob(CUBE.numpy(), Y.numpy(), M.numpy(), **dict(switches))
    np.testing.assert_allclose(found, SEQUENCES[switches])


def test_a_mask_that_is_multiplied_does_not_remove_nan():
    z = CUBE.numpy().copy()
    z[~M.numpy()] = NAN
    assert np.isfinite(oracle.sequence_log_prob(z, Y.numpy(), M.numpy())).all()
    found = oracle.sequence_log_prob(z, Y.numpy(), M.numpy(), masked="multiplied")
    assert np.isnan(found).all()


def test_a_1_in_the_denominator_is_one_more_outcome_of_logit_0():
    x = np.array([[2.0, 1.0, 0.0], [-1500.0, -1501.0, -1500.0], [1500.0, 0.0, 0.0]])
    one_more = functional.softmax(torch.tensor(np.hstack([x, np.zeros((3, 1))])), -1)[:, :-1]
    np.testing.assert_allclose(oracle.softmax(x, total="1 + Σ"), one_more)
    np.testing.assert_allclose(np.exp(oracle.log_softmax(x, by="x − log(1 + Σ)")), one_more)
