"""nbgrader's own ways in, with an engine that only notes what it was asked."""

import os
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.autogradeapp import AutogradeApp
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

import autograder.engine
from autograder.course import Course
from autograder.engine.record import record
from autograder.records import (
    CellVerdict,
    NotebookResult,
    Problem,
    QuestionVerdict,
    Result,
    Verdict,
)


class Engine:
    """Stands for `autograder.engine.many`: gives everybody the same marks, and remembers calls."""

    def __init__(self):
        self.calls = []
        self.change = lambda result: result

    def stream(self, course, assignment, students=None, *, force=False):
        self.calls.append((assignment, list(students), force, course.jobs))
        yield types.SimpleNamespace(done=0, total=len(students), result=None)
        for number, student in enumerate(students, 1):
            path = course.release_folder(assignment) / "ps1.ipynb"
            points = CellVerdict("check_double", 3.0, 4.0, "exercise")
            notebook = nbformat.read(path, as_version=4)
            graded = NotebookResult("ps1", notebook, Verdict((points,)), graded=True)
            result = record(course, self.change(Result(student, assignment, (graded,))))
            yield types.SimpleNamespace(done=number, total=len(students), result=result)


@pytest.fixture
def engine(monkeypatch):
    fake = Engine()
    monkeypatch.setitem(sys.modules, "autograder.engine.many", fake)
    monkeypatch.setattr(autograder.engine, "many", fake, raising=False)
    return fake


@pytest.fixture
def submitted(released, hand_in):
    for student in ("al", "bo", "cy"):
        hand_in(released, student)
    return released


def api(course):
    app = NbGrader()
    app.load_cwd_config = False
    app.initialize([], root=str(course.root))
    return NbGraderAPI(app.coursedir, parent=app)


def command(course, monkeypatch, *arguments):
    """Run `nbgrader autograde` in this process; its exit status."""
    monkeypatch.chdir(course.root)
    app = AutogradeApp()
    app.initialize(list(arguments))
    try:
        app.start()
    except SystemExit as stop:
        return stop.code
    return 0


def score(course, student):
    with Gradebook(course.db_url) as book:
        return book.find_submission("ps1", student).score


# -- ways in ---------------------------------------------------------------------------------


def test_the_command_line_reaches_the_engine(submitted, engine, monkeypatch):
    assert command(submitted, monkeypatch, "ps1") == 0
    assert engine.calls == [("ps1", ["al", "bo", "cy"], False, None)]
    assert score(submitted, "bo") == 3.0


def test_formgraders_button_reaches_the_engine_for_one_student(submitted, engine):
    outcome = api(submitted).autograde("ps1", "bo")
    assert outcome["success"]
    assert engine.calls == [("ps1", ["bo"], True, None)]
    assert "bo/ps1 (1 of 1): 3 of 4 points" in outcome["log"]


def test_a_pattern_selects_students(submitted, engine, monkeypatch):
    assert command(submitted, monkeypatch, "ps1", "--student=[ab]*", "--force") == 0
    assert engine.calls == [("ps1", ["al", "bo"], True, None)]


def test_a_notebook_pattern_selects_those_who_have_one(submitted, engine, monkeypatch):
    (submitted.submission_folder("bo", "ps1") / "ps1.ipynb").rename(
        submitted.submission_folder("bo", "ps1") / "renamed.ipynb"
    )
    assert command(submitted, monkeypatch, "ps1", "--notebook=ps*") == 0
    assert engine.calls[0][1] == ["al", "cy"]


def test_who_handed_in_no_notebook_at_all_is_graded_too(submitted, engine, monkeypatch):
    (submitted.submission_folder("bo", "ps1") / "ps1.ipynb").unlink()
    assert command(submitted, monkeypatch, "ps1") == 0
    assert engine.calls[0][1] == ["al", "bo", "cy"]


def test_jobs_of_the_configuration_are_passed_on(submitted, engine, monkeypatch):
    with (submitted.root / "nbgrader_config.py").open("a") as file:
        file.write("configure(c, exercises='small_registry', jobs=2)\n")
    command(submitted, monkeypatch, "ps1")
    assert engine.calls[0][3] == 2


def test_a_course_without_our_line_is_graded_by_nbgrader(submitted, engine, monkeypatch):
    """`start` is replaced for the whole process, which may serve many courses."""
    started = []
    monkeypatch.setattr("nbgrader.converters.base.BaseConverter.start", started.append)
    course = CourseDirectory(root=str(submitted.root), assignment_id="ps1")
    converter = Autograde(coursedir=course, config=Config())
    converter.start()
    assert started == [converter]
    assert engine.calls == []


# -- complaints ------------------------------------------------------------------------------


def test_submissions_that_could_not_be_graded_are_listed_at_the_end(submitted, engine):
    def spoil(result):
        if result.student == "al":
            return replace(result, error="the sandbox did not start")
        if result.student == "bo":
            says = Problem("empty", "The file is empty.", "Download it again.", fatal=True)
            broken = replace(result.notebooks[0], verdict=Verdict((), (says,)), graded=False)
            return replace(result, notebooks=(broken,))
        return result

    engine.change = spoil
    outcome = api(submitted).autograde("ps1", "*")
    assert not outcome["success"]
    assert "NbGraderException" in outcome["error"]
    last = outcome["error"].splitlines()[-2:]
    assert last == [
        "  'al': the grader failed: the sandbox did not start",
        "  'bo': ps1: The file is empty.",
    ]
    assert "The file is empty. Download it again." in outcome["log"]
    assert score(submitted, "cy") == 3.0


