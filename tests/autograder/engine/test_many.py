"""Many submissions: a few at a time in memory, and each of them once, whatever stops the run."""

import gc
import weakref
from contextlib import closing, contextmanager
from types import SimpleNamespace

import nbformat
import pytest

from autograder.course import CourseError
from autograder.engine import forced, journal, many
from autograder.errors import UsageError
from autograder.records import CellVerdict, NotebookResult, Result, Verdict

CLASS = tuple(f"s{number:03}" for number in range(60))


@pytest.fixture
def engine(monkeypatch):
    """Everybody gets 3 points, without a guest; `graded` tells whom it was asked for, in order.

    `change` may alter a result, or raise.
    """
    made = SimpleNamespace(graded=[], alive=weakref.WeakSet(), change=lambda result: result)

    @contextmanager
    def prepare(course, assignment, scheduler=None):
        runner = SimpleNamespace(size=2, close=lambda: None)
        yield SimpleNamespace(assignment_id=assignment, runner=runner)

    def grade(kit, student, folder):
        made.graded.append(student)
        notebook = nbformat.v4.new_notebook()
        made.alive.add(verdict := Verdict((CellVerdict("check_double", 3.0, 4.0, "exercise"),)))
        graded = NotebookResult("ps1", notebook, verdict, graded=True)
        return made.change(Result(student, kit.assignment_id, (graded,)))

    monkeypatch.setattr(many, "prepare", prepare)
    monkeypatch.setattr(many, "one", SimpleNamespace(grade=grade))
    return made


@pytest.fixture
def submitted(released, hand_in):
    for student in ("al", "bo", "cy", "di"):
        hand_in(released, student)
    return released


def stopped_after(number, course, **options):
    """Grade so many, then stop in the middle."""
    with closing(many.stream(course, "ps1", **options)) as run:
        for now in run:
            if now.done == number:
                return


def journaled(course):
    return [each["student"] for each in journal.entries(course, "ps1")]


@pytest.mark.slow
def test_a_large_class_is_never_in_memory_as_a_whole(released, hand_in, engine):
    for student in CLASS:
        hand_in(released, student)
    most = 0
    for now in many.stream(released, "ps1", jobs=2):
        del now
        gc.collect()
        most = max(most, len(engine.alive))
    assert sorted(engine.graded) == list(CLASS)
    assert most <= 8


def test_progress_counts_what_is_done_and_what_failed(submitted, engine):
    engine.change = lambda result: (
        Result(result.student, "ps1", (), error="boom") if result.student == "bo" else result
    )
    seen = [(now.done, now.total, now.failed) for now in many.stream(submitted, "ps1", jobs=1)]
    assert seen[0] == (0, 4, 0)
    assert seen[-1] == (4, 4, 1)


def test_a_stopped_run_goes_on_with_those_who_are_left(submitted, engine):
    stopped_after(2, submitted)
    done = journaled(submitted)
    engine.graded.clear()
    many.grade(submitted, "ps1")
    assert sorted(engine.graded) == sorted({"al", "bo", "cy", "di"} - set(done))
    assert sorted(journaled(submitted)) == ["al", "bo", "cy", "di"]


def test_a_stopped_forced_run_goes_on_too(submitted, engine):
    many.grade(submitted, "ps1")
    stopped_after(1, submitted, force=True)
    many.grade(submitted, "ps1")
    assert sorted(journaled(submitted)) == sorted(["al", "bo", "cy", "di"] * 2)
    assert many.grade(submitted, "ps1") == []


def test_the_forced_command_given_again_goes_on_with_the_run_that_was_stopped(submitted, engine):
    many.grade(submitted, "ps1")
    stopped_after(3, submitted, force=True)
    many.grade(submitted, "ps1", force=True)
    assert sorted(journaled(submitted)) == sorted(["al", "bo", "cy", "di"] * 2)


def test_forcing_one_student_after_a_stopped_run_forgets_nobody(submitted, engine):
    many.grade(submitted, "ps1")
    stopped_after(1, submitted, force=True)
    many.grade(submitted, "ps1", ["di"], force=True)
    many.grade(submitted, "ps1")
    assert all(journaled(submitted).count(each) >= 2 for each in ("al", "bo", "cy", "di"))
    assert forced.unfinished(submitted, "ps1") == frozenset()


def test_who_could_not_be_graded_again_is_tried_by_the_next_run(submitted, engine):
    many.grade(submitted, "ps1")
    engine.change = lambda result: Result(result.student, "ps1", (), error="boom")
    many.grade(submitted, "ps1", ["al"], force=True)
    engine.change = lambda result: result
    assert [each.student for each in many.grade(submitted, "ps1")] == ["al"]


def test_what_would_cost_everybody_stops_the_run_and_keeps_what_is_done(submitted, engine):
    def gone(result):
        if len(engine.graded) > 2:
            raise UsageError("the cluster is gone")
        return result

    engine.change = gone
    with pytest.raises(UsageError, match="gone"):
        many.grade(submitted, "ps1", jobs=1)
    assert len(journaled(submitted)) == len(set(journaled(submitted))) <= 2
    engine.change = lambda result: result
    many.grade(submitted, "ps1")
    assert sorted(journaled(submitted)) == ["al", "bo", "cy", "di"]


def test_two_runs_at_a_time_are_refused(submitted, engine):
    run = many.stream(submitted, "ps1")
    next(run)
    with pytest.raises(CourseError, match="another process is grading"):
        many.grade(submitted, "ps1")
    run.close()
    assert len(many.grade(submitted, "ps1")) == 4
