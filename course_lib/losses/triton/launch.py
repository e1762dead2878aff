"""Rows of logits through the kernel: which logits it takes, and how it is run."""

from __future__ import annotations

import os
from importlib.util import find_spec

import torch
from torch import Tensor

from course_lib.losses.objective import Objective

MOST_BLOCK = 4096  # columns in flight: 16 KB of each row
WARPS = 8


def interpreted() -> bool:
    """Whether Triton runs its kernels in Python, on any machine: slow, and for tests."""
    return os.environ.get("TRITON_INTERPRET") == "1"


def why_not(where: torch.device, dtype: torch.dtype) -> str | None:
    """What keeps the kernels from such logits, in words; None if nothing does."""
    if find_spec("triton") is None:
        return "the package triton is not installed"
    if dtype == torch.float64:
        return "it computes in float32, and these are float64"
    if where.type != "cuda" and not interpreted():
        return f"it runs on CUDA devices, and these are on {where.type}"
    return None


def differentiate(
    objective: Objective,
    student: Tensor,
    teacher: Tensor | None,
    labels: Tensor | None,
    *,
    weights: Tensor | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Losses [n] float32 of logits [n, V]; writes gradients [n, V], times `weights` [n], to `out`.

    `out` may be `student`; if it is None, no gradient is computed. Rows must be contiguous, their
    distance is free.
    """
    from course_lib.losses.triton.kernels import differentiate_rows  # needs triton

    N, V = student.shape
    losses = student.new_empty(N, dtype=torch.float32)
    if N == 0:
        return losses
    if weights is None:
        weights = losses.new_ones(N)
    target, gradient = student if teacher is None else teacher, student if out is None else out
    assert all(rows.stride(1) == 1 or V == 1 for rows in (student, target, gradient))
    block, T = _block(V), objective.temperature
    with torch.cuda.device_of(student):  # type: ignore[no-untyped-call]
        differentiate_rows[(N,)](
            student, target, gradient, student if labels is None else labels, weights, losses,
            student.stride(0), target.stride(0), gradient.stride(0), V,
            1 / T, objective.share, objective.factor, objective.factor / T, 1 - objective.alpha,
            DIVERGENCE="none" if teacher is None else objective.divergence,
            LABELLED=labels is not None,
            GRADIENT=out is not None,
            BLOCK=block,
            num_warps=WARPS,
        )  # fmt: skip
    return losses


def _block(V: int) -> int:
    return min(1 << max(V - 1, 1).bit_length(), MOST_BLOCK)
