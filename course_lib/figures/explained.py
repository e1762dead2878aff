"""Where in a batch a loss comes from, and what it does about it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, SKY, STUDENT_HATCH, VERMILLION, names, number, quiet


def explained_loss(
    losses: Tensor,
    teacher: Tensor,
    student: Tensor,
    push: Tensor,
    words: Sequence[str] | None = None,
    most: int = 8,
) -> Picture:
    """The losses [N] of tokens in nats; and of the costliest token the distributions and the push.

    `teacher` and `student` are its probabilities [V], `push` [V] is minus its gradient for the
    student's logits. Of V outcomes the `most` that are pushed hardest are drawn.
    """
    leading = push.abs().topk(min(most, len(push))).indices.tolist()
    outcomes = [names(words, len(push))[each] for each in leading]
    p, q, pushed = ([float(each[i]) for i in leading] for each in (teacher, student, push))
    costs, worst = losses.detach().tolist(), int(losses.argmax())

    figure = Figure(figsize=(max(5.5, 0.8 * len(leading) + 1.5), 6.2), layout="constrained")
    above, middle, below = figure.subplots(3, 1)
    _tokens(above, costs, worst)
    _pair(middle, p, q)
    middle.set_title(f"token {worst + 1}: who says what", fontsize=10)
    _pushes(below, outcomes, pushed)
    middle.set_xticks(list(range(len(outcomes))), outcomes)
    return Picture(figure, _in_words(costs, worst, outcomes, p, q, pushed))


def _tokens(axes: Axes, costs: list[float], worst: int) -> None:
    quiet(axes)
    hatches = [STUDENT_HATCH if place == worst else "" for place in range(len(costs))]
    places = range(1, len(costs) + 1)
    axes.bar(places, costs, 0.8, color=SKY, edgecolor="black", hatch=hatches)
    axes.set_xlabel("token")
    axes.set_ylabel("loss (nats)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _pair(axes: Axes, p: list[float], q: list[float]) -> None:
    quiet(axes)
    places = range(len(p))
    axes.bar([x - 0.2 for x in places], p, 0.38, color=BLUE, edgecolor="black", label="teacher")
    axes.bar(
        [x + 0.2 for x in places], q, 0.38, color="white", edgecolor=VERMILLION,
        hatch=STUDENT_HATCH, label="student",
    )  # fmt: skip
    axes.set_ylabel("probability")
    axes.legend(fontsize=9)


def _pushes(axes: Axes, outcomes: list[str], pushed: list[float]) -> None:
    quiet(axes)
    places = list(range(len(outcomes)))
    axes.axhline(0, color="black", linewidth=0.8)
    axes.bar(places, pushed, 0.5, color=SKY, edgecolor="black")
    axes.set_xticks(places, outcomes)
    axes.set_ylabel("push on the logit")
    axes.set_title("which logits the step raises and lowers", fontsize=10)


def _in_words(
    costs: list[float],
    worst: int,
    outcomes: list[str],
    p: list[float],
    q: list[float],
    pushed: list[float],
) -> str:
    each = "; ".join(
        f"{outcome}: teacher {goal:.2f}, student {start:.2f}, pushed {number(push)}"
        for outcome, goal, start, push in zip(outcomes, p, q, pushed, strict=True)
    )
    return (
        f"Bar charts. Loss of {len(costs)} tokens: {', '.join(map(number, costs))} nats. "
        f"The costliest is token {worst + 1}. {each}."
    )
