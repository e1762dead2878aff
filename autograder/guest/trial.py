"""A guest that tries what none may be able to do: a rung is chosen by what it refuses."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import tempfile
from collections.abc import Callable
from functools import partial

from .parent import serve
from .walls import move_in

_PTRACE_ATTACH, _NEW_USER = 16, 0x10000000
_MOST = 1 << 16  # bytes


def main(root: str, control: int) -> None:
    """Fork guests that try, for the grader at the other end of the descriptor `control`."""
    line = socket.socket(fileno=control)
    serve(
        line,
        move_in(line),
        lambda descriptor, _: partial(_report, socket.socket(fileno=descriptor)),
    )


def _report(line: socket.socket) -> None:
    """Hear what is forbidden, and tell what could be done all the same, or what could not be."""
    forbidden = json.loads(line.recv(_MOST))
    try:
        import numpy  # noqa: F401 -- that a guest finds its packages is a part of the trial

        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except Exception as error:
        said = [f"a guest cannot work: {str(error).strip().splitlines()[-1]}"]
    else:
        said = [what for what, attempt in _attempts(forbidden) if _succeeds(attempt)]
    line.sendall(json.dumps(said).encode())


def _attempts(forbidden: dict[str, str | int]) -> list[tuple[str, Callable[[], object]]]:
    libc = ctypes.CDLL(None, use_errno=True)
    return [
        ("a guest reads the grader's files", lambda: open(forbidden["file"]).read()),
        ("a guest sees the grader's process", lambda: os.kill(int(forbidden["process"]), 0)),
        (
            "a guest reaches the grader's network",
            lambda: socket.create_connection(("127.0.0.1", forbidden["port"]), 1),
        ),
        (
            "a guest traces processes",
            lambda: _call(libc.ptrace(_PTRACE_ATTACH, os.getppid(), 0, 0)),
        ),
        ("a guest makes namespaces", lambda: _call(libc.unshare(_NEW_USER))),
    ]


def _call(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
