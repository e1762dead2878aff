"""Course folders with everything handed in: as stock nbgrader has them, and as ours."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.demo.students import Student, hand_in
from autograder.exercises import ASSIGNMENTS
from autograder.scaffold import init
from benchmarks.grading import meter

ASSIGNMENT = "02_distillation_loss"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    "OMP_NUM_THREADS": "1",  # of two processors none is taken twice
    "COURSE_FIGURES_IN_WORDS": "1",  # our guests do not draw them, so nobody shall
}
_STOCK = "c = get_config()\nc.ClearSolutions.code_stub = {'python': '...'}\n"
_OURS = "from autograder import configure\nconfigure(c, exercises=None)\n"


def classic(folder: Path, notebook: NotebookNode, *, configured: bool) -> Path:
    """A course whose tests are nbgrader's own; `configured` says that our engine grades it."""
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(_STOCK + (_OURS if configured else ""))
    _write_source(folder, notebook)
    _run(["nbgrader", "generate_assignment", ASSIGNMENT], folder)
    return folder


def protected(folder: Path, notebook: NotebookNode) -> Path:
    """A course of ours, with exercises that are judged by hidden cases outside the guest."""
    init(folder)
    shutil.rmtree(folder / "source")
    _write_source(folder, notebook)
    _run(["autograder", "release", ASSIGNMENT], folder)
    return folder


def _write_source(folder: Path, notebook: NotebookNode) -> None:
    path = folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def _run(command: list[str], folder: Path) -> None:
    meter.run([str(BIN / command[0]), *command[1:]], folder, environment=ENVIRONMENT)


def submission(course: Path, student: str) -> Path:
    """Where a student's notebook lies."""
    return course / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def fill(course: Path, students: Iterable[Student]) -> None:
    """Let everybody hand in, from the release of this course."""
    questions = ASSIGNMENTS[ASSIGNMENT].questions
    key = {each.id: each.key for each in questions if each.automatic}
    release = course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for student in students:
        hand_in(student, release, key, submission(course, student.id).parent)


def fill_with_one(course: Path, count: int) -> None:
    """Hand in one tiny answer `count` times over; every third is wrong."""
    release = course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(release, as_version=4)
    works = []
    for factor in (2, 2, 3):
        notebook.cells[0].source = f"double = lambda x: {factor} * x"
        works.append(nbformat.writes(notebook))
    for number in range(count):
        path = submission(course, f"s{number:05d}")
        path.parent.mkdir(parents=True)
        path.write_text(works[number % 3])


def marks(course: Path) -> dict[str, dict[str, float]]:
    """What the gradebook says of each test: student -> test -> points."""
    found: dict[str, dict[str, float]] = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for each in gradebook.assignment_submissions(ASSIGNMENT):
            grades = each.notebooks[0].grades
            found[each.student_id] = {
                grade.name.removeprefix("test_"): float(grade.auto_score or 0)
                for grade in grades
                if grade.name.startswith("test_")
            }
    return found
