"""Where distillation losses go wrong: every backend that runs here, the same right answers."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils._python_dispatch import TorchDispatchMode

from autograder.oracles import losses as oracle
from course_lib.losses import Objective, Projection, chunked, distillation_loss, in_place, rows
from course_lib.losses.objective import NAMES

BACKENDS = ("torch", "chunked")
SAME, OTHER, OUT = (1.0, 0.3, -0.7, 0.1), (0.2, -0.5, 0.9, 0.4), -math.inf
CASES = {
    "teacher rules an outcome out": ((1.0, 0.3, OUT, 0.1), OTHER),
    "student does": (SAME, (0.2, -0.5, OUT, 0.4)),
    "both do": ((1.0, 0.3, OUT, 0.1), (0.2, -0.5, OUT, 0.4)),
    "each another": ((1.0, OUT, -0.7, 0.1), (0.2, -0.5, OUT, 0.4)),
    "all but one": ((0.0, OUT, OUT, OUT), (0.0, OUT, OUT, OUT)),
    "both underflow": ((0.0, -2e4, -3e4, 1.0), (0.0, -2e4, -2e4, 1.0)),
    "far apart": ((1e4, 0.0, -1e4, 5e3), (0.0, 1e4, 5e3, -1e4)),
    "one underflows where the rest agree": ((0.0, 0.0, -200.0, 0.0), (0.0, 0.0, -3.5, 0.0)),
}


def head(logits, tokens=5, dtype=torch.float32):
    """A projection with these logits at every token: they are its bias."""
    V = len(logits)
    return Projection(
        torch.zeros(tokens, 2, dtype=dtype),
        torch.zeros(V, 2, dtype=dtype),
        torch.tensor(logits, dtype=dtype, requires_grad=True),
    )


def solve(backend, teacher, student, **options):
    """Loss, and its gradient for the student's logits."""
    loss = distillation_loss(student, teacher, backend=backend, **options)
    (gradient,) = torch.autograd.grad(loss, (student.bias,))
    return loss.detach(), gradient


