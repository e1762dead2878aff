"""The oracle against torch, against autograd, and against figures that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import distillation
from autograder.oracles import tokens as oracle

MASK = np.array([[True] * 4, [True] + [False] * 3])


@st.composite
def batches(draw):
    """Logits of teacher and student [B, M, V], a mask that is not empty, and a temperature."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    B, M, V = (draw(st.integers(1, 5)), draw(st.integers(1, 6)), draw(st.integers(2, 7)))
    mask = rng.random((B, M)) < 0.5
    mask[0, 0] = True
    T = draw(st.sampled_from([0.5, 0.7, 1, 3, 4.5]))
    return *rng.normal(0, 1.5, (2, B, M, V)), mask, T


def kl_of_selected(z_t, z_s, mask, T):
    """Select the rows that count, and let torch do the rest."""
    log_p, log_q = (torch.log_softmax(z[mask] / T, -1) for z in (z_t, z_s))
    return T**2 * functional.kl_div(log_q, log_p, log_target=True, reduction="sum") / len(log_p)


@given(batches())
@settings(max_examples=60, deadline=None)
def test_masked_kl_and_its_gradient_equal_those_of_torch(batch):
    z_t, z_s, mask, T = batch
    student = torch.tensor(z_s, requires_grad=True)
    loss = kl_of_selected(torch.tensor(z_t), student, torch.tensor(mask), T)
    (gradient,) = torch.autograd.grad(loss, student)

    np.testing.assert_allclose(oracle.masked_kl(z_t, z_s, mask, T), loss.item(), atol=1e-10)
    of_oracle = oracle.masked_kl_gradients(z_t, z_s, mask, T)["logits_s"]
    np.testing.assert_allclose(of_oracle, gradient, atol=1e-10)
    assert (of_oracle[~mask] == 0).all()


@given(batches())
@settings(max_examples=30, deadline=None)
def test_a_full_mask_gives_the_distillation_loss_and_padding_changes_nothing(batch):
    z_t, z_s, mask, T = batch
    everything = oracle.masked_kl(z_t, z_s, np.ones_like(mask), T)
    assert everything == pytest.approx(float(distillation.kd_loss(z_t, z_s, T)))
    pads = np.full((len(z_t), 2, z_t.shape[-1]), np.nan)
    padded = [np.append(z, pads, 1) for z in (z_t, z_s)]
    longer = np.append(mask, np.zeros((len(mask), 2), bool), 1)
    right = float(oracle.masked_kl(z_t, z_s, mask, T))
    assert oracle.masked_kl(*padded, longer, T) == pytest.approx(right, rel=1e-12)


def test_an_empty_mask_has_loss_and_gradient_zero():
    z_t, z_s = np.random.default_rng(0).normal(size=(2, 2, 3, 5))
    none = np.zeros((2, 3), bool)
    assert oracle.masked_kl(z_t, z_s, none) == 0
    assert (oracle.masked_kl_gradients(z_t, z_s, none)["logits_s"] == 0).all()
    with np.errstate(invalid="ignore"):
        assert np.isnan(oracle.masked_kl(z_t, z_s, none, empty="0/0"))


def test_sequence_mistakes_have_the_known_ratios():
    """One KL for each position makes all ratios to the mean over tokens a matter of counting."""
    z_t, z_s = (np.tile(z, (2, 4, 1)) for z in np.random.default_rng(0).normal(size=(2, 5)))
    right = oracle.masked_kl(z_t, z_s, MASK, 3.0)

    def ratio(**switch):
        return float(oracle.masked_kl(z_t, z_s, MASK, 3.0, **switch) / right)

    assert ratio(over="B·M") == pytest.approx(5 / 8)
    assert ratio(over="B") == pytest.approx(2.5)
    assert ratio(over="1") == pytest.approx(5)
    assert ratio(over="masked + 1") == pytest.approx(5 / 6)
    assert ratio(outcomes="mean") == pytest.approx(1 / 5)
    assert ratio(counted="all, ÷ Σ mask") == pytest.approx(8 / 5)


def test_padding_improves_a_loss_that_is_divided_by_all_positions():
    rng = np.random.default_rng(0)
    z_t, z_s = rng.normal(0, 1.5, (2, 1, 6, 5))
    losses = []
    for pads in (0, 6, 18, 58):
        longer = [np.append(z, 50 * rng.normal(size=(1, pads, 5)), 1) for z in (z_t, z_s)]
        mask = np.arange(6 + pads)[None] < 6
        losses.append(float(oracle.masked_kl(*longer, mask, over="B·M")))
    assert losses[0] / np.array(losses) == pytest.approx([1, 2, 4, 64 / 6])


