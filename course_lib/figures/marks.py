"""What figures that compare several models share: how each is marked, and how its loss is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch
from torch import Tensor

from course_lib.figures.style import VERMILLION

Loss: TypeAlias = Callable[[Tensor, Tensor], Tensor]
"""Compares a target with a model, probabilities [..., V] twice to [...]; often a student's own."""

GREEN, PURPLE = "#009e73", "#cc79a7"
"""Okabe and Ito's too; both keep 3:1 against white. Blue is left to the target."""


@dataclass(frozen=True)
class Mark:
    """A colour, and the signs that stand beside it: in areas, at points, along lines."""

    colour: str
    hatch: str
    marker: str
    line: Literal["--", "-", ":"]


MARKS = (
    Mark(VERMILLION, "////", "o", "--"),
    Mark(GREEN, "\\\\\\\\", "s", "-"),
    Mark(PURPLE, "xxxx", "D", ":"),
)


def marked(models: Mapping[str, Tensor]) -> list[tuple[str, Tensor, Mark]]:
    """Each model with its mark, in order. Raises ValueError for more models than marks."""
    if not 1 <= len(models) <= len(MARKS):
        raise ValueError(f"{len(models)} models: a figure compares 1 to {len(MARKS)}")
    return [(name, q, mark) for (name, q), mark in zip(models.items(), MARKS, strict=False)]


def measured(loss: Loss, p: Tensor, q: Tensor) -> Tensor | None:
    """`loss(p, q)` in float64, or None where that is not a number for each row.

    The function may be half-written, and may write into what it is given; neither must hurt.
    """
    try:
        value = torch.as_tensor(loss(p.clone(), q.clone())).detach().double()
    except Exception:
        return None
    return None if value.shape != p.shape[:-1] or bool(value.isnan().any()) else value


def winner(values: Mapping[str, float]) -> str:
    """The model with the smallest loss, in words; several if they tie to a millionth."""
    least = min(values.values())
    names = [name for name, value in values.items() if abs(value - least) <= 1e-6]
    return " and ".join(names) + (" tie" if len(names) > 1 else " wins")
