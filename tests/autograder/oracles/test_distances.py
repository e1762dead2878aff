"""The oracle against torch, and against what the course prints."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.oracles import distances as oracle

SUNNY, A, B = np.array([0.6, 0.3, 0.1]), np.array([0.7, 0.1, 0.2]), np.array([0.5, 0.4, 0.1])


@pytest.fixture(autouse=True)
def _silent():
    with np.errstate(all="ignore"):
        yield


@st.composite
def pairs(draw):
    """Two distributions of any shape, with zeros in either."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (*draw(st.lists(st.integers(1, 4), max_size=3)), draw(st.integers(2, 7)))
    p, q = np.exp(rng.normal(0, 1.5, (2, *shape)))
    if draw(st.booleans()):
        p[..., 0] = 0.0
        q[..., draw(st.integers(0, shape[-1] - 1))] = 0.0
    return p / p.sum(-1, keepdims=True), q / q.sum(-1, keepdims=True)


def xlogy(a, b):
    return torch.xlogy(torch.tensor(a), torch.tensor(b)).sum(-1)


@given(pairs())
@settings(max_examples=80, deadline=None)
def test_values_equal_those_of_torch_for_any_shape_and_with_zeros(pair):
    p, q = pair
    m = (p + q) / 2
    expected = {
        "cross_entropy": -xlogy(p, q),
        "kl": xlogy(p, p) - xlogy(p, q),
        "js": (xlogy(p, p) + xlogy(q, q)) / 2 - xlogy(m, m),
        "tvd": torch.maximum(torch.tensor(p - q), torch.zeros(())).sum(-1),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(getattr(oracle, name)(p, q), values, atol=1e-12)
    np.testing.assert_allclose(
        oracle.entropy(p), torch.special.entr(torch.tensor(p)).sum(-1), atol=1e-12
    )


@given(pairs())
@settings(max_examples=40, deadline=None)
def test_what_mathematics_says_of_them_holds(pair):
    p, q = pair
    np.testing.assert_allclose(oracle.cross_entropy(p, q), oracle.entropy(p) + oracle.kl(p, q))
    assert (oracle.kl(p, q) >= -1e-12).all()
    np.testing.assert_allclose(oracle.js(p, q), oracle.js(q, p), atol=1e-12)
    assert (oracle.js(p, q) <= math.log(2) + 1e-12).all()
    assert (oracle.js(p, q) <= math.log(2) * oracle.tvd(p, q) + 1e-12).all()
    assert (2 * oracle.tvd(p, q) ** 2 <= oracle.kl(p, q) + 1e-12).all()  # Pinsker
    for distance in (oracle.kl, oracle.js, oracle.tvd):
        np.testing.assert_allclose(distance(p, p), 0, atol=1e-12)


@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(2, 6))
@settings(max_examples=40, deadline=None)
def test_no_student_beats_the_best_one_and_its_floor_is_mutual_information(seed, K, V):
    rng = np.random.default_rng(seed)
    P, w = rng.dirichlet(np.full(V, 0.7), K), rng.dirichlet(np.ones(K))
    m, floor = oracle.best_student(P, w)
    for _ in range(20):
        assert w @ oracle.kl(P, rng.dirichlet(np.ones(V))) >= floor - 1e-12
    joint = w[:, None] * P
    independent = w[:, None] * joint.sum(0)
    information = (xlogy(joint, joint) - xlogy(joint, independent)).sum()
    np.testing.assert_allclose(floor, information, atol=1e-12)
    np.testing.assert_allclose(m, joint.sum(0))
    by_entropies = oracle.best_student(P, w, floor="H(m) − Σ w H(P)")[1]
    np.testing.assert_allclose(floor, by_entropies, atol=1e-12)


def test_the_floor_of_a_coin_is_js_and_of_contexts_apart_the_entropy_of_the_context():
    coin = oracle.best_student(np.stack([SUNNY, A]), np.array([0.5, 0.5]))[1]
    assert coin == pytest.approx(float(oracle.js(SUNNY, A)))
    w = np.array([0.2, 0.3, 0.5])
    assert oracle.best_student(np.eye(3), w)[1] == pytest.approx(float(oracle.entropy(w)))


