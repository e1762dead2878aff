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
from autograder.oracles.terms import DIVERGENCES, REDUCED, SURPRISES, Two, classes

Numbers: TypeAlias = np.ndarray

_BASES = {"e": 1.0, "2": np.log(2), "10": np.log(10)}
_SIGNS = {"+": 1, "−": -1}


def _softmaxed(p: Numbers, axis: int = -1) -> Numbers:
    e = np.exp(p)
    return np.asarray(e / e.sum(axis, keepdims=True))


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
        q = _softmaxed(q, classes(q))
    if fed == "q normalised over classes":
        q = q / q.sum(classes(q), keepdims=True)
    if base == "2" and guard == "log q ≥ −100":  # the logarithm that is clamped has that base
        guard = "log₂ q ≥ −100"
    result = REDUCED[over](SURPRISES[compare](Two(p, q, guard)))
    result = -np.log(result) if compare == "log of the sum" else result
    return np.asarray(_SIGNS[sign] * result / _BASES[base])


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
    each = DIVERGENCES[compare](Two(p, q, guard))
    return np.asarray(_SIGNS[sign] * REDUCED[over](each) / _BASES[base])


# -- Jensen and Shannon ------------------------------------------------------------------------

_WEIGHTS_OF_TERMS = {
    "½, ½": (0.5, 0.5), "1, 1": (1.0, 1.0), "½, 0": (0.5, 0.0), "1, 0": (1.0, 0.0),
    "0, 1": (0.0, 1.0), "0, ½": (0.0, 0.5),
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
    if compare == "H(m) − H(p) − H(q)":
        whole = _entropy(m, guard) - _entropy(p, guard) - _entropy(q, guard)
        return np.asarray(_SIGNS[sign] * whole / _BASES[base])
    terms = [
        weight * DIVERGENCES[compare if compare in _OF_TERMS else "KL"](two)
        for weight, two in zip(
            _WEIGHTS_OF_TERMS[weights], _compared(p, q, m, compare, guard), strict=True
        )
        if weight  # a term of weight 0 may be infinite
    ]
    each = np.asarray(sum(terms))
    if guard == "common outcomes":
        each = np.where((p > 0) & (q > 0), each, 0.0)
    result = _SIGNS[sign] * REDUCED[over](each) / _BASES[base]
    return np.asarray(np.sqrt(result) if root == "square root" else result)


# What stands in each term for KL from the mixture, and, below, for that from one to the other.
_OF_TERMS = ("cross-entropy", "kl_div(q, p)", "½ (√p − √q)²", "½ |p − q|")


def _compared(p: Numbers, q: Numbers, m: Numbers, compare: str, guard: str) -> tuple[Two, Two]:
    """What the two terms compare."""
    if compare == "KL(m‖·)":
        return Two(m, p, guard), Two(m, q, guard)
    if compare == "KL(p‖m), KL(m‖q)":
        return Two(p, m, guard), Two(m, q, guard)
    if compare in ("KL(p‖q)", "½ (√p − √q)²", "½ |p − q|"):
        return Two(p, q, guard), Two(q, p, guard)
    return Two(p, m, guard), Two(q, m, guard)


def _mixture_of_two(p: Numbers, q: Numbers, mixture: str) -> Numbers:
    if mixture == "geometric":
        m = np.sqrt(p * q)
        return np.asarray(m / m.sum(-1, keepdims=True))
    return np.asarray(
        {"p + q": p + q, "p + ½q": p + 0.5 * q, "√pq": np.sqrt(p * q)}.get(mixture, 0.5 * (p + q))
    )


# -- total variation ---------------------------------------------------------------------------

_DIFFERENCES: Mapping[str, Callable[[Numbers], Numbers]] = {
    "|p − q|": np.abs,
    "p − q": lambda d: d,
    "(p − q)²": np.square,
    "|p − q|, sorted": np.abs,
    "max(p − q, 0)": lambda d: np.maximum(d, 0.0),
    "|Σ to here|": lambda d: np.abs(d.cumsum(-1)),
}
_FACTORS = {"½": 0.5, "1": 1.0, "√½": np.sqrt(0.5)}


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
    if fed == "roots":
        p, q = np.sqrt(p), np.sqrt(q)
    if each == "|p − q|, sorted":
        p, q = np.sort(p, -1), np.sort(q, -1)
    terms = np.minimum(p, q) if each == "min(p, q)" else _DIFFERENCES[each](p - q)
    result = terms.max(-1) if over == "largest" else REDUCED[over](terms)
    result = np.sqrt(result) if root == "square root" else result
    return np.asarray(_SIGNS[sign] * _FACTORS[factor] * result)


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
    "log V − H(m)": lambda P, w, m, guard: np.log(P.shape[-1]) - _entropy(m, guard),
    "Σ w KL(P‖m) / V": lambda P, w, m, guard: w @ _rows(P, m, guard) / P.shape[-1],
    "of even weights": lambda P, w, m, guard: _rows(P, P.mean(0), guard).mean(),
    "Σ w H(P)": lambda P, w, m, guard: w @ _entropy(P, guard),
    "H(w)": lambda P, w, m, guard: _entropy(w, guard),
    "of the weighted rows": lambda P, w, m, guard: _rows(w[:, None] * P, m, guard).sum(),
    "0": lambda P, w, m, guard: np.zeros(()),
}


