"""The report on the whole course, as a page and in the terminal."""

import io

import pytest
from rich.console import Console

from autograder.report import course_page, terminal


def entry(assignment: str, points: float, *, graded: bool = True) -> dict:
    made = {"assignment": assignment, "student": "ada", "points": points, "max_points": 4.0}
    return made | {"graded": graded, "error": "", "seconds": 0.1, "notebooks": []}


STUDENTS = {
    "ada": [entry("01", 4.0), entry("02", 2.5)],
    "<b>": [entry("02", 0.0, graded=False)],
}


def on_the_page() -> str:
    return course_page.page({}, STUDENTS)


def in_the_terminal() -> str:
    console = Console(file=io.StringIO(), width=100)
    for table in terminal.course_tables({}, STUDENTS):
        console.print(table)
    return console.file.getvalue()


@pytest.mark.parametrize("shown", [on_the_page, in_the_terminal])
def test_every_student_has_a_score_in_every_assignment(shown):
    text = shown()
    assert "4/4" in text
    assert "2.5/4" in text
    assert "–" in text  # <b> did not hand 01 in


@pytest.mark.parametrize("shown", [on_the_page, in_the_terminal])
def test_what_could_not_be_read_has_no_score(shown):
    assert "not graded" in shown()
    assert "0/4" not in shown()


def test_names_are_shown_and_not_obeyed():
    assert "<th scope='row'>&lt;b&gt;</th>" in on_the_page()
