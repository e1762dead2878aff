"""A model whose gradient can be written down: linear in its weights, and it reads its context.

Checks of training steps are made with it. Whoever judges one computes the right step in plain
NumPy, so the model has everything that matters in a step and nothing that would be hard to follow:
a context that a teacher and a student may see differently, a bias, a parameter that belongs to no
layer, and a dropout that needs no luck.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class Reader(nn.Module):
    """Tokens int64 [B, L] to logits [B, L, V], from the token at hand and the mean of those so far.

    logits_i = prior + token[x_i] + drop(context · (mean of the one-hot x_0 … x_i) + bias).
    `dropped` [V] marks the outcomes that dropout takes away while it is on, always the same ones.
    """

    def __init__(self, vocabulary: int, dropped: Tensor | None = None, dtype: Any = None) -> None:
        super().__init__()
        self.prior = nn.Parameter(torch.zeros(vocabulary, dtype=dtype))
        self.token = nn.Embedding(vocabulary, vocabulary, dtype=dtype)
        self.context = nn.Linear(vocabulary, vocabulary, dtype=dtype)
        self.drop = nn.Dropout(0.0) if dropped is None else FixedDropout(dropped)

    def forward(self, tokens: Tensor) -> Tensor:
        V, L = len(self.prior), tokens.shape[-1]
        seen = nn.functional.one_hot(tokens, V).to(self.prior).cumsum(-2)  # (B, L, V)
        seen = seen / torch.arange(1, L + 1, device=seen.device)[:, None]
        logits: Tensor = self.prior + self.token(tokens) + self.drop(self.context(seen))
        return logits


class FixedDropout(nn.Dropout):
    """Dropout that takes away the same places [V] every time, and makes up for them as usual."""

    dropped: Tensor

    def __init__(self, dropped: Tensor) -> None:
        super().__init__(float(dropped.double().mean()))
        self.register_buffer("dropped", dropped.bool(), persistent=False)

    def forward(self, input: Tensor) -> Tensor:
        if not self.training:
            return input
        return input.masked_fill(self.dropped, 0.0) / (1 - self.p)
