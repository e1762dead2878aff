"""A whole distillation, step after step, with every way in which it is got wrong.

Plain NumPy in float64 and independent of torch; models and optimizers are those of
`autograder.oracles.reading`, and what a batch asks for is that of `autograder.oracles.lessons`.
Each keyword is one decision that whoever writes the loop has to take. Its default is the right
one; each other value is a mistake that students make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from autograder.oracles import reading
from autograder.oracles.lessons import Batch, Loss, Term, compared
from autograder.oracles.reading import Model, Numbers


@dataclass(frozen=True)
class Loop:
    """How groups of batches become steps: the decisions that are not about a token's loss."""

    groups: str = "of accumulate"
    batch: str = "each"
    taught_by: str = "each batch"
    backward: str = "each loss"
    divide: str = "tokens of the group"
    zero: str = "before each group"
    step: str = "after each group"
    sign: str = "−"
    stepped_by: str = "the optimizer"
    curve: str = "what is differentiated"
    reached: str = "student"
    teacher_mode: str = "as it was"


def distill(
    student: Model,
    teacher: Model,
    batches: Sequence[Batch],
    optimizer: Mapping[str, Any],
    T: float = 1.0,
    accumulate: int = 1,
    *,
    calls: int = 1,
    tokens: Numbers | None = None,
    asked: Mapping[str, Numbers] | None = None,
    **switches: str,
) -> tuple[Numbers, ...]:
    """One step for each group of batches: losses, θ, the teacher's gradient, weights and modes.

    There may be several `calls`: the losses are those of the last one.
    The switches are the fields of `Loop` and those of `Loss`. With hidden `tokens` [B, L] and what
    is `asked` about them (`xt`, `mt`, `ms`) there is no curve, and instead of θ come the teacher's
    logits [B, L, V], to which trained weights should lead; NaN where nothing is asked.
    Raises ArithmeticError where the code that the switches describe would raise.
    """
    theirs = stacked(reading.weights_of(teacher))
    if asked is not None:
        return np.asarray(np.nan), _answers(theirs, asked)
    of_loop = {each.name for each in fields(Loop)} & switches.keys()
    loop = Loop(**{name: switches.pop(name) for name in of_loop})
    how = Loss(**switches)
    lessons = [_lesson(each, theirs, how) for each in batches]
    if loop.batch == "the first each time":
        lessons = lessons[:1] * len(lessons)
    if loop.taught_by == "the first batch":
        lessons = [each.taught_like(lessons[0]) for each in lessons]
    course = _Course(student, optimizer, how, loop, T, accumulate, sum(map(len, lessons)))
    for _ in range(calls):
        course.begin()
        for group in _groups(lessons, accumulate, loop.groups):
            course.take(group)
    training = teacher.get("training", True) or loop.teacher_mode == "train"
    return (
        _returned(course.curve, loop.curve),
        in_a_row(course.weights),
        in_a_row(course.to_teacher * bool(teacher.get("learns", True))),
        in_a_row(theirs),
        np.array([training] * _PARTS),
    )


_PARTS = 4
"""A `Reader` and its token, context and drop."""


def _returned(curve: list[float], what: str) -> Numbers:
    if what == "nothing":
        return np.asarray(np.nan)
    return np.asarray(curve[-1] if what == "last step" else curve)


def _groups(lessons: list[Lesson], accumulate: int, groups: str) -> list[list[Lesson]]:
    """The batches of each step."""
    sizes = {"of one": 1, "all in one": len(lessons), "of one more": accumulate + 1}
    size = sizes.get(groups, accumulate)
    first = 1 if groups == "the first of one" else size
    every = [lessons[:first]]
    every += [lessons[i : i + size] for i in range(first, len(lessons), size)]
    if groups == "all twice":
        return every * 2
    if len(every[-1]) < size and groups == "full ones only":
        return every[:-1]
    if len(every[-1]) < size and groups == "the rest with the last" and len(every) > 1:
        return [*every[:-2], every[-2] + every[-1]]
    return every


# -- a model as one matrix, for speed: its logits are linear in its weights ------------------------


def features(tokens: Numbers, V: int) -> Numbers:
    """What the rows of `stacked` weights are multiplied by: [B, L] -> [B, L, 2V + 2]."""
    token = np.eye(V)[tokens]
    every = np.ones((*tokens.shape, 2 * V + 2))
    every[..., 1 : V + 1] = token
    every[..., V + 1 : -1] = token.cumsum(1) / np.arange(1, tokens.shape[1] + 1)[:, None]
    return every


