"""Take a step, and look at everything before and after it."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

from course_lib.losses.reference import kl, softmax
from course_lib.models.rest import Model, at_rest
from course_lib.training.answers import Batch, Divergence, answer_logits, checked
from course_lib.training.measured_step import TeacherCheck
from course_lib.training.step import gradient_step
from course_lib.training.step_report import StepReport
from course_lib.training.targets import lesson, positive

SIZES = (0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
NUDGE = 1 / 64
"""The part of a step that shows which way a probability sets out."""

TrainStep: TypeAlias = Callable[..., Any]
"""step(student, teacher, batch, optimizer, T): the library's gradient_step, or a student's own."""
Weights: TypeAlias = dict[str, Tensor]


def interpret_step(
    student: nn.Module,
    teacher: Model,
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    step: TrainStep = gradient_step,
    *,
    T: float = 1.0,
    divergence: Divergence = kl,
    words: Sequence[str] | None = None,
    floor: float | None = None,
) -> StepReport:
    """Take one step, for real, and report what it did to loss, outputs, examples and teacher.

    `divergence` is what `step` is meant to lower; `words` names the V outcomes; `floor`, in nats a
    token, is the information floor if it is known. Everything is measured on a float64 copy of the
    student on the CPU, with dropout off. A step that returns nothing, or does nothing, is reported
    as such; what it raises is raised.
    """
    ruler = _Ruler.of(student, teacher, batch, T, divergence)
    old, teacher_before = _weights(student), _Snapshot.of(teacher, batch)
    before, gradient, pushes, attached = ruler.differentiate(old)
    noisy = _drops(student)
    returned = step(student, teacher, batch, optimizer, T)
    change = {name: new - old[name] for name, new in _weights(student).items()}

    def seen(size: float) -> _Seen:
        return ruler.measure({name: old[name] + size * change[name] for name in old})

    after = seen(1.0)
    return StepReport(
        loss_before=before.loss, loss_after=after.loss, kl_before=before.kl, kl_after=after.kl,
        returned=_number(returned), noisy=noisy or _drops(student),
        gradient_norm=_norm(gradient), pushes=pushes, attached=attached,
        held=_share_held(student, optimizer), step_norm=_norm(change),
        predicted=sum(float((g * change[name]).sum()) for name, g in gradient.items()),
        sizes=SIZES, changes=tuple(seen(size).loss - before.loss for size in SIZES),
        before=before.p, nudged=seen(NUDGE).p, after=after.p, target=ruler.target,
        rows=tuple(ruler.rows.tolist()), examples_before=before.examples,
        examples_after=after.examples, batch_floor=ruler.least_kl(),
        teacher=teacher_before.compare(_Snapshot.of(teacher, batch)),
        words=tuple(words) if words else None, floor=floor,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Seen:
    """A student under some weights: losses in nats, probabilities float64 [N, V]."""

    loss: float
    kl: float
    p: Tensor
    examples: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class _Ruler:
    """Measures the loss of one batch under any weights, without touching the student."""

    model: nn.Module
    tokens: Tensor
    mask: Tensor
    target: Tensor
    T: float
    divergence: Divergence

    @classmethod
    def of(
        cls, student: nn.Module, teacher: Model, batch: Batch, T: float, divergence: Divergence
    ) -> _Ruler:
        model = copy.deepcopy(student).to("cpu", torch.float64).eval()
        asked = lesson(teacher, checked(batch), T=T)
        tokens, mask, target = (each.cpu() for each in (asked.tokens, asked.mask, asked.target))
        return cls(model, tokens, mask, target.double(), T, divergence)

    @property
    def rows(self) -> Tensor:
        """The example of each answer token, int64 [N]."""
        return self.mask.nonzero()[:, 0]

    def _predict(self, weights: Weights) -> tuple[Tensor, Tensor]:
        """Logits [N, V] and the loss of each token [N]."""

        def under(tokens: Tensor) -> Tensor:
            logits: Tensor = torch.func.functional_call(self.model, weights, (tokens,))
            return logits

        logits = answer_logits(under, self.tokens, self.mask)
        return logits, self.T**2 * self.divergence(self.target, self._softened(logits))

    def _softened(self, logits: Tensor) -> Tensor:
        return positive(softmax(logits, self.T))

    @torch.no_grad()
    def measure(self, weights: Weights) -> _Seen:
        return self._seen(*self._predict(weights))

    def differentiate(self, weights: Weights) -> tuple[_Seen, Weights, Tensor, bool]:
        """What is seen, ∂loss/∂θ, each token's push at its logits [N, V], and if θ matters."""
        leaves = {name: each.clone().requires_grad_() for name, each in weights.items()}
        with torch.enable_grad():
            logits, losses = self._predict(leaves)
            attached = losses.requires_grad
            wanted = [logits, *leaves.values()]
            found: Sequence[Tensor | None] = [None] * len(wanted)
            if attached:
                found = torch.autograd.grad(losses.sum(), wanted, allow_unused=True)
        at_logits, *rest = found
        tokens = max(1, len(losses))
        gradient = {
            name: torch.zeros_like(leaf) if each is None else each / tokens
            for (name, leaf), each in zip(leaves.items(), rest, strict=True)
        }
        pushes = torch.zeros_like(logits) if at_logits is None else -at_logits
        return self._seen(logits.detach(), losses.detach()), gradient, pushes.detach(), attached

    def _seen(self, logits: Tensor, losses: Tensor) -> _Seen:
        p = self._softened(logits)
        kls = kl(self.target, p)
        counts = self.mask.sum(1)
        sums = torch.zeros(len(counts), dtype=losses.dtype).index_add(0, self.rows, losses)
        examples = sums / counts.clamp_min(1)
        return _Seen(_mean(losses), _mean(kls), p, tuple(examples.tolist()))

    def least_kl(self) -> float:
        """The mean KL of the best that any student can do on this batch.

        Where it reads the same tokens it answers the same, at best with the mixture of the targets.
        """
        places = self.mask.nonzero().tolist()
        read = [tuple(self.tokens[b, :i].tolist()) for b, i in places]
        groups: dict[tuple[int, ...], list[int]] = {}
        for n, prefix in enumerate(read):
            groups.setdefault(prefix, []).append(n)
        mixture = torch.empty_like(self.target)
        for members in groups.values():
            mixture[members] = self.target[members].mean(0)
        return max(0.0, _mean(kl(self.target, mixture)))


