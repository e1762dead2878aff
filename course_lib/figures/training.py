"""Curves of training, and what they hide: agreement against KL, confidence against accuracy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from course_lib.figures.curves import PLAIN
from course_lib.figures.marks import MARKS, Mark
from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION, number, quiet

LINES = (Mark(BLUE, "....", "^", "-"), *MARKS)
"""How up to four students are told apart."""
LEAST_SHOWN = 1e-5
"""A logarithmic axis has no 0; a KL below this is drawn here."""
FEW = 0.01
"""A bin with a smaller share of the tokens says little about a student, and is left out."""


Each = TypeVar("Each")


class Measured(Protocol):
    """A student's scores; the shares are between 0 and 1."""

    @property
    def kl(self) -> float: ...
    @property
    def agreement(self) -> float: ...
    @property
    def confidence(self) -> float: ...
    @property
    def accuracy(self) -> float: ...


class Confidence(Protocol):
    """Tokens about which a student is alike confident."""

    @property
    def share(self) -> float: ...
    @property
    def confidence(self) -> float: ...
    @property
    def accuracy(self) -> float: ...


def training_curve(
    losses: Sequence[float], kls: Sequence[tuple[int, float]] = (), floor: float | None = None
) -> Picture:
    """The loss of each step, and the KL on held-out examples at some steps, on a logarithmic axis.

    All in nats a token; `floor` draws a line. At least one of the two sequences is needed.
    """
    figure, axes = _curves_of_training()
    if losses:
        axes.plot(
            range(len(losses)), _visible(losses), color=GREY, linewidth=0.9,
            label="loss of each step's batch",
        )  # fmt: skip
    if kls:
        steps, values = zip(*kls, strict=True)
        axes.plot(steps, _visible(values), "o-", color=BLUE, markersize=5,
                  label="KL on held-out examples")  # fmt: skip
    _draw_floor(axes, floor)
    _label_plainly(axes)
    axes.legend(fontsize=9)
    words = ["Curves of training, logarithmic upwards."]
    if losses:
        words += [f"The loss goes from {number(losses[0])} to {number(losses[-1])} nats a token "
                  f"in {len(losses)} steps."]  # fmt: skip
    if kls:
        words += [f"KL on held-out examples: {_listed(kls)}."]
    return Picture(figure, " ".join([*words, *_floor_in_words(floor)]))


def kl_curves(
    students: Mapping[str, Sequence[tuple[int, float]]], floor: float | None = None
) -> Picture | Note:
    """The KL of up to four students against steps, given as (step, nats a token).

    A `Note` if one of them has no measurement yet. Raises ValueError for more students than the
    figure can tell apart.
    """
    if missing := [name for name, kls in students.items() if not kls]:
        return _not_trained(missing)
    figure, axes = _curves_of_training()
    for (name, kls), mark in _marked(students):
        steps, values = zip(*kls, strict=True)
        axes.plot(steps, _visible(values), color=mark.colour, linestyle=mark.line,
                  marker=mark.marker, markersize=5, label=name)  # fmt: skip
    _draw_floor(axes, floor)
    _label_plainly(axes)
    axes.legend(fontsize=9)
    each = [f"{name}: {_listed(kls)}." for name, kls in students.items()]
    words = ["Curves of KL on held-out examples, logarithmic upwards.", *each]
    return Picture(figure, " ".join([*words, *_floor_in_words(floor)]))


