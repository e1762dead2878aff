"""Batches of (c, z, y) and (c′, z, y), and the logits that predict their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypedDict

import torch
from torch import Tensor

from course_lib.models.rest import Model

Divergence: TypeAlias = Callable[[Tensor, Tensor], Tensor]
"""Compares a target with a student: probabilities [..., V] twice to [...]."""


class Batch(TypedDict):
    """B examples for both models; a plain dict at run time.

    `xt` int64 [B, L_t] are the teacher's tokens c z y, `xs` int64 [B, L_s] the student's c′ z y;
    `mt` and `ms`, bool of the same shapes, are true on the tokens of y.
    """

    xt: Tensor
    mt: Tensor
    xs: Tensor
    ms: Tensor


def answer_logits(model: Model, tokens: Tensor, mask: Tensor) -> Tensor:
    """The logits [N, V] that predict the N answer tokens, row by row and in order.

    Tokens int64 [B, L], mask bool [B, L]. The logits at i predict token i+1, so a teacher and a
    student that read the same answers after contexts of different lengths come out aligned.
    Raises ValueError for an answer at position 0, which nothing predicts.
    """
    if bool(mask[:, 0].any()):
        raise ValueError(
            "the mask is true at position 0, and no token before it predicts that one: "
            "an answer comes after something"
        )
    return model(tokens)[:, :-1][mask[:, 1:]]


def checked(batch: Batch) -> Batch:
    """The batch, if teacher and student read the same answers. Raises ValueError if not."""
    counts_t, counts_s = (mask.sum(1).tolist() for mask in (batch["mt"], batch["ms"]))
    if counts_t != counts_s:
        row = next(
            (b for b, (t, s) in enumerate(zip(counts_t, counts_s, strict=False)) if t != s), 0
        )
        raise ValueError(
            f"the masks mark {counts_t[row : row + 1]} answer tokens for the teacher and "
            f"{counts_s[row : row + 1]} for the student in example {row}: both read the same y"
        )
    if not torch.equal(batch["xt"][batch["mt"]], batch["xs"][batch["ms"]]):
        raise ValueError(
            "teacher and student read different answers: their distributions after different "
            "prefixes cannot be compared. Give both the same y"
        )
    return batch


def on_device(batch: Batch, device: torch.device) -> Batch:
    """The batch where the models are."""
    return Batch(
        xt=batch["xt"].to(device),
        mt=batch["mt"].to(device),
        xs=batch["xs"].to(device),
        ms=batch["ms"].to(device),
    )
