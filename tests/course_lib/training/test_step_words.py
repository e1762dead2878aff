"""The words of a report say what its numbers say, and nothing that they do not."""

from __future__ import annotations

import re
from functools import partial

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.losses.reference import cross_entropy, kl, softmax
from course_lib.models import Bigram
from course_lib.training import answer_logits, gradient_step, interpret_step

SUN = ("brightly", "darkly", "warmly")
START, GOAL = (0.05, 0.9, 0.05), (0.9, 0.05, 0.05)


def batch_of(contexts_t, contexts_s):
    xt, xs = (torch.tensor([[c, 0] for c in row]) for row in (contexts_t, contexts_s))
    m = torch.tensor([[False, True]] * len(xt))
    return {"xt": xt, "mt": m, "xs": xs, "ms": m}


def model(*rows):
    logits = torch.tensor(rows, dtype=torch.float64).log()
    V = logits.shape[1]
    return Bigram(torch.cat([logits, torch.zeros(V - len(rows), V, dtype=torch.float64)]))


def step(p_t, p_s, lr=0.1, take=gradient_step, **more):
    """The report of one SGD step on one token."""
    student = model(p_s)
    optimizer = torch.optim.SGD(student.parameters(), lr)
    return interpret_step(
        student, model(p_t), batch_of([0], [0]), optimizer, take, **{"words": None, **more}
    )


def says_match(text):
    return bool(re.search(r"\bmatch here|nothing left to learn", text))


def reverse_kl(p, q):
    return kl(q, p)


# -- size and direction --------------------------------------------------------------------------


def test_a_good_step_is_called_so_and_its_remainder_of_second_order():
    report = step(GOAL, START, 0.1, words=SUN)
    assert report.verdict == "good"
    text = report.paragraph
    assert "of a good size" in text
    assert "of second order: it grows with the square of the step" in text
    assert "'brightly' (from 0.05 to 0.0585, target 0.9) gained most" in text
    assert "'darkly' (from 0.9 to 0.888, target 0.05) lost most" in text
    assert "too large" not in text
    assert "uphill" not in text


@pytest.mark.parametrize("lr", [2, 4])
def test_a_step_beyond_the_first_order_rule_that_helps_is_long_and_not_too_large(lr):
    report = step(GOAL, START, lr)
    assert report.verdict == "long"
    assert "a divergence is never below 0: it holds for small steps only" in report.paragraph
    assert "too large" not in report.paragraph


def test_a_step_of_which_half_would_have_done_more_is_called_too_large():
    report = step(GOAL, START, 8)
    assert report.verdict == "too large"
    half = dict(zip(report.sizes, report.changes, strict=True))[0.5]
    assert half < report.actual < 0
    assert "half of it would have lowered the loss by 2.43" in report.paragraph
    assert "uphill" not in report.paragraph


def test_a_step_that_raises_the_loss_though_downhill_is_called_too_large():
    report = step(GOAL, START, 32)
    assert report.verdict == "too large"
    assert "downhill, and the step is too large" in report.paragraph
    assert "the loss rose" in report.paragraph


def test_a_step_along_the_gradient_is_called_uphill():
    def wrong_sign(student, teacher, batch, optimizer, T):
        return gradient_step(student, teacher, batch, optimizer, T, lambda p, q: -kl(p, q))

    report = step(GOAL, START, 0.5, wrong_sign)
    assert report.verdict == "uphill"
    assert report.actual > 0
    assert "That is uphill" in report.paragraph
    assert "too large" not in report.paragraph
    assert "was below its target" not in report.paragraph, "nobody wonders at that when going up"


def test_momentum_that_carries_the_weights_uphill_is_called_uphill_too():
    student, teacher = model(START), model(GOAL)
    batch = batch_of([0], [0])
    optimizer = torch.optim.SGD(student.parameters(), 0.1, momentum=0.99)
    optimizer.state[student.logits]["momentum_buffer"] = torch.tensor(
        [[30.0, -30.0, 0.0]] + [[0.0] * 3] * 2, dtype=torch.float64
    )
    report = interpret_step(student, teacher, batch, optimizer)
    assert report.verdict == "uphill"
    assert "momentum carried θ on" in report.paragraph


# -- a gradient of 0, and what it does not say ---------------------------------------------------


def test_a_match_is_called_a_match():
    report = step(GOAL, GOAL)
    assert report.verdict == "match"
    assert says_match(report.paragraph)


