"""Losses and gradients of rows of logits, in place: what the chunked backend does with a chunk.

A few rows at a time, so that what is computed between lies in the processor's cache.
"""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.losses.divergences import forward_kl
from course_lib.losses.inputs import Teacher, TopK
from course_lib.losses.objective import Objective

_BLOCK_BYTES = 1 << 20  # of one temporary
_SMALL = 0.1  # nats: below, a difference of sums loses digits, and the terms are summed instead


def takes_divided(objective: Objective, teacher: Teacher | None) -> bool:
    """Whether `differentiate_` wants logits that are divided by the temperature already.

    So it is for the forward KL alone to a teacher's whole distribution, the common case.
    """
    whole = teacher is not None and not isinstance(teacher, TopK)
    return objective.divergence == "forward_kl" and objective.alpha == 1 and whole


def differentiate_(
    objective: Objective, student: Tensor, teacher: Tensor | TopK | None, labels: Tensor | None
) -> Tensor:
    """Losses [n] of logits [n, V]; writes their gradients over the student's logits."""
    losses = student.new_empty(len(student))
    size = max(_BLOCK_BYTES // (student.element_size() * student.shape[-1]), 1)
    divided = takes_divided(objective, teacher)
    spare = student.new_empty(3, min(size, len(student)), student.shape[-1]) if divided else None
    for start in range(0, len(student), size):
        rows = slice(start, start + size)
        block = student[rows]
        if divided:
            assert isinstance(teacher, Tensor)
            assert spare is not None
            losses[rows] = _forward_kl_(objective, block, teacher[rows], spare[:, : len(block)])
        else:
            target = None if labels is None else labels[rows]
            losses[rows], gradient = objective.of(block, _part(teacher, rows), target)
            block.copy_(gradient)
    return losses


def _part(teacher: Tensor | TopK | None, rows: slice) -> Tensor | TopK | None:
    if isinstance(teacher, TopK):
        return TopK(teacher.ids[rows], teacher.log_probs[rows], teacher.rest)
    return None if teacher is None else teacher[rows]


def _forward_kl_(objective: Objective, student: Tensor, teacher: Tensor, spare: Tensor) -> Tensor:
    r"""$\sum p\,(t - s) + \log Z_s - \log Z_t$, with one exponential for each logit.

    `student` and `teacher` are logits over T; `spare` is room for three such blocks. Rows whose
    loss is small, or not finite, are summed term by term instead.
    """
    p, q, difference = spare
    torch.softmax(teacher, -1, out=p)
    torch.softmax(student, -1, out=q)
    torch.sub(teacher, student, out=difference)
    loss = torch.linalg.vecdot(p, difference) + _log_sum(student, q) - _log_sum(teacher, p)
    careful = ~(loss > _SMALL) | loss.isinf()
    if careful.any():
        few_p, few_q = (x[careful].log_softmax(-1) for x in (teacher, student))
        loss[careful] = forward_kl(few_p, few_q)[0]
    torch.sub(q, p, out=student)
    student *= objective.factor / objective.temperature
    scaled: Tensor = loss * objective.factor
    return scaled


def _log_sum(logits: Tensor, softmax: Tensor) -> Tensor:
    """Log Σ eˣ [n], from the likeliest outcome of each row."""
    return logits.amax(-1) - softmax.amax(-1).log()
