"""What a worker needs to grade submissions of one assignment; made once, then only read."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree, ignore_patterns

from autograder.course import Course
from autograder.engine.released import releases
from autograder.exercises.exercise import Assignment
from autograder.exercises.tables import build
from autograder.records import Limits
from autograder.sandbox.rungs import Isolation, choose
from autograder.submission.release_notebook import Release
from course_lib.checks.table import Table


@dataclass(frozen=True, eq=False)
class Kit:
    """Releases by notebook name, hidden tables by exercise id, and where guests run.

    `assignment` is None if the course's registry does not know the assignment: then all its cells
    are classic ones. `library` is the folder that holds the students' course_lib.
    """

    assignment_id: str
    assignment: Assignment | None
    releases: Mapping[str, Release]
    tables: Mapping[str, Table]
    library: Path
    isolation: Isolation
    limits: Limits


@contextmanager
def prepare(course: Course, assignment_id: str) -> Iterator[Kit]:
    """Build the hidden tables, choose the isolation and unpack the students' library."""
    assignment = course.assignments.get(assignment_id)
    exercises = assignment.exercises if assignment else ()
    tables = {each.id: build(each, course.secret, assignment_id) for each in exercises}
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        library = Path(folder) / "library"
        _unpack_library(course.release_folder(assignment_id), library)
        yield Kit(
            assignment_id,
            assignment,
            releases(course, assignment_id),
            tables,
            library,
            choose(course.isolation),
            course.limits,
        )


def _unpack_library(release: Path, library: Path) -> None:
    """Give guests the course_lib that students got: the release's wheel, if there is one."""
    wheels = sorted(release.glob("course_lib-*.whl"))
    if wheels:
        with zipfile.ZipFile(wheels[-1]) as wheel:
            wheel.extractall(library)
        return
    with as_file(files("course_lib")) as package:
        copytree(package, library / "course_lib", ignore=ignore_patterns("__pycache__"))
