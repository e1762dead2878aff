"""Flow 3: a source notebook becomes a student's copy, with the wheel that it needs beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.utils import capture_log, temp_attrs

from autograder.course import Course, CourseError
from autograder.engine.record import open_gradebook
from autograder.exercises.exercise import Assignment, Question
from autograder.student_wheel import WHEEL_NAME, build_wheel

README = """\
# {title}

Files: {notebooks} (your work goes in there), `{wheel}` (what the notebook imports; leave it beside
the notebook).

**On your computer** (Python 3.11 to 3.13), in this folder:

    python -m venv .venv
    . .venv/bin/activate            # Windows: .venv\\Scripts\\activate
    pip install jupyterlab {wheel}
    jupyter lab

**On Colab**: File > Upload notebook, then run the first cell. If it asks for the wheel, drop
`{wheel}` into the panel "Files" on the left and run the cell again.

**While you work**: run the cells from top to bottom. Write only in cells that begin with
`# @answer` (or `<!-- @answer`), and leave that line in place. After an exercise, run the check
below it: it says which properties hold and, often, what the mistake is.

**To hand in**: Run > Restart Kernel and Run All Cells, look at the last cell, save, and hand in the
`.ipynb` file under its own name (Colab: File > Download > Download .ipynb).
"""

_WHEEL_URL = re.compile(r"""^(WHEEL_URL\s*=\s*)(["'])(?:(?!\2).)*\2""", re.MULTILINE)


class ReleaseError(CourseError):
    """The source of an assignment cannot be released as it is; the message lists why."""


@dataclass(frozen=True)
class ReleaseReport:
    """What was released, and where it lies. `points` is what all graded cells are worth."""

    assignment: str
    folder: Path
    notebooks: tuple[Path, ...]
    wheel: Path
    readme: Path
    points: float


def release(course: Course, assignment_id: str, *, wheel_url: str = "") -> ReleaseReport:
    """Make release/<assignment>/ anew: notebooks, student wheel, README.

    `wheel_url` is where the wheel will be found by those who have only the notebook (on Colab).
    Raises `ReleaseError` before anything is written if the source and the registry disagree, and
    if nbgrader cannot convert it.
    """
    if assignment_id not in course.assignments and course.source_folder(assignment_id).is_dir():
        raise ReleaseError(
            f"{assignment_id!r} has no protected exercises: "
            f"release it with nbgrader generate_assignment {assignment_id}"
        )
    assignment = course.assignment(assignment_id)
    sources = _sources(course, assignment_id)
    problems = [*check(assignment, sources), *_check_url(wheel_url, sources)]
    if problems:
        raise ReleaseError("\n  ".join([f"{assignment_id} cannot be released:", *problems]))
    _generate(course, assignment_id, wheel_url)
    folder = course.release_folder(assignment_id)
    wheel = build_wheel(course.assignments.values(), folder)
    notebooks = tuple(folder / f"{name}.ipynb" for name in sources)
    return ReleaseReport(
        assignment_id,
        folder,
        notebooks,
        wheel,
        _write_readme(folder, assignment, notebooks),
        sum(ours["points"] for _, ours in _graded(sources)),
    )


# -- before ----------------------------------------------------------------------------------


def _sources(course: Course, assignment_id: str) -> dict[str, NotebookNode]:
    """The source notebooks by name."""
    folder = course.source_folder(assignment_id)
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise ReleaseError(f"there is no notebook in {folder}: put the assignment's source there")
    return {path.stem: nbformat.read(path, as_version=4) for path in paths}


def check(assignment: Assignment, sources: dict[str, NotebookNode]) -> list[str]:
    """Complaints about source notebooks that do not fit the registry, each a line."""
    cells: dict[str, NotebookNode] = {}
    complaints = []
    for cell, ours in _ours(sources):
        if (name := ours["grade_id"]) in cells:
            complaints.append(f"the grade_id {name!r} is there twice")
        cells[name] = cell
    for exercise in assignment.exercises:
        complaints += _check_cell(cells, exercise.answer_cell, solution=True, grade=False)
        complaints += _check_marker(cells.get(exercise.answer_cell), exercise.id)
        complaints += _check_cell(
            cells, exercise.graded_cell, solution=False, grade=True, points=exercise.points
        )
    for question in assignment.questions:
        complaints += _check_cell(
            cells, question.id, solution=True, grade=True, points=question.points
        )
        complaints += _check_marker(cells.get(question.id), question.id)
        complaints += _check_variable(cells.get(question.id), question)
    return complaints


def _ours(sources: dict[str, NotebookNode]) -> Iterator[tuple[NotebookNode, dict[str, Any]]]:
    """Cells that are nbgrader's, with its metadata."""
    for notebook in sources.values():
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id"):
                yield cell, cell.metadata.nbgrader


def _graded(sources: dict[str, NotebookNode]) -> Iterator[tuple[NotebookNode, dict[str, Any]]]:
    return ((c, ours) for c, ours in _ours(sources) if ours.get("grade") or ours.get("task"))


def _check_cell(
    cells: dict[str, NotebookNode],
    grade_id: str,
    *,
    solution: bool,
    grade: bool,
    points: float | None = None,
) -> list[str]:
    cell = cells.get(grade_id)
    if cell is None:
        return [f"no cell has the grade_id {grade_id!r}, which the registry asks for"]
    ours = cell.metadata.nbgrader
    complaints = []
    if (bool(ours.get("solution")), bool(ours.get("grade"))) != (solution, grade):
        wanted = {(True, False): "an answer cell (solution)", (False, True): "a test cell (grade)"}
        kind = wanted.get((solution, grade), "a question's cell (solution and grade)")
        complaints.append(f"{grade_id}: the cell must be {kind}")
    if points is not None and ours.get("points") != points:
        given = f"the cell is worth {ours.get('points')} points, the registry says {points:g}"
        complaints.append(f"{grade_id}: {given}: they must agree")
    return complaints


def _check_marker(cell: NotebookNode | None, name: str) -> list[str]:
    """The marker is a cell's second identity, for notebooks that lost their metadata."""
    if cell is None:
        return []
    marker = f"# @answer {name}" if cell.cell_type == "code" else f"<!-- @answer {name} -->"
    first = cell.source.partition("\n")[0].strip()
    return [] if first == marker else [f"{name}: the cell's first line must be {marker!r}"]


def _check_variable(cell: NotebookNode | None, question: Question) -> list[str]:
    if cell is None or question.kind == "short":
        return []
    line = f"{question.variable} = None"
    above = cell.source.partition("BEGIN SOLUTION")[0].splitlines()
    if line in [each.strip() for each in above]:
        return []
    return [f"{question.id}: the line {line!r} must stand above the solution region"]


def _check_url(url: str, sources: dict[str, NotebookNode]) -> list[str]:
    if not url:
        return []
    complaints = []
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).path.endswith(WHEEL_NAME):
        complaints.append(
            f"the wheel's URL is {url!r}: it must begin with https:// and end with {WHEEL_NAME}, "
            "because pip reads a wheel's name from its address"
        )
    cells = [cell.source for notebook in sources.values() for cell in notebook.cells]
    if not any(_WHEEL_URL.search(source) for source in cells):
        complaints.append('no cell has a line WHEEL_URL = "", where the URL could be filled in')
    return complaints


