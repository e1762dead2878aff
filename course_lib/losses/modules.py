"""`distillation_loss` as a module, for training loops that keep their losses in objects."""

from __future__ import annotations

from torch import Tensor, nn

from course_lib.losses.backend import Backend
from course_lib.losses.distillation import distillation_loss
from course_lib.losses.inputs import Student, Teacher
from course_lib.losses.objective import Name, Objective
from course_lib.losses.tokens import Reduction


class DistillationLoss(nn.Module):
    """The loss with its settings fixed; see `distillation_loss` for what they mean.

    Raises `ValueError` at once for settings that are out of range.
    """

    def __init__(
        self,
        divergence: Name = "forward_kl",
        share: float = 0.5,
        alpha: float = 1.0,
        temperature: float = 1.0,
        t_squared: bool = True,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
        backend: Backend = "auto",
    ) -> None:
        super().__init__()
        self.objective = Objective(divergence, share, alpha, temperature, t_squared)
        self.ignore_index = ignore_index
        self.reduction: Reduction = reduction
        self.backend: Backend = backend

    def forward(
        self,
        student: Student,
        teacher: Teacher | None = None,
        labels: Tensor | None = None,
        *,
        mask: Tensor | None = None,
        weights: Tensor | None = None,
    ) -> Tensor:
        """The loss of a batch: a scalar, or what the reduction leaves."""
        objective = self.objective
        return distillation_loss(
            student,
            teacher,
            labels,
            divergence=objective.divergence,
            share=objective.share,
            alpha=objective.alpha,
            temperature=objective.temperature,
            t_squared=objective.t_squared,
            mask=mask,
            ignore_index=self.ignore_index,
            weights=weights,
            reduction=self.reduction,
            backend=self.backend,
        )

    def extra_repr(self) -> str:
        """The settings, as print(loss) shows them."""
        return f"{self.objective}, reduction={self.reduction!r}, backend={self.backend!r}"
