"""The distillation loss and its relatives, with every way in which they are got wrong.

Plain NumPy in float64, independent of torch. Each keyword is one decision that whoever writes the
function has to take. Its default is the right one, so that a call without keywords is the truth;
each other value is a mistake that students make; two moved at once are two mistakes.

Hinton, Vinyals and Dean, *Distilling the Knowledge in a Neural Network* (arXiv 1503.02531).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

Numbers: TypeAlias = np.ndarray


@dataclass(frozen=True, eq=False)
class Distribution:
    """One model's outcomes: what its softmax was fed, the probabilities, and their logarithms.

    Each is [..., V]. `log_p` is not always log(p): mistaken code takes the two apart.
    """

    z: Numbers
    p: Numbers
    log_p: Numbers


# Where the two models may be treated differently: value -> (to the teacher, to the student).
_TEMPERED = {
    "z / T": ("z / T", "z / T"),
    "z_t / T": ("z / T", "z"),
    "z_s / T": ("z", "z / T"),
    "z": ("z", "z"),
    "z · T": ("z · T", "z · T"),
    "log p / T": ("log p / T", "log p / T"),
    "p / T": ("p / T", "p / T"),
    "log p_t of z": ("z / T, log p of z", "z / T"),
    "p_t of z": ("z / T, p of z", "z / T"),
    "standardised z / T": ("standardised z / T",) * 2,
    "standardised z / T, ÷ V − 1": ("standardised z / T, ÷ V − 1",) * 2,
}
_SOFTMAX_AGAIN = {
    "neither": (False, False),
    "both": (True, True),
    "teacher": (True, False),
    "student": (False, True),
}
_ADDED_BEFORE_LOG = {  # None: no logarithm of a probability, log_softmax instead
    "log_softmax": (None, None),
    "log(p)": (0.0, 0.0),
    "log(p_t)": (0.0, None),
    "log(p_s)": (None, 0.0),
    "log(p + 1e-8)": (1e-8, 1e-8),
    "log(p + 1e-10)": (1e-10, 1e-10),
    "log(p + 1e-12)": (1e-12, 1e-12),
    "log p ≥ −100": (None, None),
    "log p ≥ −50": (None, None),
}
_LEAST_LOG = {"log p ≥ −100": -100.0, "log p ≥ −50": -50.0}
_AXES = {"last": -1, "first": 0, "second": 1}

# The loss, outcome by outcome: (teacher, student) -> [..., V]. F.kl_div(input, target) is
# target·(log target − input), and exp(target)·(target − input) with log_target=True.
_COMPARISONS: Mapping[str, Callable[[Distribution, Distribution], Numbers]] = {
    "KL": lambda t, s: t.p * (t.log_p - s.log_p),
    "cross-entropy": lambda t, s: -t.p * s.log_p,
    "argmax": lambda t, s: -one_hot(t.z.argmax(-1), t.z.shape[-1]) * s.log_p,
    "teacher twice": lambda t, s: t.p * (t.log_p - t.log_p),
    # by T²/V, which the loss multiplies: the plain mean of (z_s − z_t)²
    "squared logits": lambda t, s: (s.z - t.z) ** 2 / t.z.shape[-1],
    "kl_div(p_s, p_t)": lambda t, s: t.p * (t.log_p - s.p),
    "kl_div(z_s, p_t)": lambda t, s: t.p * (t.log_p - s.z),
    "kl_div(log p_s, log p_t)": lambda t, s: t.log_p * (np.log(t.log_p) - s.log_p),
    "kl_div(log p_s, p_t, log_target)": lambda t, s: np.exp(t.p) * (t.p - s.log_p),
}


def _second(each: Numbers) -> int:
    if each.ndim < 2:
        raise ArithmeticError(f"there is no dimension 1 in a tensor of {each.ndim}")
    return 1


_OVER: Mapping[str, Callable[[Numbers], Numbers]] = {
    "positions": lambda each: each.sum(-1).mean(),
    "positions and outcomes": lambda each: each.mean(),
    "first dimension": lambda each: each.sum() / each.shape[0],
    "nothing": lambda each: each.sum(),
    "sum over first": lambda each: each.sum(0).mean(),
    "sum over second": lambda each: each.sum(_second(each)).mean(),
    "not reduced": lambda each: each.sum(-1),
    "not summed": lambda each: each,
}
_SCALES: Mapping[str, Callable[[float], float]] = {
    "T²": lambda T: T * T,
    "T": lambda T: T,
    "2T": lambda T: 2 * T,
    "1": lambda T: 1,
    "1/T": lambda T: 1 / T,
    "1/T²": lambda T: 1 / T**2,
}
_SIGNS = {"+": 1, "−": -1}
_BASES = {"e": 1.0, "2": np.log(2)}


def kd_loss(
    logits_t: Numbers,
    logits_s: Numbers,
    T: float,
    *,
    scale: str = "T²",
    direction: str = "t‖s",
    temper: str = "z / T",
    again: str = "neither",
    log: str = "log_softmax",
    axis: str = "last",
    compare: str = "KL",
    over: str = "positions",
    guard: str = "0·log 0 = 0",
    sign: str = "+",
    base: str = "e",
) -> Numbers:
    """T²·KL(p_t^T‖p_s^T), the mean over all leading positions.

    logits [..., V] twice -> a scalar [] in nats. Raises ArithmeticError where the code that the
    switches describe would raise.
    """
    teacher, student = _distributions(logits_t, logits_s, T, temper, again, log, axis)
    if direction == "s‖t":
        teacher, student = student, teacher
    each = _COMPARISONS[compare](teacher, student)  # [..., V]
    if guard == "0·log 0 = 0":
        each = np.where(np.isneginf(teacher.z), 0.0, each)
    return np.asarray(_SIGNS[sign] * _SCALES[scale](T) * _OVER[over](each) / _BASES[base])


def kd_and_ce(
    logits_t: Numbers,
    logits_s: Numbers,
    labels: Numbers,
    T: float,
    alpha: float,
    *,
    mix: str = "α·KD + (1−α)·CE",
    ce_of: str = "student",
    ce_on: str = "labels",
    ce_fed: str = "z",
    ce_over: str = "positions",
    ce_scale: str = "1",
    ce_sign: str = "+",
    **kd: str,
) -> Numbers:
    """α·kd_loss + (1−α)·CE(labels, p_s at T = 1), the mean over all leading positions.

    logits [..., V] twice, labels int [...] -> a scalar [] in nats. `kd` are switches of `kd_loss`.
    """
    z = logits_s if ce_of == "student" else logits_t
    fed = {
        "z / T": z / T,
        "p": np.exp(_log_softmax(z)),
        "z, reshaped": _outcomes_reshaped(z),
    }.get(ce_fed, z)
    targets = logits_t.argmax(-1) if ce_on == "teacher's argmax" else labels
    if ce_on == "labels[i+1]" and labels.ndim:  # a single position has no next one
        fed, targets = fed[..., :-1, :], labels[..., 1:]
    if ce_on == "transposed labels":
        targets = labels.T.reshape(labels.shape)
    log_p = fed if ce_fed == "z, not normalised" else _log_softmax(fed)
    weights = one_hot(targets, fed.shape[-1])  # [..., V]
    if ce_on == "smoothed labels":
        weights = 0.9 * weights + 0.1 / fed.shape[-1]
    surprise = -weights * log_p
    if ce_fed == "argmax of z":
        surprise = weights * (1 - one_hot(fed.argmax(-1), fed.shape[-1]))
    CE = _SIGNS[ce_sign] * _SCALES[ce_scale](T) * _mean_surprise(surprise, targets, ce_over)
    KD = kd_loss(logits_t, logits_s, T, **kd)
    weight_of_kd, weight_of_ce = {
        "α·KD + (1−α)·CE": (alpha, 1 - alpha),
        "(1−α)·KD + α·CE": (1 - alpha, alpha),
        "KD + α·CE": (1, alpha),
        "α·KD + CE": (alpha, 1),
        "KD + (1−α)·CE": (1, 1 - alpha),
        "KD": (1, 0),
        "α·KD": (alpha, 0),
        "(1−α)·CE": (0, 1 - alpha),
        "CE": (0, 1),
    }[mix]
    terms = ((weight_of_kd, KD), (weight_of_ce, CE))
    # a term that is not there may be NaN
    return np.asarray(sum(weight * term for weight, term in terms if weight))


def _outcomes_reshaped(z: Numbers) -> Numbers:
    """Logits [B, L, V] reshaped to [B, V, L], where a transposition is meant, and read as such."""
    if z.ndim < 3:
        return z
    reshaped = z.reshape(z.shape[0], z.shape[-1], *z.shape[1:-1])
    return np.asarray(np.moveaxis(reshaped, 1, -1))


def _mean_surprise(surprise: Numbers, labels: Numbers, over: str) -> Numbers:
    if over != "labels other than 0":
        return _OVER[over](surprise)
    kept = labels != 0
    return np.asarray((surprise.sum(-1) * kept).sum() / np.asarray(kept.sum(), float))


# The gradient at one position: (teacher, student, T) -> [..., V]; the exercise multiplies by T/N.
_SLOPES: Mapping[str, Callable[[Distribution, Distribution, float], Numbers]] = {
    "p_s − p_t": lambda t, s, T: s.p - t.p,
    # with respect to the probabilities no softmax has brought its 1/T yet
    "−p_t / p_s": lambda t, s, T: -T * t.p / s.p,
    "p_s (p_s − p_t)": lambda t, s, T: s.p * (s.p - t.p),
    "p_t (p_s − p_t)": lambda t, s, T: t.p * (s.p - t.p),
    "p_s (1 − p_s) (p_s − p_t)": lambda t, s, T: s.p * (1 - s.p) * (s.p - t.p),
    "through the softmax again": lambda t, s, T: _through_softmax(s.p - t.p, s.p),
    # of each log p_i its own logit's derivative alone
    "−p_t (1 − p_s)": lambda t, s, T: -t.p * (1 - s.p),
    "p_t (log p_t − log p_s)": lambda t, s, T: t.p * (t.log_p - s.log_p),
    "of KL(s‖t)": lambda t, s, T: _slope_of_own_kl(s, t),
    "of the teacher": lambda t, s, T: _slope_of_own_kl(t, s),
    "p_s − argmax": lambda t, s, T: s.p - one_hot(t.z.argmax(-1), t.z.shape[-1]),
    "z_s − z_t": lambda t, s, T: s.z - t.z,
    "log p_s − log p_t": lambda t, s, T: s.log_p - t.log_p,
    "high T": lambda t, s, T: _centred(s.z - t.z) / t.z.shape[-1],
}
_SHARES: Mapping[str, Callable[[tuple[int, ...]], float]] = {
    "positions": lambda shape: np.prod(shape[:-1], dtype=int),
    "positions and outcomes": lambda shape: np.prod(shape, dtype=int),
    "first dimension": lambda shape: shape[0],
    "first dimension, 1 for [V]": lambda shape: shape[0] if len(shape) > 1 else 1,
    "positions, V for [V]": lambda shape: (
        np.prod(shape[:-1], dtype=int) if len(shape) > 1 else shape[0]
    ),
    "nothing": lambda shape: 1,
}


def kd_grad(
    logits_t: Numbers,
    logits_s: Numbers,
    T: float,
    *,
    scale: str = "T",
    slope: str = "p_s − p_t",
    temper: str = "z / T",
    axis: str = "last",
    over: str = "positions",
    sign: str = "+",
) -> Numbers:
    """The gradient of kd_loss with respect to the student's logits, T·(p_s^T − p_t^T)/N.

    logits [..., V] twice -> [..., V]; N is the number of leading positions.
    """
    teacher, student = _distributions(logits_t, logits_s, T, temper, axis=axis)
    each = _SLOPES[slope](teacher, student, T)
    if over == "T // N":
        return np.asarray(_SIGNS[sign] * (T // _SHARES["positions"](each.shape)) * each)
    return np.asarray(_SIGNS[sign] * _SCALES[scale](T) * each / _SHARES[over](each.shape))


_CENTRED: Mapping[str, Callable[[Numbers, Numbers], Numbers]] = {
    "each row": lambda z_t, z_s: _centred(z_s - z_t),
    "nothing": lambda z_t, z_s: z_s - z_t,
    "whole tensor": lambda z_t, z_s: (z_s - z_t) - (z_s - z_t).mean(),
    "student": lambda z_t, z_s: _centred(z_s) - z_t,
    # the first dimension takes the place of the outcomes
    "first dimension": lambda z_t, z_s: _centred(np.moveaxis(z_s - z_t, 0, -1)),
    "mean position": lambda z_t, z_s: _centred(_mean_position(z_s - z_t)),
}
_DIVISORS: Mapping[str, Callable[[int], int]] = {
    "V": lambda V: V,
    "V − 1": lambda V: V - 1,
    "V²": lambda V: V * V,
    "1": lambda V: 1,
}
_FACTORS = {"½": 0.5, "1": 1.0, "0": 0.0}
_LARGE = {"kd_loss at 100": 100.0, "kd_loss at 1,000": 1e3, "kd_loss at 10,000": 1e4}


def high_T_limit(  # noqa: N802 - as in the exercise
    logits_t: Numbers,
    logits_s: Numbers,
    *,
    fed: str = "z",
    of: str = "the difference",
    centre: str = "each row",
    divide_by: str = "V",
    factor: str = "½",
    root: str = "none",
    over: str = "positions",
) -> Numbers:
    """What T²·KL tends to as T grows: the mean over positions of ½·Var_V(z_s − z_t).

    logits [..., V] twice -> a scalar []. The variance is the population's, ÷ V.
    """
    if factor in _LARGE:
        return kd_loss(logits_t, logits_s, _LARGE[factor])
    if fed == "log p":
        logits_t, logits_s = _log_softmax(logits_t), _log_softmax(logits_s)
    if fed == "p":
        logits_t, logits_s = np.exp(_log_softmax(logits_t)), np.exp(_log_softmax(logits_s))
    away = _CENTRED[centre](logits_t, logits_s)
    squares = np.abs(away) if root == "absolute values" else away**2
    if of != "the difference":
        squares = _of_two_variances(_centred(logits_t) ** 2, _centred(logits_s) ** 2, of)
    each = squares / _DIVISORS[divide_by](squares.shape[-1])
    if root == "standard deviation":
        each = np.sqrt(each.sum(-1, keepdims=True))
    return np.asarray(_FACTORS[factor] * _OVER[over](each))


def _of_two_variances(squares_t: Numbers, squares_s: Numbers, of: str) -> Numbers:
    """What is averaged over the outcomes, [..., V], where two variances are taken for one."""
    if of == "|Var z_s − Var z_t|":
        apart = np.abs((squares_s - squares_t).mean(-1, keepdims=True))
        return np.broadcast_to(apart, squares_s.shape)
    sign_t, sign_s = {"Var z_s − Var z_t": (-1, 1), "Var z_t − Var z_s": (1, -1),
                      "Var z_s + Var z_t": (1, 1)}[of]  # fmt: skip
    return np.asarray(sign_s * squares_s + sign_t * squares_t)


def _mean_position(z: Numbers) -> Numbers:
    """The mean over all positions, as the only row: [..., V] -> [1, V]."""
    return np.asarray(z.reshape(-1, z.shape[-1]).mean(0, keepdims=True))


# -- right gradients ---------------------------------------------------------------------------


def kd_loss_gradients(logits_t: Numbers, logits_s: Numbers, T: float) -> dict[str, Numbers]:
    """By input name, the gradient [..., V] of `kd_loss`; the teacher's logits are to get none."""
    return {"logits_s": kd_grad(logits_t, logits_s, T)}


