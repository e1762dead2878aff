import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course, init
from autograder.engine.record import open_gradebook
from autograder.release import release
from autograder.sandbox.rungs import SandboxUnavailable, choose

REGISTRY = """
import numpy as np

from autograder.exercises.exercise import Assignment, Exercise, Mistake, Option, Question
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def oracle(x, *, factor=2.0):
    twice_as_much_as_before = factor * x
    return twice_as_much_as_before


def cases(rng):
    return (Case("small", {"x": tensor(rng.normal(size=5))}),)


HINTS = ("Read the text.", "Count to two.", "Multiply.")
DOUBLE = Exercise(
    id="double",
    title="Twice",
    oracle=oracle,
    cases=cases,
    properties=(Property("value", "the value is right", 4.0, ("small",), core=True),),
    mistakes=(Mistake("thrice", {"factor": 3.0}, frozenset({"value"}), "three times", HINTS),),
    hints=HINTS,
)
WHY = Question(
    id="why",
    title="Why twice?",
    kind="choice",
    stem="Why is it twice?",
    points=2.0,
    options=(
        Option("A", "Because of the sum", "Sums have nothing to do with it", "sum-lover"),
        Option("B", "Because of the factor", "Rightly observed"),
    ),
    key="B",
)
MATCH = Question(
    id="pairs",
    title="Pairs",
    kind="matching",
    stem="What belongs together?",
    points=2.0,
    options=(Option("1", "one"), Option("2", "two")),
    items={"a": "first", "b": "second"},
    key={"a": "1", "b": "2"},
)
EXPLAIN = Question(
    id="explain", title="Explain", kind="short", stem="Explain it.", points=3.0,
    rubric=("names the factor two explicitly",),
)
ASSIGNMENTS = {"ps1": Assignment("ps1", "Doubling", (DOUBLE,), (WHY, MATCH, EXPLAIN))}
"""


def marked(cell, grade_id, *, grade=False, solution=False, locked=False, points=None):
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        cell.metadata["nbgrader"]["points"] = points
    return cell


def source_notebook():
    code, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    cells = [
        code('WHEEL_URL = ""  # filled in at release\nimport torch'),
        marked(
            code(
                "# @answer double\ndef double(x):\n    ### BEGIN SOLUTION\n"
                "    secretly_right = 2 * x\n    return secretly_right + 0 * x\n"
                "    ### END SOLUTION"
            ),
            "double",
            solution=True,
        ),
        marked(code("check(double)"), "check_double", grade=True, locked=True, points=4),
        code('question("why")'),
        marked(
            code(
                "# @answer why\nanswer_why = None\n### BEGIN SOLUTION\n"
                'answer_why = "B"\n### END SOLUTION'
            ),
            "why",
            grade=True,
            solution=True,
            points=2,
        ),
        marked(
            code(
                "# @answer pairs\nanswer_pairs = None\n### BEGIN SOLUTION\n"
                'answer_pairs = {"a": "1", "b": "2"}\n### END SOLUTION'
            ),
            "pairs",
            grade=True,
            solution=True,
            points=2,
        ),
        marked(
            text(
                "<!-- @answer explain -->\n### BEGIN SOLUTION\n"
                "The model answer speaks of factors.\n### END SOLUTION"
            ),
            "explain",
            grade=True,
            solution=True,
            points=3,
        ),
        marked(
            code("def triple(x):\n    ### BEGIN SOLUTION\n    return 3 * x\n    ### END SOLUTION"),
            "triple",
            solution=True,
        ),
        marked(
            code(
                "assert triple(1) == 3\n### BEGIN HIDDEN TESTS\n"
                "assert triple(-7.25) == -21.75\n### END HIDDEN TESTS"
            ),
            "test_triple",
            grade=True,
            locked=True,
            points=1,
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def make_course(root: Path) -> Course:
    """A course with one assignment of every kind of graded cell, ready to be released."""
    init(root)
    shutil.rmtree(root / "source", ignore_errors=True)
    config = (root / "nbgrader_config.py").read_text()
    config = config.replace("configure(c)", 'configure(c, exercises="small_registry")')
    (root / "nbgrader_config.py").write_text(config)
    (root / "small_registry.py").write_text(REGISTRY)
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(source_notebook(), root / "source" / "ps1" / "ps1.ipynb")
    (root / "source" / "ps1" / "data.csv").write_text("x\n1\n")
    return Course.load(root)


@pytest.fixture(scope="session")
def namespaces():
    """The rung of namespaces; skips, with the reason, where this machine has none."""
    try:
        return choose("namespaces")
    except SandboxUnavailable as error:
        pytest.skip(f"no namespaces here: {str(error).splitlines()[1]}")


@pytest.fixture(
    scope="session", params=["none", pytest.param("namespaces", marks=pytest.mark.sandbox)]
)
def rung(request):
    """Every rung in turn, for what must hold on all of them."""
    return choose("none") if request.param == "none" else request.getfixturevalue("namespaces")


@pytest.fixture(
    scope="session",
    params=[pytest.param("namespaces", marks=pytest.mark.sandbox), "other-user", "landlock"],
)
def isolated(request):
    """Every rung that promises something, in turn; skips those that this machine has not."""
    try:
        return choose(request.param)
    except SandboxUnavailable as error:
        pytest.skip(f"not here: {str(error).splitlines()[1]}")


@pytest.fixture(
    scope="session",
    params=[
        "none",
        pytest.param("namespaces", marks=pytest.mark.sandbox),
        "other-user",
        "landlock",
    ],
)
def every_rung(request):
    """Every rung in turn, for what must hold in guests on all of them."""
    try:
        return choose(request.param)
    except SandboxUnavailable as error:
        pytest.skip(f"not here: {str(error).splitlines()[1]}")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    course = make_course(tmp_path_factory.mktemp("made") / "course")
    open_gradebook(course).dispose()  # nbgrader takes a second or more to make one
    return course.root


@pytest.fixture(scope="session")
def released_once(made_once, tmp_path_factory):
    root = shutil.copytree(made_once, tmp_path_factory.mktemp("released") / "course")
    release(Course.load(root), "ps1")
    return root


@pytest.fixture
def course(made_once, tmp_path):
    """A course of its own for each test, with an empty gradebook."""
    return Course.load(shutil.copytree(made_once, tmp_path / "course"))


@pytest.fixture
def released(released_once, tmp_path):
    """A course of its own for each test, in which ps1 was released."""
    return Course.load(shutil.copytree(released_once, tmp_path / "course"))


@pytest.fixture
def hand_in():
    """Hand in the release as a student, after `change` was made to the notebook."""

    def submit(course, student, change=lambda notebook: None, timestamp=None):
        folder = course.submission_folder(student, "ps1")
        folder.mkdir(parents=True, exist_ok=True)
        notebook = nbformat.read(course.release_folder("ps1") / "ps1.ipynb", as_version=4)
        change(notebook)
        nbformat.write(notebook, folder / "ps1.ipynb")
        if timestamp:
            (folder / "timestamp.txt").write_text(timestamp)
        return folder

    return submit