def stacked(weights: reading.Weights) -> Numbers:
    """All weights of a `Reader` as one matrix [2V + 2, V]."""
    prior, bias = weights["prior"][None], weights["context.bias"][None]
    return np.concatenate([prior, weights["token.weight"], weights["context.weight"].T, bias])


def in_a_row(matrix: Numbers) -> Numbers:
    """The numbers of `stacked` weights in the order in which a probe reads them."""
    V = matrix.shape[1]
    prior, token, context, bias = np.split(matrix, [1, V + 1, 2 * V + 1])
    return np.concatenate([each.ravel() for each in (prior, token, context.T, bias)])


def from_a_row(row: Numbers, V: int) -> Numbers:
    """The inverse of `in_a_row`."""
    prior, token, context, bias = np.split(row, [V, V + V * V, V + 2 * V * V])
    return np.concatenate([prior[None], token.reshape(V, V), context.reshape(V, V).T, bias[None]])


# -- what the batches ask for ----------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Lesson:
    """A batch as both models see it, at its N answer tokens."""

    seen: Numbers  # by the student: [N, 2V + 2]
    seen_by_teacher: Numbers  # [N, 2V + 2]
    logits: Numbers  # the teacher's: [N, V]
    y: Numbers  # int64 [N]
    shape: tuple[int, ...]  # of the student's tokens: B, L

    def __len__(self) -> int:
        return len(self.y)

    def taught_like(self, other: Lesson) -> Lesson:
        if len(other) != len(self):
            raise ArithmeticError(f"{len(other)} answers of the teacher for {len(self)} tokens")
        return Lesson(self.seen, other.seen_by_teacher, other.logits, self.y, self.shape)


def _lesson(batch: Batch, teacher: Numbers, how: Loss) -> Lesson:
    V = teacher.shape[1]
    shifted_t, shifted_s = how.shifted
    x_s, m_s = ("xs", "ms") if how.student_sees == "c′" else ("xt", "mt")
    x_t, m_t = ("xt", "mt") if how.teacher_sees == "c" else ("xs", "ms")
    seen_by_teacher = _places(batch[x_t], batch[m_t], V, shifted_t)
    return Lesson(
        _places(batch[x_s], batch[m_s], V, shifted_s),
        seen_by_teacher,
        seen_by_teacher @ teacher,
        batch[x_s][batch[m_s]],
        batch[x_s].shape,
    )


def _places(tokens: Numbers, mask: Numbers, V: int, shifted: bool) -> Numbers:
    """The features at the places whose logits are taken for the answer tokens: [N, 2V + 2]."""
    every = features(tokens, V)
    return np.asarray(every[:, :-1][mask[:, 1:]] if shifted else every[mask])


def _answers(teacher: Numbers, asked: Mapping[str, Numbers]) -> Numbers:
    """The teacher's logits where the student's predict an answer, NaN elsewhere: [B, L, V]."""
    V = teacher.shape[1]
    logits = np.full((*asked["ms"].shape, V), np.nan)
    logits[:, :-1][asked["ms"][:, 1:]] = _places(asked["xt"], asked["mt"], V, True) @ teacher
    return logits


# -- the loop --------------------------------------------------------------------------------------


