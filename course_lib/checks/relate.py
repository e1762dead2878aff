"""Say what numbers without a name have to do with the right ones.

They may be the same in another shape or order, so many times as large, off by the same amount, or
right but for a row. A thing is said only if it is true of all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from course_lib.checks.compare import RTOL
from course_lib.checks.table import Numbers
from course_lib.checks.values import Array, Value

IN_ANOTHER_SHAPE = "The numbers are right, but they are not in the shape that is asked for."
FEWEST = 3
"""So many numbers, or cases, have to agree before anything is said of them."""


@dataclass(frozen=True, eq=False)
class Related:
    """A case: its inputs, what came back and what was expected."""

    inputs: Mapping[str, Value]
    yours: Numbers
    right: Numbers


@dataclass(frozen=True, eq=False)
class _Pair:
    """One of the things that were returned in a case."""

    inputs: Mapping[str, Value]
    yours: np.ndarray
    right: np.ndarray
    rtol: float

    @property
    def flat(self) -> tuple[np.ndarray, np.ndarray]:
        return self.yours.ravel(), self.right.ravel()


def relation(cases: Sequence[Related], dtype: str = "float64") -> str:
    """A sentence about all of the cases, or "" if none is true of them all."""
    counts = {len(numbers) for each in cases for numbers in (each.yours, each.right)}
    if len(counts) != 1:
        return ""
    rtol = RTOL.get(dtype, RTOL["float64"])
    parts = [
        [
            _Pair(each.inputs, each.yours[k].astype(float), each.right[k].astype(float), rtol)
            for each in cases
        ]
        for k in range(counts.pop())
    ]
    said = [(k + 1, _of_one(part)) for k, part in enumerate(parts) if not _alike(part)]
    told = [s if len(parts) == 1 else f"Result {k}: {s}" for k, s in said if s]
    return " ".join(told)


def _of_one(pairs: Sequence[_Pair]) -> str:
    if any(pair.yours.size != pair.right.size for pair in pairs):
        return ""
    if any(pair.yours.shape != pair.right.shape for pair in pairs):
        return IN_ANOTHER_SHAPE if _same(pairs) else ""
    numbers = _told(_OF_NUMBERS, [_finite(p) for p in pairs]) if _finite_alike(pairs) else ""
    return numbers or _told(_OF_PLACES, pairs)


def _told(ways: Sequence[Callable[[Sequence[_Pair]], str]], pairs: Sequence[_Pair]) -> str:
    return next(filter(None, (say(pairs) for say in ways)), "")


def _near(a: np.ndarray, b: np.ndarray, rtol: float) -> np.ndarray:
    size = np.abs(b[np.isfinite(b)]).max(initial=0.0)
    atol = max(1e-9, rtol * min(1.0, size))  # small numbers are not all alike
    return np.asarray(np.isclose(a, b, rtol=10 * rtol, atol=atol, equal_nan=True))


def _alike(pairs: Sequence[_Pair]) -> bool:
    return all(p.yours.shape == p.right.shape for p in pairs) and _same(pairs)


def _same(pairs: Sequence[_Pair]) -> bool:
    return all(_near(*pair.flat, pair.rtol).all() for pair in pairs)


def _finite_alike(pairs: Sequence[_Pair]) -> bool:
    """Whether the two are infinite, or NaN, in the same places and in the same way."""
    yours, right = _all(pairs).flat
    odd = ~(np.isfinite(yours) & np.isfinite(right))
    return np.array_equal(yours[odd], right[odd], equal_nan=True)


def _finite(pair: _Pair) -> _Pair:
    yours, right = pair.flat
    kept = np.isfinite(yours) & np.isfinite(right)
    return replace(pair, yours=yours[kept], right=right[kept])


# -- of the numbers, end to end -----------------------------------------------------------------


def _all(pairs: Sequence[_Pair]) -> _Pair:
    """The numbers of all cases, end to end."""
    yours, right = (np.concatenate(each) for each in zip(*(p.flat for p in pairs), strict=True))
    return replace(pairs[0], yours=yours, right=right)


def _ratio(pair: _Pair) -> float | None:
    """So many times as large as the right ones are yours; None if that differs, or is about 0."""
    yours, right = pair.flat
    telling = np.abs(right) > 1e-6
    if not telling.any():
        return None
    factor = float(np.median(yours[telling] / right[telling]))
    if abs(factor) < 1e-6 or not _near(yours, factor * right, pair.rtol).all():
        return None
    return factor


def _constant(pairs: Sequence[_Pair]) -> str:
    every = _all(pairs)
    value = every.yours[:1]
    varied = len(np.unique(every.right.round(6))) >= FEWEST
    if not varied or not value.size or np.abs(every.yours - value).max() > 1e-9:
        return ""
    return f"Whatever the inputs, your numbers are {round(value.item(), 9):.4g}."


def _nearly(pairs: Sequence[_Pair]) -> str:
    every = _all(pairs)
    if not every.right.size or not np.allclose(
        every.yours, every.right, rtol=1e-3, atol=1e-4 * np.abs(every.right).max()
    ):
        return ""
    return "Your numbers are nearly the right ones, and not exact: an approximation, or rounding."


def _factor(pairs: Sequence[_Pair]) -> str:
    every = _all(pairs)
    factor = _ratio(every) if (np.abs(every.right) > 1e-6).sum() >= FEWEST else None
    return "" if factor is None else f"Your numbers are {factor:.4g} times the right ones."


def _offset(pairs: Sequence[_Pair]) -> str:
    every = _all(pairs)
    offset = float(np.median(every.yours - every.right)) if every.yours.size >= FEWEST else 0.0
    if abs(offset) < 1e-6 or not _near(every.yours - offset, every.right, every.rtol).all():
        return ""
    return f"Your numbers differ from the right ones by {offset:+.4g}."


_FUNCTIONS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "the exponentials of the right ones": np.exp,
    "the natural logarithms of the right ones": np.log,
    "the squares of the right ones": np.square,
    "the square roots of the right ones": np.sqrt,
    "1 over the right ones": np.reciprocal,
    "1 minus the right ones": lambda x: 1 - x,
    "the right ones without their signs": np.abs,
}


def _function(pairs: Sequence[_Pair]) -> str:
    every = _all(pairs)
    if len(np.unique(every.right.round(6))) < FEWEST:
        return ""
    with np.errstate(all="ignore"):
        found = [
            said
            for said, of in _FUNCTIONS.items()
            if _near(every.yours, of(every.right), every.rtol).all()
        ]
    return f"Your numbers are {found[0]}." if found else ""


_POWERS = {
    1.0: "times {}",
    -1.0: "divided by {}",
    2.0: "times the square of {}",
    -2.0: "divided by the square of {}",
    0.5: "times the root of {}",
    -0.5: "divided by the root of {}",
}
Sizes: TypeAlias = Mapping[str, float]


def _size_as_factor(pairs: Sequence[_Pair]) -> str:
    """Whether each case's factor is a power of some size of its inputs, up to one constant."""
    some = [(pair, _ratio(pair)) for pair in pairs if (np.abs(pair.right) > 1e-6).any()]
    factors = np.array([np.nan if factor is None else factor for _, factor in some])
    if np.isnan(factors).any():
        return ""
    for said, sizes in _common_sizes([pair for pair, _ in some]):
        for power, words in _POWERS.items():
            rest = factors / sizes**power
            if np.allclose(rest, rest[:1], rtol=10 * pairs[0].rtol, atol=0):
                constant = "" if np.isclose(rest[0], 1) else f"{rest[0]:.4g} times "
                return f"Your numbers are {constant}the right ones {words.format(said)}."
    return ""


