"""Guests for many notebooks: forked from a warm parent, or, where that is not possible, started.

The grader makes each guest's line itself and hands one end through the parent: nothing that a guest
says passes anything but the conversation with it.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from autograder import guest
from autograder.guest.channel import Channel
from autograder.records import Limits
from autograder.sandbox import kernels
from autograder.sandbox.conversation import Conversation
from autograder.sandbox.equipment import NOTHING, Equipment
from autograder.sandbox.isolation import Isolation, Program
from autograder.sandbox.kernels import KernelUnavailable
from autograder.sandbox.process import GuestProcess, StartedProcess
from autograder.sandbox.start import start
from autograder.sandbox.warm import GuestFailed, WarmParent

__all__ = ["GuestFailed", "Guests", "KernelUnavailable"]

_LOG = logging.getLogger(__name__)
_FOR_KERNELS = (kernels.START_SECONDS, kernels.GRACE_SECONDS)
_ALONE = """\
import sys
root = sys.argv[1]
sys.path[:0] = [root, root + "/library"]
import guest.{module}
guest.{module}.run_alone(root, int(sys.argv[2]))
"""


class Guests:
    """Guests on one rung with one library; may be used from several threads at once.

    `library` is the folder that contains `course_lib`, `equipment` what all guests find besides, a
    GPU, say. Raises `FileNotFoundError` if there is no library.
    """

    def __init__(self, isolation: Isolation, library: Path, equipment: Equipment = NOTHING) -> None:
        if not (library / "course_lib" / "__init__.py").is_file():
            raise FileNotFoundError(f"{library} is to hold the student's course_lib, and does not")
        self.isolation, self.equipment = isolation, equipment
        self._folders = {
            "guest": Path(guest.__path__[0]),
            "library/course_lib": library / "course_lib",
        }
        self._open = contextlib.ExitStack()
        self._python = self._source("warm", self._folders, NOTHING)
        self._kernels: dict[str, _Source | KernelUnavailable] = {}
        self._turn = threading.Lock()

    @property
    def parent(self) -> WarmParent | None:
        """What guests for Python are forked from, if they are."""
        return self._python.parent

    def __enter__(self) -> Guests:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all guests, and what they were forked from."""
        self._open.close()

    @contextlib.contextmanager
    def guest(
        self, limits: Limits, files: Path | None = None, kernel: str | None = None
    ) -> Iterator[Conversation]:
        """A guest, while the context lasts. `files` is a folder with what was handed in.

        It runs Python itself, or another language in the Jupyter `kernel` of this name. Raises
        `GuestFailed`, or `KernelUnavailable`.
        """
        if kernel is None:
            with _talk(self._python, limits, files) as conversation:
                yield conversation
        else:
            source = self._source_of(kernel, limits)
            with _talk(source, limits, files, *_FOR_KERNELS) as conversation:
                yield conversation

    def _source(self, module: str, folders: Mapping[str, Path], extra: Equipment) -> _Source:
        source = _Source(self.isolation, folders, module, extra | self.equipment)
        self._open.callback(source.close)
        return source

    def _source_of(self, kernel: str, limits: Limits) -> _Source:
        """What guests for a kernel come from; made, and tried, when it is first asked for."""
        with self._turn:
            if kernel not in self._kernels:
                try:
                    self._kernels[kernel] = self._furnished(kernel, limits)
                except KernelUnavailable as unavailable:
                    _LOG.warning("Notebooks are not run: %s", unavailable)
                    self._kernels[kernel] = unavailable
            found = self._kernels[kernel]
        if isinstance(found, KernelUnavailable):
            raise found
        return found

    def _furnished(self, kernel: str, limits: Limits) -> _Source:
        furnished = kernels.furnish(kernel, self.isolation)
        folder, equipment = self._open.enter_context(furnished)
        source = self._source("kernels", self._folders | {"kernels": folder}, equipment)
        with _talk(source, limits, None, *_FOR_KERNELS) as conversation:
            kernels.try_out(kernel, conversation)
        return source


@contextlib.contextmanager
def _talk(
    source: _Source, limits: Limits, files: Path | None, *patience: float
) -> Iterator[Conversation]:
    ours, theirs = socket.socketpair()
    with ours, theirs, contextlib.ExitStack() as stack:
        try:
            process = stack.enter_context(source.guest(theirs, limits, files))
        except OSError as error:
            raise GuestFailed(str(error)) from error
        theirs.close()
        yield Conversation(Channel(ours), process, limits, *patience)


class _Source:
    """Where guests of one kind come from: `module`, of the guest's package, says which kind."""

    def __init__(
        self,
        isolation: Isolation,
        folders: Mapping[str, Path],
        module: str,
        equipment: Equipment,
    ) -> None:
        self._isolation, self._folders = isolation, folders
        self._module, self._equipment = module, equipment
        self.parent: WarmParent | None = None
        if isolation.forks:
            self.parent = WarmParent(isolation, folders, module, equipment)

    def close(self) -> None:
        if self.parent is not None:
            self.parent.close()

    def guest(
        self, line: socket.socket, limits: Limits, files: Path | None
    ) -> contextlib.AbstractContextManager[GuestProcess]:
        ways = self._started if self.parent is None else self.parent.guest
        return ways(line, limits, files)

    @contextlib.contextmanager
    def _started(
        self, line: socket.socket, limits: Limits, files: Path | None
    ) -> Iterator[GuestProcess]:
        folders = {**self._folders, **({} if files is None else {"files": files})}
        code = _ALONE.format(module=self._module)
        arguments, descriptors = (str(line.fileno()),), (line.fileno(),)
        program = Program(code, arguments, folders, descriptors, self._equipment)
        with start(self._isolation, program, limits) as process:
            yield StartedProcess(process)
