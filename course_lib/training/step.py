"""One step of an optimizer, on the mean over all answer tokens of one batch or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Literal, TypeAlias

import torch
from torch import Tensor, nn

from course_lib.losses.reference import kl, softmax
from course_lib.models.rest import Model
from course_lib.training.answers import Batch, Divergence, answer_logits, on_device
from course_lib.training.targets import Lesson, full_precision, lesson, positive

Precision: TypeAlias = Literal["float32", "bfloat16", "float16"]
"""In what the student computes; its weights, the softmax and the loss stay in float32."""


def gradient_step(
    student: nn.Module,
    teacher: Model,
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    T: float = 1.0,
    divergence: Divergence = kl,
) -> float:
    """Move θ once against the gradient of T²·divergence(p_t, p_s); gives the loss before, in nats.

    The mean is over the answer tokens of the batch. Neither the teacher nor any mode changes.
    """
    asked = lesson(teacher, on_device(batch, device_of(student)), T=T)
    return step_on(student, [asked], optimizer, divergence=divergence, T=T)


def step_on(
    student: nn.Module,
    lessons: Sequence[Lesson],
    optimizer: torch.optim.Optimizer,
    *,
    divergence: Divergence,
    T: float = 1.0,
    precision: Precision = "float32",
    scaler: torch.amp.GradScaler | None = None,
) -> float:
    """One optimizer step for several batches that would not fit into memory together.

    The loss is the sum over all their answer tokens by the number of those tokens. A mean of each
    batch's mean would weigh a token by how few others stand beside it (huggingface/transformers
    issue 34191 was that). Returns the loss before the step; raises ArithmeticError, and moves
    nothing, if it is not finite.
    """
    tokens = max(1, sum(len(each.target) for each in lessons))  # no answers: no loss, no gradient
    optimizer.zero_grad(set_to_none=True)
    total = 0.0
    for each in lessons:
        with _computing_in(precision, each.tokens.device):
            logits = answer_logits(student, each.tokens, each.mask)
        loss = token_losses(each.target, logits, divergence, T).sum() / tokens
        _expect_finite(loss)
        (scaler.scale(loss) if scaler else loss).backward()  # type: ignore[no-untyped-call]
        total += loss.item()
    if scaler:
        scaler.step(optimizer)
        scaler.update()
    else:
        optimizer.step()
    return total


def token_losses(target: Tensor, logits: Tensor, divergence: Divergence, T: float) -> Tensor:
    """T²·divergence at each answer token: target [N, V], student's logits [N, V] to [N]."""
    p_s = positive(softmax(full_precision(logits), T))
    return T**2 * divergence(target.to(p_s.dtype), p_s)


def device_of(model: nn.Module) -> torch.device:
    """Where the model's weights are."""
    return next((each.device for each in model.parameters()), torch.device("cpu"))


@contextmanager
def _computing_in(precision: Precision, device: torch.device) -> Iterator[None]:
    dtype = {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(precision)
    with nullcontext() if dtype is None else torch.autocast(device.type, dtype):
        yield


def _expect_finite(loss: Tensor) -> None:
    if not bool(loss.isfinite()):
        raise ArithmeticError(
            f"the loss is {loss.item()}, so this step is not taken. Either the student diverged "
            "(take smaller steps), or the divergence is infinite here: a reverse KL is, wherever "
            "the target is 0, as one answer ŷ is nearly everywhere"
        )
