"""Exercises about models, asked in a guest: handles stay there, arrays come back and are judged."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from autograder.engine.execute import execute
from autograder.exercises import find_exercise
from autograder.exercises.tables import build
from autograder.records import Job, Limits
from autograder.sandbox.guests import Guests
from autograder.sandbox.rungs import SandboxUnavailable, choose
from course_lib.checks.assess import assess

PROJECT = Path(__file__).resolve().parents[3]
RIGHT = PROJECT / "tests" / "autograder" / "exercises" / "solutions" / "05" / "right"
EXERCISES = ("freeze", "train_step", "first_order_change")

SPOILT = {
    "a step that does nothing": "torch.optim.SGD.step = lambda self, closure=None: None",
    "parameters that are none": "torch.nn.Module.parameters = lambda self, recurse=True: iter(())",
    "a model that cannot be made": "torch.nn.Embedding.__init__ = None",
    "a result that is an object": "train_step = lambda *given: given[0]",
    "an end": "import os\ntrain_step = lambda *given: os._exit(0)",
}


@pytest.fixture(scope="module")
def guests():
    try:
        rung = choose("auto")
    except SandboxUnavailable:
        rung = choose("none")
    with closing(Guests(rung, PROJECT)) as made:
        yield made


@pytest.fixture(scope="module")
def tables():
    return {each: build(find_exercise(each), b"hidden", "05_training_step") for each in EXERCISES}


def assessed(guests, tables, sources, exercises):
    """Run the cells, ask the probes of each exercise after them, and judge."""
    cells = [nbformat.v4.new_code_cell(each) for each in (*sources, *("" for _ in exercises))]
    asked = {len(sources) + i: tables[each].probes for i, each in enumerate(exercises)}
    job = Job("ada/05/05", nbformat.v4.new_notebook(cells=cells), asked, Limits())
    transcript = execute(job, guests)
    return {
        each: assess(tables[each], transcript.answers.get(len(sources) + i, {}))
        for i, each in enumerate(exercises)
    }


def test_right_solutions_get_full_marks_in_the_guest(guests, tables):
    sources = [sorted((RIGHT / each).glob("*.py"))[0].read_text() for each in EXERCISES]
    for found in assessed(guests, tables, sources, EXERCISES).values():
        assert found.points == found.max_points


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_notebook_that_spoils_torch_spoils_its_own_marks_alone(guests, tables, spoil):
    right = (RIGHT / "train_step" / "by_hand.py").read_text()
    found = assessed(guests, tables, [right, spoil], ("train_step",))["train_step"]
    step = next(each for each in found.properties if each.property.id == "step")
    assert not step.holds
    assert found.points < found.max_points / 2
