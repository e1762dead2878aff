"""A step of the library: its gradient, its mean over all answer tokens, what it leaves alone."""

from __future__ import annotations

import copy

import pytest
import torch

from course_lib.losses.reference import kl, softmax
from course_lib.training import answer_logits, gradient_step, lesson
from course_lib.training.step import step_on


def by_hand(student, teacher, group, T=1.0):
    """ΣT²·KL over all answer tokens of a group of batches, by their number."""
    losses = [
        T**2
        * kl(
            softmax(answer_logits(teacher, each["xt"], each["mt"]).detach(), T),
            softmax(answer_logits(student, each["xs"], each["ms"]), T),
        )
        for each in group
    ]
    return torch.cat(losses).mean()


def moved(student, step):
    before = copy.deepcopy(student.state_dict())
    step()
    return {name: each - before[name] for name, each in student.state_dict().items()}


@pytest.mark.parametrize("T", [1.0, 3.0])
def test_a_step_goes_against_the_gradient_of_the_mean_and_gives_the_loss_before(
    batch, make_table, T
):
    student, teacher = make_table(1), make_table(0)
    expected = by_hand(student, teacher, [batch], T)
    (gradient,) = torch.autograd.grad(expected, student.parameters())
    optimizer = torch.optim.SGD(student.parameters(), lr=0.3)
    returned = []
    change = moved(
        student, lambda: returned.append(gradient_step(student, teacher, batch, optimizer, T))
    )
    assert torch.allclose(change["logits"], -0.3 * gradient)
    assert returned == [pytest.approx(expected.item())]


def test_several_batches_count_by_their_tokens_not_by_their_means(batches, make_table):
    student, teacher = make_table(1), make_table(0)
    (gradient,) = torch.autograd.grad(by_hand(student, teacher, batches), student.parameters())
    means = torch.stack([by_hand(student, teacher, [each]) for each in batches]).mean()
    (wrong,) = torch.autograd.grad(means, student.parameters())
    optimizer = torch.optim.SGD(student.parameters(), lr=1.0)
    lessons = [lesson(teacher, each) for each in batches]
    change = moved(student, lambda: step_on(student, lessons, optimizer, divergence=kl))
    assert torch.allclose(change["logits"], -gradient)
    assert not torch.allclose(change["logits"], -wrong, rtol=1e-2)


def test_left_over_gradients_do_not_count(batch, make_table):
    student, again = make_table(1), make_table(1)
    again.logits.grad = torch.full_like(again.logits, 7.0)
    for each in (student, again):
        gradient_step(each, make_table(0), batch, torch.optim.SGD(each.parameters(), lr=1.0))
    assert torch.equal(student.logits, again.logits)


def test_an_empty_mask_is_no_loss_and_moves_nothing(batch, make_table):
    batch["mt"][:], batch["ms"][:] = False, False
    student = make_table(1)
    optimizer = torch.optim.SGD(student.parameters(), lr=1.0)
    before = student.logits.detach().clone()
    assert gradient_step(student, make_table(0), batch, optimizer) == 0
    assert torch.equal(student.logits, before)


def test_any_divergence_of_two_distributions_serves(batch, make_table):
    def tvd(p, q):
        return (p - q).abs().sum(-1) / 2

    student, teacher = make_table(1), make_table(0)
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
    expected = tvd(
        lesson(teacher, batch).target,
        softmax(answer_logits(student, batch["xs"], batch["ms"]).detach()),
    ).mean()
    loss = gradient_step(student, teacher, batch, optimizer, divergence=tvd)
    assert loss == pytest.approx(float(expected))
    assert gradient_step(student, teacher, batch, optimizer, divergence=tvd) < loss


def test_an_infinite_loss_stops_with_a_reason_and_moves_nothing(batch, make_table):
    student, teacher = make_table(1), make_table(0)
    before = student.logits.detach().clone()
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
    asked = [lesson(teacher, batch, "argmax")]
    with pytest.raises(ArithmeticError, match="a reverse KL is, wherever"):
        step_on(student, asked, optimizer, divergence=lambda p, q: kl(q, p))
    assert torch.equal(student.logits, before)


def test_logits_far_apart_keep_the_gradient_finite(batch, make_table):
    student, teacher = make_table(1, torch.float32), make_table(0, torch.float32)
    with torch.no_grad():
        student.logits[:, 0] = 500.0
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
    gradient_step(student, teacher, batch, optimizer)
    assert student.logits.isfinite().all()
