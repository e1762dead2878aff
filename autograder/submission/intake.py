"""Read what a student handed in: a clear verdict for every file, never a crash.

The file is opened once, without following a link, and no further than its limit; everything after
that works on the bytes that were read. What goes wrong becomes a `Problem` that says what it is and
what the student can do, without a word about the machine that reads it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from autograder.records import Problem, Submission
from autograder.submission.document import CLEAR_OUTPUTS, IntakeLimits, Unreadable, parse
from autograder.submission.repair import sound_notebook

__all__ = ["IntakeLimits", "read"]

DEFAULT_LIMITS = IntakeLimits()

# O_NONBLOCK: opening a FIFO would otherwise wait for a writer that never comes.
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read(
    path: Path,
    *,
    student: str,
    assignment: str,
    name: str,
    limits: IntakeLimits = DEFAULT_LIMITS,
    timestamp: datetime | None = None,
) -> Submission:
    """The submission in the file at `path`; its notebook is None if that could not be read.

    The notebook is valid nbformat 4.5, whatever the version of the file, and has no outputs: saved
    outputs are never graded.
    """
    notebook: NotebookNode | None = None
    digest = ""
    try:
        data = _fetch(path, name, limits)
        digest = hashlib.sha256(data).hexdigest()
        document, remarks = parse(data, limits)
        notebook, repairs = sound_notebook(document, limits)
        problems = (*_size_remarks(data, limits), *remarks, *repairs)
    except Unreadable as reason:
        problems = (reason.problem,)
    return Submission(student, assignment, name, path, notebook, digest, problems, timestamp)


def _fetch(path: Path, name: str, limits: IntakeLimits) -> bytes:
    """All bytes of a regular file that is not too big."""
    try:
        descriptor = os.open(path, _OPEN)
        try:
            return _contents(descriptor, name, limits)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _unopened(error, name) from error


def _contents(descriptor: int, name: str, limits: IntakeLimits) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(
            "not_a_file",
            f"{name}.ipynb is a folder or a special file, not a notebook.",
            "Hand in the notebook's file itself.",
        )
    size, data = status.st_size, b""
    if size <= limits.file_bytes:
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(size + 1)
            if len(data) > size:  # it is growing meanwhile
                data += file.read(limits.file_bytes + 1 - len(data))
        size = len(data)
    if size > limits.file_bytes:
        raise Unreadable(
            "too_big",
            f"The file has {_mb(size)}; up to {_mb(limits.file_bytes)} are read.",
            CLEAR_OUTPUTS,
        )
    return data


def _unopened(error: OSError | ValueError, name: str) -> Unreadable:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Unreadable(
            "missing",
            f"No notebook called {name}.ipynb was handed in.",
            f"Hand in the notebook under exactly this name: {name}.ipynb.",
        )
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return Unreadable(
            "link",
            f"{name}.ipynb is a symbolic link, and links are not followed.",
            "Hand in the notebook's file itself, not a link to it.",
        )
    return Unreadable(
        "not_readable",
        f"{name}.ipynb could not be opened or read.",
        "Hand the notebook in again; if that does not help, tell your instructor.",
    )


def _size_remarks(data: bytes, limits: IntakeLimits) -> tuple[Problem, ...]:
    if len(data) <= limits.large_bytes:
        return ()
    says = f"The file has {_mb(len(data))}, most of it probably saved outputs; it was read."
    return (Problem("large", says, CLEAR_OUTPUTS),)


def _mb(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
