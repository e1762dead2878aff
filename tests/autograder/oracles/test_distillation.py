"""The oracle against torch, against autograd, and against figures that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import distillation as oracle

Z_T = np.array([2, 1, 0, -1, 0.5])
Z_S = np.array([0.5, 1.5, -0.5, 0, 1])


@st.composite
def inputs(draw):
    """Logits of any shape, labels and a temperature."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (*draw(st.lists(st.integers(1, 4), max_size=3)), draw(st.integers(2, 7)))
    z_t, z_s = rng.normal(0, 1.5, (2, *shape))
    labels = rng.integers(0, shape[-1], shape[:-1])
    return z_t, z_s, np.asarray(labels), draw(st.sampled_from([0.5, 0.7, 1, 1.7, 3, 4, 10.0]))


def reference(z_t, z_s, T):
    """The loss as one would write it in torch."""
    log_p, log_q = torch.log_softmax(z_t / T, -1), torch.log_softmax(z_s / T, -1)
    return T**2 * (log_p.exp() * (log_p - log_q)).sum(-1).mean()


def reference_with_labels(z_t, z_s, labels, T, alpha):
    V = z_s.shape[-1]
    ce = functional.cross_entropy(z_s.reshape(-1, V), labels.reshape(-1))
    return alpha * reference(z_t, z_s, T) + (1 - alpha) * ce


def gradient(loss, z_s):
    z_s = z_s.clone().requires_grad_()
    (found,) = torch.autograd.grad(loss(z_s), z_s)
    return found.numpy()


@given(inputs())
@settings(max_examples=60, deadline=None)
def test_values_and_gradients_equal_those_of_torch_for_any_shape(case):
    z_t, z_s, labels, T = case
    t, s, y = torch.tensor(z_t), torch.tensor(z_s), torch.tensor(labels)

    np.testing.assert_allclose(oracle.kd_loss(z_t, z_s, T), reference(t, s, T), atol=1e-10)
    np.testing.assert_allclose(
        oracle.kd_and_ce(z_t, z_s, labels, T, 0.3),
        reference_with_labels(t, s, y, T, 0.3),
        atol=1e-10,
    )
    of_kd = gradient(lambda z: reference(t, z, T), s)
    np.testing.assert_allclose(oracle.kd_grad(z_t, z_s, T), of_kd, atol=1e-10)
    np.testing.assert_array_equal(
        oracle.kd_loss_gradients(z_t, z_s, T)["logits_s"], oracle.kd_grad(z_t, z_s, T)
    )
    np.testing.assert_allclose(
        oracle.kd_and_ce_gradients(z_t, z_s, labels, T, 0.3)["logits_s"],
        gradient(lambda z: reference_with_labels(t, z, y, T, 0.3), s),
        atol=1e-10,
    )
    np.testing.assert_allclose(
        oracle.high_T_limit(z_t, z_s), 0.5 * (s - t).var(-1, correction=0).mean(), atol=1e-10
    )


@given(inputs())
@settings(max_examples=30, deadline=None)
def test_the_loss_tends_to_its_limit_and_its_gradient_sums_to_zero(case):
    z_t, z_s, _, T = case
    assert oracle.kd_loss(z_t, z_s, 1e5) == pytest.approx(
        float(oracle.high_T_limit(z_t, z_s)), rel=1e-3, abs=1e-4
    )
    np.testing.assert_allclose(oracle.kd_grad(z_t, z_s, T).sum(-1), 0, atol=1e-12)
    assert oracle.kd_loss(z_t, z_s, T) >= 0


@pytest.mark.parametrize(
    ("switches", "value"),
    [
        ({}, 0.433760),
        ({"scale": "1"}, 0.048196),
        ({"scale": "T"}, 0.144587),
        ({"direction": "s‖t"}, 0.408654),
        ({"temper": "z_t / T"}, 1.720470),
        ({"temper": "z_s / T"}, 3.335874),
        ({"temper": "z · T"}, 25.550479),
        ({"over": "positions and outcomes"}, 0.086752),
        ({"compare": "cross-entropy"}, 14.431577),
        ({"temper": "z", "scale": "1"}, 0.460887),
        ({"temper": "z"}, 4.147985),
        ({"temper": "p / T"}, 1.382662),
        ({"sign": "−"}, -0.433760),
        ({"base": "2"}, 0.625784),
        ({"compare": "kl_div(p_s, p_t)"}, -15.853),
        ({"compare": "kl_div(z_s, p_t)"}, -15.800),
    ],
)
def test_right_and_wrong_values_at_the_canonical_point(switches, value):
    places = 3 if value < -1 else 6
    assert round(float(oracle.kd_loss(Z_T, Z_S, 3, **switches)), places) == pytest.approx(value)


@pytest.mark.parametrize(
    ("T", "value"), [(1, 0.4609), (3, 0.4338), (10, 0.4110), (100, 0.4011), (1000, 0.4001)]
)
def test_the_loss_at_the_canonical_point_as_the_temperature_grows(T, value):
    assert round(float(oracle.kd_loss(Z_T, Z_S, T)), 4) == value
    assert oracle.high_T_limit(Z_T, Z_S) == pytest.approx(0.4)


def test_a_skewed_pair_tells_the_directions_apart():
    z_t, z_s = np.log([0.98, 0.01, 0.01]), np.log([0.4, 0.3, 0.3])
    assert float(oracle.kd_loss(z_t, z_s, 1)) == pytest.approx(0.810, abs=5e-4)
    assert float(oracle.kd_loss(z_t, z_s, 1, direction="s‖t")) == pytest.approx(1.682, abs=5e-4)


