import pytest

from autograder.engine import journal
from autograder.records import Result


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
