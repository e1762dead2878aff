"""The divergences of `course_lib.losses` as targets are compared with: on probabilities."""

from __future__ import annotations

from torch import Tensor

from course_lib.losses import Objective, distillation_loss
from course_lib.losses.objective import Name
from course_lib.training.answers import Divergence


def named(name: Name, share: float = 0.5) -> Divergence:
    """A divergence for `Plan` and steps: probabilities [..., V] of target and student to [...].

    `share` is β of the JSD or α of the skew KL. Raises ValueError for a name that is none, and for
    a share that is out of range.

    >>> import torch
    >>> certain, unsure = torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5])
    >>> named("total_variation")(certain, unsure)
    tensor(0.5000)
    """
    Objective(name, share)

    def divergence(p_t: Tensor, p_s: Tensor) -> Tensor:
        # Log-probabilities are logits of themselves.
        return distillation_loss(
            p_s.log(), p_t.log(), divergence=name, share=share, reduction="none", backend="torch"
        )

    divergence.__name__ = name if name not in ("jsd", "skew_kl") else f"{name}({share:g})"
    return divergence
