"""Which tokens count, how much, and how their losses become one number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

import torch
from torch import Tensor

Reduction: TypeAlias = Literal["mean", "sum", "none", "sequence"]
REDUCTIONS: tuple[Reduction, ...] = get_args(Reduction)


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens [...] of a batch: which are `valid`, flat [N] bool, and their `weights` or None.

    `shape` is that of the batch [...].
    """

    shape: torch.Size
    valid: Tensor
    weights: Tensor | None

    @classmethod
    def of(
        cls,
        shape: torch.Size,
        device: torch.device,
        *,
        labels: Tensor | None = None,
        mask: Tensor | None = None,
        ignore_index: int = -100,
        weights: Tensor | None = None,
    ) -> Tokens:
        """A token counts if its mask is true, its label not `ignore_index` and its weight not 0.

        Raises `ValueError` for a shape that is not the tokens', naming both.
        """
        for name, given in (("labels", labels), ("mask", mask), ("weights", weights)):
            if given is not None and given.shape != shape:
                raise ValueError(
                    f"{name} are {list(given.shape)}, and the tokens are {list(shape)}: they must "
                    "have one shape"
                )
        if mask is not None and mask.dtype != torch.bool:
            raise ValueError(f"the mask must be bool (True: the token counts), not {mask.dtype}")
        valid = torch.ones(shape, dtype=torch.bool, device=device) if mask is None else mask
        if labels is not None:
            valid = valid & (labels != ignore_index)
        if weights is not None:
            valid = valid & (weights != 0)
        flat = weights.reshape(-1).detach() if weights is not None else None
        return cls(shape, valid.reshape(-1), flat)

    @cached_property
    def counted(self) -> Tensor:
        """The places [n] of the tokens that count."""
        return self.valid.nonzero().squeeze(-1)

    def rows(self, rows: Tensor) -> Tensor:
        """Of rows [N, ...], those of the tokens that count [n, ...].

        In a graph that is being compiled, whose shapes may not depend on numbers, all of them: the
        others set to 0, whatever stood there.
        """
        if torch.compiler.is_compiling():
            valid = self.valid.reshape(-1, *[1] * (rows.dim() - 1))
            return torch.where(valid, rows, torch.zeros_like(rows))
        return rows[self.counted]

    def spread(self, losses: Tensor) -> Tensor:
        """Losses [n], one for each of `rows`, to all tokens [N]: 0 for those that do not count."""
        if torch.compiler.is_compiling():
            return torch.where(self.valid, losses, 0.0)
        return losses.new_zeros(self.valid.shape).index_copy(0, self.counted, losses)

    def shares(self, reduction: Reduction, dtype: torch.dtype) -> Tensor:
        """What each token's loss is multiplied by [N], before they are summed; 0 if it is ignored.

        The mean is weighted: it divides by the sum of the weights of the tokens that count, those
        of its own sequence (the last dimension of the batch) for "sequence". A mean over nothing
        is 0.
        """
        weights = self.valid.to(dtype)
        if self.weights is not None:
            weights = torch.where(self.valid, self.weights.to(dtype), 0.0)
        if reduction == "mean":
            return _divided(weights, weights.sum())
        if reduction == "sequence":
            rows = weights.reshape(self.shape)
            return _divided(rows, rows.sum(-1, keepdim=True)).reshape(-1)
        return weights

    def weigh(self, losses: Tensor, reduction: Reduction) -> Tensor:
        """Losses [N], each multiplied by its share."""
        shares = self.shares(reduction, losses.dtype)
        return torch.where(shares == 0, 0.0, shares * losses)

    def combine(self, losses: Tensor, reduction: Reduction) -> Tensor:
        """Weighted losses [N] to a scalar, to [...] for "none", to sequences for "sequence"."""
        if reduction == "none":
            return losses.reshape(self.shape)
        if reduction == "sequence":
            return losses.reshape(self.shape).sum(-1)
        return losses.sum()


def _divided(weights: Tensor, total: Tensor) -> Tensor:
    return torch.where(total == 0, 0.0, weights / torch.where(total == 0, 1.0, total))
