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

from course_lib.losses.inputs import Projection, Teacher
from course_lib.losses.objective import Objective
from course_lib.losses.products import add_product, exact_dtype, multiply, operand, project
from course_lib.losses.source import Source
from course_lib.losses.tokens import Reduction, Tokens

# Of one buffer of logits. Each chunk reads the heads once and the head's gradient twice: too few
# tokens, and that is what a step does. On a CPU 500 tokens for 32,000 outcomes were enough; for
# 128,256 a GPU needs some 1,200 before it multiplies longer than it reads.
CHUNK_BYTES = 64 << 20
CHUNK_BYTES_ON_CUDA = 768 << 20
_LEAST = 16  # tokens of a chunk
_TILE = 128  # and a multiple of this on a GPU
_SCALAR: tuple[Reduction, ...] = ("mean", "sum")


def loss(
    objective: Objective,
    student: Projection,
    teacher: Teacher | None,
    labels: Tensor | None,
    tokens: Tokens,
    reduction: Reduction,
    *,
    kernels: bool = False,
) -> Tensor:
    """The reduced loss, differentiable with respect to the student's hidden states, weight, bias.

    With "mean" and "sum" the gradients are computed along with the loss. Otherwise backward brings
    a weight for each token that forward cannot know, so that it computes the logits once more.
    `kernels` asks for Triton's between the products.
    """
    counted = tokens.counted
    hidden = student.hidden.reshape(-1, student.hidden.shape[-1])[counted]
    source = Source(objective, teacher, labels, counted, kernels)
    shares = tokens.shares(reduction, exact_dtype(hidden.dtype, student.weight.dtype))[counted]
    inputs = (hidden, student.weight, student.bias, source)
    if reduction in _SCALAR:
        learning = torch.is_grad_enabled()
        total: Tensor = _Total.apply(*inputs, shares, learning)  # type: ignore[no-untyped-call]
        return total
    each: Tensor = _Each.apply(*inputs)  # type: ignore[no-untyped-call]
    return tokens.combine(tokens.spread(shares * each), reduction)


