"""Bar charts of distributions over a handful of outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
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
from course_lib.losses.reference import softmax

PANEL_INCHES, NARROW_INCHES = 2.1, 1.65
"""The width of a panel, and of each where more than two share the page."""


def temperature(
    logits: Tensor,
    T: float | Sequence[float] = (0.5, 1, 3, 10),
    words: Sequence[str] | None = None,
) -> Picture:
    """One distribution at one temperature, or side by side at several.

    `logits` is [V], `T` positive, `words` names the V outcomes. The outline is the distribution at
    T = 1. Raises ValueError for a T that is not positive.
    """
    temperatures = [float(each) for each in (T if isinstance(T, Sequence) else [T])]
    if min(temperatures) <= 0:
        raise ValueError(f"T = {min(temperatures):g}: a temperature must be greater than 0")
    outcomes = names(words, len(logits))
    plain = softmax(logits.detach()).tolist()
    tempered = [softmax(logits.detach(), each).tolist() for each in temperatures]

    many = len(temperatures) > 2
    width = 1.0 + (NARROW_INCHES if many else PANEL_INCHES) * max(len(temperatures), 2)
    figure = Figure(figsize=(width, 0.9 + 0.34 * len(outcomes)), layout="constrained")
    panels = figure.subplots(1, len(temperatures), sharey=True, squeeze=False)[0]
    for axes, T_here, p in zip(panels, temperatures, tempered, strict=True):
        _panel(axes, outcomes, p, plain)
        axes.set_title(f"T = {number(T_here)}", fontsize=11)
    return Picture(figure, _temperature_in_words(outcomes, temperatures, tempered))


def _panel(axes: Axes, outcomes: list[str], p: list[float], plain: list[float]) -> None:
    quiet(axes)
    axes.barh(outcomes, p, color=SKY, height=0.7)
    axes.barh(outcomes, plain, fill=False, edgecolor="black", linestyle=":", height=0.7)
    for place, (here, outline) in enumerate(zip(p, plain, strict=True)):
        axes.text(max(here, outline) + 0.02, place, f"{here:.2f}", va="center", fontsize=9)
    axes.set_xlim(0, 1.18)
    axes.set_xticks([0, 0.5, 1])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("probability", fontsize=9)
    if not axes.yaxis_inverted():
        axes.invert_yaxis()


def _temperature_in_words(
    outcomes: list[str], temperatures: list[float], tempered: list[list[float]]
) -> str:
    sentences = [
        f"T = {number(T)}: {_listed(outcomes, p)}."
        for T, p in zip(temperatures, tempered, strict=True)
    ]
    return " ".join(["Bar chart of one distribution.", *sentences, "Outlined: T = 1."])


def _listed(outcomes: list[str], p: list[float]) -> str:
    return ", ".join(f"{outcome} {value:.2f}" for outcome, value in zip(outcomes, p, strict=True))


def teacher_and_student(
    p_t: Tensor,
    p_s: Tensor,
    words: Sequence[str] | None = None,
    arrows: bool = False,
    title: str = "",
) -> Picture:
    """Teacher's and student's probabilities [V] side by side.

    `arrows` adds p_t - p_s at each outcome: where a small step against the gradient pushes the
    student's logits, in units of the step.
    """
    outcomes = names(words, len(p_t))
    teacher, student = p_t.detach().tolist(), p_s.detach().tolist()
    figure = Figure(figsize=(max(5.0, 1.25 * len(outcomes)), 3.0), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.grid(visible=False, axis="x")
    places = range(len(outcomes))
    axes.bar(
        [x - 0.2 for x in places], teacher, 0.38, color=BLUE, edgecolor="black", label="teacher"
    )
    axes.bar(
        [x + 0.2 for x in places], student, 0.38, color="white", edgecolor=VERMILLION,
        hatch=STUDENT_HATCH, label="student",
    )  # fmt: skip
    if arrows:
        _draw_arrows(axes, teacher, student)
    axes.set_xticks(list(places), outcomes)
    axes.set_ylabel("probability")
    axes.set_ylim(0, 1.15 * max(*teacher, *student))
    axes.set_title(title, fontsize=11)
    axes.legend(fontsize=9)
    return Picture(figure, _pair_in_words(outcomes, teacher, student, arrows, title))


def _draw_arrows(axes: Axes, teacher: list[float], student: list[float]) -> None:
    for place, (goal, start) in enumerate(zip(teacher, student, strict=True)):
        axes.annotate(
            "", (place + 0.2, goal), (place + 0.2, start),
            arrowprops={"arrowstyle": "-|>", "color": "black", "linewidth": 1.6, "shrinkA": 0,
                        "shrinkB": 0},
        )  # fmt: skip
        gap = f"{goal - start:+.2f}".replace("-", MINUS)
        axes.text(place + 0.2, max(goal, start) + 0.012, gap, fontsize=9, ha="center")


def _pair_in_words(
    outcomes: list[str], teacher: list[float], student: list[float], arrows: bool, title: str
) -> str:
    each = [
        f"{outcome}: teacher {goal:.2f}, student {start:.2f}"
        + (f", pushed {'up' if goal > start else 'down'} by {abs(goal - start):.2f}")
        * (arrows and goal != start)
        for outcome, goal, start in zip(outcomes, teacher, student, strict=True)
    ]
    about = f" ({title})" if title else ""
    return f"Bar chart of teacher and student{about}. {'; '.join(each)}."
