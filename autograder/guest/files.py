"""What was handed in besides the notebook is copied to where the notebook runs."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

_PIECE = 1 << 16  # bytes


def copy_files(source: int, destination: Path) -> list[str]:
    """Copy what was handed in besides the notebook. Returns the names of what could not be.

    `source` is a descriptor of the folder. Regular files and folders only: a link or a pipe in a
    submission is nobody's data.
    """
    left_out: list[str] = []
    for folder, _, names, place in os.fwalk(".", dir_fd=source):
        there = destination / folder
        there.mkdir(exist_ok=True)
        for name in names:
            try:
                _copy_file(name, place, there / name)
            except OSError:
                left_out.append(os.path.normpath(os.path.join(folder, name)))
    return left_out


def _copy_file(name: str, place: int, destination: Path) -> None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # neither follow a link nor wait for a pipe
    with open(name, "rb", opener=lambda path, _: os.open(path, flags, dir_fd=place)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError("not a regular file")
        if status.st_size > shutil.disk_usage(destination.parent).free // 2:
            raise OSError("too big: the notebook needs room as well")
        with open(destination, "wb") as copy:
            shutil.copyfileobj(file, copy, _PIECE)
