"""What a loss is computed from: logits, hidden states with their head, or a teacher's top k."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch
from torch import Tensor

from course_lib.losses.products import exact_dtype


@dataclass(frozen=True, eq=False)
class Projection:
    """Hidden states [..., d] before their head, weight [V, d] and bias [V] or None.

    A loss of projections never holds all their logits at once. Raises `ValueError` for shapes that
    do not fit together.
    """

    hidden: Tensor
    weight: Tensor
    bias: Tensor | None = None

    def __post_init__(self) -> None:
        hidden, weight, bias = self.hidden, self.weight, self.bias
        if weight.dim() != 2 or hidden.dim() < 1 or hidden.shape[-1] != weight.shape[-1]:
            raise ValueError(
                f"hidden states {_shape(hidden)} and a weight {_shape(weight)} do not fit: they "
                "must be [..., d] and [V, d]"
            )
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ValueError(
                f"a bias {_shape(bias)} does not fit a weight {_shape(weight)}: it must be [V]"
            )

    @property
    def outcomes(self) -> int:
        """V."""
        return self.weight.shape[0]

    @property
    def leading(self) -> torch.Size:
        """The shape of the tokens [...]."""
        return self.hidden.shape[:-1]

    def logits(self) -> Tensor:
        """All logits [..., V] at once, in float32, or in float64 if a part is."""
        parts = [x for x in (self.hidden, self.weight, self.bias) if x is not None]
        exact = exact_dtype(*(x.dtype for x in parts))
        with torch.autocast(self.hidden.device.type, enabled=False):
            return torch.nn.functional.linear(*(x.to(exact) for x in parts))


@dataclass(frozen=True, eq=False)
class TopK:
    """A teacher of whom only the k likeliest outcomes are known.

    `ids` [..., k] are outcomes, each at most once a token; `log_probs` [..., k] their
    log-probabilities at the temperature of the loss. `rest` says what of the other outcomes:
    "renormalise" the k to 1; compare the rest as one "bucket" with the student's; or leave it out
    as "zero", for which only the forward KL is defined (and may then be negative).
    Raises `ValueError` for shapes or dtypes that do not fit.
    """

    ids: Tensor
    log_probs: Tensor
    rest: Literal["renormalise", "bucket", "zero"] = "renormalise"

    def __post_init__(self) -> None:
        if self.ids.shape != self.log_probs.shape:
            raise ValueError(
                f"ids {_shape(self.ids)} and log_probs {_shape(self.log_probs)} must have one "
                "shape, [..., k]"
            )
        if self.ids.dim() < 1 or self.ids.shape[-1] == 0:
            raise ValueError(f"ids are {_shape(self.ids)}: they must be [..., k], k at least 1")
        if self.ids.dtype != torch.int64:
            raise ValueError(f"ids must be int64, not {self.ids.dtype}")
        if self.rest not in ("renormalise", "bucket", "zero"):
            raise ValueError(f"rest is {self.rest!r}: it must be renormalise, bucket or zero")

    @property
    def leading(self) -> torch.Size:
        """The shape of the tokens [...]."""
        return self.ids.shape[:-1]


Student: TypeAlias = Tensor | Projection
Teacher: TypeAlias = Tensor | Projection | TopK


def leading(of: Student | Teacher) -> torch.Size:
    """The shape of the tokens [...] that logits [..., V], a projection or a top k are about."""
    return of.shape[:-1] if isinstance(of, Tensor) else of.leading


def full_precision(x: Tensor) -> Tensor:
    """The same numbers in float32, or float64 if they come so."""
    return x if x.dtype == torch.float64 else x.float()


def _shape(of: Tensor) -> str:
    return str(list(of.shape))
