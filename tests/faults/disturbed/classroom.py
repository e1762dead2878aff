"""A small class whose gradebook is the same after every run, and what is compared of it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import Course
from autograder.engine import journal
from autograder.engine.record import open_gradebook
from autograder.release import release

ASSIGNMENT = "ps1"
_CONFTEST = Path(__file__).resolve().parents[2] / "autograder" / "conftest.py"

RIGHT = "import time; time.sleep(0.2)\ndef double(x):\n    return x + x"
STUDENTS = {
    "right": RIGHT,
    "thrice": RIGHT.replace("x + x", "3 * x"),
    "raises": RIGHT.replace("return x + x", "raise ValueError('no')"),
    "prints": RIGHT + "\nprint('twice', double(2))",
    "ends": "import os; os._exit(3)",
    "slow": RIGHT.replace("return", "time.sleep(0.2); return"),
    "untouched": None,
    "truncated": None,
}


def make(root: Path) -> Path:
    """A course with a released assignment, handed in by all of `STUDENTS`."""
    spec = importlib.util.spec_from_file_location("small_course", _CONFTEST)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    course = module.make_course(root)
    open_gradebook(course).dispose()
    release(course, ASSIGNMENT)
    for student, answer in STUDENTS.items():
        _hand_in(course, student, answer)
    return root


def _hand_in(course: Course, student: str, answer: str | None) -> None:
    folder = course.submission_folder(student, ASSIGNMENT)
    folder.mkdir(parents=True)
    path = folder / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(course.release_folder(ASSIGNMENT) / path.name, as_version=4)
    if answer is not None:
        (cell,) = (c for c in notebook.cells if c.source.startswith("# @answer double"))
        cell.source = f"# @answer double\n{answer}"
    nbformat.write(notebook, path)
    if student == "truncated":
        path.write_bytes(path.read_bytes()[:-300])
    (folder / "timestamp.txt").write_text("2026-03-01 00:00:00 UTC")


def copy(root: Path, place: Path) -> Path:
    return Path(shutil.copytree(root, place))


# -- what must be the same -------------------------------------------------------------------


def state(root: Path) -> dict[str, Any]:
    """The gradebook's rows without their random ids, and what lies in autograded/."""
    return {"gradebook": _rows(root / "gradebook.db"), "autograded": _folders(root / "autograded")}


_GRADES = """
SELECT submitted_assignment.student_id, submitted_assignment.timestamp, notebook.name,
       base_cell.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade
FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
ORDER BY 1, 3, 4
"""
_COMMENTS = """
SELECT submitted_assignment.student_id, base_cell.name, comment.auto_comment
FROM comment JOIN base_cell ON base_cell.id = comment.cell_id
JOIN submitted_notebook ON submitted_notebook.id = comment.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
ORDER BY 1, 2
"""


def _rows(path: Path) -> dict[str, Any]:
    with sqlite3.connect(path) as book:
        found = {"grades": book.execute(_GRADES).fetchall()}
        found["comments"] = book.execute(_COMMENTS).fetchall()
        for table in ("student", "submitted_assignment", "submitted_notebook", "grade", "comment"):
            found[table] = book.execute(f"SELECT count(*) FROM {table}").fetchone()
    book.close()
    return found


def _folders(folder: Path) -> dict[str, str]:
    """Each file, hidden ones too, with the digest of what the student wrote in it."""
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    }


def _digest(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        cells = nbformat.reads(content.decode(), as_version=4).cells
        content = json.dumps([[cell.cell_type, cell.source] for cell in cells]).encode()
    return hashlib.sha256(content).hexdigest()


def times_graded(root: Path) -> Counter[str]:
    """How often each student is in the journal as graded."""
    entries = journal.entries(Course.load(root), ASSIGNMENT)
    return Counter(each["student"] for each in entries if not each["error"])


def difference(expected: dict[str, Any], found: dict[str, Any]) -> str:
    """The first parts that are not the same, in short."""
    lines = []
    for name in sorted(expected.keys() | found.keys()):
        before, after = expected.get(name), found.get(name)
        if before != after and isinstance(before, list) and isinstance(after, list):
            lines += [f"- {row}" for row in before if row not in after]
            lines += [f"+ {row}" for row in after if row not in before]
        elif before != after:
            lines.append(f"{name}: {before} -> {after}")
    return "; ".join(lines[:6])
