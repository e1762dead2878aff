"""The real assignments, released once, with the example class handed in."""

import shutil
from collections.abc import Callable

import pytest

from autograder import course as courses
from autograder.course import Course
from autograder.demo.run import ASSIGNMENT, LIMITS
from autograder.demo.students import CLASS, hand_in
from autograder.exercises import ASSIGNMENTS
from autograder.release import release
from autograder.sandbox.rungs import SandboxUnavailable, choose


@pytest.fixture(scope="session")
def isolation() -> str:
    """The best that this machine has; these classes are ours, so `none` will do."""
    try:
        return choose("auto").name
    except SandboxUnavailable:
        return "none"


@pytest.fixture(scope="session")
def released(tmp_path_factory, isolation) -> Course:
    root = courses.init(
        tmp_path_factory.mktemp("released") / "course", isolation=isolation, limits=LIMITS
    )
    course = Course.load(root)
    release(course, ASSIGNMENT)
    return course


@pytest.fixture(scope="session")
def handed_in(released, tmp_path_factory) -> Callable[..., Course]:
    """Gives a copy of the released course, with these students of the example class in it."""

    def make(*students: str) -> Course:
        root = tmp_path_factory.mktemp("handed-in") / "course"
        shutil.copytree(released.root, root)
        course = Course.load(root)
        key = {q.id: q.key for q in ASSIGNMENTS[ASSIGNMENT].questions if q.automatic}
        notebook = course.release_folder(ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
        for student in CLASS:
            if student.id in students:
                hand_in(student, notebook, key, course.submission_folder(student.id, ASSIGNMENT))
        return course

    return make
