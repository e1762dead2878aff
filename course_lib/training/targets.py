"""What a batch asks of the student: the teacher's whole distribution, or one answer ŷ of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from course_lib.losses.reference import softmax
from course_lib.models.generate import next_tokens
from course_lib.models.rest import Model, at_rest
from course_lib.training.answers import Batch, answer_logits, checked

Target: TypeAlias = Literal["soft", "sampled", "argmax"]
"""soft: Pr^t(·|c,z,y_<i) at each token of the batch's own y. sampled: ŷ drawn from the teacher, an
unbiased stand-in for its distribution. argmax: ŷ its likeliest tokens: a point mass, which is
not."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """Student's tokens int64 [B, L] and answer mask bool [B, L], and what it should say there.

    `target` [N, V] is a distribution for each of the N answer tokens, in the order of the mask.
    """

    tokens: Tensor
    mask: Tensor
    target: Tensor


@torch.no_grad()
def lesson(
    teacher: Model, batch: Batch, target: Target = "soft", T: float = 1.0, seed: int = 0
) -> Lesson:
    """Ask the teacher, which is at rest and gets no gradient. `seed` decides what is sampled.

    Raises ValueError if teacher and student read different answers, or for a temperature on ŷ.
    """
    checked(batch)
    if target != "soft" and T != 1:
        raise ValueError(f"T = {T:g} softens distributions, and ŷ is one answer: use T = 1 here")
    with at_rest(teacher):
        if target == "soft":
            logits = answer_logits(teacher, batch["xt"], batch["mt"])
            return Lesson(batch["xs"], batch["ms"], positive(softmax(full_precision(logits), T)))
        chance = torch.Generator().manual_seed(seed) if target == "sampled" else None
        tokens, V = _answered(teacher, batch, chance)
    return Lesson(tokens, batch["ms"], one_hot(tokens[batch["ms"]], V).float())


def _answered(teacher: Model, batch: Batch, chance: torch.Generator | None) -> tuple[Tensor, int]:
    """The student's tokens [B, L] with the teacher's answers in place of y, and V.

    Answers keep their lengths: the mask says how many tokens there are to say.
    """
    tokens, mask = batch["xt"].clone(), batch["mt"]
    lengths = mask.sum(1)
    place = mask.cumsum(1)  # at the n-th answer token: n
    V = 0
    for n in range(1, int(lengths.max()) + 1):
        rows = (lengths >= n).nonzero()[:, 0]
        at = (place[rows] == n).int().argmax(1)  # the first position that has counted n
        logits = teacher(tokens[rows])[torch.arange(len(rows), device=rows.device), at - 1]
        tokens[rows, at] = next_tokens(logits, chance)
        V = logits.shape[-1]
    said = batch["xs"].clone()
    said[batch["ms"]] = tokens[mask]
    return said, V


def full_precision(logits: Tensor) -> Tensor:
    """Logits in float32 at least: half precision is too coarse for a softmax over many tokens."""
    return logits.float() if logits.dtype in (torch.float16, torch.bfloat16) else logits


def positive(probabilities: Tensor) -> Tensor:
    """Probabilities that did not vanish in rounding, so that log p and its gradient stay finite."""
    return probabilities.clamp_min(torch.finfo(probabilities.dtype).tiny)
