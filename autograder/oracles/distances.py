"""Ways to say how far apart two distributions are, with every way to get them wrong.

Plain NumPy in float64, independent of torch; probabilities in, nats out. Each keyword is one
decision that whoever writes the function has to take. Its default is the right one, so that a call
without keywords is the truth; each other value is a mistake that students make; two moved at once
are two mistakes.

Conventions: 0·log 0 = 0, and an outcome that happens (p > 0) though q rules it out (q = 0) costs
+∞. Lin, *Divergence measures based on the Shannon entropy* (IEEE Trans. Inf. Theory, 1991).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from autograder.oracles.notation import raises_as_torch_does

Numbers: TypeAlias = np.ndarray

# -- what is shared: sums over outcomes, and zeros ---------------------------------------------

_REDUCED: Mapping[str, Callable[[Numbers], Numbers]] = {
    "sum over V": lambda each: each.sum(-1),
    "mean over V": lambda each: each.mean(-1),
    "sum over all": lambda each: each.sum(),
    "mean over all": lambda each: each.mean(),
    "mean of rows": lambda each: each.sum(-1).mean(),
    "batchmean": lambda each: each.sum() / each.shape[0],
    "sum over first": lambda each: each.sum(0),
    "sum over second": lambda each: each.sum(1),
    "sum over classes": lambda each: each.sum(_classes(each)),
    "mean over classes": lambda each: each.sum(_classes(each)).mean(),
    "not reduced": lambda each: each,
}
_BASES = {"e": 1.0, "2": np.log(2)}
_SIGNS = {"+": 1, "−": -1}

# Added to a distribution inside its logarithm: to both, or to q alone. To replace what is less
# (clamp) comes to the same: the difference lies beyond the last digit that is compared.
_ADDED_TO_P = {f"ε = 1e-{n}": 10.0**-n for n in (6, 8, 9, 10, 12, 15)}
_ADDED_TO_Q = _ADDED_TO_P | {
    f"ε = 1e-{n} in q{rest}": 10.0**-n
    for n in (6, 8, 9, 10, 12, 15)
    for rest in ("", ", NaN where p = 0")
}

# Nearly the largest float, which nan_to_num puts for ∞: equal within the tolerance, and rounding
# does not make it infinite again.
_HUGE = (1 - 2e-7) * float(np.finfo(np.float64).max)


def _weighted(weights: Numbers, logs: Numbers, guard: str, both: Numbers) -> Numbers:
    """What is summed, [..., V]: weights · logs. `both` says where both distributions are 0."""
    terms = weights * logs
    if guard == "none" or guard.endswith("NaN where p = 0"):
        return terms
    if guard == "nan_to_num":
        return np.asarray(np.nan_to_num(terms, posinf=_HUGE, neginf=-_HUGE))
    zero = weights == 0
    if guard == "NaN where both are 0":  # xlogy(p, p) − p·log q: its second term is 0·(−∞) there
        zero = zero & ~both
    return np.asarray(np.where(zero, 0.0, terms))


def _log_p(p: Numbers, guard: str) -> Numbers:
    return np.asarray(np.log(p + _ADDED_TO_P.get(guard, 0.0)))


def _log_q(q: Numbers, guard: str) -> Numbers:
    return np.asarray(np.log(q + _ADDED_TO_Q.get(guard, 0.0)))


def _softmaxed(p: Numbers, axis: int = -1) -> Numbers:
    e = np.exp(p)
    return np.asarray(e / e.sum(axis, keepdims=True))


def _classes(each: Numbers) -> int:
    """Where PyTorch's classification losses look for the outcomes: dimension 1, if there is one."""
    return min(1, each.ndim - 1)


# -- entropy and cross-entropy -----------------------------------------------------------------


def entropy(p: Numbers) -> Numbers:
    """−Σ p log p, in nats: [..., V] -> [...]. The worked example: it has no switches."""
    return cross_entropy(p, p)


@raises_as_torch_does
def cross_entropy(
    p: Numbers,
    q: Numbers,
    *,
    order: str = "p, q",
    compare: str = "−Σ p log q",
    fed: str = "probabilities",
    guard: str = "0·log 0 = 0",
    over: str = "sum over V",
    sign: str = "+",
    base: str = "e",
) -> Numbers:
    """−Σ p log q, in nats: [..., V] twice -> [...]."""
    if order == "q, p":
        p, q = q, p
    if fed in ("q softmaxed", "both softmaxed"):
        q = _softmaxed(q)
    if fed == "both softmaxed":
        p = _softmaxed(p)
    if fed == "q softmaxed over classes":
        q = _softmaxed(q, _classes(q))
    if fed == "q normalised over classes":
        q = q / q.sum(_classes(q), keepdims=True)
    each = _surprise(p, q, compare, guard)
    if guard == "skips q = 0":
        each = np.where(q == 0, 0.0, each)
    result = _REDUCED[over](each)
    result = -np.log(result) if compare == "log of the sum" else result
    return np.asarray(_SIGNS[sign] * result / _BASES[base])


