"""What a run was made on, in words."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import torch


def words() -> str:
    """The processor, torch, and how much other work there was: a quiet machine's load is near 1."""
    load = os.getloadavg()[0]
    return f"{_processor()}, torch {torch.__version__}; load {load:.1f} of {os.cpu_count()} cores"


def _processor() -> str:
    """Its model as Linux names it, or its architecture."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
