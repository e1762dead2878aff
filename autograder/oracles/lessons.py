"""What a batch asks of a student: the loss over its answers, and what reaches both models' weights.

Plain NumPy in float64 and independent of torch; the models are those of
`autograder.oracles.reading`. Each field of `Loss` is one decision of whoever writes the loss: its
default is the right one, each other value a mistake that students make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from autograder.oracles import reading
from autograder.oracles.reading import Numbers, Weights

Batch: TypeAlias = Mapping[str, Numbers]
"""`xt` int64 [B, L_t] and `mt` bool of the same shape, for the teacher; `xs`, `ms` [B, L_s]."""


@dataclass(frozen=True)
class Loss:
    """How a batch becomes a number: the decisions that are not about the step itself."""

    student_sees: str = "c′"
    teacher_sees: str = "c"
    shift: str = "i − 1"
    compare: str = "KL(t‖s)"
    reduce: str = "per token"
    factor: str = "T²"
    tempered: str = "both"

    @property
    def shifted(self) -> tuple[bool, bool]:
        """Whether the teacher's logits, and the student's, are taken one place before."""
        return self.shift in ("i − 1", "teacher only"), self.shift in ("i − 1", "student only")

    def temperatures(self, T: float) -> tuple[float, float]:
        """The temperature of the teacher's softmax, and of the student's."""
        return {
            "both": (T, T),
            "neither": (1.0, 1.0),
            "teacher": (T, 1.0),
            "student": (1.0, T),
            "multiplied": (1 / T, 1 / T),
            "T²": (T**2, T**2),
        }[self.tempered]


@dataclass(frozen=True, eq=False)
class Term:
    """A comparison's values [N], and its gradients with respect to both logits [N, V]."""

    values: Numbers
    to_teacher: Numbers
    to_student: Numbers


@dataclass(frozen=True, eq=False)
class Sight:
    """What one model makes of a batch: its logits at the N places that count."""

    tokens: Numbers  # [B, L]
    at: Numbers  # bool [B, L]
    logits: Numbers  # [N, V]

    def scattered(self, to_logits: Numbers) -> Numbers:
        """[N, V] -> [B, L, V], 0 wherever nothing counts."""
        whole = np.zeros((*self.tokens.shape, to_logits.shape[-1]))
        whole[self.at] = to_logits
        return whole


def sight(weights: Weights, tokens: Numbers, mask: Numbers, kept: Numbers, shifted: bool) -> Sight:
    """The logits that predict the tokens under `mask`, row by row."""
    at = mask
    if shifted:
        at = np.concatenate([mask[:, 1:], np.zeros_like(mask[:, :1])], axis=1)
    return Sight(tokens, at, reading.logits(weights, tokens, kept)[at])


def log_softmax(z: Numbers) -> Numbers:
    shifted = z - z.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))


def compared(how: Loss, z_t: Numbers, z_s: Numbers, y: Numbers, T: float) -> Term:
    """The comparison at each answer token y [N], from logits [N, V] of both models."""
    T_t, T_s = how.temperatures(T)
    if how.compare in _TARGETS:  # as one writes it then: no temperature, no factor
        target = np.eye(z_s.shape[-1])[_TARGETS[how.compare](z_t, y)]
        log_s = log_softmax(z_s)
        return Term(-(target * log_s).sum(-1), np.zeros_like(z_t), np.exp(log_s) - target)
    if how.compare == "squared difference of logits":
        apart = z_s - z_t
        slope = 2 * apart / apart.shape[-1]
        return Term((apart**2).mean(-1), -slope, slope)
    log_t, log_s = log_softmax(z_t / T_t), log_softmax(z_s / T_s)
    term = _DIVERGENCES[how.compare](log_t, log_s)
    factor = {"T²": T**2, "T": T, "1": 1.0}[how.factor]
    return Term(
        factor * term.values, factor / T_t * term.to_teacher, factor / T_s * term.to_student
    )


