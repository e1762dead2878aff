"""Answers from a model, token by token: the likeliest each time, or drawn."""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.losses.reference import softmax
from course_lib.models.rest import Model, at_rest


def greedy(model: Model, prompts: Tensor, length: int) -> Tensor:
    """The likeliest next token, `length` times. Prompts int64 [B, L] to answers int64 [B, length].

    This is not the likeliest *answer*: that would take a search over all of them.
    """
    return _continue(model, prompts, length, None, 1.0)


def sample(model: Model, prompts: Tensor, length: int, *, seed: int, T: float = 1.0) -> Tensor:
    """Draw answers int64 [B, length] for prompts int64 [B, L] at temperature T > 0.

    The same seed gives the same draws on every device: chance comes from the CPU.
    """
    if T <= 0:
        raise ValueError(f"T = {T:g}: a temperature must be greater than 0; T → 0 is `greedy`")
    return _continue(model, prompts, length, torch.Generator().manual_seed(seed), T)


@torch.no_grad()
def _continue(
    model: Model, prompts: Tensor, length: int, chance: torch.Generator | None, T: float
) -> Tensor:
    tokens = prompts
    with at_rest(model):
        for _ in range(length):
            following = next_tokens(model(tokens)[:, -1], chance, T)  # (B,)
            tokens = torch.cat([tokens, following[:, None]], dim=1)
    return tokens[:, prompts.shape[1] :]


def next_tokens(logits: Tensor, chance: torch.Generator | None = None, T: float = 1.0) -> Tensor:
    """One token for each row of logits [B, V]: the likeliest, or drawn if there is a generator.

    A CPU generator gives one number a row, wherever the logits are.
    """
    if chance is None:
        return logits.argmax(-1)
    # in float64, so that no number below 1 can fall beyond the last possible outcome
    up_to = softmax(logits.detach().cpu().double(), T).cumsum(-1)
    drawn = torch.rand(len(logits), 1, generator=chance, dtype=torch.float64) * up_to[:, -1:]
    return (up_to > drawn).int().argmax(-1).to(logits.device)
