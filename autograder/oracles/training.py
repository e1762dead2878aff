"""A step of training and what belongs to it, with every way in which they are got wrong.

Plain NumPy in float64 and independent of torch. Each keyword is one decision that whoever writes
the function has to take. Its default is the right one; each other value is a mistake that students
make. What a step does is judged by the weights that it leaves behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from autograder.oracles import reading
from autograder.oracles.lessons import Batch, Lesson, Loss, lesson
from autograder.oracles.reading import Model, Numbers, Weights

# -- the step -------------------------------------------------------------------------------------


def train_step(
    student: Model,
    teacher: Model,
    batch: Batch,
    optimizer: Mapping[str, Any],
    T: float = 1.0,
    *,
    batch_2: Batch | None = None,
    batch_3: Batch | None = None,
    order: str = "zero backward step",
    sign: str = "−",
    stepped_by: str = "the optimizer",
    returned: str = "loss before",
    student_mode: str = "as it was",
    teacher_mode: str = "as it was",
    reached: str = "student",
    taught_by: str = "the teacher",
    **of_loss: str,
) -> tuple[Numbers, ...]:
    """One step for each batch: the last loss, θ, the teacher's gradient, and modes of both models.

    Raises ArithmeticError where the code that the switches describe would raise.
    """
    how = Loss(**of_loss)
    modes = (
        student.get("training", True) and student_mode != "eval",
        teacher.get("training", True) or teacher_mode == "train",
    )
    dropping = modes[0] and student_mode != "eval in the step"
    kept = reading.kept_by(student, dropping), reading.kept_by(teacher, modes[1])
    fixed = reading.weights_of(teacher)
    if reached == "teacher" and not teacher.get("learns", True):
        raise ArithmeticError("nothing in the loss requires a gradient")

    def lesson_at(weights: Weights, one: Batch) -> Lesson:
        if taught_by == "the student":
            return lesson(weights, weights, one, T, (kept[0], kept[0]), how)
        return lesson(weights, fixed, one, T, kept, how)

    step = _Step(student, optimizer, lesson_at, stepped_by, sign, reached)
    batches = [each for each in (batch, batch_2, batch_3) if each is not None]
    for one in batches:
        loss = step.take(one, order)
    result = {
        "loss before": loss,
        "loss before × T²": loss * T**2,
        "loss before ÷ T²": loss / T**2,
        "loss after": lesson_at(step.weights, batches[-1]).loss,
        "nothing": np.nan,
    }[returned]
    learns = teacher.get("learns", True) and reached != "student"
    to_teacher = step.to_teacher if learns else reading.zeros(fixed)
    return (
        np.asarray(-result if sign == "−loss" else result),
        reading.in_a_row(step.weights),
        reading.in_a_row(to_teacher),
        np.array([modes[0]] * _PARTS),
        np.array([modes[1]] * _PARTS),
    )


_PARTS = 4
"""A `Reader` and its token, context and drop."""


class _Step:
    """The student's weights and `.grad` as one step after the other is taken."""

    def __init__(
        self,
        student: Model,
        optimizer: Mapping[str, Any],
        lesson_at: Callable[[Weights, Batch], Lesson],
        stepped_by: str,
        sign: str,
        reached: str,
    ) -> None:
        self.weights = reading.weights_of(student)
        left_over = student.get("gradients", {})
        self.gradients = reading.zeros(self.weights) | dict(left_over)
        self.to_teacher = reading.zeros(self.weights)
        self._settings, self._lesson_at = optimizer, lesson_at
        self._optimizer = reading.Optimizer(optimizer)
        self._stepped_by, self._sign, self._reached = stepped_by, sign, reached

    def take(self, batch: Batch, order: str) -> float:
        """Do what `order` says, word by word. Returns the loss before."""
        asked = self._lesson_at(self.weights, batch)  # in any order of lines the loss comes first
        for word in order.split():
            if word == "zero":
                self.gradients = reading.zeros(self.weights)
            elif word == "step":
                self._move()
            else:
                self._backward(asked)
        return asked.loss

    def _backward(self, asked: Lesson) -> None:
        sign = -1.0 if self._sign == "−loss" else 1.0
        if self._reached != "teacher":
            to_student = {name: sign * each for name, each in asked.to_student.items()}
            self.gradients = reading.added(self.gradients, to_student)
        to_teacher = {name: sign * each for name, each in asked.to_teacher.items()}
        self.to_teacher = reading.added(self.to_teacher, to_teacher)

    def _move(self) -> None:
        sign = -1.0 if self._sign == "−gradient" else 1.0
        gradients = {name: sign * each for name, each in self.gradients.items()}
        optimizer = {
            "the optimizer": lambda: self._optimizer,
            "a new one at each call": lambda: reading.Optimizer(self._settings),
            "θ − .1·g": lambda: reading.Optimizer({"kind": "SGD", "lr": 0.1}),
        }[self._stepped_by]()
        self.weights = optimizer.moved(self.weights, gradients)


# -- freezing -------------------------------------------------------------------------------------