def test_a_cross_entropy_at_a_match_is_not_0_and_still_a_match():
    take = partial(gradient_step, divergence=cross_entropy)
    report = step(GOAL, GOAL, 0.1, take, divergence=cross_entropy)
    assert report.verdict == "match"
    assert report.loss_before > 0.3
    assert says_match(report.paragraph)
    assert "not 0 at a match" in report.paragraph


def four_contexts():
    """Contexts that the student cannot tell apart, and the student that gives their mixture."""
    targets = [(0.85, 0.05, 0.05, 0.05), (0.05, 0.85, 0.05, 0.05), (0.4, 0.4, 0.1, 0.1),
               (0.1, 0.1, 0.4, 0.4)]  # fmt: skip
    mixture = torch.tensor(targets, dtype=torch.float64).mean(0)
    return model(tuple(mixture.tolist())), model(*targets), batch_of([0, 1, 2, 3], [0, 0, 0, 0])


def test_at_the_best_student_above_a_floor_nothing_is_called_a_match():
    student, teacher, batch = four_contexts()
    optimizer = torch.optim.SGD(student.parameters(), 0.1)
    report = interpret_step(student, teacher, batch, optimizer)
    assert report.gradient_norm < 1e-9
    assert report.kl_before > 0.2
    assert report.verdict == "floor"
    assert not says_match(report.paragraph)
    assert "this is no match" in report.paragraph
    assert "the pulls cancel" in report.paragraph
    assert "what c′ does not tell, no step can teach" in report.paragraph


def test_a_student_stuck_on_the_wrong_outcome_is_told_from_one_at_a_floor():
    take = partial(gradient_step, divergence=reverse_kl)
    target, stuck = (0.001, 0.998, 0.001), (1 - 2e-9, 1e-9, 1e-9)
    report = step(target, stuck, 0.1, take, divergence=reverse_kl)
    assert report.loss_before == pytest.approx(6.9, abs=0.05)
    assert report.gradient_norm < 1e-6
    assert report.verdict == "saturated"
    assert not says_match(report.paragraph)
    assert "stuck, not done" in report.paragraph
    assert "floor of this batch" not in report.paragraph


def test_pulls_that_cancel_in_weights_that_could_do_better_are_not_called_a_floor():
    # the student reads different things before the same last token, and a bigram cannot use them
    student, teacher, batch = four_contexts()
    first = torch.tensor([[0], [1], [2], [3]])
    batch["xs"] = torch.cat([first, batch["xs"]], 1)
    batch["ms"] = torch.cat([torch.zeros(4, 1, dtype=torch.bool), batch["ms"]], 1)
    optimizer = torch.optim.SGD(student.parameters(), 0.1)
    report = interpret_step(student, teacher, batch, optimizer)
    assert report.verdict == "stationary"
    assert report.batch_floor == 0
    assert "nor a floor of the data" in report.paragraph


def test_an_empty_mask_says_nothing_about_the_student():
    student = model(START)
    batch = batch_of([0], [0])
    batch["mt"] = batch["ms"] = torch.zeros(1, 2, dtype=torch.bool)
    optimizer = torch.optim.SGD(student.parameters(), 0.1)
    report = interpret_step(student, model(GOAL), batch, optimizer)
    assert report.verdict == "no answers"
    assert not says_match(report.paragraph)
    assert "The mask marks no answer token" in report.paragraph
    with pytest.raises(ValueError, match="no outcome gained or lost"):
        report.outcomes()


def test_a_detached_loss_is_called_detached():
    def detached(p, q):
        return kl(p, q.detach())

    report = step(GOAL, START, 0.1, lambda *_: None, divergence=detached)
    assert report.verdict == "detached"
    assert not says_match(report.paragraph)
    assert "somewhere it was detached" in report.paragraph


def test_weights_that_move_without_a_gradient_are_not_hushed_up():
    student = model(GOAL)
    optimizer = torch.optim.SGD(student.parameters(), 0.1, weight_decay=1.0)
    report = interpret_step(student, model(GOAL), batch_of([0], [0]), optimizer)
    assert report.verdict == "match"
    assert "θ moved all the same" in report.paragraph
    assert "weight decay" in report.paragraph
    assert "and the loss rose by" in report.paragraph


# -- whatever the numbers are --------------------------------------------------------------------

