"""A guest's process as the grader sees it, however it was started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
from pathlib import Path
from typing import Protocol

_MOST_WORDS = 2000  # characters
_MOST_REPORT = 1 << 14  # bytes
_KILL_SECONDS = 5.0


class GuestProcess(Protocol):
    """What a conversation needs to know of the process at the other end."""

    @property
    def pid(self) -> int:
        """It and its descendants are what the guest consists of."""

    def ended(self, seconds: float = 0.0) -> str | None:
        """How it ended, for a reader; None if it has not within so many seconds."""

    def last_words(self) -> str:
        """What it said about its own failure to start, for the grader's log."""


class StartedProcess:
    """A guest that was started as a program of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    def ended(self, seconds: float = 0.0) -> str | None:
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        return how_it_ended(status)

    def last_words(self) -> str:
        assert self._process.stderr is not None
        os.set_blocking(self._process.stderr.fileno(), False)
        said = self._process.stderr.read() or b""
        return said.decode("utf-8", "replace")[-_MOST_WORDS:]


class ForkedProcess:
    """A guest that a warm parent has forked.

    `process` is a descriptor of its first process (a pidfd), `report` the reading end of the pipe
    on which that process says how the second ended. The former is closed by `close`. With `sweeps`
    the first process has to be asked to end the others; else they end with it.
    """

    def __init__(self, process: int, report: int, *, sweeps: bool) -> None:
        self._process, self._report, self._sweeps = process, report, sweeps
        self._said: str | None = None
        self.pid = _number(process)

    def ended(self, seconds: float = 0.0) -> str | None:
        if self._said is None and _readable(self._report, seconds):
            said = os.read(self._report, _MOST_REPORT)
            self._said = said.decode("utf-8", "replace")
        if self._said is None:
            return None
        match self._said.split(" ", 1):
            case ["ended", status]:
                return how_it_ended(int(status))
            case ["failed", _]:
                return "its process could not be set up"
        return how_it_ended(-signal.SIGKILL)

    def last_words(self) -> str:
        return (self._said or "")[-_MOST_WORDS:]

    def close(self) -> None:
        """Kill all of it, and wait until it is gone."""
        for number in [signal.SIGTERM, signal.SIGKILL] if self._sweeps else [signal.SIGKILL]:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, number)
            if _readable(self._process, _KILL_SECONDS):
                break
        os.close(self._process)


def how_it_ended(status: int) -> str:
    """An exit status as `subprocess` has it, in words."""
    number = -status if status < 0 else status - 128  # bubblewrap adds 128 to a signal
    if number > 0:
        return f"its process was ended by a signal ({signal.strsignal(number)})"
    return f"its process ended (exit status {status})"


def _readable(descriptor: int, seconds: float) -> bool:
    """Wait until there is something to read, or, from a process, until it is dead."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _number(process: int) -> int:
    """The number, here, of the process that a descriptor refers to."""
    for line in Path(f"/proc/self/fdinfo/{process}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise OSError("the descriptor is none of a process")
