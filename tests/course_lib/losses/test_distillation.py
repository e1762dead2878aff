"""The whole loss of a batch: what counts, how it is reduced, what is refused."""

import math

import numpy as np
import pytest
import torch

from autograder.oracles import losses as oracle
from course_lib.losses import Projection, TopK, distillation_loss
from course_lib.losses.objective import NAMES

B, L, V, D = 3, 4, 7, 5


@pytest.fixture
def draw():
    generator = torch.Generator().manual_seed(1)

    def made(*shape, dtype=torch.float64, scale=2.0):
        return scale * torch.randn(*shape, dtype=dtype, generator=generator)

    return made


@pytest.fixture
def batch(draw):
    """Logits of student and teacher, and labels, two of them ignored."""
    labels = torch.arange(B * L).reshape(B, L) % V
    labels[0, 0] = labels[2, 1] = -100
    return draw(B, L, V).requires_grad_(), draw(B, L, V), labels


def right(student, teacher, labels, *, T=1.0, alpha=1.0, name="forward_kl", share=0.5):
    """Loss of each token, T² included, from the definitions."""
    value, _ = oracle.divergence(name, teacher.numpy(), student.detach().numpy(), T, share)
    surprise, _ = oracle.cross_entropy(labels.clamp(min=0).numpy(), student.detach().numpy())
    return torch.from_numpy((alpha * T**2 * value + (1 - alpha) * surprise).astype(np.float64))


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("T", [0.7, 2.0])
@pytest.mark.parametrize("name", NAMES)
def test_the_mean_is_over_the_tokens_that_count(batch, name, T, alpha):
    student, teacher, labels = batch
    loss = distillation_loss(
        student, teacher, labels, divergence=name, share=0.3, temperature=T, alpha=alpha
    )
    each = right(student, teacher, labels, T=T, alpha=alpha, name=name, share=0.3)
    torch.testing.assert_close(loss, each[labels != -100].mean(), rtol=1e-10, atol=0)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none", "sequence"])
@pytest.mark.parametrize("name", NAMES)
def test_gradients_pass_gradcheck(batch, draw, name, reduction):
    student, teacher, labels = batch
    weights = draw(B, L).abs()

    def loss(x):
        return distillation_loss(
            x, teacher, labels, divergence=name, share=0.3, temperature=1.7, alpha=0.6,
            reduction=reduction, weights=weights,
        )  # fmt: skip

    assert torch.autograd.gradcheck(loss, (student,))


def test_reductions_agree_with_each_other(batch):
    student, teacher, labels = batch
    made = {
        r: distillation_loss(student, teacher, labels, reduction=r)
        for r in ("mean", "sum", "none", "sequence")
    }
    counted = (labels != -100).sum(-1)
    torch.testing.assert_close(made["none"].sum(), made["sum"])
    torch.testing.assert_close(made["sum"] / counted.sum(), made["mean"])
    torch.testing.assert_close(made["none"].sum(-1) / counted, made["sequence"])
    assert made["none"][0, 0] == 0


def test_weights_weigh_and_the_mean_is_divided_by_their_sum(batch):
    student, teacher, labels = batch
    weights = torch.rand(B, L, dtype=torch.float64)
    loss = distillation_loss(student, teacher, labels, weights=weights)
    counted = labels != -100
    each = right(student, teacher, labels)[counted]
    torch.testing.assert_close(loss, (weights[counted] * each).sum() / weights[counted].sum())


def test_a_mask_and_labels_are_both_obeyed(batch):
    student, teacher, labels = batch
    mask = torch.ones(B, L, dtype=torch.bool)
    mask[1] = False
    loss = distillation_loss(student, teacher, labels, mask=mask)
    each = right(student, teacher, labels)[mask & (labels != -100)]
    torch.testing.assert_close(loss, each.mean())


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_stands_in_ignored_rows_has_no_effect(batch, bad):
    student, teacher, labels = batch
    clean = distillation_loss(student, teacher, labels, alpha=0.5)
    with torch.no_grad():
        dirty, wild = student.clone(), teacher.clone()
        dirty[0, 0], wild[2, 1] = bad, bad
    dirty.requires_grad_()
    loss = distillation_loss(dirty, wild, labels, alpha=0.5)
    loss.backward()
    torch.testing.assert_close(loss, clean)
    assert dirty.grad.isfinite().all()
    assert dirty.grad[0, 0].eq(0).all()


@pytest.mark.parametrize("reduction", ["mean", "sum", "none", "sequence"])
def test_a_batch_of_which_nothing_counts_costs_nothing(batch, reduction):
    student, teacher, labels = batch
    loss = distillation_loss(student, teacher, torch.full_like(labels, -100), reduction=reduction)
    loss.sum().backward()
    assert loss.eq(0).all()
    assert student.grad.eq(0).all()


