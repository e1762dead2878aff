"""A course folder: everything that the other rooms need to know of it."""

from __future__ import annotations

import difflib
import importlib
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from nbgrader.utils import parse_utc
from traitlets.config import Config

from autograder.errors import UsageError
from autograder.exercises.exercise import Assignment
from autograder.nbgrader_plugin.section import SECTION
from autograder.records import Limits
from autograder.scaffold import init, secret_path

__all__ = ["Course", "CourseError", "init"]

WISHES = ("auto", "namespaces", "other-user", "landlock", "none")

DAY = 86_400.0


class CourseError(UsageError):
    """Something about the course's folder or configuration that its instructor can mend."""


@dataclass(frozen=True, eq=False)
class Course:
    """One course, as nbgrader's configuration describes it.

    `coursedir` and `config` are nbgrader's own and honour whatever the course sets there.
    `isolation` is the instructor's wish, one of `WISHES`; what a machine grants is the sandbox's to
    find out. Raises `CourseError` for a setting that is wrong.
    """

    coursedir: CourseDirectory = field(repr=False)
    config: Config = field(repr=False)
    isolation: str = "auto"
    jobs: int | None = None
    exercises: str | None = "autograder.exercises"
    limits: Limits = field(default_factory=Limits)
    stderr_fails: bool = False
    gpu: bool = False

    def __post_init__(self) -> None:
        if self.isolation not in WISHES:
            wishes = ", ".join(WISHES)
            raise CourseError(f"isolation is {self.isolation!r}: it must be one of {wishes}")
        if self.jobs is not None and (not isinstance(self.jobs, int) or self.jobs < 1):
            raise CourseError(f"jobs is {self.jobs!r}: it must be a number from 1 on, or None")

    # -- ways in ---------------------------------------------------------------------------

    @classmethod
    def load(cls, root: Path | str = ".") -> Course:
        """Read the course in `root` as nbgrader does when it is started there.

        Raises `CourseError` if there is no course, or its configuration fails or is not ours.
        """
        root = Path(root).resolve()
        if not (root / "nbgrader_config.py").is_file():
            raise CourseError(
                f"{root} is no course folder: it has no nbgrader_config.py. "
                f"Go to your course, name it with --course, or make one: autograder init {root}"
            )
        # The folder that one happens to stand in may be another course: only the root's counts.
        app = NbGrader(raise_config_file_errors=True, log_level="ERROR")
        app.load_cwd_config = False
        _import_from(root)
        try:
            app.initialize([], root=str(root))
        except (Exception, SystemExit) as error:  # SystemExit: a setting of the wrong type
            raise CourseError(
                f"{root / 'nbgrader_config.py'} fails: {type(error).__name__}: {error}"
            ) from error
        return cls.of(app.coursedir, app.config)

    @classmethod
    def of(cls, coursedir: CourseDirectory, config: Config) -> Course:
        """The course of nbgrader's own objects; `config` is that of the app or converter."""
        if SECTION not in config:
            raise CourseError(
                f"nbgrader_config.py in {coursedir.root} does not call configure(c): "
                "add 'from autograder import configure' and 'configure(c)' at its end"
            )
        ours = config[SECTION]
        limits = _limits(config, ours.limits)
        settings = (ours.isolation, ours.jobs, ours.exercises, limits, ours.stderr_fails, ours.gpu)
        return cls(coursedir, config, *settings)

    # -- what it knows ---------------------------------------------------------------------

    @property
    def root(self) -> Path:
        return Path(self.coursedir.root)

    @property
    def course_id(self) -> str:
        return str(self.coursedir.course_id)

    @property
    def db_url(self) -> str:
        return str(self.coursedir.db_url)

    @cached_property
    def assignments(self) -> Mapping[str, Assignment]:
        """The registry of protected exercises, by assignment; empty if the course has none."""
        if self.exercises is None:
            return {}
        try:
            _import_from(self.root)
            found: Mapping[str, Assignment] = importlib.import_module(self.exercises).ASSIGNMENTS
        except (ImportError, AttributeError) as error:
            raise CourseError(
                f"the registry of exercises, {self.exercises!r}, cannot be read: {error}. "
                "It must be a module with ASSIGNMENTS, a dict from assignment id to Assignment"
            ) from error
        return found

    def assignment(self, assignment_id: str) -> Assignment:
        """The exercises and questions of an assignment. Raises `CourseError` if it has none."""
        try:
            return self.assignments[assignment_id]
        except KeyError:
            raise CourseError(unknown_assignment(assignment_id, self.assignments)) from None

    @cached_property
    def secret(self) -> bytes:
        """The key of the hidden cases. Raises `CourseError` if the course has none."""
        path = secret_path(self.root)
        try:
            return bytes.fromhex(path.read_text().strip())
        except FileNotFoundError:
            raise CourseError(
                f"the course has no secret for its hidden cases ({path} is missing): "
                f"make one with: autograder init {self.root}"
            ) from None
        except ValueError:
            raise CourseError(
                f"{path} is not the secret that autograder init wrote: put it back from a backup, "
                "or delete it and run autograder init (hidden cases will then be others)"
            ) from None

    # -- where things lie ------------------------------------------------------------------

    def source_folder(self, assignment_id: str) -> Path:
        return self._folder(self.coursedir.source_directory, ".", assignment_id)

    def release_folder(self, assignment_id: str) -> Path:
        return self._folder(self.coursedir.release_directory, ".", assignment_id)

    def submission_folder(self, student: str, assignment_id: str) -> Path:
        return self._folder(self.coursedir.submitted_directory, student, assignment_id)

    def autograded_folder(self, student: str, assignment_id: str) -> Path:
        return self._folder(self.coursedir.autograded_directory, student, assignment_id)

    def feedback_folder(self, student: str, assignment_id: str) -> Path:
        return self._folder(self.coursedir.feedback_directory, student, assignment_id)

    def _folder(self, step: str, student: str, assignment_id: str) -> Path:
        return Path(self.coursedir.format_path(step, student, assignment_id))

    def students_of(self, assignment_id: str) -> list[str]:
        """Who handed in the assignment, in order, without those whom the course excludes."""
        folder, before, after = self._around_students(assignment_id)
        excluded = set(self.coursedir.student_id_exclude.split(","))
        names = [
            path.name.removeprefix(before).removesuffix(after)
            for path in (folder.iterdir() if folder.is_dir() else ())
            if path.name.startswith(before) and path.name.endswith(after)
        ]
        return sorted(
            name
            for name in names
            if name not in excluded
            and not name.startswith(".")
            and self.submission_folder(name, assignment_id).is_dir()
        )

    def _around_students(self, assignment_id: str) -> tuple[Path, str, str]:
        """The folder whose entries name the students, and what stands around the name in each."""
        mark = "\0"
        for part in (path := self.submission_folder(mark, assignment_id)).parts:
            if mark in part:
                before, _, after = part.partition(mark)
                parents = path.parts[: path.parts.index(part)]
                return Path(*parents), before, after
        raise CourseError(
            f"directory_structure is {self.coursedir.directory_structure!r}: "
            "it must contain {student_id}"
        )


