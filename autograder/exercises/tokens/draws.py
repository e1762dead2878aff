"""Random tokens, masks and logits that leave no mistake a place to hide.

Sizes that are equal, rows with equal counts, equal pads for teacher and student: each would make
some mistake invisible, so none is ever drawn.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

Generator: TypeAlias = np.random.Generator
Numbers: TypeAlias = np.ndarray

WILD = 20
"""How many times larger logits in padding are: not enough to make a softmax round to 0 there."""


def different_ids(rng: Generator, *lengths: int) -> list[list[int]]:
    """Lists of token ids from 10 on, of these lengths; no id is there twice."""
    ids = iter(10 + rng.permutation(90))
    return [[int(next(ids)) for _ in range(length)] for length in lengths]


def sizes(rng: Generator) -> tuple[int, int, int]:
    """B < V < L, all different, and with masks of `counts` also from the number of answers."""
    V, L = sorted(map(int, rng.choice([5, 6, 7, 8], 2, replace=False)))
    return int(rng.integers(3, 5)), L, V


def counts(rng: Generator, B: int, most: int) -> Numbers:
    """How many answer tokens each row has, [B]: all different, one of them 1, one `most`.

    Row 0 has neither: a loss of row 0 alone would hide what its mean is divided by.
    """
    first, *between = rng.choice(np.arange(2, most), B - 2, replace=False)
    return np.array([first, *rng.permutation([1, most, *between])])


def left_mask(counts: Numbers, M: int) -> Numbers:
    """True in the first positions of each row, as many as it counts: [B] -> bool [B, M]."""
    return np.asarray(np.arange(M) < counts[:, None])


def spans(starts: Numbers, counts: Numbers, L: int) -> Numbers:
    """True from its start on in each row, for as many positions as it counts: bool [B, L]."""
    at = np.arange(L)
    return np.asarray((at >= starts[:, None]) & (at < (starts + counts)[:, None]))


def scattered_mask(rng: Generator, B: int, M: int) -> Numbers:
    """True here and there, with another count in each row, one of them 1: bool [B, M]."""
    mask = left_mask(counts(rng, B, M - 1), M)
    return np.asarray(rng.permuted(mask, axis=1))


def logits(rng: Generator, *shape: int) -> Numbers:
    """Logits of standard deviation 1.5."""
    return rng.normal(0, 1.5, shape)


def two_logits(rng: Generator, mask: Numbers, V: int) -> tuple[Numbers, Numbers]:
    """Teacher's and student's logits [B, M, V], both skewed, with wild numbers where mask is not.

    The wild ones differ between the two: equal ones would have KL 0, and hide that they count.
    """
    shape = (*mask.shape, V)
    z_t, z_s = rng.normal(0, 0.5, shape), rng.normal(0, 0.5, shape)
    sure_of = rng.integers(0, V, (*mask.shape, 1))
    np.put_along_axis(z_t, sure_of, rng.uniform(3, 4, sure_of.shape), -1)
    z_s = z_s + rng.uniform(0.5, 2, (*mask.shape, 1))  # row means are not alike
    pads = ~mask[..., None]
    return np.where(pads, WILD * logits(rng, *shape), z_t), np.where(
        pads, WILD * logits(rng, *shape), z_s
    )


def labels(rng: Generator, logits: Numbers) -> Numbers:
    """Ids [...], mostly not the likeliest outcome."""
    V = logits.shape[-1]
    return np.asarray((logits.argmax(-1) + rng.integers(1, V, logits.shape[:-1])) % V)


def columns_of_pads(mask: Numbers) -> int:
    """2 or 3, so that the padded rows are not as long as there are answers."""
    return 3 if mask.sum() == mask.shape[1] + 2 else 2


def append_pads(rng: Generator, of: Numbers, columns: int, wild: float = WILD) -> Numbers:
    """More columns at the end: wild logits [B, M, V], or False for a mask [B, M]."""
    if of.ndim == 2:
        return np.append(of, np.zeros((len(of), columns), of.dtype), 1)
    B, _, V = of.shape
    return np.append(of, wild * logits(rng, B, columns, V), 1)