@pytest.mark.parametrize("shape", [(0, 4), (3, 0)])
@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_sequences_may_be_none_or_empty(backend, shape):
    student = Projection(torch.zeros(*shape, D, requires_grad=True), torch.zeros(V, D))
    loss = distillation_loss(student, torch.zeros(*shape, V), reduction="sequence", backend=backend)
    loss.sum().backward()
    assert loss.tolist() == [0] * shape[0]


@pytest.mark.parametrize("wide", ["hidden", "weight", "teacher", "its weight"])
@pytest.mark.parametrize("backend", ["torch", "chunked"])
def test_dtypes_may_be_mixed_and_the_widest_of_the_student_is_the_losss(draw, backend, wide):
    parts = {
        "hidden": draw(B, D), "weight": draw(V, D), "teacher": draw(B, 6), "its weight": draw(V, 6)
    }  # fmt: skip
    exact = distillation_loss(*pairwise(parts), backend=backend)
    parts |= {name: x.float() for name, x in parts.items() if name != wide}
    student, teacher = pairwise(parts)
    leaves = [x.requires_grad_() for x in (student.hidden, student.weight)]
    loss = distillation_loss(student, teacher, backend=backend)
    torch.testing.assert_close(loss.double(), exact, rtol=1e-5, atol=0)
    assert loss.dtype == (torch.float64 if wide in ("hidden", "weight") else torch.float32)
    for gradient, leaf in zip(torch.autograd.grad(loss, leaves), leaves, strict=True):
        assert gradient.dtype == leaf.dtype


def pairwise(parts):
    return (
        Projection(parts["hidden"], parts["weight"]),
        Projection(parts["teacher"], parts["its weight"]),
    )


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_an_empty_batch_costs_nothing(reduction):
    student = torch.zeros(0, V, requires_grad=True)
    loss = distillation_loss(student, torch.zeros(0, V), reduction=reduction)
    loss.backward()
    assert loss == 0
    assert student.grad.shape == (0, V)


def test_the_teacher_gets_no_gradient(batch):
    student, teacher, _ = batch
    teacher.requires_grad_()
    distillation_loss(student, teacher).backward()
    assert teacher.grad is None


def test_a_second_backward_and_a_scaled_one_are_linear(batch):
    student, teacher, _ = batch
    loss = distillation_loss(student, teacher)
    loss.backward(retain_graph=True)
    once = student.grad.clone()
    (2 * loss).backward()
    torch.testing.assert_close(student.grad, 3 * once)


def test_t_squared_multiplies_value_and_gradient_alike(batch):
    student, teacher, _ = batch
    with_it, without = (
        distillation_loss(student, teacher, temperature=3.0, t_squared=b) for b in (True, False)
    )
    torch.testing.assert_close(with_it, 9 * without)
    (gradient,) = torch.autograd.grad(with_it, student)
    (plain,) = torch.autograd.grad(without, student)
    torch.testing.assert_close(gradient, 9 * plain)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_is_computed_in_float32(batch, dtype):
    student, teacher, _ = (x.detach() for x in batch)
    low = student.to(dtype).requires_grad_()
    loss = distillation_loss(low, teacher.to(dtype), divergence="jsd")
    exact = distillation_loss(low.detach().double(), teacher.to(dtype).double(), divergence="jsd")
    loss.backward()
    assert loss.dtype == torch.float32
    assert low.grad.dtype == dtype
    torch.testing.assert_close(loss.double(), exact, rtol=1e-5, atol=0)


def test_strided_and_expanded_inputs_are_no_different(batch):
    student, teacher, labels = batch
    turned = student.detach().permute(2, 1, 0).contiguous().permute(2, 1, 0).requires_grad_()
    wide = teacher[:1].expand(B, L, V)
    loss = distillation_loss(turned, wide, labels)
    torch.testing.assert_close(loss, distillation_loss(student, wide.contiguous(), labels))


def test_projections_give_the_loss_of_their_logits(draw):
    hidden, weight, bias = draw(B, L, D), draw(V, D), draw(V)
    for each in (hidden, weight, bias):
        each.requires_grad_()
    teacher = Projection(draw(B, L, 6), draw(V, 6))
    student = Projection(hidden, weight, bias)
    loss = distillation_loss(student, teacher, temperature=2.0)
    whole = distillation_loss(student.logits(), teacher.logits(), temperature=2.0)
    torch.testing.assert_close(loss, whole)
    found = torch.autograd.grad(loss, (hidden, weight, bias))
    for gradient, other in zip(
        found, torch.autograd.grad(whole, (hidden, weight, bias)), strict=True
    ):
        torch.testing.assert_close(gradient, other)


# -- a teacher of whom k outcomes are known -------------------------------------------------------


def top(teacher, k, rest):
    log_probs, ids = teacher.log_softmax(-1).topk(k)
    return TopK(ids, log_probs, rest)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rest", ["renormalise", "bucket"])
