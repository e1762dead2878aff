"""Start a program on a rung, and end it with everything that it has started."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.records import Limits
from autograder.sandbox.bubblewrap import Command
from autograder.sandbox.isolation import Isolation, Program

# All that a sandboxed process finds in its environment, besides HOME and PATH.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "USER": "student",
    "LOGNAME": "student",
    "SHELL": "/bin/sh",
    "TERM": "dumb",
    "PAGER": "cat",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "COURSE_FIGURES_IN_WORDS": "1",  # course_lib.figures.picture says why
    "NBGRADER_EXECUTION": "autograde",  # as nbgrader has it: notebooks may ask
}


@contextlib.contextmanager
def start(
    isolation: Isolation, program: Program, limits: Limits
) -> Iterator[subprocess.Popen[bytes]]:
    """The program's process, while the context lasts; then it and its descendants are killed.

    Its standard error is a pipe, its standard input and output lead nowhere. On every rung it has
    an empty HOME, an empty working folder and a small fixed environment. Raises `OSError` if
    nothing can be started at all.
    """
    place = _in_namespaces if isolation.name == "namespaces" else _in_the_open
    with place(isolation, program, limits) as process:
        try:
            yield process
        finally:
            _end(process)


@contextlib.contextmanager
def _in_namespaces(
    isolation: Isolation, program: Program, limits: Limits
) -> Iterator[subprocess.Popen[bytes]]:
    assert isolation.bwrap is not None
    command = Command(isolation.bwrap, program, limits)
    try:
        process = _popen(
            command.argv, command.environment, (*command.descriptors, *program.descriptors)
        )
    finally:
        command.close()
    yield process


@contextlib.contextmanager
def _in_the_open(
    isolation: Isolation, program: Program, limits: Limits
) -> Iterator[subprocess.Popen[bytes]]:
    place = Path(tempfile.mkdtemp(prefix="notebook-"))
    try:
        place.chmod(0o755)  # guests may be other users
        root, home = place / "grader", place / "home"
        folder = home / "notebook"
        folder.mkdir(parents=True)
        for name, source in program.folders.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(source.resolve())
        argv = [sys.executable, "-I", "-B", "-c", program.code, str(root), *program.arguments]
        search = [str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]
        environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": ":".join(search)}
        if sys.platform == "darwin":
            # snapshots are forks, which macOS's frameworks refuse by default
            environment["OBJC_DISABLE_INITIALIZE_FORK_SAFETY"] = "YES"
        environment |= program.equipment.variables()
        yield _popen(argv, environment, program.descriptors, folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _popen(
    argv: list[str],
    environment: dict[str, str],
    descriptors: tuple[int, ...],
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        argv,
        env=_ENVIRONMENT | environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=descriptors,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process's group; with bubblewrap, the whole process namespace goes with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stderr is not None:
        process.stderr.close()
