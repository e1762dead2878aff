"""A training run on disk, so that a session that dies can go on where it stopped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import nn

from course_lib.training.run import Mark
from course_lib.training.scores import Scores


@dataclass
class Course:
    """How far a run has come: the losses so far, one a step, and the measurements."""

    losses: list[float] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def step(self) -> int:
        """Steps done."""
        return len(self.losses)


@dataclass(frozen=True)
class Checkpoint:
    """The file in which a run is kept, and what of it. `path` None keeps nothing.

    `what` decides the curve, in words: a run goes on only under the same.
    `what` decides the curve, in words: a run goes on only under the same.
    Dropout and sampled answers depend on the plan's seed and the step alone, batches on their
    number: no state of chance has to be kept for the curve to go on as if undisturbed.
    """

    path: Path | None
    what: Mapping[str, str]
    student: nn.Module
    optimizer: torch.optim.Optimizer
    scaler: torch.amp.GradScaler | None

    def save(self, course: Course) -> None:
        """Write all of it, or, if the machine dies meanwhile, leave the file of before."""
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.writing")
        torch.save(
            {
                "plan": dict(self.what),
                "shapes": self._shapes(),
                "student": self.student.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "scaler": self.scaler.state_dict() if self.scaler else {},
                "losses": course.losses,
                "marks": [(mark.step, asdict(mark.scores)) for mark in course.marks],
            },
            unfinished,
        )
        os.replace(unfinished, self.path)

    def load(self) -> Course:
        """Bring student and optimizer to where the file has them; a new course if there is none.

        Raises ValueError if the file is of another plan or another model.
        """
        if self.path is None or not self.path.exists():
            return Course()
        kept: dict[str, Any] = torch.load(self.path, map_location="cpu", weights_only=True)
        self._expect_same(kept["plan"], self.what)
        self._expect_same(kept["shapes"], self._shapes())
        self.student.load_state_dict(kept["student"])
        self.optimizer.load_state_dict(kept["optimizer"])
        if self.scaler:
            self.scaler.load_state_dict(kept["scaler"])
        marks = [Mark(step, Scores(**scores)) for step, scores in kept["marks"]]
        return Course(list(kept["losses"]), marks)

    def _shapes(self) -> dict[str, str]:
        return {name: str(list(each.shape)) for name, each in self.student.state_dict().items()}

    def _expect_same(self, kept: Mapping[str, str], here: Mapping[str, str]) -> None:
        for name in sorted({*kept, *here}):
            if kept.get(name) != here.get(name):
                raise ValueError(
                    f"{self.path} holds a run with {name} = {kept.get(name, 'nothing')}, and this "
                    f"one has {here.get(name, 'nothing')}: it cannot go on from there. Delete the "
                    "file to begin anew, or name another one"
                )