def _size_as_offset(pairs: Sequence[_Pair]) -> str:
    """Whether each case is off by the logarithm of some size of its inputs."""
    off = [pair.yours - pair.right for pair in pairs if pair.yours.size]
    for said, sizes in _common_sizes([pair for pair in pairs if pair.yours.size]):
        for sign, words in ((1, "too large"), (-1, "too small")):
            logs = sign * np.log(sizes)
            if all(
                _near(d, np.array(log), pairs[0].rtol).all()
                for d, log in zip(off, logs, strict=True)
            ):
                return f"Your numbers are {words} by the natural logarithm of {said}."
    return ""


def _common_sizes(pairs: Sequence[_Pair]) -> Iterator[tuple[str, np.ndarray]]:
    """Sizes that all cases have, and that differ between cases: with their words."""
    every = [dict(_sizes(pair.inputs)) for pair in pairs]
    if len(every) < FEWEST:
        return
    for said in every[0]:
        if all(said in sizes for sizes in every):
            values = np.array([sizes[said] for sizes in every])
            if len(np.unique(values)) > 1:
                yield said, values


def _sizes(inputs: Mapping[str, Value]) -> Iterator[tuple[str, float]]:
    """Every size that code may multiply with by mistake, and how it is called."""
    for name, value in inputs.items():
        if isinstance(value, list) and value and isinstance(value[0], Array):  # a tree
            yield f"the length of {name}", len(value)
            yield f"the size of the last dimension of {name}", value[0].shape[-1]
            yield f"the number of sequences in {name}", value[-1].data.size
        elif isinstance(value, Array) and value.data.ndim:
            if value.data.dtype.kind == "b" and value.data.any():
                yield f"the number of true values in {name}", int(value.data.sum())
            if value.data.size:
                yield f"the size of the last dimension of {name}", value.shape[-1]
                yield f"the number of rows of {name}", value.data.size // value.shape[-1]
                yield f"the size of the first dimension of {name}", value.shape[0]
        elif isinstance(value, (int, float)) and value > 0:
            yield name, value