def timestamp_of(folder: Path) -> datetime | None:
    """When a submission was handed in (UTC, naive as nbgrader keeps it); None if that is unknown.

    `timestamp.txt` may be the student's own doing: what cannot be read counts as absent.
    """
    path = folder / "timestamp.txt"
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open(encoding="utf-8") as file:
            moment: datetime | None = parse_utc(file.read(100).strip() or None)
    except (OSError, ValueError, OverflowError):
        return None
    return moment


def _import_from(root: Path) -> None:
    """Let a course's configuration name modules of its own, as nbgrader does in its folder."""
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))


def _limits(config: Config, given: Mapping[str, float]) -> Limits:
    """The course's limits; nbgrader's own timeout for a cell counts, if the course has set it."""
    known = {each.name for each in fields(Limits)}
    if unknown := given.keys() - known:
        raise CourseError(
            f"there is no limit {sorted(unknown)[0]!r}: limits are {', '.join(sorted(known))}"
        )
    default = Limits()
    seconds = float(Execute(config=config).timeout or -1)
    if seconds < 0:  # nbgrader's way to say: no limit
        seconds = DAY
    whole = default.notebook_seconds * max(1.0, seconds / default.cell_seconds)
    chosen: dict[str, Any] = {"cell_seconds": seconds, "notebook_seconds": whole, **given}
    return replace(default, **chosen)


def unknown_assignment(assignment_id: str, known: Iterable[str]) -> str:
    """What to say of an assignment that is not among those that are known."""
    names = sorted(known)
    close = difflib.get_close_matches(assignment_id, names, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(names) or 'none'}"
    return f"there is no assignment {assignment_id!r}: {hint}"