_MIXTURES: Mapping[str, Callable[[Numbers, Numbers], Numbers]] = {
    "Σ w P": lambda P, w: w @ P,
    "mean of P": lambda P, w: P.mean(0),
    "Σ P": lambda P, w: P.sum(0),
    "geometric": lambda P, w: _geometric(P, w),
    "geometric, unweighted": lambda P, w: _geometric(P, np.full(len(w), 1 / len(w))),
    "likeliest context": lambda P, w: P[w.argmax()],
    "softmaxed": lambda P, w: _softmaxed(w @ P),
    "of the argmaxes": lambda P, w: w @ np.eye(P.shape[-1])[P.argmax(-1)],
    "w on the columns": lambda P, w: (P * w).sum(0),
    "P w": lambda P, w: P @ w,
}


@raises_as_torch_does
def best_student(
    P: Numbers,
    w: Numbers,
    *,
    weights: str = "w",
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
    w = {"softmaxed": _softmaxed(w), "even": np.full(len(w), 1 / len(w))}.get(weights, w)
    m = _mixture(P, w, mixture)
    remains = _SIGNS[sign] * np.asarray(_FLOORS[floor](P, w, m, guard)) / _BASES[base]
    return {"m, floor": (m, remains), "floor, m": (remains, m), "m": (m,)}[gives]


_IN_THE_LOGARITHM = {f"geometric, ε = 1e-{n}": 10.0**-n for n in (8, 9, 10, 12, 15, 30)}


def _mixture(P: Numbers, w: Numbers, mixture: str) -> Numbers:
    if mixture in _IN_THE_LOGARITHM:
        return _geometric(P + _IN_THE_LOGARITHM[mixture], w)
    return _MIXTURES[mixture](P, w)


def _geometric(P: Numbers, w: Numbers) -> Numbers:
    """What the mean of the logits gives, w @ log P, normalised."""
    logs = w @ np.log(P)
    e = np.exp(logs - logs.max())
    return np.asarray(e / e.sum())


def _rows(P: Numbers, Q: Numbers, guard: str) -> Numbers:
    """KL of each context's row, [K]."""
    return np.asarray(DIVERGENCES["KL"](Two(P, Q, guard)).sum(-1))


def _entropy(p: Numbers, guard: str) -> Numbers:
    return np.asarray(SURPRISES["entropy of p"](Two(p, p, guard)).sum(-1))
