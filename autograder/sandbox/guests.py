"""Guests for many notebooks: forked from one warm parent, or, where that is not possible, started.

The grader makes each guest's line itself and hands one end through the parent: nothing that a guest
says passes anything but the conversation with it.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from autograder import guest
from autograder.guest.channel import Channel
from autograder.records import Limits
from autograder.sandbox.conversation import Conversation
from autograder.sandbox.isolation import Isolation, Program
from autograder.sandbox.process import GuestProcess, StartedProcess
from autograder.sandbox.start import start
from autograder.sandbox.warm import GuestFailed, WarmParent

__all__ = ["GuestFailed", "Guests"]

_ALONE = """\
import sys
root = sys.argv[1]
sys.path[:0] = [root, root + "/library"]
import guest.warm
guest.warm.run_alone(root, int(sys.argv[2]))
"""


class Guests:
    """Guests on one rung with one library; may be used from several threads at once.

    `library` is the folder that contains `course_lib`. Raises `FileNotFoundError` if it does not.
    """

    def __init__(self, isolation: Isolation, library: Path) -> None:
        if not (library / "course_lib" / "__init__.py").is_file():
            raise FileNotFoundError(f"{library} is to hold the student's course_lib, and does not")
        self.isolation = isolation
        self._folders = {
            "guest": Path(guest.__path__[0]),
            "library/course_lib": library / "course_lib",
        }
        self.parent = WarmParent(isolation, self._folders, "warm") if isolation.forks else None

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
        if self.parent is not None:
            self.parent.close()

    @contextlib.contextmanager
    def guest(self, limits: Limits, files: Path | None = None) -> Iterator[Conversation]:
        """A guest, while the context lasts. `files` is a folder with what was handed in.

        Raises `GuestFailed`.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs, contextlib.ExitStack() as stack:
            ways = self._started if self.parent is None else self.parent.guest
            try:
                process = stack.enter_context(ways(theirs, limits, files))
            except OSError as error:
                raise GuestFailed(str(error)) from error
            theirs.close()
            yield Conversation(Channel(ours), process, limits)

    @contextlib.contextmanager
    def _started(
        self, line: socket.socket, limits: Limits, files: Path | None
    ) -> Iterator[GuestProcess]:
        folders = self._folders | ({} if files is None else {"files": files})
        program = Program(_ALONE, (str(line.fileno()),), folders, (line.fileno(),))
        with start(self.isolation, program, limits) as process:
            yield StartedProcess(process)
