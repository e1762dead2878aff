"""Experiment A, short: what its notebook shows happens, and theory says where it ends."""

from __future__ import annotations

import pytest
import torch

from course_lib.persona import (
    Language,
    PersonaBatches,
    RuleBatches,
    Truth,
    measured_floor,
    new_student,
    train_teacher,
)
from course_lib.persona.teacher import LEARNING_RATE
from course_lib.training import Plan, distill, score

pytestmark = pytest.mark.slow

LANGUAGE = Language.of(seed=0)


@pytest.fixture(scope="module")
def teacher():
    model, run = train_teacher(LANGUAGE, steps=200, live=False)
    assert len(run.losses) == 200
    return model


def taught(teacher, plan, watch, redrawn=0):
    student = new_student(teacher)
    optimizer = torch.optim.Adam(student.parameters(), LEARNING_RATE)
    batches = PersonaBatches(LANGUAGE, redrawn=redrawn)
    return distill(student, teacher, batches, optimizer, plan, watch=watch)


def test_the_teacher_has_learnt_the_language_and_cannot_move(teacher):
    held_out = RuleBatches(256, seed=1_000)[0]
    assert score(teacher, Truth(LANGUAGE), held_out).kl < 0.03
    assert not teacher.training
    assert not any(each.requires_grad for each in teacher.parameters())


def test_a_soft_target_is_learnt_and_the_teacher_stays_as_it_was(teacher):
    before = {name: each.clone() for name, each in teacher.state_dict().items()}
    held_out = PersonaBatches(LANGUAGE, 256, seed=1_000)[0]
    run = taught(teacher, Plan(enough=0.05), held_out)
    assert run.ending == "enough"
    assert run.marks[0].scores.kl > 0.5
    assert run.marks[0].scores.agreement < 0.5
    assert run.marks[-1].scores.agreement > 0.9
    assert all(torch.equal(before[name], each) for name, each in teacher.state_dict().items())


def test_the_argmax_student_looks_perfect_and_is_not(teacher):
    held_out = PersonaBatches(LANGUAGE, 256, seed=1_000)[0]
    last = taught(teacher, Plan(steps=225, target="argmax"), held_out).marks[-1].scores
    assert last.agreement > 0.99
    assert last.kl > 1
    assert last.miscalibration > 0.3


def test_a_student_that_cannot_know_ends_at_the_floor(teacher):
    examples = PersonaBatches(LANGUAGE, 256, seed=1_000, redrawn=2).examples(0)
    floor = measured_floor(teacher, examples, 2)
    run = taught(teacher, Plan(steps=200), examples.batch(), redrawn=2)
    assert floor - 0.01 < run.marks[-1].scores.kl < floor + 0.04
