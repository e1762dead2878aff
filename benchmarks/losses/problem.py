"""What is computed: a student's projection, a teacher's, and the divergence between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from course_lib.losses import Projection
from course_lib.losses.objective import Name


@dataclass(frozen=True, eq=False)
class Problem:
    """A loss, without T², to be meant over N tokens; labels [N] int64 are -100 where ignored."""

    student: Projection
    teacher: Projection
    labels: Tensor
    divergence: Name = "forward_kl"
    share: float = 0.5
    temperature: float = 1.0

    @property
    def leaves(self) -> list[Tensor]:
        """What gets a gradient: hidden states, weight, and bias if there is one."""
        student = self.student
        return [x for x in (student.hidden, student.weight, student.bias) if x is not None]

    def doubled(self) -> Problem:
        """The same numbers in float64, on the host."""
        return replace(self, student=_doubled(self.student), teacher=_doubled(self.teacher))


@dataclass(frozen=True)
class Shape:
    """N tokens, widths of student and teacher, V outcomes."""

    N: int = 2048
    d_s: int = 256
    d_t: int = 512
    V: int = 32_000

    @property
    def flops(self) -> int:
        """Of the four matrix products: logits twice, and the student's two gradients."""
        return self.N * self.V * (6 * self.d_s + 2 * self.d_t)

    def __str__(self) -> str:
        return f"N = {self.N:,}, d_s = {self.d_s:,}, d_t = {self.d_t:,}, V = {self.V:,}"


def draw(
    shape: Shape,
    divergence: Name = "forward_kl",
    temperature: float = 1.0,
    *,
    dtype: torch.dtype = torch.float32,
    device: str = "cpu",
    ignored: float = 0.0,
    seed: int = 0,
) -> Problem:
    """Normal logits of deviation 1, independent of each other; a share of the tokens ignored."""
    generator = torch.Generator(device).manual_seed(seed)

    def normal(*size: int, scale: float = 1.0) -> Tensor:
        made = torch.randn(*size, generator=generator, device=device)
        return (made.mul_(scale) if scale != 1 else made).to(dtype)

    hidden, weight = normal(shape.N, shape.d_s), normal(shape.V, shape.d_s, scale=shape.d_s**-0.5)
    teacher = Projection(
        normal(shape.N, shape.d_t), normal(shape.V, shape.d_t, scale=shape.d_t**-0.5)
    )
    labels = torch.randint(shape.V, (shape.N,), generator=generator, device=device)
    labels[: int(ignored * shape.N)] = -100
    student = Projection(hidden.requires_grad_(), weight.requires_grad_())
    return Problem(student, teacher, labels, divergence, 0.5, temperature)


def nearby(problem: Problem, distance: float, seed: int = 1) -> Problem:
    """The teacher replaced by the student, moved by `distance` in its hidden states."""
    student = problem.student
    generator = torch.Generator(student.hidden.device).manual_seed(seed)
    noise = torch.randn(student.hidden.shape, generator=generator, device=student.hidden.device)
    hidden = (student.hidden.detach().float() + distance * noise).to(student.hidden.dtype)
    return replace(problem, teacher=Projection(hidden, student.weight.detach()))


def _doubled(of: Projection) -> Projection:
    def doubled(x: Tensor) -> Tensor:
        return x.detach().cpu().double().requires_grad_(x.requires_grad)

    bias = None if of.bias is None else doubled(of.bias)
    return Projection(doubled(of.hidden), doubled(of.weight), bias)
