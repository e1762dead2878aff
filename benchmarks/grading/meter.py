"""What a command costs: wall time, and processor time with everything that it starts.

Processor time is read from a control group of the command's own where one can be made: a guest that
is killed is waited for by nobody of ours, and its time would be missing from `getrusage`.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_JOIN = 'echo $$ > "$0" && exec "$@"'
_V1 = Path("/sys/fs/cgroup/cpuacct")


@dataclass(frozen=True)
class Spent:
    """Seconds of wall and of processor time."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Group:
    """A control group: the file that takes process numbers, and a reader of seconds."""

    members: Path
    seconds: Callable[[], float]


@contextlib.contextmanager
def group() -> Iterator[Group | None]:
    """A control group for one command; None where none can be made."""
    folder = _parent() / f"grading-{os.getpid()}-{time.monotonic_ns()}"
    try:
        folder.mkdir()
    except OSError:
        yield None
        return
    try:
        if (folder / "cpuacct.usage").exists():
            yield Group(folder / "tasks", lambda: _number(folder / "cpuacct.usage") / 1e9)
        else:
            yield Group(folder / "cgroup.procs", lambda: _usage(folder / "cpu.stat") / 1e6)
    finally:
        with contextlib.suppress(OSError):  # something in it is still about to end
            folder.rmdir()


def _parent() -> Path:
    if _V1.is_dir():
        return _V1
    own = Path("/proc/self/cgroup").read_text().rpartition("0::")[2].strip()
    return Path("/sys/fs/cgroup") / own.lstrip("/")


def _number(path: Path) -> int:
    return int(path.read_text())


def _usage(path: Path) -> int:
    fields = dict(line.split() for line in path.read_text().splitlines())
    return int(fields["usage_usec"])


class CommandFailed(RuntimeError):
    """A contestant's command failed: no time of it counts."""


def run(
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    statuses: Sequence[int] = (0,),
    watch: Callable[[int, float], None] | None = None,
) -> Spent:
    """Run a command in `folder`. Raises `CommandFailed` with what it said.

    `watch` is called about once a second with the command's process number and the processor time
    so far.
    """
    with group() as own, (folder / "log.txt").open("w+") as log:
        joined = ["/bin/sh", "-c", _JOIN, str(own.members), *command] if own else [*command]
        before, start = _children(), time.perf_counter()
        process = subprocess.Popen(
            joined, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        while True:
            try:
                status = process.wait(1.0 if watch else None)
                break
            except subprocess.TimeoutExpired:
                if watch:
                    watch(process.pid, own.seconds() if own else float("nan"))
        wall = time.perf_counter() - start
        cpu = own.seconds() if own else _children() - before
        if status not in statuses:
            log.seek(0)
            raise CommandFailed(f"{command} ended with {status}: {log.read()[-3000:]}")
    return Spent(wall, cpu)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
