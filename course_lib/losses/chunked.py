"""The lean backend: hidden states and heads in, loss and gradients out, never all the logits.

Tokens pass in chunks. The logits of a chunk lie in two buffers that every chunk uses. Its gradients
are taken at once, written over the student's logits, and multiplied into those of hidden states and
head. So the [N, V] logits of a batch exist at no time, and backward only scales what is there. The
idea is that of Liger's fused linear losses (Hsu et al., *Liger Kernel*, 2024).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from course_lib.losses.inputs import Projection, Teacher, TopK
from course_lib.losses.objective import Objective, full_precision
from course_lib.losses.rows import differentiate_, takes_divided
from course_lib.losses.tokens import Reduction, Tokens

CHUNK_BYTES = 32 << 20  # of one buffer of logits
_LEAST = 16  # tokens of a chunk
_SCALAR: tuple[Reduction, ...] = ("mean", "sum")


def loss(
    objective: Objective,
    student: Projection,
    teacher: Teacher | None,
    labels: Tensor | None,
    tokens: Tokens,
    reduction: Reduction,
) -> Tensor:
    """The reduced loss, differentiable with respect to the student's hidden states, weight, bias.

    With "mean" and "sum" the gradients are computed along with the loss. Otherwise backward brings
    a weight for each token that forward cannot know, so that it computes the logits once more.
    """
    counted = tokens.valid.nonzero().squeeze(-1)
    hidden = student.hidden.reshape(-1, student.hidden.shape[-1])[counted]
    source = Source(objective, teacher, labels, counted)
    shares = tokens.shares(reduction, torch.promote_types(hidden.dtype, torch.float32))[counted]
    inputs = (hidden, student.weight, student.bias, source)
    if reduction in _SCALAR:
        total: Tensor = _Total.apply(*inputs, shares)  # type: ignore[no-untyped-call]
        return total
    each: Tensor = _Each.apply(*inputs)  # type: ignore[no-untyped-call]
    weighed = each.new_zeros(tokens.valid.shape).index_copy(0, counted, shares * each)
    return tokens.combine(weighed, reduction)


class Source:
    """What a chunk of tokens is compared with: the teacher's logits or top k, and labels."""

    def __init__(
        self,
        objective: Objective,
        teacher: Teacher | None,
        labels: Tensor | None,
        counted: Tensor,
    ) -> None:
        self.objective, self._teacher, self._counted = objective, teacher, counted
        self._labels = None if labels is None else labels.reshape(-1)
        self._buffer: Tensor | None = None
        if isinstance(teacher, Projection):
            self._weight = full_precision(teacher.weight)

    @property
    def divided(self) -> bool:
        """Whether logits are wanted divided by the temperature, which a product gives for free."""
        return takes_divided(self.objective, self._teacher)

    def labels(self, rows: slice) -> Tensor | None:
        return None if self._labels is None else self._labels[self._counted[rows]]

    def teacher(self, rows: slice) -> Tensor | TopK | None:
        """The teacher's part for these of the tokens that count; logits in a buffer."""
        teacher, chosen = self._teacher, self._counted[rows]
        if isinstance(teacher, Projection):
            hidden = teacher.hidden.reshape(-1, teacher.hidden.shape[-1])[chosen]
            if self._buffer is None:
                self._buffer = hidden.new_empty(
                    len(chosen), teacher.outcomes, dtype=self._weight.dtype
                )
            return project(hidden, self._weight, teacher.bias, self.divisor, self._buffer)
        if isinstance(teacher, TopK):
            k = teacher.ids.shape[-1]
            ids, log_probs = (x.reshape(-1, k)[chosen] for x in (teacher.ids, teacher.log_probs))
            return TopK(ids, log_probs, teacher.rest)
        if teacher is None:
            return None
        logits = full_precision(teacher.reshape(-1, teacher.shape[-1])[chosen])
        return logits / self.divisor if self.divided else logits

    @property
    def divisor(self) -> float:
        return self.objective.temperature if self.divided else 1.0


def project(
    hidden: Tensor, weight: Tensor, bias: Tensor | None, divisor: float, out: Tensor
) -> Tensor:
    """Logits [n, V] / divisor of hidden states [n, d], in the first rows of `out`."""
    out = out[: len(hidden)]
    start = out if bias is None else bias.to(out.dtype)
    beta = 0.0 if bias is None else 1 / divisor
    return torch.addmm(
        start, hidden.to(weight.dtype), weight.t(), beta=beta, alpha=1 / divisor, out=out
    )


