"""Softmax, its logarithm and the probability of a sequence, with every way to get them wrong.

Plain NumPy in float64, independent of torch. Each keyword is one decision that whoever writes the
function has to take. Its default is the right one, so that a call without keywords is the truth;
each other value is a mistake that students make; two moved at once are two mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeAlias, TypeVar

import numpy as np

Numbers: TypeAlias = np.ndarray
P = ParamSpec("P")
R = TypeVar("R")


def raises_as_torch_does(function: Callable[P, R]) -> Callable[P, R]:
    """Turn NumPy's complaint about shapes and dimensions into ArithmeticError: such code raises."""

    @wraps(function)
    def wrapped(*arguments: P.args, **keywords: P.kwargs) -> R:
        try:
            return function(*arguments, **keywords)
        except (ValueError, IndexError) as error:  # NumPy's AxisError is both
            raise ArithmeticError(str(error)) from error

    return wrapped


# Over which axis is summed, and over which the maximum is taken that is subtracted before.
_OVER: Mapping[str, tuple[int | None, int | None]] = {
    "last": (-1, -1),
    "first": (0, 0),
    "first, shifted over last": (0, -1),
    "second": (1, 1),
    "second, shifted over last": (1, -1),
    "all": (None, None),
    "all, shifted over last": (None, -1),
}


def _axes(over: str, dimensions: int) -> tuple[int | None, int | None]:
    """What `_OVER` says, or the dimension that a library takes where none is named."""
    if over == "second, if there is one":
        return (min(1, dimensions - 1),) * 2
    if over == "none named":  # F.softmax(x): the second of two, else the first
        return (int(dimensions == 2),) * 2
    return _OVER[over]


# Whether the dimension is kept: by the maximum, by the sum.
_KEEPDIM: Mapping[str, tuple[bool, bool]] = {
    "both": (True, True),
    "not by the sum": (True, False),
    "not by the maximum": (False, True),
    "neither": (False, False),
    "not by their sum": (True, True),  # of maximum and logarithm: torch.logsumexp(x, -1)
}
_EXPONENTIALS: Mapping[str, Callable[[Numbers], Numbers]] = {
    "e^x": np.exp,
    "2^x": np.exp2,
    "x": lambda x: x,
    "e^−x": lambda x: np.exp(-x),
}


