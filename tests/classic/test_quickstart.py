"""nbgrader's documentation course, from `nbgrader quickstart` to feedback, through our engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest

DOCS = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
CONFIGURE = "\nfrom autograder import configure\nconfigure(c, isolation={isolation!r})\n"

# What a student of the documentation can get from tests; the rest waits for a reader.
TESTS = {
    ("problem1", "correct_squares"): 1.0,
    ("problem1", "squares_invalid_input"): 1.0,
    ("problem1", "correct_sum_of_squares"): 0.5,
    ("problem1", "sum_of_squares_uses_squares"): 0.5,
}


@pytest.fixture(scope="module")
def quickstart(new_course):
    """The course as nbgrader's command makes it, released, with the documentation's students."""
    course = new_course()
    root = course.root
    made = course.nbgrader_command("quickstart", "course101")
    assert made.returncode == 0, made.stderr
    shutil.copytree(root / "course101", root, dirs_exist_ok=True)
    shutil.rmtree(root / "course101")
    made = course.nbgrader_command("generate_assignment", "ps1")
    assert made.returncode == 0, made.stderr
    shutil.copytree(DOCS / "submitted", root / "submitted")
    shutil.copytree(root / "release" / "ps1", root / "submitted" / "untouched" / "ps1")
    shutil.copytree(root / "source" / "ps1", root / "submitted" / "instructor" / "ps1")
    return course


@pytest.fixture(scope="module")
def ours(quickstart, tmp_path_factory, isolation):
    """A copy of it in which two lines were added to the configuration."""
    course = quickstart.copy(tmp_path_factory.mktemp("ours") / "course")
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(CONFIGURE.format(isolation=isolation))
    done = course.nbgrader_command("autograde", "ps1")
    assert done.returncode == 0, done.stderr
    return course


@pytest.mark.long
def test_the_instructors_version_passes_all_its_tests_and_waits_for_a_reader(ours):
    scores = ours.marks()["instructor"].scores
    assert {cell: score for cell, (score, _) in scores.items() if score} == TESTS
    waiting = {name for (_, name), (_, waits) in scores.items() if waits}
    assert {"sum_of_squares_equation", "part-a", "part-b"} <= waiting


@pytest.mark.long
def test_two_lines_of_configuration_change_no_mark_and_no_comment(quickstart, ours, tmp_path):
    stock = quickstart.copy(tmp_path / "stock")
    done = stock.nbgrader_command("autograde", "ps1")
    assert done.returncode == 0, done.stderr
    assert stock.marks() == ours.marks()


@pytest.mark.long
def test_feedback_pages_and_the_assignments_files_are_as_ever(ours):
    done = ours.nbgrader_command("generate_feedback", "ps1")
    assert done.returncode == 0, done.stderr
    page = (ours.root / "feedback" / "bitdiddle" / "ps1" / "problem1.html").read_text()
    assert "Check that squares returns the correct output" in page
    folder = ours.root / "autograded" / "bitdiddle" / "ps1"
    assert (folder / "jupyter.png").read_bytes()
    assert nbformat.read(folder / "problem1.ipynb", as_version=4).cells


@pytest.mark.long
def test_what_is_graded_is_graded_again_by_force_only(ours):
    assert ours.nbgrader_command("autograde", "ps1").returncode == 0
    before = (ours.root / "autograded" / "hacker" / "ps1" / "problem1.ipynb").stat().st_mtime_ns
    one = ours.nbgrader_command("autograde", "ps1", "--student=bitdiddle", "--force")
    assert one.returncode == 0, one.stderr
    after = (ours.root / "autograded" / "hacker" / "ps1" / "problem1.ipynb").stat().st_mtime_ns
    assert before == after
    assert "bitdiddle/ps1 (1 of 1)" in one.stderr
