"""Steps, freezing and the first-order change against torch and against each other."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.exercises.tables import oracle_input
from autograder.exercises.training_step import draws
from autograder.oracles import reading, training
from course_lib.checks.builders import build
from course_lib.checks.values import to_python
from course_lib.training import gradient_step

SGD = {"of": "student", "kind": "SGD", "lr": 0.4}


def drawn(seed, **optimizer):
    rng = np.random.default_rng(seed)
    student = draws.reader(rng, dropped=True)
    teacher = draws.reader(rng, 1.5, training=False, dropped=True)
    batches = [draws.batch(rng) for _ in range(3)]
    return student, teacher, batches, {**SGD, **optimizer}


def oracle(student, teacher, batches, optimizer, **switches):
    names = ("batch", "batch_2", "batch_3")
    inputs = {"student": student, "teacher": teacher, "optimizer": optimizer, "T": 1.7}
    inputs |= dict(zip(names, batches, strict=False))
    return training.train_step(
        **{name: oracle_input(each) for name, each in inputs.items()}, **switches
    )


@pytest.mark.parametrize(
    "optimizer", [{}, {"momentum": 0.9}, {"kind": "Adam"}, {"weight_decay": 0.1, "momentum": 0.5}]
)
def test_three_steps_equal_those_of_the_librarys_own_step(optimizer):
    student, teacher, batches, settings = drawn(0, **optimizer)
    made = {"student": build("reader", student, {}), "teacher": build("reader", teacher, {})}
    live = build("optimizer", settings, made)
    for batch in batches:
        loss = gradient_step(made["student"], made["teacher"], to_python(batch), live, T=1.7)
    mine, weights, to_teacher, *modes = oracle(student, teacher, batches, settings)
    expected = torch.cat([each.detach().flatten() for each in made["student"].parameters()])
    np.testing.assert_allclose(weights, expected, atol=1e-12)
    assert mine == pytest.approx(loss, rel=1e-12)
    assert not to_teacher.any()
    assert [each.tolist() for each in modes] == [[True] * 4, [False] * 4]


def test_left_over_gradients_count_only_where_they_are_not_cleared_first():
    student, teacher, batches, settings = drawn(1)
    left = draws.left_over(np.random.default_rng(2), student)

    def moved(model, order):
        return oracle(model, teacher, batches[:1], settings, order=order)[1]

    clean = moved(student, "zero backward step")
    np.testing.assert_array_equal(moved(left, "zero backward step"), clean)
    np.testing.assert_array_equal(moved(student, "backward step"), clean)
    extra = reading.in_a_row({name: each.data for name, each in left["gradients"].items()})
    np.testing.assert_allclose(moved(left, "backward step"), clean - 0.4 * extra)
    np.testing.assert_array_equal(moved(left, "backward step zero"), moved(left, "backward step"))


def test_nothing_moves_without_a_step_and_twice_as_far_with_two():
    student, teacher, batches, settings = drawn(3)
    start = reading.in_a_row(reading.weights_of(oracle_input(student)))

    def change(order):
        return oracle(student, teacher, batches[:1], settings, order=order)[1] - start

    once = change("zero backward step")
    assert not change("zero backward").any()
    assert not change("backward zero step").any()
    np.testing.assert_allclose(change("zero backward step step"), 2 * once)
    np.testing.assert_allclose(change("zero backward backward step"), 2 * once)


def test_the_loss_after_a_step_of_right_length_is_smaller():
    student, teacher, batches, settings = drawn(4, lr=0.05)
    before, after = (
        oracle(student, teacher, batches[:1], settings, returned=which)[0]
        for which in ("loss before", "loss after")
    )
    assert 0 < after < before


def test_a_student_without_a_graph_raises_if_its_teacher_is_frozen():
    student, teacher, batches, settings = drawn(5)
    frozen = {**teacher, "learns": False}
    with pytest.raises(ArithmeticError):
        oracle(student, frozen, batches, settings, reached="teacher")
    *_, to_teacher, _, _ = oracle(student, teacher, batches, settings, reached="teacher")
    assert to_teacher.any()


def test_freezing_leaves_weights_and_switches_the_rest_off():
    model = oracle_input(draws.reader(np.random.default_rng(6), learns=[True, False, True, False]))
    same, learns, modes, weights = training.freeze(model)
    assert same == 1
    assert not learns.any()
    assert not modes.any()
    np.testing.assert_array_equal(weights, reading.in_a_row(reading.weights_of(model)))
    same, learns, modes, _ = training.freeze(model, on="a copy")
    assert same == 0
    assert learns.tolist() == [True, False, True, False]
    assert modes.all()


def test_a_promise_is_kept_to_second_order():
    rng = np.random.default_rng(7)
    target = {"a": rng.normal(size=(2, 3)), "b": rng.normal(size=4)}
    before = {name: rng.normal(size=each.shape) for name, each in target.items()}
    grads = {name: before[name] - target[name] for name in target}  # of ½‖θ − target‖²

    def loss(theta):
        return 0.5 * sum(((theta[name] - target[name]) ** 2).sum() for name in target)

    direction = {name: rng.normal(size=each.shape) for name, each in target.items()}
    square = sum((each**2).sum() for each in direction.values())
    for eta in (1.0, 0.1, 0.01):
        after = {name: before[name] + eta * direction[name] for name in target}
        promised = training.first_order_change(before, after, grads)
        assert loss(after) - loss(before) - promised == pytest.approx(0.5 * eta**2 * square)
