"""Say what numbers without a name have to do with the right ones.

They may be the same in another shape, so many times as large, or off by the same amount: a thing is
said only if it is true of all cases.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib.checks.compare import RTOL, close
from course_lib.checks.table import Numbers

Pairs = Sequence[tuple[Numbers, Numbers]]
"""What came back and what was expected, for each case."""


def relation(pairs: Pairs) -> str:
    """A sentence about all of the pairs, or "" if none is true of them all."""
    flat = [_flat(*pair) for pair in pairs]
    known = [each for each in flat if each is not None]
    if len(known) < len(flat) or not known:
        return ""
    if all(close(a, b) for a, b in known):
        return "The numbers are right, but they are not in the shape that is asked for."
    yours, right = (np.concatenate(each) for each in zip(*known, strict=True))
    finite = np.isfinite(yours) & np.isfinite(right)
    if finite.sum() < 3 or not np.array_equal(yours[~finite], right[~finite], equal_nan=True):
        return ""
    return _factor(yours[finite], right[finite]) or _offset(yours[finite], right[finite])


def _flat(got: Numbers, expected: Numbers) -> tuple[np.ndarray, np.ndarray] | None:
    """Both end to end, if they hold equally many numbers."""
    a, b = (
        np.concatenate([each.ravel().astype(np.float64) for each in numbers] or [np.zeros(0)])
        for numbers in (got, expected)
    )
    return (a, b) if a.size == b.size else None


def _factor(yours: np.ndarray, right: np.ndarray) -> str:
    telling = np.abs(right) > 1e-6
    if telling.sum() < 3:
        return ""
    ratios = yours[telling] / right[telling]
    factor = float(np.median(ratios))
    rest = np.abs(yours[~telling]) <= 1e-6 * max(1.0, abs(factor))
    if factor == 0 or not (np.allclose(ratios, factor, rtol=10 * RTOL["float64"]) and rest.all()):
        return ""
    return f"Your numbers are {factor:.4g} times the right ones, in every case."


def _offset(yours: np.ndarray, right: np.ndarray) -> str:
    differences = yours - right
    offset = float(np.median(differences))
    if abs(offset) < 1e-6 or not np.allclose(differences, offset, rtol=0, atol=1e-6):
        return ""
    return f"Your numbers differ from the right ones by {offset:+.4g}, in every case."