@raises_as_torch_does
def softmax(
    x: Numbers,
    T: float = 1.0,
    *,
    temper: str = "x / T",
    exponential: str = "e^x",
    over: str = "last",
    shift: str = "maximum",
    keepdim: str = "both",
    times: str = "once",
    total: str = "Σ",
    gives: str = "p",
) -> Numbers:
    """Probabilities of the logits x at temperature T, over the last dimension: [..., V] twice.

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    z = {"x / T": x / T, "x · T": x * T, "x / T²": x / T**2, "x // T": x // T,
         "x / max(T, 1)": x / max(T, 1)}.get(temper, x)  # fmt: skip
    if temper == "numerator":
        return _tempered_above(x, T, over, shift, keepdim)
    if shift == "maximum of x":  # and not of what is exponentiated, x / T
        z, shift = z - x.max(-1, keepdims=True), "none"
    p = _normalised(z, exponential, over, shift, keepdim)
    if total != "Σ":
        p = p / (1 + _one_over_sum(z, total))
    if temper == "p / T":
        p = p / T
    if temper == "p ** (1/T)":
        p = p ** (1 / T)
    if times == "twice":
        p = _normalised(p, exponential, over, shift, keepdim)
    return np.asarray(np.log(p) if gives == "log p" else p)


def _one_over_sum(z: Numbers, total: str) -> Numbers:
    """1 over Σ exp(z), or over Σ exp(z − max z), [..., 1]: what a 1 added to that sum is to it."""
    m = z.max(-1, keepdims=True)
    rest = 1 / np.exp(z - m).sum(-1, keepdims=True)
    return np.asarray(rest * np.exp(-m) if total == "1 + Σ" else rest)


def _tempered_above(x: Numbers, T: float, over: str, shift: str, keepdim: str) -> Numbers:
    """exp(x/T) over the sum of exp(x), both of x less the maximum or of x as it is."""
    if shift != "none":
        x = x - x.max(-1, keepdims=True)
    along, (_, keep_sum) = _axes(over, x.ndim)[0], _KEEPDIM[keepdim]
    return np.asarray(np.exp(x / T) / np.exp(x).sum(along, keepdims=keep_sum))


def _normalised(z: Numbers, exponential: str, over: str, shift: str, keepdim: str) -> Numbers:
    along, shifted_over = _axes(over, z.ndim)
    keep_maximum, keep_sum = _KEEPDIM[keepdim]
    if shift == "maximum" and exponential != "x":
        extreme = np.min if exponential == "e^−x" else np.max
        z = z - extreme(z, axis=shifted_over, keepdims=keep_maximum)
    if shift == "maximum of all":
        z = z - z.max()
    if shift == "mean":
        z = z - z.mean(-1, keepdims=True)
    if shift == "clamped":
        z = np.clip(z, -80, 80)
    e = _EXPONENTIALS[exponential](z)
    total = e.sum(along, keepdims=keep_sum)
    p = e / (total + 1e-8 if shift == "none, + ε" else total)
    return np.asarray(np.nan_to_num(p, nan=0.0) if shift == "none, NaN → 0" else p)


# Nearly the largest float, which nan_to_num puts for ∞: equal within the tolerance.
_HUGE = (1 - 2e-7) * float(np.finfo(np.float64).max)

# What somebody puts for a logit of −∞ before anything is computed.
_RULED_OUT = {"−∞": -np.inf, "0": 0.0, "−10⁴": -1e4, "−10⁹": -1e9}
_BASES = {"e": 1.0, "2": np.log(2), "10": np.log(10)}

_ADDED_BEFORE_LOG = {
    "log p": 0.0,
    **{f"log(p + 1e-{n})": 10.0**-n for n in (6, 8, 9, 10, 12, 15)},
}


@raises_as_torch_does
def log_softmax(
    x: Numbers,
    *,
    fed: str = "x",
    by: str = "x − lse",
    over: str = "last",
    shift: str = "maximum",
    keepdim: str = "both",
    gives: str = "log p",
    least: str = "−∞",
    ruled_out: str = "−∞",
    base: str = "e",
) -> Numbers:
    """Log-probabilities of the logits x, over the last dimension, in nats: [..., V] twice.

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    x = np.where(np.isneginf(x), _RULED_OUT[ruled_out], x)
    z = _normalised(x, "e^x", "last", "maximum", "both") if fed == "p" else x
    if by in _ADDED_BEFORE_LOG:
        p = _normalised(z, "e^x", over, shift, keepdim)
        log_p = np.log(p + _ADDED_BEFORE_LOG[by])
    else:
        log_p = z - _log_sum_exp(z, by, over, shift, keepdim)
    if least == "−100":
        log_p = np.maximum(log_p, -100.0)
    if least == "finite":
        log_p = np.nan_to_num(log_p, neginf=-_HUGE, posinf=_HUGE)
    log_p = {"log p": log_p, "p": np.exp(log_p), "−log p": -log_p}[gives]
    return np.asarray(log_p / _BASES[base])


def _log_sum_exp(z: Numbers, by: str, over: str, shift: str, keepdim: str) -> Numbers:
    """What is subtracted from z, [..., 1]; `by` may leave out the maximum or the sum."""
    along, shifted_over = _axes(over, z.ndim)
    keep_maximum, keep_sum = _KEEPDIM[keepdim]
    m = np.zeros(())
    if shift == "maximum":
        m = z.max(shifted_over, keepdims=keep_maximum)
    if shift == "maximum of all":
        m = z.max()
    if shift == "mean":
        m = z.mean(-1, keepdims=True)
    if by == "x − max":
        return np.asarray(m)
    if by == "x − max − lse":
        m = 2 * m
        rest = np.log(np.exp(z - m / 2).sum(along, keepdims=keep_sum))
        return np.asarray(m + rest)
    of_sum = np.exp(z - m).sum(along, keepdims=keep_sum)
    if by == "x − max − log(1 + Σ)":
        of_sum = of_sum + 1
    rest = np.log(of_sum)
    if by == "x − log(1 + Σ)":
        return np.asarray(np.logaddexp(0.0, m + rest))
    found = rest if by == "x − (lse without max)" else m + rest
    if by == "x − log mean exp":
        found = found - np.log(z.size if along is None else z.shape[along])
    return np.asarray(found.squeeze(along) if keepdim == "not by their sum" else found)


