import numpy as np
import pytest

from autograder.oracles.losses import DIVERGENCES, cross_entropy, divergence


@pytest.fixture
def logits():
    return np.random.default_rng(0).normal(size=(2, 5, 4)) * 2


@pytest.mark.parametrize("name", DIVERGENCES)
def test_gradients_are_what_central_differences_say(logits, name):
    teacher, student = logits
    _, gradient = divergence(name, teacher, student, T=1.5, share=0.3)
    for j in range(4):
        step = np.zeros(4, np.longdouble)
        step[j] = 1e-6
        ahead, _ = divergence(name, teacher, student + step, T=1.5, share=0.3)
        behind, _ = divergence(name, teacher, student - step, T=1.5, share=0.3)
        np.testing.assert_allclose(gradient[:, j], (ahead - behind) / 2e-6, rtol=1e-7, atol=1e-9)


def test_values_known_by_hand():
    fair, sure = np.log([0.5, 0.5]), np.array([0.0, -np.inf])
    values = {name: float(divergence(name, sure, fair)[0]) for name in DIVERGENCES}
    assert values["forward_kl"] == pytest.approx(np.log(2))
    assert values["reverse_kl"] == np.inf
    assert values["jsd"] == pytest.approx(0.75 * np.log(4 / 3))
    assert values["skew_kl"] == pytest.approx(np.log(4 / 3))
    assert values["total_variation"] == pytest.approx(0.5)


def test_the_cross_entropy_is_the_surprise_at_the_label(logits):
    value, gradient = cross_entropy(np.array([0, 1, 2, 3, 0]), logits[0])
    q = np.exp(logits[0]) / np.exp(logits[0]).sum(-1, keepdims=True)
    np.testing.assert_allclose(value, -np.log(q[np.arange(5), [0, 1, 2, 3, 0]]).astype(float))
    np.testing.assert_allclose(gradient.sum(-1).astype(float), 0, atol=1e-15)
