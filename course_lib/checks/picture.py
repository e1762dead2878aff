"""A picture of the difference between a student's values and the right ones, on public cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_lib.checks.compare import numbers_of, same_numbers
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case, Table
from course_lib.figures.picture import Picture
from course_lib.figures.style import BLUE, VERMILLION

MOST_BARS = 30


def picture(table: Table, answers: Mapping[str, Answer]) -> str:
    """An <img> with alternative text; "" where there is no difference that can be drawn.

    Scalar results: one mark a case, yours beside the expected one. Arrays: the numbers of the
    first case that differs. Of several results it shows the first that differs.
    """
    drawable = [each for each in table.cases if _drawable(table, each, answers)]
    differing = [
        (case, part)
        for case in drawable
        for part in range(len(table.right.values[case.id] or ()))
        if not _agrees(table, case, part, answers)
    ]
    if not differing:
        return ""
    case, part = differing[0]
    if all(_yours(answers, each, part).size == 1 for each in drawable):
        labels = [case.id for case in drawable]
        yours = np.array([_yours(answers, case, part).item() for case in drawable])
        expected = np.array([_expected(table, case, part).item() for case in drawable])
        where = "on each public case"
    else:
        yours = _yours(answers, case, part).ravel()[:MOST_BARS]
        expected = _expected(table, case, part).ravel()[:MOST_BARS]
        labels = [str(i) for i in range(len(yours))]
        where = f"for the public case {case.id!r}, number by number"
    alt = f"{table.exercise} {where}: {_in_words(labels, yours, expected)}"
    return Picture(_draw(labels, yours, expected, f"{table.exercise} {where}"), alt)._repr_html_()


def _yours(answers: Mapping[str, Answer], case: Case, part: int) -> np.ndarray:
    result = numbers_of(case.result(answers[case.id]))
    assert result is not None
    return result[0][part].astype(np.float64)


def _expected(table: Table, case: Case, part: int) -> np.ndarray:
    numbers = table.right.values[case.id]
    assert numbers is not None
    return numbers[part].astype(np.float64)


def _drawable(table: Table, case: Case, answers: Mapping[str, Answer]) -> bool:
    answer = answers.get(case.id)
    result = numbers_of(case.result(answer)) if answer else None
    right = table.right.values[case.id]
    return bool(
        case.diagnose
        and result
        and right
        and [n.shape for n in result[0]] == [n.shape for n in right]
    )


def _agrees(table: Table, case: Case, part: int, answers: Mapping[str, Answer]) -> bool:
    result, right = numbers_of(case.result(answers[case.id])), table.right.values[case.id]
    assert result is not None
    assert right is not None
    only, spread = slice(part, part + 1), table.right.spreads.get(case.id)
    return same_numbers(result[0][only], right[only], case.atol, result[1], spread and spread[only])


def _in_words(labels: list[str], yours: np.ndarray, expected: np.ndarray) -> str:
    pairs = zip(labels, yours, expected, strict=True)
    return "; ".join(f"{label}: yours {a:.4g}, expected {b:.4g}" for label, a, b in pairs) + "."


def _draw(labels: list[str], yours: np.ndarray, expected: np.ndarray, title: str) -> Figure:
    places = np.arange(len(labels))
    figure = Figure(figsize=(min(8.0, 2.5 + 0.45 * len(labels)), 2.6), layout="constrained")
    axes = figure.add_subplot()
    finite = np.concatenate([yours, expected])
    finite = np.abs(finite[np.isfinite(finite)])
    if finite.size and finite.max() > 30 * max(np.median(finite), 1e-12):
        axes.set_yscale("symlog", linthresh=max(float(np.median(finite)), 1e-9))
    style: dict[str, Any] = {"linestyle": "none", "markersize": 9}
    axes.plot(
        places, expected, marker="o", mfc="none", mec=BLUE, mew=1.8, label="expected", **style
    )
    axes.plot(places, yours, marker="x", color=VERMILLION, mew=1.8, label="yours", **style)
    axes.axhline(0, color="#999999", linewidth=0.8)
    turned = max(map(len, labels)) > 3
    axes.set_xticks(
        places, labels, rotation=30 if turned else 0, ha="right" if turned else "center"
    )
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=9, loc="best")
    return figure