# -- sequences ---------------------------------------------------------------------------------

# Of which positions the outputs and the tokens are taken: of logits, of y, of the mask.
_ALL, _BUT_FIRST, _BUT_LAST = slice(None), slice(1, None), slice(None, -1)
_ALIGNED: Mapping[str, tuple[slice, slice, slice]] = {
    "as given": (_ALL, _ALL, _ALL),
    "y[i+1]": (_BUT_LAST, _BUT_FIRST, _BUT_FIRST),
    "y[i+1], mask[i]": (_BUT_LAST, _BUT_FIRST, _BUT_LAST),
    "logits[i+1]": (_BUT_FIRST, _BUT_LAST, _BUT_LAST),
    "logits[i+1], mask[i+1]": (_BUT_FIRST, _BUT_LAST, _BUT_FIRST),
}
# Which positions are added up, where it is not those at which the mask is true.
_KEPT: Mapping[str, Callable[[Numbers], Numbers]] = {
    "false": lambda mask: ~mask,
    "nowhere": np.ones_like,
    "logits multiplied": np.ones_like,
    "logits zeroed": np.ones_like,
    "first count": lambda mask: np.arange(mask.shape[-1]) < mask.sum(-1, keepdims=True),
}
_SOFTMAX_OVER = {"V": -1, "L": 1, "B": 0}
_REDUCED: Mapping[str, Callable[[Numbers, Numbers], Numbers]] = {
    "sum": lambda each, mask: each.sum(-1),
    "sum ÷ L": lambda each, mask: each.mean(-1),
    "sum ÷ count": lambda each, mask: each.sum(-1) / mask.sum(-1),
    "sum ÷ count, 0 for none": lambda each, mask: each.sum(-1) / np.maximum(mask.sum(-1), 1),
    "over the batch": lambda each, mask: each.sum(),
    "mean over the batch": lambda each, mask: each.sum(-1).mean(),
    "mean of tokens": lambda each, mask: each.sum() / mask.sum(),
    "product": lambda each, mask: np.log(np.exp(each).prod(-1)),
    "not reduced": lambda each, mask: each,
    "last": lambda each, mask: each[:, -1],
}


@raises_as_torch_does
def sequence_log_prob(
    logits: Numbers,
    y: Numbers,
    mask: Numbers,
    *,
    token: str = "log p",
    picked: str = "y",
    aligned: str = "as given",
    over: str = "V",
    masked: str = "true",
    reduce: str = "sum",
    ends: str = "as it is",
    sign: str = "+",
    base: str = "e",
) -> Numbers:
    """Σ over the true positions of mask of log p(y): [B, L, V], int [B, L], bool [B, L] -> [B]."""
    of_logits, of_y, of_mask = _ALIGNED[aligned]
    if masked == "logits multiplied":
        logits = logits * mask[..., None]
    if masked == "logits zeroed":
        logits = np.where(mask[..., None], logits, 0.0)
    log_p = _normalised_logs(logits, _SOFTMAX_OVER[over])
    rows = {"log p": log_p, "p": np.exp(log_p), "logits": logits}[token]
    each = _picked(rows[:, of_logits], y[:, of_y], picked)  # [B, L]
    kept = mask[:, of_mask]
    kept = _KEPT.get(masked, lambda mask: mask)(kept)
    if masked == "multiplied":
        each = each * kept
    else:
        each = np.where(kept, each, -np.inf if masked == "−∞ elsewhere" else 0.0)
    result = _REDUCED[reduce](each, kept)
    result = {"as it is": result, "log": np.log(result), "exp": np.exp(result)}[ends]
    result = -result if sign == "−" else result
    return np.asarray(result / np.log(2) if base == "2" else result)


def _normalised_logs(z: Numbers, axis: int) -> Numbers:
    shifted = z - z.max(axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis, keepdims=True)))


def _picked(rows: Numbers, y: Numbers, picked: str) -> Numbers:
    """One number for each position, [B, L]: that of the token that came, or another one."""
    if picked == "likeliest":
        return np.asarray(rows.max(-1))
    if picked == "y of the first sequence":
        y = np.broadcast_to(y[:1], y.shape)
    if picked == "all":
        return np.asarray(rows.sum(-1))
    return np.asarray(np.take_along_axis(rows, y[..., None], -1)[..., 0])
