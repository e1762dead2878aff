r"""What is minimised for each token: $\alpha\,T^2 D(p_T, q_T) + (1-\alpha)\,(-\log q(y))$.

Plain torch, in the precision of float32 or above: the definition that the fast backends are held
against. Loss and gradient come together, so that they can be computed in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias, get_args

import torch
from torch import Tensor

from course_lib.losses import divergences
from course_lib.losses.divergences import Divergence, LossAndGradient
from course_lib.losses.inputs import TopK, full_precision

Name: TypeAlias = Literal["forward_kl", "reverse_kl", "jsd", "skew_kl", "total_variation"]
NAMES: tuple[Name, ...] = get_args(Name)
_MIXED = {"jsd": "beta", "skew_kl": "alpha"}


@dataclass(frozen=True)
class Objective:
    """The loss of a token, as a choice of numbers.

    `share` is the teacher's part in the mixture m of the JSD (its β) and of the skew KL (its α).
    `alpha` weighs the divergence against the cross-entropy with labels, which is taken at
    temperature 1; 1 leaves labels out, 0 the teacher. `t_squared` multiplies the divergence by T²,
    so that gradients keep their size at any temperature (Hinton et al. 2015, section 2.1).
    Raises `ValueError` for numbers out of range.
    """

    divergence: Name = "forward_kl"
    share: float = 0.5
    alpha: float = 1.0
    temperature: float = 1.0
    t_squared: bool = True

    def __post_init__(self) -> None:
        if self.divergence not in NAMES:
            raise ValueError(
                f"divergence is {self.divergence!r}: it must be one of {', '.join(NAMES)}"
            )
        if self.divergence in _MIXED and not 0 < self.share < 1:
            raise ValueError(
                f"share is {self.share}: it must lie strictly between 0 and 1, as a mixture of one "
                "distribution with itself differs from nothing; for a KL choose forward_kl or "
                "reverse_kl"
            )
        if not 0 <= self.alpha <= 1:
            raise ValueError(f"alpha is {self.alpha}: it must lie between 0 and 1")
        if not 0 < self.temperature < float("inf"):
            raise ValueError(f"temperature is {self.temperature}: it must be above 0 and finite")

    @property
    def factor(self) -> float:
        """What the divergence is multiplied by: α, and T² if it is asked for."""
        return self.alpha * (self.temperature**2 if self.t_squared else 1.0)

    @property
    def measure(self) -> Divergence:
        """The divergence as a function of log-probabilities."""
        function: Divergence = getattr(divergences, self.divergence)
        if self.divergence not in _MIXED:
            return function
        return partial(function, **{_MIXED[self.divergence]: self.share})

    def of(
        self, student: Tensor, teacher: Tensor | TopK | None, labels: Tensor | None
    ) -> LossAndGradient:
        """Losses [N] and their gradients [N, V] for logits [N, V] of the student.

        `teacher`, logits [N, V] or a top k, is needed unless alpha is 0; `labels` [N] unless it is
        1. Half precision is computed in float32, and so returned.
        """
        student = full_precision(student)
        loss, gradient = student.new_zeros(student.shape[:-1]), torch.zeros_like(student)
        if self.alpha > 0:
            assert teacher is not None
            distilled, pull = self._distilled(student / self.temperature, teacher)
            loss = loss + self.factor * distilled
            gradient = gradient + self.factor / self.temperature * pull
        if self.alpha < 1:
            assert labels is not None
            surprise, pull = cross_entropy(student, labels)
            loss = loss + (1 - self.alpha) * surprise
            gradient = gradient + (1 - self.alpha) * pull
        return loss, gradient

    def _distilled(self, student: Tensor, teacher: Tensor | TopK) -> LossAndGradient:
        log_q = student.log_softmax(-1)
        if isinstance(teacher, TopK):
            return _REST[teacher.rest](self.measure, teacher, log_q)
        log_p = (teacher.to(log_q.dtype) / self.temperature).log_softmax(-1)
        return self.measure(log_p, log_q)


def cross_entropy(student: Tensor, labels: Tensor) -> LossAndGradient:
    """−log q(label) [N] and its gradient [N, V]; +inf where the student rules the label out."""
    log_q = student.log_softmax(-1)
    surprise = -log_q.gather(-1, labels[:, None]).squeeze(-1)
    one_hot = torch.zeros_like(log_q).scatter_(-1, labels[:, None], 1.0)
    return surprise, log_q.exp() - one_hot


# -- a teacher of whom k outcomes are known --------------------------------------------------------


def _renormalised(measure: Divergence, teacher: TopK, log_q: Tensor) -> LossAndGradient:
    """The k outcomes are all that there is; the teacher rules the others out."""
    known = full_precision(teacher.log_probs).log_softmax(-1).to(log_q.dtype)
    log_p = torch.full_like(log_q, -torch.inf).scatter_(-1, teacher.ids, known)
    return measure(log_p, log_q)


def _bucketed(measure: Divergence, teacher: TopK, log_q: Tensor) -> LossAndGradient:
    """As k + 1 outcomes: the student's other outcomes count as one, and share its gradient."""
    if teacher.ids.shape[-1] == log_q.shape[-1]:  # there is no rest; what rounding leaves is none
        return _renormalised(measure, teacher, log_q)
    known = full_precision(teacher.log_probs).to(log_q.dtype)
    rest = torch.log((1 - known.exp().sum(-1, keepdim=True)).clamp(min=0))
    others = log_q.scatter(-1, teacher.ids, -torch.inf)
    total = others.logsumexp(-1, keepdim=True)
    known_q = log_q.gather(-1, teacher.ids)
    loss, coarse = measure(torch.cat([known, rest], -1), torch.cat([known_q, total], -1))
    within = torch.where(total > -torch.inf, torch.exp(others - total), 0.0)
    return loss, (coarse[:, -1:] * within).scatter(-1, teacher.ids, coarse[:, :-1])


def _left_out(measure: Divergence, teacher: TopK, log_q: Tensor) -> LossAndGradient:
    """Σ p log (p/q) over the k outcomes, whose p sum to less than 1: a part of the forward KL."""
    if measure is not divergences.forward_kl:
        raise ValueError('rest="zero" is defined for the forward KL only: use "bucket"')
    known = full_precision(teacher.log_probs).to(log_q.dtype)
    p = known.exp()
    known_q = log_q.gather(-1, teacher.ids)
    loss = divergences.weighted(p, divergences.log_ratio(known, known_q)).sum(-1)
    gradient = log_q.exp() * p.sum(-1, keepdim=True)
    return loss, gradient.scatter_add(-1, teacher.ids, -p)


_REST = {"renormalise": _renormalised, "bucket": _bucketed, "zero": _left_out}