def _chunks(tokens: int, outcomes: int, on_cuda: bool) -> Iterator[slice]:
    """Equal parts of the tokens whose logits fit a buffer."""
    most = max((CHUNK_BYTES_ON_CUDA if on_cuda else CHUNK_BYTES) // (4 * outcomes), _LEAST)
    parts = max(-(-tokens // most), 1)
    size = max(-(-tokens // parts), 1)
    if on_cuda:
        size = -(-size // _TILE) * _TILE
    return (slice(start, min(start + size, tokens)) for start in range(0, tokens, size))


class _Gradients:
    """Gradients of hidden states, weight and bias, as far as needed, summed over chunks.

    Each token's is multiplied by its share [n]. The largest share is left to the end, so that in
    half precision the others are rounded to what they are of it: mostly 1.
    """

    def __init__(
        self,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        shares: Tensor,
        needed: tuple[bool, ...],
    ) -> None:
        exact = shares.dtype
        of_hidden, of_weight, of_bias = needed
        self.hidden = hidden.new_empty(hidden.shape, dtype=exact) if of_hidden else None
        self.weight = weight.new_zeros(weight.shape, dtype=exact) if of_weight else None
        self.bias = (
            bias.new_zeros(bias.shape, dtype=exact) if of_bias and bias is not None else None
        )
        self._most = shares.abs().amax() if len(shares) else shares.new_ones(())
        self._shares = torch.where(self._most == 0, 0.0, shares / self._most)
        self._skipping = bool((shares == 0).any())

    def add(self, rows: slice, slopes: Tensor, hidden: Tensor, weight: Tensor) -> None:
        """Add a chunk: `slopes` [n, V] for logits. Shares multiply rows of width d, not of V."""
        shares = self._shares[rows]
        if self._skipping:  # a token without a share may have an infinite gradient
            slopes.masked_fill_(shares[:, None] == 0, 0.0)
        if self.hidden is not None:
            part = self.hidden[rows]
            multiply(slopes, weight, part)
            part *= shares[:, None]
        if self.weight is not None:
            weighed = (hidden * shares[:, None]).to(slopes.dtype)
            add_product(self.weight, slopes.t(), weighed)
        if self.bias is not None:
            self.bias.addmv_(slopes.t().to(shares.dtype), shares)

    def scaled(
        self, factor: Tensor, like: tuple[Tensor, Tensor, Tensor | None]
    ) -> list[Tensor | None]:
        """Each times `factor`, in the dtype of its input; None where none is needed.

        It happens in place: this can be done once.
        """
        found: list[Tensor | None] = []
        for gradient, of in zip((self.hidden, self.weight, self.bias), like, strict=True):
            if gradient is None or of is None:
                found.append(None)
            else:
                found.append(gradient.mul_(factor * self._most).to(of.dtype))
        return found


def _run(
    source: Source, hidden: Tensor, weight: Tensor, bias: Tensor | None,
    gradients: _Gradients | None,
) -> Tensor:  # fmt: skip
    """Losses [n] of all chunks; their gradients are added to `gradients`."""
    exact = exact_dtype(hidden.dtype, weight.dtype)
    factor = operand(weight, hidden.dtype)
    losses = hidden.new_empty(len(hidden), dtype=exact)
    buffer: Tensor | None = None
    slopes: Tensor | None = None
    for rows in _chunks(len(hidden), len(weight), hidden.is_cuda):
        n = rows.stop - rows.start
        if buffer is None:
            buffer = hidden.new_empty(n, len(weight), dtype=exact)
            if gradients is not None:
                slopes = (
                    buffer
                    if factor.dtype == exact
                    else torch.empty_like(buffer, dtype=factor.dtype)
                )
        logits = project(hidden[rows], factor, bias, source.divisor, buffer)
        part = None if slopes is None else slopes[:n]
        losses[rows] = source.differentiate(logits, rows, part)
        if gradients is not None:
            assert part is not None
            gradients.add(rows, part, hidden[rows], factor)
    return losses


class _Total(torch.autograd.Function):
    """Σ shareᵢ·lossᵢ, whose gradients are there when it is, if anything is `learning`."""

    @staticmethod
    def forward(
        ctx: Any,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        source: Source,
        shares: Tensor,
        learning: bool,
    ) -> Tensor:
        with torch.autocast(hidden.device.type, enabled=False):
            needed = ctx.needs_input_grad[:3]
            wanted = learning and any(needed)
            gradients = (
                _Gradients(hidden, weight, bias, source.slope * shares, needed) if wanted else None
            )
            losses = _run(source, hidden, weight, bias, gradients)
            total = torch.where(shares == 0, 0.0, shares * losses).sum()
        ctx.save_for_backward(hidden, weight, bias, shares)
        ctx.source, ctx.gradients = source, gradients
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, factor: Tensor) -> tuple[Any, ...]:
        """Give the gradients away. Who asks once more, for a retained graph, has them computed."""
        hidden, weight, bias, shares = ctx.saved_tensors
        gradients, ctx.gradients = ctx.gradients, None
        if gradients is None:
            gradients = _again(ctx, hidden, weight, bias, shares)
        return (*gradients.scaled(factor, (hidden, weight, bias)), None, None, None)


class _Each(torch.autograd.Function):
    """Losses [n]; backward computes the logits once more."""

    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor | None, source: Source
    ) -> Tensor:
        ctx.save_for_backward(hidden, weight, bias)
        ctx.source = source
        with torch.autocast(hidden.device.type, enabled=False):
            return _run(source, hidden, weight, bias, None)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, shares: Tensor) -> tuple[Any, ...]:
        hidden, weight, bias = ctx.saved_tensors
        gradients = _again(ctx, hidden, weight, bias, shares)
        return (*gradients.scaled(shares.new_ones(()), (hidden, weight, bias)), None)


def _again(
    ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor | None, shares: Tensor
) -> _Gradients:
    with torch.autocast(hidden.device.type, enabled=False):
        gradients = _Gradients(
            hidden, weight, bias, ctx.source.slope * shares, ctx.needs_input_grad[:3]
        )
        _run(ctx.source, hidden, weight, bias, gradients)
    return gradients
