"""What chunks of tokens are compared with, and how: the chunked backend's other half."""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.losses.inputs import Projection, Teacher, TopK, full_precision
from course_lib.losses.objective import Objective
from course_lib.losses.products import operand, project
from course_lib.losses.rows import differentiate_, divided_slope, takes_divided
from course_lib.losses.triton.launch import differentiate


class Source:
    """The teacher's logits or top k and labels, for those of the tokens that count.

    `counted` [n] are their places in the batch; `kernels` says that Triton's do the rows.
    """

    def __init__(
        self,
        objective: Objective,
        teacher: Teacher | None,
        labels: Tensor | None,
        counted: Tensor,
        kernels: bool = False,
    ) -> None:
        self._objective, self._teacher, self._counted = objective, teacher, counted
        self._labels = None if labels is None else labels.reshape(-1)
        self._kernels = kernels
        self._buffer: Tensor | None = None
        if isinstance(teacher, Projection):
            self._weight = operand(teacher.weight, teacher.hidden.dtype)

    @property
    def divisor(self) -> float:
        """What logits are wanted divided by: the temperature, where a product gives it for free."""
        return self._objective.temperature if self._divided else 1.0

    @property
    def slope(self) -> float:
        """What the gradients that `differentiate` writes are still to be multiplied by."""
        return divided_slope(self._objective) if self._divided else 1.0

    @property
    def _divided(self) -> bool:
        return not self._kernels and takes_divided(self._objective, self._teacher)

    def differentiate(self, logits: Tensor, rows: slice, slopes: Tensor | None) -> Tensor:
        """Losses of these tokens; their gradients to `slopes` [n, V], overwriting the logits."""
        labels = None if self._labels is None else self._labels[self._counted[rows]]
        teacher = self._teacher_of(rows, logits.dtype)
        if self._kernels:
            assert not isinstance(teacher, TopK)
            return differentiate(self._objective, logits, teacher, labels, out=slopes)
        losses = differentiate_(self._objective, logits, teacher, labels)
        if slopes is not None and slopes.data_ptr() != logits.data_ptr():
            slopes.copy_(logits)
        return losses

    def _teacher_of(self, rows: slice, dtype: torch.dtype) -> Tensor | TopK | None:
        """The teacher's part for these of the tokens that count; logits in a buffer."""
        teacher, chosen = self._teacher, self._counted[rows]
        if teacher is None:
            return None
        if isinstance(teacher, TopK):
            k = teacher.ids.shape[-1]
            ids, log_probs = (x.reshape(-1, k)[chosen] for x in (teacher.ids, teacher.log_probs))
            return TopK(ids, log_probs, teacher.rest)
        if isinstance(teacher, Projection):
            hidden = teacher.hidden.reshape(-1, teacher.hidden.shape[-1])[chosen]
            if self._buffer is None:
                self._buffer = hidden.new_empty(len(chosen), teacher.outcomes, dtype=dtype)
            return project(hidden, self._weight, teacher.bias, self.divisor, self._buffer)
        logits = teacher.reshape(-1, teacher.shape[-1])[chosen]
        if self._kernels:  # which take half precision as it is
            return logits
        return full_precision(logits) / self.divisor
