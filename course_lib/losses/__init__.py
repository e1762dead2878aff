"""Losses of distillation: `distillation_loss`, its divergences, and the plain tools of `reference`.

>>> import torch
>>> same = torch.tensor([[2.0, 1.0, 0.0]])
>>> distillation_loss(same, same)
tensor(0.)
"""

from course_lib.losses.backend import choose_backend
from course_lib.losses.distillation import distillation_loss
from course_lib.losses.explain import Explanation, explain
from course_lib.losses.inputs import Projection, TopK
from course_lib.losses.modules import DistillationLoss
from course_lib.losses.objective import Objective

__all__ = [
    "DistillationLoss",
    "Explanation",
    "Objective",
    "Projection",
    "TopK",
    "choose_backend",
    "distillation_loss",
    "explain",
]