def test_tokens_beyond_the_mask_weigh_as_the_question_says():
    """4 and 1 answer tokens: each weighs 1/5 in one mean; 1/8 and 1/2 in the mean over rows."""
    z_t, z_s = np.random.default_rng(0).normal(size=(2, 2, 4, 5))
    weights = {}
    for over in ("masked", "row, then batch"):
        for name, at in (("long", (0, 2)), ("short", (1, 0))):
            moved = z_s.copy()
            moved[at] = z_t[at]  # the KL of this token becomes 0
            change = oracle.masked_kl(z_t, z_s, MASK, over=over) - oracle.masked_kl(
                z_t, moved, MASK, over=over
            )
            kl = oracle.masked_kl(z_t[at][None, None], z_s[at][None, None], np.ones((1, 1), bool))
            weights[over, name] = float(change / kl)
    assert weights == pytest.approx(
        {
            ("masked", "long"): 1 / 5,
            ("masked", "short"): 1 / 5,
            ("row, then batch", "long"): 1 / 8,
            ("row, then batch", "short"): 1 / 2,
        }
    )


@given(batches(), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_perplexity_equals_that_of_torch(batch, seed):
    _, logits, mask, _ = batch
    labels = np.random.default_rng(seed).integers(0, logits.shape[-1], mask.shape)
    loss = functional.cross_entropy(
        torch.tensor(logits)[torch.tensor(mask)], torch.tensor(labels)[torch.tensor(mask)]
    )
    assert oracle.perplexity(logits, labels, mask) == pytest.approx(loss.exp().item())


def test_perplexities_that_are_known():
    labels = np.array([[0, 3, 1]])
    every = np.ones((1, 3), bool)
    assert oracle.perplexity(np.zeros((1, 3, 7)), labels, every) == pytest.approx(7)
    half_and_eighth = np.log([[[0.5, 0.3, 0.2], [0.6, 0.125, 0.275]]])
    two = np.array([[0, 1]]), np.ones((1, 2), bool)
    assert oracle.perplexity(half_and_eighth, *two) == pytest.approx(4)
    assert oracle.perplexity(half_and_eighth, *two, averaged="1/p") == pytest.approx(5)
    assert oracle.perplexity(half_and_eighth, *two, averaged="p") == pytest.approx(3.2)


def test_an_example_is_put_together_as_the_text_shows():
    ids, answer = oracle.build_inputs([7], [8], [9, 1])
    assert ids.tolist() == [0, 7, 8, 9, 1]
    assert answer.tolist() == [False, False, False, True, True]
    assert (ids.dtype, answer.dtype) == (np.int64, bool)
    ids, answer = oracle.build_inputs([], [8], [1], bos=5)
    assert ids.tolist() == [5, 8, 1]


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_shifted_logits_stand_beside_the_tokens_that_they_predict(seed):
    rng = np.random.default_rng(seed)
    B, L, V = rng.integers(1, 5), rng.integers(2, 7), rng.integers(2, 6)
    logits, mask = rng.normal(size=(B, L, V)), rng.random((B, L)) < 0.5
    tokens = rng.integers(0, V, (B, L))
    rows, labels, kept = oracle.shift(logits, tokens, mask)
    for b in range(B):
        for i in range(L - 1):
            assert (rows[b, i] == logits[b, i]).all()
            assert labels[b, i] == tokens[b, i + 1]
            assert kept[b, i] == mask[b, i + 1]


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_aligned_rows_are_picked_by_the_shifted_mask(seed):
    rng = np.random.default_rng(seed)
    B, V = rng.integers(1, 5), rng.integers(2, 6)
    counts, starts = rng.integers(1, 6, B), rng.integers(1, 6, B)
    L = (starts + counts).max() + rng.integers(0, 3)
    at = np.arange(L)
    mask = (at >= starts[:, None]) & (at < (starts + counts)[:, None])
    logits = rng.normal(size=(B, L, V))
    rows, valid = oracle.align(logits, mask)
    picked = [torch.tensor(z[:-1][m[1:]]) for z, m in zip(logits, mask, strict=True)]
    expected = torch.nn.utils.rnn.pad_sequence(picked, batch_first=True)
    np.testing.assert_array_equal(rows, expected)
    assert valid.sum(1).tolist() == counts.tolist()
    assert (np.diff(valid.astype(int), axis=1) <= 0).all()  # true first, then false


def test_a_model_that_predicts_well_shows_what_a_wrong_shift_costs():
    """Its perplexity is near 1; with labels that are not shifted it is far above."""
    rng = np.random.default_rng(0)
    tokens = rng.integers(0, 5, (3, 8))
    logits = 5 * distillation.one_hot(np.roll(tokens, -1, 1), 5)
    mask = np.arange(8)[None] >= np.array([[2], [4], [5]])
    right = oracle.perplexity(*oracle.shift(logits, tokens, mask))
    wrong = oracle.perplexity(*oracle.shift(logits, tokens, mask, labels="first"))
    assert right == pytest.approx(1 + 4 * math.exp(-5))
    assert wrong > 10 * right
