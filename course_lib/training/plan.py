"""What a distillation is to do, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from course_lib.losses.reference import kl
from course_lib.training.answers import Divergence
from course_lib.training.step import Precision
from course_lib.training.targets import Target


@dataclass(frozen=True)
class Plan:
    """How long, towards what, and when to stop. Raises ValueError for what cannot be done.

    `steps` of the optimizer, each on `accumulate` batches; `target` and `divergence` make the loss,
    at temperature `T`; `named` gives the divergences of `course_lib.losses`. `seed` decides dropout
    and sampled answers. Every `every` steps the student is measured on the batch to be watched, if
    there is one, and saved, if there is a file. It stops early once its KL is at most `enough`, or
    has not fallen by 1 % in `patience` measurements.
    """

    steps: int = 300
    target: Target = "soft"
    divergence: Divergence = kl
    T: float = 1.0
    accumulate: int = 1
    seed: int = 0
    precision: Precision = "float32"
    every: int = 25
    enough: float | None = None
    patience: int | None = None

    def __post_init__(self) -> None:
        for name in ("steps", "accumulate", "every", "patience"):
            count = getattr(self, name)
            if count is not None and count < 1:
                raise ValueError(f"{name} = {count}: at least 1 is needed")
        for name, kinds in (("target", get_args(Target)), ("precision", get_args(Precision))):
            if getattr(self, name) not in kinds:
                raise ValueError(
                    f"{name} = {getattr(self, name)!r}: choose one of {', '.join(kinds)}"
                )
        if self.T <= 0:
            raise ValueError(f"T = {self.T:g}: a temperature must be greater than 0")

    @property
    def what(self) -> dict[str, str]:
        """What decides the curve, in words: a checkpoint goes on only under the same.

        `steps` and when to stop are left out, so that a run can be made longer.
        """
        names = ("target", "T", "accumulate", "seed", "precision", "every")
        words = {name: str(getattr(self, name)) for name in names}
        return words | {"divergence": getattr(self.divergence, "__name__", "a function")}
