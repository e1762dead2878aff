"""What one step of training did: to the loss, to the outputs of a token, to each example."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from course_lib.figures.picture import Picture
from course_lib.figures.style import (
    BLUE,
    MINUS,
    SKY,
    STUDENT_HATCH,
    VERMILLION,
    names,
    number,
    quiet,
)

MOST_OUTCOMES = 6
LEAST_PROBABILITY = 1e-3
"""An outcome that never has more is left out: its bars could not be seen."""


def loss_along_the_step(
    sizes: Sequence[float], changes: Sequence[float], predicted: float
) -> Picture:
    """The change of the loss as the step is made shorter and longer, and the first-order rule.

    `sizes` are multiples of the step that was taken, `changes` the loss there less the loss before,
    `predicted` is Σ g·Δθ, the rule's change at size 1.
    """
    figure = Figure(figsize=(6.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.axhline(0, color="black", linewidth=0.8)
    ends = [0.0, max(sizes)]
    axes.plot(ends, [predicted * each for each in ends], "--", color=VERMILLION,
              label="first-order rule, Σ g·Δθ")  # fmt: skip
    axes.plot([0.0, *sizes], [0.0, *changes], "o-", color=BLUE, markersize=5, label="real change")
    axes.axvline(1, color="black", linestyle=":", linewidth=1)
    axes.set_ylim(*_room(changes, predicted * max(sizes)))
    axes.set_xlabel("size of the step (1: the one that was taken)")
    axes.set_ylabel("change of the loss (nats)")
    axes.legend(fontsize=9)
    points = ", ".join(
        f"{number(size)} times the step {number(change)} (rule {number(size * predicted)})"
        for size, change in zip(sizes, changes, strict=True)
    )
    return Picture(figure, f"Change of the loss against the size of the step: {points}.")


def _room(changes: Sequence[float], rule: float) -> tuple[float | None, float | None]:
    """Lower and upper end of the axis: the real curve fills half of it, however far the rule runs.

    (None, None) where nothing changed.
    """
    low, high = min(0.0, *changes), max(0.0, *changes)
    span = high - low
    if not 0 < span < float("inf"):
        return None, None
    bottom, top = max(low - span, min(low, rule)), min(high + span, max(high, rule))
    return bottom - 0.06 * span, top + 0.06 * span


def outcome_changes(
    before: Tensor,
    after: Tensor,
    target: Tensor,
    words: Sequence[str] | None = None,
    title: str = "",
) -> Picture:
    """One token's probabilities [V] before and after a step, with the target of each outcome.

    Drawn are the outcomes that moved or matter most: six at most, and none that has next to no
    probability throughout.
    """
    outcomes = names(words, len(before))
    p, q, goal = before.tolist(), after.tolist(), target.tolist()
    weight = [max(p[i], q[i], goal[i]) + abs(q[i] - p[i]) for i in range(len(p))]
    heaviest = sorted(range(len(p)), key=lambda i: -weight[i])[:MOST_OUTCOMES]
    shown = sorted(i for i in heaviest if max(p[i], q[i], goal[i]) > LEAST_PROBABILITY)
    figure = Figure(figsize=(max(5.0, 1.2 * len(shown)), 3.2), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.grid(visible=False, axis="x")
    for x, i in enumerate(shown):
        first = not x
        axes.bar(x - 0.2, p[i], 0.38, color=SKY, edgecolor="black",
                 label="before" if first else None)  # fmt: skip
        axes.bar(x + 0.2, q[i], 0.38, color="white", edgecolor=VERMILLION, hatch=STUDENT_HATCH,
                 label="after" if first else None)  # fmt: skip
        axes.plot([x - 0.42, x + 0.42], [goal[i]] * 2, color="black", linewidth=2.4,
                  label="target" if first else None)  # fmt: skip
        axes.annotate(_signed(q[i] - p[i]), (x, max(p[i], q[i], goal[i])), (0, 3),
                      textcoords="offset points", fontsize=9, ha="center")  # fmt: skip
    axes.set_xticks(range(len(shown)), [outcomes[i] for i in shown])
    axes.set_ylim(0, 1.18 * max(*p, *q, *goal))
    axes.set_ylabel("probability")
    axes.set_title(title, fontsize=11)
    axes.legend(fontsize=9)
    each = [f"{outcomes[i]} from {p[i]:.3f} to {q[i]:.3f}, target {goal[i]:.3f}" for i in shown]
    about = f" ({title})" if title else ""
    return Picture(
        figure, f"Bar chart of probabilities before and after a step{about}. {'; '.join(each)}."
    )


def example_changes(before: Sequence[float], after: Sequence[float]) -> Picture:
    """The loss of each example of a batch before and after a step, in nats a token."""
    figure = Figure(figsize=(min(9.0, 2.6 + 0.3 * len(before)), 3.0), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    places = range(len(before))
    for x, start, end in zip(places, before, after, strict=True):
        colour, line = (VERMILLION, "--") if end > start else (BLUE, "-")
        axes.plot([x, x], [start, end], color=colour, linestyle=line, linewidth=1.8)
    axes.plot(places, before, "o", color="black", mfc="white", label="before")
    axes.plot(places, after, "x", color="black", label="after (dashed line: worse)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("example of the batch")
    axes.set_ylabel("loss (nats a token)")
    axes.set_ylim(bottom=min(0.0, *before, *after))
    axes.legend(fontsize=9)
    worse_ones = [str(i) for i in places if after[i] > before[i]]
    each = ", ".join(
        f"example {i} from {number(a)} to {number(b)}"
        for i, (a, b) in enumerate(zip(before, after, strict=True))
    )
    return Picture(
        figure,
        f"Loss of each example before and after a step: {each}. "
        f"Worse than before: {', '.join(worse_ones) or 'none'}.",
    )


def _signed(change: float) -> str:
    return f"{change:+.3f}".replace("-", MINUS)
