"""The system calls of Linux that Python has no name for."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys

# Looked up now: a library that is loaded after a fork may find its lock taken.
_libc = ctypes.CDLL(None, use_errno=True)
_libc_with_lock = ctypes.PyDLL(None, use_errno=True)  # keeps Python's lock: the child must hold it

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
NEW_NAMESPACES = {
    "mount": 0x00020000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}
_CALLS = {  # machine -> numbers of clone, capset, keyctl
    "x86_64": (56, 126, 250),
    "aarch64": (220, 91, 219),
}
_CAPABILITY_VERSION = 0x20080522
_KEYCTL_JOIN_SESSION_KEYRING = 1
_MADV_COLLAPSE = 25
_HUGE = 1 << 21  # bytes


def known() -> bool:
    """Whether the numbers of this machine's system calls are known here."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def fork_into_namespaces() -> int:
    """Fork as `os.fork` does; the child stands in new namespaces, as the first process of its own.

    The C library is not told, so the caller must have one thread only, and no library that keeps
    threads of its own. Raises `OSError`.
    """
    flags = sum(NEW_NAMESPACES.values()) | signal.SIGCHLD
    arguments = [ctypes.c_ulong(each) for each in (flags, 0, 0, 0, 0)]
    python = ctypes.pythonapi
    python.PyOS_BeforeFork()
    pid: int = _libc_with_lock.syscall(ctypes.c_long(_number(0)), *arguments)
    if pid == 0:
        python.PyOS_AfterFork_Child()
    else:
        python.PyOS_AfterFork_Parent()
    if pid < 0:
        raise _error("clone")
    return pid


def prctl(option: int, *arguments: int) -> None:
    """Raises `OSError`."""
    if _libc.prctl(option, *(ctypes.c_ulong(each) for each in (*arguments, 0, 0, 0, 0)[:4])):
        raise _error(f"prctl {option}")


def mount_memory(path: str, size: int, mode: str) -> None:
    """Put an empty folder in memory over `path`. Raises `OSError`."""
    options = f"size={size},mode={mode},nr_inodes=65536".encode()
    if _libc.mount(b"tmpfs", path.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, options):
        raise _error(f"mount {path}")


def mount_processes(path: str) -> None:
    """Put over `path` what the kernel says of the processes of this namespace. Raises `OSError`."""
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    if _libc.mount(b"proc", path.encode(), b"proc", flags, None):
        raise _error(f"mount {path}")


def drop_capabilities() -> None:
    """Give up all capabilities; without new privileges, no program gives them back."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    system_call(_number(1), struct.pack("Ii", _CAPABILITY_VERSION, 0), bytes(24))


def new_session_keyring() -> None:
    """Leave the keyring that was inherited; does nothing where the kernel has none."""
    with contextlib.suppress(OSError):
        system_call(_number(2), _KEYCTL_JOIN_SESSION_KEYRING, None)


def join_huge_pages(maps: str) -> None:
    """Move this process's own memory to huge pages, so that a fork has less to copy.

    `maps` is the text of /proc/self/maps. A fork of 240 MB in small pages takes 17 ms, in huge
    ones 5. Only a wish: kernels before 6.1 refuse it.
    """
    for line in maps.splitlines():
        bounds, rights, *_, name = f"{line} ".split(" ", 5)
        if rights == "rw-p" and name.strip() in ("", "[heap]"):
            start, end = (int(each, 16) for each in bounds.split("-"))
            start, end = -(-start // _HUGE) * _HUGE, end // _HUGE * _HUGE
            if start < end:
                length = ctypes.c_size_t(end - start)
                _libc.madvise(ctypes.c_void_p(start), length, _MADV_COLLAPSE)


def system_call(number: int, *arguments: int | bytes | None) -> int:
    """Call the kernel by number. Raises `OSError`."""
    plain = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *plain)
    if result < 0:
        raise _error(f"system call {number}")
    return result


def _number(position: int) -> int:
    return _CALLS[platform.machine()][position]


def _error(what: str) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, f"{what}: {os.strerror(code)}")
