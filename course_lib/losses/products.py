"""Matrix products whose sums and results have float32's precision, whatever comes in.

Half precision stays as it is on a GPU, whose units multiply it and add in float32; the result is
asked for in float32 too, as a logit rounded to bfloat16 has lost what a close student is told by.
Elsewhere it is converted.
"""

from __future__ import annotations

import torch
from torch import Tensor

_HALF = (torch.float16, torch.bfloat16)


def exact_dtype(*dtypes: torch.dtype) -> torch.dtype:
    """Of results: float32, or float64 if anything is."""
    return torch.float64 if torch.float64 in dtypes else torch.float32


def operand(weight: Tensor, hidden: torch.dtype) -> Tensor:
    """The weight as it is multiplied with hidden states of a dtype."""
    if weight.is_cuda and hidden in _HALF:
        return weight.to(hidden)
    return weight.to(exact_dtype(weight.dtype, hidden))


def multiply(a: Tensor, b: Tensor, out: Tensor) -> None:
    """a·b [n, m] into `out`."""
    if a.dtype == out.dtype:
        torch.mm(a, b, out=out)
    else:
        torch.mm(a, b, out_dtype=out.dtype, out=out)


def add_product(to: Tensor, a: Tensor, b: Tensor) -> None:
    """Add a·b [n, m] to `to`."""
    if a.dtype == to.dtype:
        to.addmm_(a, b)
    else:
        torch.addmm(to, a, b, out_dtype=to.dtype, out=to)


def project(
    hidden: Tensor, weight: Tensor, bias: Tensor | None, divisor: float, out: Tensor
) -> Tensor:
    """Logits [n, V] / divisor of hidden states [n, d], in the first rows of `out`."""
    out = out[: len(hidden)]
    if weight.dtype not in _HALF:
        weight = weight.to(out.dtype)
    hidden = hidden.to(weight.dtype)
    if weight.dtype != out.dtype:
        multiply(hidden, weight.t(), out)
        if bias is not None:
            out += bias
        return out if divisor == 1 else out.div_(divisor)
    start = out if bias is None else bias.to(out.dtype)
    beta = 0.0 if bias is None else 1 / divisor
    return torch.addmm(start, hidden, weight.t(), beta=beta, alpha=1 / divisor, out=out)
