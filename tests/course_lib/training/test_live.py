"""The live display, and watching a loop that someone else wrote."""

from __future__ import annotations

import itertools

import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from course_lib.training import Plan, distill, gradient_step, score, watching
from course_lib.training import live as live_module


@pytest.fixture
def displayed(monkeypatch):
    """What a notebook would show: the last content of each output, as HTML."""
    import IPython
    import IPython.display

    outputs: list[list[str]] = []

    class Handle:
        def __init__(self, first):
            self.seen = [first]
            outputs.append(self.seen)

        def update(self, html):
            self.seen.append(html.data)

    monkeypatch.setattr(IPython, "get_ipython", lambda: InteractiveShell)
    monkeypatch.setattr(IPython.display, "display", lambda html, display_id: Handle(html.data))
    ticks = itertools.count(0, 1.0)
    monkeypatch.setattr(live_module.time, "monotonic", lambda: next(ticks))
    return outputs


def sgd(student):
    return torch.optim.SGD(student.parameters(), lr=0.5)


def test_a_run_shows_one_output_with_a_bar_and_a_curve_that_move(
    displayed, batches, batch, make_table
):
    student = make_table(1)
    distill(student, make_table(0), batches, sgd(student), Plan(steps=9, every=3), watch=batch)
    (output,) = displayed
    assert 'value="1" max="9"' in output[0]
    assert 'value="9" max="9"' in output[-1]
    assert "step 9 of 9, done; loss" in output[-1]
    assert "agreement" in output[-1]
    curves = [html.count('alt="Curves of training') for html in output]
    assert curves[-1] == 1
    assert len(set(output)) > 4


def test_nothing_is_shown_where_it_is_not_wanted_or_there_is_no_notebook(
    displayed, batches, make_table, monkeypatch
):
    student = make_table(1)
    distill(student, make_table(0), batches, sgd(student), Plan(steps=2), live=False)
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    distill(student, make_table(0), batches, sgd(student), Plan(steps=2))
    assert displayed == []


def test_a_run_writes_nothing_outside_a_notebook(batches, make_table, capfd):
    student = make_table(1)
    distill(student, make_table(0), batches, sgd(student), Plan(steps=2))
    assert capfd.readouterr() == ("", "")


def test_a_loop_of_someone_else_can_be_watched(displayed, batches, batch, make_table):
    student, teacher = make_table(1), make_table(0)
    optimizer = sgd(student)
    before = score(student, teacher, batch)
    with watching(student, teacher, optimizer, batch, steps=7, every=3) as seen:
        for n in range(7):
            gradient_step(student, teacher, batches[n % 5], optimizer)
    assert [mark.step for mark in seen.marks] == [0, 3, 6, 7]
    assert seen.marks[0].scores == before
    assert seen.marks[-1].scores == score(student, teacher, batch)
    assert "step 7 of 7, done" in displayed[0][-1]
    gradient_step(student, teacher, batch, optimizer)
    assert seen.steps == 7, "the hook is still there"


def test_a_loop_that_raises_is_watched_to_its_end_and_raises(batch, make_table):
    student, teacher = make_table(1), make_table(0)
    optimizer = sgd(student)
    found = []

    def broken_loop():
        with watching(student, teacher, optimizer, batch, steps=5, live=False) as seen:
            found.append(seen)
            gradient_step(student, teacher, batch, optimizer)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_loop()
    assert [mark.step for mark in found[0].marks] == [0, 1]


def test_where_drawing_takes_long_fewer_curves_are_drawn(
    displayed, batches, make_table, monkeypatch
):
    drawn = []
    draw = live_module.training_curve
    monkeypatch.setattr(live_module, "training_curve", lambda *of: drawn.append(of) or draw(*of))
    student = make_table(1)
    distill(student, make_table(0), batches, sgd(student), Plan(steps=60))
    # on this clock each look takes a second, drawing as well: a twentieth of the time for curves
    assert len(drawn) == 5
