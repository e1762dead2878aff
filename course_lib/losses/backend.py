"""Which implementation computes a loss, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch

from course_lib.losses.inputs import Projection, Student, Teacher, TopK
from course_lib.losses.triton.launch import why_not

Backend: TypeAlias = Literal["auto", "torch", "chunked", "triton"]


@dataclass(frozen=True)
class Choice:
    """An implementation by `name`, and `why` it is chosen."""

    name: Literal["torch", "chunked", "triton"]
    why: str


def choose_backend(
    student: Student, backend: Backend = "auto", teacher: Teacher | None = None
) -> Choice:
    """What `distillation_loss` would use for this student and teacher.

    Raises `ValueError` if a backend is asked for that cannot do it.
    """
    if backend == "auto":
        return _best(student, teacher)
    if backend == "torch":
        return Choice("torch", "asked for")
    if backend == "chunked":
        if not isinstance(student, Projection):
            raise ValueError(
                "the chunked backend works on hidden states and their head: give the student as a "
                "Projection, or use backend='torch'"
            )
        return Choice("chunked", "asked for")
    if backend == "triton":
        hindrance = _no_kernels(student, teacher)
        if hindrance is not None:
            raise ValueError(f"the triton backend cannot do it: {hindrance}; use backend='auto'")
        return Choice("triton", "asked for")
    raise ValueError(f"backend is {backend!r}: it must be auto, torch, chunked or triton")


def _best(student: Student, teacher: Teacher | None) -> Choice:
    on_gpu = _where(student)[0].type == "cuda"
    if on_gpu and _no_kernels(student, teacher) is None:
        return Choice("triton", "these are on a GPU, and its kernels read the logits two times")
    if isinstance(student, Projection):
        return Choice("chunked", "hidden states with their head: their logits need not be held")
    return Choice("torch", "the logits are there already, so there is no memory to save")


def _no_kernels(student: Student, teacher: Teacher | None) -> str | None:
    """Why Triton's kernels cannot do it, in words; None if they can."""
    if isinstance(teacher, TopK):
        return "its kernels compare whole distributions, and this teacher is a top k"
    return why_not(*_where(student))


def _where(student: Student) -> tuple[torch.device, torch.dtype]:
    of = student.hidden if isinstance(student, Projection) else student
    return of.device, of.dtype
