"""Distillation: it learns, reproduces, stops when it should, and leaves everything else alone."""

from __future__ import annotations

import copy
import itertools

import pytest
import torch

from course_lib.losses.reference import kl
from course_lib.models import Transformer
from course_lib.training import Plan, distill, gradient_step, score


def adam(student, lr=0.05):
    return torch.optim.Adam(student.parameters(), lr)


def same_start(make_net, dropout=0.2):
    student = make_net(1, dropout=dropout)
    return student, adam(student, 0.01)


@pytest.mark.parametrize("target", ["soft", "sampled", "argmax"])
def test_the_student_learns_what_it_is_asked(make_batch, make_table, target):
    teacher, student = make_table(0), make_table(1)
    batches = [make_batch(seed) for seed in range(40)]
    run = distill(student, teacher, batches, adam(student), Plan(steps=200, target=target))
    p_t, p_s = (each.logits.detach().softmax(-1) for each in (teacher, student))
    if target == "argmax":
        assert sum(run.losses[-20:]) < 0.2 * sum(run.losses[:20])
        assert float(p_s.amax(-1).mean()) > 0.9
    else:
        assert float(kl(p_t, p_s).mean()) < 0.1 * float(
            kl(p_t, make_table(1).logits.detach().softmax(-1)).mean()
        )


def test_without_accumulation_its_steps_are_the_librarys_single_steps(batches, make_table):
    one, other, teacher = make_table(1), make_table(1), make_table(0)
    sgd = torch.optim.SGD(one.parameters(), lr=0.2, momentum=0.9)
    run = distill(one, teacher, batches, sgd, Plan(steps=7))
    optimizer = torch.optim.SGD(other.parameters(), lr=0.2, momentum=0.9)
    losses = [
        gradient_step(other, teacher, each, optimizer)
        for each in itertools.islice(itertools.cycle(batches), 7)
    ]
    assert run.losses == pytest.approx(losses)
    assert torch.allclose(one.logits, other.logits)


def test_accumulation_takes_the_batches_in_turn_and_begins_anew_at_the_end(batches, make_table):
    student, other, teacher = make_table(1), make_table(1), make_table(0)
    sgd = torch.optim.SGD(student.parameters(), lr=0.2)
    distill(student, teacher, batches, sgd, Plan(steps=2, accumulate=3))
    optimizer = torch.optim.SGD(other.parameters(), lr=0.2)
    for group in ([0, 1, 2], [3, 4, 0]):
        tokens = sum(int(batches[n]["mt"].sum()) for n in group)
        optimizer.zero_grad()
        for n in group:
            frozen = copy.deepcopy(other)
            step = torch.optim.SGD(frozen.parameters(), lr=1.0)
            gradient_step(frozen, teacher, batches[n], step)
            share = int(batches[n]["mt"].sum()) / tokens
            gradient = (other.logits - frozen.logits).detach() * share
            grad = other.logits.grad
            other.logits.grad = gradient if grad is None else grad + gradient
        optimizer.step()
    assert torch.allclose(student.logits, other.logits)


@pytest.mark.parametrize("target", ["soft", "sampled"])
def test_the_seed_reproduces_the_run_and_torchs_own_chance_has_no_part(batches, make_net, target):
    def run(seed, elsewhere):
        torch.manual_seed(elsewhere)
        student, optimizer = same_start(make_net)
        plan = Plan(steps=6, target=target, seed=seed)
        return distill(student.train(), make_net(0), batches, optimizer, plan).losses

    assert run(1, 10) == run(1, 20)
    assert run(1, 10) != run(2, 10)


def test_torchs_own_generator_is_left_where_it_was(batches, make_net):
    student, optimizer = same_start(make_net)
    torch.manual_seed(4)
    expected = torch.rand(1)
    torch.manual_seed(4)
    distill(student.train(), make_net(0), batches, optimizer, Plan(steps=2))
    assert torch.equal(torch.rand(1), expected)


def test_the_teacher_and_all_modes_stay_as_they_were(batches, make_net):
    teacher = make_net(0, dropout=0.3).train()
    before = copy.deepcopy(teacher.state_dict())
    student, optimizer = same_start(make_net)
    student.train()
    distill(student, teacher, batches, optimizer, Plan(steps=3))
    assert all(torch.equal(before[name], each) for name, each in teacher.state_dict().items())
    assert all(each.grad is None for each in teacher.parameters())
    assert teacher.training
    assert student.training


