"""Runs with `--force` that were killed: who is still to be graded again.

Whoever was graded before has a result that looks finished. So a forced run first writes down whom
it is to grade, and how long the journal was; who has a later line is done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from autograder.course import Course
from autograder.engine import journal


def begin(course: Course, assignment: str, students: Sequence[str]) -> None:
    """Write down that these are to be graded again, besides those that are so already.

    If it is the run that was killed which is begun once more, it just goes on.
    """
    path = _path(course, assignment)
    if path.exists() and json.loads(path.read_text("utf-8"))["students"] == list(students):
        return
    everybody = sorted({*students, *unfinished(course, assignment)})
    plan = {"after": journal.size(course, assignment), "students": everybody}
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_text(json.dumps(plan), "utf-8")
    os.replace(aside, path)


def unfinished(course: Course, assignment: str) -> frozenset[str]:
    """Who is still to be graded again; nobody if no forced run was killed."""
    path = _path(course, assignment)
    if not path.exists():
        return frozenset()
    plan = json.loads(path.read_text("utf-8"))
    later = journal.entries(course, assignment, after=plan["after"])
    return frozenset(plan["students"]) - {each["student"] for each in later if not each["error"]}


def end(course: Course, assignment: str) -> None:
    """Forget the run, unless somebody is left whom it could not grade."""
    if not unfinished(course, assignment):
        _path(course, assignment).unlink(missing_ok=True)


def _path(course: Course, assignment: str) -> Path:
    return course.root / ".autograder" / "forced" / f"{assignment}.json"
