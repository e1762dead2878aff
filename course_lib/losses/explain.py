"""What a loss is made of: each token's part, and the gradient that it gives to the logits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from course_lib.losses.distillation import check_inputs
from course_lib.losses.inputs import full_precision, leading
from course_lib.losses.objective import Name, Objective
from course_lib.losses.tokens import Tokens

if TYPE_CHECKING:
    from course_lib.figures.picture import Picture


@dataclass(frozen=True, eq=False)
class Explanation:
    r"""A loss taken apart.

    `losses` [...] are those of the tokens in nats, 0 for those that do not count; `contributions`
    [...] what each adds to the mean, which is their sum, `total`. `gradient` [..., V] is each
    token's own for the student's logits: for the forward KL with T² it is
    $T\,(p_s - p_t)$ of the two distributions at T, `student` and `teacher` [..., V].
    """

    losses: Tensor
    contributions: Tensor
    gradient: Tensor
    teacher: Tensor
    student: Tensor

    @property
    def total(self) -> Tensor:
        """The mean over the tokens that count."""
        return self.contributions.sum()

    def figure(self, words: Sequence[str] | None = None) -> Picture:
        """The tokens' losses, and what the costliest one does to the logits.

        `words` names the V outcomes.
        """
        from course_lib.figures.explained import explained_loss  # figures know losses too

        worst = int(self.losses.argmax())
        teacher, student, gradient = (
            each.reshape(-1, each.shape[-1])[worst]
            for each in (self.teacher, self.student, self.gradient)
        )
        return explained_loss(self.losses.reshape(-1), teacher, student, -gradient, words)


def explain(
    teacher: Tensor,
    student: Tensor,
    *,
    divergence: Name = "forward_kl",
    share: float = 0.5,
    temperature: float = 1.0,
    t_squared: bool = True,
    mask: Tensor | None = None,
) -> Explanation:
    """Take the loss of logits [..., V] apart; the arguments are those of `distillation_loss`.

    Raises `ValueError` as it does.
    """
    objective = Objective(divergence, share, 1.0, temperature, t_squared)
    check_inputs(objective, student, teacher, None)
    with torch.no_grad():
        tokens = Tokens.of(leading(student), student.device, mask=mask)
        student, teacher = full_precision(student), full_precision(teacher)
        V = student.shape[-1]
        losses, gradient = objective.of(student.reshape(-1, V), teacher.reshape(-1, V), None)
        losses = torch.where(tokens.valid, losses, 0.0)
        gradient = torch.where(tokens.valid[:, None], gradient, 0.0)
        return Explanation(
            losses.reshape(tokens.shape),
            tokens.weigh(losses, "mean").reshape(tokens.shape),
            gradient.reshape(student.shape),
            (teacher / temperature).softmax(-1),
            (student / temperature).softmax(-1),
        )
