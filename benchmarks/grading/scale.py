"""A synthetic class that grows: whether the coordinator's memory stays flat, and time linear."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from benchmarks.grading import courses, meter
from benchmarks.grading.classic import tiny
from benchmarks.grading.courses import ASSIGNMENT, BIN, ENVIRONMENT


def run(folder: Path, count: int) -> dict[str, Any]:
    """Grade `count` tiny submissions in one run, and look at it about once a second.

    Each sample is how many are done, the coordinator's resident bytes, and the processor time of
    everything so far.
    """
    shutil.rmtree(folder, ignore_errors=True)
    courses.classic(folder, tiny(), configured=True)
    courses.fill_with_one(folder, count)
    samples: list[tuple[int, int, float]] = []
    graded = folder / "autograded"

    def watch(pid: int, cpu: float) -> None:
        done = sum(1 for _ in graded.iterdir()) if graded.is_dir() else 0
        samples.append((done, _resident(pid), cpu))

    command = [str(BIN / "autograder"), "grade", ASSIGNMENT, "--jobs", "2"]
    spent = meter.run(command, folder, environment=ENVIRONMENT, watch=watch)
    graded_all = len(courses.marks(folder))
    return {
        "count": count,
        "graded": graded_all,
        "wall": spent.wall,
        "cpu": spent.cpu,
        "samples": samples,
    }


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(x.split()[1]) * 1024 for x in lines if x.startswith("VmRSS")), 0)