# -- the teacher, looked at twice --------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Snapshot:
    """A teacher's weights, gradients and answers at one moment."""

    state: Mapping[str, Tensor]
    gradients: tuple[Tensor | None, ...]
    answers: Tensor

    @classmethod
    @torch.no_grad()
    def of(cls, teacher: Model, batch: Batch) -> _Snapshot:
        with at_rest(teacher):
            logits = answer_logits(teacher, batch["xt"], batch["mt"])
        if not isinstance(teacher, nn.Module):
            return cls({}, (), softmax(logits))
        return cls(
            {name: each.detach().clone() for name, each in teacher.state_dict().items()},
            tuple(None if p.grad is None else p.grad.clone() for p in teacher.parameters()),
            softmax(logits),
        )

    def compare(self, later: _Snapshot) -> TeacherCheck:
        pairs = [(self.state[name], later.state[name]) for name in self.state]
        gradients = zip(self.gradients, later.gradients, strict=True)
        return TeacherCheck(
            weights=sum(each.numel() for each in self.state.values()),
            moved=max((_furthest(a, b) for a, b in pairs), default=0.0),
            answers_moved=_furthest(self.answers, later.answers),
            gradients=any(
                b is not None and (a is None or not torch.equal(a, b)) for a, b in gradients
            ),
        )


def _furthest(a: Tensor, b: Tensor) -> float:
    return float((a.double() - b.double()).abs().max()) if a.numel() else 0.0


# -- small things --------------------------------------------------------------------------------


def _weights(student: nn.Module) -> Weights:
    """A float64 copy, on the CPU, of what training may move."""
    return {
        name: each.detach().to("cpu", torch.float64, copy=True)
        for name, each in student.named_parameters()
        if each.requires_grad
    }


def _drops(student: nn.Module) -> bool:
    """Whether some dropout of the student is on; a step may also have switched it on."""
    return any(
        each.training and each.p > 0
        for each in student.modules()
        if isinstance(each, nn.modules.dropout._DropoutNd)
    )


def _share_held(student: nn.Module, optimizer: torch.optim.Optimizer) -> float:
    held = {id(each) for group in optimizer.param_groups for each in group["params"]}
    mine = [each for each in student.parameters() if each.requires_grad]
    count = sum(each.numel() for each in mine)
    return sum(each.numel() for each in mine if id(each) in held) / count if count else 0.0


def _number(returned: Any) -> float | None:
    try:
        value = float(returned)
    except (TypeError, ValueError, RuntimeError):
        return None
    return None if math.isnan(value) else value


def _norm(tensors: Mapping[str, Tensor]) -> float:
    return math.sqrt(sum(float(each.square().sum()) for each in tensors.values()))


def _mean(values: Tensor) -> float:
    return float(values.mean()) if len(values) else 0.0
