"""Plain values: what may cross from a student's code to whoever judges it.

A value is None, a bool, int, float or str, a list, tuple or dict (str keys) of values, or an
`Array`, which stands for a torch tensor or a NumPy array. Nothing else: no object of a student's
class, no subclass of a tensor, nothing that could answer differently when asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

Value: TypeAlias = Any
"""None | bool | int | float | str | list | tuple | dict | Array (recursive, so not spelled out)."""


class UnsupportedValue(TypeError):
    """A student's code gave something that is not a plain value; the message names its type."""


@dataclass(frozen=True, eq=False)
class Array:
    """A tensor or an array as data.

    `data` holds the numbers; bfloat16, which NumPy lacks, is widened to float32 there and
    remembered in `dtype` ("float64", "float32", "float16", "bfloat16", "int64", "bool", ...).
    """

    data: np.ndarray
    dtype: str
    library: Literal["torch", "numpy"] = "torch"
    requires_grad: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.data.shape)


def tensor(data: Any, dtype: str = "float64") -> Array:
    """An `Array` that stands for a torch tensor, as the inputs of a case are written.

    >>> tensor([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    numbers = np.asarray(data, dtype="float32" if dtype == "bfloat16" else dtype)
    return Array(numbers, dtype)


def to_python(value: Value) -> Any:
    """The live object that a value stands for; arrays become fresh tensors or NumPy copies."""
    if isinstance(value, Array):
        if value.library == "numpy":
            return value.data.copy()
        import torch  # here: it is slow to import, and who grades never makes a tensor

        live = torch.from_numpy(np.array(value.data, order="C", copy=True))
        live = live.to(getattr(torch, value.dtype))
        return live.requires_grad_(value.requires_grad)
    if isinstance(value, (list, tuple)):
        return type(value)(to_python(item) for item in value)
    if isinstance(value, dict):
        return {key: to_python(item) for key, item in value.items()}
    return value


def from_python(live: Any) -> Value:
    """The value of a live object. Exact types only: a subclass could lie, so it is refused.

    A named tuple counts as the tuple that it is: what it holds is read past whatever it overrides.
    Raises `UnsupportedValue`, naming the type, for anything that is not a plain value.
    """
    kind = type(live)
    if live is None or kind in (bool, int, float, str):
        return live
    if kind is np.ndarray:
        if live.dtype.kind not in "bifu":
            raise UnsupportedValue(f"a NumPy array of dtype {live.dtype}")
        return Array(np.array(live), str(live.dtype), "numpy")
    if isinstance(live, np.generic) and live.dtype.kind in "bifu":
        return Array(np.asarray(live), str(live.dtype), "numpy")
    if kind is list:
        return [from_python(item) for item in live]
    if kind is tuple or (issubclass(kind, tuple) and hasattr(kind, "_fields")):
        return tuple(from_python(item) for item in tuple.__iter__(live))
    if kind is dict and all(type(key) is str for key in live):
        return {key: from_python(item) for key, item in live.items()}
    return _from_tensor(live)


def _from_tensor(live: Any) -> Array:
    import torch

    kind = type(live)
    if kind is not torch.Tensor and kind is not torch.nn.Parameter:
        raise UnsupportedValue(f"an object of type {kind.__name__}")
    numbers = live.detach().cpu()
    dtype = str(numbers.dtype).removeprefix("torch.")
    if numbers.dtype == torch.bfloat16:
        numbers = numbers.float()
    return Array(
        numbers.contiguous().numpy().copy(), dtype, "torch", requires_grad=live.requires_grad
    )
