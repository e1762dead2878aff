"""The guest: runs a notebook's cells, leaves snapshots where it is asked to, answers probes.

It starts as `main(root, descriptor)`: `root` is the folder in which the sandbox shows what it
mounts, `descriptor` the line to the grader. All of this runs in the student's process, so nothing
here guards the grade: what must hold is checked at the other end of the line.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import torch

from . import snapshots
from .channel import Channel, Closed
from .confine import Descriptors, copy_files, limit_resources, silence_descriptors
from .messages import Task, decode_task
from .outputs import Outputs
from .shell import GuestShell, make_shell
from .snapshots import Snapshot
from .wire import WireError


class CellTimeout(KeyboardInterrupt):
    """A cell ran for too long. An interrupt, so that `except Exception` lets it pass."""


def main(root: str, descriptor: int) -> None:
    """Do one task, from the first message on the line to the last."""
    os.set_inheritable(descriptor, False)
    channel = Channel(socket.socket(fileno=descriptor))
    try:
        _run(channel, Path(root))
    except Closed:
        pass
    finally:
        os._exit(0)  # the student's atexit hooks and destructors have nothing to do here


def _run(channel: Channel, root: Path) -> None:
    torch.set_num_threads(1)
    task = decode_task(channel.receive())
    left_out = copy_files(root / "files", Path.cwd()) if (root / "files").exists() else []
    outputs = Outputs(task.output_bytes_per_cell, task.output_bytes)
    shell = make_shell(outputs)
    notebook = _Notebook(task, shell, outputs, channel)
    sys.path.remove(str(root))
    sys.path.insert(0, "")  # a notebook imports what lies beside it; the guest has all it needs
    sys.argv = [""]
    gc.collect()
    gc.freeze()  # or a fork's first collection copies the whole heap
    limit_resources(task)
    channel.send({"kind": "ready", "left_out": left_out[:20]})
    taken = notebook.run_cells()
    channel.send({"kind": "done"})
    _answer(channel, taken)


def _answer(channel: Channel, taken: dict[int, Snapshot]) -> None:
    """Pass the grader's probes on to the snapshots, and their answers back, until it hangs up."""
    while True:
        request = channel.receive()
        snapshot = taken.pop(request["cell"], None)
        if snapshot is not None:
            for frame in snapshot.frames(request):
                channel.send_frame(frame)
        channel.send({"kind": "answered", "cell": request["cell"]})


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
        self._outputs.mute()
        return taken

    def _take(self, index: int, taken: dict[int, Snapshot]) -> None:
        with contextlib.suppress(OSError):  # too many processes, too little memory
            taken[index] = snapshots.take(self._shell.user_ns, self._channel, self._be_quiet)
        self._channel.send({"kind": "snapshot", "cell": index, "taken": index in taken})

    def _be_quiet(self) -> None:
        self._outputs.mute()
        silence_descriptors()

    def _run_cell(self, index: int, source: str, seconds: float) -> None:
        self._outputs.begin(index)
        self._shell.execution_count = self._task.numbers[index]
        self._outcomes[index] = self._execute(source, seconds)
        if os.getpid() == self._pid:
            self._descriptors.hand_on(self._outputs.stream, self._task.output_bytes_per_cell)
            self._report()

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

    def _report(self) -> None:
        for index, cell in self._outputs.take_changed().items():
            report = {"kind": "cell", "cell": index, "outcome": self._outcomes[index]}
            try:
                self._channel.send(report | {"outputs": cell.finished(), "cut": cell.cut})
            except WireError:  # each output could be sent, but all of them are too much
                self._channel.send(report | {"outputs": [], "cut": True})
