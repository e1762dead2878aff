"""The rungs between: what guests may read where there are no namespaces, and who they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.sandbox.bubblewrap import ABOUT_PROCESSOR, FROM_ETC, shown_by_system
from autograder.sandbox.equipment import NOTHING, Equipment
from autograder.sandbox.interpreter import find_interpreter

_ALL_USERS = 1 << 32  # where no user namespace makes them fewer
_FIRST_USER, _FIRST_OF_FEW = 3_000_000_000, 20_000


def describe(
    folders: Iterable[Path], *, other_user: bool, equipment: Equipment = NOTHING
) -> dict[str, Any]:
    """What the warm parent is told of the walls. `folders` are shown besides the environment."""
    interpreter = find_interpreter()
    hidden = {Path.cwd().resolve()}
    for masked in interpreter.masked:
        for outside, inside in interpreter.shown.items():
            if masked.is_relative_to(inside):
                hidden.add(outside / masked.relative_to(inside))
        hidden.add(masked)
    shown = [Path(path) for path in (*shown_by_system(), "/lib", "/lib64", "/bin")]
    shown += [*interpreter.shown, Path(sys.prefix, "bin"), Path(sys.prefix, "pyvenv.cfg")]
    shown += [Path("/etc", name) for name in FROM_ETC]
    shown += [Path(path) for path in ABOUT_PROCESSOR] + [folder.resolve() for folder in folders]
    shown += equipment.readable
    devices = [str(path) for path in equipment.devices]
    return {
        "room": "walled",
        "readable": [str(path) for each in shown for path in _without(each, hidden)],
        # a folder that is not to be read whole must be listed, or nothing in it can be imported
        "listable": [str(each) for each in shown if _covers(each, hidden)],
        # the driver of a GPU gives its threads names, in /proc
        "devices": [*devices, "/proc/self"] if equipment.gpu else devices,
        "first_user": _first_user() if other_user else None,
    }


def _without(path: Path, hidden: set[Path]) -> Iterator[Path]:
    """`path`, or what is in it, such that nothing hidden is below."""
    if path in hidden or not path.exists():
        return
    if not _covers(path, hidden):
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            yield from _without(child, hidden)


def _covers(path: Path, hidden: set[Path]) -> bool:
    return any(each.is_relative_to(path) for each in hidden)


def _first_user() -> int:
    """Users from here on are nobody: far above all others, or where a container has only few."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    known = sum(int(line.split()[2]) for line in lines)
    return _FIRST_USER if known >= _ALL_USERS - 1 else _FIRST_OF_FEW


def may_change_user() -> bool:
    """Whether this process may try to become another user: it is root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