def test_knowing_all_outcomes_is_knowing_the_distribution(batch, name, rest):
    student, teacher, _ = batch
    loss = distillation_loss(student, top(teacher, V, rest), divergence=name)
    torch.testing.assert_close(loss, distillation_loss(student, teacher, divergence=name))


def test_renormalised_outcomes_are_the_whole_distribution(batch):
    student, teacher, _ = batch
    known = top(teacher, 3, "renormalise")
    cut = torch.full_like(teacher, -math.inf).scatter(-1, known.ids, known.log_probs)
    torch.testing.assert_close(distillation_loss(student, known), distillation_loss(student, cut))


def test_a_bucket_compares_what_is_left_over(batch):
    student, teacher, _ = batch
    known = top(teacher, 3, "bucket")
    p, q = known.log_probs.exp(), student.softmax(-1).gather(-1, known.ids)
    p, q = (torch.cat([x, 1 - x.sum(-1, keepdim=True)], -1) for x in (p, q))
    expected = (p * (p / q).log()).sum(-1).mean()
    torch.testing.assert_close(distillation_loss(student, known), expected)


def test_zero_leaves_the_rest_out(batch):
    student, teacher, _ = batch
    known = top(teacher, 3, "zero")
    p, q = known.log_probs.exp(), student.softmax(-1).gather(-1, known.ids)
    expected = (p * (p / q).log()).sum(-1).mean()
    torch.testing.assert_close(distillation_loss(student, known), expected)
    with pytest.raises(ValueError, match="bucket"):
        distillation_loss(student, known, divergence="jsd")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("forward_kl", "zero"),
        ("forward_kl", "renormalise"),
        ("jsd", "renormalise"),
        ("skew_kl", "renormalise"),
        ("total_variation", "renormalise"),
        *((each, "bucket") for each in NAMES),
    ],
)
def test_gradients_for_a_top_k_pass_gradcheck(batch, name, rest):
    student, teacher, _ = batch
    known = top(teacher, 3, rest)

    def loss(x):
        return distillation_loss(x, known, divergence=name, share=0.3, temperature=1.7)

    assert torch.autograd.gradcheck(loss, (student,))


# -- what is refused ------------------------------------------------------------------------------

LOGITS = torch.zeros(B, L, V)
LABELS = torch.zeros(B, L, dtype=torch.int64)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"teacher": torch.zeros(B, L, V + 1)}, f"{V + 1} outcomes, the student {V}"),
        ({"teacher": torch.zeros(B, V)}, r"\[3\], the student about \[3, 4\]"),
        ({"teacher": None}, "a teacher is needed"),
        ({"alpha": 0.5}, "labels are needed"),
        ({"alpha": 1.5}, "alpha is 1.5"),
        ({"alpha": 0.5, "labels": LABELS + V}, r"\[0, 7\), and some do not: .* 7 to 7"),
        ({"alpha": 0.5, "labels": LABELS.float()}, "integers, not torch.float32"),
        ({"labels": LABELS[0]}, r"labels are \[4\], and the tokens are \[3, 4\]"),
        ({"mask": torch.ones(B, L)}, "must be bool"),
        ({"weights": torch.ones(B)}, r"weights are \[3\]"),
        ({"divergence": "kl"}, "one of forward_kl"),
        ({"divergence": "jsd", "share": 1.0}, "strictly between 0 and 1"),
        ({"temperature": 0.0}, "temperature is 0.0"),
        ({"temperature": math.nan}, "temperature is nan"),
        ({"reduction": "batchmean"}, "one of mean, sum"),
        ({"teacher": TopK(LABELS[..., None] + V, LOGITS[..., :1])}, "outside the 7 outcomes"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_a_reason(arguments, says):
    with pytest.raises(ValueError, match=says):
        distillation_loss(LOGITS, **{"teacher": LOGITS, **arguments})


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: Projection(torch.zeros(2, 3), torch.zeros(V, 4)),
            r"\[2, 3\] and a weight \[7, 4\]",
        ),
        (lambda: Projection(torch.zeros(2, 3), torch.zeros(V, 3), torch.zeros(3)), r"bias \[3\]"),
        (lambda: TopK(LABELS, torch.zeros(2, 2)), r"ids \[3, 4\] and log_probs \[2, 2\]"),
        (lambda: TopK(LABELS[..., :0], torch.zeros(B, 0)), r"ids are \[3, 0\].* k at least 1"),
        (
            lambda: distillation_loss(torch.zeros(2, 0), torch.zeros(2, 0)),
            r"logits are \[2, 0\].* V at least 1",
        ),
        (lambda: distillation_loss(torch.zeros(()), torch.zeros(())), r"logits are \[\]"),
        (
            lambda: distillation_loss(torch.zeros(V), torch.zeros(V), reduction="sequence"),
            r"\[\.\.\., L\]",
        ),
        (lambda: TopK(LABELS.int(), torch.zeros(B, L)), "int64"),
        (lambda: TopK(LABELS, torch.zeros(B, L), "drop"), "renormalise, bucket or zero"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()
