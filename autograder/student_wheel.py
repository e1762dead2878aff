"""Build what students install: a wheel of course_lib with the public data of a course."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

import course_lib
from autograder.exercises.exercise import Assignment
from autograder.exercises.publish import publish
from autograder.shipped import shipped

WHEEL_NAME = f"course_lib-{course_lib.__version__}-py3-none-any.whl"


def build_wheel(assignments: Iterable[Assignment], folder: Path) -> Path:
    """Build the wheel into `folder`; the same assignments give the same bytes. No network."""
    with tempfile.TemporaryDirectory(prefix="course-lib-") as place:
        copy = Path(place) / "course_lib"
        ignored = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(Path(course_lib.__file__).parent, copy, ignore=ignored)
        publish(assignments, copy / "data")
        project = Path(place) / "student"
        project.mkdir()
        shutil.copy(shipped("student/pyproject.toml"), project)
        built = next(WheelBuilder(str(project)).build(directory=place, versions=["standard"]))
        return Path(shutil.copy(built, folder / WHEEL_NAME))
