"""Where a loss comes from: two distributions, and what each outcome adds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.marks import Mark, marked
from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, MINUS, names, quiet

Terms: TypeAlias = Literal["cross-entropy", "KL"]

WRITTEN: Mapping[Terms, str] = {"cross-entropy": "−p log q", "KL": "p log(p/q)"}
COLUMN_INCHES = 3.1


def loss_by_outcome(
    target: Tensor,
    models: Mapping[str, Tensor],
    words: Sequence[str] | None = None,
    terms: Terms = "cross-entropy",
) -> Picture:
    """Target and model outcome by outcome, and below it what each outcome adds to the loss.

    `target` and each model are probabilities [V]; one column a model. Nats. Raises ValueError for
    more than three models.
    """
    return by_outcome(target, marked(models), words, terms)


def by_outcome(
    target: Tensor,
    columns: Sequence[tuple[str, Tensor, Mark]],
    words: Sequence[str] | None = None,
    terms: Terms = "cross-entropy",
) -> Picture:
    """The picture of `loss_by_outcome` for models that have their marks already."""
    outcomes = names(words, len(target))
    width = max(4.6, 0.6 + COLUMN_INCHES * len(columns))
    figure = Figure(figsize=(width, 4.3), layout="constrained")
    panels = figure.subplots(2, len(columns), sharex=True, sharey="row", squeeze=False)
    p, sentences = target.detach().double(), []
    for column, (name, model, mark) in enumerate(columns):
        q = model.detach().double()
        added = _terms(p, q, terms).tolist()
        _distributions(panels[0][column], outcomes, p.tolist(), q.tolist(), name, mark)
        _added(panels[1][column], outcomes, added, mark)
        total = _number(math.fsum(added))
        panels[1][column].set_title(f"sum: {total} nats", fontsize=10)
        sentences.append(_in_words(name, outcomes, p.tolist(), q.tolist(), added, total))
    panels[0][0].set_ylabel("probability")
    panels[1][0].set_ylabel(WRITTEN[terms])
    _make_room(panels[1][0])
    about = f"Bar charts of a target p and {len(columns)} model{'s' * (len(columns) > 1)} q, "
    about += f"with what each outcome adds to the {terms}, {WRITTEN[terms]}."
    return Picture(figure, " ".join([about, *sentences]))


def _terms(p: Tensor, q: Tensor, terms: Terms) -> Tensor:
    surprise = -torch.xlogy(p, q)
    return surprise if terms == "cross-entropy" else surprise + torch.xlogy(p, p)


def _distributions(
    axes: Axes, outcomes: list[str], p: list[float], q: list[float], name: str, mark: Mark
) -> None:
    quiet(axes)
    axes.grid(visible=False, axis="x")
    places = range(len(outcomes))
    axes.bar([x - 0.2 for x in places], p, 0.38, color=BLUE, edgecolor="black", label="target p")
    axes.bar(
        [x + 0.2 for x in places], q, 0.38, color="white", edgecolor=mark.colour, hatch=mark.hatch,
        label=f"{name}: q",
    )  # fmt: skip
    for place, pair in enumerate(zip(p, q, strict=True)):
        for shift, value in zip((-0.2, 0.2), pair, strict=True):
            shown = f"{value:.3g}".replace("0.", ".")
            axes.text(place + shift, value, shown, fontsize=8, ha="center", va="bottom")
    axes.set_ylim(0, 1.12)
    axes.set_yticks([0, 0.5, 1])
    axes.tick_params(axis="x", length=0)
    axes.legend(fontsize=9, loc="upper right", framealpha=1, edgecolor="none")


def _added(axes: Axes, outcomes: list[str], added: list[float], mark: Mark) -> None:
    quiet(axes)
    axes.grid(visible=False, axis="x")
    highest = max((abs(each) for each in added if math.isfinite(each)), default=0.0) or 1.0
    heights = [min(each, 1.4 * highest) for each in added]
    axes.bar(outcomes, heights, 0.55, color="white", edgecolor=mark.colour, hatch=mark.hatch)
    axes.axhline(0, color="black", linewidth=0.8)
    for place, (height, value) in enumerate(zip(heights, added, strict=True)):
        axes.annotate(
            _number(value), (place, height), (0, 2 if height >= 0 else -2), fontsize=9,
            textcoords="offset points", ha="center", va="bottom" if height >= 0 else "top",
        )  # fmt: skip
    axes.tick_params(axis="x", length=0)


def _make_room(axes: Axes) -> None:
    """Leave space for the numbers above the tallest bar, and below the deepest, of the row."""
    low, high = axes.get_ylim()
    room = 0.14 * (high - low)
    axes.set_ylim(low - room if low < 0 else 0, high + room)


def _number(value: float) -> str:
    """Three decimals; what rounds to 0 has no sign."""
    return "∞" if math.isinf(value) else f"{round(value, 3) + 0.0:.3f}".replace("-", MINUS)


def _in_words(
    name: str, outcomes: list[str], p: list[float], q: list[float], added: list[float], total: str
) -> str:
    each = ", ".join(
        f"{outcome} (p {goal:.3g}, q {here:.3g}) adds {_number(value)}"
        for outcome, goal, here, value in zip(outcomes, p, q, added, strict=True)
    )
    return f"{name}: {each}; the sum is {total}."