def _chunks(tokens: int, outcomes: int) -> Iterator[slice]:
    """Equal parts of the tokens whose logits fit a buffer."""
    most = max(CHUNK_BYTES // (4 * outcomes), _LEAST)
    parts = max(-(-tokens // most), 1)
    size = max(-(-tokens // parts), 1)
    return (slice(start, min(start + size, tokens)) for start in range(0, tokens, size))


class _Gradients:
    """Gradients of hidden states, weight and bias, as far as needed, summed over chunks."""

    def __init__(
        self, hidden: Tensor, weight: Tensor, bias: Tensor | None, needed: tuple[bool, ...]
    ) -> None:
        exact = full_precision(weight).dtype
        of_hidden, of_weight, of_bias = needed
        self.hidden = hidden.new_empty(hidden.shape, dtype=exact) if of_hidden else None
        self.weight = weight.new_zeros(weight.shape, dtype=exact) if of_weight else None
        self.bias = (
            bias.new_zeros(bias.shape, dtype=exact) if of_bias and bias is not None else None
        )

    def add(
        self, rows: slice, slopes: Tensor, shares: Tensor, hidden: Tensor, weight: Tensor
    ) -> None:
        """Add a chunk: `slopes` [n, V] for logits, each token's times its share [n].

        The shares multiply rows of width d rather than of width V.
        """
        if self.hidden is not None:
            part = self.hidden[rows]
            torch.mm(slopes, weight, out=part)
            part *= shares[:, None]
        if self.weight is not None:
            self.weight.addmm_(slopes.t(), hidden.to(slopes.dtype) * shares[:, None])
        if self.bias is not None:
            self.bias.addmv_(slopes.t(), shares)

    def scaled(
        self, factor: Tensor | None, like: tuple[Tensor, Tensor, Tensor | None]
    ) -> list[Tensor | None]:
        """Each times `factor`, in the dtype of its input; None where none is needed."""
        found: list[Tensor | None] = []
        for gradient, of in zip((self.hidden, self.weight, self.bias), like, strict=True):
            if gradient is None or of is None:
                found.append(None)
            else:
                found.append((gradient if factor is None else factor * gradient).to(of.dtype))
        return found


def _run(
    source: Source, hidden: Tensor, weight: Tensor, bias: Tensor | None,
    shares: Tensor | None, gradients: _Gradients | None,
) -> Tensor:  # fmt: skip
    """Losses [n] of all chunks; their gradients, times the shares, are added to `gradients`."""
    exact = full_precision(weight)
    losses = hidden.new_empty(len(hidden), dtype=exact.dtype)
    buffer: Tensor | None = None
    for rows in _chunks(len(hidden), len(weight)):
        if buffer is None:
            buffer = hidden.new_empty(rows.stop - rows.start, len(weight), dtype=exact.dtype)
        logits = project(hidden[rows], exact, bias, source.divisor, buffer)
        losses[rows] = differentiate_(
            source.objective, logits, source.teacher(rows), source.labels(rows)
        )
        if gradients is not None:
            assert shares is not None
            gradients.add(rows, logits, shares[rows], hidden[rows], exact)
    return losses


class _Total(torch.autograd.Function):
    """Σ shareᵢ·lossᵢ, whose gradients are there when it is."""

    @staticmethod
    def forward(
        ctx: Any,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        source: Source,
        shares: Tensor,
    ) -> Tensor:
        with torch.autocast(hidden.device.type, enabled=False):
            needed = ctx.needs_input_grad[:3]
            gradients = _Gradients(hidden, weight, bias, needed) if any(needed) else None
            losses = _run(source, hidden, weight, bias, shares, gradients)
            total = torch.where(shares == 0, 0.0, shares * losses).sum()
        ctx.gradients, ctx.like = gradients, (hidden, weight, bias)
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, factor: Tensor) -> tuple[Any, ...]:
        return (*ctx.gradients.scaled(factor, ctx.like), None, None)


class _Each(torch.autograd.Function):
    """Losses [n]; backward computes the logits once more."""

    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor | None, source: Source
    ) -> Tensor:
        ctx.save_for_backward(hidden, weight, bias)
        ctx.source = source
        with torch.autocast(hidden.device.type, enabled=False):
            return _run(source, hidden, weight, bias, None, None)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, shares: Tensor) -> tuple[Any, ...]:
        hidden, weight, bias = ctx.saved_tensors
        with torch.autocast(hidden.device.type, enabled=False):
            gradients = _Gradients(hidden, weight, bias, ctx.needs_input_grad[:3])
            _run(ctx.source, hidden, weight, bias, shares, gradients)
        return (*gradients.scaled(None, (hidden, weight, bias)), None)
