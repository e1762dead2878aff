"""The worker's end: it runs a submission's cells in guests, and sends back what they did.

A worker never sees right values, keys, marks or the gradebook: only the students' library, a
notebook with its files, and the probes. It needs this package and a sandbox.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from autograder.cluster.parcel import pack_transcript, write_files
from autograder.engine.execute import execute
from autograder.errors import UsageError
from autograder.records import Job
from autograder.sandbox.equipment import NOTHING
from autograder.sandbox.gpu import find_gpu
from autograder.sandbox.guests import Guests
from autograder.sandbox.rungs import choose


class Room(WorkerPlugin):
    """What a worker keeps for one grading run: the students' library, and warm guests.

    `library` is a zip archive with course_lib in it; `isolation` and `gpu` are the instructor's
    wishes.
    """

    def __init__(self, name: str, library: bytes, isolation: str, gpu: bool) -> None:
        self.name, self._library, self._isolation, self._gpu = name, library, isolation, gpu

    def setup(self, worker: Worker) -> None:
        self._turn = threading.Lock()
        self._open = contextlib.ExitStack()
        self._guests: Guests | None = None

    def teardown(self, worker: Worker) -> None:
        with self._turn:
            self._open.close()
            self._guests = None

    def guests(self) -> Guests:
        """The guests of this worker; the first task makes them, and does not block the worker."""
        with self._turn:
            if self._guests is None:
                folder = self._open.enter_context(_folder())
                with zipfile.ZipFile(io.BytesIO(self._library)) as archive:
                    archive.extractall(folder)
                gpu = find_gpu() if self._gpu else NOTHING
                guests = Guests(choose(self._isolation, gpu), folder, gpu)
                self._guests = self._open.enter_context(guests)
            return self._guests


def why_no_gpu() -> str:
    """Why this worker cannot let notebooks use a GPU; "" if it can."""
    try:
        find_gpu()
    except UsageError as error:
        return str(error)
    return ""


def run(room: str, job: Job, files: Mapping[str, bytes]) -> bytes:
    """Run a job in the room by this name; `files` are put where its notebook runs.

    Returns a packed transcript. Raises `RuntimeError` if this worker cannot run guests.
    """
    plugin = get_worker().plugins[room]
    try:
        with _folder() as folder:
            write_files(files, folder)
            return pack_transcript(execute(replace(job, files=folder), plugin.guests()))
    except Exception as error:  # other types may not be known where this is read
        raise RuntimeError(f"{type(error).__name__}: {error}") from None


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        os.chmod(folder, 0o755)  # guests may be other users
        yield Path(folder)
