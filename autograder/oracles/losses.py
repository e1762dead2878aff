"""The divergences of `course_lib.losses` in extended precision: definitions, written as they are.

Independent of the implementations: sums of p log p, no series, no care for small differences.
NumPy's long double has 64 bits of mantissa on x86, where a small divergence keeps three digits more
than in float64; elsewhere it may be float64 itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray


def log_softmax(logits: Numbers) -> Numbers:
    """Log-probabilities [..., V] of logits [..., V]; -inf stays -inf."""
    x = np.asarray(logits, np.longdouble)
    x = x - x.max(-1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(-1, keepdims=True)))


def divergence(
    name: str, teacher: Numbers, student: Numbers, T: float = 1.0, share: float = 0.5
) -> tuple[Numbers, Numbers]:
    """Values [...] at temperature T, and their gradients [..., V] for the student's logits.

    `name` is a key of `DIVERGENCES`; `share` is the teacher's part in a mixture. There is no factor
    T² in it.
    """
    log_p = log_softmax(np.asarray(teacher, np.longdouble) / T)
    log_q = log_softmax(np.asarray(student, np.longdouble) / T)
    value, slope = DIVERGENCES[name]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        slopes = slope(log_p, log_q, share)
        gradient = slopes - np.exp(log_q) * slopes.sum(-1, keepdims=True)
        return value(log_p, log_q, share), gradient / T


def cross_entropy(labels: Numbers, student: Numbers) -> tuple[Numbers, Numbers]:
    """−log q(label) [...] for labels [...], and its gradient [..., V] for the student's logits."""
    log_q = log_softmax(student)
    labels = np.asarray(labels)[..., None]
    one_hot = np.arange(log_q.shape[-1]) == labels
    return -np.take_along_axis(log_q, labels, -1)[..., 0], np.exp(log_q) - one_hot


# -- values ------------------------------------------------------------------------------------


def _kl(log_p: Numbers, log_q: Numbers) -> Numbers:
    return np.asarray(_times(np.exp(log_p), log_p - log_q).sum(-1))


def _times(p: Numbers, x: Numbers) -> Numbers:
    """p·x, and 0 where p is 0 whatever x is."""
    return np.where(p > 0, p * x, 0)


def _mixture(log_p: Numbers, log_q: Numbers, share: float) -> Numbers:
    return np.asarray(np.log(share * np.exp(log_p) + (1 - share) * np.exp(log_q)))


def _jsd(log_p: Numbers, log_q: Numbers, share: float) -> Numbers:
    log_m = _mixture(log_p, log_q, share)
    return share * _kl(log_p, log_m) + (1 - share) * _kl(log_q, log_m)


def _total_variation(log_p: Numbers, log_q: Numbers, _: float) -> Numbers:
    return np.asarray(np.abs(np.exp(log_p) - np.exp(log_q)).sum(-1) / 2)


# -- slopes: q·∂L/∂q ----------------------------------------------------------------------------


def _slope_reverse(log_p: Numbers, log_q: Numbers, _: float) -> Numbers:
    return _times(np.exp(log_q), log_q - log_p + 1)


def _slope_jsd(log_p: Numbers, log_q: Numbers, share: float) -> Numbers:
    log_m = _mixture(log_p, log_q, share)
    return (1 - share) * _times(np.exp(log_q), log_q - log_m)


def _slope_skew(log_p: Numbers, log_q: Numbers, share: float) -> Numbers:
    log_m = _mixture(log_p, log_q, share)
    return -(1 - share) * _times(np.exp(log_q), np.exp(log_p - log_m))


def _slope_total_variation(log_p: Numbers, log_q: Numbers, _: float) -> Numbers:
    p, q = np.exp(log_p), np.exp(log_q)
    return np.asarray(q * np.sign(q - p) / 2)


Term = Callable[[Numbers, Numbers, float], Numbers]
DIVERGENCES: Mapping[str, tuple[Term, Term]] = {
    "forward_kl": (lambda p, q, _: _kl(p, q), lambda p, q, _: -np.exp(p)),
    "reverse_kl": (lambda p, q, _: _kl(q, p), _slope_reverse),
    "jsd": (_jsd, _slope_jsd),
    "skew_kl": (lambda p, q, share: _kl(p, _mixture(p, q, share)), _slope_skew),
    "total_variation": (_total_variation, _slope_total_variation),
}