# -- figures that the course prints ----------------------------------------------------------


def test_the_two_models_of_the_source():
    figures = {"cross_entropy": (1.0657, 0.9210), "kl": (0.1678, 0.0231), "tvd": (0.20, 0.10)}
    for name, (of_a, of_b) in figures.items():
        assert getattr(oracle, name)(SUNNY, A) == pytest.approx(of_a, abs=5e-5)
        assert getattr(oracle, name)(SUNNY, B) == pytest.approx(of_b, abs=5e-5)
    assert oracle.entropy(SUNNY) == pytest.approx(0.8979, abs=5e-5)
    assert oracle.kl(A, SUNNY) == pytest.approx(0.1367, abs=5e-5)


def test_the_likeliest_words_bucket_decides_once_it_is_split():
    target, a, b = (np.array([0.6, 0.3, *rest]) for rest in ([0.09, 0.01], [0, 0], [0, 0]))
    a[:], b[:] = [0.7, 0.1, 0.18, 0.02], [0.5, 0.4, 0.01, 0.09]
    assert oracle.kl(target, a) == pytest.approx(0.168, abs=5e-4)
    assert oracle.kl(target, b) == pytest.approx(0.199, abs=5e-4)


def test_the_case_that_breaks_the_rule_of_thumb():
    target, first, second = (
        np.array(each) for each in ([0.6, 0.1, 0.3], [0.999, 0.0005, 0.0005], [0.3, 0.6, 0.1])
    )
    figures = {
        "kl": (2.143, 0.566),
        "js": (0.161, 0.151),
        "tvd": (0.399, 0.500),
    }
    for name, expected in figures.items():
        found = [float(getattr(oracle, name)(target, each)) for each in (first, second)]
        assert found == pytest.approx(expected, abs=6e-4)
    reverse = [float(oracle.kl(each, target)) for each in (first, second)]
    assert reverse == pytest.approx([0.503, 0.757], abs=6e-4)


def test_same_top_word_same_top_probability_other_cross_entropy():
    teacher = np.array([0.8, 0.15, 0.05])
    for student, figure in (([0.6, 0.3, 0.1], 0.704), ([0.6, 0.1, 0.3], 0.814)):
        assert oracle.cross_entropy(teacher, np.array(student)) == pytest.approx(figure, abs=5e-4)


def test_a_skewed_pair_tells_the_directions_apart():
    t, s = np.array([0.98, 0.01, 0.01]), np.array([0.4, 0.3, 0.3])
    found = [float(oracle.kl(t, s)), float(oracle.kl(t, s, direction="q‖p"))]
    assert found == pytest.approx([0.810, 1.682], abs=5e-4)


def test_a_wrong_mixture_is_js_less_the_logarithm_of_two():
    right, wrong = oracle.js(SUNNY, A), oracle.js(SUNNY, A, mixture="p + q")
    assert wrong == pytest.approx(float(right) - math.log(2))


def test_an_epsilon_hides_almost_all_of_a_large_loss_and_cancels_at_a_match():
    p, q = np.array([0.25, 0.75]), np.array([1e-30, 1 - 1e-30])
    right, wrong = oracle.kl(p, q), oracle.kl(p, q, guard="ε = 1e-8")
    assert wrong / right == pytest.approx(0.24, abs=0.01)
    assert oracle.kl(p, p, guard="ε = 1e-8") == 0
    ruled_out = np.array([0.0, 1.0])
    assert oracle.kl(p, ruled_out) == np.inf
    assert oracle.cross_entropy(p, ruled_out) == np.inf


# -- switches, each written out in torch -----------------------------------------------------


def _random(*shape):
    rng = np.random.default_rng(5)
    p, q = np.exp(rng.normal(0, 1, (2, *shape)))
    return p / p.sum(-1, keepdims=True), q / q.sum(-1, keepdims=True)


