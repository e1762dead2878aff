"""Which processor a benchmark ran on."""

from __future__ import annotations

import platform
from pathlib import Path


def model() -> str:
    """Its model as Linux names it, or its architecture."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