def freeze(
    model: Model,
    *,
    learns: str = "nothing",
    modes: str = "eval",
    returned: str = "the model",
    on: str = "the model",
) -> tuple[Numbers, ...]:
    """Whether the same object came back; requires_grad, modes and weights of the one passed in."""
    given = model.get("learns", True)
    flags = np.array([given] * len(reading.PARAMETERS) if isinstance(given, bool) else given)
    training = np.full(_PARTS, bool(model.get("training", True)))
    if on == "the model":
        flags = _LEARNS[learns](flags)
        training = training & _STILL_TRAINING[modes]
    same = {"the model": float(on == "the model"), "something else": 0.0, "nothing": np.nan}
    return np.asarray(same[returned]), flags, training, reading.in_a_row(reading.weights_of(model))


# in the order of reading.PARAMETERS
_LEARNS: Mapping[str, Callable[[Numbers], Numbers]] = {
    "nothing": np.zeros_like,
    "as it was": lambda flags: flags,
    "all": np.ones_like,
    "toggled": lambda flags: ~flags,
    "all but weights": lambda flags: flags & [True, False, False, True],
    "what no part holds": lambda flags: flags & [True, False, False, False],
    "the last": lambda flags: flags & [False, False, False, True],
    "all but the first": lambda flags: flags & [False, True, True, True],
}

# the whole, token, context, drop
_STILL_TRAINING: Mapping[str, Numbers] = {
    "eval": np.array([False, False, False, False]),
    "as it was": np.array([True, True, True, True]),
    "parts only": np.array([True, False, False, False]),
    "whole only": np.array([False, True, True, True]),
    "dropout only": np.array([True, True, True, False]),
}


# -- first order ----------------------------------------------------------------------------------


def first_order_change(
    before: Weights,
    after: Weights,
    grads: Weights,
    *,
    formula: str = "Σ g·Δ",
    difference: str = "after − before",
    tensors: str = "all",
    paired: str = "by name",
) -> Numbers:
    """Σ g·(θ_after − θ_before) over all tensors of a model: dicts name -> array, to a scalar []."""
    names = list(before)
    if tensors == "first":
        names = names[:1]
    elif tensors == "last":
        names = names[-1:]
    elif tensors == "weights":
        names = [name for name in names if name.endswith("weight")]
    places = {name: place for place, name in enumerate(before)}
    pairs = []
    for name in names:
        old, new = before[name], after[name]
        if paired == "by place":
            new = list(after.values())[places[name]]
        if old.shape != new.shape:
            raise ArithmeticError(f"{new.shape} and {old.shape} do not fit")
        moved = {
            "after − before": new - old,
            "before − after": old - new,
            "after": new,
            "before": old,
        }[difference]
        pairs.append((grads[name], moved))
    return np.asarray(_FORMULAS[formula](pairs))


def _norm(arrays: list[Numbers]) -> float:
    return float(np.sqrt(sum((each**2).sum() for each in arrays)))


Pairs: TypeAlias = list[tuple[Numbers, Numbers]]


def _dot(pairs: Pairs) -> float:
    return float(sum((g * d).sum() for g, d in pairs))


def _angle_ignored(pairs: Pairs) -> float:
    return -_norm([g for g, _ in pairs]) * _norm([d for _, d in pairs])


_FORMULAS: Mapping[str, Callable[[Pairs], float]] = {
    "Σ g·Δ": _dot,
    "mean of all": lambda pairs: _dot(pairs) / sum(g.size for g, _ in pairs),
    "mean per tensor, added": lambda pairs: float(sum((g * d).mean() for g, d in pairs)),
    "sum per tensor, mean": lambda pairs: _dot(pairs) / len(pairs),
    "−‖g‖·‖Δ‖": _angle_ignored,
    "cosine": lambda pairs: -_dot(pairs) / _angle_ignored(pairs),
    "−‖g‖²": lambda pairs: -(_norm([g for g, _ in pairs]) ** 2),
    "−.1·‖g‖²": lambda pairs: -0.1 * _norm([g for g, _ in pairs]) ** 2,
    "Σ |g·Δ|": lambda pairs: float(sum(np.abs(g * d).sum() for g, d in pairs)),
    "−Σ |g·Δ|": lambda pairs: -float(sum(np.abs(g * d).sum() for g, d in pairs)),
    "Σ Δ": lambda pairs: float(sum(d.sum() for _, d in pairs)),
    "‖Δ‖": lambda pairs: _norm([d for _, d in pairs]),
    "Σ g · Σ Δ": lambda pairs: float(sum(g.sum() * d.sum() for g, d in pairs)),
    "Σ g·Δ ÷ ‖Δ‖": lambda pairs: _dot(pairs) / (_norm([d for _, d in pairs]) or 1.0),
    "Σ g·Δ + ½‖Δ‖²": lambda pairs: _dot(pairs) + _norm([d for _, d in pairs]) ** 2 / 2,
    "what falls": lambda pairs: float(sum(np.minimum(g * d, 0).sum() for g, d in pairs)),
    "Σ g·Δ²": lambda pairs: float(sum((g * d**2).sum() for g, d in pairs)),
}