INPUTS = {"vector": _random(5), "matrix": _random(3, 5), "cube": _random(2, 3, 5)}
CROSS_ENTROPIES = {
    (("order", "q, p"),): lambda p, q: -(q * p.log()).sum(-1),
    (("compare", "KL"),): lambda p, q: (p * (p / q).log()).sum(-1),
    (("compare", "entropy of p"),): lambda p, q: -(p * p.log()).sum(-1),
    (("compare", "top"),): lambda p, q: -q.gather(-1, p.argmax(-1, True))[..., 0].log(),
    (("compare", "top, weighted"),): lambda p, q: (
        -p.amax(-1) * q.gather(-1, p.argmax(-1, True))[..., 0].log()
    ),
    (("compare", "not weighted"),): lambda p, q: -q.log().sum(-1),
    (("compare", "log of the sum"),): lambda p, q: -(p * q).sum(-1).log(),
    (("compare", "binary"),): lambda p, q: functional.binary_cross_entropy(
        q, p, reduction="none"
    ).sum(-1),
    (("fed", "q softmaxed"),): lambda p, q: -(p * q.log_softmax(-1)).sum(-1),
    (("fed", "both softmaxed"),): lambda p, q: -(p.softmax(-1) * q.log_softmax(-1)).sum(-1),
    (("fed", "q softmaxed over classes"), ("over", "sum over classes")): lambda p, q: (
        functional.cross_entropy(q, p, reduction="none")
    ),
    (("fed", "q softmaxed over classes"), ("over", "mean over classes")): lambda p, q: (
        functional.cross_entropy(q, p)
    ),
    (("fed", "q normalised over classes"), ("over", "sum over classes")): lambda p, q: (
        functional.cross_entropy(q.log(), p, reduction="none")
    ),
    (("fed", "q normalised over classes"), ("over", "mean over classes")): lambda p, q: (
        functional.cross_entropy(q.log(), p)
    ),
    (("over", "mean over V"),): lambda p, q: -(p * q.log()).mean(-1),
    (("over", "sum over all"),): lambda p, q: -(p * q.log()).sum(),
    (("over", "mean of rows"),): lambda p, q: -(p * q.log()).sum(-1).mean(),
    (("over", "not reduced"),): lambda p, q: -(p * q.log()),
    (("over", "sum over first"),): lambda p, q: -(p * q.log()).sum(0),
    (("over", "sum over second"),): lambda p, q: -(p * q.log()).sum(1),
    (("sign", "−"),): lambda p, q: (p * q.log()).sum(-1),
    (("base", "2"),): lambda p, q: -(p * q.log2()).sum(-1),
    (("guard", "ε = 1e-6"),): lambda p, q: -(p * (q + 1e-6).log()).sum(-1),
}
KLS = {
    (("direction", "q‖p"),): lambda p, q: functional.kl_div(p.log(), q, reduction="none").sum(-1),
    (("compare", "cross-entropy"),): lambda p, q: -(p * q.log()).sum(-1),
    (("compare", "symmetrised"),): lambda p, q: ((p - q) * (p / q).log()).sum(-1) / 2,
    (("compare", "both directions"),): lambda p, q: ((p - q) * (p / q).log()).sum(-1),
    (("compare", "absolute terms"),): lambda p, q: (p * (p / q).log().abs()).sum(-1),
    (("compare", "not weighted"),): lambda p, q: (p / q).log().sum(-1),
    (("compare", "weighted by q"),): lambda p, q: (q * (p / q).log()).sum(-1),
    (("compare", "H(q) − H(p)"),): lambda p, q: (torch.special.entr(q) - torch.special.entr(p)).sum(
        -1
    ),
    (("compare", "kl_div(q, p)"),): lambda p, q: functional.kl_div(q, p, reduction="none").sum(-1),
    (("compare", "kl_div(log q, log p)"),): lambda p, q: functional.kl_div(
        q.log(), p.log(), reduction="none"
    ).sum(-1),
    (("fed", "both softmaxed"),): lambda p, q: (
        p.softmax(-1) * (p.log_softmax(-1) - q.log_softmax(-1))
    ).sum(-1),
    (("fed", "q softmaxed"),): lambda p, q: (p * (p.log() - q.log_softmax(-1))).sum(-1),
    (("over", "mean over all"),): lambda p, q: (p * (p / q).log()).mean(),
    (("over", "batchmean"),): lambda p, q: functional.kl_div(q.log(), p, reduction="batchmean"),
    (("guard", "ε = 1e-6"),): lambda p, q: (p * ((p + 1e-6) / (q + 1e-6)).log()).sum(-1),
    (("guard", "ε = 1e-6 in q"),): lambda p, q: (p * (p / (q + 1e-6)).log()).sum(-1),
}