def test_the_exit_status_is_1_if_some_submission_could_not_be_graded(
    submitted, engine, monkeypatch
):
    engine.change = lambda result: replace(result, error="no")
    assert command(submitted, monkeypatch, "ps1") == 1


def test_a_misspelt_student_gets_a_suggestion(submitted, engine):
    outcome = api(submitted).autograde("ps1", "all")
    assert not outcome["success"]
    assert "Did you mean 'al'?" in outcome["log"]
    assert engine.calls == []


def test_an_assignment_that_is_not_released_is_said_to_be_so(submitted, engine):
    outcome = api(submitted).autograde("ps2", "al")
    assert "there is no assignment 'ps2': did you mean 'ps1'?" in outcome["log"]


def test_a_wrong_setting_stops_grading_instead_of_losing_the_sandbox(submitted, engine):
    with (submitted.root / "nbgrader_config.py").open("a") as file:
        file.write("configure(c, isolation='docker')\n")
    outcome = api(submitted).autograde("ps1", "al")
    assert not outcome["success"]
    assert "isolation is 'docker'" in outcome["log"]
    assert not submitted.autograded_folder("al", "ps1").exists()


def test_students_are_not_created_against_the_courses_will(submitted, engine):
    with Gradebook(submitted.db_url) as book:
        book.add_student("cy")
    outcome = api(submitted).autograde("ps1", "*", create=False)
    assert not outcome["success"]
    assert "'bo': no student with this id is in the gradebook" in outcome["log"]
    assert engine.calls[0][1] == ["cy"]


# -- as nbgrader does ------------------------------------------------------------------------


def test_what_is_graded_is_said_to_be_skipped(submitted, engine, monkeypatch):
    command(submitted, monkeypatch, "ps1", "--student=al")
    outcome = api(submitted).autograde("ps1", "*", force=False)
    skipped = [line for line in outcome["log"].splitlines() if "Skipping existing" in line]
    assert len(skipped) == 1
    assert skipped[0].endswith(os.path.join("autograded", "al", "ps1"))


def test_hooks_run_for_each_student_with_the_notebooks_at_hand(submitted, engine):
    (submitted.root / "hooks_of_course.py").write_text(
        "seen = []\n"
        "def before(assignment, student, notebooks): seen.append(('before', notebooks))\n"
        "def after(assignment, student, notebooks): seen.append(('after', notebooks))\n"
    )
    with (submitted.root / "nbgrader_config.py").open("a") as file:
        file.write("c.Autograde.pre_convert_hook = 'hooks_of_course.before'\n")
        file.write("c.Autograde.post_convert_hook = 'hooks_of_course.after'\n")
    Course.load(submitted.root)  # puts the course's modules within reach
    api(submitted).autograde("ps1", "bo")
    import hooks_of_course

    path = str(submitted.submission_folder("bo", "ps1") / "ps1.ipynb")
    assert hooks_of_course.seen == [("before", [path]), ("after", [path])]


def test_nbgraders_feedback_is_made_from_what_was_recorded(submitted, engine):
    nbgrader = api(submitted)
    nbgrader.autograde("ps1", "al")
    outcome = nbgrader.generate_feedback("ps1", "al")
    assert outcome["success"], outcome
    page = submitted.feedback_folder("al", "ps1") / "ps1.html"
    assert "3.0 / 12.0" in page.read_text()


def test_a_feedback_page_ends_with_the_ideas_that_the_answers_showed(submitted, engine):
    asked = QuestionVerdict("why", "A", 0.0, 2.0, "no", ("sum-lover",))
    cell = CellVerdict("why", 0.0, 2.0, "question", question=asked)

    def wrong(result):
        notebook = replace(result.notebooks[0], verdict=Verdict((cell,)))
        return replace(result, notebooks=(notebook,))

    engine.change = wrong
    nbgrader = api(submitted)
    nbgrader.autograde("ps1", "al")
    nbgrader.generate_feedback("ps1", "al")
    page = (submitted.feedback_folder("al", "ps1") / "ps1.html").read_text()
    assert "Ideas that your answers showed" in page
    assert "sum-lover" in page


def test_a_fresh_process_grades_through_the_real_command(submitted):
    """The one test without the stand-in: the configuration alone must replace nbgrader's way."""
    probe = (
        "import autograder.engine.many as many, sys\n"
        "def stream(course, assignment, students, **_):\n"
        "    print('engine', assignment, students)\n"
        "    yield from ()\n"
        "many.stream = stream\n"
        "from nbgrader.apps.nbgraderapp import main\n"
        "sys.argv = ['nbgrader', 'autograde', 'ps1']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=submitted.root, capture_output=True, text=True
    )
    assert "engine ps1 ['al', 'bo', 'cy']" in done.stdout, done.stderr
    assert Path(submitted.root / "autograded").exists() is False
