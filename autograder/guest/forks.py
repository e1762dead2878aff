"""Forks that die with their parent, and how they are ended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import warnings

from .linux import PR_SET_PDEATHSIG, prctl


def fork() -> int:
    """Fork; the child dies with its parent."""
    parent = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python 3.12 warns if the student has started threads
        pid = os.fork()
    if pid == 0:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if sys.platform == "linux":
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it died before that was set
                os._exit(0)
    return pid


def fork_group() -> int:
    """Fork as `fork` does; the child leads a process group of its own."""
    pid = fork()
    if pid == 0:
        os.setpgid(0, 0)
    return pid


def kill_group(pid: int) -> None:
    """Kill the group that the child `pid` leads, and take leave of the child."""
    for kill in (os.killpg, os.kill):  # the child may not have come to lead a group yet
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            continue
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
