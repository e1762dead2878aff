"""What a student pays that cannot know which of two contexts was there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.marks import GREEN, Loss, measured
from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, VERMILLION, number, quiet

POINTS = 201


def loss_of_mixtures(
    P: Tensor, w: Tensor, loss: Loss, best_student: Callable[[Tensor, Tensor], Any] | None = None
) -> Picture | Note:
    """The expected loss of every mixture (1 − λ)·P₁ + λ·P₂ as the one answer to two contexts.

    P [2, V] holds the teacher's distribution in each context, w [2] how often each occurs. `loss`
    is KL or another measure, [..., V] twice to [...]; the picture marks the floor that
    `best_student(P, w)` gives. A `Note` says so where `loss` gives no numbers yet.
    """
    P, w = P.detach().double(), w.detach().double()
    share = torch.linspace(0.0, 1.0, POINTS, dtype=torch.float64)
    m = (1 - share)[:, None] * P[0] + share[:, None] * P[1]  # [n, V]
    there = P.expand(POINTS, *P.shape)  # [n, 2, V]
    losses = measured(loss, there, m[:, None].expand_as(there))  # [n, 2]
    if losses is None:
        return Note("The loss gives no numbers yet. Once it does, its curve stands here.")
    expected = losses @ w
    figure = Figure(figsize=(6.2, 3.3), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    shown = expected.isfinite()
    axes.plot(share[shown], expected[shown], color=BLUE, label="expected loss of a mixture")
    best = int(expected.argmin())
    words = (
        f"Curve of the expected loss against the share λ of the second context's distribution. "
        f"Smallest at λ = {number(share[best].item())}, where it is "
        f"{number(expected[best].item())}."
    )
    floor = _floor(best_student, P, w)
    if floor is not None:
        axes.axhline(
            floor,
            color=VERMILLION,
            linestyle="--",
            label=f"floor of your best_student: {number(floor)}",
        )
        words += f" A dashed line marks the floor of your best_student, {number(floor)}."
    axes.plot(
        [share[best].item()], [expected[best].item()], "s", color=GREEN,
        label=f"smallest at λ = {number(share[best].item())}",
    )  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_xlabel("λ, share of the second context's distribution")
    axes.set_ylabel("expected loss (nats)")
    axes.legend(fontsize=9)
    return Picture(figure, words)


def _floor(
    best_student: Callable[[Tensor, Tensor], Any] | None, P: Tensor, w: Tensor
) -> float | None:
    try:
        _, floor = best_student(P.clone(), w.clone())  # type: ignore[misc]
        return float(floor)
    except Exception:  # the function is a student's, and may be half-written
        return None
