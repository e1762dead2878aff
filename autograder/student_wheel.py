"""Build what students install: a wheel of course_lib with the public data of a course."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

import course_lib
from autograder.exercises import ASSIGNMENTS
from autograder.exercises.exercise import Assignment, Exercise
from autograder.exercises.publish import publish
from autograder.shipped import shipped

WHEEL_NAME = f"course_lib-{course_lib.__version__}-py3-none-any.whl"


def build_wheel(assignments: Iterable[Assignment], folder: Path) -> Path:
    """Build the wheel into `folder`; the same assignments give the same bytes. No network."""
    with tempfile.TemporaryDirectory(prefix="course-lib-") as place:
        library, copy = Path(course_lib.__file__).parent, Path(place) / "course_lib"
        ignored = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(library, copy, ignore=ignored)
        publish(assignments, copy / "data", _published(library / "data" / "exercises"))
        project = Path(place) / "student"
        project.mkdir()
        shutil.copy(shipped("student/pyproject.toml"), project)
        built = next(WheelBuilder(str(project)).build(directory=place, versions=["standard"]))
        return Path(shutil.copy(built, folder / WHEEL_NAME))


def _published(folder: Path) -> dict[Exercise, Path]:
    """Tables of the package's own exercises, as committed: to build them all takes seconds.

    A test holds them against freshly built ones.
    """
    own = [exercise for assignment in ASSIGNMENTS.values() for exercise in assignment.exercises]
    paths = {exercise: folder / f"{exercise.id}.npz" for exercise in own}
    return {exercise: path for exercise, path in paths.items() if path.is_file()}
