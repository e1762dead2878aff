"""`autograder grade` in a process of its own, which can be killed at any point.

It is forked, so that fifty runs need no fifty starts of Python.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import psutil
from disturbed.classroom import ASSIGNMENT

from autograder import cli
from autograder.engine import autograded, journal, record

_WRITERS = {module.__file__ for module in (autograded, journal, record)}
_MOST_SECONDS = 240.0


def start(root: Path, prepare: Callable[[], object] = lambda: None) -> psutil.Process:
    """Start grading; `prepare` is called in the new process before."""
    pid = os.fork()
    if pid == 0:
        _grade(root, prepare)
    return psutil.Process(pid)


def _grade(root: Path, prepare: Callable[[], object]) -> NoReturn:
    status = 70
    try:
        os.setsid()
        log = os.open(root / "run.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        prepare()
        arguments = ["grade", ASSIGNMENT, "--course", str(root), "--jobs", "2"]
        cli.app(arguments, standalone_mode=True)
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        os._exit(status)


def finish(process: psutil.Process) -> int:
    """Wait for it to end; its exit status, negative for a signal."""
    until = time.monotonic() + _MOST_SECONDS
    while time.monotonic() < until:
        pid, status = os.waitpid(process.pid, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    process.kill()
    os.waitpid(process.pid, 0)
    raise AssertionError(f"grading did not end within {_MOST_SECONDS:.0f} s")


# -- faults from within ----------------------------------------------------------------------


@dataclass
class Countdown:
    """Does something at the n-th call, or return from one, of the thread that writes.

    With `whole`, calls in libraries count as well, else only those that the writing modules make.
    The same number is the same point in each run, as far as the order of the submissions is.
    """

    n: int
    act: Callable[[], object]

    def arm(self, *, whole: bool) -> None:
        sys.setprofile(self._every if whole else self._ours)

    def _ours(self, frame: FrameType, event: str, _: Any) -> None:
        if frame.f_code.co_filename in _WRITERS:
            self._every(frame, event, _)

    def _every(self, frame: FrameType, event: str, _: Any) -> None:
        self.n -= 1
        if self.n == 0:
            sys.setprofile(None)
            self.act()


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# -- faults from without ---------------------------------------------------------------------


def warm_parent(process: psutil.Process) -> list[psutil.Process]:
    """The program that guests are forked from: the first Python below the coordinator."""
    return [each for each in _descendants(process) if "python" in _name(each)][:1]


def guests(process: psutil.Process) -> list[psutil.Process]:
    """All processes below the warm parent."""
    return [below for parent in warm_parent(process) for below in _descendants(parent)]


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


def kill_one(found: list[psutil.Process], chance: random.Random) -> bool:
    """Kill one of them; whether there was one."""
    if not found:
        return False
    try:
        chance.choice(found).send_signal(signal.SIGKILL)
    except psutil.Error:
        return False
    return True
