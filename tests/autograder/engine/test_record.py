import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course import Course, CourseError
from autograder.engine import journal
from autograder.engine.autograded import Staged
from autograder.engine.record import (
    Recorder,
    already,
    locked_cells,
    open_gradebook,
    record,
    students_in_gradebook,
)
from autograder.records import (
    CellVerdict,
    NotebookResult,
    Problem,
    QuestionVerdict,
    Result,
    Verdict,
)

POINTS = {"check_double": 4.0, "why": 2.0, "pairs": 1.0, "explain": None, "test_triple": 1.0}
KINDS = {"check_double": "exercise", "why": "question", "pairs": "question", "explain": "manual"}


def result_of(course, student="al", points=POINTS, change=lambda notebook: None, **fields):
    """A result as the engine makes it, with these points."""
    notebook = nbformat.read(course.release_folder("ps1") / "ps1.ipynb", as_version=4)
    change(notebook)
    verdicts = tuple(
        CellVerdict(
            name,
            value,
            4.0,
            KINDS.get(name, "classic"),
            question=QuestionVerdict(name, "A", value, 2.0, f"on {name}")
            if KINDS.get(name) == "question"
            else None,
        )
        for name, value in points.items()
    )
    graded = NotebookResult("ps1", notebook, Verdict(verdicts), **{"graded": True, **fields})
    return Result(student, "ps1", (graded,))


