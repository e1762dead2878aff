"""Losses and gradients of rows of logits, in place: what the chunked backend does with a chunk.

A few rows at a time, so that what is computed between lies in the processor's cache.
"""

from __future__ import annotations

from functools import partial

from torch import Tensor

from course_lib.losses.in_place import (
    SPARE,
    InPlace,
    forward_kl_,
    jsd_,
    reverse_kl_,
    skew_kl_,
    slope,
    total_variation_,
)
from course_lib.losses.inputs import Teacher, TopK
from course_lib.losses.objective import Objective

_BLOCK_BYTES = 1 << 20  # of one temporary


def takes_divided(objective: Objective, teacher: Teacher | None) -> bool:
    """Whether `differentiate_` wants logits that are divided by the temperature already.

    So it is for the common case: a whole teacher and no labels. There the way is short.
    """
    return teacher is not None and not isinstance(teacher, TopK) and objective.alpha == 1


def divided_slope(objective: Objective) -> float:
    """What written gradients are to be multiplied by. It can wait until they are narrower."""
    return objective.factor / objective.temperature * slope(objective.divergence, objective.share)


def differentiate_(
    objective: Objective, student: Tensor, teacher: Tensor | TopK | None, labels: Tensor | None
) -> Tensor:
    """Losses [n] of logits [n, V]; writes their gradients over the student's logits.

    If they are divided, what is written is to be multiplied by `divided_slope`.
    """
    losses = student.new_empty(len(student))
    size = max(_BLOCK_BYTES // (student.element_size() * student.shape[-1]), 1)
    divided = takes_divided(objective, teacher)
    shape = (SPARE, min(size, len(student)), student.shape[-1])
    spare = student.new_empty(shape) if divided else None
    for start in range(0, len(student), size):
        rows = slice(start, start + size)
        block = student[rows]
        if spare is not None:
            assert isinstance(teacher, Tensor)
            losses[rows] = _divided_(objective, block, teacher[rows], spare[:, : len(block)])
        else:
            target = None if labels is None else labels[rows]
            losses[rows], gradient = objective.of(block, _part(teacher, rows), target)
            block.copy_(gradient)
    return losses


def _part(teacher: Tensor | TopK | None, rows: slice) -> Tensor | TopK | None:
    if isinstance(teacher, TopK):
        return TopK(teacher.ids[rows], teacher.log_probs[rows], teacher.rest)
    return None if teacher is None else teacher[rows]


def _short_way(objective: Objective) -> InPlace:
    ways: dict[str, InPlace] = {
        "forward_kl": forward_kl_,
        "reverse_kl": reverse_kl_,
        "jsd": partial(jsd_, beta=objective.share),
        "skew_kl": partial(skew_kl_, alpha=objective.share),
        "total_variation": total_variation_,
    }
    return ways[objective.divergence]


def _divided_(objective: Objective, student: Tensor, teacher: Tensor, spare: Tensor) -> Tensor:
    """Losses [n] of logits over T; by the divergence's definition where the short way gives up."""
    losses = _short_way(objective)(student, teacher, spare)
    if losses is None:
        losses, gradient = objective.measure(teacher.log_softmax(-1), student.log_softmax(-1))
        student.copy_(gradient / slope(objective.divergence, objective.share))
    scaled: Tensor = losses * objective.factor
    return scaled