distributions = st.lists(st.floats(-8, 8), min_size=4, max_size=4).map(
    lambda logits: tuple(torch.tensor(logits, dtype=torch.float64).softmax(-1).tolist())
)


@settings(max_examples=60, deadline=None)
@given(distributions, distributions, st.floats(-3, 3).map(lambda power: 10**power))
def test_no_word_is_said_that_the_numbers_do_not_bear_out(p_t, p_s, lr):
    report = step(p_t, p_s, lr)
    text = report.paragraph
    assert says_match(text) == (report.kl_before < 1e-4)
    if "too large" in text:
        assert report.actual > 0 or report.best_shorter[1] < report.actual
    if "uphill" in text:
        assert report.predicted > 0
    if "got worse" in text:
        assert report.actual * report.predicted < 0
    if "fell all the same" in text:
        fell = (report.after < report.before) & (report.before < report.target)
        assert bool(fell.any())
    assert "The teacher did not move" in text


# -- outcomes and examples -----------------------------------------------------------------------


def test_an_outcome_below_its_target_that_falls_is_explained_by_the_softmax():
    report = step((0.02, 0.36, 0.02, 0.60), (0.05, 0.35, 0.20, 0.40), 0.5)
    assert report.verdict == "good"
    assert float(report.after[0, 1]) < float(report.before[0, 1]) < float(report.target[0, 1])
    text = report.paragraph
    assert "'outcome 1' (from 0.35 to 0.343, target 0.36) was below its target and fell" in text
    assert "pushed up more than the mean of all" in text
    assert "its push was 0.01, the mean 0.046" in text


def test_an_outcome_below_its_target_that_falls_for_the_sake_of_others_is_explained_by_that():
    # three tokens share one row of weights: two want outcome 0 gone, one wants more of it
    targets = [(0.02, 0.49, 0.49), (0.02, 0.49, 0.49), (0.6, 0.2, 0.2)]
    student, teacher = model((0.4, 0.3, 0.3)), model(*targets)
    optimizer = torch.optim.SGD(student.parameters(), 0.2)
    batch = batch_of([0, 1, 2], [0, 0, 0])
    report = interpret_step(student, teacher, batch, optimizer)
    assert "target 0.6) was below its target and fell all the same" in report.paragraph
    assert "the weights are shared" in report.paragraph


def test_an_outcome_that_fell_because_the_step_was_huge_is_explained_by_that():
    report = step((0.6, 0.35, 0.05), (0.2, 0.2, 0.6), 40.0)
    assert report.verdict == "too large"
    assert "it set out upwards, and fell because the step is so large" in report.paragraph


def test_no_outcome_below_its_target_is_mentioned_where_none_fell():
    assert "below its target" not in step(GOAL, START, 0.1).paragraph


def test_examples_that_got_worse_in_a_batch_that_got_better_are_named():
    # example 2 pulls the shared weights the other way, alone against two
    student = model((0.4, 0.3, 0.3))
    teacher = model((0.1, 0.8, 0.1), (0.1, 0.8, 0.1), (0.5, 0.2, 0.3))
    optimizer = torch.optim.SGD(student.parameters(), 0.3)
    report = interpret_step(student, teacher, batch_of([0, 1, 2], [0, 0, 0]), optimizer)
    assert report.actual < 0
    assert report.worse == (2,)
    assert "The batch got better, and 1 of its 3 examples got worse (2;" in report.paragraph


def test_where_every_example_got_better_that_is_said():
    student, teacher = model(START, START), model(GOAL, GOAL)
    optimizer = torch.optim.SGD(student.parameters(), 0.3)
    report = interpret_step(student, teacher, batch_of([0, 1], [0, 1]), optimizer)
    assert "Each example got better." in report.paragraph


# -- the teacher, and steps of students ----------------------------------------------------------


def test_a_teacher_that_stayed_is_said_to_have_been_compared():
    assert (
        "The teacher did not move: all its 9 weights are what they were"
        in step(GOAL, START).paragraph
    )


def test_a_teacher_in_the_optimizer_is_said_to_have_moved():
    student, teacher = model(START), model(GOAL)
    optimizer = torch.optim.SGD([*student.parameters(), *teacher.parameters()], 0.1)

    def careless(student, teacher, batch, optimizer, T):
        optimizer.zero_grad()
        p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]))
        kl(p_t, softmax(answer_logits(student, batch["xs"], batch["ms"]))).sum().backward()
        optimizer.step()

    text = interpret_step(student, teacher, batch_of([0], [0]), optimizer, careless).paragraph
    assert "The teacher moved" in text
    assert "did not move" not in text


