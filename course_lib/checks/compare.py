"""Compare a student's numbers with expected ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from course_lib.checks.table import Numbers
from course_lib.checks.values import Array, Value

RTOL = {"float64": 1e-6, "float32": 1e-4, "float16": 2e-2, "bfloat16": 5e-2}
"""Relative tolerance by the dtype of the result."""

SIGMAS = 4
"""So many standard deviations may lie between a number that was drawn and its average."""

ATOL32 = 2.5e-7
"""Added absolute tolerance of float32 results: a plain kd_loss loses that much per unit of T²."""


def numbers_of(value: Value, *, single: bool = False) -> tuple[Numbers, str] | None:
    """A result as arrays, with the coarsest floating dtype in it; None if it is not numeric.

    Python floats and ints count as float64, so that a function that promises a scalar may return
    one. Among several results a list of numbers, or of tensors of one shape, counts as an array,
    and None as NaN. `single` says that one thing was promised: a list is that thing then, and holds
    its numbers.
    """
    if single and isinstance(value, list):
        return _stacked(value)
    parts = value if isinstance(value, (tuple, list)) else (value,)
    arrays: list[np.ndarray] = []
    dtype = "float64"
    for part in parts:
        if isinstance(part, Array):
            arrays.append(part.data)
            if part.dtype in RTOL and RTOL[part.dtype] > RTOL[dtype]:
                dtype = part.dtype
        elif all(isinstance(n, (bool, int, float)) for n in _listed(part)):
            arrays.append(_array(part))
        elif part is None and part is not value:
            arrays.append(np.asarray(np.nan))
        elif isinstance(part, list) and (several := _stacked(part)) and len(several[0]) == 1:
            arrays.append(several[0][0])
            dtype = max(dtype, several[1], key=RTOL.__getitem__)
        else:
            return None
    return tuple(arrays), dtype


def _array(numbers: Any) -> np.ndarray:
    """One number or a list of them; an integer that no float64 can hold counts as infinite."""
    array = np.asarray(numbers)
    if array.dtype != object:
        return array
    finite = [_float(number) for number in array.flat]
    return np.asarray(finite).reshape(array.shape)


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _stacked(value: list[Value]) -> tuple[Numbers, str] | None:
    """A list of numbers or tensors of one shape as one array, with its coarsest dtype."""
    several = numbers_of(tuple(value))
    if several is None or len({each.shape for each in several[0]}) > 1:
        return several
    return (np.stack(several[0]) if value else np.zeros(0),), several[1]


def _listed(part: Value) -> list[Value]:
    return part if isinstance(part, list) else [part]


def close(
    got: np.ndarray,
    expected: np.ndarray,
    atol: float | np.ndarray = 1e-9,
    dtype: str = "float64",
) -> bool:
    """Same shape, same infinities, same NaNs, and finite numbers within tolerance.

    The relative tolerance is taken of each expected number; `atol` is added, in its unit.
    """
    if got.shape != expected.shape:
        return False
    return bool(near(got, expected, atol, dtype).all())


def near(got: np.ndarray, expected: np.ndarray, atol: float | np.ndarray, dtype: str) -> np.ndarray:
    """Number by number, what `close` asks of all; shapes are broadcast."""
    a, b = got.astype(np.float64), expected.astype(np.float64)
    # as np.isclose(..., equal_nan=True), which takes five times as long on a single number
    with np.errstate(invalid="ignore", over="ignore"):
        within = np.abs(a - b) <= atol + RTOL.get(dtype, 1e-6) * np.abs(b)
    return np.asarray((within & np.isfinite(b)) | (a == b) | (np.isnan(a) & np.isnan(b)))


def same_numbers(
    got: Numbers | None,
    expected: Numbers | None,
    atol: float = 1e-9,
    dtype: str = "float64",
    spread: Numbers | None = None,
) -> bool:
    """`close` for everything that a function returned. None, it raised, equals only None.

    `spread` is the standard deviation of each number that was drawn: `SIGMAS` of it are granted.
    """
    if got is None or expected is None:
        return got is expected
    spread = spread or tuple(np.zeros(()) for _ in expected)
    return len(got) == len(expected) and all(
        close(a, b, atol + SIGMAS * sd, dtype)
        for a, b, sd in zip(got, expected, spread, strict=True)
    )


def mean_kl(logits_p: np.ndarray, logits_q: np.ndarray) -> float:
    """KL(p‖q) in nats of two arrays of logits [..., V], the mean over rows.

    Rows where p is NaN throughout are not asked for. It is ∞ where no row is, and for other NaNs.
    """
    asked = ~np.isnan(logits_p).all(-1)
    log_p, log_q = (_log_softmax(z[asked].astype(np.float64)) for z in (logits_p, logits_q))
    with np.errstate(invalid="ignore"):
        kls = (np.exp(log_p) * (log_p - log_q)).sum(-1)
    return float("inf") if not kls.size or np.isnan(kls).any() else float(kls.mean())


def _log_softmax(z: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        shifted = z - z.max(-1, keepdims=True)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))
