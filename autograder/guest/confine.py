"""What the guest does to its own process before a student's code runs in it."""

from __future__ import annotations

import fcntl
import os
import resource
import tempfile
from collections.abc import Callable

from .messages import Task
from .parent import OPEN_FILES


def limit_resources(task: Task) -> None:
    """Put limits on this process and all that come from it; no process can raise them again.

    Memory is the data segment's, which counts what a program allocates. The address space would
    count the libraries too, and those of a CUDA build alone take several gigabytes of it.
    """
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: task.file_bytes,
        resource.RLIMIT_DATA: task.memory_bytes,
    }
    if task.processes is not None:
        limits[resource.RLIMIT_NPROC] = task.processes
    for kind, amount in limits.items():
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            amount = min(amount, hard)
        resource.setrlimit(kind, (amount, amount))


class Descriptors:
    """What is written to descriptors 1 and 2 themselves, by C code and by other programs.

    It is gathered in a file without a name and handed on after each cell: no thread is needed,
    which a fork would lose.
    """

    def __init__(self) -> None:
        self._files: dict[int, int] = {}
        for descriptor in (1, 2):
            with tempfile.TemporaryFile() as file:
                self._files[descriptor] = os.dup(file.fileno())
            flags = fcntl.fcntl(self._files[descriptor], fcntl.F_GETFL)
            fcntl.fcntl(self._files[descriptor], fcntl.F_SETFL, flags | os.O_APPEND)
            os.dup2(self._files[descriptor], descriptor)

    def hand_on(self, stream: Callable[[str, str], None], most: int) -> None:
        """Give what has come to `stream(name, text)`, `most` bytes of each, and forget it."""
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            file = self._files[descriptor]
            try:
                raw = os.pread(file, most + 1, 0)
                os.ftruncate(file, 0)
            except OSError:  # a cell has closed it
                continue
            if raw:
                stream(name, raw.decode("utf-8", "replace"))


def silence_descriptors() -> None:
    """Let descriptors 1 and 2 lead nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