def _kl(p, q):
    return (p * (p / q).log()).sum(-1)


def _geometric(p, q):
    m = ((p.log() + q.log()) / 2).softmax(-1)
    return (_kl(p, m) + _kl(q, m)) / 2


JSS = {
    (("mixture", "p + q"),): lambda p, q: (_kl(p, p + q) + _kl(q, p + q)) / 2,
    (("mixture", "geometric"),): _geometric,
    (("weights", "1, 1"),): lambda p, q: _kl(p, (p + q) / 2) + _kl(q, (p + q) / 2),
    (("weights", "1, 0"),): lambda p, q: _kl(p, (p + q) / 2),
    (("weights", "½, 0"),): lambda p, q: _kl(p, (p + q) / 2) / 2,
    (("weights", "0, 1"),): lambda p, q: _kl(q, (p + q) / 2),
    (("compare", "KL(m‖·)"),): lambda p, q: (_kl((p + q) / 2, p) + _kl((p + q) / 2, q)) / 2,
    (("compare", "KL(p‖q)"),): lambda p, q: (_kl(p, q) + _kl(q, p)) / 2,
    (("compare", "cross-entropy"),): lambda p, q: torch.special.entr((p + q) / 2).sum(-1),
    (("root", "square root"),): lambda p, q: (
        (_kl(p, (p + q) / 2) + _kl(q, (p + q) / 2)) / 2
    ).sqrt(),
}
TVDS = {
    (("factor", "1"),): lambda p, q: (p - q).abs().sum(-1),
    (("each", "p − q"),): lambda p, q: (p - q).sum(-1),
    (("each", "(p − q)²"), ("root", "square root"), ("factor", "1")): lambda p, q: (p - q).norm(
        dim=-1
    ),
    (("each", "(p − q)²"),): lambda p, q: functional.mse_loss(p, q, reduction="none").sum(-1) / 2,
    (("over", "largest"), ("factor", "1")): lambda p, q: (p - q).abs().amax(-1),
    (("over", "mean over all"), ("factor", "1")): lambda p, q: functional.l1_loss(p, q),
    (("fed", "logarithms"),): lambda p, q: (p.log() - q.log()).abs().sum(-1) / 2,
    (("fed", "softmaxed"),): lambda p, q: (p.softmax(-1) - q.softmax(-1)).abs().sum(-1) / 2,
}
WRITTEN_OUT = [
    pytest.param(getattr(oracle, name), switches, code, id=f"{name}-{switches}")
    for name, codes in (
        ("cross_entropy", CROSS_ENTROPIES), ("kl", KLS), ("js", JSS), ("tvd", TVDS),
    )
    for switches, code in codes.items()
]  # fmt: skip


@pytest.mark.parametrize(("function", "switches", "code"), WRITTEN_OUT)
def test_each_wrong_function_is_what_its_code_gives(function, switches, code):
    for p, q in INPUTS.values():
        try:
            expected = code(torch.tensor(p), torch.tensor(q))
        except IndexError:
            with pytest.raises(ArithmeticError):
                function(p, q, **dict(switches))
        else:
            np.testing.assert_allclose(function(p, q, **dict(switches)), expected, atol=1e-12)