class _Course:
    """The student's weights and `.grad`, and the curve, as one group after the other is taken."""

    def __init__(
        self,
        student: Model,
        optimizer: Mapping[str, Any],
        how: Loss,
        loop: Loop,
        T: float,
        accumulate: int,
        in_all: int,
    ) -> None:
        self.weights = stacked(reading.weights_of(student))
        left_over = student.get("gradients")
        self.gradient = stacked(left_over) if left_over else np.zeros_like(self.weights)
        self.to_teacher = np.zeros_like(self.weights)
        self.curve: list[float] = []
        self._how, self._loop = how, loop
        self._T, self._accumulate, self._in_all = T, accumulate, in_all
        if loop.stepped_by in ("θ − lr·g", "θ − .1·g"):
            lr = {"θ − lr·g": optimizer["lr"], "θ − .1·g": 0.1}[loop.stepped_by]
            optimizer = {"kind": "SGD", "lr": lr}
        self._settings = optimizer
        self._optimizer = reading.Optimizer(optimizer)

    def begin(self) -> None:
        """A call of the function begins."""
        self.curve, self._so_far = [], 0
        if self._loop.stepped_by == "a new memory in each call":
            self._optimizer = reading.Optimizer(self._settings)

    def take(self, group: list[Lesson]) -> None:
        """The batches of one step, one after the other, and the step."""
        if self._loop.step == "before the batches":
            self._move()
        if self._loop.zero == "before each group":
            self.gradient = np.zeros_like(self.weights)
        sums, shares = [], self._shares(group, self._loop.divide)
        if self._loop.backward == "the sum so far":
            shares = [share * (len(group) - i) for i, share in enumerate(shares)]
        for lesson, weight in zip(group, shares, strict=True):
            if self._loop.zero == "before each batch":
                self.gradient = np.zeros_like(self.weights)
            sums.append(self._backward(lesson, weight))
            if self._loop.step == "after each batch":
                self._move()
        if self._loop.step == "after each group":
            self._move()
        if self._loop.zero == "after each step":
            self.gradient = np.zeros_like(self.weights)
        self._note(group, sums)
        self._so_far += sum(map(len, group))

    def _backward(self, lesson: Lesson, weight: float) -> float:
        """Add to the gradient; gives Σ of the losses of the batch's tokens."""
        term = self._term(lesson)
        signed = -weight if self._loop.sign == "−loss" else weight
        self.gradient = self.gradient + signed * (lesson.seen.T @ term.to_student)
        if self._loop.reached != "student":
            self.to_teacher += signed * (lesson.seen_by_teacher.T @ term.to_teacher)
        return float(term.values.sum())

    def _term(self, lesson: Lesson) -> Term:
        z_s, z_t = lesson.seen @ self.weights, lesson.logits
        if self._loop.taught_by == "the student":
            z_t = lesson.seen_by_teacher @ self.weights
        return compared(self._how, z_t, z_s, lesson.y, self._T)

    def _move(self) -> None:
        gradient = -self.gradient if self._loop.sign == "−gradient" else self.gradient
        self.weights = self._optimizer.moved({"θ": self.weights}, {"θ": gradient})["θ"]

    def _note(self, group: list[Lesson], sums: list[float]) -> None:
        """Write into the curve what is taken for the loss of this step."""
        curve = self._loop.curve
        if curve == "each batch":
            self.curve += [each / len(lesson) for each, lesson in zip(sums, group, strict=True)]
            return
        if curve == "last batch":
            self.curve.append(sums[-1] / len(group[-1]))
            return
        if curve == "loss after":
            sums = [float(self._term(lesson).values.sum()) for lesson in group]
        shares = self._shares(group, curve if curve in _DIVIDED else self._loop.divide)
        sign = -1 if self._loop.sign == "−loss" else 1
        self.curve.append(sign * float(np.dot(shares, sums)))

    def _shares(self, group: list[Lesson], divide: str) -> list[float]:
        """By what Σ of each batch is multiplied before all of the group are added up."""
        V = self.weights.shape[1]
        sizes = _Sizes(group, self._in_all, self._so_far, self._accumulate, V)
        return [1 / _DIVIDED[divide](len(lesson), sizes) for lesson in group]


@dataclass(frozen=True)
class _Sizes:
    """What a mean could be taken over, rightly or not."""

    group: list[Lesson]
    in_all: int  # answer tokens of all batches
    before: int  # answer tokens of the groups before this one
    accumulate: int
    V: int

    @property
    def tokens(self) -> int:
        return sum(map(len, self.group))

    @property
    def rows(self) -> int:
        return sum(each.shape[0] for each in self.group)

    @property
    def positions(self) -> int:
        return sum(each.shape[0] * each.shape[1] for each in self.group)


_DIVIDED: Mapping[str, Callable[[int, _Sizes], float]] = {
    "tokens of the group": lambda n, of: of.tokens,
    "mean of means": lambda n, of: n * len(of.group),
    "means ÷ accumulate": lambda n, of: n * of.accumulate,
    "sum of means": lambda n, of: n,
    "sum": lambda n, of: 1,
    "sum ÷ accumulate": lambda n, of: of.accumulate,
    "tokens of all batches": lambda n, of: of.in_all,
    "tokens so far": lambda n, of: of.before + of.tokens,
    "tokens of the last batch": lambda n, of: len(of.group[-1]),
    "rows": lambda n, of: of.rows,
    "positions": lambda n, of: of.positions,
    "outcomes": lambda n, of: of.tokens * of.V,
    "tokens and batches": lambda n, of: of.tokens * len(of.group),
}