def _surprise(p: Numbers, q: Numbers, compare: str, guard: str) -> Numbers:
    """The cross-entropy by outcome, [..., V], before it is summed."""
    log_q, both = _log_q(q, guard), (p == 0) & (q == 0)
    top = np.eye(p.shape[-1])[p.argmax(-1)]
    if compare == "KL":
        return _weighted(p, _log_p(p, guard) - log_q, guard, both)
    if compare == "entropy of p":
        return -_weighted(p, _log_p(p, guard), guard, both)
    if compare == "top":
        return -np.asarray(np.where(top == 1, log_q, 0.0))
    if compare == "top, weighted":
        return -np.asarray(np.where(top == 1, p * log_q, 0.0))
    if compare == "not weighted":
        return -log_q
    if compare == "log of the sum":
        return p * q
    if compare == "binary":
        of_others = _weighted(1 - p, _log_q(1 - q, guard), guard, (p == 1) & (q == 1))
        return -_weighted(p, log_q, guard, both) - of_others
    return -_weighted(p, log_q, guard, both)


# -- KL ----------------------------------------------------------------------------------------


@raises_as_torch_does
def kl(
    p: Numbers,
    q: Numbers,
    *,
    direction: str = "p‖q",
    compare: str = "KL",
    fed: str = "probabilities",
    guard: str = "0·log 0 = 0",
    over: str = "sum over V",
    sign: str = "+",
    base: str = "e",
) -> Numbers:
    """Σ p log(p/q), in nats: [..., V] twice -> [...]; +∞ where p > 0 meets q = 0."""
    if direction == "q‖p":
        p, q = q, p
    if fed == "both softmaxed":
        p, q = _softmaxed(p), _softmaxed(q)
    if fed == "q softmaxed":
        q = _softmaxed(q)
    each = _divergence(p, q, compare, guard)
    if guard == "skips q = 0":
        each = np.where(q == 0, 0.0, each)
    return np.asarray(_SIGNS[sign] * _REDUCED[over](each) / _BASES[base])


def _divergence(p: Numbers, q: Numbers, compare: str, guard: str) -> Numbers:
    """KL by outcome, [..., V], before it is summed."""
    log_p, log_q = _log_p(p, guard), _log_q(q, guard)
    both = (p == 0) & (q == 0)

    def weighted(weights: Numbers, logs: Numbers) -> Numbers:
        return _weighted(weights, logs, guard, both)

    ratio = log_p - log_q
    if compare == "symmetrised":
        return 0.5 * (weighted(p, ratio) + weighted(q, -ratio))
    if compare == "both directions":
        return weighted(p, ratio) + weighted(q, -ratio)
    if compare == "absolute terms":
        return np.abs(weighted(p, ratio))
    if compare == "cross-entropy":
        return -weighted(p, log_q)
    if compare == "not weighted":
        return ratio
    if compare == "weighted by q":
        return weighted(q, ratio)
    if compare == "H(q) − H(p)":
        return weighted(p, log_p) - weighted(q, log_q)
    # F.kl_div(input, target) is target·(log target − input)
    if compare == "kl_div(q, p)":
        return weighted(p, log_p) - p * q
    if compare == "kl_div(log q, log p)":
        return log_p * (np.log(log_p) - log_q)
    return weighted(p, ratio)


# -- Jensen and Shannon ------------------------------------------------------------------------

_WEIGHTS_OF_TERMS = {
    "½, ½": (0.5, 0.5), "1, 1": (1.0, 1.0), "½, 0": (0.5, 0.0), "1, 0": (1.0, 0.0),
    "0, 1": (0.0, 1.0),
}  # fmt: skip


@raises_as_torch_does
def js(
    p: Numbers,
    q: Numbers,
    *,
    mixture: str = "½(p + q)",
    compare: str = "KL(·‖m)",
    weights: str = "½, ½",
    guard: str = "0·log 0 = 0",
    over: str = "sum over V",
    root: str = "none",
    sign: str = "+",
    base: str = "e",
) -> Numbers:
    """½KL(p‖m) + ½KL(q‖m) with m = ½(p + q), in nats: [..., V] twice -> [...]."""
    m = _mixture_of_two(p, q, mixture)
    term = {
        "KL(·‖m)": lambda one, other: _divergence(one, m, "KL", guard),
        "KL(m‖·)": lambda one, other: _divergence(m, one, "KL", guard),
        "KL(p‖q)": lambda one, other: _divergence(one, other, "KL", guard),
        "cross-entropy": lambda one, other: _divergence(one, m, "cross-entropy", guard),
    }[compare]
    of_p, of_q = _WEIGHTS_OF_TERMS[weights]
    # a term of weight 0 is not computed at all: it may be infinite
    each = sum(w * term(*pair) for w, pair in ((of_p, (p, q)), (of_q, (q, p))) if w)
    result = _SIGNS[sign] * _REDUCED[over](np.asarray(each)) / _BASES[base]
    return np.asarray(np.sqrt(result) if root == "square root" else result)