_TARGETS: Mapping[str, Callable[[Numbers, Numbers], Numbers]] = {
    "argmax of teacher": lambda z_t, y: z_t.argmax(-1),
    "answers": lambda z_t, y: y,
}


def _kl(log_p: Numbers, log_q: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """KL(p‖q) [N], and its gradients with respect to the logits of p and of q."""
    p, apart = np.exp(log_p), log_p - log_q
    values = (p * apart).sum(-1)
    return values, p * (apart - values[:, None]), np.exp(log_q) - p


def _forward(log_t: Numbers, log_s: Numbers) -> Term:
    return Term(*_kl(log_t, log_s))


def _reverse(log_t: Numbers, log_s: Numbers) -> Term:
    values, to_student, to_teacher = _kl(log_s, log_t)
    return Term(values, to_teacher, to_student)


def _cross_entropy(log_t: Numbers, log_s: Numbers) -> Term:
    p = np.exp(log_t)
    values = -(p * log_s).sum(-1)
    return Term(values, -p * (log_s + values[:, None]), np.exp(log_s) - p)


def _jensen_shannon(log_t: Numbers, log_s: Numbers) -> Term:
    log_m = np.logaddexp(log_t, log_s) - np.log(2)
    (of_t, to_t, _), (of_s, to_s, _) = _kl(log_t, log_m), _kl(log_s, log_m)
    return Term((of_t + of_s) / 2, to_t / 2, to_s / 2)


def _hard(log_t: Numbers, log_s: Numbers) -> Term:
    target = np.eye(log_s.shape[-1])[log_t.argmax(-1)]
    return Term(-(target * log_s).sum(-1), np.zeros_like(log_t), np.exp(log_s) - target)


_DIVERGENCES: Mapping[str, Callable[[Numbers, Numbers], Term]] = {
    "KL(t‖s)": _forward,
    "KL(s‖t)": _reverse,
    "cross-entropy": _cross_entropy,
    "JS": _jensen_shannon,
    "argmax of teacher at T": _hard,
}


def shares(reduce: str, mask: Numbers, V: int) -> Numbers:
    """By what each of the N answer tokens is multiplied before all are added up: [N]."""
    counts = mask.sum(1)
    if reduce == "mean of rows":
        return np.repeat(1 / (counts * len(mask)), counts)
    tokens = int(counts.sum())
    divisor = {
        "per token": tokens,
        "sum": 1,
        "per row": len(mask),
        "per outcome": tokens * V,
        "per position": mask.size,
        "per shifted position": mask[:, 1:].size,
    }[reduce]
    return np.full(tokens, 1 / divisor)


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a batch asks for: the loss, and its gradient for the weights of both models."""

    loss: float
    to_student: Weights
    to_teacher: Weights


def lesson(
    student: Weights,
    teacher: Weights,
    batch: Batch,
    T: float,
    kept: tuple[Numbers, Numbers],
    how: Loss,
    share: Numbers | None = None,
) -> Lesson:
    """The loss of a batch and its gradients. `kept` are the dropouts of student and teacher.

    `share` [N] weighs the answer tokens instead of the reduction that `how` names.
    """
    of_student = "xs", "ms"
    of_teacher = "xt", "mt"
    x_s, m_s = (batch[name] for name in (of_student if how.student_sees == "c′" else of_teacher))
    x_t, m_t = (batch[name] for name in (of_teacher if how.teacher_sees == "c" else of_student))
    shifted_t, shifted_s = how.shifted
    s = sight(student, x_s, m_s, kept[0], shifted_s)
    t = sight(teacher, x_t, m_t, kept[1], shifted_t)
    term = compared(how, t.logits, s.logits, x_s[m_s], T)
    if share is None:
        share = shares(how.reduce, m_s, s.logits.shape[-1])
    return Lesson(
        float(share @ term.values),
        reading.gradient(x_s, s.scattered(share[:, None] * term.to_student), kept[0]),
        reading.gradient(x_t, t.scattered(share[:, None] * term.to_teacher), kept[1]),
    )
