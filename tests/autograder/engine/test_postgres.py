"""A gradebook in PostgreSQL: a real server, from Debian's packages, that lives for these tests."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.engine import journal, many
from autograder.engine.record import locked_cells, students_in_gradebook
from autograder.release import release

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]


def binary(name):
    """A program of the newest server that is installed; Debian keeps them off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server():
    """The URL of a server that is reached through a socket in a folder of its own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if binary("initdb") is None or binary("pg_ctl") is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postgres-")))
        account = {}
        if os.getuid() == 0:  # the server refuses to run as root
            account = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")

        def run(name, *arguments):
            command = [binary(name), "-D", folder / "data", *arguments]
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=120, **account
            )
            assert done.returncode == 0, done.stdout + done.stderr

        run("initdb", "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "start", "-w", "-l", folder / "log", "-o", options)
        stack.callback(run, "pg_ctl", "stop", "-w", "-m", "immediate")
        yield f"postgresql+psycopg://grader@/postgres?host={folder}"


@pytest.fixture(scope="module")
def graded(server, made_once, namespaces, tmp_path_factory):
    """A course on that server: released, handed in by two, graded, a mark given by hand."""
    root = shutil.copytree(made_once, tmp_path_factory.mktemp("postgres") / "course")
    (root / "gradebook.db").unlink()
    with (root / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.db_url = {server!r}\n")
    course = Course.load(root)
    release(course, "ps1")
    for student in ("al", "bo"):
        folder = course.submission_folder(student, "ps1")
        shutil.copytree(course.release_folder("ps1"), folder)
        (folder / "timestamp.txt").write_text("2026-03-01 00:00:00 UTC")
    many.grade(course, "ps1")
    with Gradebook(course.db_url, course.course_id) as book:
        grade = book.find_grade("explain", "ps1", "ps1", "al")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("explain", "ps1", "ps1", "al").manual_comment = "well put"
        book.db.commit()
    many.grade(course, "ps1", force=True)
    return course


def test_the_release_and_the_class_are_in_the_server(graded):
    assert not (graded.root / "gradebook.db").exists()
    assert locked_cells(graded, "ps1")["ps1"].keys() == {"check_double", "test_triple"}
    assert students_in_gradebook(graded) == {"al", "bo"}


def test_grading_twice_makes_nothing_twice(graded):
    with Gradebook(graded.db_url, graded.course_id) as book:
        assert len(book.assignment_submissions("ps1")) == 2
        assert len(book.find_submission_notebook("ps1", "ps1", "bo").grades) == 5
    assert [each["error"] for each in journal.entries(graded, "ps1")] == [""] * 4


def test_marks_and_comments_by_hand_survive(graded):
    with Gradebook(graded.db_url, graded.course_id) as book:
        grade = book.find_grade("explain", "ps1", "ps1", "al")
        assert (grade.auto_score, grade.manual_score, grade.needs_manual_grade) == (0.0, 2.5, True)
        assert book.find_comment("explain", "ps1", "ps1", "al").comment == "well put"
        assert book.find_submission("ps1", "al").score == 2.5


def test_formgraders_own_questions_to_the_gradebook_are_answered(graded):
    with Gradebook(graded.db_url, graded.course_id) as book:
        assert {each["student"] for each in book.submission_dicts("ps1")} == {"al", "bo"}
        assert book.average_assignment_score("ps1") == 1.25


def test_nothing_is_left_to_grade(graded):
    assert many.grade(graded, "ps1") == []
