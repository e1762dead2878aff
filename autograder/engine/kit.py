"""What a worker needs to grade submissions of one assignment; made once, then only read."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree, ignore_patterns

from autograder.course import Course
from autograder.engine.autograded import copy_own_files
from autograder.engine.here import Here, Runner
from autograder.engine.released import releases
from autograder.exercises.exercise import Assignment
from autograder.exercises.tables import build
from autograder.records import Limits
from autograder.sandbox.equipment import NOTHING
from autograder.sandbox.gpu import find_gpu
from autograder.sandbox.guests import GuestFailed, Guests
from autograder.sandbox.rungs import choose
from autograder.submission.release_notebook import Release
from course_lib.checks.table import Table


@dataclass(frozen=True, eq=False)
class Kit:
    """Releases by notebook name, hidden tables by exercise id, and what runs jobs.

    `own_files` holds what the assignment itself puts beside a notebook, None if that is nothing.

    `assignment` is None if the course's registry does not know the assignment: then all its cells
    are classic ones.
    """

    assignment_id: str
    assignment: Assignment | None
    releases: Mapping[str, Release]
    tables: Mapping[str, Table]
    runner: Runner
    limits: Limits
    stderr_fails: bool = False
    own_files: Path | None = None


@contextmanager
def prepare(course: Course, assignment_id: str, scheduler: str | None = None) -> Iterator[Kit]:
    """Unpack the students' library, see to it that jobs can be run, and build the hidden tables.

    Jobs run here, or on the workers of the Dask `scheduler` at this address.
    """
    assignment = course.assignments.get(assignment_id)
    exercises = assignment.exercises if assignment else ()
    secret = course.secret if exercises else b""  # if there is none, that is said before the wait
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        os.chmod(folder, 0o755)  # guests may be other users
        library = Path(folder) / "library"
        _unpack_library(course.release_folder(assignment_id), library)
        own_files = Path(folder) / "own"
        own_files.mkdir()
        copy_own_files(course, assignment_id, own_files)
        with _runner(course, library, scheduler) as runner:
            tables = {each.id: build(each, secret, assignment_id) for each in exercises}
            yield Kit(
                assignment_id,
                assignment,
                releases(course, assignment_id),
                tables,
                runner,
                course.limits,
                course.stderr_fails,
                own_files if any(own_files.iterdir()) else None,
            )


@contextmanager
def _runner(course: Course, library: Path, scheduler: str | None) -> Iterator[Runner]:
    if scheduler is None:
        gpu = find_gpu() if course.gpu else NOTHING
        isolation = choose(course.isolation, gpu)
        with Guests(isolation, library, gpu) as guests, _warming(guests, course.limits):
            yield Here(guests)
    else:
        from autograder.cluster.client import connect

        with connect(scheduler, library, course.isolation, gpu=course.gpu) as cluster:
            yield cluster


@contextmanager
def _warming(guests: Guests, limits: Limits) -> Iterator[None]:
    """Let the warm parent import meanwhile: it starts when it is first asked for a guest."""
    if guests.parent is None:  # each guest imports for itself
        yield
        return
    with ThreadPoolExecutor(1) as beside:
        beside.submit(_ask_for_nothing, guests, limits)
        yield


def _ask_for_nothing(guests: Guests, limits: Limits) -> None:
    with suppress(GuestFailed), guests.guest(limits):  # the first notebook will fail, and say why
        pass


def _unpack_library(release: Path, library: Path) -> None:
    """Give guests the course_lib that students got: the release's wheel, if there is one."""
    wheels = sorted(release.glob("course_lib-*.whl"))
    if wheels:
        with zipfile.ZipFile(wheels[-1]) as wheel:
            wheel.extractall(library)
        return
    with as_file(files("course_lib")) as package:
        copytree(package, library / "course_lib", ignore=ignore_patterns("__pycache__"))
