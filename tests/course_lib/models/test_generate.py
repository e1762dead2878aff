"""Generation: greedy takes the likeliest, sampling draws by probability, seeds reproduce."""

from __future__ import annotations

import pytest
import torch

from course_lib.models import Bigram, Transformer, greedy, next_tokens, sample

PROMPTS = torch.tensor([[0, 1], [2, 3]])
CHAIN = Bigram(20 * torch.eye(4).roll(1, 1))  # after i comes i + 1, after 3 comes 0


def test_greedy_follows_the_likeliest_token_each_time():
    assert greedy(CHAIN, PROMPTS, 3).tolist() == [[2, 3, 0], [0, 1, 2]]


def test_a_sampled_answer_has_the_probabilities_of_the_model():
    p = torch.tensor([0.5, 0.3, 0.15, 0.05])
    model = Bigram(p.log().repeat(4, 1))
    drawn = sample(model, torch.zeros(4000, 1, dtype=torch.int64), 2, seed=0)
    frequencies = torch.bincount(drawn.flatten(), minlength=4) / drawn.numel()
    assert torch.allclose(frequencies, p, atol=4 * (0.25 / 8000) ** 0.5)


def test_the_same_seed_draws_the_same_answers_and_leaves_torch_alone():
    model = Transformer(7)
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    first = sample(model, PROMPTS, 8, seed=1)
    assert torch.equal(torch.rand(1), expected)
    assert torch.equal(first, sample(model, PROMPTS, 8, seed=1))
    assert not torch.equal(first, sample(model, PROMPTS, 8, seed=2))


def test_a_low_temperature_draws_what_greedy_takes():
    model = Transformer(7)
    assert torch.equal(sample(model, PROMPTS, 4, seed=0, T=1e-4), greedy(model, PROMPTS, 4))


def test_dropout_is_off_while_generating_and_the_mode_is_kept():
    model = Transformer(7, dropout=0.5).train()
    assert torch.equal(greedy(model, PROMPTS, 6), greedy(model, PROMPTS, 6))
    assert model.training


def test_what_is_impossible_is_never_drawn():
    logits = torch.tensor([[-torch.inf, 0.0, -torch.inf]]).expand(500, 3)
    assert next_tokens(logits, torch.Generator().manual_seed(0)).unique().tolist() == [1]


def test_a_temperature_of_zero_is_refused_and_greedy_named():
    with pytest.raises(ValueError, match="T → 0 is `greedy`"):
        sample(CHAIN, PROMPTS, 1, seed=0, T=0)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_gpu_draws_what_the_cpu_draws():
    model = Transformer(7)
    expected = sample(model, PROMPTS, 8, seed=1)
    assert torch.equal(sample(model.cuda(), PROMPTS.cuda(), 8, seed=1).cpu(), expected)
