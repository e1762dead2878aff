"""Where a forked guest finds itself: the walls around it, as seen from inside.

A room forks the first process of a guest (`fork`) and closes its door (`enter`); the second one may
close another (`confine`). What comes after that cannot open them again.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from . import linux
from .refuse import refuse_system_calls

_SHARED_MEMORY = 64 << 20  # bytes
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1
_FOLDER = "notebook"  # in HOME


@dataclass(frozen=True)
class Order:
    """What the grader asks of a room: so many bytes of files at most, and a folder of its own.

    `place` is "" where the room makes the folder itself.
    """

    file_bytes: int
    place: str = ""


class Room(Protocol):
    """A way to keep guests apart from their parent, from each other and from the machine."""

    has_to_be_swept: ClassVar[bool]
    """Whether others live on in it when its first process has ended."""

    def fork(self) -> int:
        """Fork the first process of a guest. Raises `OSError`."""

    def enter(self, order: Order) -> None:
        """Close the door, in the first process. Raises `OSError`."""

    def confine(self, order: Order) -> None:
        """Do, in the second process, what the first must not have done. Raises `OSError`."""

    def sweep(self) -> None:
        """Kill all in the room, in the first process, where its own end does not."""

    def own_maps(self) -> str:
        """The text of /proc/self/maps, "" if it cannot be had."""


@dataclass(frozen=True)
class Namespaces:
    """New namespaces of every kind, with empty folders over all that can be written to.

    `proc` is a descriptor of a /proc that guests never see: it is needed to say who the user of a
    namespace is, and closed before anything else happens. With `own_processes`, what guests see of
    /proc are their own processes, which a GPU's driver asks for; else they see none.
    """

    has_to_be_swept: ClassVar[bool] = False

    proc: int
    own_processes: bool = False

    def fork(self) -> int:
        return linux.fork_into_namespaces()

    def enter(self, order: Order) -> None:
        user, group = 1000, 1000  # whom bubblewrap has made of us
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or the files below belong to nobody
        self._write("setgroups", "deny")
        self._write("uid_map", f"{user} {user} 1")
        self._write("gid_map", f"{group} {group} 1")
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        os.close(self.proc)
        if self.own_processes:
            linux.mount_processes("/proc")
        home = os.environ["HOME"]
        linux.mount_memory("/dev/shm", _SHARED_MEMORY, "1777")
        linux.mount_memory("/tmp", order.file_bytes, "1777")
        linux.mount_memory(home, order.file_bytes, "0700")
        _stand_in(home)
        _raise_loopback()
        linux.new_session_keyring()
        linux.drop_capabilities()
        refuse_system_calls()

    def confine(self, order: Order) -> None:
        pass  # the first process has done it for both

    def sweep(self) -> None:
        pass  # the namespace of processes ends with its first one

    def own_maps(self) -> str:
        with open("self/maps", opener=self._open) as file:
            return file.read()

    def _write(self, name: str, text: str) -> None:
        with open(f"self/{name}", "w", opener=self._open) as file:
            file.write(text)

    def _open(self, path: str, flags: int) -> int:
        return os.open(path, flags, dir_fd=self.proc)


@dataclass(frozen=True)
class Open:
    """No walls at all: a session and a folder of its own."""

    has_to_be_swept: ClassVar[bool] = True

    def fork(self) -> int:
        return os.fork()

    def enter(self, order: Order) -> None:
        os.setsid()
        _settle_in(order.place)

    def confine(self, order: Order) -> None:
        pass

    def sweep(self) -> None:
        os.killpg(0, signal.SIGKILL)  # this process too

    def own_maps(self) -> str:
        return Path("/proc/self/maps").read_text()


def _settle_in(place: str) -> None:
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = place
    _stand_in(place)


def _stand_in(home: str) -> None:
    folder = os.path.join(home, _FOLDER)
    os.mkdir(folder)
    os.chdir(folder)


def _raise_loopback() -> None:
    """Let a notebook talk to itself over 127.0.0.1, as it can anywhere."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))
