"""A product of many probabilities in floating point, and the sum of their logarithms."""

from __future__ import annotations

import math

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION, number, quiet

FLOATS = ((torch.float64, BLUE, "s"), (torch.float32, VERMILLION, "X"))
"""The floats whose product is drawn, with a colour and a marker; the one that lasts longer first,
so that the other is drawn on top."""


def running_product(probabilities: Tensor) -> Picture:
    """The product of the first n probabilities against n, until floats call it 0.

    `probabilities` is [N], each above 0; the vertical axis is the logarithm to base 10. A dotted
    line is the sum of logarithms.
    """
    p = probabilities.detach().double()
    logarithms = p.log().cumsum(0) / math.log(10)
    figure = Figure(figsize=(6.4, 3.3), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.plot(range(1, len(p) + 1), logarithms, ":", color=GREY, label="sum of logarithms")
    sentences = [
        f"Product of the first n of {len(p)} probabilities against n, vertical axis logarithmic. "
        f"The sum of logarithms falls steadily, to {number(float(logarithms[-1]))} at the end."
    ]
    for dtype, colour, marker in FLOATS:
        product = p.to(dtype).cumprod(0)
        alive = int((product > 0).sum())
        _draw(axes, product[:alive].double().log10(), len(p), _name(dtype), colour, marker)
        sentences.append(_in_words(_name(dtype), alive, len(p)))
    axes.set_xlabel("number of tokens")
    axes.set_ylabel("log₁₀ of the product")
    axes.legend(fontsize=9, loc="upper right")
    return Picture(figure, " ".join(sentences))


def _draw(axes: Axes, heights: Tensor, N: int, name: str, colour: str, marker: str) -> None:
    """One line as far as the product is above 0, and where it ends."""
    alive = len(heights)
    label = f"{name} product"
    axes.plot(range(1, alive + 1), heights, color=colour, linewidth=2.5, label=label)
    if alive in (0, N):
        return
    end = (alive, float(heights[-1]))
    axes.plot(*end, marker, color=colour, markersize=8)
    # the lines fall: there is room above them on the left, and below them on the right
    early = alive < N / 2
    axes.annotate(
        f"{name}: 0.0 from token {alive + 1} on", end, (8, 6) if early else (-8, -8),
        textcoords="offset points", fontsize=9,
        ha="left" if early else "right", va="bottom" if early else "top",
    )  # fmt: skip


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _in_words(name: str, alive: int, N: int) -> str:
    if alive == N:
        return f"The {name} product is above 0 to the end."
    return f"The {name} product is 0 from token {alive + 1} on."