ZEROS_P = torch.tensor([[0, 0.4, 0.6], [0, 0.4, 0.6], [0.5, 0.5, 0]], dtype=torch.float64)
ZEROS_Q = torch.tensor([[0.2, 0.3, 0.5], [0, 0.3, 0.7], [0, 0.5, 0.5]], dtype=torch.float64)
GUARDS = {
    "none": lambda p, q: (p * (p / q).log()).sum(-1),
    "NaN where both are 0": lambda p, q: functional.kl_div(q.log(), p, reduction="none").sum(-1),
    "nan_to_num": lambda p, q: torch.nan_to_num(p * (p / q).log()).sum(-1),
    "skips q = 0": lambda p, q: torch.where((p > 0) & (q > 0), p * (p / q).log(), 0.0).sum(-1),
    "ε = 1e-8": lambda p, q: (p * ((p + 1e-8) / (q + 1e-8)).log()).sum(-1),
    "ε = 1e-8 in q": lambda p, q: functional.kl_div((q + 1e-8).log(), p, reduction="none").sum(-1),
    "ε = 1e-8 in q, NaN where p = 0": lambda p, q: (p * (p / (q + 1e-8)).log()).sum(-1),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_each_way_with_zeros_is_what_its_code_gives(guard):
    found = oracle.kl(ZEROS_P.numpy(), ZEROS_Q.numpy(), guard=guard)
    np.testing.assert_allclose(found, GUARDS[guard](ZEROS_P, ZEROS_Q), rtol=1e-6)


P, W = torch.tensor(_random(4, 4)[0]), torch.tensor([0.1, 0.2, 0.3, 0.4], dtype=torch.float64)
MIXTURES = {
    "mean of P": P.mean(0),
    "Σ P": P.sum(0),
    "geometric": (W @ P.log()).softmax(-1),
    "geometric, unweighted": P.log().mean(0).softmax(-1),
    "likeliest context": P[3],
    "of the argmaxes": W @ functional.one_hot(P.argmax(-1), 4).double(),
    "w on the columns": (W * P).sum(0),
    "P w": P @ W,
}


@pytest.mark.parametrize("mixture", MIXTURES)
def test_each_wrong_student_is_what_its_code_gives_and_pays_for_it(mixture):
    m, floor = oracle.best_student(P.numpy(), W.numpy(), mixture=mixture)
    np.testing.assert_allclose(m, MIXTURES[mixture])
    np.testing.assert_allclose(floor, W @ _kl(P, MIXTURES[mixture]))


def test_weights_over_the_wrong_dimension_raise_unless_there_are_as_many_contexts_as_outcomes():
    for mixture in ("w on the columns", "P w"):
        with pytest.raises(ArithmeticError):
            oracle.best_student(P.numpy()[:3], np.array([0.2, 0.3, 0.5]), mixture=mixture)


M = W @ P
ENTROPIES = torch.special.entr(P).sum(-1)
FLOORS = {
    "mean of KL(P‖m)": _kl(P, M).mean(),
    "Σ KL(P‖m)": _kl(P, M).sum(),
    "largest KL(P‖m)": _kl(P, M).max(),
    "Σ w KL(m‖P)": W @ _kl(M, P),
    "H(m) − mean of H(P)": torch.special.entr(M).sum() - ENTROPIES.mean(),
    "H(m)": torch.special.entr(M).sum(),
    "Σ w H(P)": W @ ENTROPIES,
    "H(w)": torch.special.entr(W).sum(),
}


@pytest.mark.parametrize("floor", FLOORS)
def test_each_wrong_floor_is_what_its_code_gives(floor):
    m, found = oracle.best_student(P.numpy(), W.numpy(), floor=floor)
    np.testing.assert_allclose(m, M)
    np.testing.assert_allclose(found, FLOORS[floor])


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        oracle.kl(SUNNY, A, base="7")
    with pytest.raises(TypeError):
        oracle.kl(SUNNY, A, basis="2")


def test_other_measures_of_distance_are_what_their_names_say():
    p, q = (np.array(each) for each in ([0.5, 0.3, 0.2], [0.2, 0.5, 0.3]))
    squared = 0.5 * ((np.sqrt(p) - np.sqrt(q)) ** 2).sum()
    roots = {"fed": "roots", "each": "(p − q)²"}
    assert float(oracle.tvd(p, q, **roots)) == pytest.approx(squared)
    rooted = oracle.tvd(p, q, **roots, root="square root", factor="√½")
    assert float(rooted) == pytest.approx(math.sqrt(squared))
    assert float(oracle.js(p, q, compare="½ (√p − √q)²")) == pytest.approx(squared)
    assert float(oracle.kl(p, q, compare="½ |p − q|")) == pytest.approx(float(oracle.tvd(p, q)))
    assert float(oracle.kl(p, q, compare="χ²")) == pytest.approx(((p - q) ** 2 / q).sum())
    kolmogorov = oracle.tvd(p, q, each="|Σ to here|", over="largest", factor="1")
    assert float(kolmogorov) == pytest.approx(0.3)
