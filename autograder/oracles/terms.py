"""What is summed over the outcomes to compare two distributions, and over what it is summed.

Zeros are the difficult part. By convention 0·log 0 = 0, and p > 0 with q = 0 costs +∞; a guard says
what somebody's code does instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray

REDUCED: Mapping[str, Callable[[Numbers], Numbers]] = {
    "sum over V": lambda each: each.sum(-1),
    "mean over V": lambda each: each.mean(-1),
    "sum over all": lambda each: each.sum(),
    "mean over all": lambda each: each.mean(),
    "mean of rows": lambda each: each.sum(-1).mean(),
    "batchmean": lambda each: each.sum() / each.shape[0],
    "sum over first": lambda each: each.sum(0),
    "sum over second": lambda each: each.sum(1),
    "sum over classes": lambda each: each.sum(classes(each)),
    "mean over classes": lambda each: each.sum(classes(each)).mean(),
    "not reduced": lambda each: each,
    "but the last": lambda each: each[..., :-1].sum(-1),
    "first outcome": lambda each: each[..., 0],
    "first three": lambda each: each[..., :3].sum(-1),
}

# Added to a distribution inside its logarithm: to both, or to q alone. To replace what is less
# (clamp) comes to the same: the difference lies beyond the last digit that is compared.
_ADDED_TO_P = {f"ε = 1e-{n}": 10.0**-n for n in (6, 8, 9, 10, 12, 15)}
_ADDED_TO_Q = _ADDED_TO_P | {
    f"ε = 1e-{n} in q{rest}": 10.0**-n
    for n in (6, 8, 9, 10, 12, 15)
    for rest in ("", ", NaN where p = 0")
}

# Put for a probability that is exactly 0, of both distributions, before anything is computed.
_IN_PLACE_OF_0 = {f"0 → 1e-{n}": 10.0**-n for n in (6, 8, 9, 10, 12, 15)}

_LEAST_LOGARITHM = {"log q ≥ −100": -100.0, "log₂ q ≥ −100": -100.0 * np.log(2)}

# Nearly the largest float, which nan_to_num puts for ∞: equal within the tolerance, and rounding
# does not make it infinite again.
_HUGE = (1 - 2e-7) * float(np.finfo(np.float64).max)


@dataclass(frozen=True, eq=False)
class Two:
    """Two distributions, [..., V] each, and what is done where probabilities are 0."""

    p: Numbers
    q: Numbers
    guard: str

    @property
    def log_p(self) -> Numbers:
        return np.asarray(np.log(self._without_zeros(self.p) + _ADDED_TO_P.get(self.guard, 0.0)))

    @property
    def log_q(self) -> Numbers:
        q = self._without_zeros(self.q)
        if self.guard == "tiny q clamped":  # torch.distributions: to the precision of the dtype
            q = np.where(q > 0, np.maximum(q, np.finfo(np.float64).eps), 0.0)
        log_q = np.log(q + _ADDED_TO_Q.get(self.guard, 0.0))
        return np.asarray(np.maximum(log_q, _LEAST_LOGARITHM.get(self.guard, -np.inf)))

    def _without_zeros(self, p: Numbers) -> Numbers:
        return np.asarray(np.where(p == 0, _IN_PLACE_OF_0.get(self.guard, 0.0), p))

    @property
    def ratio(self) -> Numbers:
        return np.asarray(self.log_p - self.log_q)

    def weighted(self, weights: Numbers, logs: Numbers) -> Numbers:
        """What is summed, [..., V]: weights · logs, with 0·log 0 as the guard has it."""
        terms = weights * logs
        if self.guard == "none" or self.guard.endswith("NaN where p = 0"):
            return np.asarray(terms)
        if self.guard == "nan_to_num":
            return np.asarray(np.nan_to_num(terms, posinf=_HUGE, neginf=-_HUGE))
        if self.guard == "∞ everywhere" and (self.q == 0).any():
            return np.full(terms.shape, np.inf)
        zero = weights == 0
        if self.guard == "NaN where both are 0":
            # xlogy(p, p) − p·log q: the second term is 0·(−∞) there
            zero = zero & ((self.p > 0) | (self.q > 0))
        if self.guard == "skips q = 0":
            zero = zero | (self.q == 0)
        if self.guard == "∞ where q = 0":
            return np.asarray(np.where(self.q == 0, _infinite(logs), np.where(zero, 0.0, terms)))
        return np.asarray(np.where(zero, 0.0, terms))


def _infinite(logs: Numbers) -> Numbers:
    """−∞ where the logarithm is that, and +∞ for a ratio, 0 : 0 included."""
    return np.asarray(np.where(np.isneginf(logs), -np.inf, np.inf))


def classes(each: Numbers) -> int:
    """Where PyTorch's classification losses look for the outcomes: dimension 1, if there is one."""
    return min(1, each.ndim - 1)


