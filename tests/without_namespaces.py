"""Run a command as a plain container would: where Linux refuses to make namespaces.

    sudo python3 tests/without_namespaces.py make test              # as root in a container
    python3 tests/without_namespaces.py make test                   # as an ordinary user
    sudo python3 tests/without_namespaces.py --user ada make demo   # as the ordinary user ada

Containers commonly run under a seccomp filter that refuses namespaces, and without the capability
to do what needs an administrator. Both are applied here to this process, which then becomes the
command: `unshare` and `setns` are refused, `clone` is when it asks for a namespace, and `clone3`
looks like an old kernel's, so that the C library falls back to `clone`. Root keeps the
capabilities that containers usually grant. Whatever the command starts inherits all of it.

Linux only. Only the standard library is used: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import platform
import pwd
import struct
import sys

# Flags of clone(2) that ask for a namespace: mount, cgroup, uts, ipc, user, pid, net.
NAMESPACE_FLAGS = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x60000000

# What container engines leave to root: chown, dac_override, fowner, fsetid, kill, setgid, setuid,
# setpcap, net_bind_service, net_raw, sys_chroot, mknod, audit_write, setfcap.
KEPT_CAPABILITIES = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}

# machine -> (audit architecture, numbers of clone, clone3, unshare, setns)
SYSTEM_CALLS = {
    "x86_64": (0xC000003E, 56, 435, 272, 308),
    "aarch64": (0xC00000B7, 220, 435, 97, 268),
}

PR_CAPBSET_DROP, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 24, 22, 38
SECCOMP_MODE_FILTER = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000  # the low 16 bits of REFUSE hold the errno

# Berkeley packet filter: load a word of struct seccomp_data, jump if equal or if bits are set, end.
LOAD, JUMP_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets; the argument's low half comes first

libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """`struct sock_fprog`: the number of instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def filter_program(machine: str) -> bytes:
    """The filter's instructions, eight bytes each; KeyError for a machine that is not listed."""
    architecture, clone, clone3, unshare, setns = SYSTEM_CALLS[machine]
    not_permitted, no_such_call = REFUSE | errno.EPERM, REFUSE | errno.ENOSYS
    instructions = [  # operation, jump if true, jump if false, operand
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 0, 7, architecture),  # 32-bit programs are let through: none is used here
        (LOAD, 0, 0, NUMBER),
        (JUMP_EQUAL, 6, 0, unshare),
        (JUMP_EQUAL, 5, 0, setns),
        (JUMP_EQUAL, 5, 0, clone3),
        (JUMP_EQUAL, 0, 2, clone),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_SET, 1, 0, NAMESPACE_FLAGS),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, not_permitted),
        (RETURN, 0, 0, no_such_call),
    ]
    return b"".join(struct.pack("=HBBI", *each) for each in instructions)


def _prctl(option: int, *arguments: object) -> None:
    if libc.prctl(option, *arguments, *[ctypes.c_ulong(0)] * (4 - len(arguments))) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")


def refuse_namespaces() -> None:
    """Install the filter for this process and all that it starts."""
    instructions = filter_program(platform.machine())
    program = _Program(len(instructions) // 8, instructions)
    install = (PR_SET_SECCOMP, ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(program))
    try:
        _prctl(*install)
    except PermissionError:  # only an administrator may filter and keep set-user-id programs
        _prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1))
        _prctl(*install)


def drop_capabilities() -> None:
    """Give up what root in a container lacks; the command never gets it back."""
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in set(range(last + 1)) - KEPT_CAPABILITIES:
        _prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability))


def become(user: str) -> None:
    """Change to an ordinary user, with that user's groups and home."""
    entry = pwd.getpwnam(user)
    os.initgroups(user, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)
    os.environ.update(HOME=entry.pw_dir, USER=user, LOGNAME=user)


def main() -> None:
    """Apply the restrictions, then become the command."""
    parser = argparse.ArgumentParser(description="Run a command where namespaces are refused.")
    parser.add_argument("--user", help="run the command as this ordinary user (needs root)")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the command and its arguments")
    options = parser.parse_args()
    if not options.command:
        parser.error("no command given, for example: make test")
    if sys.platform != "linux" or platform.machine() not in SYSTEM_CALLS:
        parser.error(f"works on Linux on {' and '.join(SYSTEM_CALLS)} only")
    refuse_namespaces()
    if os.geteuid() == 0:
        drop_capabilities()
    if options.user:
        become(options.user)
    os.execvp(options.command[0], options.command)


if __name__ == "__main__":
    main()
