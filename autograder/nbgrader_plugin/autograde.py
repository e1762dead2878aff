"""What `nbgrader autograde` and formgrader's button do in a course that uses our engine.

nbgrader's command line and `NbGraderAPI.autograde` both call `Autograde.start`. A preprocessor
would come too late: files with a byte order mark, truncated and empty ones fail before any.
"""

from __future__ import annotations

import difflib
from contextlib import closing
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from nbgrader.converters import Autograde, NbGraderException
from nbgrader.converters.base import BaseConverter

from autograder.errors import UsageError
from autograder.nbgrader_plugin.section import SECTION
from autograder.nbgrader_plugin.unheeded import unheeded

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.records import Result


def install() -> None:
    """Let every `Autograde` of this process ask, when it starts, whose course it is to grade."""
    Autograde.start = start


def start(self: Any) -> None:
    """Grade what the converter's course directory names, or leave a foreign course to nbgrader.

    Raises `NbGraderException` at the end if some submission could not be graded.
    """
    if SECTION not in self.config:
        BaseConverter.start(self)
        return
    from autograder.course import Course

    try:
        _grade(self, Course.of(self.coursedir, self.config))
    except UsageError as error:
        raise _fail(self, str(error)) from error


def _grade(self: Any, course: Course) -> None:
    from autograder.engine import many
    from autograder.engine.record import already
    from autograder.engine.released import releases

    assignment = self.coursedir.assignment_id
    releases(course, assignment)  # says at once if nothing was released
    for line in unheeded(self.config):
        self.log.warning(line)
    students, unknown = _known(self, course, _chosen(self, course))
    for student in students:
        if not self.force and already(course, student, assignment):
            folder = course.autograded_folder(student, assignment)
            self.log.info("Skipping existing assignment: %s", folder)
        else:
            _run_hook(self, course, student, self.run_pre_convert_hook)

    failed = []
    with closing(many.stream(course, assignment, students, force=self.force)) as run:
        for now in run:
            if now.result is None:
                continue
            _log(self, now.result, now.done, now.total)
            _run_hook(self, course, now.result.student, self.run_post_convert_hook)
            if not now.result.graded:
                failed.append(f"'{now.result.student}': {_why(now.result)}")
    if unknown or failed:
        why = [*unknown, *sorted(failed)]
        raise _fail(self, f"Some submissions of '{assignment}' could not be graded", why)


def _chosen(self: Any, course: Course) -> list[str]:
    """The students that `--student` and `--notebook` select."""
    assignment, wanted = self.coursedir.assignment_id, self.coursedir.student_id
    everybody = course.students_of(assignment)
    chosen = [each for each in everybody if each == wanted or fnmatchcase(each, wanted)]
    pattern = f"{self.coursedir.notebook_id}.ipynb"
    if pattern != "*.ipynb":
        self.log.info("All notebooks of a submission are graded together, not only %s", pattern)
        folders = {each: course.submission_folder(each, assignment) for each in chosen}
        chosen = [each for each in chosen if any(folders[each].glob(pattern))]
    if not chosen:
        where = course.submission_folder(wanted, assignment) / pattern
        close = difflib.get_close_matches(wanted, everybody, n=1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        raise _fail(self, f"No notebooks were matched by '{where}'.{hint}")
    return chosen


def _known(self: Any, course: Course, students: list[str]) -> tuple[list[str], list[str]]:
    """Students to grade, and complaints about those whom the gradebook lacks and must have."""
    if self.create_student:
        return students, []
    from autograder.engine.record import students_in_gradebook

    known = students_in_gradebook(course)
    unknown = [each for each in students if each not in known]
    complaints = [f"'{each}': no student with this id is in the gradebook" for each in unknown]
    return [each for each in students if each in known], complaints


def _run_hook(self: Any, course: Course, student: str, hook: Any) -> None:
    """Run a hook of the course as nbgrader does, with the student's notebooks at hand."""
    folder = course.submission_folder(student, self.coursedir.assignment_id)
    self.notebooks = sorted(str(path) for path in folder.glob("*.ipynb"))
    hook()


def _log(self: Any, result: Result, done: int, total: int) -> None:
    of = f"{result.student}/{result.assignment} ({done} of {total})"
    if result.error:
        self.log.error("%s: the grader failed: %s", of, result.error)
        return
    for notebook in result.notebooks:
        for problem in notebook.verdict.problems:
            self.log.warning("%s: %s: %s %s", of, notebook.name, problem.says, problem.advice)
    self.log.info("%s: %g of %g points", of, result.points, result.max_points)


def _why(result: Result) -> str:
    """Why a submission counts as not graded, in one line."""
    if result.error:
        return f"the grader failed: {result.error}"
    unread = [each for each in result.notebooks if not each.graded]
    return "; ".join(
        f"{each.name}: {problem.says}" for each in unread for problem in each.verdict.problems
    )


def _fail(self: Any, message: str, items: list[str] | None = None) -> NbGraderException:
    """Log each line of a complaint; the exception that carries all of it."""
    self.log.error(message)
    for item in items or []:
        self.log.error("  %s", item)
    return NbGraderException("\n  ".join([message, *(items or [])]))
