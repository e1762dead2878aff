"""Training by a loop that someone else has written: watched, stopped in time, and resumed.

`watching` can only look on. Here the loop gets its batches a round at a time, so that between two
rounds the student can be measured, saved, and found to be good enough.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, TypeAlias

import torch
from torch import nn

from course_lib.figures.unfinished import name_of
from course_lib.models.rest import Model
from course_lib.training.answers import Batch
from course_lib.training.checkpoint import Checkpoint, Course
from course_lib.training.live import view
from course_lib.training.run import Ending, Mark, Run
from course_lib.training.scores import Exam

Loop: TypeAlias = Callable[[nn.Module, Model, list[Batch], torch.optim.Optimizer], Any]
"""Takes one step of the optimizer on each batch, and gives the losses, one a step, as a list."""


@dataclass(frozen=True)
class Unfinished:
    """Stands where a run would, if the loop does not train yet: nothing measured, and why."""

    says: str
    losses: tuple[float, ...] = ()
    marks: tuple[Mark, ...] = ()
    kls: tuple[tuple[int, float], ...] = ()
    scores: None = None

    def __repr__(self) -> str:
        return self.says

    def _repr_html_(self) -> str:
        return f"<p><em>{escape(self.says)}</em></p>"


def train_in_rounds(
    loop: Loop,
    student: nn.Module,
    teacher: Model,
    batches: Sequence[Batch],
    optimizer: torch.optim.Optimizer,
    *,
    exam: Exam,
    every: int = 25,
    enough: float | None = None,
    checkpoint: Path | str | None = None,
    live: bool = True,
) -> Run | Unfinished:
    """Hand `every` batches at a time to loop(student, teacher, batches, optimizer).

    After each round the student sits the `exam`, and is saved if there is a `checkpoint`; training
    stops once its KL is at most `enough`. Call it again with a checkpoint, and with student and
    optimizer made anew, and it goes on where it was saved, on the same curve, as long as the loop
    keeps nothing of its own. What another loop saved, or one with other batches, is overwritten.

    The loop is a student's: where it raises, or does not give a loss for each batch, the result is
    `Unfinished` and says so.
    """
    kept = Checkpoint(
        Path(checkpoint) if checkpoint else None, _what(loop, batches, every), student, optimizer,
        scaler=None,
    )  # fmt: skip
    course = _saved(kept) or Course(marks=[Mark(0, exam.score(student))])
    resumed_at = course.step
    shown = view(live, len(batches))
    ending = _ending(course, len(batches), enough)
    while ending is None:
        part = list(batches[course.step : course.step + every])
        try:
            losses = [float(each) for each in loop(student, teacher, part, optimizer)]
        except Exception as error:  # a student's loop, which may be half-written
            return Unfinished(_not_yet(loop, error))
        if len(losses) != len(part):
            return Unfinished(
                f"{name_of(loop)} gave {len(losses)} losses for {len(part)} batches. Once it gives "
                "one for each step, the student's curve stands here."
            )
        course.losses.extend(losses)
        course.marks.append(Mark(course.step, exam.score(student)))
        kept.save(course)
        shown.show(course.step, course.losses, course.marks)
        ending = _ending(course, len(batches), enough)
    shown.show(course.step, course.losses, course.marks, last=True)
    return Run(tuple(course.losses), tuple(course.marks), ending, resumed_at)


def _ending(course: Course, steps: int, enough: float | None) -> Ending | None:
    if enough is not None and course.marks[-1].scores.kl <= enough:
        return "enough"
    return "all steps" if course.step >= steps else None


def _saved(kept: Checkpoint) -> Course | None:
    """What was saved under the same loop and batches, if anything was."""
    try:
        course = kept.load()
    except ValueError:  # another loop's: a student has mended it since
        return None
    return course if course.marks else None


def _what(loop: Loop, batches: Sequence[Batch], every: int) -> dict[str, str]:
    """What decides the curve, in words. A mended loop is another one, though of the same name."""
    try:
        source = inspect.getsource(loop)
    except (OSError, TypeError):  # typed into a bare shell, or no plain function
        source = repr(loop)
    first = batches[0]["xt"].cpu().numpy().tobytes() if len(batches) else b""
    digest = hashlib.sha256(source.encode() + first).hexdigest()[:12]
    return {"loop and batches": digest, "every": str(every)}


def _not_yet(loop: Loop, error: Exception) -> str:
    if isinstance(error, TypeError) and "iterable" in str(error):
        return (
            f"{name_of(loop)} gives no list of losses yet. Once it gives one for each step, the "
            "student's curve stands here."
        )
    return (
        f"{name_of(loop)} stopped with {type(error).__name__}: {error}. Once it runs through, the "
        "student's curve stands here."
    )
