"""What a guest needs to use an NVIDIA GPU: device nodes, the driver's libraries, what it reads.

The driver asks more of a machine than its nodes. It fails without /sys, and since version 570 if a
thread cannot write its own name to /proc/PID/task/TID/comm:
https://github.com/truefoundry/trueforge/issues/466, https://github.com/nolabs-ai/nono/pull/673
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import UsageError
from autograder.sandbox.equipment import Equipment

_DRIVER = "libcuda.so.1"
_CONTAINERS = ("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib")  # where some runtimes put it
_READ_BY_DRIVER = ("/sys", "/proc/driver/nvidia", "/proc/driver/nvidia-uvm", "/proc/devices")
# torch then asks NVML whether there is a GPU: asking CUDA would spoil it for all later forks.
_ASK_NVML = ("PYTORCH_NVML_BASED_CUDA_CHECK", "1")


def find_gpu(dev: Path = Path("/dev")) -> Equipment:
    """The GPUs of this machine. Raises `UsageError` if it has no NVIDIA device nodes."""
    devices = tuple(_nodes(dev))
    if not any(path.name.removeprefix("nvidia").isdigit() for path in devices):
        raise UsageError(
            "a GPU is asked for (--gpu, or gpu=True in nbgrader_config.py), and there is no NVIDIA "
            f"device node here ({dev}/nvidia0, say): install the driver, start the container with "
            "its GPUs (docker run --gpus all), or grade without a GPU (--no-gpu)"
        )
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    chosen = [] if visible is None else [("CUDA_VISIBLE_DEVICES", visible)]
    libraries = tuple(_driver_folders())
    return Equipment(
        readable=(*map(Path, _READ_BY_DRIVER), *libraries),
        devices=devices,
        libraries=libraries,
        environment=(_ASK_NVML, *chosen),
        gpu=True,
    )


def _nodes(dev: Path) -> Iterator[Path]:
    """nvidia0, nvidiactl, nvidia-uvm and the like, and the folder nvidia-caps."""
    for path in sorted(dev.glob("nvidia*")):
        if path.is_char_device() or path.is_dir():
            yield path


def _driver_folders() -> Iterator[Path]:
    """Where the driver's libraries lie, if the dynamic linker has to be told."""
    searched = [*os.environ.get("LD_LIBRARY_PATH", "").split(":"), *_CONTAINERS]
    for folder in dict.fromkeys(map(Path, filter(None, searched))):
        if folder.is_absolute() and (folder / _DRIVER).exists():
            yield folder
