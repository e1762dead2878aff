"""Peak memory over the inputs, each contestant in a process of its own.

`python -m benchmarks.losses.memory NAME PROBLEM` prints two numbers of MB. The first is the
high-water mark of the process less what was resident once the inputs were there. It counts against
a compiled peer that its compiler ran in the process; the second does not: it is the mark of a
second call, less what was resident before it.
"""

from __future__ import annotations

import ctypes
import gc
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from benchmarks.losses.contestants import step
from benchmarks.losses.problem import Shape, draw
from course_lib.losses.objective import Name

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Peak:
    """MB over the inputs, gradients included: of the `first` call, and of a `warm` one."""

    first: float
    warm: float


def peak(name: str, shape: Shape, divergence: Name, temperature: float) -> Peak:
    """Measure a contestant in a new process. Raises CalledProcessError, and on other than Linux."""
    what = json.dumps([name, asdict(shape), divergence, temperature])
    command = [sys.executable, "-m", "benchmarks.losses.memory", what]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Peak(*map(float, done.stdout.split()[-2:]))


def _measure(name: str, shape: Shape, divergence: Name, temperature: float) -> Peak:
    problem = draw(shape, divergence, temperature)
    resident = _status("VmRSS")
    gradients = step(name, problem)
    first = _status("VmHWM") - resident
    del gradients
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    resident = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the mark starts anew
    step(name, problem)
    return Peak(first, _status("VmHWM") - resident)


def _status(field: str) -> float:
    """A field of /proc/self/status, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(field + ":"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    torch.set_num_threads(1)
    who, size, divergence, temperature = json.loads(sys.argv[1])
    found = _measure(who, Shape(**size), divergence, temperature)
    print(found.first, found.warm)