def kd_and_ce_gradients(
    logits_t: Numbers, logits_s: Numbers, labels: Numbers, T: float, alpha: float
) -> dict[str, Numbers]:
    """By input name, the gradient [..., V] of `kd_and_ce`; the teacher's logits are to get none."""
    V = logits_s.shape[-1]
    of_ce = (np.exp(_log_softmax(logits_s)) - one_hot(labels, V)) * V / logits_s.size
    return {"logits_s": alpha * kd_grad(logits_t, logits_s, T) + (1 - alpha) * of_ce}


# -- distributions -----------------------------------------------------------------------------


def one_hot(ids: Numbers, V: int) -> Numbers:
    """Ids [...] as rows [..., V] of zeros with a one."""
    return np.asarray(np.eye(V)[ids])


def _distributions(
    logits_t: Numbers,
    logits_s: Numbers,
    T: float,
    temper: str,
    again: str = "neither",
    log: str = "log_softmax",
    axis: str = "last",
) -> tuple[Distribution, Distribution]:
    along = _AXES[axis]
    if along >= logits_t.ndim:
        raise ArithmeticError(f"there is no dimension {along} in a tensor of {logits_t.ndim}")
    tempered, softmaxed, added = _TEMPERED[temper], _SOFTMAX_AGAIN[again], _ADDED_BEFORE_LOG[log]
    teacher = _distribution(logits_t, T, tempered[0], softmaxed[0], added[0], along)
    student = _distribution(logits_s, T, tempered[1], softmaxed[1], added[1], along)
    least = _LEAST_LOG.get(log)
    if least is None:
        return teacher, student
    return _not_below(least, teacher), _not_below(least, student)


