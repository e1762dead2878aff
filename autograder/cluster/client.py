"""The grader's end of a Dask cluster: a job goes out to a worker, a transcript comes back."""

from __future__ import annotations

import io
import secrets
import time
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.cluster.parcel import read_files, unpack_transcript
from autograder.engine.execute import with_files_left_out
from autograder.errors import UsageError
from autograder.guest.wire import WireError
from autograder.records import Job, Transcript
from autograder.sandbox.warm import GuestFailed

STRIKES = 3  # workers that may be lost over one submission
_CONNECT_SECONDS = 30.0
_LOOK_SECONDS = 10.0  # between two looks at whether there are any workers
_PATIENCE_SECONDS = 300.0  # without a worker


class ClusterLost(UsageError):
    """The cluster is not there (any more). What was graded is recorded; a new run goes on."""


@contextmanager
def connect(address: str, library: Path, isolation: str, *, gpu: bool = False) -> Iterator[Cluster]:
    """A cluster at a scheduler's address, furnished for one grading run.

    `library` is the folder that contains course_lib. Raises `UsageError` if the extra `cluster` is
    not installed, or if a `gpu` is asked for and a worker has none, and `ClusterLost` if there is
    no scheduler or no worker.
    """
    try:
        from distributed import Client

        from autograder.cluster.worker import Room, why_no_gpu
    except ImportError as error:
        raise UsageError(
            f"--scheduler needs Dask, and {error.name!r} is not installed: "
            "pip install 'distillation-course[cluster]'"
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterLost(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError as error:
            raise ClusterLost(f"the scheduler at {address} has no worker: start some") from error
        if gpu:
            _expect_gpus(client.run(why_no_gpu))
        room = Room(f"autograder-{secrets.token_hex(8)}", _zipped(library), isolation, gpu)
        before = client.run_on_scheduler(_allow_losses, STRIKES - 1)
        client.register_plugin(room)
        try:
            yield Cluster(client, room.name)
        finally:
            with suppress(OSError, ValueError, TimeoutError, CancelledError):  # it may be gone
                client.unregister_worker_plugin(room.name)
                client.run_on_scheduler(_allow_losses, before)


class Cluster:
    """Runs jobs on workers; may be used from several threads at once."""

    def __init__(self, client: Any, room: str) -> None:
        self._client, self._room = client, room

    @property
    def size(self) -> int:
        """How many jobs its workers run at a time, together."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, threads)

    def close(self) -> None:
        """End the connection: the scheduler then forgets the jobs that still run."""
        self._client.close()

    def execute(self, job: Job) -> Transcript:
        """Run a job on some worker; if that is lost, on another.

        Raises `GuestFailed` if a worker cannot run it or `STRIKES` workers were lost over it, and
        `ClusterLost` if there is no cluster any more.
        """
        from distributed import KilledWorker

        from autograder.cluster.worker import run

        files, left_out = read_files(job.files) if job.files else ({}, [])
        key = f"{job.id}-{secrets.token_hex(4)}"
        future = self._client.submit(
            run, self._room, replace(job, files=None), files, key=key, pure=False
        )
        try:
            packed = self._wait(future)
            transcript = unpack_transcript(packed, job)
        except KilledWorker as error:
            raise GuestFailed(f"{STRIKES} workers were lost while they ran it") from error
        except (RuntimeError, WireError) as error:
            raise GuestFailed(f"a worker failed: {error}") from error
        finally:
            future.release()
        return with_files_left_out(transcript, left_out)

    def _wait(self, future: Any) -> bytes:
        last_seen = time.monotonic()
        while True:
            try:
                packed: bytes = future.result(timeout=_LOOK_SECONDS)
                return packed
            except TimeoutError:
                if self._client.status != "running":
                    raise ClusterLost(_GONE) from None
                if self._client.scheduler_info(n_workers=1)["workers"]:
                    last_seen = time.monotonic()
                elif time.monotonic() - last_seen > _PATIENCE_SECONDS:
                    raise ClusterLost(_NO_WORKERS) from None
            except (CancelledError, OSError) as error:
                raise ClusterLost(_GONE) from error


_GONE = (
    "the scheduler of the cluster is gone. What was graded so far is recorded: "
    "start the cluster and run the command again, and it goes on from there"
)
_NO_WORKERS = (
    f"the cluster has had no worker for {_PATIENCE_SECONDS / 60:.0f} minutes. What was graded so "
    "far is recorded: start workers and run the command again, and it goes on from there"
)


def _expect_gpus(failures: Mapping[str, str]) -> None:
    """Raises `UsageError` for the workers that have none, by their addresses."""
    lacking = {address: why for address, why in failures.items() if why}
    if lacking:
        address, why = min(lacking.items())
        raise UsageError(
            f"{len(lacking)} of {len(failures)} Dask workers have no GPU; {address}, say: {why}"
        )


def _allow_losses(count: int, dask_scheduler: Any = None) -> int:
    """On the scheduler: after how many losses of its worker a task is still tried again."""
    before: int = dask_scheduler.allowed_failures
    dask_scheduler.allowed_failures = count
    return before


def _zipped(library: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((library / "course_lib").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(library))
    return buffer.getvalue()
