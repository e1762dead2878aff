"""Random distributions that leave no mistake a place to hide.

Nearly equal distributions hide the direction of KL, and tiny probabilities show an ε in a logarithm
on one seed and not on the next, so neither is drawn by chance: zeros and tiny numbers have cases of
their own.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import TypeAlias

import numpy as np

Generator: TypeAlias = np.random.Generator
Pair: TypeAlias = tuple[np.ndarray, np.ndarray]
"""p and q, both [..., V]."""

_SMALLEST = 0.03


def shape(rng: Generator, leading: int) -> tuple[int, ...]:
    """A shape [..., V]: sizes and number of rows pairwise different, V from 5 to 7.

    With V ≤ 3 the largest difference is the total variation distance, so V is never so small.
    """
    while True:
        dimensions = [*map(int, rng.integers(2, 5, leading)), int(rng.integers(5, 8))]
        sizes = dimensions + ([prod(dimensions[:-1])] if leading > 1 else [])
        if len(set(sizes)) == len(sizes):
            return tuple(dimensions)


def pair(rng: Generator, leading: int) -> Pair:
    """Two distributions [..., V], in every row far apart, and farther in one direction."""
    return _pairs(rng, shape(rng, leading))


def pair_of_float32(rng: Generator) -> Pair:
    """Two distributions [N, V] in steps of 1/4096: float32 holds them, and they sum to 1."""
    p, q = (np.round(each * 4096) / 4096 for each in pair(rng, 1))
    for each in (p, q):
        each[..., 0] += 1 - each.sum(-1)
    return p, q


def square_pair(rng: Generator) -> Pair:
    """As many rows as outcomes: sums over a wrong dimension have the right shape here alone."""
    V = int(rng.integers(4, 6))
    return _pairs(rng, (V, V))


def pair_with(rng: Generator, change: Callable[[np.ndarray, np.ndarray], None]) -> Pair:
    """Two distributions [N, V] of which the first row was changed in place, and normalised anew.

    A change is of the first outcome, which code that forgets outcomes does not forget: whether
    somebody leaves some out and stumbles over zeros besides is then the same on every seed.
    """
    p, q = pair(rng, 1)
    change(p[0], q[0])
    p[0] /= p[0].sum()
    q[0] /= q[0].sum()
    return p, q


def zero_in_p(p: np.ndarray, q: np.ndarray) -> None:
    """One outcome is impossible under p."""
    _put_first(int(q.argmax()), p, q)
    p[0] = 0.0


def zero_in_q(p: np.ndarray, q: np.ndarray) -> None:
    """The likeliest outcome of p is impossible under q."""
    _put_first(int(p.argmax()), p, q)
    q[0] = 0.0


def zero_in_both(p: np.ndarray, q: np.ndarray) -> None:
    """One outcome is impossible under both."""
    _put_first(int(q.argmin()), p, q)
    p[0] = q[0] = 0.0


def disjoint(p: np.ndarray, q: np.ndarray) -> None:
    """No outcome is possible under both."""
    p[::2] = 0.0
    q[1::2] = 0.0


def tiny_in_q(p: np.ndarray, q: np.ndarray) -> None:
    """The likeliest outcome of p has probability 1e-30 under q."""
    _put_first(int(p.argmax()), p, q)
    q[0] = 1e-30


def _put_first(outcome: int, p: np.ndarray, q: np.ndarray) -> None:
    """Let `outcome` and the first one change places."""
    for each in (p, q):
        each[[0, outcome]] = each[[outcome, 0]]


def contexts(rng: Generator, K: int, V: int) -> Pair:
    """One distribution for each of K contexts, P [K, V], and how often each occurs, w [K].

    All of w differ clearly, and no mean of P's rows is near another one.
    """
    while True:
        P = np.stack([_row(rng, V) for _ in range(K)])
        # some outcome is nobody's likeliest: a mixture of the likeliest ones rules it out
        if len(set(P.argmax(-1))) < V:
            return P, rng.permutation(_UNEVEN[K])


_UNEVEN = {
    2: np.array([0.3, 0.7]), 3: np.array([0.2, 0.3, 0.5]), 4: np.array([0.1, 0.15, 0.3, 0.45]),
    5: np.array([0.05, 0.1, 0.15, 0.3, 0.4]),
}  # fmt: skip


def _pairs(rng: Generator, of_shape: tuple[int, ...]) -> Pair:
    rows = [_pair_of_rows(rng, of_shape[-1]) for _ in range(prod(of_shape[:-1]))]
    p, q = np.stack(rows, axis=1)
    return p.reshape(of_shape), q.reshape(of_shape)


def _pair_of_rows(rng: Generator, V: int) -> Pair:
    while True:
        p, q = _row(rng, V), _row(rng, V)
        there, back = float(p @ np.log(p / q)), float(q @ np.log(q / p))
        # Σp/q and Σq/p are what an ε in a logarithm is multiplied by
        steep = (p / q).sum() > 60 * there or (q / p).sum() > 60 * back
        apart = min(there, back) > 0.2 and abs(there - back) > 0.05 * there
        if apart and not steep and abs(p @ np.log(p) - q @ np.log(q)) > 0.05:
            return p, q


def _row(rng: Generator, V: int) -> np.ndarray:
    while True:
        e = np.exp(rng.normal(0, 1.2, V))
        p = np.asarray(e / e.sum())
        if p.min() > _SMALLEST:
            return p
