import shutil
import subprocess
import sys

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.apps import NbGraderAPI
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder import configure
from autograder.course import Course
from autograder.nbgrader_plugin import SECTION
from autograder.nbgrader_plugin.stubs import Stubs
from autograder.nbgrader_plugin.unheeded import unheeded


def stub(course, assignment, settings=""):
    """What stands in place of a solution in the release that nbgrader makes of the assignment."""
    source = course.root / "source"
    if not (source / assignment).exists():
        shutil.copytree(source / "ps1", source / assignment)
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("configure(c", f"{settings}\nconfigure(c", 1))
    course = Course.load(course.root)
    api = NbGraderAPI(course.coursedir, config=course.config)
    made = api.generate_assignment(assignment)
    assert made["success"], made
    released = course.release_folder(assignment) / "ps1.ipynb"
    cells = nbformat.read(released, as_version=4).cells
    return next(each.source for each in cells if each.source.startswith("def triple"))


def test_the_settings_are_kept_in_nbgraders_configuration():
    c = Config()
    configure(
        c,
        isolation="none",
        jobs=3,
        exercises="mine",
        limits={"cell_seconds": 5},
        stderr_fails=True,
        gpu=True,
    )
    assert dict(c[SECTION]) == {
        "isolation": "none",
        "jobs": 3,
        "exercises": "mine",
        "limits": {"cell_seconds": 5},
        "stderr_fails": True,
        "gpu": True,
    }


def test_python_solutions_of_protected_assignments_become_three_dots(course):
    assert stub(course, "ps1") == "def triple(x):\n    ..."


def test_assignments_that_are_not_in_the_registry_keep_nbgraders_stub(course):
    assert stub(course, "hw").endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")


@pytest.mark.parametrize("setting", ["= {'python': 'pass'}", ".update({'python': 'pass'})"])
def test_a_stub_of_the_courses_own_is_kept(course, setting):
    settings = f"c.ClearSolutions.code_stub{setting}"
    assert stub(course, "ps1", settings) == "def triple(x):\n    pass"


def test_steps_that_the_course_adds_to_the_release_are_kept():
    c = Config()
    c.GenerateAssignment.preprocessors.append("their.Own")
    configure(c)
    steps = c.GenerateAssignment.preprocessors
    assert steps[-1] == "their.Own"
    assert Stubs in steps
    assert ClearSolutions not in steps


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("c.Autograde.autograde_preprocessors = []", "runs and scores notebooks itself"),
        ("c.Execute.enabled = False", "saved outputs are never graded"),
    ],
)
def test_settings_that_make_no_difference_any_more_are_named(setting, says):
    c = Config()
    exec(setting, {"c": c})
    assert [says in line for line in unheeded(c)] == [True]


def test_settings_that_are_heeded_are_not_named():
    c = Config()
    c.Execute.timeout = 5
    c.CourseDirectory.max_file_size = 3
    configure(c)
    assert not list(unheeded(c))


def test_other_settings_are_left_alone_and_a_second_call_changes_nothing():
    c = Config()
    c.ClearSolutions.text_stub = "Here:"
    c.Autograde.create_student = False
    configure(c)
    once = c.copy()
    configure(c)
    assert c == once
    assert c.ClearSolutions.text_stub == "Here:"
    assert c.Autograde.create_student is False


def test_reading_a_configuration_stays_cheap():
    """Every nbgrader command, also of students, reads it: torch would cost seconds each time."""
    code = (
        "import sys; from traitlets.config import Config; from autograder import configure; "
        "configure(Config()); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pages_made_from_students_notebooks_run_none_of_their_scripts():
    c = Config()
    configure(c)
    show = nbformat.v4.new_output(
        "display_data", data={"text/html": "<b>bold</b><script>steal()</script>"}
    )
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Title\n<img src=x onerror=steal()> $a \\mid b$"),
            nbformat.v4.new_code_cell("a < b", outputs=[show]),
        ]
    )
    page, _ = HTMLExporter(config=c).from_notebook_node(notebook)
    assert "steal()" not in page
    assert "<b>bold</b>" in page
    assert r"$a \mid b$" in page
