"""A loop that someone else wrote is trained in rounds: measured, stopped, saved, resumed."""

from __future__ import annotations

import pytest
import torch

from course_lib.training import Exam, Unfinished, gradient_step, train_in_rounds

EVERY = 4


def loop(student, teacher, batches, optimizer):
    return [gradient_step(student, teacher, batch, optimizer) for batch in batches]


class Died(BaseException):
    """Stands for whatever ends a session; no mistake of the loop's."""


def dies_after(rounds):
    """The same loop, whose session ends in the round after so many."""
    left = iter(range(rounds))

    def dying(student, teacher, batches, optimizer):
        if next(left, None) is None:
            raise Died
        return loop(student, teacher, batches, optimizer)

    return dying


@pytest.fixture
def many(make_batch):
    return [make_batch(seed, 1 + seed % 3) for seed in range(10)]


@pytest.fixture
def run(make_net, many, batch):
    """Train a student made anew; `what` overrides."""

    def train(how=loop, batches=many, **what):
        student, teacher = make_net(1).train(), make_net(0)
        optimizer = torch.optim.Adam(student.parameters(), 0.01)
        exam = Exam.of(teacher, batch)
        return train_in_rounds(
            how, student, teacher, batches, optimizer, exam=exam, every=EVERY, **what
        ), student

    return train


def test_rounds_give_the_curve_that_the_loop_draws_by_itself(run, make_net, many, batch):
    seen, _ = run()
    student, teacher = make_net(1).train(), make_net(0)
    losses = loop(student, teacher, many, torch.optim.Adam(student.parameters(), 0.01))
    assert list(seen.losses) == losses
    assert [mark.step for mark in seen.marks] == [0, 4, 8, 10]
    assert seen.ending == "all steps"
    assert seen.scores == Exam.of(teacher, batch).score(student)
    assert seen.kls[-1] == (10, seen.scores.kl)


def test_it_stops_once_the_student_is_good_enough(run):
    undisturbed, _ = run()
    stopped, _ = run(enough=undisturbed.marks[1].scores.kl)
    assert (stopped.ending, len(stopped.losses)) == ("enough", EVERY)


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_a_session_that_dies_goes_on_where_it_was_saved_on_the_same_curve(run, tmp_path, rounds):
    file = tmp_path / "run.pt"
    undisturbed, expected = run()
    with pytest.raises(Died):
        run(sourced(dies_after(rounds)), checkpoint=file)
    resumed, student = run(checkpoint=file)
    assert resumed.resumed_at == rounds * EVERY
    assert resumed.losses == undisturbed.losses
    assert resumed.marks == undisturbed.marks
    for name, each in student.state_dict().items():
        assert torch.equal(each, expected.state_dict()[name])


def sourced(function):
    """The function under the source of `loop`, as the same loop has it in the next session."""
    function.__wrapped__ = loop
    return function


def test_a_run_can_be_made_longer(run, many, tmp_path):
    file = tmp_path / "run.pt"
    run(batches=many[:8], checkpoint=file)
    longer, _ = run(checkpoint=file)
    assert (longer.resumed_at, longer.losses) == (8, run()[0].losses)


def test_what_another_loop_has_saved_is_not_gone_on_from(run, tmp_path):
    def mended(student, teacher, batches, optimizer):
        return [gradient_step(student, teacher, batch, optimizer, T=2.0) for batch in batches]

    file = tmp_path / "run.pt"
    run(checkpoint=file)
    anew, _ = run(mended, checkpoint=file)
    assert anew.resumed_at == 0
    assert anew.losses == run(mended)[0].losses
    assert run(mended, checkpoint=file)[0].resumed_at == 10


def not_written(student, teacher, batches, optimizer): ...


def half_written(student, teacher, batches, optimizer):
    raise NameError("name 'tokens' is not defined")


def wrong_count(student, teacher, batches, optimizer):
    return [0.0]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (not_written, "not_written gives no list of losses yet"),
        (half_written, "half_written stopped with NameError: name 'tokens' is not defined"),
        (wrong_count, "wrong_count gave 1 losses for 4 batches"),
    ],
)
def test_a_loop_that_does_not_train_yet_is_said_to_in_words(run, how, says):
    seen, _ = run(how)
    assert isinstance(seen, Unfinished)
    assert repr(seen).startswith(says)
    assert says.replace("'", "&#x27;") in seen._repr_html_()
    assert (seen.losses, seen.marks, seen.kls, seen.scores) == ((), (), (), None)
