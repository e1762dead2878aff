"""A room where no namespaces are to be had: guests share the machine's, and are walled in."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import socket
import time
from dataclasses import dataclass

from . import landlock, linux
from .refuse import refuse_system_calls
from .rooms import Namespaces, Open, Order, Room

_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_USERS = 40_000  # a container may know no more than 65,536
_PAUSE = 0.005  # seconds
_MOST = 1 << 18  # bytes of a description


@dataclass(frozen=True)
class Walled(Open):
    """Where there are no namespaces: Landlock, a filter of system calls, perhaps another user.

    `readable`, `listable` and `devices` are the paths that Landlock leaves to guests besides their
    own folder; with `first_user`, each guest becomes a user that nobody else is. The first process
    stands between two walls, so that it can end all that is behind the inner one, and nothing from
    there can reach it.
    """

    readable: tuple[str, ...]
    listable: tuple[str, ...]
    first_user: int | None
    devices: tuple[str, ...] = ()

    def enter(self, order: Order) -> None:
        super().enter(order)
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # whoever is left behind becomes its child
        linux.new_session_keyring()
        if not self.first_user:
            landlock.restrict_signals()
            _expect_refusal(os.getppid())

    def confine(self, order: Order) -> None:
        first = os.getppid()
        if landlock.version() >= landlock.SCOPES_SIGNALS:
            landlock.restrict_signals()
        own = [order.place, *_DEVICES]
        landlock.restrict_files(self.readable, self.listable, own, self.devices)
        if self.first_user:
            user = self._user(first)
            for folder, _, names in os.walk(order.place):
                for name in (".", *names):
                    os.chown(os.path.join(folder, name), user, user)
            _change_user(user)
        linux.drop_capabilities()
        refuse_system_calls(sharing=False)
        _expect_refusal(first)

    def sweep(self) -> None:
        """Kill until nobody is left: a process may fork while it is being killed."""
        while _any_children():
            if not self.first_user:
                os.kill(-1, signal.SIGKILL)  # as far as the outer wall
            elif os.fork() == 0:
                _change_user(self._user(os.getppid()))
                os.kill(-1, signal.SIGKILL)
                os._exit(0)
            time.sleep(_PAUSE)

    def _user(self, first: int) -> int:
        """The user of the guest whose first process is `first`."""
        assert self.first_user is not None
        return self.first_user + first % _USERS


def _change_user(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _any_children() -> bool:
    """Bury the dead; whether anybody is left."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


def _expect_refusal(pid: int) -> None:
    """Raises `OSError` if this process could end that one."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return
    raise OSError(errno.EPERM, "signals reach beyond the wall")


def move_in(control: socket.socket) -> Room:
    """The room that the grader describes, as the first thing that it says."""
    said, descriptors, *_ = socket.recv_fds(control, _MOST, 1)
    match json.loads(said):
        case {"room": "namespaces", "own_processes": own}:
            return Namespaces(descriptors[0], own_processes=own)
        case {
            "room": "walled",
            "readable": readable,
            "listable": listable,
            "first_user": user,
            "devices": devices,
        }:
            return Walled(tuple(readable), tuple(listable), user, tuple(devices))
    return Open()
