"""Curves of losses: against padding that is appended, and against the steps of training."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from course_lib.figures.picture import Note, Picture
from course_lib.figures.style import BLUE, GREY, VERMILLION, number, quiet
from course_lib.figures.unfinished import name_of, number_from

Batch: TypeAlias = tuple[Tensor, Tensor, Tensor]
"""Teacher's logits and student's [B, M, V], and the mask bool [B, M], true on answer tokens."""

STYLES = ((VERMILLION, "s--"), (BLUE, "o-"))


def loss_against_padding(
    batches: Sequence[Batch], *losses: Callable[[Tensor, Tensor, Tensor], Any]
) -> Picture | Note:
    """One or two losses(logits_t, logits_s, mask) on batches that differ in their padding alone.

    A loss that gives no number yet is left out; a `Note` says so where none does. Nothing is
    raised on account of a loss.
    """
    pads = [int((~mask).sum()) for _, _, mask in batches]
    values = {name_of(loss): [number_from(loss, *batch) for batch in batches] for loss in losses}
    known = {
        name: numbers
        for name, each in values.items()
        if len(numbers := [value for value in each if value is not None]) == len(batches)
    }
    if not known:
        return Note(f"{' and '.join(values)}: no number yet. Once there is, a curve stands here.")
    axes = _axes("padding appended (positions)", "loss (nats)")
    for (name, curve), (colour, line) in zip(known.items(), STYLES, strict=False):
        axes.plot(pads, curve, line, color=colour, label=name)
    _label_points(axes, pads, known.values())
    axes.margins(x=0.09)
    axes.set_ylim(0, 1.25 * max(max(curve) for curve in known.values()))
    axes.legend(fontsize=9, loc="center right")
    points = [f"{name}: {_points(pads, curve)}." for name, curve in known.items()]
    return _picture(axes, ["Loss against padding.", *points], _missing(values, known))


def _label_points(axes: Axes, pads: Sequence[int], curves: Iterable[Sequence[float]]) -> None:
    """The value beside each point; once where curves meet."""
    points = {(x, number(y)): y for curve in curves for x, y in zip(pads, curve, strict=True)}
    for (x, text), y in points.items():
        axes.annotate(text, (x, y), (5, 5), textcoords="offset points", fontsize=9)


def learning_curves(runs: Mapping[str, Callable[[], Sequence[float]]]) -> Picture | Note:
    """One or two training runs, each a function that gives the loss of every step, by name.

    A run that fails (its code may be half-written) is left out; a `Note` says so where all do.
    """
    curves = {name: curve for name, run in runs.items() if (curve := _losses_of(run))}
    if not curves:
        return Note(f"{' and '.join(runs)}: no losses yet. Once there are, a curve stands here.")
    axes = _axes("training step", "loss as reported (nats)")
    for (name, curve), (colour, line) in zip(curves.items(), STYLES, strict=False):
        axes.plot(curve, line, color=colour, markevery=max(1, len(curve) // 10), label=name)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=9)
    course = [
        f"{name}: from {number(curve[0])} to {number(curve[-1])} in {len(curve)} steps."
        for name, curve in curves.items()
    ]
    return _picture(axes, ["Learning curves.", *course], _missing(runs, curves))


def _losses_of(run: Callable[[], Sequence[float]]) -> list[float]:
    try:
        return [float(loss) for loss in run()]
    except Exception:  # what is trained with may be a student's, and half-written
        return []


def _axes(across: str, up: str) -> Axes:
    axes = Figure(figsize=(6.2, 3.2), layout="constrained").add_subplot()
    quiet(axes)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    return axes


def _picture(axes: Axes, drawn: Sequence[str], missing: Sequence[str]) -> Picture:
    """The drawing with its sentences; those on what is missing stand above the curves as well."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    axes.set_title("\n".join(missing), fontsize=9, style="italic", color=GREY, loc="left")
    return Picture(figure, " ".join([*drawn, *missing]))


def _points(pads: Sequence[int], curve: Sequence[float]) -> str:
    return ", ".join(f"{number(y)} with {x} pads" for x, y in zip(pads, curve, strict=True))


def _missing(wanted: Iterable[str], drawn: Iterable[str]) -> list[str]:
    return [f"{name}: nothing to draw yet." for name in wanted if name not in set(drawn)]
