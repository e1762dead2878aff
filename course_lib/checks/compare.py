"""Compare a student's numbers with expected ones."""

from __future__ import annotations

import numpy as np

from course_lib.checks.table import Numbers
from course_lib.checks.values import Array, Value

RTOL = {"float64": 1e-6, "float32": 1e-4, "float16": 2e-2, "bfloat16": 5e-2}
"""Relative tolerance by the dtype of the result."""

ATOL32 = 2.5e-7
"""Added absolute tolerance of float32 results: a plain kd_loss loses that much per unit of T²."""


def numbers_of(value: Value) -> tuple[Numbers, str] | None:
    """A result as arrays, with the coarsest floating dtype in it; None if it is not numeric.

    Python floats and ints count as float64, so that a function that promises a scalar may return
    one.
    """
    parts = value if isinstance(value, (tuple, list)) else (value,)
    arrays: list[np.ndarray] = []
    dtype = "float64"
    for part in parts:
        if isinstance(part, Array):
            arrays.append(part.data)
            if part.dtype in RTOL and RTOL[part.dtype] > RTOL[dtype]:
                dtype = part.dtype
        elif isinstance(part, (bool, int, float)):
            arrays.append(np.asarray(part))
        else:
            return None
    return tuple(arrays), dtype


def close(
    got: np.ndarray, expected: np.ndarray, atol: float = 1e-9, dtype: str = "float64"
) -> bool:
    """Same shape, same infinities, same NaNs, and finite numbers within tolerance.

    The relative tolerance is taken of each expected number; `atol` is added, in its unit.
    """
    if got.shape != expected.shape:
        return False
    a, b = got.astype(np.float64), expected.astype(np.float64)
    with np.errstate(invalid="ignore"):
        return bool(np.allclose(a, b, rtol=RTOL.get(dtype, 1e-6), atol=atol, equal_nan=True))


def same_numbers(
    got: Numbers | None, expected: Numbers | None, atol: float = 1e-9, dtype: str = "float64"
) -> bool:
    """`close` for everything that a function returned. None, it raised, equals only None."""
    if got is None or expected is None:
        return got is expected
    return len(got) == len(expected) and all(
        close(a, b, atol, dtype) for a, b in zip(got, expected, strict=True)
    )
