"""Which implementation computes a loss, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from course_lib.losses.inputs import Projection, Student

Backend: TypeAlias = Literal["auto", "torch", "chunked"]


@dataclass(frozen=True)
class Choice:
    """An implementation by `name`, and `why` it is chosen."""

    name: Literal["torch", "chunked"]
    why: str


def choose_backend(student: Student, backend: Backend = "auto") -> Choice:
    """What `distillation_loss` would use for this student.

    Raises `ValueError` if a backend is asked for that cannot do it.
    """
    projected = isinstance(student, Projection)
    if backend == "auto":
        if projected:
            return Choice("chunked", "hidden states with their head: their logits need not be held")
        return Choice("torch", "the logits are there already, so there is no memory to save")
    if backend == "torch":
        return Choice("torch", "asked for")
    if backend == "chunked":
        if not projected:
            raise ValueError(
                "the chunked backend works on hidden states and their head: give the student as a "
                "Projection, or use backend='torch'"
            )
        return Choice("chunked", "asked for")
    raise ValueError(f"backend is {backend!r}: it must be auto, torch or chunked")
