"""What becomes of a promise as the step grows: the loss, and what the first-order rule leaves."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION, number, quiet

ROOM_BELOW = 0.28
"""Of the axis, as a share of the loss before: enough to see a promise go below 0."""


def loss_by_step_size(
    sizes: Sequence[float], losses: Sequence[float], promised: Sequence[float], before: float
) -> Picture:
    """The loss after steps of different sizes, and what the first-order rule promised for each.

    `sizes` are learning rates, ascending; `before` is the loss of the student that takes the step.
    All in nats, for a loss that cannot be negative: what lies below 0 is hatched.
    """
    figure = Figure(figsize=(6.4, 3.5), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    bottom, top = -ROOM_BELOW * before, 1.08 * max(before, *losses)
    axes.axhspan(bottom, 0, facecolor="#f4f4f4", edgecolor="#b0b0b0", hatch="//", linewidth=0)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.axhline(before, color=GREY, linestyle=":", label=f"before the step, {number(before)}")
    axes.plot(sizes, promised, "s--", color=VERMILLION, markersize=5, label="promised")
    axes.plot(sizes, losses, "o-", color=BLUE, markersize=5, label="real")
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:g}" for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(bottom, top)
    axes.text(sizes[0], bottom / 2, "no divergence is here", fontsize=9, va="center_baseline",
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
    axes.set_xlabel("learning rate η")
    axes.set_ylabel("loss after the step (nats)")
    figure.legend(fontsize=9, loc="outside upper center", ncols=3)
    points = "; ".join(
        f"η = {size:g}: promised {number(promise)}, real {number(loss)}"
        for size, loss, promise in zip(sizes, losses, promised, strict=True)
    )
    return Picture(
        figure,
        f"Loss after one step against the learning rate. Before the step it is {number(before)}. "
        f"{points}. Below 0, where no divergence can be, the area is hatched.",
    )


def remainder_by_step_size(
    sizes: Sequence[float], remainders: Sequence[float | None]
) -> Picture | Note:
    """What the first-order rule leaves unexplained, on logarithmic axes, beside a square.

    `sizes` are learning rates, ascending; `remainders` the real change of the loss less the
    promised one, in nats. Where one of them is None, as nobody computed it yet, there is a `Note`.
    """
    known = [each for each in remainders if each is not None]
    if len(known) < len(sizes):
        return Note("No first-order change yet. Once there is one, its remainder is drawn here.")
    figure = Figure(figsize=(6.0, 3.2), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    square = [abs(known[0]) * (size / sizes[0]) ** 2 for size in sizes]
    axes.loglog(sizes, square, "--", color=VERMILLION, label="grows with the square of η")
    axes.loglog(sizes, [abs(each) for each in known], "o-", color=BLUE, markersize=5,
                label="remainder: real − promised")  # fmt: skip
    axes.set_xlabel("learning rate η")
    axes.set_ylabel("size of the remainder (nats)")
    axes.legend(fontsize=9)
    points = ", ".join(
        f"{number(rest)} at η = {size:g} ({number(rest / size**2)} η²)"
        for size, rest in zip(sizes, known, strict=True)
    )
    return Picture(
        figure, f"Remainder of the first-order rule against the learning rate: {points}."
    )
