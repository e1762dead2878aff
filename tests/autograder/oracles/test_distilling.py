"""The oracle of whole distillations, against torch and against itself."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.functional import log_softmax

from autograder.exercises.distillation.distill import EQUAL, UNEQUAL
from autograder.exercises.tables import oracle_input
from autograder.exercises.training_step import draws
from autograder.oracles import distilling, reading
from course_lib.checks.builders import build
from course_lib.checks.values import to_python

SGD = {"kind": "SGD", "lr": 0.4}
OPTIMIZERS = [
    SGD,
    {**SGD, "momentum": 0.85},
    {**SGD, "weight_decay": 0.1},
    {"kind": "Adam", "lr": 0.05},
]


def situation(seed=0, answers=UNEQUAL, **state):
    """A student, a teacher and batches, as plain values."""
    rng = np.random.default_rng(seed)
    student, teacher = draws.reader(rng), draws.reader(rng, 1.5, **state)
    return student, teacher, [draws.batch(rng, each) for each in answers]


def curve_and_weights(values, optimizer=SGD, T=1.8, accumulate=3, **switches):
    return distilling.distill(*map(oracle_input, values), optimizer, T, accumulate, **switches)[:2]


def by_torch(values, settings, T, accumulate):
    """The mean over a group's answer tokens as one loss with one backward pass."""
    student, teacher = (build("reader", each, {}) for each in values[:2])
    optimizer = build("optimizer", {"of": "student", **settings}, {"student": student})
    batches, curve = to_python(values[2]), []
    for start in range(0, len(batches), accumulate):
        kls = []
        for b in batches[start : start + accumulate]:
            log_t = log_softmax(teacher(b["xt"])[:, :-1][b["mt"][:, 1:]].detach() / T, -1)
            log_s = log_softmax(student(b["xs"])[:, :-1][b["ms"][:, 1:]] / T, -1)
            kls.append((log_t.exp() * (log_t - log_s)).sum(-1))
        loss = T**2 * torch.cat(kls).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return curve, torch.cat([each.detach().flatten() for each in student.parameters()]).numpy()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("accumulate", [1, 2, 4, 9])
def test_all_switches_at_rest_is_what_torch_does(optimizer, accumulate):
    values = situation(accumulate)
    curve, weights = curve_and_weights(values, optimizer, 0.7, accumulate)
    expected = by_torch(values, optimizer, 0.7, accumulate)
    np.testing.assert_allclose(curve, expected[0], rtol=1e-10)
    np.testing.assert_allclose(weights, expected[1], rtol=1e-9, atol=1e-12)


def test_a_model_as_one_matrix_gives_the_logits_of_the_model():
    student, _, batches = (oracle_input(each) for each in situation())
    weights, tokens = reading.weights_of(student), batches[0]["xt"]
    matrix = distilling.stacked(weights)
    V = matrix.shape[1]
    np.testing.assert_allclose(
        distilling.features(tokens, V) @ matrix, reading.logits(weights, tokens, np.ones(V))
    )
    row = distilling.in_a_row(matrix)
    np.testing.assert_array_equal(row, reading.in_a_row(weights))
    np.testing.assert_array_equal(distilling.from_a_row(row, V), matrix)


def same(one, other):
    return all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-9) for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize(
    "switch",
    [
        {"divide": "mean of means"},
        {"divide": "means ÷ accumulate"},
        {"curve": "mean of means"},
    ],
)
def test_means_of_means_are_right_for_equal_batches_in_whole_groups_and_wrong_otherwise(switch):
    equal, unequal = situation(answers=EQUAL), situation()
    assert same(curve_and_weights(equal, **switch), curve_and_weights(equal))
    assert not same(curve_and_weights(unequal, **switch), curve_and_weights(unequal))


def test_a_short_last_group_tells_the_two_means_of_means_apart():
    one, other = ({"divide": each} for each in ("mean of means", "means ÷ accumulate"))
    whole, short = situation(), situation(answers=UNEQUAL[:5])
    assert same(curve_and_weights(whole, **one), curve_and_weights(whole, **other))
    assert not same(curve_and_weights(short, **one), curve_and_weights(short, **other))


def test_with_one_batch_a_step_what_groups_are_for_makes_no_difference():
    values = situation()
    right = curve_and_weights(values, accumulate=1)
    for switch in (
        {"groups": "of one"},
        {"groups": "full ones only"},
        {"zero": "before each batch"},
        {"zero": "after each step"},
        {"step": "after each batch"},
        {"divide": "mean of means"},
        {"curve": "last batch"},
    ):
        assert same(curve_and_weights(values, accumulate=1, **switch), right)


def test_a_dropped_group_shortens_the_curve_and_a_single_one_leaves_one_number():
    values = situation(answers=UNEQUAL[:5])
    assert len(curve_and_weights(values)[0]) == 2
    assert len(curve_and_weights(values, groups="full ones only")[0]) == 1
    assert len(curve_and_weights(values, groups="all in one")[0]) == 1
    assert len(curve_and_weights(values, groups="of one")[0]) == 5


def test_gradients_that_were_left_over_count_only_for_who_does_not_clear_first():
    values = situation()
    littered = (draws.left_over(np.random.default_rng(1), values[0]), *values[1:])
    assert same(curve_and_weights(littered), curve_and_weights(values))
    for zero in ("never", "after each step"):
        right = curve_and_weights(values, zero=zero)
        assert not same(curve_and_weights(littered, zero=zero), right)


def test_the_teachers_gradient_is_that_of_torch_if_it_is_in_the_graph():
    student, teacher, batches = situation(answers=UNEQUAL[:1])
    inputs = map(oracle_input, (student, teacher, batches))
    _, _, to_teacher, still, *_ = distilling.distill(*inputs, SGD, 1.8, 1, reached="both")
    models = [build("reader", each, {}) for each in (student, teacher)]
    b = to_python(batches)[0]
    log_s, log_t = (
        log_softmax(model(b[x])[:, :-1][b[m][:, 1:]] / 1.8, -1)
        for model, x, m in zip(models, ("xs", "xt"), ("ms", "mt"), strict=True)
    )
    (1.8**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()).backward()
    expected = torch.cat([each.grad.flatten() for each in models[1].parameters()])
    np.testing.assert_allclose(to_teacher, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(
        still, reading.in_a_row(reading.weights_of(oracle_input(teacher)))
    )


def test_no_gradient_reaches_a_teacher_that_is_frozen_or_out_of_the_graph():
    for state, switch in (({"learns": False}, {"reached": "both"}), ({}, {})):
        inputs = map(oracle_input, situation(**state))
        assert not distilling.distill(*inputs, SGD, 1.8, 3, **switch)[2].any()


def test_answers_of_another_batch_raise_where_there_are_more_or_fewer():
    with pytest.raises(ArithmeticError, match="answers of the teacher for"):
        curve_and_weights(situation(), taught_by="the first batch")
    curve_and_weights(situation(answers=EQUAL), taught_by="the first batch")
