"""The stand-in for a plain container really takes namespaces away, and only those."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).with_name("without_namespaces.py")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="the launcher filters the system calls of Linux on x86_64 and aarch64",
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code under the launcher."""
    command = [sys.executable, str(LAUNCHER), sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "call",
    [
        "libc.unshare(0)",
        "libc.setns(0, 0)",
        "libc.syscall({'x86_64': 56, 'aarch64': 220}[platform.machine()], 0x10000000, 0, 0, 0, 0)",
    ],
    ids=["unshare", "setns", "clone with CLONE_NEWUSER"],
)
def test_a_call_that_makes_or_enters_a_namespace_is_not_permitted(call: str):
    done = run(
        "import ctypes, errno, platform\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        f"print({call}, errno.errorcode[ctypes.get_errno()])"
    )
    assert done.stdout == "-1 EPERM\n", done.stderr


def test_threads_and_processes_start_as_ever():
    done = run(
        "import os, subprocess, sys, threading\n"
        "thread = threading.Thread(target=print, args=('thread',), kwargs={'flush': True})\n"
        "thread.start(); thread.join()\n"
        "subprocess.run([sys.executable, '-c', 'print(\"process\")'], check=True)\n"
        "if os.fork() == 0: print('fork', flush=True); os._exit(0)\n"
        "os.wait()"
    )
    assert done.stdout.split() == ["thread", "process", "fork"], done.stderr


def test_the_commands_own_exit_status_comes_back():
    assert run("raise SystemExit(7)").returncode == 7
