import subprocess
import sys

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder import configure
from autograder.nbgrader_plugin import SECTION


def stub(c):
    """The code stub that nbgrader uses under a configuration."""
    return ClearSolutions(config=c).code_stub


def test_the_settings_are_kept_in_nbgraders_configuration():
    c = Config()
    configure(c, isolation="none", jobs=3, exercises="mine", limits={"cell_seconds": 5})
    assert dict(c[SECTION]) == {
        "isolation": "none",
        "jobs": 3,
        "exercises": "mine",
        "limits": {"cell_seconds": 5},
    }


def test_python_solutions_become_three_dots_and_other_languages_keep_their_stub():
    c = Config()
    configure(c)
    default = ClearSolutions().code_stub
    assert stub(c) == default | {"python": "..."}


def test_a_stub_of_the_courses_own_is_kept():
    c = Config()
    c.ClearSolutions.code_stub = {"python": "pass", "R": "stop()"}
    configure(c)
    assert stub(c)["python"] == "pass"
    assert stub(c)["R"] == "stop()"


def test_a_stub_that_the_course_adds_to_nbgraders_is_kept():
    c = Config()
    c.ClearSolutions.code_stub.update({"julia": "error()"})
    configure(c)
    assert stub(c)["julia"] == "error()"
    assert stub(c)["python"] == "..."


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
