"""The warm parent: it forks guests, and never runs a student's code itself.

It knows nothing but what every guest may know, keeps nothing of any of them, and hears the grader
alone: the line between grader and guest is made by the grader and only passed on here. A guest is
two processes: the first closes the door of the room, forks the second and waits to report how that
ended; when the first is killed, all in the room go with it. The second runs the notebook.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from . import linux
from .files import copy_files
from .forks import fork
from .rooms import Order, Room

OPEN_FILES = 512
_MOST_WORDS = 2000  # characters of a report
_REQUEST = 1 << 16  # bytes

Begin: TypeAlias = Callable[[int, list[str]], Callable[[], None]]


def serve(control: socket.socket, room: Room, begin: Begin) -> None:
    """Fork a guest for each request, until the grader hangs up.

    A request is an `Order` as plain data, with two or three descriptors: the guest's line to the
    grader, where to report how it ended, and perhaps the folder of files that it is to be given.
    A guest calls `begin(line, left_out)`, with the names of files that could not be copied, and
    then what that returns: only there does a student's code run.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    _settle(room)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)  # nobody looks into it, not even in its own account
    control.send(_say("ready"))
    while True:
        message, descriptors, *_ = socket.recv_fds(control, _REQUEST, 3)
        if not message:
            return
        _take_leave_of_the_dead()
        try:
            pid = room.fork()
        except OSError as error:
            control.send(_say(str(error)))
        else:
            if pid == 0:
                control.detach()
                _first_process(room, Order(**json.loads(message)), begin, descriptors)
            _pass_on(control, pid)
        for descriptor in descriptors:
            os.close(descriptor)


def _say(what: str) -> bytes:
    return json.dumps(what).encode()


def _settle(room: Room) -> None:
    """Leave nothing for a fork to copy that it does not need to."""
    gc.collect()
    with contextlib.suppress(OSError):
        linux.join_huge_pages(room.own_maps())
    gc.freeze()  # or a fork's first collection copies the whole heap
    gc.enable()


def _pass_on(control: socket.socket, pid: int) -> None:
    """Give the grader a descriptor of the process: its number means nothing out there."""
    descriptor = os.pidfd_open(pid)
    socket.send_fds(control, [_say("forked")], [descriptor])
    os.close(descriptor)


def _take_leave_of_the_dead() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


# -- in the guest ------------------------------------------------------------------------------


class _Leave(BaseException):
    """The grader wants the room back."""


def _first_process(room: Room, order: Order, begin: Begin, descriptors: list[int]) -> NoReturn:
    line, report, *files = descriptors
    try:
        room.enter(order)
        _close_all_but(line, report, *files)
        left_out = copy_files(files[0], Path.cwd()) if files else []
        for folder in files:
            os.close(folder)  # it leads to the grader's disk
        _listen(room)
        pid = fork()
        if pid == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            _second_process(room, order, begin, line, report, left_out)
        os.close(line)
        _tell(report, f"ended {_wait_for(pid)}")
    except _Leave:
        pass
    except BaseException:
        _tell(report, "failed " + traceback.format_exc()[-_MOST_WORDS:])
    finally:
        with contextlib.suppress(_Leave):
            room.sweep()
    os._exit(0)


def _listen(room: Room) -> None:
    """Hear the grader's wish for the room, or the parent's end, and no student.

    The first process of a namespace hears from inside only the signals that it has a handler for,
    so it has none: the grader kills it, and the room ends with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python has set a handler
    end = signal.SIGKILL
    if room.has_to_be_swept:
        end = signal.SIGTERM
        signal.signal(end, _leave)
    linux.prctl(linux.PR_SET_PDEATHSIG, end)


def _second_process(
    room: Room, order: Order, begin: Begin, line: int, report: int, left_out: list[str]
) -> NoReturn:
    try:
        room.confine(order)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # another user's process loses it
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # the grader looks how much memory it uses
        go_on = begin(line, left_out)
    except BaseException:
        _tell(report, "failed " + traceback.format_exc()[-_MOST_WORDS:])
        os._exit(1)
    os.close(report)
    go_on()
    os._exit(0)


def _leave(*_: object) -> NoReturn:
    raise _Leave


def _tell(report: int, says: str) -> None:
    with contextlib.suppress(OSError):
        os.write(report, says.encode("utf-8", "replace"))


def _wait_for(pid: int) -> int:
    """Bury whoever dies in the room until `pid` does; returns its exit status, as Python has it."""
    while True:
        dead, status = os.wait()
        if dead == pid:
            return os.waitstatus_to_exitcode(status)


def _close_all_but(*descriptors: int) -> None:
    os.dup2(1, 2)  # standard output leads nowhere; standard error is the parent's, to the grader
    last = 2
    for descriptor in (*sorted(descriptors), os.sysconf("SC_OPEN_MAX")):
        os.closerange(last + 1, descriptor)
        last = descriptor
