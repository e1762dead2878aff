"""Where a student stands in an assignment, from what this session of the notebook has seen."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from course_lib.badge import AMBER, GREEN, GREY, badge
from course_lib.checks.check import results
from course_lib.questions import Question, answered, explain, question

_GRADED = "graded. Your points stand below each check and each question."
FOLDER: Traversable = files("course_lib") / "data" / "assignments"

SIGNS = {
    "done": ("✓", GREEN),
    "partly": ("◐", AMBER),
    "open": ("○", GREY),
    "by hand": ("✎", GREY),
}


@dataclass(frozen=True)
class Row:
    """One exercise or question: how far it is, in words, and its points where they are known."""

    title: str
    stage: str  # a key of SIGNS
    state: str
    points: str


@dataclass(frozen=True)
class Progress:
    """A table of what is done and what is not, and how to hand in.

    In a notebook that is being graded it only says where the points are: protected checks do not
    run there, so that everything would seem undone.
    """

    title: str
    notebook: str
    rows: tuple[Row, ...]
    self_checked: float
    to_check: float
    graded: bool = False

    @property
    def summary(self) -> str:
        seen = [row for row in self.rows if row.stage != "by hand"]
        done = sum(row.stage == "done" for row in seen)
        return (
            f"{done} of {len(seen)} done. Self-checks so far: "
            f"{self.self_checked:g} of {self.to_check:g} points."
        )

    @property
    def hand_in(self) -> tuple[str, ...]:
        return (
            "Restart the kernel and run all cells (Kernel menu, or Runtime on Colab): "
            "what you hand in must run from top to bottom.",
            "Save. On Colab: File, Download, Download .ipynb.",
            f"Hand in the file {self.notebook}, with this name, where your course collects it. "
            "You can hand in again until the deadline; the last version counts.",
        )

    def __repr__(self) -> str:
        if self.graded:
            return f"{self.title}: {_GRADED}"
        lines = [self.title, self.summary]
        lines += [
            f"  {SIGNS[row.stage][0]} {row.title}: {row.state} [{row.points}]" for row in self.rows
        ]
        lines += ["To hand in:"]
        lines += [f"  {number}. {step}" for number, step in enumerate(self.hand_in, start=1)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        if self.graded:
            return f"<p><strong>{escape(self.title)}</strong>: {_GRADED}</p>"
        head = "".join(
            f'<th scope="col" style="text-align:left">{name}</th>'
            for name in ("exercise or question", "state", "points")
        )
        steps = "".join(f"<li>{escape(step)}</li>" for step in self.hand_in)
        return (
            f'<table><caption style="caption-side:top;text-align:left">'
            f"<strong>{escape(self.title)}</strong>: {escape(self.summary)}</caption>"
            f"<thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(map(_row_html, self.rows))}</tbody></table>"
            f"<p><strong>To hand in</strong></p><ol>{steps}</ol>"
        )


def _row_html(row: Row) -> str:
    sign, colour = SIGNS[row.stage]
    return (
        f'<tr><th scope="row" style="text-align:left;font-weight:normal">{escape(row.title)}</th>'
        f'<td style="text-align:left">{badge(sign, colour)} {escape(row.state)}</td>'
        f'<td style="text-align:left">{escape(row.points)}</td></tr>'
    )


def progress(assignment: str, namespace: Mapping[str, Any] | None = None) -> Progress:
    """What is done and what is not in an assignment, such as "02_distillation_loss".

    Looks at the notebook's variables and at what `check` has said in this session, never at a
    file. Raises LookupError if the course has no such assignment.
    """
    if namespace is None:
        namespace = _variables_of_the_notebook()
    plan = _plan(assignment)
    exercises: dict[str, float] = plan["exercises"]  # tables know points too, but load slowly
    asked: list[str] = plan["questions"]
    return Progress(
        title=plan["title"],
        notebook=f"{plan['id']}.ipynb",
        rows=(
            *(_exercise(each, points, namespace) for each, points in exercises.items()),
            *(_question(each, namespace) for each in asked),
        ),
        self_checked=sum(results[each].points for each in exercises if each in results),
        to_check=sum(exercises.values()),
        graded=os.environ.get("NBGRADER_EXECUTION") == "autograde",  # as nbgrader has it
    )


def _variables_of_the_notebook() -> Mapping[str, Any]:
    """IPython's namespace, or that of whoever called `progress`."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        variables: Mapping[str, Any] = shell.user_ns
        return variables
    return sys._getframe(2).f_globals


def _plan(assignment: str) -> dict[str, Any]:
    file = FOLDER / f"{assignment}.json"
    if not file.is_file():
        known = sorted(item.name.removesuffix(".json") for item in FOLDER.iterdir())
        raise LookupError(f"there is no assignment {assignment!r}; there are: {', '.join(known)}")
    plan: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return plan


def _exercise(name: str, most: float, namespace: Mapping[str, Any]) -> Row:
    latest = results.get(name)
    if latest is None:
        defined = callable(namespace.get(name))
        state = f"not checked yet: run check({name})" if defined else "not started"
        return Row(name, "open", state, f"of {most:g}")
    points = f"{latest.points:g} of {most:g}"
    if latest.state in ("missing", "untouched"):
        return Row(name, "open", "not started", points)
    if latest.state == "right":
        return Row(name, "done", "done", points)
    return Row(name, "partly", "partly done" if latest.points else "not right yet", points)


def _question(id: str, namespace: Mapping[str, Any]) -> Row:
    asked = question(id)
    most = f"of {asked.points:g}, once graded" if asked.points else "not graded"
    if asked.kind == "short":
        return Row(asked.title, "by hand", "a person reads it: is your text in its cell?", most)
    form = answered(asked, namespace.get(asked.variable))
    if form.valid:
        return Row(asked.title, *_answered(asked, namespace.get(asked.variable)), most)
    return Row(asked.title, "open", "not answered" if form.empty else "not answered in full", most)


def _answered(asked: Question, value: Any) -> tuple[str, str]:
    """Stage and state of an answer; whether it is right is known of a formative one alone."""
    if asked.explanations is None:
        return "done", "answered"
    right = explain(asked, value).right
    if asked.kind == "predict":  # made once, and not to be mended
        return "done", "predicted, and right" if right else "predicted"
    return ("done", "right") if right else ("partly", "answered, not right yet")
