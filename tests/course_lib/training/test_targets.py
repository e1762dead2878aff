"""What a batch asks of the student: aligned with what the teacher says, which is left alone."""

from __future__ import annotations

import pytest
import torch

from course_lib.training import answer_logits, lesson


def test_logits_of_answers_come_out_in_the_same_order_for_both_models(batch, make_table):
    teacher = make_table(0)
    n = 0
    logits = answer_logits(teacher, batch["xt"], batch["mt"])
    for b, i in batch["mt"].nonzero().tolist():
        assert torch.equal(logits[n], teacher.logits[batch["xt"][b, i - 1]])
        n += 1
    assert n == len(logits) == len(answer_logits(teacher, batch["xs"], batch["ms"])) == 6


def test_an_answer_that_nothing_predicts_is_refused(batch, make_table):
    batch["mt"][0, 0] = True
    with pytest.raises(ValueError, match="true at position 0"):
        answer_logits(make_table(0), batch["xt"], batch["mt"])


def test_the_soft_target_is_the_teachers_distribution_at_the_temperature(batch, make_table):
    asked = lesson(make_table(0), batch, "soft", T=3.0)
    logits = answer_logits(make_table(0), batch["xt"], batch["mt"])
    assert torch.allclose(asked.target, (logits / 3).softmax(-1))
    assert not asked.target.requires_grad
    assert torch.equal(asked.tokens, batch["xs"])


def test_the_argmax_target_is_the_teachers_greedy_answer_and_the_student_reads_it(
    batch, make_table
):
    teacher = make_table(0)
    asked = lesson(teacher, batch, "argmax")
    said = asked.tokens[batch["ms"]]
    assert torch.equal(asked.target.argmax(-1), said)
    assert asked.target.sum(-1).eq(1).all()
    best = teacher.logits.argmax(-1)
    for b in range(3):
        last = batch["xt"][b][batch["mt"][b].int().argmax() - 1]
        for token in asked.tokens[b][batch["ms"][b]]:
            assert token == best[last]
            last = token
    assert torch.equal(asked.tokens[~batch["ms"]], batch["xs"][~batch["ms"]])


def test_a_sampled_target_is_on_average_the_teachers_distribution(make_batch, make_table):
    batch, teacher = make_batch(0, rows=1), make_table(0)
    mean = torch.stack(
        [lesson(teacher, batch, "sampled", seed=i).target for i in range(2000)]
    ).mean(0)
    expected = lesson(teacher, batch, "soft").target
    assert torch.allclose(mean.double(), expected, atol=4 * (0.25 / 2000) ** 0.5)


def test_the_seed_decides_what_is_sampled_and_nothing_else_does(batch, make_table):
    draws = [lesson(make_table(0), batch, "sampled", seed=seed).tokens for seed in (1, 1, 2)]
    assert torch.equal(draws[0], draws[1])
    assert not torch.equal(draws[0], draws[2])


def test_the_teacher_is_at_rest_while_it_is_asked_and_keeps_its_mode(batch, make_net):
    teacher = make_net(0, dropout=0.5).train()
    assert torch.equal(lesson(teacher, batch).target, lesson(teacher, batch).target)
    assert teacher.training


def test_answers_that_differ_are_refused(batch, make_table):
    other = dict(batch, xs=batch["xs"].clone())
    other["xs"][2, -1] += 1
    other["ms"] = batch["ms"].clone()
    row, place = batch["ms"].nonzero()[0].tolist()
    other["xs"][row, place] = (batch["xs"][row, place] + 1) % 5
    with pytest.raises(ValueError, match="read different answers"):
        lesson(make_table(0), other)


def test_masks_that_count_differently_are_refused_with_their_example(batch, make_table):
    other = dict(batch, ms=batch["ms"].clone())
    other["ms"][1] = False
    with pytest.raises(ValueError, match="in example 1"):
        lesson(make_table(0), other)


def test_a_temperature_softens_no_single_answer(batch, make_table):
    with pytest.raises(ValueError, match="ŷ is one answer"):
        lesson(make_table(0), batch, "argmax", T=2.0)
