"""What a training run does to a student's distribution, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.marks import MARKS, Mark
from course_lib.figures.picture import Picture
from course_lib.figures.style import names, quiet

MARKS_ALONG_A_LINE = 8


def descent(logits: Tensor, target: Tensor, words: Sequence[str] | None = None) -> Picture:
    """Logits [S+1, V] before the first of S steps and after each: as they are, and as softmax.

    `target` is the teacher's probabilities [V], marked at the right edge. Raises ValueError for
    more outcomes than the figure has marks.
    """
    steps, outcomes = len(logits) - 1, names(words, logits.shape[-1])
    if len(outcomes) > len(MARKS):
        raise ValueError(f"{len(outcomes)} outcomes: this figure shows up to {len(MARKS)}")
    z = logits.detach().double()
    p = z.softmax(-1)
    figure = Figure(figsize=(7.4, 3.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    for axes, lines, title in ((left, z, "student's logits"), (right, p, "its probabilities")):
        quiet(axes)
        axes.set_title(title, fontsize=11)
        axes.set_xlabel("step")
        for word, line, mark in zip(outcomes, lines.T.tolist(), MARKS, strict=False):
            _line(axes, line, word, mark)
    for goal, mark in zip(target.tolist(), MARKS, strict=False):
        _goal(right, steps, goal, mark)
    right.set_ylim(-0.04, 1.04)
    right.set_xlim(right=1.24 * steps)
    right.set_xticks([0, steps // 2, steps])
    right.set_title("teacher", fontsize=9, loc="right")
    figure.legend(*left.get_legend_handles_labels(), fontsize=9, loc="outside lower center",
                  ncols=len(outcomes))  # fmt: skip
    return Picture(figure, _in_words(outcomes, p, target, steps))


def _line(axes: Axes, values: Sequence[float], word: str, mark: Mark) -> None:
    every = max(1, (len(values) - 1) // MARKS_ALONG_A_LINE)
    axes.plot(values, color=mark.colour, linestyle=mark.line, marker=mark.marker, markersize=5,
              markevery=every, label=word)  # fmt: skip


def _goal(axes: Axes, steps: int, goal: float, mark: Mark) -> None:
    """A hollow sign and its number beyond the last step: where the teacher stands."""
    axes.plot([1.06 * steps], [goal], mark.marker, color=mark.colour, markersize=8,
              markerfacecolor="none")  # fmt: skip
    axes.text(1.11 * steps, goal, f"{goal:.2g}".removeprefix("0"), fontsize=9, va="center_baseline")


def _in_words(outcomes: Sequence[str], p: Tensor, target: Tensor, steps: int) -> str:
    each = "; ".join(
        f"{word} from {first:.3f} to {last:.3f}, teacher {goal:.3g}"
        for word, first, last, goal in zip(
            outcomes, p[0].tolist(), p[-1].tolist(), target.tolist(), strict=True
        )
    )
    return (
        f"Curves of a student's logits and probabilities over {steps} steps of training. "
        f"Probabilities: {each}."
    )
