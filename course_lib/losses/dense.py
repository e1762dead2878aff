"""The plain backend: all logits at once. Exact and short, for the notebooks and as a reference."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from course_lib.losses.inputs import Projection, Student, Teacher, TopK
from course_lib.losses.objective import Objective
from course_lib.losses.tokens import Tokens
from course_lib.losses.triton.launch import differentiate


def losses(
    objective: Objective,
    student: Student,
    teacher: Teacher | None,
    labels: Tensor | None,
    tokens: Tokens,
    *,
    kernels: bool = False,
) -> Tensor:
    """Losses [N] of all tokens, 0 for those that do not count, whatever stands in them.

    Differentiable with respect to the student; never with respect to the teacher. `kernels` asks
    for Triton's.
    """
    logits = _rows(student, tokens)
    with torch.no_grad():
        target = None if teacher is None else _teacher_rows(teacher, tokens)
    chosen = None if labels is None else tokens.rows(labels.reshape(-1))
    learning = torch.is_grad_enabled() and logits.requires_grad
    found: Tensor = _Losses.apply(logits, objective, target, chosen, learning, kernels)  # type: ignore[no-untyped-call]
    return tokens.spread(found)


def _rows(of: Tensor | Projection, tokens: Tokens) -> Tensor:
    """The logits [n, V] of the tokens that count. Others are never computed."""
    if isinstance(of, Projection):
        hidden = tokens.rows(of.hidden.reshape(-1, of.hidden.shape[-1]))
        return Projection(hidden, of.weight, of.bias).logits()
    return tokens.rows(of.reshape(-1, of.shape[-1]))


def _teacher_rows(teacher: Teacher, tokens: Tokens) -> Tensor | TopK:
    if isinstance(teacher, TopK):
        k = teacher.ids.shape[-1]
        ids, log_probs = (tokens.rows(x.reshape(-1, k)) for x in (teacher.ids, teacher.log_probs))
        return TopK(ids, log_probs, teacher.rest)
    return _rows(teacher, tokens)


class _Losses(torch.autograd.Function):
    """Losses [n] of logits [n, V]; the gradient is computed along with them, if it is wanted."""

    @staticmethod
    def forward(
        ctx: Any,
        student: Tensor,
        objective: Objective,
        teacher: Tensor | TopK | None,
        labels: Tensor | None,
        learning: bool,
        kernels: bool,
    ) -> Tensor:
        if kernels:
            assert not isinstance(teacher, TopK)
            gradient = torch.empty_like(student) if learning else None
            loss = differentiate(objective, student, teacher, labels, out=gradient)
        else:
            loss, gradient = objective.of(student, teacher, labels)
        if learning:
            ctx.save_for_backward(gradient)
        ctx.dtype = student.dtype
        return loss

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, weight: Tensor) -> tuple[Tensor, None, None, None, None, None]:
        (gradient,) = ctx.saved_tensors
        # A token of weight 0 has no gradient, not even where its own is infinite.
        scaled = torch.where(weight[:, None] == 0, 0.0, weight[:, None] * gradient)
        return scaled.to(ctx.dtype), None, None, None, None, None
