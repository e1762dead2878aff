"""The peers' own code: installed into a directory of its own, loaded from there.

Liger is imported as it is. Of torchtune and TRL, whose packages import whole training stacks, the
file or the function that holds the loss is loaded alone, unchanged.
"""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import torch

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent.parent / "build" / "loss-peers"
REQUIREMENTS = HERE / "requirements.txt"


def install() -> None:
    """Install the pinned peers, if they are not there. Raises CalledProcessError."""
    stamp = PEERS / REQUIREMENTS.name
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"]
    subprocess.run([*pip, "--target", str(PEERS), "-r", str(REQUIREMENTS)], check=True)
    stamp.write_text(REQUIREMENTS.read_text())


def versions() -> str:
    """The peers and their releases, in words."""
    lines = REQUIREMENTS.read_text().splitlines()
    return ", ".join(line.replace("==", " ") for line in lines if not line.startswith("#"))


@cache
def liger() -> ModuleType:
    """`liger_kernel.chunked_loss`, which needs triton to be imported, though not to be run."""
    if str(PEERS) not in sys.path:
        sys.path.append(str(PEERS))
    return importlib.import_module("liger_kernel.chunked_loss")


@cache
def torchtune() -> ModuleType:
    """`torchtune.modules.loss.kd_losses`."""
    path = PEERS / "torchtune" / "modules" / "loss" / "kd_losses.py"
    spec = importlib.util.spec_from_file_location("torchtune_kd_losses", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def trl() -> Callable[..., torch.Tensor]:
    """`GKDTrainer.generalized_jsd_loss`."""
    path = PEERS / "trl" / "experimental" / "gkd" / "gkd_trainer.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (function,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "generalized_jsd_loss"
    )
    function.decorator_list = []
    names: dict[str, Any] = {"torch": torch, "F": torch.nn.functional}
    exec(compile(ast.Module([function], []), str(path), "exec"), names)
    return names["generalized_jsd_loss"]  # type: ignore[no-any-return]
