"""A Monte-Carlo estimate against the number of draws, with the error that it claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from torch import Tensor

from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, VERMILLION, number, quiet
from course_lib.figures.unfinished import name_of, number_from

COUNTS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
ERRORS = 2
"""Half the width of the band, in standard errors: 95 of 100 such bands hold the truth."""


def estimate_against_draws(
    estimate: Callable[..., Any],
    tree_t: Sequence[Tensor],
    tree_s: Sequence[Tensor],
    exact: Callable[..., Any] | None = None,
    counts: Sequence[int] = COUNTS,
    seed: int = 0,
) -> Picture | Note:
    """A student's own estimate(tree_t, tree_s, n, generator), which gives a mean and its error.

    `exact` is a function of both trees. A `Note` says so where there is no pair of numbers yet;
    nothing is raised on account of either.
    """
    generator = torch.Generator().manual_seed(seed)
    pairs = [_pair(estimate, tree_t, tree_s, n, generator) for n in counts]
    known = [pair for pair in pairs if pair is not None]
    if len(known) < len(pairs):
        return Note(
            f"{name_of(estimate)} gives no estimate with its standard error yet. Once it does, its "
            "curve stands here."
        )
    means, errors = zip(*known, strict=True)
    level = number_from(exact, tree_t, tree_s) if exact else None
    figure = Figure(figsize=(6.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    low = [mean - ERRORS * error for mean, error in known]
    high = [mean + ERRORS * error for mean, error in known]
    axes.fill_between(counts, low, high, color=BLUE, alpha=0.18, linewidth=0,
                      label=f"± {ERRORS} standard errors")  # fmt: skip
    axes.plot(counts, means, "o-", color=BLUE, markersize=4, label=f"your {name_of(estimate)}")
    if exact and level is not None:
        label = f"your {name_of(exact)}: {number(level)}"
        axes.axhline(level, color=VERMILLION, linestyle="--", label=label)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda n, _: f"{n:,.0f}"))
    axes.set_xlabel("sequences drawn, n")
    axes.set_ylabel("loss (nats)")
    axes.legend(fontsize=9)
    return Picture(figure, _in_words(name_of(estimate), counts, means, errors, level))


def _pair(estimate: Callable[..., Any], *arguments: Any) -> tuple[float, float] | None:
    """A mean and its error; None where the function raises, or gives something else."""
    try:
        mean, error = estimate(*arguments)
        return float(mean), float(error)
    except Exception:  # the function is a student's, and may be half-written
        return None


def _in_words(
    name: str,
    counts: Sequence[int],
    means: Sequence[float],
    errors: Sequence[float],
    level: float | None,
) -> str:
    points = ", ".join(
        f"{mean:.3f} ± {ERRORS * error:.3f} from {n:,} draws"
        for n, mean, error in zip(counts, means, errors, strict=True)
    )
    end = f" A dashed line marks the exact loss, {number(level)}." if level is not None else ""
    return (
        f"Curve of {name} against the number of draws, with a band of ± {ERRORS} standard errors: "
        f"{points}.{end}"
    )
