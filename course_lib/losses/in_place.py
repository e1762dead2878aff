r"""Divergences of a block of rows in few passes: the gradient is written over the student's logits.

Each function takes logits [n, V] of student and teacher, both over T, and `spare`, room for four
such blocks. It returns the losses [n] and leaves the gradients [n, V], up to a constant factor
(`slope`), in `student`; or it returns None and leaves `student` as it was where the formulas of
`divergences` are needed, for outcomes that are ruled out. What is short here is not exact for small
losses, whose digits would cancel: as soon as one of a block is, the block is summed term by term.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import torch
from torch import Tensor

InPlace: TypeAlias = Callable[[Tensor, Tensor, Tensor], Tensor | None]

SPARE = 4  # blocks
_SMALL = 0.1  # nats: below, a difference of sums has lost more than a float32's last digits
_FAR = 40.0  # nats: e⁴⁰ times the least normal float32 is nothing


def slope(divergence: str, share: float) -> float:
    """What the gradients left in `student` are still to be multiplied by."""
    slopes = {"jsd": 1 - share, "skew_kl": (1 - share) ** 2, "total_variation": 0.5}
    return slopes.get(divergence, 1.0)


def forward_kl_(student: Tensor, teacher: Tensor, spare: Tensor) -> Tensor | None:
    r"""$\log Z_s - \log Z_t - \sum p\,(s - t)$, with one exponential for each logit."""
    p, q, x, other = spare
    shift = _softmaxes(student, teacher, p, q, x)
    loss: Tensor = shift - torch.linalg.vecdot(p, x)
    if not loss.isfinite().all():
        return None
    if loss.min() < _SMALL:
        x -= shift[:, None]
        careful = _term_by_term(p, x, other)
        if careful is None:
            return None
        loss = careful
    torch.sub(q, p, out=student)
    return loss


def reverse_kl_(student: Tensor, teacher: Tensor, spare: Tensor) -> Tensor | None:
    r"""$\sum q x$ with $x = \log q - \log p$, and the gradient q·(x − loss)."""
    p, q, x, other = spare
    shift = _softmaxes(student, teacher, p, q, x)
    x -= shift[:, None]
    mean: Tensor = torch.linalg.vecdot(q, x)
    loss = mean
    if not loss.isfinite().all():
        return None
    if loss.min() < _SMALL:
        careful = _term_by_term(q, torch.neg(x, out=p), other)
        if careful is None:
            return None
        loss = careful
    torch.sub(x, mean[:, None], out=student)
    student *= q
    return loss


def jsd_(student: Tensor, teacher: Tensor, spare: Tensor, beta: float) -> Tensor | None:
    r"""$\sum m \log (q/m) + \beta\,\mathrm{KL}(p \,\|\, q)$, with one logarithm for each outcome.

    The logarithm of q/m is log(1 + βr) for r = (q − p)/m, which keeps its digits where q is near p.
    """
    p, q, x, log_q_m = spare
    shift = _softmaxes(student, teacher, p, q, x)
    kl = shift - torch.linalg.vecdot(p, x)
    torch.sub(q, p, out=x)
    x /= torch.add(p, q, alpha=(1 - beta) / beta, out=log_q_m)  # βr
    torch.log1p(x, out=log_q_m)
    of_p = torch.linalg.vecdot(p, log_q_m)
    log_q_m *= q
    of_q = log_q_m.sum(-1)
    loss: Tensor = beta * (of_p + kl) + (1 - beta) * of_q
    if not loss.isfinite().all():
        return None
    if loss.min() < _SMALL:
        x *= (beta - 1) / beta
        loss = beta * torch.linalg.vecdot(p, x.log1p_()) + (1 - beta) * of_q
        if loss.isnan().any():  # where p is nothing and q is not
            return None
        loss = loss.clamp(min=0)
    torch.addcmul(log_q_m, q, of_q[:, None], value=-1, out=student)
    return loss


def skew_kl_(student: Tensor, teacher: Tensor, spare: Tensor, alpha: float) -> Tensor | None:
    r"""$\sum p \log (p/m) + (m - p)$, whose terms are not negative, with one logarithm for each.

    The logarithm of p/m is log(1 − (1 − α)r) for r = (q − p)/m, and the gradient comes from r.
    """
    p, q, r, log_p_m = spare
    torch.softmax(teacher, -1, out=p)
    torch.softmax(student, -1, out=q)
    torch.sub(q, p, out=r)
    left_over = r.sum(-1)  # by rounding
    r /= torch.lerp(q, p, alpha, out=log_p_m)
    torch.mul(r, alpha - 1, out=log_p_m)
    log_p_m.clamp_(min=torch.finfo(r.dtype).eps - 1)  # where p is next to nothing, and p·log p too
    loss: Tensor = torch.linalg.vecdot(p, log_p_m.log1p_()) + (1 - alpha) * left_over
    if not loss.isfinite().all():  # where neither p nor q is anything
        return None
    r *= q
    torch.addcmul(r, q, r.sum(-1)[:, None], value=-1, out=student)
    return loss.clamp(min=0)


def total_variation_(student: Tensor, teacher: Tensor, spare: Tensor) -> Tensor:
    r"""$\frac12 \sum |q - p|$, for which there is nothing to be careful about."""
    difference, q, sign, _ = spare
    torch.softmax(teacher, -1, out=difference)
    torch.softmax(student, -1, out=q)
    torch.sub(q, difference, out=difference)
    torch.sign(difference, out=sign)
    sign *= q
    torch.addcmul(sign, q, sign.sum(-1)[:, None], value=-1, out=student)
    loss: Tensor = difference.abs_().sum(-1) / 2
    return loss


def _softmaxes(student: Tensor, teacher: Tensor, p: Tensor, q: Tensor, x: Tensor) -> Tensor:
    """Fill p, q and x = s − t [n, V]; returns log Z_s − log Z_t [n]."""
    torch.softmax(teacher, -1, out=p)
    torch.softmax(student, -1, out=q)
    torch.sub(student, teacher, out=x)
    return _log_sum(student, q) - _log_sum(teacher, p)


def _log_sum(logits: Tensor, softmax: Tensor) -> Tensor:
    """Log Σ eˣ [n], from the likeliest outcome of each row."""
    return logits.amax(-1) - softmax.amax(-1).log()


def _term_by_term(p: Tensor, x: Tensor, room: Tensor) -> Tensor | None:
    r"""$\sum p\,(e^x - 1 - x)$ [n]; None where p may be too small to hold p·eˣ = q."""
    if x.max() > _FAR:
        return None
    torch.expm1(x, out=room)
    room -= x
    found: Tensor = torch.linalg.vecdot(p, room).clamp(min=0)
    return found
