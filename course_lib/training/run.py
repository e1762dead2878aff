"""What a distillation was: its curve, its measurements, and why it ended."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from course_lib.figures.picture import Picture
from course_lib.figures.style import number
from course_lib.figures.training import training_curve
from course_lib.training.scores import Scores

Ending: TypeAlias = Literal["all steps", "enough", "no progress"]
WHY = {
    "all steps": "all its steps are done",
    "enough": "its KL is low enough",
    "no progress": "its KL no longer fell",
}


@dataclass(frozen=True)
class Mark:
    """The student as it was measured after `step` steps."""

    step: int
    scores: Scores


@dataclass(frozen=True)
class Run:
    """`losses`, one a step, each before its step and in nats a token; `marks`, in order.

    `resumed_at` is the step from which a checkpoint went on, 0 if there was none.
    """

    losses: tuple[float, ...]
    marks: tuple[Mark, ...]
    ending: Ending
    resumed_at: int = 0

    @property
    def kls(self) -> tuple[tuple[int, float], ...]:
        """Steps and the KL measured after them, as figures take them."""
        return tuple(kl_by_step(self.marks))

    @property
    def scores(self) -> Scores | None:
        """The last measurement; None if there was none."""
        return self.marks[-1].scores if self.marks else None

    def curve(self, floor: float | None = None) -> Picture:
        """Loss and KL against steps, with a line where the floor is, if it is known."""
        return training_curve(self.losses, kl_by_step(self.marks), floor)

    def __repr__(self) -> str:
        words = [f"{len(self.losses)} steps: {WHY[self.ending]}."]
        if self.resumed_at:
            words += [f"Resumed at step {self.resumed_at}."]
        if self.marks:
            first, last = self.marks[0].scores, self.marks[-1].scores
            words += [
                f"KL from {number(first.kl)} to {number(last.kl)} nats a token, agreement from "
                f"{first.agreement:.0%} to {last.agreement:.0%}."
            ]
        else:
            words += [f"Loss from {number(self.losses[0])} to {number(self.losses[-1])}."]
        return " ".join(words)

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>{self.curve()._repr_html_()}"


def kl_by_step(marks: tuple[Mark, ...] | list[Mark]) -> list[tuple[int, float]]:
    """Steps and KL, as figures take them."""
    return [(mark.step, mark.scores.kl) for mark in marks]
