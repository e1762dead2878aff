"""What holds for every test: one thread, no window, and nothing written to the user's home."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="distillation-course-tests-"))

# Set before the first import of torch, matplotlib or Jupyter, and inherited by processes that tests
# start. One thread: the suite shares its machine, and tiny tensors are slower on several.
os.environ.update(
    OMP_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    MPLBACKEND="Agg",
    MPLCONFIGDIR=str(SCRATCH / "matplotlib"),
    IPYTHONDIR=str(SCRATCH / "ipython"),
    JUPYTER_CONFIG_DIR=str(SCRATCH / "jupyter-config"),
    JUPYTER_DATA_DIR=str(SCRATCH / "jupyter-data"),
    JUPYTER_RUNTIME_DIR=str(SCRATCH / "jupyter-runtime"),
)

import torch  # noqa: E402

torch.set_num_threads(1)


def pytest_unconfigure() -> None:
    shutil.rmtree(SCRATCH, ignore_errors=True)
