"""The folder autograded/<student>/<assignment>/: put together aside, then put in place at once."""

from __future__ import annotations

import fnmatch
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde

from autograder.course import Course
from autograder.engine.beside import put
from autograder.records import Result

_TOKEN_BYTES = 8
_STAGED = re.compile(r"\.(?P<name>.+)\.(?P<token>[0-9a-f]{16})", re.DOTALL)


@dataclass(frozen=True)
class Staged:
    """A complete folder beside its destination; `publish` puts it there in place of what is.

    `token` is in its name. A run that is killed leaves the folder where it is; `settle` says how
    the next one finds out whether to publish it.
    """

    folder: Path
    destination: Path
    token: str

    def publish(self) -> None:
        """Swap folders."""
        if self.destination.exists():
            old = _beside(self.destination, secrets.token_hex(_TOKEN_BYTES))
            self.destination.rename(old)
            self.folder.rename(self.destination)
            shutil.rmtree(old, ignore_errors=True)
        else:
            self.folder.rename(self.destination)


@contextmanager
def staged(course: Course, result: Result) -> Iterator[Staged]:
    """Write what is to lie in a student's autograded folder; an error removes it again.

    Over the notebooks come the submission's other files, and over these the assignment's own, as
    nbgrader has it. A link would read the grader's disk, so only regular files are copied.
    """
    destination = course.autograded_folder(result.student, result.assignment)
    destination.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(_TOKEN_BYTES)
    folder = _beside(destination, token)
    folder.mkdir()
    try:
        _copy_submission(course, result, folder)
        copy_own_files(course, result.assignment, folder)
        for each in result.notebooks:
            write_notebook(each.notebook, folder / f"{each.name}.ipynb")
        _set_permissions(course, folder)
        yield Staged(folder, destination, token)
    except Exception:  # not an interrupt: what was recorded by then is for `settle`
        shutil.rmtree(folder, ignore_errors=True)
        raise


def settle(course: Course, assignment: str, tokens: Callable[[], Mapping[str, str]]) -> None:
    """Finish what a killed run left half done, or undo it.

    `tokens` gives, by student, the token of the folder that was recorded last. Such a folder only
    needs its place: it is published. Any other is of a submission that was not recorded, or an
    old one that was to be removed.
    """
    places = {
        course.autograded_folder(student, assignment): student
        for student in course.students_of(assignment)
    }
    left = [
        Staged(folder, destination, token)
        for parent in {destination.parent for destination in places}
        for folder, destination, token in _left_in(parent)
        if destination in places
    ]
    recorded = tokens() if left else {}
    for staged in sorted(
        left, key=lambda each: recorded.get(places[each.destination]) != each.token
    ):
        if recorded.get(places[staged.destination]) == staged.token:
            staged.publish()
        else:
            shutil.rmtree(staged.folder, ignore_errors=True)


def _left_in(parent: Path) -> Iterator[tuple[Path, Path, str]]:
    """Folders in `parent` that were to become others: folder, destination, token."""
    for folder in parent.iterdir() if parent.is_dir() else ():
        if found := _STAGED.fullmatch(folder.name):
            yield folder, parent / found["name"], found["token"]


def _beside(destination: Path, token: str) -> Path:
    """A hidden name on the same file system, which nbgrader's patterns do not match."""
    return destination.with_name(f".{destination.name}.{token}")


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook; text that has no UTF-8, which a student's code can print, becomes '?'."""
    text: str = nbformat.v4.writes(notebook, split_lines=False)  # to split takes a copy of it all
    path.write_bytes(text.encode("utf-8", "replace") + b"\n")


def _copy_submission(course: Course, result: Result, folder: Path) -> None:
    source = course.submission_folder(result.student, result.assignment)
    largest = course.coursedir.max_file_size * 1000  # nbgrader counts in kilobytes
    left = course.coursedir.max_dir_size * 1000
    for path in _files(source, course):
        size = path.lstat().st_size
        if stat.S_ISREG(path.lstat().st_mode) and size <= min(largest, left):
            left -= size
            put(path, folder, path.relative_to(source))


def copy_own_files(course: Course, assignment: str, folder: Path) -> None:
    """Put the assignment's own files into a folder, over what is there; no notebook is among them.

    What the course leaves to students (`Autograde.exclude_overwriting`) is left out.
    """
    source = course.source_folder(assignment)
    settings = Autograde(coursedir=course.coursedir, config=course.config)
    students_own = settings.exclude_overwriting.get(assignment, [])
    for path in _files(source, course):
        relative = path.relative_to(source)
        if relative.as_posix() not in students_own and path.is_file():
            put(path, folder, relative)


def _files(source: Path, course: Course) -> Iterator[Path]:
    """All entries but folders and notebooks that the course does not ignore, links included."""
    ignored = [*course.coursedir.ignore, "*.ipynb"]

    def wanted(name: str) -> bool:
        return not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)

    for parent, folders, names in os.walk(source):
        folders[:] = sorted(filter(wanted, folders))
        yield from (Path(parent, name) for name in sorted(filter(wanted, names)))


def _set_permissions(course: Course, folder: Path) -> None:
    """Files read-only, or as the course has it; folders writable for a group that shares them."""
    settings = Autograde(coursedir=course.coursedir, config=course.config)
    mode = int(str(settings.permissions), 8)
    for parent, _, names in os.walk(folder):
        for name in names:
            os.chmod(Path(parent, name), mode)
        if course.coursedir.groupshared:
            os.chmod(parent, stat.S_IMODE(os.stat(parent).st_mode) | 0o2770)
