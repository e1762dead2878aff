"""What the figures have in common: palette, signs besides colour, quiet axes."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

BLUE, SKY, VERMILLION, GREY = "#0072b2", "#56b4e9", "#d55e00", "#595959"
"""The first three are Okabe and Ito's (jfly.uni-koeln.de/color). Lines are blue or vermillion,
which keep 3:1 against white; sky is for areas that other lines cross."""

STUDENT_HATCH = "////"

MINUS = "\N{MINUS SIGN}"


def quiet(axes: Axes) -> None:
    """Take away the frame's upper and right side, and lay a light grid behind the data."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#e5e5e5", linewidth=0.8)
    axes.set_axisbelow(True)


def names(words: Sequence[str] | None, count: int) -> list[str]:
    """A name for each of `count` outcomes: the words, or 1, 2, 3 where there are none.

    Raises ValueError if there are not as many words as outcomes.
    """
    if words is None:
        return [str(number) for number in range(1, count + 1)]
    if len(words) != count:
        raise ValueError(
            f"{len(words)} words for {count} outcomes: give one word for each, or none at all"
        )
    return list(words)


def number(value: float) -> str:
    """A number for people: three digits that matter, a true minus sign."""
    digits = ".0f" if abs(value) >= 1000 else ".3g"
    return format(value, digits).replace("-", MINUS)
