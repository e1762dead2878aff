"""The divergences against definitions in extended precision, and at the edges of probability."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import losses as oracle
from course_lib.losses import divergences
from course_lib.losses.reference import log_softmax

NAMES = sorted(oracle.DIVERGENCES)
INFINITY = math.inf


def measure(name, teacher, student, T=1.0, share=0.5):
    """Loss and gradient at temperature T, without a factor T²."""
    of_mixture = {"jsd": {"beta": share}, "skew_kl": {"alpha": share}}.get(name, {})
    log_p, log_q = (log_softmax(x / T) for x in (teacher, student))
    loss, gradient = getattr(divergences, name)(log_p, log_q, **of_mixture)
    return loss, gradient / T


def truth(name, teacher, student, T=1.0, share=0.5):
    made = oracle.divergence(name, teacher.double().numpy(), student.double().numpy(), T, share)
    return tuple(torch.from_numpy(each.astype(np.float64)) for each in made)


def logits(rows=64, V=11, scale=2.0, dtype=torch.float64, seed=0):
    draw = torch.Generator().manual_seed(seed)
    return [scale * torch.randn(rows, V, dtype=dtype, generator=draw) for _ in range(2)]


@pytest.mark.parametrize("T", [1e-3, 0.5, 1.0, 7.0, 1e4])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", NAMES)
def test_values_and_gradients_are_those_of_the_definition(name, share, T):
    teacher, student = logits()
    loss, gradient = measure(name, teacher, student, T, share)
    right, right_gradient = truth(name, teacher, student, T, share)
    torch.testing.assert_close(loss, right, rtol=1e-8, atol=1e-16)  # the truth has that much noise
    torch.testing.assert_close(gradient, right_gradient, rtol=1e-7, atol=1e-12 / T)


@pytest.mark.parametrize("name", NAMES)
def test_the_gradient_is_what_finite_differences_say(name):
    teacher, student = logits(rows=3, V=5)
    _, gradient = measure(name, teacher, student)
    for j in range(5):
        ahead, behind = student.clone(), student.clone()
        ahead[:, j] += 1e-6
        behind[:, j] -= 1e-6
        slope = (measure(name, teacher, ahead)[0] - measure(name, teacher, behind)[0]) / 2e-6
        torch.testing.assert_close(gradient[:, j], slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("name", NAMES)
def test_equal_distributions_give_exactly_nothing(name, dtype):
    same, _ = logits(V=1000, dtype=dtype)
    loss, gradient = measure(name, same, same.clone())
    assert loss.eq(0).all()
    assert gradient.eq(0).all()


@pytest.mark.parametrize("apart", [1.0, 1e-2, 1e-3])
@pytest.mark.parametrize("name", sorted({*NAMES} - {"total_variation"}))
def test_small_divergences_keep_their_digits_in_float32(name, apart):
    teacher, other = logits(V=2000, dtype=torch.float32)
    student = teacher + apart * other
    loss, _ = measure(name, teacher, student)
    # What float32 makes of the logits' own digits is no fault of the loss.
    noise = 2e-7 / apart
    torch.testing.assert_close(
        loss.double(), truth(name, teacher, student)[0], rtol=20 * noise, atol=0
    )


FINITE = {
    "teacher": ([0.0, 1.0, -INFINITY], [0.0, 0.5, 1.0]),
    "student": ([0.0, 1.0, 1.0], [0.0, 0.5, -INFINITY]),
    "both": ([0.0, 1.0, -INFINITY], [0.0, 0.5, -INFINITY]),
    "each its own": ([0.0, 1.0, -INFINITY], [0.0, -INFINITY, 1.0]),
}


@pytest.mark.parametrize("who", FINITE)
@pytest.mark.parametrize("name", NAMES)
def test_outcomes_that_are_ruled_out_have_the_right_values(name, who):
    teacher, student = (torch.tensor([x], dtype=torch.float64) for x in FINITE[who])
    loss, gradient = measure(name, teacher, student)
    right, right_gradient = truth(name, teacher, student)
    torch.testing.assert_close(loss, right, rtol=1e-12, atol=0)
    assert not gradient.isnan().any()
    if right.isfinite().all():
        torch.testing.assert_close(gradient, right_gradient, rtol=1e-12, atol=1e-15)


def test_a_student_that_rules_out_what_the_teacher_says_is_told_q_minus_p():
    teacher, student = torch.tensor([0.0, 0.0]), torch.tensor([0.0, -INFINITY])
    loss, gradient = measure("forward_kl", teacher, student)
    assert loss == INFINITY
    torch.testing.assert_close(gradient, torch.tensor([0.5, -0.5]))


def test_an_infinite_reverse_kl_pushes_away_from_what_the_teacher_rules_out():
    teacher, student = torch.tensor([0.0, 0.0, -INFINITY]), torch.zeros(3)
    loss, gradient = measure("reverse_kl", teacher, student)
    assert loss == INFINITY
    assert gradient.tolist() == [-INFINITY, -INFINITY, INFINITY]


@pytest.mark.parametrize("name", NAMES)
def test_probabilities_that_underflow_on_both_sides_contribute_nothing(name):
    far = torch.tensor([0.0, -2e4, -3e4, 1.0])
    loss, gradient = measure(name, far, far.flip(-1).flip(-1) + torch.tensor([0.0, 0.0, 5.0, 0.0]))
    assert loss == 0
    assert gradient.eq(0).all()


@pytest.mark.parametrize("name", NAMES)
def test_logits_far_apart_stay_finite(name):
    teacher, student = (1e4 * x for x in logits(dtype=torch.float32))
    loss, gradient = measure(name, teacher, student)
    assert loss.isfinite().all()
    assert gradient.isfinite().all()
    torch.testing.assert_close(
        loss.double(), truth(name, teacher, student)[0], rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("name", NAMES)
def test_one_outcome_is_no_choice(name):
    loss, gradient = measure(name, torch.randn(3, 1), torch.randn(3, 1))
    assert loss.tolist() == [0, 0, 0]
    assert gradient.eq(0).all()


DRAWS = st.lists(st.floats(-30, 30), min_size=4, max_size=4).map(torch.tensor)
few = settings(max_examples=60, deadline=None)


@few
@given(teacher=DRAWS, student=DRAWS, share=st.floats(0.05, 0.95))
def test_no_divergence_is_negative_and_its_gradient_sums_to_nothing(teacher, student, share):
    for name in NAMES:
        loss, gradient = measure(name, teacher.double(), student.double(), share=share)
        assert loss >= 0
        assert abs(gradient.sum()) < 1e-9


@few
@given(teacher=DRAWS, student=DRAWS, share=st.floats(0.05, 0.95))
def test_the_mixtures_stay_below_their_bounds(teacher, student, share):
    entropy = -share * math.log(share) - (1 - share) * math.log(1 - share)
    assert measure("jsd", teacher.double(), student.double(), share=share)[0] <= entropy + 1e-12
    assert (
        measure("skew_kl", teacher.double(), student.double(), share=share)[0]
        <= -math.log(share) + 1e-12
    )
    assert measure("total_variation", teacher.double(), student.double())[0] <= 1


@few
@given(teacher=DRAWS, student=DRAWS)
def test_jensen_shannon_at_one_half_and_total_variation_are_symmetric(teacher, student):
    for name in ("jsd", "total_variation"):
        there, _ = measure(name, teacher.double(), student.double())
        back, _ = measure(name, student.double(), teacher.double())
        torch.testing.assert_close(there, back, rtol=1e-9, atol=1e-15)


@few
@given(teacher=DRAWS, student=DRAWS, order=st.permutations(range(4)))
def test_the_order_of_the_outcomes_does_not_matter(teacher, student, order):
    for name in NAMES:
        loss, gradient = measure(name, teacher.double(), student.double())
        other, permuted = measure(name, teacher[order].double(), student[order].double())
        torch.testing.assert_close(other, loss, rtol=1e-8, atol=1e-12)
        torch.testing.assert_close(permuted, gradient[order], rtol=1e-8, atol=1e-12)


def test_a_thin_mixture_tends_to_the_two_kls():
    teacher, student = logits(scale=0.5)
    for share, name in ((1e-6, "forward_kl"), (1 - 1e-6, "reverse_kl")):
        thin, _ = measure("jsd", teacher, student, share=share)
        whole, _ = measure(name, teacher, student)
        torch.testing.assert_close(thin / (share * (1 - share)), whole, rtol=1e-4, atol=0)


def test_high_temperatures_leave_the_squared_distance_of_centred_logits():
    """T²·KL tends to the variance of the logits' difference over 2, as Hinton et al. show."""
    teacher, student = logits()
    difference = teacher - student
    limit = difference.var(-1, correction=0) / 2
    for name in ("forward_kl", "reverse_kl"):
        loss, _ = measure(name, teacher, student, T=1e4)
        torch.testing.assert_close(1e8 * loss, limit, rtol=1e-3, atol=0)