def test_a_teacher_that_is_the_student_itself_is_said_to_have_moved():
    student = model(START, GOAL)
    batch = batch_of([1], [0])
    optimizer = torch.optim.SGD(student.parameters(), 0.5)
    assert (
        "are its weights the student's?"
        in interpret_step(student, student, batch, optimizer).paragraph
    )


def test_a_teacher_without_weights_is_judged_by_its_answers():
    student, teacher = model(START), model(GOAL)
    optimizer = torch.optim.SGD(student.parameters(), 0.1)
    text = interpret_step(student, lambda x: teacher(x), batch_of([0], [0]), optimizer).paragraph
    assert "The teacher did not move: its answers to this batch are what they were." in text


def test_a_gradient_that_reached_the_teacher_is_mentioned():
    def leaky(student, teacher, batch, optimizer, T):
        p_t = softmax(answer_logits(teacher, batch["xt"], batch["mt"]))
        kl(p_t, softmax(answer_logits(student, batch["xs"], batch["ms"]))).sum().backward()
        optimizer.step()

    assert "ask it under torch.no_grad()" in step(GOAL, START, 0.1, leaky).paragraph


def own_train_step(student, teacher, batch, optimizer, T=1.0):
    """As a student may write it, without anything of the library."""
    student.train()
    with torch.no_grad():
        logits_t = teacher(batch["xt"])[:, :-1][batch["mt"][:, 1:]]
    logits_s = student(batch["xs"])[:, :-1][batch["ms"][:, 1:]]
    log_t, log_s = (logits_t / T).log_softmax(-1), (logits_s / T).log_softmax(-1)
    loss = T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def test_a_students_own_step_is_reported_like_the_librarys():
    ours, theirs = step(GOAL, START), step(GOAL, START, 0.1, own_train_step)
    assert ours.paragraph == theirs.paragraph


@pytest.mark.parametrize(
    "unfinished", [lambda *_: None, lambda *_: ..., lambda *_: "loss"], ids=["None", "...", "text"]
)
def test_a_step_that_is_not_written_yet_moves_nothing_and_is_told_so(unfinished):
    report = step(GOAL, START, 0.1, unfinished)
    assert report.verdict == "nothing moved"
    assert "No weight moved, though the gradient is not 0" in report.paragraph
    assert not says_match(report.paragraph)


def test_an_optimizer_of_other_weights_is_found_out():
    student, other = model(START), model(START)
    optimizer = torch.optim.SGD(other.parameters(), 0.1)
    text = interpret_step(student, model(GOAL), batch_of([0], [0]), optimizer).paragraph
    assert "the optimizer holds none of the student's weights" in text


def test_a_loss_that_was_taken_after_the_step_is_found_out():
    def late(student, teacher, batch, optimizer, T):
        gradient_step(student, teacher, batch, optimizer, T)
        frozen = torch.optim.SGD(student.parameters(), 0.0)
        return gradient_step(student, teacher, batch, frozen, T)

    assert "that is the loss after it, not before" in step(GOAL, START, 0.5, late).paragraph
    assert "The step returned" not in step(GOAL, START, 0.5).paragraph


def test_a_loss_with_dropout_is_not_called_wrong():
    class Dropping(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.says, self.drop = model(START), torch.nn.Dropout(0.5)

        def forward(self, tokens):
            return self.drop(self.says(tokens))

    def awake(student, *rest):
        return gradient_step(student.train(), *rest)

    for mode, take in ((True, gradient_step), (False, awake)):
        student = Dropping().train(mode)
        optimizer = torch.optim.SGD(student.parameters(), 0.1)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            report = interpret_step(student, model(GOAL), batch_of([0], [0]), optimizer, take)
        assert report.noisy
        assert "with the student's dropout on; all numbers here are without" in report.paragraph
        assert "not the loss before" not in report.paragraph


@pytest.mark.parametrize(
    ("floor", "says"), [(0.4, "can still be learnt"), (2.3, "the student has arrived")]
)
def test_a_known_floor_is_set_beside_the_kl(floor, says):
    text = step(GOAL, START, floor=floor).paragraph
    assert f"The floor is {floor}" in text
    assert says in text
