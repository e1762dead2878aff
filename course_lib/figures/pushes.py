"""From pushes at the logits to changes of the probabilities: the outcomes share one softmax."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, MINUS, STUDENT_HATCH, VERMILLION, names, quiet


def pushes_and_changes(p_s: Tensor, p_t: Tensor, words: Sequence[str] | None = None) -> Picture:
    """What a step asks of each logit, and what becomes of each probability [V].

    Left p_t − p_s, the push against the gradient of KL(t‖s), with its mean weighed by p_s; right
    p_s · (push − mean), the change of the probability per unit of learning rate.
    """
    outcomes = names(words, len(p_s))
    p, goal = p_s.detach().double(), p_t.detach().double()
    push = goal - p
    mean = float((p * push).sum())
    change = p * (push - mean)
    figure = Figure(figsize=(7.4, 3.1), layout="constrained")
    left, right = figure.subplots(1, 2)
    _bars(left, outcomes, push.tolist(), "push at the logit: teacher − student")
    left.axhline(mean, color="black", linestyle="--", linewidth=1.2)
    told = f"mean {mean:.3f}".replace("-", MINUS)
    left.annotate(told, (-0.45, mean), (0, 3), textcoords="offset points", fontsize=9)
    _bars(right, outcomes, change.tolist(), "change of the probability, per η")
    each = "; ".join(
        f"{word} from {start:.2f}, target {end:.2f}, push {_signed(a)}, change {_signed(b)}"
        for word, start, end, a, b in zip(
            outcomes, p.tolist(), goal.tolist(), push.tolist(), change.tolist(), strict=True
        )
    )
    return Picture(
        figure,
        "Bar charts of the pushes at the logits and of the changes of the probabilities in a small "
        f"step. The mean push, weighed by the student's probabilities, is {_signed(mean)}. {each}.",
    )


def _bars(axes: Axes, outcomes: Sequence[str], values: Sequence[float], title: str) -> None:
    """Bars up are blue, bars down vermillion and hatched; each has its number at its end."""
    quiet(axes)
    axes.grid(visible=False, axis="x")
    axes.axhline(0, color="black", linewidth=0.8)
    for x, value in enumerate(values):
        down = value < 0
        axes.bar(x, value, 0.6, color="white" if down else BLUE, edgecolor=VERMILLION if down
                 else BLUE, hatch=STUDENT_HATCH if down else None)  # fmt: skip
        axes.annotate(
            _signed(value), (x, value), (0, -4 if down else 4), textcoords="offset points",
            fontsize=9, ha="center", va="top" if down else "bottom",
            bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none"},
        )  # fmt: skip
    axes.set_xticks(range(len(outcomes)), outcomes)
    axes.margins(y=0.16)
    axes.set_title(title, fontsize=11)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", MINUS)
