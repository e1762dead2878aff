r"""How far a student's distribution is from its teacher's: value and gradient, a few lines each.

Every function takes log-probabilities of teacher and student, [..., V] each, and returns the
divergence [...] in nats and its gradient [..., V] with respect to the student's logits, at
temperature 1. They are written so that equal distributions give exactly 0 and exactly no gradient,
and that small divergences keep their digits: $\sum p\,(e^x - 1 - x)$ with $x = \log q - \log p$ is
$\mathrm{KL}(p \,\|\, q)$, since $\sum (q - p) = 0$, and no term of it is negative.

A probability may be 0 (a logit of -inf); an outcome that both rule out costs nothing. With an
infinite loss the gradient is the one of the finite losses nearby, infinite where those grow.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import TypeAlias

import torch
from torch import Tensor

LossAndGradient: TypeAlias = tuple[Tensor, Tensor]
Divergence: TypeAlias = Callable[[Tensor, Tensor], LossAndGradient]


def forward_kl(log_p: Tensor, log_q: Tensor) -> LossAndGradient:
    r"""$\mathrm{KL}(p \,\|\, q) = \sum p \log (p / q)$; +inf where the student rules out p > 0.

    Hinton, Vinyals and Dean, *Distilling the Knowledge in a Neural Network*, 2015, section 2.
    """
    p, q = log_p.exp(), log_q.exp()
    loss = kl_terms(p, q, log_ratio(log_q, log_p)).sum(-1)
    return loss, q - p


def reverse_kl(log_p: Tensor, log_q: Tensor) -> LossAndGradient:
    r"""$\mathrm{KL}(q \,\|\, p) = \sum q \log (q / p)$; +inf where the teacher rules out q > 0.

    Gu et al., *MiniLLM: Knowledge Distillation of Large Language Models*, 2024, equation 1.
    """
    p, q = log_p.exp(), log_q.exp()
    x = log_ratio(log_q, log_p)
    loss = kl_terms(q, p, -x).sum(-1)
    return loss, through_softmax(q, weighted(q, x))


def jsd(log_p: Tensor, log_q: Tensor, beta: float = 0.5) -> LossAndGradient:
    r"""$\beta\,\mathrm{KL}(p \,\|\, m) + (1-\beta)\,\mathrm{KL}(q \,\|\, m)$, m = βp + (1 − β)q.

    0 < β < 1. Never above the entropy of (β, 1 − β). Divided by β(1 − β) it tends to the forward KL
    as β goes to 0, and to the reverse KL as it goes to 1.
    Agarwal et al., *On-Policy Distillation of Language Models*, 2024, equation 2.
    """
    p, q = log_p.exp(), log_q.exp()
    m = beta * p + (1 - beta) * q
    m_to_p, m_to_q = mixture_ratios(log_p, log_q, beta)
    terms = beta * kl_terms(p, m, m_to_p) + (1 - beta) * kl_terms(q, m, m_to_q)
    return terms.sum(-1), through_softmax(q, (beta - 1) * weighted(q, m_to_q))


def skew_kl(log_p: Tensor, log_q: Tensor, alpha: float = 0.1) -> LossAndGradient:
    r"""$\mathrm{KL}(p \,\|\, \alpha p + (1-\alpha) q)$, finite whatever the student rules out.

    0 < α < 1. Ko et al., *DistiLLM: Towards Streamlined Distillation for Large Language Models*,
    2024, section 3.1.
    """
    p, q = log_p.exp(), log_q.exp()
    m = alpha * p + (1 - alpha) * q
    m_to_p, m_to_q = mixture_ratios(log_p, log_q, alpha)
    loss = kl_terms(p, m, m_to_p).sum(-1)
    # q·(1 − p/m): the softmax's gradient does not change with a constant, and so equality gives 0.
    share = torch.where(q > 0, (1 - alpha) * (q - p) * torch.exp(-m_to_q), 0.0)
    return loss, (1 - alpha) * through_softmax(q, share)


def total_variation(log_p: Tensor, log_q: Tensor) -> LossAndGradient:
    r"""$\frac12 \sum |p - q|$, between 0 and 1; where p = q the subgradient 0 is taken.

    Wen et al., *f-Divergence Minimization for Sequence-Level Knowledge Distillation*, 2023, sec. 3.
    """
    p, q = log_p.exp(), log_q.exp()
    difference = q - p
    return difference.abs().sum(-1) / 2, through_softmax(q, q * difference.sign() / 2)


# -- what they are made of ------------------------------------------------------------------------


def kl_terms(p: Tensor, q: Tensor, x: Tensor) -> Tensor:
    r"""$p\,(e^x - 1 - x)$ for x = log q − log p: the terms of KL(p‖q) [..., V], none negative.

    Where x is small, as a series: its digits would cancel. Elsewhere as q − p − p·x, which neither
    overflows nor loses the outcomes that only q has.
    """
    near = x.abs() < _NEAR
    small = torch.where(near, x, 0.0)
    far = torch.where(p > 0, q - p - p * x, q)
    return torch.where(near, p * small.square() * _series(small), far)


def log_ratio(log_a: Tensor, log_b: Tensor) -> Tensor:
    """The logarithm of a/b [..., V], and 0 where both are 0: no outcome, no difference."""
    return torch.where(log_a == log_b, 0.0, log_a - log_b)


def mixture_ratios(log_p: Tensor, log_q: Tensor, share: float) -> tuple[Tensor, Tensor]:
    """The logarithms of m/p and m/q [..., V], m = share·p + (1 − share)·q; exact where p = q.

    Each is computed from the side on which e^x cannot overflow.
    """
    x = log_ratio(log_q, log_p)
    from_p = torch.log1p((1 - share) * torch.expm1(x.clamp(max=0)))
    from_q = torch.log1p(share * torch.expm1(-x.clamp(min=0)))
    return torch.where(x > 0, from_q + x, from_p), torch.where(x < 0, from_p - x, from_q)


def weighted(q: Tensor, x: Tensor) -> Tensor:
    """q·x [..., V], and 0 where q is 0 whatever x is."""
    return torch.where(q > 0, q * x, 0.0)


def through_softmax(q: Tensor, slope: Tensor) -> Tensor:
    """The gradient for the student's logits [..., V], from its slope q·∂L/∂q for probabilities."""
    gradient = slope - q * slope.sum(-1, keepdim=True)
    gradient = torch.where(slope == torch.inf, torch.inf, gradient)
    return torch.where(q > 0, gradient, 0.0)


_NEAR = 0.5
_TERMS = {torch.float32: 8, torch.float64: 14}  # enough for the last digit where |x| < _NEAR


def _series(x: Tensor) -> Tensor:
    """(e^x − 1 − x) / x² = 1/2! + x/3! + x²/4! + … [..., V] by Horner's rule."""
    result = torch.zeros_like(x)
    for n in range(_TERMS[x.dtype], 0, -1):
        result = result * x + 1 / factorial(n + 1)
    return result
