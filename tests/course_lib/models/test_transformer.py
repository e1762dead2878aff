"""The transformer: its shapes, its size, what it can see, and where it computes."""

from __future__ import annotations

import pytest
import torch

from course_lib.models import Bigram, Transformer, at_rest

TOKENS = torch.tensor([[3, 1, 4, 1, 5], [2, 7, 1, 8, 2]])


def test_each_position_gets_logits_over_the_vocabulary():
    assert Transformer(11)(TOKENS).shape == (2, 5, 11)
    assert Transformer(11)(TOKENS[:, :1]).shape == (2, 1, 11)


def test_for_the_persona_language_it_has_about_65_thousand_weights():
    count = sum(each.numel() for each in Transformer(45).parameters())
    assert 60_000 < count < 70_000


@pytest.mark.parametrize("token_shift", [True, False])
def test_no_position_sees_what_comes_after_it(token_shift):
    model = Transformer(11, token_shift=token_shift)
    other = TOKENS.clone()
    other[:, 3] = 9
    before, after = model(TOKENS), model(other)
    assert torch.equal(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])


def test_the_token_shift_hands_each_position_its_left_neighbour_before_any_attention():
    def values_seen(token_shift):
        """What the last position's own query, key and value are made of: which inputs move it."""
        block = Transformer(11, layers=1, token_shift=token_shift).blocks[0]
        x = torch.randn(1, 4, 48, generator=torch.Generator().manual_seed(0), requires_grad=True)
        seen = []
        block.query_key_value.register_forward_hook(lambda _, inputs, __: seen.append(inputs[0]))
        block(x)
        (gradient,) = torch.autograd.grad((seen[0][0, -1] * torch.arange(48)).sum(), x)
        return [bool(row.abs().sum() > 1e-3) for row in gradient[0]]

    assert values_seen(True) == [False, False, True, True]
    assert values_seen(False) == [False, False, False, True]


def test_the_seed_alone_decides_the_first_weights():
    torch.manual_seed(1)
    first = Transformer(11, seed=5)
    torch.manual_seed(2)
    expected = torch.rand(1)
    torch.manual_seed(2)
    again, other = Transformer(11, seed=5), Transformer(11, seed=6)
    assert torch.equal(torch.rand(1), expected), "torch's own generator was moved"
    assert torch.equal(first(TOKENS), again(TOKENS))
    assert not torch.allclose(first(TOKENS), other(TOKENS))


def test_more_tokens_than_it_reads_are_refused():
    with pytest.raises(ValueError, match="5 tokens, and this model reads up to 4"):
        Transformer(11, longest=4)(TOKENS)


def test_a_width_that_heads_cannot_share_is_refused():
    with pytest.raises(ValueError, match="width 10 cannot be shared among 4 heads"):
        Transformer(11, width=10)


def test_at_rest_switches_dropout_off_and_puts_every_mode_back():
    model = Transformer(11, dropout=0.5).train()
    model.blocks[0].eval()
    modes = [part.training for part in model.modules()]
    with at_rest(model, lambda tokens: tokens):
        assert torch.equal(model(TOKENS), model(TOKENS))
    assert [part.training for part in model.modules()] == modes
    assert not torch.equal(model(TOKENS), model(TOKENS))


def test_half_precision_stays_near_full_precision():
    model = Transformer(11)
    with torch.autocast("cpu", torch.bfloat16):
        logits = model(TOKENS)
    assert logits.dtype == torch.bfloat16
    assert torch.allclose(logits.float(), model(TOKENS), atol=0.1)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_on_a_gpu_it_gives_what_it_gives_on_the_cpu(dtype):
    model = Transformer(11)
    expected = model(TOKENS)
    model.cuda()
    assert torch.allclose(model(TOKENS.cuda()).cpu(), expected, atol=1e-4)
    with torch.autocast("cuda", dtype):
        assert torch.allclose(model(TOKENS.cuda()).float().cpu(), expected, atol=0.1)


def test_a_bigram_model_is_a_table():
    table = torch.randn(5, 5)
    assert torch.equal(Bigram(table)(torch.tensor([[0, 4]])), table[[0, 4]][None])
    with pytest.raises(ValueError, match=r"shape \[2, 3\]"):
        Bigram(torch.zeros(2, 3))
