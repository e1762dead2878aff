"""The oracle against torch, against the chain rule, and against what is drawn."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import sampling
from autograder.oracles import sequences as oracle

SIZES = [(4, 3), (5, 2), (3, 4), (2, 1)]


def random_tree(rng, V, L, scale=1.5):
    return [
        torch.log_softmax(torch.tensor(rng.normal(0, scale, (V,) * (i + 1))), -1).numpy()
        for i in range(L)
    ]


@st.composite
def pairs(draw):
    """Teacher's and student's tree."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.sampled_from(SIZES))
    return random_tree(rng, *size), random_tree(rng, *size)


def every_sequence(tree):
    return itertools.product(range(len(tree[0])), repeat=len(tree))


def log_prob(tree, y):
    return sum(torch.tensor(level)[y[: i + 1]] for i, level in enumerate(tree))


@given(pairs())
@settings(max_examples=40, deadline=None)
def test_every_sequence_has_the_probability_of_its_tokens(pair):
    tree, _ = pair
    log_p = oracle.sequence_log_probs(tree)
    assert np.exp(log_p).sum() == pytest.approx(1)
    for y in every_sequence(tree):
        assert log_p[y] == pytest.approx(float(log_prob(tree, y)))


@given(pairs())
@settings(max_examples=30, deadline=None)
def test_losses_equal_sums_over_all_sequences_in_torch(pair):
    tree_t, tree_s = pair
    log_t, log_s = (torch.stack([log_prob(tree, y) for y in every_sequence(tree)]) for tree in pair)
    exact = -(log_t.exp() * log_s).sum()
    assert oracle.exact_loss(tree_t, tree_s) == pytest.approx(exact.item())
    assert oracle.argmax_loss(tree_t, tree_s) == pytest.approx(-log_s[log_t.argmax()].item())
    estimate, error = sampling.sampled_loss(tree_t, tree_s, 100, 0)
    sd = ((log_t.exp() * (log_s + exact) ** 2).sum()).sqrt()
    assert estimate == pytest.approx(exact.item())
    assert error == pytest.approx(sd.item() / 10)


@given(pairs())
@settings(max_examples=30, deadline=None)
def test_kls_of_tokens_add_up_to_the_kl_of_the_sequences(pair):
    tree_t, tree_s = pair
    kls = oracle.token_kls(tree_t, tree_s)
    log_t, log_s = (oracle.sequence_log_probs(tree) for tree in pair)
    assert kls.shape == (len(tree_t),)
    assert (kls >= 0).all()
    assert kls.sum() == pytest.approx((np.exp(log_t) * (log_t - log_s)).sum(), abs=1e-12)
    assert oracle.exact_loss(tree_t, tree_s) == pytest.approx(
        kls.sum() + oracle.exact_loss(tree_t, tree_t), abs=1e-12
    )


@given(pairs())
@settings(max_examples=30, deadline=None)
def test_the_loss_added_up_token_by_token_is_that_of_the_sequences(pair):
    tree_t, tree_s = pair
    weights = oracle.prefix_weights(tree_t, tree_s, "teacher")
    by_token = sum(
        (weight[..., None] * np.exp(t) * s).sum()
        for t, s, weight in zip(tree_t, tree_s, weights, strict=True)
    )
    assert oracle.exact_loss(tree_t, tree_s) == pytest.approx(-by_token)


def test_prefixes_do_not_matter_where_tokens_are_independent():
    """So no case may be like that: wrong prefixes would be invisible."""
    rng = np.random.default_rng(0)
    rows = [random_tree(rng, 4, 1)[0] for _ in range(6)]
    tree_t, tree_s = (
        [np.broadcast_to(row, (4,) * (i + 1)) for i, row in enumerate(three)]
        for three in (rows[:3], rows[3:])
    )
    right = oracle.exact_loss(tree_t, tree_s)
    for prefixes in ("equal", "student"):
        assert oracle.exact_loss(tree_t, tree_s, prefixes=prefixes) == pytest.approx(right)


def test_the_mode_need_not_be_what_greedy_decoding_finds():
    tree = [np.log([0.4, 0.3, 0.2, 0.1]), np.full((4, 4), np.log(0.25)), np.full((4,) * 3, -1.386)]
    tree[1][1] = np.log([0.9, 0.04, 0.03, 0.03])
    tree[2][1, 0] = np.log([0.94, 0.02, 0.02, 0.02])
    assert oracle.greedy(tree)[0] == 0
    assert oracle.mode(tree) == (1, 0, 0)


def test_minimising_the_printed_loss_ends_at_the_least_likely_output():
    """What the debug cell shows: 200 steps without the minus, teacher (.7, .2, .1)."""
    p_t, logits = torch.tensor([0.7, 0.2, 0.1]), torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.SGD([logits], lr=0.5)
    for _ in range(200):
        optimizer.zero_grad()
        (p_t * torch.log_softmax(logits, 0)).sum().backward()
        optimizer.step()
    assert torch.softmax(logits, 0)[2] > 0.999
    tree = [np.log(p_t.numpy())]
    assert oracle.exact_loss(tree, tree, sign="+") == -oracle.exact_loss(tree, tree)


def test_the_argmax_loss_is_no_bound_of_the_exact_one():
    below = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        tree_t, tree_s = random_tree(rng, 4, 3), random_tree(rng, 4, 3)
        below += bool(oracle.argmax_loss(tree_t, tree_s) < oracle.exact_loss(tree_t, tree_s))
    assert 10 < below < 30


@pytest.mark.parametrize("drawn", ["teacher", "student", "uniformly", "at T = 2", "marginals"])
@pytest.mark.parametrize("average", ["mean of scores", "log of mean"])
def test_means_and_deviations_are_those_of_many_estimates(drawn, average):
    rng = np.random.default_rng(0)
    tree_t, tree_s = random_tree(rng, 4, 3), random_tree(rng, 4, 3)
    made = sampling.sampling(tree_t, tree_s, 400, drawn)
    y = rng.choice(len(made.q), (2000, 400), p=made.q)
    estimates = made.f[y].mean(1) if average[0] == "m" else -np.log(made.p_s[y].mean(1))
    errors = made.f[y].std(1) / np.sqrt(400)
    of_oracle = sampling.sampled_loss(tree_t, tree_s, 400, 0, drawn=drawn, average=average)
    spreads = sampling.sampled_loss_spread(tree_t, tree_s, 400, 0, drawn=drawn, average=average)
    for found, mean, sd in zip((estimates, errors), of_oracle, spreads, strict=True):
        assert found.mean() == pytest.approx(float(mean), abs=0.2 * float(sd))
        assert found.std() == pytest.approx(float(sd), rel=0.1)


def test_drawing_all_sequences_once_gives_their_plain_mean():
    rng = np.random.default_rng(0)
    tree_t, tree_s = random_tree(rng, 4, 3), random_tree(rng, 4, 3)
    switch = {"drawn": "without replacement"}
    estimate, _ = sampling.sampled_loss(tree_t, tree_s, 64, 0, **switch)
    assert estimate == pytest.approx(-oracle.sequence_log_probs(tree_s).mean())
    assert sampling.sampled_loss_spread(tree_t, tree_s, 64, 0, **switch)[0] == 0
    with pytest.raises(ArithmeticError, match="65 of 64"):
        sampling.sampled_loss(tree_t, tree_s, 65, 0, **switch)