def _mixture_of_two(p: Numbers, q: Numbers, mixture: str) -> Numbers:
    if mixture == "geometric":
        m = np.sqrt(p * q)
        return np.asarray(m / m.sum(-1, keepdims=True))
    return p + q if mixture == "p + q" else 0.5 * (p + q)


# -- total variation ---------------------------------------------------------------------------

_DIFFERENCES: Mapping[str, Callable[[Numbers], Numbers]] = {
    "|p − q|": np.abs,
    "p − q": lambda d: d,
    "(p − q)²": np.square,
}


@raises_as_torch_does
def tvd(
    p: Numbers,
    q: Numbers,
    *,
    fed: str = "probabilities",
    each: str = "|p − q|",
    over: str = "sum over V",
    factor: str = "½",
    root: str = "none",
    sign: str = "+",
) -> Numbers:
    """½ Σ|p − q|: [..., V] twice -> [...]."""
    if fed == "logarithms":
        p, q = np.log(p), np.log(q)
    if fed == "softmaxed":
        p, q = _softmaxed(p), _softmaxed(q)
    terms = _DIFFERENCES[each](p - q)
    result = terms.max(-1) if over == "largest" else _REDUCED[over](terms)
    result = np.sqrt(result) if root == "square root" else result
    return np.asarray(_SIGNS[sign] * {"½": 0.5, "1": 1.0}[factor] * result)


# -- the best student --------------------------------------------------------------------------

_FLOORS: Mapping[str, Callable[..., Numbers]] = {
    "Σ w KL(P‖m)": lambda P, w, m, guard: w @ _rows(P, m, guard),
    "mean of KL(P‖m)": lambda P, w, m, guard: _rows(P, m, guard).mean(),
    "Σ KL(P‖m)": lambda P, w, m, guard: _rows(P, m, guard).sum(),
    "largest KL(P‖m)": lambda P, w, m, guard: _rows(P, m, guard).max(),
    "Σ w KL(m‖P)": lambda P, w, m, guard: w @ _rows(m, P, guard),
    "H(m) − Σ w H(P)": lambda P, w, m, guard: _entropy(m, guard) - w @ _entropy(P, guard),
    "H(m) − mean of H(P)": lambda P, w, m, guard: _entropy(m, guard) - _entropy(P, guard).mean(),
    "H(m)": lambda P, w, m, guard: _entropy(m, guard),
    "Σ w H(P)": lambda P, w, m, guard: w @ _entropy(P, guard),
    "H(w)": lambda P, w, m, guard: _entropy(w, guard),
}


_MIXTURES: Mapping[str, Callable[[Numbers, Numbers], Numbers]] = {
    "Σ w P": lambda P, w: w @ P,
    "mean of P": lambda P, w: P.mean(0),
    "Σ P": lambda P, w: P.sum(0),
    "geometric": lambda P, w: _geometric(P, w),
    "geometric, unweighted": lambda P, w: _geometric(P, np.full(len(w), 1 / len(w))),
    "likeliest context": lambda P, w: P[w.argmax()],
    "of the argmaxes": lambda P, w: w @ np.eye(P.shape[-1])[P.argmax(-1)],
    "w on the columns": lambda P, w: (P * w).sum(0),
    "P w": lambda P, w: P @ w,
}


@raises_as_torch_does
def best_student(
    P: Numbers,
    w: Numbers,
    *,
    mixture: str = "Σ w P",
    floor: str = "Σ w KL(P‖m)",
    guard: str = "0·log 0 = 0",
    sign: str = "+",
    base: str = "e",
    gives: str = "m, floor",
) -> tuple[Numbers, ...]:
    """Give the mixture m = Σ w_k P_k that no student beats, and the loss that remains.

    P [K, V], w [K] -> m [V] and floor [] = Σ w_k KL(P_k‖m) = H(m) − Σ w_k H(P_k), in nats. It is
    the mutual information of context and output.
    """
    m = _MIXTURES[mixture](P, w)
    remains = _SIGNS[sign] * np.asarray(_FLOORS[floor](P, w, m, guard)) / _BASES[base]
    return {"m, floor": (m, remains), "floor, m": (remains, m), "m": (m,)}[gives]


def _geometric(P: Numbers, w: Numbers) -> Numbers:
    """What the mean of the logits gives, w @ log P, normalised."""
    logs = w @ np.log(P)
    e = np.exp(logs - logs.max())
    return np.asarray(e / e.sum())


def _rows(P: Numbers, Q: Numbers, guard: str) -> Numbers:
    """KL of each context's row, [K]."""
    return np.asarray(_divergence(P, Q, "KL", guard).sum(-1))


def _entropy(p: Numbers, guard: str) -> Numbers:
    return np.asarray(-_weighted(p, _log_p(p, guard), guard, p == 0).sum(-1))
