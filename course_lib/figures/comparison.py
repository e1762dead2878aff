"""Several models under several losses: who is nearest to the target, by which measure."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.marks import Loss, Mark, marked, measured, winner
from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import number, quiet

ROW_INCHES = 0.21


def comparison(
    target: Tensor, models: Mapping[str, Tensor], losses: Mapping[str, Loss]
) -> Picture | Note:
    """A row for each loss, a bar for each model: the shorter, the nearer.

    `target` and each model are probabilities [V]. Losses have different scales, so each row is
    drawn on its own. Losses that give no numbers yet are left out; if none does, there is a `Note`.
    Raises ValueError for more than three models.
    """
    p = target.detach().double()
    rows = torch.stack([q.detach().double() for q in models.values()])
    found = {name: measured(loss, p.expand_as(rows), rows) for name, loss in losses.items()}
    known = {
        name: dict(zip(models, values.tolist(), strict=True))
        for name, values in found.items()
        if values is not None
    }
    if not known:
        return Note("None of the losses gives numbers yet. Once they do, they are compared here.")
    figure = Figure(
        figsize=(6.6, 0.5 + ROW_INCHES * len(known) * (len(models) + 1)), layout="constrained"
    )
    axes = figure.add_subplot()
    for place, values in enumerate(known.values()):
        _row(axes, place, values, [mark for _, _, mark in marked(models)])
    _labels(axes, known)
    return Picture(figure, _in_words(known))


def _row(axes: Axes, place: int, values: Mapping[str, float], marks: list[Mark]) -> None:
    finite = [abs(value) for value in values.values() if math.isfinite(value)]
    longest = max(finite, default=0.0) or 1.0
    height = 0.8 / len(values)
    for step, ((name, value), mark) in enumerate(zip(values.items(), marks, strict=True)):
        y = place - 0.4 + (step + 0.5) * height
        length = min(max(value / longest, 0.0), 1.0)
        axes.barh(y, length, 0.86 * height, color="white", edgecolor=mark.colour, hatch=mark.hatch)
        shown = "∞" if math.isinf(value) else number(value)
        axes.text(length + 0.015, y, f"{name} {shown}", va="center", fontsize=9)
    axes.text(1.62, place, winner(values), va="center", ha="right", fontsize=9, weight="bold")


def _labels(axes: Axes, known: Mapping[str, Mapping[str, float]]) -> None:
    quiet(axes)
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.set_xlim(0, 1.64)
    axes.set_yticks(range(len(known)), list(known))
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()


def _in_words(known: Mapping[str, Mapping[str, float]]) -> str:
    rows = "; ".join(
        f"{name}: "
        + ", ".join(f"{model} {number(value)}" for model, value in values.items())
        + f", {winner(values)}"
        for name, values in known.items()
    )
    return f"Bar chart of the losses of models, each loss on its own scale. {rows}."
