"""Run by test_triton.py with TRITON_INTERPRET=1: the kernels against the plain backend."""

import math

import torch

from course_lib.losses import Projection, chunked, distillation_loss
from course_lib.losses.objective import NAMES, Objective
from course_lib.losses.triton import launch

N, V, D = 5, 19, 4


def draw(*shape: int, seed: int = 0) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed + sum(shape))
    return 2 * torch.randn(*shape, generator=generator)


def rows() -> tuple[torch.Tensor, torch.Tensor]:
    """Teacher and student: ruled-out outcomes on both sides and on one, equal rows, near rows."""
    teacher, student = draw(N, V), draw(N, V, seed=1)
    teacher[0, ::3] = student[0, ::3] = -math.inf
    student[1, 2] = -math.inf
    teacher[2, 5] = -math.inf
    student[3] = teacher[3]
    student[4] = teacher[4] + 1e-3 * student[4]
    return teacher, student


def rows_agree(name: str, alpha: float) -> None:
    teacher, student = rows()
    labels = None if alpha == 1 else torch.tensor([1, 3, 18, 2, 7])
    objective = Objective(name, share=0.3, alpha=alpha, temperature=1.7)
    gradient = torch.empty_like(student)
    losses = launch.differentiate(objective, student, teacher, labels, out=gradient)
    right, slopes = objective.of(student.double(), teacher.double(), labels)
    torch.testing.assert_close(losses.double(), right, rtol=1e-4, atol=1e-12)
    torch.testing.assert_close(gradient.double(), slopes, rtol=1e-5, atol=1e-6)
    if alpha == 1:
        assert losses[3] == 0
        assert gradient[3].eq(0).all()
        near = (gradient[4].double() - slopes[4]).norm() / slopes[4].norm()
        assert near < 1e-3, near
    in_place = student.clone()
    launch.differentiate(objective, in_place, teacher, labels, out=in_place)
    torch.testing.assert_close(in_place, gradient, rtol=0, atol=0, equal_nan=True)


def whole_losses_agree(name: str) -> None:
    hidden, weight, bias = (x.requires_grad_() for x in (draw(N, D), draw(V, D), draw(V)))
    student, teacher = Projection(hidden, weight, bias), Projection(draw(N, 3), draw(V, 3))
    labels = torch.tensor([1, -100, 18, 2, 7])
    options = {"divergence": name, "share": 0.3, "alpha": 0.6, "temperature": 1.7}
    for reduction in ("mean", "none"):
        made = []
        for backend in ("torch", "triton"):
            loss = distillation_loss(
                student, teacher, labels, reduction=reduction, backend=backend, **options
            )
            weights = torch.linspace(0, 1, loss.numel()).reshape(loss.shape)
            scalar = (loss * weights).sum() if loss.dim() else loss
            made.append((loss, *torch.autograd.grad(scalar, (hidden, weight, bias))))
        for plain, fast in zip(*made, strict=True):
            torch.testing.assert_close(fast, plain, rtol=1e-4, atol=1e-5)


def logits_agree(name: str, dtype: torch.dtype) -> None:
    student = draw(N, V).to(dtype).requires_grad_()
    teacher = draw(N, V, seed=1).to(dtype)
    made = []
    for backend in ("torch", "triton"):
        loss = distillation_loss(student, teacher, divergence=name, backend=backend)
        made.append((loss, *torch.autograd.grad(loss, (student,))))
    for plain, fast in zip(*made, strict=True):
        assert fast.dtype == plain.dtype
        torch.testing.assert_close(fast, plain)


def rows_may_lie_far_apart() -> None:
    """The third 2³¹ numbers from the first: of those between, no memory is ever touched."""
    teacher, student = draw(3, V).half(), draw(3, V, seed=1).half()
    far = torch.empty_strided((3, V), (2**30, 1), dtype=torch.float16)
    far.copy_(student)
    objective = Objective()
    losses = launch.differentiate(objective, far, teacher, None, out=far)
    gradient = torch.empty_like(student)
    right = launch.differentiate(objective, student, teacher, None, out=gradient)
    assert torch.equal(losses, right)
    assert torch.equal(far.clone(), gradient)


def extremes_agree(name: str) -> None:
    teacher, student = draw(2, 5), draw(2, 5, seed=1)
    for T, scale in ((1e-3, 1.0), (1e4, 1.0), (1.0, 1e4)):
        objective = Objective(name, temperature=T)
        losses = launch.differentiate(objective, scale * student, scale * teacher, None)
        right, _ = objective.of(scale * student.double(), scale * teacher.double(), None)
        torch.testing.assert_close(losses.double(), right, rtol=1e-4, atol=1e-6 * T * T)
    assert launch.differentiate(Objective(name), student[:0], teacher[:0], None).shape == (0,)
    one = launch.differentiate(
        Objective(name), student[:, :1].clone(), teacher[:, :1].clone(), None
    )
    assert one.eq(0).all()


def main() -> None:
    torch.set_num_threads(1)
    launch.MOST_BLOCK = 8  # several blocks a row, the last one not full
    chunked.CHUNK_BYTES, chunked._LEAST = 16, 2  # several chunks
    for each in NAMES:
        rows_agree(each, 1.0)
        rows_agree(each, 0.4)
        whole_losses_agree(each)
        extremes_agree(each)
        for dtype in (torch.float32, torch.bfloat16, torch.float16):
            logits_agree(each, dtype)
    rows_may_lie_far_apart()


if __name__ == "__main__":
    main()
