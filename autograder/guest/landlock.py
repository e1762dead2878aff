"""Landlock: a process gives up files and signals, for itself and all that come from it.

https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable

from .linux import PR_SET_NO_NEW_PRIVS, prctl, system_call

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # one number on all machines
_TELL_VERSION = 1
_RULE_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_IOCTL_OF_DEVICES = 1 << 15  # from version 5 on; before, nothing is in the way
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | _IOCTL_OF_DEVICES  # and truncate
_ALL_SIGNALS_AND_ABSTRACT_SOCKETS = 3
_NUMBER_OF_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}  # by version; 16 from 5 on
SCOPES_SIGNALS = 6  # the first version that does


def version() -> int:
    """Of the kernel's Landlock; 0 if it has none."""
    try:
        return system_call(_CREATE_RULESET, None, 0, _TELL_VERSION)
    except OSError:
        return 0


def restrict_files(
    readable: Iterable[str],
    listable: Iterable[str],
    own: Iterable[str],
    devices: Iterable[str] = (),
) -> None:
    """Leave of all files what is below some paths: to be read and run, listed, or used at will.

    Below `devices` files are read, written and controlled, but not made. Paths that are not there
    count for nothing. Raises `OSError`.
    """
    every_right = (1 << _NUMBER_OF_RIGHTS.get(version(), 16)) - 1
    ruleset = system_call(_CREATE_RULESET, struct.pack("Q", every_right), 8, 0)
    try:
        for paths, rights in (
            (readable, _EXECUTE | _READ_FILE | _READ_DIR),
            (listable, _READ_DIR),
            (own, every_right),
            (devices, (_READ_DIR | _FOR_FILES & ~_EXECUTE) & every_right),
        ):
            for path in paths:
                _allow(ruleset, path, rights)
        _restrict_self(ruleset)
    finally:
        os.close(ruleset)


def restrict_signals() -> None:
    """From now on reach, of all processes, only those that come from this one. Raises `OSError`."""
    attributes = struct.pack("QQQ", 0, 0, _ALL_SIGNALS_AND_ABSTRACT_SOCKETS)
    ruleset = system_call(_CREATE_RULESET, attributes, len(attributes), 0)
    try:
        _restrict_self(ruleset)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FOR_FILES
        rule = struct.pack("=Qi", rights, place)
        system_call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(place)


def _restrict_self(ruleset: int) -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    system_call(_RESTRICT_SELF, ruleset, 0)