def test_the_student_is_measured_before_at_each_mark_and_at_the_end(batches, batch, make_table):
    student, teacher = make_table(1), make_table(0)
    before = score(student, teacher, batch)
    plan = Plan(steps=11, every=4)
    run = distill(student, teacher, batches, adam(student), plan, watch=batch)
    assert [mark.step for mark in run.marks] == [0, 4, 8, 11]
    assert run.marks[0].scores == before
    assert run.marks[-1].scores == score(student, teacher, batch)
    assert run.ending == "all steps"
    assert "KL from" in repr(run)
    assert 'alt="Curves of training' in run._repr_html_()


def test_it_stops_once_the_kl_is_low_enough(batch, make_table):
    student = make_table(1)
    plan = Plan(steps=500, every=5, enough=0.05)
    run = distill(student, make_table(0), [batch], adam(student), plan, watch=batch)
    assert run.ending == "enough"
    assert len(run.losses) < 500
    assert run.marks[-1].scores.kl <= 0.05 < run.marks[-2].scores.kl


def test_it_stops_when_the_kl_no_longer_falls(batch, make_table):
    student = make_table(1)
    plan = Plan(steps=500, every=5, patience=3)
    optimizer = torch.optim.SGD(student.parameters(), lr=0.0)
    run = distill(student, make_table(0), [batch], optimizer, plan, watch=batch)
    assert run.ending == "no progress"
    assert len(run.losses) == 15


def test_to_stop_early_something_must_be_watched(batch, make_table):
    student = make_table(1)
    with pytest.raises(ValueError, match="give watch=batch"):
        distill(student, make_table(0), [batch], adam(student), Plan(patience=2))


def test_a_frozen_student_is_refused(batch, make_table):
    student = make_table(1).requires_grad_(False)
    with pytest.raises(ValueError, match="nothing could move"):
        distill(student, make_table(0), [batch], torch.optim.SGD([torch.zeros(1)], lr=1.0))


def test_float16_on_the_cpu_is_refused_with_what_to_do(batch, make_table):
    student = make_table(1)
    with pytest.raises(ValueError, match="use precision='float32'"):
        distill(student, make_table(0), [batch], adam(student), Plan(precision="float16"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"steps": 0}, "steps = 0: at least 1"),
        ({"accumulate": -1}, "accumulate = -1"),
        ({"target": "hard"}, "target = 'hard': choose one of soft, sampled, argmax"),
        ({"precision": "half"}, "precision = 'half'"),
        ({"T": 0.0}, "a temperature must be greater than 0"),
    ],
)
def test_a_plan_that_cannot_be_followed_says_why(wrong, says):
    with pytest.raises(ValueError, match=says):
        Plan(**wrong)


def test_in_bfloat16_the_student_learns_and_its_weights_stay_in_float32(batches, make_net):
    student, optimizer = same_start(make_net, dropout=0.0)
    plan = Plan(steps=60, precision="bfloat16")
    run = distill(student, make_net(0), batches, optimizer, plan)
    assert sum(run.losses[-5:]) < 0.5 * sum(run.losses[:5])
    assert {each.dtype for each in student.parameters()} == {torch.float32}


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("precision", ["float32", "bfloat16", "float16"])
def test_on_a_gpu_it_learns_in_every_precision(batches, make_net, precision, tmp_path):
    teacher = make_net(0).cuda()
    student = make_net(1, dropout=0.1).cuda()
    plan = Plan(steps=80, precision=precision, every=20)
    file = tmp_path / "run.pt"
    run = distill(
        student, teacher, batches, adam(student, 0.01), plan, watch=batches[1], checkpoint=file
    )
    assert run.marks[-1].scores.kl < 0.5 * run.marks[0].scores.kl
    again = make_net(1, dropout=0.1).cuda()
    longer = Plan(steps=90, precision=precision, every=20)
    resumed = distill(
        again, teacher, batches, adam(again, 0.01), longer, watch=batches[1], checkpoint=file
    )
    assert resumed.losses[:80] == run.losses


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_gpu_draws_the_curve_that_the_cpu_draws(batches):
    def losses(device):
        student, teacher = (
            Transformer(5, width=16, layers=1, heads=2, longest=10, seed=seed).to(device)
            for seed in (1, 0)
        )
        return distill(student, teacher, batches, adam(student, 0.01), Plan(steps=10)).losses

    assert losses("cuda") == pytest.approx(losses("cpu"), rel=1e-3)