def truth(name, teacher, student, T=1.0):
    made = oracle.divergence(name, np.array([teacher]), np.array([student]), T)
    return tuple(torch.from_numpy(each[0:1].astype(np.float64)).squeeze(0) for each in made)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_values_and_gradients_are_those_of_the_definition(backend, name, case):
    teacher, student = CASES[case]
    loss, gradient = solve(backend, head(teacher), head(student), divergence=name)
    right, slopes = truth(name, teacher, student)
    torch.testing.assert_close(loss.double(), right, rtol=1e-5, atol=1e-12)
    assert not gradient.isnan().any()
    if right.isfinite():
        torch.testing.assert_close(gradient.double(), slopes, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("backend", BACKENDS)
def test_with_an_infinite_forward_kl_the_gradient_is_still_q_minus_p(backend):
    loss, gradient = solve(backend, head((0.0, 0.0)), head((0.0, OUT)))
    assert loss == math.inf
    torch.testing.assert_close(gradient, torch.tensor([0.5, -0.5]))


@pytest.mark.parametrize("backend", BACKENDS)
def test_with_an_infinite_reverse_kl_the_gradient_flees_from_what_the_teacher_rules_out(backend):
    teacher, student = head((0.0, 0.0, OUT)), head((0.0, 0.0, 0.0))
    loss, gradient = solve(backend, teacher, student, divergence="reverse_kl")
    assert loss == math.inf
    assert gradient.tolist() == [-math.inf, -math.inf, math.inf]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_vocabulary_padded_with_what_both_rule_out_is_the_vocabulary(backend, name):
    plain = solve(backend, head(SAME), head(OTHER), divergence=name)
    padded = solve(backend, head((*SAME, OUT, OUT)), head((*OTHER, OUT, OUT)), divergence=name)
    torch.testing.assert_close(padded[0], plain[0])
    torch.testing.assert_close(padded[1][:4], plain[1])
    assert padded[1][4:].eq(0).all()


@pytest.mark.parametrize("T", [1e-3, 1e-2, 10.0, 1e4])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_temperatures_keep_the_digits_of_the_loss(backend, name, T):
    loss, gradient = solve(
        backend, head(SAME), head(OTHER), divergence=name, temperature=T, t_squared=False
    )
    right, slopes = truth(name, np.float32(SAME), np.float32(OTHER), T)
    # Float32 has 7 digits of logits that differ by 1/T.
    torch.testing.assert_close(loss.double(), right, rtol=max(1e-7 * T, 1e-4), atol=1e-25)
    scale = float(slopes.abs().max())
    torch.testing.assert_close(gradient.double(), slopes, rtol=1e-3, atol=3e-3 * scale + 1e-25)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_equal_models_cost_exactly_nothing(backend, name, dtype):
    generator = torch.Generator().manual_seed(0)
    hidden = torch.randn(9, 8, generator=generator).to(dtype).requires_grad_()
    weight = torch.randn(50, 8, generator=generator).to(dtype).requires_grad_()
    twin = Projection(hidden.detach().clone(), weight.detach().clone())
    loss = distillation_loss(Projection(hidden, weight), twin, divergence=name, backend=backend)
    loss.backward()
    assert loss == 0
    assert hidden.grad.eq(0).all()
    assert weight.grad.eq(0).all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_one_outcome_and_no_token_cost_nothing(backend, name):
    for teacher, student in (
        (head((0.3,)), head((0.7,))),
        (head(SAME, tokens=0), head(OTHER, tokens=0)),
    ):
        loss, gradient = solve(backend, teacher, student, divergence=name)
        assert loss == 0
        assert gradient.eq(0).all()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_batch_of_which_all_is_ignored_costs_nothing(backend, name):
    ignored = torch.full((5,), -100)
    loss, gradient = solve(
        backend, head(SAME), head(OTHER), labels=ignored, alpha=0.5, divergence=name
    )
    assert loss == 0
    assert gradient.eq(0).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_strided_and_expanded_inputs_have_the_gradients_of_contiguous_ones(backend):
    generator = torch.Generator().manual_seed(0)
    wide = torch.randn(8, 2 * 5, 3, generator=generator)
    hidden, weight = wide[::2, 1::2, 0], wide[3, ::2, 0].expand(7, 5)
    target = torch.randn(7, 2, generator=generator).t()[:1].expand(4, 7)
    made = []
    for tidy in (False, True):
        leaves = [x.contiguous() if tidy else x for x in (hidden, weight)]
        teacher = target.contiguous() if tidy else target
        leaves = [x.detach().requires_grad_() for x in leaves]
        assert tidy or not any(x.is_contiguous() for x in leaves)
        loss = distillation_loss(Projection(*leaves), teacher, backend=backend)
        made.append((loss, *torch.autograd.grad(loss, leaves)))
    for strided, plain in zip(*made, strict=True):
        torch.testing.assert_close(strided, plain)


@pytest.mark.parametrize("name", NAMES)
def test_rows_may_lie_farther_apart_than_32_bits_reach(name):
    """Only the pages that are touched exist: 4 GB of addresses, a few KB of memory."""
    far = torch.empty_strided((2, 4), (2**31, 1), dtype=torch.float16)
    far.copy_(torch.tensor([SAME, OTHER]))
    student = torch.tensor([OTHER, SAME], dtype=torch.float16, requires_grad=True)
    near = student.detach().clone().requires_grad_()
    loss = distillation_loss(student, far, divergence=name)
    plain = distillation_loss(near, far.clone(), divergence=name)
    assert loss == plain
    assert torch.equal(*(torch.autograd.grad(x, y)[0] for x, y in ((loss, student), (plain, near))))


@pytest.mark.parametrize("backend", BACKENDS)
def test_autocast_and_no_grad_change_nothing(backend):
    teacher, student = head(SAME), head(OTHER)
    plain, _ = solve(backend, teacher, student)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        cast, gradient = solve(backend, teacher, student)
    assert torch.equal(cast, plain)
    assert gradient.dtype == torch.float32
    with torch.no_grad():
        loss = distillation_loss(student, teacher, backend=backend)
    assert torch.equal(loss, plain)
    assert not loss.requires_grad


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_double_backward_is_refused(backend):
    student = head(OTHER)
    factor = torch.ones((), requires_grad=True)
    loss = factor * distillation_loss(student, head(SAME), backend=backend)
    (gradient,) = torch.autograd.grad(loss, (student.bias,), create_graph=True)
    with pytest.raises(RuntimeError, match="once_differentiable"):
        gradient.sum().backward()


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_row_of_nan_that_is_ignored_has_no_effect(backend, reduction):
    teacher, student = head(SAME), head(OTHER)
    labels = torch.tensor([0, 1, -100, 2, 3])
    clean = solve(backend, teacher, student, labels=labels, reduction=reduction)
    teacher.hidden[2] = student.hidden[2] = math.nan
    spoilt = solve(backend, teacher, student, labels=labels, reduction=reduction)
    assert torch.equal(clean[0], spoilt[0])
    assert torch.equal(clean[1], spoilt[1])


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_token_that_upstream_leaves_out_has_no_gradient_even_where_its_own_is_infinite(backend):
    teacher = Projection(torch.zeros(2, 1), torch.zeros(3, 1), torch.tensor([0.0, 0.0, OUT]))
    hidden = torch.zeros(2, 1, requires_grad=True)
    student = Projection(hidden, torch.ones(3, 1))
    losses = distillation_loss(
        student, teacher, divergence="reverse_kl", reduction="none", backend=backend
    )
    assert losses.isinf().all()
    (gradient,) = torch.autograd.grad(losses, (hidden,), torch.zeros(2))
    assert gradient.eq(0).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_teacher_gets_no_gradient(backend):
    teacher, student = head(SAME), head(OTHER)
    distillation_loss(student, teacher, backend=backend).backward()
    assert teacher.bias.grad is None
    assert student.bias.grad is not None


@pytest.mark.parametrize("backend", BACKENDS)
def test_t_squared_and_a_second_backward_scale_value_and_gradient_alike(backend):
    teacher, student = head(SAME), head(OTHER)
    with_it, without = (
        distillation_loss(student, teacher, temperature=3.0, t_squared=each, backend=backend)
        for each in (True, False)
    )
    torch.testing.assert_close(with_it, 9 * without)
    (once,) = torch.autograd.grad(without, (student.bias,), retain_graph=True)
    (again,) = torch.autograd.grad(2 * without, (student.bias,))
    (nine,) = torch.autograd.grad(with_it, (student.bias,))
    torch.testing.assert_close(again, 2 * once, rtol=1e-6, atol=0)
    torch.testing.assert_close(nine, 9 * once)


def test_a_gradient_once_given_away_may_be_changed():
    teacher, student = head(SAME), head(OTHER)
    loss = distillation_loss(student, teacher, backend="chunked")
    (once,) = torch.autograd.grad(loss, (student.bias,), retain_graph=True)
    kept = once.clone()
    once.zero_()
    (again,) = torch.autograd.grad(loss, (student.bias,))
    assert torch.equal(again, kept)


@pytest.mark.parametrize("near", [1.0, 0.03, 1e-4])
@pytest.mark.parametrize("name", NAMES)
def test_short_ways_agree_with_the_definition_in_float32(name, near):
    generator = torch.Generator().manual_seed(0)
    teacher, other = torch.randn(2, 40, 500, generator=generator)
    student = other if near == 1 else teacher + near * other
    found = student.clone()
    objective = Objective(name, share=0.3)
    losses = rows.differentiate_(objective, found, teacher, None)
    value, slopes = oracle.divergence(name, teacher.numpy(), student.numpy(), 1.0, 0.3)
    right, slopes = (torch.from_numpy(each.astype(np.float64)) for each in (value, slopes))
    assert (losses >= 0).all()
    torch.testing.assert_close(losses.double(), right, rtol=max(1e-5, 3e-7 / near), atol=0)
    off = (rows.divided_slope(objective) * found.double() - slopes).norm() / slopes.norm()
    unsure = 3 if name == "total_variation" else 1  # of the sign of a small difference
    assert off < unsure * max(2e-6, 2e-6 / near)


def test_the_short_way_of_the_skew_kl_does_not_give_up_where_the_teacher_is_next_to_nothing():
    teacher, student = (
        torch.tensor([[0.0, 0.0, -60.0, OUT]]),
        torch.tensor([[0.0, -60.0, 0.0, 1.0]]),
    )
    right, slopes = oracle.divergence("skew_kl", teacher.numpy(), student.numpy(), 1.0, 0.1)
    losses = in_place.skew_kl_(student, teacher, torch.empty(in_place.SPARE, 1, 4), 0.1)
    torch.testing.assert_close(losses.double(), torch.from_numpy(right.astype(np.float64)))
    gradient = in_place.slope("skew_kl", 0.1) * student.double()
    torch.testing.assert_close(gradient, torch.from_numpy(slopes.astype(np.float64)))


def products(work):
    """How many matrix products are computed."""

    class Count(TorchDispatchMode):
        found = 0

        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            self.found += any(each in str(function) for each in ("mm", "mv", "linear"))
            return function(*args, **(kwargs or {}))

    with Count() as count:
        work()
    return count.found


def test_without_gradients_only_the_logits_are_computed():
    hidden, weight = torch.randn(6, 3, requires_grad=True), torch.randn(7, 3, requires_grad=True)
    student = Projection(hidden, weight)
    frozen = Projection(hidden, weight.detach())
    teacher = Projection(torch.randn(6, 2), torch.randn(7, 2))

    def loss(of):
        return lambda: distillation_loss(of, teacher, backend="chunked")

    assert products(loss(student)) == 4
    assert products(loss(frozen)) == 3
    with torch.no_grad():
        assert products(loss(student)) == 2


sizes = st.integers(1, 40)


@settings(max_examples=40, deadline=None)
@given(tokens=sizes, chunk=sizes, block=sizes, name=st.sampled_from(NAMES), T=st.floats(0.2, 5.0))
def test_how_tokens_are_cut_into_chunks_does_not_matter(tokens, chunk, block, name, T):
    generator = torch.Generator().manual_seed(tokens)
    hidden, weight = (
        torch.randn(n, 3, dtype=torch.float64, generator=generator).requires_grad_()
        for n in (tokens, 7)
    )
    teacher = Projection(
        *(torch.randn(n, 2, dtype=torch.float64, generator=generator) for n in (tokens, 7))
    )
    with pytest.MonkeyPatch.context() as patch:
        made = []
        for most, size in ((10_000, 10_000), (chunk, block)):
            patch.setattr(chunked, "CHUNK_BYTES", 4 * 7 * most)
            patch.setattr(chunked, "_LEAST", 1)
            patch.setattr(rows, "_BLOCK_BYTES", 8 * 7 * size)
            loss = distillation_loss(
                Projection(hidden, weight), teacher, divergence=name, temperature=T
            )
            made.append((loss, *torch.autograd.grad(loss, (hidden, weight))))
    for whole, cut in zip(*made, strict=True):
        torch.testing.assert_close(cut, whole, rtol=1e-6, atol=1e-9)