# -- nbgrader --------------------------------------------------------------------------------


def _generate(course: Course, assignment_id: str, wheel_url: str) -> None:
    """Run nbgrader's generate_assignment on the whole assignment."""
    open_gradebook(course).dispose()

    def fill_in(notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        for cell in notebook.cells:
            cell.source = _WHEEL_URL.sub(lambda m: m[1] + json.dumps(wheel_url), cell.source)
        return notebook, resources

    with temp_attrs(course.coursedir, assignment_id=assignment_id, notebook_id="*"):
        converter = GenerateAssignment(coursedir=course.coursedir, config=course.config)
        converter.force = True
        if wheel_url:  # first of all, so that nbgrader's checksums are those of the filled-in cell
            converter.preprocessors = [fill_in, *converter.preprocessors]
        outcome = capture_log(converter)
    if not outcome["success"]:
        what = _complaints(outcome.get("log", "")) or outcome["error"]
        raise ReleaseError(f"nbgrader cannot release {assignment_id}: {what}")


def _complaints(log: str) -> str:
    """The errors in nbgrader's log, without what it says after each; else the last exception."""
    entries = [
        entry.strip() for entry in re.findall(r"^\[ERROR\] (.*?)(?=^\[|\Z)", log, re.M | re.S)
    ]
    told = ("There was an error processing", "Please see the", "Traceback")
    complaints = [entry for entry in entries if not entry.startswith(told)]
    raised = [entry.splitlines()[-1] for entry in entries if entry.startswith("Traceback")]
    return "\n".join(complaints or raised)


# -- after -----------------------------------------------------------------------------------


def _write_readme(folder: Path, assignment: Assignment, notebooks: tuple[Path, ...]) -> Path:
    names = ", ".join(f"`{path.name}`" for path in notebooks)
    path = folder / "README.md"
    path.write_text(
        README.format(title=assignment.title, notebooks=names, wheel=WHEEL_NAME), encoding="utf-8"
    )
    return path
