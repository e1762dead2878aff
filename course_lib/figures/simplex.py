"""The loss as a landscape: all distributions over three outcomes are the points of a triangle."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import torch
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.tri import Triangulation
from torch import Tensor

from course_lib.figures.marks import Loss, marked, measured, winner
from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import names, number

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, math.sqrt(3) / 2]])
STEPS = 120
EDGE = 1e-3
"""How far from the edge the landscape ends: on the edge itself KL is infinite."""

SHADES = LinearSegmentedColormap.from_list("near to far", ["#9fb4c9", "#ffffff"])
BANDS = 8
LABEL_POINTS = 17
HALO = [patheffects.withStroke(linewidth=2, foreground="white")]


def simplex(
    target: Tensor,
    models: Mapping[str, Tensor],
    losses: Mapping[str, Loss],
    words: Sequence[str] | None = None,
) -> Picture | Note:
    """One triangle for each loss, with its level lines through the models.

    `target` and each model are probabilities [3]; each loss takes the target and a model, [..., 3]
    twice, and gives [...]. All points of a line have the loss of the model on it, so the model
    whose line is the inner one is nearer to the target. A loss that gives no numbers yet has an
    empty triangle; if none does, there is a `Note`. Raises ValueError unless there are three
    outcomes.
    """
    if len(target) != 3:
        raise ValueError(f"{len(target)} outcomes: a triangle has room for 3")
    outcomes = names(words, 3)
    rows = math.ceil(len(losses) / 2)
    figure = Figure(figsize=(6.8, 0.35 + 3.0 * rows), layout="constrained")
    panels = figure.subplots(rows, 2, squeeze=False).flatten()
    said = [
        _panel(axes, name, loss, target.detach().double(), models, outcomes)
        for axes, (name, loss) in zip(panels, losses.items(), strict=False)
    ]
    for unused in panels[len(losses) :]:
        unused.set_axis_off()
    if not any(said):
        return Note("None of the losses gives numbers yet. Once they do, they are drawn here.")
    _legend(figure, models)
    where = "; ".join(f"{name} ({_listed(q)})" for name, q in models.items())
    about = (
        f"Triangles of all distributions over {', '.join(outcomes)}, one for each loss, with level "
        f"lines through the models. Target ({_listed(target)}); {where}."
    )
    return Picture(figure, " ".join([about, *filter(None, said)]))


def _panel(
    axes: Axes,
    name: str,
    loss: Loss,
    target: Tensor,
    models: Mapping[str, Tensor],
    outcomes: list[str],
) -> str:
    """Draw one triangle; give its words, or none if the loss gives no numbers."""
    _frame(axes, outcomes)
    points, triangles = _grid()
    rows = torch.stack([q.detach().double() for q in models.values()])
    here = measured(loss, target.expand_as(rows), rows)
    landscape = measured(loss, target.expand_as(points), points)
    if here is None or landscape is None:
        axes.set_title(f"{name}\nnot written yet", fontsize=10)
        return ""
    values = dict(zip(models, here.tolist(), strict=True))
    _levels(axes, triangles, landscape.numpy(), models, values)
    _point(axes, target, "*", "black", 13)
    for label, q, mark in marked(models):
        q = q.detach().double()
        _point(axes, q, mark.marker, mark.colour, 8)
        axes.annotate(
            label, q.numpy() @ CORNERS, _away(target, q), textcoords="offset points", fontsize=9,
            ha="center", va="center", path_effects=HALO, zorder=5,
        )  # fmt: skip
    listed = ", ".join(f"{label} {number(value)}" for label, value in values.items())
    axes.set_title(f"{name}: {winner(values)}\n{listed}", fontsize=10)
    return f"{name}: {listed}, {winner(values)}."


@cache
def _grid() -> tuple[Tensor, Triangulation]:
    """Points [n, 3] inside the triangle, and the small triangles between them."""
    shares = [(i, j, STEPS - i - j) for i in range(STEPS + 1) for j in range(STEPS + 1 - i)]
    p = torch.tensor(shares, dtype=torch.float64) / STEPS
    p = EDGE + (1 - 3 * EDGE) * p
    x, y = (p.numpy() @ CORNERS).T
    return p, Triangulation(x, y)


def _frame(axes: Axes, outcomes: list[str]) -> None:
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(-0.16, 1.16)
    axes.set_ylim(-0.13, 0.98)
    axes.add_patch(
        Polygon(CORNERS, closed=True, fill=False, edgecolor="black", linewidth=1.0, zorder=3)
    )
    places = ((0, "top", -0.03), (1, "top", -0.03), (2, "bottom", 0.02))
    for corner, side, gap in places:
        x, y = CORNERS[corner]
        axes.text(x, y + gap, outcomes[corner], ha="center", va=side, fontsize=9)


def _levels(
    axes: Axes,
    triangles: Triangulation,
    landscape: np.ndarray,
    models: Mapping[str, Tensor],
    values: Mapping[str, float],
) -> None:
    """Shade the landscape, dark where the loss is small, and draw each model's own level line."""
    low = float(landscape.min())
    high = low + 3 * (max(v for v in values.values() if math.isfinite(v)) - low)
    capped = np.minimum(landscape, high)
    axes.tricontourf(triangles, capped, levels=np.linspace(low, high, BANDS + 1), cmap=SHADES)
    for label, _, mark in marked(models):
        if low < values[label] < high:
            axes.tricontour(
                triangles, capped, levels=[values[label]], colors=mark.colour,
                linestyles=mark.line, linewidths=1.8,
            )  # fmt: skip


def _point(axes: Axes, p: Tensor, marker: str, colour: str, size: float) -> None:
    x, y = p.numpy() @ CORNERS
    axes.plot(x, y, marker, color=colour, markersize=size, markeredgecolor="white", zorder=4)


def _legend(figure: Figure, models: Mapping[str, Tensor]) -> None:
    handles = [Line2D([], [], marker="*", color="black", markersize=12, linestyle="none")]
    handles += [
        Line2D([], [], marker=mark.marker, color=mark.colour, linestyle=mark.line)
        for _, _, mark in marked(models)
    ]
    labels = ["target", *(f"{name}, and all with its loss" for name in models)]
    figure.legend(
        handles, labels, loc="outside lower center", ncols=len(labels), fontsize=9, handlelength=3
    )


def _away(target: Tensor, q: Tensor) -> tuple[float, float]:
    """Where a label stands, in points: on the side of its model that looks away from the target."""
    x, y = (q - target).numpy() @ CORNERS
    length = math.hypot(x, y) or 1.0
    return LABEL_POINTS * x / length, LABEL_POINTS * y / length


def _listed(p: Tensor) -> str:
    return ", ".join(f"{value:.3g}" for value in p.tolist())
