"""Models that give the answers they were told to: to look at, before anybody trains one."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from course_lib.training.answers import Batch
from course_lib.training.distillation import distill
from course_lib.training.plan import Plan


def fit(
    model: nn.Module, tokens: Tensor, mask: Tensor, answers: Tensor, steps: int, lr: float
) -> nn.Module:
    """Train `model` in place until it gives these answers; returns it, in evaluation mode.

    `tokens` [B, L] int64; `mask` [B, L] bool is true on answer tokens, never at position 0;
    `answers` [B, L, V] are the probabilities wanted of what follows each position, and count where
    an answer token does. Adam takes `steps` steps of rate `lr` over the whole batch.
    """
    batch = Batch(xt=tokens, mt=mask, xs=tokens, ms=mask)
    adam = torch.optim.Adam(model.parameters(), lr)
    distill(model, lambda _: answers.log(), [batch], adam, Plan(steps=steps), live=False)
    return model.eval()
