"""The chunked backend against the plain one: same numbers, other memory."""

import math
from itertools import product

import pytest
import torch

from course_lib.losses import Projection, TopK, choose_backend, chunked, distillation_loss, rows
from course_lib.losses.objective import NAMES

B, L, V, D = 3, 7, 19, 6


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Chunks and blocks of sizes that divide nothing evenly."""
    monkeypatch.setattr(chunked, "CHUNK_BYTES", 16)
    monkeypatch.setattr(chunked, "_LEAST", 4)
    monkeypatch.setattr(rows, "_BLOCK_BYTES", 3 * 8 * V)


def draw(*shape, seed=0, scale=1.0, dtype=torch.float64):
    generator = torch.Generator().manual_seed(seed + sum(shape))
    return (scale * torch.randn(*shape, generator=generator, dtype=torch.float64)).to(dtype)


def heads(dtype=torch.float64, bias=True):
    """A student's projection, its inputs as leaves, and the teacher's."""
    inputs = [draw(B, L, D, scale=2.0, dtype=dtype), draw(V, D, dtype=dtype)]
    inputs += [draw(V, dtype=dtype)] if bias else []
    leaves = [each.requires_grad_() for each in inputs]
    return (
        Projection(*leaves),
        leaves,
        Projection(draw(B, L, 9, dtype=dtype), draw(V, 9, dtype=dtype)),
    )


def labels():
    made = torch.arange(B * L).reshape(B, L) % V
    made[0, 2:4] = made[2, -1] = -100
    return made


def both(student, leaves, teacher, target=None, **options):
    """Loss and gradients by both backends; weighted, where the loss is no scalar."""
    made = []
    for backend in ("torch", "chunked"):
        loss = distillation_loss(student, teacher, target, backend=backend, **options)
        weight = torch.linspace(-1, 2, loss.numel(), dtype=loss.dtype).reshape(loss.shape)
        scalar = (loss * weight).sum() if loss.dim() else 1.5 * loss
        made.append((loss, *torch.autograd.grad(scalar, leaves)))
    return made


def assert_same(made, **tolerance):
    plain, lean = made
    for one, other in zip(plain, lean, strict=True):
        torch.testing.assert_close(other, one, **tolerance)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none", "sequence"])
@pytest.mark.parametrize("alpha", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("name", NAMES)
def test_values_and_gradients_are_those_of_the_plain_backend(name, alpha, reduction):
    student, leaves, teacher = heads()
    made = both(
        student, leaves, teacher, labels(), divergence=name, share=0.3, alpha=alpha,
        temperature=1.7, reduction=reduction, weights=draw(B, L).abs(),
    )  # fmt: skip
    assert_same(made, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("bias", [False, True])
def test_all_logits_may_be_the_teachers(bias):
    student, leaves, teacher = heads(bias=bias)
    assert_same(both(student, leaves, teacher.logits(), labels(), temperature=0.6))


@pytest.mark.parametrize(
    ("name", "rest"),
    [("forward_kl", "zero"), *product(NAMES, ("renormalise", "bucket"))],
)
def test_a_top_k_may_be_the_teachers(name, rest):
    student, leaves, teacher = heads()
    log_probs, ids = teacher.logits().log_softmax(-1).topk(4)
    top = TopK(ids, log_probs, rest)
    # Above 0 wherever it is asked for: a reverse KL to what is left out is infinite.
    if (name, rest) == ("reverse_kl", "renormalise"):
        for backend in ("torch", "chunked"):
            assert distillation_loss(student, top, divergence=name, backend=backend) == math.inf
    else:
        assert_same(both(student, leaves, top, labels(), divergence=name))


def test_outcomes_that_the_teacher_rules_out_are_no_trouble():
    student, leaves, teacher = heads()
    logits = teacher.logits().detach()
    logits[..., ::3] = -math.inf
    assert_same(both(student, leaves, logits))


def test_an_infinite_loss_is_infinite_here_too():
    student, _, teacher = heads()
    hopeless = Projection(
        student.hidden,
        student.weight,
        torch.full((V,), -math.inf).index_fill(0, torch.tensor([0]), 0.0).double(),
    )
    loss = distillation_loss(hopeless, teacher, backend="chunked")
    assert loss == math.inf


def test_equal_models_cost_exactly_nothing_and_do_not_move():
    student, leaves, _ = heads(dtype=torch.float32)
    twin = Projection(*(each.detach().clone() for each in leaves))
    loss = distillation_loss(student, twin, temperature=2.0, backend="chunked")
    loss.backward()
    assert loss == 0
    assert all(each.grad.eq(0).all() for each in leaves)


def test_a_student_close_to_its_teacher_keeps_its_digits():
    student, leaves, _ = heads(dtype=torch.float32)
    twin = Projection(leaves[0] + 1e-3 * draw(B, L, D, seed=9, dtype=torch.float32), *leaves[1:])
    loss = distillation_loss(student, twin, backend="chunked")
    exact = distillation_loss(student.logits().double(), twin.logits().double())
    torch.testing.assert_close(loss.double(), exact, rtol=1e-3, atol=0)


@pytest.mark.parametrize("frozen", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_what_is_frozen_gets_no_gradient_and_the_rest_the_same(frozen):
    _, leaves, teacher = heads()
    inputs = [x.detach() if i in frozen else x for i, x in enumerate(leaves)]
    learning = [x for x in inputs if x.requires_grad]
    if learning:
        assert_same(both(Projection(*inputs), learning, teacher))
    else:
        assert not distillation_loss(Projection(*inputs), teacher).requires_grad


def test_a_second_backward_and_a_scaled_one_are_linear():
    student, leaves, teacher = heads()
    loss = distillation_loss(student, teacher, backend="chunked")
    loss.backward(retain_graph=True)
    once = [each.grad.clone() for each in leaves]
    (2 * loss).backward()
    for each, first in zip(leaves, once, strict=True):
        torch.testing.assert_close(each.grad, 3 * first)


@pytest.mark.parametrize("nothing", ["ignored", "empty"])
def test_no_tokens_cost_nothing(nothing):
    student, leaves, teacher = heads()
    if nothing == "empty":
        student = Projection(leaves[0][:0], *leaves[1:])
        loss = distillation_loss(student, Projection(teacher.hidden[:0], teacher.weight))
    else:
        loss = distillation_loss(student, teacher, torch.full((B, L), -100))
    loss.backward()
    assert loss == 0
    assert all(each.grad.eq(0).all() for each in leaves)


def test_what_is_ignored_has_no_effect():
    student, leaves, teacher = heads()
    clean = both(student, leaves, teacher, labels())
    with torch.no_grad():
        leaves[0][0, 2] = math.nan
        teacher.hidden[2, -1] = math.inf
    assert_same([clean[1], both(student, leaves, teacher, labels())[1]])


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_multiplied_and_summed_in_float32(dtype):
    student, leaves, teacher = heads(dtype=dtype)
    loss = distillation_loss(student, teacher, temperature=2.0, backend="chunked")
    gradients = torch.autograd.grad(loss, leaves)
    exact = [each.detach().double().requires_grad_() for each in leaves]
    wide = Projection(teacher.hidden.double(), teacher.weight.double())
    truth = distillation_loss(Projection(*exact), wide, temperature=2.0, backend="torch")
    torch.testing.assert_close(loss.double(), truth, rtol=1e-5, atol=0)
    eps = torch.finfo(dtype).eps
    for found, right in zip(gradients, torch.autograd.grad(truth, exact), strict=True):
        assert found.dtype == dtype
        torch.testing.assert_close(found.double(), right, rtol=eps, atol=1e-5)


def test_autocast_and_no_grad_change_nothing():
    student, _, teacher = heads(dtype=torch.float32)
    plain = distillation_loss(student, teacher, backend="chunked")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        torch.testing.assert_close(distillation_loss(student, teacher, backend="chunked"), plain)
    with torch.no_grad():
        loss = distillation_loss(student, teacher, backend="chunked")
    torch.testing.assert_close(loss, plain)
    assert not loss.requires_grad


def test_strided_inputs_are_no_different():
    student, leaves, teacher = heads()
    turned = [each.detach().t().contiguous().t() if each.dim() == 2 else each for each in leaves]
    turned[0] = leaves[0].detach().permute(2, 1, 0).contiguous().permute(2, 1, 0)
    loss = distillation_loss(Projection(*turned), teacher, backend="chunked")
    torch.testing.assert_close(loss, distillation_loss(student, teacher, backend="chunked"))


def test_the_choice_is_said():
    student, _, _ = heads()
    assert choose_backend(student).name == "chunked"
    assert choose_backend(student.logits()).name == "torch"
    assert "logits" in choose_backend(student.logits()).why
    with pytest.raises(ValueError, match="Projection"):
        choose_backend(student.logits(), "chunked")
    with pytest.raises(ValueError, match="auto, torch, chunked or triton"):
        choose_backend(student, "fast")
