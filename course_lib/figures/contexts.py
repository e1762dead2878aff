"""Several distributions over the same outcomes, a panel each: what another context does."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, SKY, quiet
from course_lib.notation import Distribution

PANEL_INCHES = 2.4


def side_by_side(panels: Mapping[str, Distribution]) -> Picture:
    """Distributions over one vocabulary by what is said about each; the likeliest outcome is dark.

    Raises ValueError if there is none, or if their outcomes differ.
    """
    if len({each.outcomes for each in panels.values()}) != 1:
        raise ValueError(
            f"{len(panels)} distributions: give one or more, all over the same outcomes in the "
            "same order"
        )
    V = len(next(iter(panels.values())).outcomes)
    figure = Figure(
        figsize=(1.0 + PANEL_INCHES * len(panels), 1.2 + 0.34 * V), layout="constrained"
    )
    columns = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (about, P) in zip(columns, panels.items(), strict=True):
        _panel(axes, P)
        axes.set_title(f"{about}\n${P.latex}$", fontsize=10)
    columns[0].invert_yaxis()
    return Picture(figure, _in_words(panels))


def _panel(axes: Axes, P: Distribution) -> None:
    quiet(axes)
    axes.grid(visible=False, axis="y")
    colours = [BLUE if outcome == P.likeliest else SKY for outcome in P.outcomes]
    axes.barh(P.outcomes, P.probabilities, color=colours, height=0.7)
    for place, (outcome, p) in enumerate(zip(P.outcomes, P.probabilities, strict=True)):
        weight = "bold" if outcome == P.likeliest else "normal"
        axes.text(p + 0.02, place, f"{p:.2f}", va="center", fontsize=9, fontweight=weight)
    axes.set_xlim(0, 1.18)
    axes.set_xticks([0, 0.5, 1])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("probability", fontsize=9)


def _in_words(panels: Mapping[str, Distribution]) -> str:
    sentences = [
        f"{about}, {P.name}: "
        + ", ".join(f"{o} {p:.2f}" for o, p in zip(P.outcomes, P.probabilities, strict=True))
        + f"; likeliest {P.likeliest}."
        for about, P in panels.items()
    ]
    return " ".join([f"Bar charts of {len(panels)} distributions over the same words.", *sentences])
