"""The guest: runs a notebook's cells, remembers it where it is asked to, answers probes.

All of this runs in the student's process, so nothing here guards the grade: what must hold is
checked at the other end of the line.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from . import snapshots
from .channel import Channel, Closed
from .confine import Descriptors, limit_resources, silence_descriptors
from .messages import Task, decode_task
from .outputs import Outputs
from .reach import Reach, reach
from .reports import send_changed
from .shell import GuestShell, take_over
from .snapshots import Snapshot
from .wire import pack

_HELD_SECONDS = 0.02  # how long an answer may wait for others


class CellTimeout(KeyboardInterrupt):
    """A cell ran for too long. An interrupt, so that `except Exception` lets it pass."""


def begin(shell: GuestShell, line: int, left_out: list[str]) -> Callable[[], None]:
    """Hear what the task is and get ready for it. What is returned does it, and does not return.

    `line` is the descriptor of the line to the grader, `left_out` names files that were handed in
    and could not be copied. No student's code has run yet when this returns.
    """
    os.set_inheritable(line, False)
    channel = Channel(socket.socket(fileno=line))
    task = decode_task(channel.receive())
    outputs = Outputs(task.output_bytes_per_cell, task.output_bytes)
    take_over(shell, outputs)
    notebook = _Notebook(task, shell, outputs, channel)
    gc.freeze()  # or a snapshot's first collection copies the whole heap
    limit_resources(task)
    channel.send({"kind": "ready", "left_out": left_out[:20]})
    return partial(_run, notebook, channel)


def _run(notebook: _Notebook, channel: Channel) -> None:
    try:
        taken = notebook.run_cells()
        channel.send({"kind": "done"})
        _answer(channel, taken)
    except Closed:
        pass
    finally:
        os._exit(0)  # the student's atexit hooks and destructors have nothing to do here


def _answer(channel: Channel, taken: dict[int, Snapshot]) -> None:
    """Pass the grader's probes on to the snapshots, and their answers back, until it hangs up.

    Answers that come together are sent together: each message wakes the grader.
    """
    while True:
        request = channel.receive()
        snapshot = taken.pop(request["cell"], None)
        held, since = bytearray(), time.monotonic()
        for frame in snapshot.frames(request) if snapshot is not None else ():
            held += frame
            if time.monotonic() - since > _HELD_SECONDS:
                channel.send_frame(held)
                held, since = bytearray(), time.monotonic()
        channel.send_frame(held + pack({"kind": "answered", "cell": request["cell"]}))


class _Notebook:
    """The cells of one task, and where they stand."""

    def __init__(self, task: Task, shell: GuestShell, outputs: Outputs, channel: Channel) -> None:
        self._task, self._shell, self._outputs, self._channel = task, shell, outputs, channel
        self._descriptors = Descriptors()
        self._pid = os.getpid()
        self._outcomes: dict[int, str] = {}
        self._interrupted = False
        self._running = False

    def run_cells(self) -> dict[int, Snapshot]:
        """Run the cells in order and report each. Returns the snapshots taken."""
        taken: dict[int, Snapshot] = {}
        until = time.monotonic() + self._task.notebook_seconds
        for index, source in self._task.sources.items():
            left = until - time.monotonic()
            if left <= 0:
                break  # the snapshots that there are can still answer
            if index in self._task.snapshots:
                self._take(index, taken)
            else:
                self._run_cell(index, source, min(self._task.cell_seconds, left))
            if os.getpid() != self._pid:
                os._exit(0)  # a cell has forked, and this is its child
        self._be_quiet()
        return taken

    def _take(self, index: int, taken: dict[int, Snapshot]) -> None:
        namespace, careful = self._shell.user_ns, self._task.careful
        later = [source for i, source in self._task.sources.items() if i > index]
        if not later and not careful:
            taken[index] = snapshots.Present(namespace)
        elif not careful and (reached := self._reach(index, later)):
            taken[index] = snapshots.Present(namespace, reached)
        else:
            with contextlib.suppress(OSError):  # too many processes, too little memory
                taken[index] = snapshots.pause(namespace, self._channel, self._be_quiet, careful)
        self._channel.send({"kind": "snapshot", "cell": index, "taken": index in taken})

    def _reach(self, index: int, later: list[str]) -> Reach | None:
        """What a probed cell's functions reach, if the cells to come seem to leave it alone."""
        reached = reach(self._task.snapshots[index], self._shell.user_ns, self._shell.library)
        return reached if reached and not reached.is_bound_in("\n".join(later)) else None

    def _be_quiet(self) -> None:
        self._outputs.mute()
        silence_descriptors()

    def _run_cell(self, index: int, source: str, seconds: float) -> None:
        self._outputs.begin(index)
        self._shell.execution_count = self._task.numbers[index]
        self._outcomes[index] = self._execute(source, seconds)
        if os.getpid() == self._pid:
            self._descriptors.hand_on(self._outputs.stream, self._task.output_bytes_per_cell)
            send_changed(self._channel, self._outputs, self._outcomes)

    def _execute(self, source: str, seconds: float) -> str:
        self._interrupted, self._running = False, True
        signal.signal(signal.SIGALRM, self._interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        succeeded = False
        try:
            succeeded = self._shell.run_cell(source, store_history=True).success
        except BaseException:  # whatever a cell has done to the shell is that cell's error
            with contextlib.suppress(BaseException):
                self._shell.showtraceback()
        finally:
            self._running = False
            signal.setitimer(signal.ITIMER_REAL, 0)
        if self._interrupted:
            return "timeout"
        return "ok" if succeeded else "error"

    def _interrupt(self, *_: Any) -> None:
        if self._running:
            self._interrupted = True
            raise CellTimeout("this cell ran for too long and was stopped")
