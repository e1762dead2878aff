"""What a run was made on, in words."""

from __future__ import annotations

import os

import torch

from benchmarks import processor


def words() -> str:
    """The processor, torch, and how much other work there was: a quiet machine's load is near 1."""
    load, release = os.getloadavg()[0], f"`torch {torch.__version__}`"
    return f"{processor.model()}, {release}; load {load:.1f} of {os.cpu_count()} cores"
