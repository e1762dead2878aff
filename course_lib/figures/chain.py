"""The chain rule of KL as a staircase: what each token adds to the divergence of the sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, STUDENT_HATCH, VERMILLION, number, quiet
from course_lib.figures.unfinished import name_of, number_from


def chain_of_kls(
    token_kls: Callable[..., Any],
    tree_t: Sequence[Tensor],
    tree_s: Sequence[Tensor],
    exact: Callable[..., Any] | None = None,
) -> Picture | Note:
    """A student's own token_kls(tree_t, tree_s) [L], one step a token, and where they should end.

    `exact` is the cross-entropy of the sequences, a function of both trees: less the teacher's
    entropy, exact(tree_t, tree_t), it is the KL that the steps should add up to. A `Note` says so
    where `token_kls` does not give L numbers yet; nothing is raised on account of either.
    """
    steps = _numbers(token_kls, tree_t, tree_s)
    if len(steps) != len(tree_t):
        return Note(
            f"{name_of(token_kls)} gives no {len(tree_t)} numbers yet. Once it does, they stand "
            "here, one upon the other."
        )
    goal = _kl(exact, tree_t, tree_s)
    figure = Figure(figsize=(6.2, 2.9), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.grid(visible=False, axis="x")
    tops = list(accumulate(steps))
    _staircase(axes, steps, tops)
    if exact and goal is not None:
        label = f"KL of the sequences, by your {name_of(exact)}: {number(goal)}"
        axes.axhline(goal, color=VERMILLION, linestyle="--", label=label)
        axes.legend(fontsize=9, loc="upper left")
    axes.set_ylim(top=1.3 * max(*tops, goal or 0, 1e-9))
    axes.set_ylabel("KL (nats)")
    return Picture(figure, _in_words(name_of(token_kls), steps, goal))


def _numbers(function: Callable[..., Any], *trees: Sequence[Tensor]) -> list[float]:
    """What the function gives, as numbers; none where it raises, or gives something else."""
    try:
        return [float(each) for each in function(*trees)]
    except Exception:  # the function is a student's, and may be half-written
        return []


def _kl(
    exact: Callable[..., Any] | None, tree_t: Sequence[Tensor], tree_s: Sequence[Tensor]
) -> float | None:
    if exact is None:
        return None
    loss, entropy = number_from(exact, tree_t, tree_s), number_from(exact, tree_t, tree_t)
    return None if loss is None or entropy is None else loss - entropy


def _staircase(axes: Axes, steps: Sequence[float], tops: Sequence[float]) -> None:
    for place, (step, top) in enumerate(zip(steps, tops, strict=True)):
        axes.bar(place, step, 0.7, bottom=top - step, color="white", edgecolor=BLUE,
                 hatch=STUDENT_HATCH)  # fmt: skip
        axes.annotate(f"+ {number(step)}", (place, max(top, top - step)), (0, 2), fontsize=9,
                      textcoords="offset points", ha="center", va="bottom")  # fmt: skip
        if place + 1 < len(steps):
            axes.plot([place + 0.35, place + 0.65], [top, top], color=BLUE, linewidth=1)
    axes.set_xticks(range(len(steps)), [f"token {place}" for place in range(len(steps))])


def _in_words(name: str, steps: Sequence[float], goal: float | None) -> str:
    each = ", ".join(f"token {place} adds {number(step)}" for place, step in enumerate(steps))
    end = (
        f" A dashed line marks the KL of the sequences, {number(goal)}." if goal is not None else ""
    )
    return f"Staircase of {name}: {each}; the sum is {number(sum(steps))}.{end}"
