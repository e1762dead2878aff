"""A run that dies goes on where it was saved, on the same curve; another run's file is refused."""

from __future__ import annotations

import os
import random
import signal

import pytest
import torch

from course_lib.training import Plan, distill

STEPS, EVERY = 24, 5


class Died(Exception):
    """Stands for whatever ends a session."""


class DieAt:
    """Batches that end the session when number `n` is asked for."""

    def __init__(self, batches, n, how):
        self._batches, self._n, self._how = batches, n, how

    def __getitem__(self, n):
        if n == self._n:
            self._how()
        return self._batches[n % len(self._batches)]


def die():
    raise Died


def anew(make_net):
    """Student and optimizer as a fresh session makes them; dropout and momentum must go on too."""
    student = make_net(1, dropout=0.3).train()
    return student, torch.optim.Adam(student.parameters(), 0.01)


def run(make_net, batches, batch, file=None, **plan):
    student, optimizer = anew(make_net)
    settings = {"steps": STEPS, "every": EVERY, "target": "sampled", "accumulate": 2, **plan}
    result = distill(
        student, make_net(0), batches, optimizer, Plan(**settings), watch=batch, checkpoint=file
    )
    return result, student


@pytest.mark.parametrize("death", random.Random(11).sample(range(2 * STEPS), 4))
def test_killed_at_a_random_step_and_resumed_it_draws_the_same_curve(
    make_net, batches, batch, tmp_path, death
):
    undisturbed, expected = run(make_net, batches, batch)
    file = tmp_path / "run.pt"
    with pytest.raises(Died):
        run(make_net, DieAt(batches, death, die), batch, file)
    resumed, student = run(make_net, batches, batch, file)
    assert resumed.resumed_at == death // 2 // EVERY * EVERY
    assert resumed.losses == undisturbed.losses
    assert resumed.marks == undisturbed.marks
    for name, each in student.state_dict().items():
        assert torch.equal(each, expected.state_dict()[name])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_a_process_that_is_killed_outright_leaves_a_file_to_go_on_from(
    make_net, batches, batch, tmp_path
):
    undisturbed, _ = run(make_net, batches, batch)
    file = tmp_path / "run.pt"
    child = os.fork()
    if child == 0:
        kill = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
        run(make_net, DieAt(batches, 33, kill), batch, file)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    resumed, _ = run(make_net, batches, batch, file)
    assert resumed.resumed_at == 15
    assert resumed.losses == undisturbed.losses


def test_a_death_while_the_file_is_written_leaves_the_one_before(
    make_net, batches, batch, tmp_path, monkeypatch
):
    undisturbed, _ = run(make_net, batches, batch)
    file = tmp_path / "run.pt"
    save, saved = torch.save, []

    def save_half(what, path):
        saved.append(path)
        if len(saved) == 3:
            path.write_bytes(b"half a file")
            raise Died
        save(what, path)

    monkeypatch.setattr(torch, "save", save_half)
    with pytest.raises(Died):
        run(make_net, batches, batch, file)
    resumed, _ = run(make_net, batches, batch, file)
    assert resumed.resumed_at == 10
    assert resumed.losses == undisturbed.losses


def test_a_run_that_is_done_is_given_back_without_training(make_net, batches, batch, tmp_path):
    file = tmp_path / "run.pt"
    first, student = run(make_net, batches, batch, file)
    again, loaded = run(make_net, DieAt(batches, 0, die), batch, file)
    assert again.losses == first.losses
    assert again.resumed_at == STEPS
    assert torch.equal(loaded.unembed.weight, student.unembed.weight)


def test_a_run_can_be_made_longer(make_net, batches, batch, tmp_path):
    file = tmp_path / "run.pt"
    run(make_net, batches, batch, file, steps=10)
    longer, _ = run(make_net, batches, batch, file, steps=20)
    assert longer.losses == run(make_net, batches, batch, steps=20)[0].losses


@pytest.mark.parametrize("other", [{"target": "soft"}, {"seed": 5}, {"accumulate": 1}])
def test_the_file_of_another_plan_is_refused(make_net, batches, batch, tmp_path, other):
    file = tmp_path / "run.pt"
    run(make_net, batches, batch, file, steps=5)
    (name,) = other
    with pytest.raises(ValueError, match=f"holds a run with {name} = .*Delete the file"):
        run(make_net, batches, batch, file, **other)


def test_the_file_of_another_model_is_refused(make_net, make_table, batches, batch, tmp_path):
    file = tmp_path / "run.pt"
    run(make_net, batches, batch, file, steps=5)
    student = make_table(1)
    plan = Plan(steps=5, every=EVERY, target="sampled", accumulate=2)
    with pytest.raises(ValueError, match="it cannot go on from there"):
        distill(
            student, make_net(0), batches, torch.optim.Adam(student.parameters()), plan,
            watch=batch, checkpoint=file,
        )  # fmt: skip


def test_a_stop_is_the_same_with_and_without_a_death(make_net, batches, batch, tmp_path):
    plan = {"target": "soft", "accumulate": 1, "steps": 60, "patience": 1}
    undisturbed, _ = run(make_net, batches, batch, **plan)
    file = tmp_path / "run.pt"
    with pytest.raises(Died):
        run(make_net, DieAt(batches, 12, die), batch, file, **plan)
    resumed, _ = run(make_net, batches, batch, file, **plan)
    assert (resumed.ending, resumed.losses) == (undisturbed.ending, undisturbed.losses)