def _top(p: Numbers) -> Numbers:
    """True at the likeliest outcome of each row."""
    return np.asarray(np.eye(p.shape[-1], dtype=bool)[p.argmax(-1)])


def _of_others(two: Two) -> Numbers:
    """The terms of a binary cross-entropy for that an outcome does not happen."""
    others = Two(1 - two.p, 1 - two.q, two.guard)
    return -others.weighted(others.p, others.log_q)


# The cross-entropy by outcome, [..., V], before it is summed.
SURPRISES: Mapping[str, Callable[[Two], Numbers]] = {
    "−Σ p log q": lambda two: -two.weighted(two.p, two.log_q),
    "KL": lambda two: two.weighted(two.p, two.ratio),
    "entropy of p": lambda two: -two.weighted(two.p, two.log_p),
    "top": lambda two: -np.where(_top(two.p), two.log_q, 0.0),
    "top, weighted": lambda two: -np.where(_top(two.p), two.p * two.log_q, 0.0),
    "not weighted": lambda two: -two.log_q,
    "log of the sum": lambda two: two.p * two.q,
    "logarithm missing": lambda two: -two.p * two.q,
    "entropy of q": lambda two: -two.weighted(two.q, two.log_q),
    "weighted twice": lambda two: -two.weighted(two.p**2, two.log_q),
    "binary": lambda two: _of_others(two) - two.weighted(two.p, two.log_q),
}

# KL by outcome, [..., V], before it is summed. F.kl_div(input, target) is
# target·(log target − input).
DIVERGENCES: Mapping[str, Callable[[Two], Numbers]] = {
    "KL": lambda two: two.weighted(two.p, two.ratio),
    "symmetrised": lambda two: 0.5 * _both_directions(two),
    "both directions": lambda two: _both_directions(two),
    "absolute terms": lambda two: np.abs(two.weighted(two.p, two.ratio)),
    "positive terms": lambda two: np.maximum(two.weighted(two.p, two.ratio), 0.0),
    "cross-entropy": lambda two: -two.weighted(two.p, two.log_q),
    "not weighted": lambda two: two.ratio,
    "weighted by q": lambda two: two.weighted(two.q, two.ratio),
    "H(p, q) + H(p)": lambda two: -two.weighted(two.p, two.log_p + two.log_q),
    "H(q) − H(p)": lambda two: two.weighted(two.p, two.log_p) - two.weighted(two.q, two.log_q),
    "weighted twice": lambda two: two.weighted(two.p**2, two.ratio),
    "log p / log q": lambda two: two.weighted(two.p, two.log_p / two.log_q),
    "log p weighted alone": lambda two: two.weighted(two.p, two.log_p) - two.log_q,
    "p (p − q)": lambda two: two.p * (two.p - two.q),
    "χ²": lambda two: _squared(two.p - two.q, two.q),
    "½ χ²": lambda two: 0.5 * _squared(two.p - two.q, two.q),
    "½ (√p − √q)²": lambda two: 0.5 * (np.sqrt(two.p) - np.sqrt(two.q)) ** 2,
    "½ |p − q|": lambda two: 0.5 * np.abs(two.p - two.q),
    "kl_div(q, p)": lambda two: two.weighted(two.p, two.log_p) - two.p * two.q,
    "kl_div(log q, log p)": lambda two: two.log_p * (np.log(two.log_p) - two.log_q),
}


def _squared(difference: Numbers, by: Numbers) -> Numbers:
    """The square of a difference over a probability; 0 where both are 0."""
    return np.asarray(np.where(difference == 0, 0.0, difference**2 / by))


def _both_directions(two: Two) -> Numbers:
    return np.asarray(two.weighted(two.p, two.ratio) + two.weighted(two.q, -two.ratio))
