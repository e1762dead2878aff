"""Distillation: a student learns to do with c′ what its teacher does with c."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import torch
from torch import nn

from course_lib.models.rest import Model
from course_lib.training.answers import Batch, on_device
from course_lib.training.checkpoint import Checkpoint, Course
from course_lib.training.live import view
from course_lib.training.plan import Plan
from course_lib.training.run import Ending, Mark, Run
from course_lib.training.scores import Exam
from course_lib.training.step import device_of, step_on
from course_lib.training.targets import Lesson, lesson

PROGRESS = 0.01
"""A KL has fallen if it fell by this share of the least so far."""


class Batches(Protocol):
    """Batches by number. A list is gone through again and again; others have no end."""

    def __getitem__(self, n: int, /) -> Batch: ...


def distill(
    student: nn.Module,
    teacher: Model,
    batches: Batches,
    optimizer: torch.optim.Optimizer,
    plan: Plan | None = None,
    *,
    watch: Batch | None = None,
    checkpoint: Path | str | None = None,
    live: bool = True,
) -> Run:
    """Train the student in place: θ̂ = argmin_θ Σ Loss(Pr^t(·|c,z), Pr_θ^s(·|c′,z)).

    The optimizer moves the student's weights; teacher, modes of both, and the notebook's random
    numbers stay as they are. `watch` is a held-out batch to be measured as the plan says, and is
    needed to stop early. With a `checkpoint`, call it again after whatever went wrong, with the
    student and the optimizer made anew: it goes on where it was last saved, on the same curve. In a
    notebook a bar and the curve are shown, unless `live` is False.

    Raises ValueError for a plan that cannot be followed or another run's checkpoint, and
    ArithmeticError where the loss is not finite.
    """
    plan = plan or Plan()
    _expect_possible(plan, student, watch)
    device = device_of(student)
    exam = Exam.of(teacher, on_device(watch, device)) if watch is not None else None
    scaler = torch.amp.GradScaler(device.type) if plan.precision == "float16" else None
    file = Path(checkpoint) if checkpoint else None
    kept = Checkpoint(file, plan.what, student, optimizer, scaler)
    course = kept.load()
    resumed_at = course.step
    shown = view(live, plan.steps)
    ending = _ending(course, plan)
    while ending is None:
        if exam is not None and course.step == 0:
            course.marks.append(Mark(0, exam.score(student)))
        asked = _lessons(teacher, batches, plan, course.step, device)
        with _seeded(plan.seed, course.step, device):
            loss = step_on(
                student, asked, optimizer, divergence=plan.divergence, T=plan.T,
                precision=plan.precision, scaler=scaler,
            )  # fmt: skip
        course.losses.append(loss)
        if course.step % plan.every == 0 or course.step == plan.steps:
            if exam is not None:
                course.marks.append(Mark(course.step, exam.score(student)))
            kept.save(course)
        shown.show(course.step, course.losses, course.marks)
        ending = _ending(course, plan)
    shown.show(course.step, course.losses, course.marks, last=True)
    return Run(tuple(course.losses), tuple(course.marks), ending, resumed_at)


def _lessons(
    teacher: Model, batches: Batches, plan: Plan, step: int, device: torch.device
) -> list[Lesson]:
    """What the batches of one step ask of the student."""
    numbers = range(step * plan.accumulate, (step + 1) * plan.accumulate)
    return [
        lesson(teacher, on_device(_batch(batches, n), device), plan.target, plan.T,
               seed=_seed(plan.seed, n))
        for n in numbers
    ]  # fmt: skip


def _batch(batches: Batches, n: int) -> Batch:
    return batches[n % len(batches)] if isinstance(batches, (list, tuple)) else batches[n]


def _ending(course: Course, plan: Plan) -> Ending | None:
    """Why the run is at its end, if it is. Looks at the course alone, so a resumed run agrees."""
    kls = [mark.scores.kl for mark in course.marks]
    if kls and plan.enough is not None and kls[-1] <= plan.enough:
        return "enough"
    if plan.patience is not None and _stands_still(kls, plan.patience):
        return "no progress"
    return "all steps" if course.step >= plan.steps else None


def _stands_still(kls: list[float], patience: int) -> bool:
    """Whether none of the last `patience` is lower than the least before them."""
    before, latest = kls[:-patience], kls[-patience:]
    return bool(before) and min(latest) > (1 - PROGRESS) * min(before)


def _expect_possible(plan: Plan, student: nn.Module, watch: Batch | None) -> None:
    if watch is None and (plan.enough is not None or plan.patience is not None):
        raise ValueError(
            "the plan stops by the KL on a held-out batch, and there is none: give watch=batch"
        )
    if plan.precision == "float16" and device_of(student).type == "cpu":
        raise ValueError(
            "float16 is for a GPU, and the student is on the CPU: use precision='float32', or "
            "'bfloat16' to see what lower precision does"
        )
    if not any(each.requires_grad for each in student.parameters()):
        raise ValueError(
            "no weight of the student requires a gradient, so nothing could move: has it been "
            "frozen in the teacher's stead?"
        )


# -- chance: a function of the seed and of a number, so that there is no state to be kept --------


def _seed(seed: int, n: int) -> int:
    return 1_000_003 * seed + n


@contextmanager
def _seeded(seed: int, step: int, device: torch.device) -> Iterator[None]:
    """The same dropout at this step of every run; torch's own generators are put back."""
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(_seed(seed, step))
        yield