_OF_NUMBERS = (_constant, _nearly, _factor, _offset, _function, _size_as_factor, _size_as_offset)


# -- of their places ----------------------------------------------------------------------------


def _row_by_row(pairs: Sequence[_Pair]) -> str:
    """Whether each row, along the last dimension, is off by a factor or an amount of its own."""
    rows = [
        replace(pair, yours=yours, right=right)
        for pair in pairs
        if pair.right.ndim
        for yours, right in zip(
            pair.yours.reshape(-1, pair.yours.shape[-1]),
            pair.right.reshape(-1, pair.right.shape[-1]),
            strict=True,
        )
    ]
    if len(rows) < FEWEST or any(pair.right.shape[-1:] < (FEWEST,) for pair in pairs):
        return ""
    if not _finite_alike(rows):
        return ""
    rows = [_finite(row) for row in rows]
    if all(_ratio(row) is not None for row in rows):
        return "Each row is right up to a factor of its own: see what it is divided by."
    if all(np.ptp(row.yours - row.right) < 1e-6 for row in rows if row.yours.size):
        return "Each row is right up to an amount of its own: see what is subtracted from it."
    return ""


def _another_order(pairs: Sequence[_Pair]) -> str:
    ordered = [replace(p, yours=np.sort(p.flat[0]), right=np.sort(p.flat[1])) for p in pairs]
    several = all(len(np.unique(pair.right)) > 1 for pair in pairs)
    return "Your numbers are the right ones in another order." if several and _same(ordered) else ""


_AXES = {0: "first", -1: "last"}


def _but_for_an_end(pairs: Sequence[_Pair]) -> str:
    """Whether all is right but one end of a dimension, or nothing but that."""
    off = [~_near(pair.yours, pair.right, pair.rtol) for pair in pairs]
    if any(each.ndim == 0 or min(each.shape) < 2 for each in off):
        return ""
    ends = [
        (axis, index, f"the {place} entry of the {dimension} dimension")
        for axis, dimension in _AXES.items()
        for index, place in ((0, "first"), (-1, "last"))
    ]
    at = {of: [np.take(each, [index], axis) for each in off] for axis, index, of in ends}
    rest = {of: [np.delete(each, index, axis) for each in off] for axis, index, of in ends}
    for of in rest:
        if not any(each.any() for each in rest[of]) and all(each.any() for each in at[of]):
            return f"All is right but {of}."
    for of in at:
        if not any(each.any() for each in at[of]) and all(each.any() for each in rest[of]):
            return f"Of your numbers only {of} is right throughout."
    return ""


_OF_PLACES = (_another_order, _but_for_an_end, _row_by_row)
