import contextlib
import resource
from datetime import datetime

import pytest

from autograder.engine import journal
from autograder.records import CellVerdict, NotebookResult, QuestionVerdict, Result, Verdict


@pytest.fixture
def graded(course):
    """A course whose journals hold two assignments; one line was cut short by a crash."""
    for student, assignment in (("al", "ps1"), ("bo", "ps1"), ("al", "ps2")):
        journal.append(course, Result(student, assignment, ()))
    journal.append(course, Result("al", "ps1", (), error="graded again"))
    with (course.root / ".autograder" / "journal" / "ps1.jsonl").open("a") as file:
        file.write('{"student": "al", "assi')
    return course


def test_the_latest_entry_of_each_student_counts(graded):
    entries = journal.latest(graded, "ps1")
    assert list(entries) == ["al", "bo"]
    assert entries["al"]["error"] == "graded again"


def test_a_student_has_one_entry_for_each_assignment(graded):
    entries = journal.of_student(graded, "al")
    assert [(e["assignment"], e["error"]) for e in entries] == [
        ("ps1", "graded again"),
        ("ps2", ""),
    ]


def test_a_student_whose_name_is_in_anothers_is_not_taken_for_it(graded):
    journal.append(graded, Result("al-bo", "ps1", ()))
    assert len(journal.of_student(graded, "al")) == 2
    assert journal.of_student(graded, "nobody") == []


def test_everything_is_by_student(graded):
    assert {s: len(found) for s, found in journal.everything(graded).items()} == {"al": 2, "bo": 1}


def test_a_course_without_grades_has_an_empty_journal(course):
    assert journal.everything(course) == {}
    assert journal.latest(course, "ps1") == {}


@contextlib.contextmanager
def files_of_at_most(size):
    """What a disk does that is full in the middle of a line: it takes some bytes, then refuses."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_line_for_which_there_is_no_room_is_left_out_altogether(graded):
    path = graded.root / ".autograder" / "journal" / "ps1.jsonl"
    before = path.read_bytes()
    with files_of_at_most(len(before) + 7), pytest.raises(OSError, match="No space left"):
        journal.append(graded, Result("cy", "ps1", ()))
    assert path.read_bytes() == before


def test_what_follows_a_line_cut_short_is_a_line_of_its_own(graded):
    journal.append(graded, Result("cy", "ps1", ()))
    assert [each["student"] for each in journal.entries(graded, "ps1")] == ["al", "bo", "al", "cy"]


def answered(course, answer):
    """What the journal keeps of an answer."""
    question = QuestionVerdict("why", answer, 0.0, 2.0)
    cell = CellVerdict("why", 0.0, 2.0, "question", question=question)
    notebook = NotebookResult("ps1", None, Verdict((cell,)), graded=True)
    journal.append(course, Result("al", "ps1", (notebook,)))
    (entry,) = journal.entries(course, "ps1")
    return entry["notebooks"][0]["cells"][0]["answer"]


def test_answers_that_are_no_text_cost_no_line(course):
    assert answered(course, "lone \ud800, new\u2028line") == "lone ?, new\u2028line"


def test_answers_that_are_no_json_are_kept_as_python_shows_them(course):
    assert answered(course, {"A": datetime(2026, 3, 1)}) == {
        "A": "datetime.datetime(2026, 3, 1, 0, 0)"
    }


def test_the_token_of_the_latest_folder_counts(course):
    for student, token in (("al", "one"), ("bo", "two"), ("al", "three")):
        journal.append(course, Result(student, "ps1", ()), token)
    journal.append(course, Result("al", "ps1", (), error="boom"))
    assert journal.tokens(course, "ps1") == {"al": "three", "bo": "two"}