def agreement_and_kl(students: Mapping[str, Measured | None]) -> Picture | Note:
    """Side by side: how often each student's likeliest outcome is the teacher's, and its KL.

    A `Note` if one of them has no scores yet. Raises ValueError for more than four students.
    """
    measured = {name: seen for name, seen in students.items() if seen is not None}
    if len(measured) < len(students):
        return _not_trained([name for name in students if name not in measured])
    marked = _marked(measured)
    figure = Figure(figsize=(7.4, 1.3 + 0.45 * len(students)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for (name, seen), mark in marked:
        for axes, value, text in (
            (left, seen.agreement, f"{seen.agreement:.1%}"),
            (right, seen.kl, number(seen.kl)),
        ):
            axes.barh(name, value, color="white", edgecolor=mark.colour, hatch=mark.hatch)
            axes.annotate(text, (value, name), (4, 0), textcoords="offset points", fontsize=9,
                          va="center")  # fmt: skip
    for axes, title, room in ((left, "agreement with the teacher", 1.0), (right, "KL, nats a token",
                              max(seen.kl for seen in measured.values()))):  # fmt: skip
        quiet(axes)
        axes.grid(visible=False, axis="y")
        axes.set_xlim(0, 1.25 * room)
        axes.set_title(title, fontsize=11)
    left.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    left.invert_yaxis()
    each = [
        f"{name}: agreement {seen.agreement:.1%}, KL {number(seen.kl)}"
        for name, seen in measured.items()
    ]
    return Picture(
        figure,
        "Two bar charts of the same students, agreement with the teacher and KL in nats a token. "
        f"{'; '.join(each)}.",
    )


def reliability_diagram(students: Mapping[str, Sequence[Confidence]]) -> Picture | Note:
    """How often a student's likeliest outcome is what was said, against how sure it was of it.

    On the diagonal a student may be believed; the area of a sign is the share of its tokens, and
    bins with less than 1 % of them are left out. A `Note` if one of them has no tokens yet. Raises
    ValueError for more than four students.
    """
    if missing := [name for name, bins in students.items() if not bins]:
        return _not_trained(missing)
    shown = {name: [each for each in bins if each.share >= FEW] for name, bins in students.items()}
    marked = _marked(shown)
    figure = Figure(figsize=(4.6, 4.4), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.plot([0, 1], [0, 1], color=GREY, linestyle=":", label="may be believed")
    for (name, bins), mark in marked:
        axes.scatter(
            [each.confidence for each in bins], [each.accuracy for each in bins],
            s=[25 + 250 * each.share for each in bins], marker=mark.marker, facecolor="none",
            edgecolor=mark.colour, linewidth=1.8, label=name,
        )  # fmt: skip
    axes.set_xlim(0, 1.03)
    axes.set_ylim(-0.04, 1.03)
    axes.set_xlabel("confidence: probability of its likeliest outcome")
    axes.set_ylabel("accuracy: how often it is right")
    legend = axes.legend(fontsize=9, loc="upper left")
    for handle in legend.legend_handles[1:]:
        handle.set_sizes([60])  # type: ignore[union-attr]
    each_in_words = [
        f"{name}: "
        + ", ".join(
            f"{each.share:.0%} of tokens with confidence {each.confidence:.2f} and accuracy "
            f"{each.accuracy:.2f}"
            for each in bins
        )
        for name, bins in shown.items()
    ]
    return Picture(
        figure,
        "Accuracy against confidence, with the diagonal on which the two are equal. "
        f"{'; '.join(each_in_words)}.",
    )


# -- what they share -------------------------------------------------------------------------


def _not_trained(missing: Sequence[str]) -> Note:
    return Note(f"Not trained yet: {', '.join(missing)}. After training, the figure stands here.")


def _curves_of_training() -> tuple[Figure, Axes]:
    figure = Figure(figsize=(6.2, 3.4), layout="constrained")
    axes = figure.add_subplot()
    quiet(axes)
    axes.set_yscale("log")
    axes.set_xlabel("step")
    axes.set_ylabel("nats a token")
    return figure, axes


def _label_plainly(axes: Axes) -> None:
    """Label the vertical axis 0.01, 0.1, 1; with numbers between where it spans a decade or two."""
    low, high = axes.get_ylim()
    axes.yaxis.set_major_formatter(PLAIN)
    between = (2, 3, 5, 7) if high < 10 * low else (2, 5) if high < 100 * low else ()
    axes.yaxis.set_minor_locator(LogLocator(subs=between, numticks=20))
    axes.yaxis.set_minor_formatter(PLAIN)


def _draw_floor(axes: Axes, floor: float | None) -> None:
    if floor is not None:
        axes.axhline(floor, color=VERMILLION, linestyle="--", label=f"floor {number(floor)}")


def _floor_in_words(floor: float | None) -> list[str]:
    return [] if floor is None else [f"A dashed line marks the floor, {number(floor)}."]


def _visible(values: Sequence[float]) -> list[float]:
    return [max(value, LEAST_SHOWN) for value in values]


def _listed(kls: Sequence[tuple[int, float]]) -> str:
    return ", ".join(f"{number(value)} at step {step}" for step, value in kls)


def _marked(students: Mapping[str, Each]) -> list[tuple[tuple[str, Each], Mark]]:
    if not 1 <= len(students) <= len(LINES):
        raise ValueError(f"{len(students)} students: this figure shows 1 to {len(LINES)}")
    return list(zip(students.items(), LINES, strict=False))
