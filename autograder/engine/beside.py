"""What lies beside a notebook when it runs: the submission's files, the assignment's over them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.guest.files import copy_files


@contextmanager
def files_beside(submission: Path, own_files: Path | None) -> Iterator[tuple[Path, list[str]]]:
    """A folder with both, and the names of files that could not be copied into it.

    Without files of the assignment's own it is the submission's folder itself.
    """
    if own_files is None:
        yield submission, []
        return
    with tempfile.TemporaryDirectory(prefix="autograder-") as place:
        os.chmod(place, 0o755)  # guests may be other users
        there = os.open(submission, os.O_RDONLY | os.O_DIRECTORY)
        try:
            left_out = copy_files(there, Path(place))
        finally:
            os.close(there)
        for path in own_files.rglob("*"):
            if path.is_file():
                put(path, Path(place), path.relative_to(own_files))
        yield Path(place), left_out


def put(source: Path, folder: Path, relative: Path) -> None:
    """Copy a file's bytes into a folder, in place of whatever is in the way there."""
    destination = folder / relative
    for each in (destination, *destination.parents):
        if each == folder:
            break
        if each.is_symlink() or (each.is_file() and each != destination):
            each.unlink()
    if destination.is_dir():
        shutil.rmtree(destination)
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.unlink(missing_ok=True)
    shutil.copyfile(source, destination)
