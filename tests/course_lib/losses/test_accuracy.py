"""Every divergence, backend and dtype against the definitions in extended precision."""

import numpy as np
import pytest
import torch

from autograder.oracles import losses as oracle
from course_lib.losses import Projection, chunked, distillation_loss, rows
from course_lib.losses.objective import NAMES

N, D, V, T, SHARE = 13, 8, 300, 1.5, 0.3
# Relative errors of the loss, and of its gradients before they are rounded to their dtype.
EXACT = {torch.float64: (1e-10, 1e-9), torch.float32: (1e-5, 5e-5)}


def projection(seed: int, dtype: torch.dtype) -> Projection:
    generator = torch.Generator().manual_seed(seed)
    hidden, weight, bias = (
        torch.randn(*shape, dtype=torch.float64, generator=generator).to(dtype)
        for shape in ((N, D), (V, D), (V,))
    )
    return Projection(hidden, weight / 2, bias)


def nearby(other: Projection) -> Projection:
    generator = torch.Generator().manual_seed(9)
    noise = torch.randn(N, D, dtype=torch.float64, generator=generator)
    moved = other.hidden.double() + 0.03 * noise
    return Projection(moved.to(other.hidden.dtype), other.weight, other.bias)


def truth(name: str, teacher: Projection, student: Projection) -> tuple[float, list[torch.Tensor]]:
    """The mean loss with T², and its gradients for hidden states, weight and bias."""
    wide = [
        Projection(*(x.detach().double() for x in (of.hidden, of.weight, of.bias)))
        for of in (teacher, student)
    ]
    value, slopes = oracle.divergence(name, *(x.logits().numpy() for x in wide), T, SHARE)
    slope = torch.from_numpy(slopes.astype(np.float64)) * T**2 / N
    found = [slope @ wide[1].weight, slope.t() @ wide[1].hidden, slope.sum(0)]
    return float(value.mean()) * T**2, found


@pytest.mark.parametrize("where", ["far", "near"])
@pytest.mark.parametrize(
    "dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16], ids=str
)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_loss_and_gradients_are_right_to_the_precision_of_their_dtype(
    backend, name, dtype, where, monkeypatch
):
    monkeypatch.setattr(chunked, "CHUNK_BYTES", 4 * V * 5)
    monkeypatch.setattr(chunked, "_LEAST", 1)
    monkeypatch.setattr(rows, "_BLOCK_BYTES", 8 * V * 2)
    student = projection(0, dtype)
    teacher = nearby(student) if where == "near" else projection(1, dtype)
    leaves = [x.requires_grad_() for x in (student.hidden, student.weight, student.bias)]
    loss = distillation_loss(
        student,
        Projection(*(x.detach() for x in (teacher.hidden, teacher.weight, teacher.bias))),
        divergence=name, share=SHARE, temperature=T, backend=backend,
    )  # fmt: skip
    right, slopes = truth(name, teacher, student)
    of_loss, of_gradient = EXACT.get(dtype, EXACT[torch.float32])
    if name == "total_variation" and where == "near":
        of_gradient *= 30  # it jumps where p = q, and outcomes are near that
    assert loss.dtype == torch.promote_types(dtype, torch.float32)
    assert abs(float(loss.detach()) - right) <= of_loss * right
    rounding = 0 if dtype in EXACT else torch.finfo(dtype).eps
    least = 0 if dtype in EXACT else torch.finfo(dtype).smallest_normal
    for gradient, slope in zip(torch.autograd.grad(loss, leaves), slopes, strict=True):
        assert gradient.dtype == dtype
        off = (gradient.double() - slope).norm()
        assert off <= (of_gradient + rounding) * slope.norm() + least
