"""The smallest model with weights: a row of logits for each token."""

from __future__ import annotations

from torch import Tensor, nn


class Bigram(nn.Module):
    """Tokens int64 [B, L] to logits [B, L, V]: the next token depends on the last one alone.

    Its weights *are* its logits [V, V], row by row, so that a gradient can be followed by hand.

    >>> import torch
    >>> Bigram(torch.tensor([[2.0, 0.0], [0.0, 1.0]]))(torch.tensor([[1, 0]]))[0].tolist()
    [[0.0, 1.0], [2.0, 0.0]]
    """

    def __init__(self, logits: Tensor) -> None:
        super().__init__()
        if logits.ndim != 2 or logits.shape[0] != logits.shape[1]:
            raise ValueError(
                f"logits of shape {list(logits.shape)}: a bigram model has [V, V], a row for each "
                "token that may come before"
            )
        self.logits = nn.Parameter(logits.detach().clone())

    def forward(self, tokens: Tensor) -> Tensor:
        return self.logits[tokens]
