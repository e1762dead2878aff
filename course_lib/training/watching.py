"""A bar, a curve and measurements for a training loop that someone else has written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn

from course_lib.models.rest import Model
from course_lib.training.answers import Batch, on_device
from course_lib.training.live import view
from course_lib.training.run import Mark
from course_lib.training.scores import Exam
from course_lib.training.step import device_of


@dataclass
class Watched:
    """What was seen so far: steps taken, and the measurements in order."""

    steps: int = 0
    marks: list[Mark] = field(default_factory=list)


@contextmanager
def watching(
    student: nn.Module,
    teacher: Model,
    optimizer: torch.optim.Optimizer,
    watch: Batch,
    *,
    steps: int,
    every: int = 25,
    live: bool = True,
) -> Iterator[Watched]:
    """Count the optimizer's steps inside, and measure the student on `watch` at every `every`-th.

    `steps` is how many there will be, for the bar. Works with any loop, for it asks the optimizer.

    >>> with watching(student, teacher, optimizer, held_out, steps=300) as seen:  # doctest: +SKIP
    ...     losses = my_loop(student, teacher, batches, optimizer)
    """
    exam = Exam.of(teacher, on_device(watch, device_of(student)))
    seen = Watched(marks=[Mark(0, exam.score(student))])
    shown = view(live, steps)

    def after_step(*_: Any) -> None:
        seen.steps += 1
        if seen.steps % every == 0:
            seen.marks.append(Mark(seen.steps, exam.score(student)))
        shown.show(seen.steps, [], seen.marks)

    hook = optimizer.register_step_post_hook(after_step)
    try:
        yield seen
    finally:
        hook.remove()
        if seen.marks[-1].step != seen.steps:
            seen.marks.append(Mark(seen.steps, exam.score(student)))
        shown.show(seen.steps, [], seen.marks, last=True)