@pytest.mark.parametrize(
    ("switch", "pass_", "log_target"),
    [
        ("kl_div(p_s, p_t)", lambda t, s: (s.softmax(-1), t.softmax(-1)), False),
        ("kl_div(z_s, p_t)", lambda t, s: (s, t.softmax(-1)), False),
        ("kl_div(log p_s, log p_t)", lambda t, s: (s.log_softmax(-1), t.log_softmax(-1)), False),
        (
            "kl_div(log p_s, p_t, log_target)",
            lambda t, s: (s.log_softmax(-1), t.softmax(-1)),
            True,
        ),
    ],
)
def test_misuses_of_kl_div_are_what_the_library_does(switch, pass_, log_target):
    z_t, z_s = np.random.default_rng(0).normal(0, 1.5, (2, 3, 5))
    arguments = pass_(torch.tensor(z_t) / 3, torch.tensor(z_s) / 3)
    each = functional.kl_div(*arguments, reduction="none", log_target=log_target)
    with np.errstate(invalid="ignore"):
        found = oracle.kd_loss(z_t, z_s, 3, compare=switch)
    np.testing.assert_allclose(found, 9 * each.sum(-1).mean())


def test_batchmean_is_what_the_library_does_for_every_number_of_dimensions():
    for shape in [(5,), (3, 5), (2, 3, 5)]:
        z_t, z_s = np.random.default_rng(0).normal(0, 1.5, (2, *shape))
        log_q = (torch.tensor(z_s) / 3).log_softmax(-1)
        p = (torch.tensor(z_t) / 3).softmax(-1)
        expected = 9 * functional.kl_div(log_q, p, reduction="batchmean")
        found = oracle.kd_loss(z_t, z_s, 3, over="first dimension")
        np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize(
    ("log", "student_falls", "teacher_falls"),
    [
        ("log_softmax", True, True),
        ("log(p)", False, False),
        ("log(p_t)", True, False),
        ("log(p_s)", False, True),
    ],
)
def test_a_logarithm_of_a_rounded_probability_is_not_finite(log, student_falls, teacher_falls):
    low = np.array([0, -2000, 0, 0, 0])
    with np.errstate(all="ignore"):
        student = oracle.kd_loss(Z_T, Z_S + low, 1, log=log)
        teacher = oracle.kd_loss(Z_T + low, Z_S, 1, log=log)
    assert np.isfinite(student) == student_falls
    assert np.isfinite(teacher) == teacher_falls


def test_an_epsilon_in_the_logarithm_hides_almost_all_of_a_large_loss():
    low = np.array([0, -2000, 0, 0, 0])
    right = oracle.kd_loss(Z_T, Z_S + low, 1)
    assert oracle.kd_loss(Z_T, Z_S + low, 1, log="log(p + 1e-8)") < 0.03 * right


def test_an_outcome_that_the_teacher_rules_out_adds_nothing_unless_the_guard_is_off():
    ruled_out = np.array([2, -np.inf, 0, -1, 0.5])
    others = [0, 2, 3, 4]
    p = np.exp(ruled_out[others]) / np.exp(ruled_out[others]).sum()
    q = (np.exp(Z_S) / np.exp(Z_S).sum())[others]
    with np.errstate(invalid="ignore"):
        assert oracle.kd_loss(ruled_out, Z_S, 1) == pytest.approx((p * np.log(p / q)).sum())
        assert math.isnan(oracle.kd_loss(ruled_out, Z_S, 1, guard="none"))


def test_plain_kl_has_a_vanishing_gradient_and_t_squared_restores_it():
    temperatures = [1, 2, 4, 8, 16]
    plain = [np.linalg.norm(oracle.kd_grad(Z_T, Z_S, T, scale="1/T")) for T in temperatures]
    scaled = [np.linalg.norm(oracle.kd_grad(Z_T, Z_S, T)) for T in temperatures]
    assert plain[0] / plain[-1] > 250
    assert scaled[0] / scaled[-1] < 1.5


def test_slopes_of_something_else_are_gradients_of_something_else():
    t, s = torch.tensor(np.random.default_rng(0).normal(0, 1.5, (2, 4, 5)))
    p = (t / 3).softmax(-1)
    expected = {
        "of KL(s‖t)": gradient(lambda z: reference(z, t, 3), s),
        "of the teacher": gradient(lambda z: reference(z, s, 3), t),
        "−p_t / p_s": gradient(
            lambda q: 9 * (p * (p / q).log()).sum(-1).mean(), (s / 3).softmax(-1)
        ),
    }
    for slope, found in expected.items():
        wrong = oracle.kd_grad(t.numpy(), s.numpy(), 3, slope=slope)
        np.testing.assert_allclose(wrong, found, atol=1e-12)


def test_dimension_one_of_a_vector_raises_as_it_would_in_torch():
    with pytest.raises(ArithmeticError, match="no dimension 1"):
        oracle.kd_loss(Z_T, Z_S, 3, axis="second")


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        oracle.kd_loss(Z_T, Z_S, 3, scale="T³")


def test_a_gradient_through_the_softmax_again_sums_to_0_and_that_on_the_diagonal_does_not():
    z_t, z_s = np.array([2.0, 1.0, 0.0]), np.array([0.5, 1.5, -0.5])
    full = oracle.kd_grad(z_t, z_s, 2.0, slope="through the softmax again")
    diagonal = oracle.kd_grad(z_t, z_s, 2.0, slope="p_s (1 − p_s) (p_s − p_t)")
    assert full.sum() == pytest.approx(0)
    assert abs(diagonal.sum()) > 1e-3
