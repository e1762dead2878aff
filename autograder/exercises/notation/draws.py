"""Random logits, tokens and masks that leave no mistake a place to hide.

Two sizes that are equal, a token that is the likeliest one anyway, or a mask whose rows count alike
would each make some mistake invisible, so none is ever drawn.
"""

from __future__ import annotations

from math import prod
from typing import TypeAlias

import numpy as np

Generator: TypeAlias = np.random.Generator


def logits(rng: Generator, leading: int, avoid: int = 0) -> np.ndarray:
    """Logits [..., V] within 3.6 of each other in a row, and each row away from 0.

    All sizes and the number of rows are pairwise different, and none is `avoid`. No probability is
    so small that 1e-8 added to it could be seen in its logarithm.
    """
    return _logits(rng, _shape(rng, leading, avoid))


def square_logits(rng: Generator) -> np.ndarray:
    """As many rows as outcomes: a forgotten keepdim broadcasts silently here alone."""
    V = int(rng.integers(4, 6))
    return _logits(rng, (V, V))


def far_logits(rng: Generator, *at: float) -> np.ndarray:
    """Rows [N, V], one near each of the given numbers, in any order."""
    z = _logits(rng, (len(at), int(rng.integers(5, 8))))
    return np.asarray(z + rng.permutation(at)[:, None])


def lowered(rng: Generator, by: float) -> np.ndarray:
    """Logits [N, V] in which one outcome of each row lies so much lower than it was."""
    z = logits(rng, 1)
    which = rng.integers(0, z.shape[-1], (*z.shape[:-1], 1))
    np.put_along_axis(z, which, np.take_along_axis(z, which, -1) - by, -1)
    return z


def _shape(rng: Generator, leading: int, avoid: int) -> tuple[int, ...]:
    while True:
        dimensions = [*map(int, rng.integers(2, 5, leading)), int(rng.integers(5, 8))]
        sizes = dimensions + ([prod(dimensions[:-1])] if leading > 1 else [])
        if len({avoid, *sizes}) == 1 + len(sizes):
            return tuple(dimensions)


def _logits(rng: Generator, of_shape: tuple[int, ...]) -> np.ndarray:
    rows = (*of_shape[:-1], 1)
    away = rng.uniform(0.5, 2, rows) * rng.choice([-1, 1], rows)
    return np.asarray(rng.uniform(-1.8, 1.8, of_shape) + away)


Sequences: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Logits [B, L, V], tokens [B, L], mask [B, L]."""


def sequences(rng: Generator, B: int, L: int, V: int) -> Sequences:
    """Sequences whose tokens are nowhere the likeliest; one row of the mask counts 1.

    The other rows count differently, none is full, and their sum is no size of the case.
    """
    z = rng.normal(0, 1.5, (B, L, V))
    y = (z.argmax(-1) + rng.integers(1, V, (B, L))) % V
    while True:
        counts = rng.permutation([1, *rng.choice(np.arange(2, L), B - 1, replace=B > L - 1)])
        if counts.sum() not in (B, L, V):
            return z, y, _mask(rng, counts, L)


def padded_sequences(rng: Generator, L: int, V: int) -> Sequences:
    """Three sequences: padded on the right, on the left, and with holes; NaN where they are.

    A shift does not carry the NaN of a whole padding into the answer, so both mistakes are seen.
    """
    z, y, mask = sequences(rng, 3, L, V)
    length = int(rng.integers(2, L - 1))
    mask[0], mask[1] = np.arange(L) < length, np.arange(L) >= L - length
    z[~mask] = np.nan
    return z, y, mask


def _mask(rng: Generator, counts: np.ndarray, L: int) -> np.ndarray:
    return np.stack([rng.permutation(np.arange(L) < count) for count in counts])
