"""Curves against the temperature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from torch import Tensor

from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION, number, quiet
from course_lib.figures.unfinished import name_of, number_from

TEMPERATURES = (0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100, 300, 1000)
PLAIN = FuncFormatter(lambda value, _: number(value))
"""Labels a logarithmic axis with 0.1, 1, 10 rather than with powers."""


def gradient_norms(
    temperatures: Sequence[float], plain: Sequence[float], scaled: Sequence[float]
) -> Picture:
    """The length of a gradient against T: as it comes, and multiplied by T².

    Three sequences of one length; norms in the unit of the loss per unit of a logit.
    """
    figure = Figure(figsize=(6.2, 3.4), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.plot(temperatures, scaled, "o-", color=BLUE, label="multiplied by T²")
    axes.plot(temperatures, plain, "s--", color=VERMILLION, label="as it comes")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_xticks(temperatures, minor=False)
    axes.xaxis.set_major_formatter(PLAIN)
    for T, value in zip(temperatures, plain, strict=True):
        axes.annotate(
            number(value), (T, value), (-5, -3), textcoords="offset points", fontsize=9,
            ha="right", va="top", color=GREY,
        )  # fmt: skip
    axes.set_xlim(temperatures[0] / 1.6, temperatures[-1] * 1.3)
    axes.set_ylim(min(plain) / 2.5, 2.5 * max(*plain, *scaled))
    axes.set_xlabel("temperature T")
    axes.set_ylabel("length of the gradient")
    axes.legend(fontsize=9, loc="lower left")
    return Picture(figure, _norms_in_words(temperatures, plain, scaled))


def _norms_in_words(
    temperatures: Sequence[float], plain: Sequence[float], scaled: Sequence[float]
) -> str:
    rows = "; ".join(
        f"T = {number(T)}: {number(a)} as it comes, {number(b)} multiplied by T²"
        for T, a, b in zip(temperatures, plain, scaled, strict=True)
    )
    return (
        f"Length of the gradient against temperature, both axes logarithmic. {rows}. "
        f"As it comes it shrinks {plain[0] / plain[-1]:.0f} times, "
        f"multiplied by T² {scaled[0] / scaled[-1]:.1f} times."
    )


def loss_against_temperature(
    loss: Callable[..., Any],
    logits_t: Tensor,
    logits_s: Tensor,
    limit: Callable[..., Any] | None = None,
    temperatures: Sequence[float] = TEMPERATURES,
) -> Picture | Note:
    """A student's own loss(logits_t, logits_s, T) against T, with its limit for large T.

    `limit` is a function of both logits. A `Note` says so where `loss` gives no number yet;
    nothing is raised on its account.
    """
    values = [number_from(loss, logits_t, logits_s, T) for T in temperatures]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Note(f"{name_of(loss)} gives no number yet. Once it does, its curve stands here.")
    level = number_from(limit, logits_t, logits_s) if limit else None
    figure = Figure(figsize=(6.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.plot(temperatures, known, "o-", color=BLUE, markersize=4, label=f"your {name_of(loss)}")
    if limit and level is not None:
        label = f"your {name_of(limit)}: {number(level)}"
        axes.axhline(level, color=VERMILLION, linestyle="--", label=label)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(PLAIN)
    axes.set_ylim(bottom=min(0.0, *known))
    axes.set_xlabel("temperature T")
    axes.set_ylabel("loss (nats)")
    axes.legend(fontsize=9, loc="lower right")
    return Picture(figure, _loss_in_words(name_of(loss), temperatures, known, level))


def _loss_in_words(
    name: str, temperatures: Sequence[float], values: Sequence[float], level: float | None
) -> str:
    points = ", ".join(
        f"{number(value)} at T = {number(T)}" for T, value in zip(temperatures, values, strict=True)
    )
    end = f" A dashed line marks the limit {number(level)}." if level is not None else ""
    return f"Curve of {name} against temperature: {points}.{end}"
