"""What one step of training did, as numbers; `StepReport` says and draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from torch import Tensor

ZERO_GRADIENT = 1e-6
"""A gradient this short, measured in float64, is 0 to within the rounding of a float32 model."""
MATCH = 1e-4
"""Nats a token: below this a KL is near 0."""
ROUNDING = 1e-12
"""A loss that rose by less did not rise."""
LONG = 0.25
"""A step is long when the remainder is more than this share of what was predicted."""
BETTER = 0.01
"""A shorter step was better if it lowers the loss by so much more, as a share of the change."""

Verdict: TypeAlias = Literal[
    "good",  # downhill, and the first-order rule holds
    "long",  # downhill beyond the first-order rule, and no shorter step is better
    "too large",  # downhill at first, but a shorter step lowers the loss more, or it rose
    "uphill",  # along the gradient, not against it
    "not finite",  # the loss after it is no number
    "nothing moved",  # θ stayed although there is a gradient
    "no answers",  # the mask is empty
    "detached",  # the loss does not depend on θ
    "match",  # no gradient, as there is nothing left to learn
    "floor",  # no gradient: the same input has several targets, and the student gives their mixture
    "saturated",  # no gradient: the student is so sure of the wrong thing that the loss is flat
    "stationary",  # no gradient: the pulls of the tokens cancel, though they need not
]


@dataclass(frozen=True)
class TeacherCheck:
    """Whether the teacher stayed as it was: looked at, not assumed.

    `weights` is how many numbers were compared, `moved` the largest change of one of them;
    `answers_moved` the largest change of a probability on this batch; `gradients`, whether the step
    left gradients in its weights.
    """

    weights: int
    moved: float
    answers_moved: float
    gradients: bool

    @property
    def at_rest(self) -> bool:
        return self.moved == 0 and self.answers_moved == 0


@dataclass(frozen=True, eq=False)
class MeasuredStep:
    """A step from θ to θ + Δθ on one batch of B examples with N answer tokens in all.

    Losses are means over the N tokens, in nats; measured in float64, with dropout off.
    """

    loss_before: float
    loss_after: float
    kl_before: float
    kl_after: float
    returned: float | None
    """What the step gave as its loss, if that was a number."""
    noisy: bool
    """Whether dropout was on in the student when it took the step: then `returned` is drawn."""
    gradient_norm: float
    pushes: Tensor
    """Where each token's own loss pushes its logits: minus its gradient, float64 [N, V]."""
    attached: bool
    """Whether the loss depends on θ at all."""
    held: float
    """The share of the student's weights that the optimizer holds."""
    step_norm: float
    predicted: float
    """Σ g·Δθ: the change of the loss to first order."""
    sizes: tuple[float, ...]
    """Multiples of the step that were tried besides."""
    changes: tuple[float, ...]
    """The loss at each of them, less the loss before."""
    before: Tensor
    nudged: Tensor
    after: Tensor
    target: Tensor
    """Probabilities, float64 [N, V]: the student's before, after a 64th of the step, and after all
    of it; the teacher's."""
    rows: tuple[int, ...]
    """Of which example each token is."""
    examples_before: tuple[float, ...]
    examples_after: tuple[float, ...]
    batch_floor: float
    """The least KL on this batch of any student, since it answers the same input the same way."""
    teacher: TeacherCheck
    words: tuple[str, ...] | None = None
    floor: float | None = None
    """The information floor of the whole data, if it was given."""

    @property
    def actual(self) -> float:
        """The real change of the loss."""
        return self.loss_after - self.loss_before

    @property
    def remainder(self) -> float:
        """What the first-order rule does not explain; of second order for small steps."""
        return self.actual - self.predicted

    @property
    def remainders(self) -> tuple[float, ...]:
        """The same for each of `sizes`."""
        pairs = zip(self.sizes, self.changes, strict=True)
        return tuple(change - size * self.predicted for size, change in pairs)

    @property
    def best_shorter(self) -> tuple[float, float]:
        """The best of the shorter steps: its size, and the change of the loss."""
        shorter = [pair for pair in zip(self.sizes, self.changes, strict=True) if pair[0] < 1]
        return min(shorter, key=lambda pair: pair[1])

    @property
    def pull(self) -> float:
        """The longest push of a single token at its logits."""
        return float(self.pushes.norm(dim=-1).max()) if self.rows else 0.0

    @property
    def matches(self) -> bool:
        """Whether student and teacher matched before the step, which a gradient does not show."""
        return bool(self.rows) and self.kl_before < MATCH

    @property
    def verdict(self) -> Verdict:
        """What kind of step it was."""
        if self.gradient_norm < ZERO_GRADIENT:
            return self._without_gradient()
        if not abs(self.loss_after) < float("inf"):
            return "not finite"
        if self.step_norm == 0:
            return "nothing moved"
        if self.predicted > 0:
            return "uphill"
        if self.actual > 0 or self.best_shorter[1] < (1 + BETTER) * self.actual:
            return "too large"
        return "long" if abs(self.remainder) > LONG * abs(self.predicted) else "good"

    def _without_gradient(self) -> Verdict:
        if not self.rows:
            return "no answers"
        if not self.attached:
            return "detached"
        if self.matches:
            return "match"
        if self.kl_before - self.batch_floor < MATCH:
            return "floor"
        return "saturated" if self.pull < ZERO_GRADIENT else "stationary"

    @property
    def worse(self) -> tuple[int, ...]:
        """The examples whose loss rose."""
        pairs = enumerate(zip(self.examples_before, self.examples_after, strict=True))
        return tuple(i for i, (start, end) in pairs if end > start + ROUNDING)

    @property
    def most_moved(self) -> int | None:
        """The answer token whose distribution changed most; None if there are no answers."""
        return int((self.after - self.before).abs().sum(-1).argmax()) if self.rows else None

    def name(self, outcome: int) -> str:
        """The word for an outcome."""
        return self.words[outcome] if self.words else f"outcome {outcome}"

    def place(self, token: int) -> str:
        """Where an answer token stands, in words; both counted from 0."""
        example = self.rows[token]
        return f"token {token - self.rows.index(example)} of the answer in example {example}"
