"""Random inputs that leave no mistake a place to hide.

Two sizes that are equal, a temperature whose square is a size, or logits with equal row means would
each make some mistake invisible, so none is ever drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TypeAlias

import numpy as np

from course_lib.checks.compare import ATOL32

Generator: TypeAlias = np.random.Generator
Logits: TypeAlias = np.ndarray

_LOW = (0.6, 0.65, 0.7, 0.75, 0.8)
_MILD = (1.2, 1.3, 1.6)
_HIGH = (2.3, 2.6, 2.9, 3.3, 3.7)


def low_temperature(rng: Generator) -> float:
    """A temperature below 1, where the directions of KL differ most."""
    return float(rng.choice(_LOW))


def mild_temperature(rng: Generator) -> float:
    """A temperature between 1 and 2, and not 1/ln 2."""
    return float(rng.choice(_MILD))


def high_temperature(rng: Generator) -> float:
    """A temperature above 2; neither it nor its square is an integer."""
    return float(rng.choice(_HIGH))


def integer_temperature(rng: Generator) -> int:
    """A temperature that is an int and not 2, whose square is twice itself."""
    return int(rng.integers(3, 5))


def two_logits(rng: Generator, leading: int, avoid: Sequence[int] = ()) -> tuple[Logits, Logits]:
    """Teacher's and student's logits [..., V] with so many leading dimensions.

    All sizes and the number of positions are pairwise different, and none is in `avoid`. No row has
    the same mean in both.
    """
    return _two_logits(rng, _shape(rng, leading, avoid))


def square_logits(rng: Generator) -> tuple[Logits, Logits]:
    """As many positions as outcomes: a forgotten keepdim broadcasts silently here alone."""
    V = int(rng.integers(5, 8))
    return _two_logits(rng, (V, V))


def skewed_logits(rng: Generator) -> tuple[Logits, Logits]:
    """A teacher [N, V] that is sure of one outcome in each row, and a student that is not."""
    shape = _shape(rng, 1)
    z_t, z_s = rng.normal(0, 0.5, shape), rng.normal(0, 0.5, shape)
    sure_of = rng.integers(0, shape[-1], (*shape[:-1], 1))
    np.put_along_axis(z_t, sure_of, rng.uniform(3, 4, sure_of.shape), -1)
    return z_t, _apart(rng, z_t, z_s)


def shifted_logits(rng: Generator) -> tuple[Logits, Logits]:
    """Logits [N, V] with another constant added to each row, which changes no distribution."""
    z_t, z_s = two_logits(rng, 1)
    rows = (*z_t.shape[:-1], 1)
    up_or_down = rng.choice([-1, 1], rows)
    return (
        z_t + up_or_down * rng.uniform(20, 60, rows),
        z_s - up_or_down * rng.uniform(20, 60, rows),
    )


def _two_logits(rng: Generator, shape: tuple[int, ...]) -> tuple[Logits, Logits]:
    z_t, z_s = rng.normal(0, 1.5, shape), rng.normal(0, 1.5, shape)
    return z_t, _apart(rng, z_t, z_s)


def _shape(rng: Generator, leading: int, avoid: Sequence[int] = ()) -> tuple[int, ...]:
    while True:
        dimensions = [*map(int, rng.integers(2, 5, leading)), int(rng.integers(5, 9))]
        sizes = dimensions + ([prod(dimensions[:-1])] if leading > 1 else [])
        if len(set(sizes)) == len(sizes) and not set(sizes) & set(avoid):
            return tuple(dimensions)


def _apart(rng: Generator, z_t: Logits, z_s: Logits) -> Logits:
    """The student's logits with each row's mean moved to .5 to 2 beside the teacher's."""
    rows = (*z_t.shape[:-1], 1)
    beside = rng.uniform(0.5, 2, rows) * rng.choice([-1, 1], rows)
    return np.asarray(z_s + (z_t - z_s).mean(-1, keepdims=True) + beside)


def lowered(z: Logits, row: int, outcome: int, by: float) -> Logits:
    """A copy in which one outcome of a row lies so much lower than it was."""
    z = z.copy()
    z[row, outcome] -= by
    return z


def labels(rng: Generator, teacher: np.ndarray, V: int) -> np.ndarray:
    """Labels [...] of V outcomes, nowhere the `teacher`'s likeliest one [...]."""
    return np.asarray((teacher + rng.integers(1, V, teacher.shape)) % V)


def float32_atol(T: float) -> float:
    """What a right solution in float32 may be off by, in the loss's unit, beyond the relative."""
    return ATOL32 * T * T