def answered(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source += "\n# my work"


def unreadable(course, student="al"):
    problem = Problem("truncated", "The file ends in the middle.", "Save it again.", fatal=True)
    nothing = Verdict((CellVerdict("check_double", 0.0, 4.0, "exercise"),), (problem,))
    result = result_of(course, student)
    return replace(result, notebooks=(replace(result.notebooks[0], verdict=nothing, graded=False),))


def gradebook(course):
    return Gradebook(course.db_url, course.course_id)


def grades(course, student="al"):
    """(auto, manual, needs a reader) by cell."""
    with gradebook(course) as book:
        notebook = book.find_submission_notebook("ps1", "ps1", student)
        return {
            each.name: (each.auto_score, each.manual_score, each.needs_manual_grade)
            for each in notebook.grades
        }


def comments(course, student="al"):
    with gradebook(course) as book:
        notebook = book.find_submission_notebook("ps1", "ps1", student)
        return {each.name: each.auto_comment for each in notebook.comments}


def by_hand(course, cell, points, student="al"):
    with gradebook(course) as book:
        grade = book.find_grade(cell, "ps1", "ps1", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("explain", "ps1", "ps1", student).manual_comment = "well put"
        book.db.commit()


# -- gradebook -------------------------------------------------------------------------------


def test_every_cell_gets_its_points_and_short_answers_wait_for_a_reader(released):
    record(released, result_of(released))
    assert grades(released) == {
        "check_double": (4.0, None, False),
        "why": (2.0, None, False),
        "pairs": (1.0, None, False),
        "explain": (None, None, True),
        "test_triple": (1.0, None, False),
    }
    with gradebook(released) as book:
        submission = book.find_submission("ps1", "al")
        assert (submission.score, submission.max_score) == (8.0, 12.0)
        assert submission.needs_manual_grade


def test_nbgraders_own_gradebook_finds_everything_that_formgrader_asks_for(released):
    record(released, result_of(released))
    with gradebook(released) as book:
        assert [each["student"] for each in book.submission_dicts("ps1")] == ["al"]
        assert book.average_assignment_score("ps1") == 8.0
        for name in ("double", "triple", "why", "explain"):
            book.find_comment(name, "ps1", "ps1", "al")


def test_recording_twice_makes_nothing_twice(released):
    record(released, result_of(released))
    record(released, result_of(released, points=POINTS | {"why": 0.0}))
    assert grades(released)["why"] == (0.0, None, False)
    assert len(grades(released)) == 5
    assert students_in_gradebook(released) == {"al"}


def test_a_score_that_the_verdict_no_longer_gives_is_not_kept(released):
    record(released, result_of(released))
    fewer = {name: points for name, points in POINTS.items() if name != "test_triple"}
    record(released, result_of(released, points=fewer))
    assert grades(released)["test_triple"] == (None, None, True)


def test_a_mark_given_by_hand_survives_and_is_shown_again(released):
    record(released, result_of(released))
    by_hand(released, "explain", 2.5)
    by_hand(released, "check_double", 3.5)
    record(released, result_of(released))
    assert grades(released)["explain"] == (None, 2.5, True)
    assert grades(released)["check_double"] == (4.0, 3.5, True)
    with gradebook(released) as book:
        assert book.find_comment("explain", "ps1", "ps1", "al").comment == "well put"


def test_untouched_answers_are_commented_as_nbgrader_does(released):
    record(released, result_of(released))
    assert set(comments(released).values()) == {"No response."}


def test_a_question_is_commented_with_what_the_judge_says(released):
    record(released, result_of(released, change=answered))
    assert comments(released) == {
        "double": None,
        "why": "on why",
        "pairs": "on pairs",
        "explain": None,
        "triple": None,
    }


def test_an_unreadable_notebook_scores_nothing_and_says_why(released):
    record(released, result_of(released))
    record(released, unreadable(released))
    assert set(grades(released).values()) == {(0.0, None, False)}
    assert set(comments(released).values()) == {"The file ends in the middle. Save it again."}
    assert (released.autograded_folder("al", "ps1") / "ps1.ipynb").exists()


def test_a_notebook_without_result_scores_nothing(released):
    recorded = record(released, replace(result_of(released), notebooks=()))
    assert not recorded.error
    assert set(grades(released).values()) == {(0.0, None, False)}


def test_a_failure_of_the_grader_is_not_recorded(released):
    result = replace(result_of(released), error="boom")
    assert record(released, result) is result
    assert not released.autograded_folder("al", "ps1").exists()
    assert students_in_gradebook(released) == frozenset()


def test_one_recorder_writes_many_results(released):
    with Recorder(released) as recorder:
        for student in ("al", "bo", "cy"):
            recorder.record(result_of(released, student))
    assert students_in_gradebook(released) == {"al", "bo", "cy"}
    assert grades(released, "cy")["why"] == (2.0, None, False)


# -- late ------------------------------------------------------------------------------------

LATE = """
from nbgrader.plugins import LateSubmissionPlugin

class {name}(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        {body}
"""


def penalised(released, hand_in, name, body, timestamp="2026-03-01 01:00:00 UTC"):
    """What being late costs in a course with its own plugin; due was March 1st, midnight."""
    (released.root / f"plugin_{name}.py").write_text(LATE.format(name=name, body=body))
    with (released.root / "nbgrader_config.py").open("a") as file:
        file.write(f"c.AssignLatePenalties.plugin_class = 'plugin_{name}.{name}'\n")
    with gradebook(released) as book:
        book.update_or_create_assignment("ps1", duedate=datetime(2026, 3, 1))
    course = Course.load(released.root)
    hand_in(course, "al", timestamp=timestamp)
    recorded = record(course, result_of(course))
    if recorded.error:
        return recorded
    with gradebook(course) as book:
        return book.find_submission_notebook("ps1", "ps1", "al").late_submission_penalty


def test_being_late_costs_what_the_courses_plugin_says(released, hand_in):
    body = "return score / 4 + total_seconds_late / 3600"
    assert penalised(released, hand_in, "Quarter", body) == 3.0


def test_a_penalty_is_at_most_the_score(released, hand_in):
    assert penalised(released, hand_in, "Huge", "return 1000") == 8.0


def test_a_penalty_is_never_a_gift(released, hand_in):
    assert penalised(released, hand_in, "Gift", "return -3") == 0.0


def test_who_is_in_time_is_not_asked_about(released, hand_in):
    on_time = "2026-02-28 23:00:00 UTC"
    assert penalised(released, hand_in, "Unasked", "raise AssertionError", on_time) is None


def test_a_plugin_that_fails_costs_its_submission_alone_and_leaves_nothing(released, hand_in):
    recorded = penalised(released, hand_in, "Broken", "raise RuntimeError('no')")
    assert "RuntimeError: no" in recorded.error
    assert students_in_gradebook(released) == frozenset()
    assert not released.autograded_folder("al", "ps1").exists()


# -- autograded ------------------------------------------------------------------------------


def test_the_autograded_folder_holds_notebook_files_and_timestamp_read_only(released, hand_in):
    folder = hand_in(released, "al", timestamp="2026-03-01 00:00:00 UTC")
    (folder / "deep").mkdir()
    (folder / "deep" / "mine.py").write_text("x = 1")
    recorded = record(released, result_of(released))
    there = released.autograded_folder("al", "ps1")
    files = {str(path.relative_to(there)) for path in there.rglob("*") if path.is_file()}
    assert files == {"ps1.ipynb", "data.csv", "deep/mine.py", "timestamp.txt"}
    assert {stat.S_IMODE((there / name).stat().st_mode) for name in files} == {0o444}
    assert recorded.timestamp == datetime(2026, 3, 1)
    with gradebook(released) as book:
        assert book.find_submission("ps1", "al").timestamp == datetime(2026, 3, 1)


def test_the_assignments_own_files_go_over_the_students(released, hand_in):
    (hand_in(released, "al") / "data.csv").write_text("forged")
    record(released, result_of(released))
    assert (released.autograded_folder("al", "ps1") / "data.csv").read_text() == "x\n1\n"


def test_files_that_the_course_leaves_to_students_stay_theirs(released, hand_in):
    with (released.root / "nbgrader_config.py").open("a") as file:
        file.write("c.Autograde.exclude_overwriting = {'ps1': ['data.csv']}\n")
    course = Course.load(released.root)
    (hand_in(course, "al") / "data.csv").write_text("mine")
    record(course, result_of(course))
    assert (course.autograded_folder("al", "ps1") / "data.csv").read_text() == "mine"


def test_links_pipes_stray_notebooks_and_ignored_files_are_not_copied(released, hand_in, tmp_path):
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text("secret")
    folder = hand_in(released, "al")
    os.symlink(tmp_path / "private" / "key", folder / "key.txt")
    os.symlink(tmp_path / "private", folder / "private")
    os.mkfifo(folder / "pipe")
    (folder / "other.ipynb").write_text("{}")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "old.txt").write_text("old")
    record(released, result_of(released))
    there = released.autograded_folder("al", "ps1")
    assert sorted(path.name for path in there.rglob("*")) == ["data.csv", "ps1.ipynb"]


def test_files_beyond_the_courses_size_limits_are_not_copied(released, hand_in):
    with (released.root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.max_file_size = 2\nc.CourseDirectory.max_dir_size = 3\n")
    course = Course.load(released.root)
    folder = hand_in(course, "al")
    for name, size in [("a.bin", 1500), ("b.bin", 2001), ("c.bin", 1500), ("d.bin", 1)]:
        (folder / name).write_bytes(b"x" * size)
    record(course, result_of(course))
    there = course.autograded_folder("al", "ps1")
    assert {path.name for path in there.glob("*.bin")} == {"a.bin", "c.bin"}


def test_a_new_result_replaces_the_whole_folder_and_leaves_no_other(released):
    record(released, result_of(released))
    there = released.autograded_folder("al", "ps1")
    (there / "stale.txt").write_text("stale")
    record(released, result_of(released))
    assert not (there / "stale.txt").exists()
    assert [path.name for path in there.parent.iterdir()] == ["ps1"]


def test_text_that_is_no_utf8_is_written_all_the_same(released):
    def shout(notebook):
        output = nbformat.v4.new_output("stream", text="lone \ud800 surrogate")
        notebook.cells[0].outputs = [output]

    record(released, result_of(released, change=shout))
    path = released.autograded_folder("al", "ps1") / "ps1.ipynb"
    assert "lone ? surrogate" in nbformat.read(path, as_version=4).cells[0].outputs[0].text


def test_files_that_cannot_be_written_leave_the_gradebook_alone(released):
    parent = released.autograded_folder("al", "ps1").parent
    parent.parent.mkdir()
    parent.write_text("a file where the student's folder should be")
    assert "could not be recorded" in record(released, result_of(released)).error
    assert students_in_gradebook(released) == frozenset()


# -- resume ----------------------------------------------------------------------------------


def test_a_graded_submission_is_not_graded_again_until_a_newer_one_comes(released, hand_in):
    hand_in(released, "al", timestamp="2026-03-01 00:00:00 UTC")
    assert not already(released, "al", "ps1")
    record(released, result_of(released))
    assert already(released, "al", "ps1")
    hand_in(released, "al", timestamp="2026-03-02 00:00:00 UTC")
    assert not already(released, "al", "ps1")


def test_without_timestamps_what_is_graded_stays_graded(released, hand_in):
    hand_in(released, "al")
    record(released, result_of(released))
    assert already(released, "al", "ps1")


class Killed(BaseException):
    """Stands for SIGKILL: nothing in the engine catches it."""


def killed(monkeypatch, course, where, name, result):
    """Record a result in a run that ends when it would call `name`."""

    def kill(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(where, name, kill)
        with pytest.raises(Killed), Recorder(course) as recorder:
            recorder.record(result)


def restarted(course):
    with Recorder(course) as recorder:
        recorder.settle("ps1")


def entries(course):
    return list(journal.entries(course, "ps1"))


def test_a_run_killed_before_the_journal_leaves_a_submission_that_is_graded_again(
    released, hand_in, monkeypatch
):
    hand_in(released, "al")
    killed(monkeypatch, released, journal, "append", result_of(released))
    assert grades(released)["why"] == (2.0, None, False)
    restarted(released)
    assert not already(released, "al", "ps1")
    assert list(released.autograded_folder("al", "ps1").parent.iterdir()) == []
    record(released, result_of(released))
    assert len(entries(released)) == 1


@pytest.mark.parametrize("before", [False, True], ids=["first result", "in place of another"])
def test_a_run_killed_after_the_journal_is_finished_by_the_next(
    released, hand_in, monkeypatch, before
):
    hand_in(released, "al")
    if before:
        record(released, result_of(released, points=POINTS | {"why": 0.0}))
        (released.autograded_folder("al", "ps1") / "old.txt").write_text("old")
    killed(monkeypatch, released, Staged, "publish", result_of(released))
    assert len(entries(released)) == 1 + before
    restarted(released)
    assert already(released, "al", "ps1")
    there = released.autograded_folder("al", "ps1")
    assert [path.name for path in there.parent.iterdir()] == ["ps1"]
    assert not (there / "old.txt").exists()
    assert len(entries(released)) == 1 + before


def test_a_run_killed_between_the_two_renames_is_finished_by_the_next(
    released, hand_in, monkeypatch
):
    hand_in(released, "al")
    record(released, result_of(released))
    rename = Path.rename

    def kill_at_the_second(path, target):
        if path.name.startswith("."):
            raise Killed
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", kill_at_the_second)
        with pytest.raises(Killed):
            record(released, result_of(released))
    there = released.autograded_folder("al", "ps1")
    assert not there.exists()
    restarted(released)
    assert [path.name for path in there.parent.iterdir()] == ["ps1"]
    assert len(entries(released)) == 2


def test_folders_of_other_students_and_assignments_are_not_settled(released, hand_in):
    hand_in(released, "al")
    there = released.autograded_folder("al", "ps1").parent
    there.mkdir(parents=True)
    kept = (".ps2.0123456789abcdef", ".ps1.notes", ".ipynb_checkpoints")
    for name in (*kept, ".ps1.0123456789abcdef"):
        (there / name).mkdir()
    restarted(released)
    assert sorted(path.name for path in there.iterdir()) == sorted(kept)


# -- one writer ------------------------------------------------------------------------------


def test_while_a_recorder_is_open_no_other_one_can_be(released):
    with Recorder(released), pytest.raises(CourseError, match="another process is grading"):
        record(released, result_of(released))
    assert not record(released, result_of(released)).error


def test_a_gradebook_that_cannot_be_written_is_said_before_anything_is_graded(released):
    path = released.root / "gradebook.db"
    with (released.root / "nbgrader_config.py").open("a") as file:
        url = f"sqlite:///file:{path}?mode=ro&uri=true"
        file.write(f"c.CourseDirectory.db_url = {url!r}\n")
    with pytest.raises(CourseError, match="cannot be written: attempt to write a readonly"):
        record(Course.load(released.root), result_of(released))


# -- reading ---------------------------------------------------------------------------------


def test_locked_cells_come_with_their_hidden_tests(released):
    cells = locked_cells(released, "ps1")["ps1"]
    assert cells.keys() == {"check_double", "test_triple"}
    assert "triple(-7.25)" in cells["test_triple"]
    assert locked_cells(released, "ps9") == {}


def test_a_gradebook_is_made_without_an_activated_environment(course, monkeypatch):
    (course.root / "gradebook.db").unlink()
    monkeypatch.setenv("PATH", "/nowhere")
    open_gradebook(course).dispose()
    assert (course.root / "gradebook.db").exists()
    assert os.environ["PATH"] == "/nowhere"


def test_a_file_that_is_no_gradebook_is_named(course):
    (course.root / "gradebook.db").write_text("not a database at all, but long enough")
    with pytest.raises(CourseError, match=r"gradebook\.db cannot be used"):
        open_gradebook(course)
