"""The one writer: a graded submission goes into gradebook, journal and autograded/.

Nothing else in this package opens the gradebook. A submission is one transaction; then comes its
line in the journal, then its folder. The line decides: if a run is killed before it is written, the
submission is graded again, and its marks are overwritten by the same ones; if afterwards, the
next run puts the folder in place. So a submission is never lost, and never in the journal twice.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Engine, create_engine, false, make_url, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from autograder.course import Course, CourseError, timestamp_of
from autograder.engine import gradebook, journal
from autograder.engine.autograded import settle, staged
from autograder.records import Result


def already(course: Course, student: str, assignment: str) -> bool:
    """Whether what lies in submitted/ was graded: there is a result, and nothing newer came in."""
    folder = course.autograded_folder(student, assignment)
    if not folder.exists():
        return False
    handed_in = timestamp_of(course.submission_folder(student, assignment))
    graded = timestamp_of(folder)
    return not (handed_in and graded and handed_in > graded)


def record(course: Course, result: Result) -> Result:
    """Record one result; for many, keep a `Recorder` open."""
    with Recorder(course) as recorder:
        return recorder.record(result)


class Recorder:
    """Writes results, one after another, over one connection to the gradebook.

    While it is open, no other one of the course can be. Opening raises `CourseError` if there is
    one, and if the gradebook cannot be written.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._masters: dict[str, gradebook.Master] = {}
        self._penalties = AssignLatePenalties(config=course.config)
        self._penalties.init_plugin()

    def __enter__(self) -> Recorder:
        with contextlib.ExitStack() as stack:
            stack.enter_context(_alone(self._course))
            self._engine = open_gradebook(self._course)
            stack.callback(self._engine.dispose)
            _check_writable(self._course, self._engine)
            self._sessions = sessionmaker(self._engine)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def settle(self, assignment: str) -> None:
        """Finish or undo what a killed run left half done."""
        settle(self._course, assignment, lambda: journal.tokens(self._course, assignment))

    def record(self, result: Result) -> Result:
        """Write a submission's grades and its autograded folder; give it back with its timestamp.

        A result that carries the grader's own error is not recorded, so that the next run takes
        the submission again; only the journal has it. What prevents recording is returned as such
        an error, and costs no other submission anything.
        """
        recorded = result if result.error else self._record(result)
        if recorded.error:
            with contextlib.suppress(OSError):  # the disk may be full: that is the error, then
                journal.append(self._course, recorded)
        return recorded

    def _record(self, result: Result) -> Result:
        handed_in = timestamp_of(self._course.submission_folder(result.student, result.assignment))
        result = replace(result, timestamp=result.timestamp or handed_in)
        try:
            with staged(self._course, result) as folder:
                with self._sessions.begin() as db:
                    self._write(db, result)
                journal.append(self._course, result, folder.token)
                folder.publish()
        except Exception as failure:
            reason = f"could not be recorded: {type(failure).__name__}: {failure}"
            return replace(result, error=reason)
        return result

    def _write(self, db: Session, result: Result) -> None:
        if result.assignment not in self._masters:
            self._masters[result.assignment] = gradebook.master(db, result.assignment)
        master = self._masters[result.assignment]
        submission = gradebook.write(db, master, result)
        if master.duedate is not None and self._penalties.enabled:
            self._write_penalties(db.get_one(api.SubmittedAssignment, submission))

    def _write_penalties(self, submission: api.SubmittedAssignment) -> None:
        """Ask the course's plugin what being late costs: at least 0, at most the score."""
        late = submission.total_seconds_late
        for submitted in submission.notebooks if late > 0 else ():
            student, score = submission.student_id, submitted.score
            penalty = self._penalties.plugin_inst.late_submission_penalty(student, score, late)
            if penalty is not None:
                submitted.late_submission_penalty = min(max(penalty, 0), score)


# -- reading ---------------------------------------------------------------------------------


def students_in_gradebook(course: Course) -> frozenset[str]:
    """The ids of all students whom the gradebook knows."""
    with _reading(course) as db:
        return frozenset(db.scalars(select(api.Student.id)))


def locked_cells(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """The full sources of an assignment's locked cells: notebook name -> grade_id -> source.

    Hidden tests are in them: they never leave the grader. Empty if nothing was released.
    """
    query = (
        select(api.Notebook.name, api.SourceCell.name, api.SourceCell.source)
        .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
        .outerjoin(
            api.SourceCell,
            (api.SourceCell.notebook_id == api.Notebook.id) & api.SourceCell.locked,
        )
        .where(api.Assignment.name == assignment)
        .order_by(api.Notebook.name)
    )
    locked: dict[str, dict[str, str]] = {}
    with _reading(course) as db:
        for notebook, grade_id, source in db.execute(query):
            sources = locked.setdefault(notebook, {})
            if grade_id is not None:
                sources[grade_id] = source
    return locked


@contextmanager
def _reading(course: Course) -> Iterator[Session]:
    engine = open_gradebook(course)
    try:
        with Session(engine) as db:
            yield db
    finally:
        engine.dispose()


# -- opening ---------------------------------------------------------------------------------


def open_gradebook(course: Course) -> Engine:
    """Connect to the course's gradebook; make it if there is none. Raises `CourseError`."""
    try:
        with _alembic_on_path(), api.Gradebook(course.db_url, course.course_id):
            pass
        engine = create_engine(course.db_url)
        with Session(engine) as db:
            if engine.dialect.name != "sqlite" and not db.get(api.Course, course.course_id):
                # nbgrader makes a row for each course but one without a name. SQLite lets its
                # assignments refer to it all the same, PostgreSQL does not.
                db.add(api.Course(id=course.course_id))
                db.commit()
            db.scalars(select(api.Assignment).limit(1)).all()
            db.scalars(select(api.SubmittedNotebook).limit(1)).all()
    except ImportError as error:
        raise CourseError(
            f"the gradebook {_shown(course)} needs {error.name}, which is not installed. For "
            "PostgreSQL: pip install 'distillation-course[postgres]', and let the address begin "
            "with postgresql+psycopg://"
        ) from error
    except DatabaseError as error:
        raise CourseError(
            f"the gradebook {_shown(course)} cannot be used: {error}. If it is of an older "
            "nbgrader, make a copy of it, then run: nbgrader db upgrade"
        ) from error
    return engine


@contextmanager
def _alone(course: Course) -> Iterator[None]:
    """Be the course's one writer; the system lets go of the lock when the process ends."""
    path = course.root / ".autograder" / "writing"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("w")
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}") from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(
                f"another process is grading in {course.root}: wait until it is done, or stop it"
            ) from None
        yield


def _check_writable(course: Course, engine: Engine) -> None:
    """Change nothing, but as one who may: grading takes long, and is in vain if this fails."""
    nothing = update(api.Assignment).where(false()).values(name="")
    try:
        with engine.begin() as connection:
            connection.execute(nothing)
    except DatabaseError as error:
        raise CourseError(
            f"the gradebook {_shown(course)} cannot be written: {error.orig}. "
            "See to it that this account may, and that no other program holds it locked"
        ) from error


def _shown(course: Course) -> str:
    """Where the gradebook is, without a password."""
    return make_url(course.db_url).render_as_string(hide_password=True)


@contextmanager
def _alembic_on_path() -> Iterator[None]:
    """To make a gradebook, nbgrader runs `alembic`, which only an activated environment finds."""
    before = os.environ.get("PATH", "")
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