def _not_below(least: float, of: Distribution) -> Distribution:
    return replace(of, log_p=np.maximum(of.log_p, least))


def _distribution(
    z: Numbers, T: float, tempered: str, again: bool, added: float | None, axis: int
) -> Distribution:
    not_softened = z
    if tempered.startswith("standardised"):
        z = _standardised(z, freedom=int(tempered.endswith("V − 1")))
    if tempered.startswith(("z / T", "standardised")):
        z = z / T
    if tempered == "z · T":
        z = z * T
    if again:
        z = np.exp(_log_softmax(z, axis))
    log_p = _log_softmax(z, axis)
    if tempered == "log p / T":
        log_p = log_p / T
    if tempered == "p / T":
        log_p = log_p - np.log(T)
    p = np.exp(log_p)
    if tempered == "z / T, p of z":
        p = np.exp(_log_softmax(not_softened, axis))
    if tempered == "z / T, log p of z":
        log_p = _log_softmax(not_softened, axis)
    return Distribution(z, p, log_p if added is None else np.log(p + added))


def _standardised(z: Numbers, freedom: int) -> Numbers:
    """Logits less their row's mean, over its standard deviation, to which 1e-7 is added.

    Sun et al., *Logit Standardization in Knowledge Distillation* (CVPR 2024).
    """
    return np.asarray(_centred(z) / (z.std(-1, keepdims=True, ddof=freedom) + 1e-7))


def _log_softmax(z: Numbers, axis: int = -1) -> Numbers:
    shifted = z - z.max(axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis, keepdims=True)))


def _through_softmax(slope: Numbers, p: Numbers) -> Numbers:
    """A slope by probabilities as one by logits: p ⊙ (slope − Σ p·slope), [..., V]."""
    return np.asarray(p * (slope - (p * slope).sum(-1, keepdims=True)))


def _slope_of_own_kl(own: Distribution, other: Distribution) -> Numbers:
    """∂KL(own‖other)/∂(the logits of own): own.p ⊙ (log own.p − log other.p − KL)."""
    ratio = own.log_p - other.log_p
    return np.asarray(own.p * (ratio - (own.p * ratio).sum(-1, keepdims=True)))


def _centred(x: Numbers) -> Numbers:
    return np.asarray(x - x.mean(-1, keepdims=True))
