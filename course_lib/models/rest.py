"""Models at rest: nothing random, and no mode changed for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from torch import Tensor, nn

Model: TypeAlias = Callable[[Tensor], Tensor]
"""Tokens int64 [B, L] to logits [B, L, V]; a torch module, or any function."""


@contextmanager
def at_rest(*models: Model) -> Iterator[None]:
    """Dropout off inside; every part is in its own mode again afterwards."""
    parts = [part for each in models if isinstance(each, nn.Module) for part in each.modules()]
    modes = [part.training for part in parts]
    for part in parts:
        part.training = False
    try:
        yield
    finally:
        for part, mode in zip(parts, modes, strict=True):
            part.training = mode
