"""A warm parent as the grader has it: asked for guests, and started anew if it is lost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.records import Limits
from autograder.sandbox import walls
from autograder.sandbox.equipment import NOTHING, Equipment
from autograder.sandbox.isolation import Isolation, Program
from autograder.sandbox.process import ForkedProcess, StartedProcess
from autograder.sandbox.start import start

START_SECONDS = 120.0  # imports on a slow disk; no student's code has run yet
_FORK_SECONDS = 20.0
_ATTEMPTS = 2
_SAY = 1 << 16  # bytes of a message from the parent
_PROGRAM = """\
import gc, sys
gc.disable()  # until all is imported: none of it is garbage, and looking takes a fifth of the time
root = sys.argv[1]
sys.path[:0] = [root, root + "/library"]
import guest.{module}
guest.{module}.main(root, {control})
"""


class GuestFailed(RuntimeError):
    """A guest could not be started: the grader's own failure, before any student's code ran."""


@dataclass
class _Running:
    """A parent that has said that it is ready."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    place: contextlib.ExitStack


class WarmParent:
    """Forks guests that run `module` of the guest's package; may be used from several threads.

    `folders` are what it and its guests find below their root. It keeps nothing of any guest: one
    that dies or falls silent is started anew.
    """

    def __init__(
        self,
        isolation: Isolation,
        folders: Mapping[str, Path],
        module: str,
        equipment: Equipment = NOTHING,
    ) -> None:
        self._isolation, self._folders, self._module = isolation, folders, module
        self._equipment = equipment
        self._turn = threading.Lock()
        self._running: _Running | None = None

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process that was started last, if it is in use."""
        return self._running.process if self._running else None

    def close(self) -> None:
        """End the parent, and with it all guests."""
        with self._turn:
            self._end()

    @contextlib.contextmanager
    def guest(
        self, line: socket.socket, limits: Limits, files: Path | None = None
    ) -> Iterator[ForkedProcess]:
        """A guest at the other end of `line`, while the context lasts.

        The line is only passed on: no parent hears what is said on it. Raises `GuestFailed` or
        `OSError`.
        """
        with contextlib.ExitStack() as stack:
            place = ""
            if not self._isolation.makes_folders:
                place = tempfile.mkdtemp(prefix="notebook-")
                stack.callback(shutil.rmtree, place, ignore_errors=True)
            order = json.dumps({"file_bytes": limits.file_bytes, "place": place}).encode()
            hear, say = os.pipe()
            stack.callback(os.close, hear)
            with open(say, "wb"), contextlib.ExitStack() as passed:
                descriptors = [line.fileno(), say]
                if files is not None:
                    descriptors.append(os.open(files, os.O_RDONLY | os.O_DIRECTORY))
                    passed.callback(os.close, descriptors[-1])
                first = self._fork(order, descriptors, limits)
            process = ForkedProcess(first, hear, sweeps=not self._isolation.makes_folders)
            stack.callback(process.close)
            yield process

    def _fork(self, order: bytes, passed: list[int], limits: Limits) -> int:
        """Let the parent fork a guest. Returns a descriptor of its first process."""
        with self._turn:
            for _ in range(_ATTEMPTS):
                if self._running is None:
                    self._running = self._start(limits)
                try:
                    return _request(self._running.control, order, passed)
                except (OSError, ValueError) as error:
                    why = str(error)
                    self._end()
            raise GuestFailed(f"no guest could be forked: {why}")

    def _start(self, limits: Limits) -> _Running:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with contextlib.ExitStack() as place:
            place.enter_context(ours)
            with theirs:
                code = _PROGRAM.format(module=self._module, control=theirs.fileno())
                program = Program(code, (), self._folders, (theirs.fileno(),), self._equipment)
                process = place.enter_context(start(self._isolation, program, limits))
            ours.settimeout(START_SECONDS)
            try:
                self._describe_room(ours)
                ready = json.loads(ours.recv(_SAY)) == "ready"
            except (OSError, ValueError):
                ready = False
            if not ready:
                raise GuestFailed(_why_not(process))
            return _Running(process, ours, place.pop_all())

    def _describe_room(self, control: socket.socket) -> None:
        match self._isolation.name:
            case "namespaces":
                proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
                try:
                    told = {"room": "namespaces", "own_processes": self._equipment.gpu}
                    socket.send_fds(control, [json.dumps(told).encode()], [proc])
                finally:
                    os.close(proc)
            case "none":
                control.send(b'{"room": "open"}')
            case name:
                shown = [each for where, each in self._folders.items() if where != "guest"]
                told = walls.describe(
                    shown, other_user=name == "other-user", equipment=self._equipment
                )
                control.send(json.dumps(told).encode())

    def _end(self) -> None:
        if self._running is not None:
            self._running.place.close()
            self._running = None


def _request(control: socket.socket, order: bytes, passed: list[int]) -> int:
    """Raises `OSError` (a `TimeoutError` among them) or `ValueError` if nothing good came back."""
    control.settimeout(_FORK_SECONDS)
    socket.send_fds(control, [order], passed)
    said, descriptors, *_ = socket.recv_fds(control, _SAY, 1)
    if not said:
        raise ConnectionError("the warm parent is gone")
    if json.loads(said) != "forked" or len(descriptors) != 1:
        raise ConnectionError(f"the warm parent says: {json.loads(said)}")
    return descriptors[0]


def _why_not(process: subprocess.Popen[bytes]) -> str:
    started = StartedProcess(process)
    ended = started.ended(1.0) or "it did not say that it was ready"
    return f"the warm parent could not be started: {ended}. {started.last_words()}"
