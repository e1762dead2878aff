"""Other languages: an installed Jupyter kernel, furnished for the sandbox.

What its specification (kernel.json) names is shown to guests, for reading: the program with its
installation, and the paths among its arguments and environment variables.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from autograder.guest.messages import Task
from autograder.records import Limits
from autograder.sandbox.bubblewrap import shown_by_system
from autograder.sandbox.conversation import Conversation, GuestLost
from autograder.sandbox.equipment import Equipment
from autograder.sandbox.interpreter import Interpreter, find_interpreter
from autograder.sandbox.isolation import Isolation

START_SECONDS = 60.0  # Julia takes long
GRACE_SECONDS = 6.0  # a kernel is interrupted by a signal, and answers when it likes
FOLDER = "kernel"  # of its specification, in the folder that guests are shown
_LOG = logging.getLogger(__name__)
_PACKAGE = Path(__file__).resolve().parents[1]
_SETTINGS = ("/etc/R", "/etc/julia", "/etc/octave.conf")  # where the system's languages have them


class KernelUnavailable(Exception):
    """A kernel cannot run notebooks here; says why, also to students."""


def installed_language(name: str) -> str:
    """The language of an installed kernel, as its specification has it; "" if there is none."""
    try:
        return str(KernelSpecManager().get_kernel_spec(name).language)
    except (NoSuchKernel, ValueError, OSError):
        return ""


@contextlib.contextmanager
def furnish(name: str, isolation: Isolation) -> Iterator[tuple[Path, Equipment]]:
    """A folder with the kernel's specification as guests read it, and what it needs besides.

    Raises `KernelUnavailable` if there is no such kernel, or if it could not be talked to.
    """
    if isolation.name in ("other-user", "landlock"):
        raise KernelUnavailable(
            f"a Jupyter kernel ({name!r}) is talked to over sockets, which notebooks are refused "
            "where there are no namespaces"
        )
    spec = _find(name)
    interpreter = find_interpreter() if isolation.name == "namespaces" else None
    places = _Places(interpreter)
    argv = [places.program(spec.argv[0]), *map(places.text, spec.argv[1:])]
    env = {key: places.text(value) for key, value in spec.env.items()}
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        os.chmod(folder, 0o755)
        shutil.copytree(spec.resource_dir, Path(folder, FOLDER))
        told = {
            "argv": argv,
            "env": env,
            "display_name": spec.display_name,
            "language": spec.language,
            "interrupt_mode": spec.interrupt_mode,
        }
        Path(folder, FOLDER, "kernel.json").write_text(json.dumps(told), encoding="utf-8")
        yield Path(folder), Equipment(readable=tuple(places.shown))


def _find(name: str) -> KernelSpec:
    if not name:
        raise KernelUnavailable("the notebook names no kernel for its language")
    try:
        spec = KernelSpecManager().get_kernel_spec(name)
    except (NoSuchKernel, ValueError, OSError):
        raise KernelUnavailable(
            f"the notebook names the kernel {name!r}, which is not installed here"
        ) from None
    if not spec.argv:
        raise KernelUnavailable(f"the kernel {name!r} does not say which program it is")
    return spec


def try_out(name: str, conversation: Conversation) -> None:
    """Let the kernel run an empty cell. Raises `KernelUnavailable`."""
    limits = Limits()
    task = Task(
        sources={0: ""},
        numbers={0: 1},
        snapshots={},
        careful=False,
        cell_seconds=limits.cell_seconds,
        notebook_seconds=limits.notebook_seconds,
        memory_bytes=limits.memory_bytes,
        output_bytes_per_cell=limits.output_bytes_per_cell,
        output_bytes=limits.output_bytes,
        file_bytes=limits.file_bytes,
        processes=None,
    )
    try:
        conversation.begin(task)
        runs = [report.run for report in conversation.cells(task)]
        why = "".join(output.get("evalue", "") for run in runs for output in run.outputs)
        started = all(run.outcome == "ok" for run in runs)
    except GuestLost as lost:
        started, why = False, f"{lost}. {conversation.process.last_words()}"
    if not started:
        _LOG.warning("the kernel %r does not start in the sandbox: %s", name, why)
        raise KernelUnavailable(f"the kernel {name!r} does not start in the grader's sandbox")


class _Places:
    """Where guests find the paths that a specification names; `shown` is what they need besides.

    Without an `interpreter` everything is found where it lies.
    """

    def __init__(self, interpreter: Interpreter | None) -> None:
        self._interpreter = interpreter
        self._system = [Path(each) for each in (*shown_by_system(), "/bin", "/lib", "/lib64")]
        self.shown = [Path(each) for each in _SETTINGS if Path(each).is_dir()]

    def program(self, command: str) -> str:
        """The first word of the command line; the program's installation is shown along."""
        found = shutil.which(command)
        if self._interpreter is None or found is None:
            return command
        path = Path(found)
        if path.parent == Path(sys.prefix, "bin") and path.name.startswith("python"):
            return str(self._interpreter.executable)
        return self._place(path, _installation(path.resolve()))

    def text(self, text: str) -> str:
        """An argument or a variable, which may be a path, or several with colons between."""
        if self._interpreter is None:
            return text
        parts = text.split(":")
        return ":".join(
            self._place(Path(part), Path(part)) if part.startswith("/") else part for part in parts
        )

    def _place(self, path: Path, needed: Path) -> str:
        """What `path` is called inside. If it is not there yet, `needed` is shown."""
        assert self._interpreter is not None
        for outside, inside in self._interpreter.shown.items():
            if path.is_relative_to(outside):
                return str(inside / path.relative_to(outside))
        if any(path.is_relative_to(folder) for folder in self._system):
            return str(path)
        if needed.exists() and not _holds_more(needed):
            self.shown.append(needed)
        return str(path.resolve()) if path.exists() else str(path)


def _installation(program: Path) -> Path:
    """The folder with a program's own files, or the program alone if there are others' in it."""
    folder = program.parent.parent if program.parent.name == "bin" else program.parent
    return program if _holds_more(folder) else folder


def _holds_more(folder: Path) -> bool:
    """Whether a folder holds what no guest may see: a home, the course, this package."""
    guarded = (Path.home(), Path.cwd(), Path(sys.prefix), _PACKAGE)
    return any(each.resolve().is_relative_to(folder.resolve()) for each in guarded)
