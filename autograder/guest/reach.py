"""What a notebook's functions depend on, as far as that can be told.

A snapshot costs a fork and all the pages that are copied after it, and most cells change nothing
that an earlier function uses. So the guest notes at a cell what its functions reach, and looks
again before it asks them: if all is as it was, they answer as they would have answered there.
Nothing is won by deceiving it: these are the student's own functions, earlier or later.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import os
import re
import sys
import types
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

_ABSENT = object()
_CONSTANTS = (bool, int, float, complex, str, bytes, types.NoneType, torch.dtype, torch.device)
_COMPILED = (types.BuiltinFunctionType, types.MethodDescriptorType, np.ufunc)
_BINDS = re.compile(r"^(?:(?:async +)?def|class) +(\w+)|^(\w+) *(?::.*)?=(?!=)", re.MULTILINE)

_Reading = tuple[Mapping[str, Any], str, Any]  # where a name was looked up, and what was found


class _CannotTell(Exception):
    """Something is reached that may change without a trace: a list, a model, a wrapped function."""


@dataclass(frozen=True)
class Reach:
    """All that some functions of `namespace` read, and what torch and NumPy were set to."""

    namespace: Mapping[str, Any]
    readings: tuple[_Reading, ...]
    functions: tuple[tuple[types.FunctionType, tuple[object, ...]], ...]
    settings: tuple[object, ...]

    def is_unchanged(self) -> bool:
        with contextlib.suppress(Exception):  # a notebook may have replaced what is asked here
            return self._is_as_noted()
        return False

    def _is_as_noted(self) -> bool:
        return (
            all(where.get(name, _ABSENT) is found for where, name, found in self.readings)
            and all(_same(_parts(function), parts) for function, parts in self.functions)
            and _settings() == self.settings
        )

    def is_bound_in(self, source: str) -> bool:
        """Whether code seems to bind a name of the notebook's that they read.

        A guess, to save a look that will find a change.
        """
        bound = {found[1] or found[2] for found in _BINDS.finditer(source)}
        return any(where is self.namespace and name in bound for where, name, _ in self.readings)


def reach(
    names: Iterable[str], namespace: Mapping[str, Any], library: frozenset[str]
) -> Reach | None:
    """What the functions `names` of a notebook reach; None where that cannot be told.

    What the modules named in `library` define is taken to stay as it is.
    """
    walk = _Walk(namespace, library)
    try:
        for name in names:
            walk.root(name)
        settings = _settings()
    except Exception:  # `_CannotTell`, or what an object of the student's does when looked at
        return None
    readings, functions = tuple(walk.readings.values()), tuple(walk.functions.values())
    return Reach(namespace, readings, functions, settings)


class _Walk:
    """From function to function, along the names that their code reads."""

    def __init__(self, namespace: Mapping[str, Any], library: frozenset[str]) -> None:
        self._namespace, self._library = namespace, library
        self.readings: dict[tuple[int, str], _Reading] = {}
        self.functions: dict[int, tuple[types.FunctionType, tuple[object, ...]]] = {}

    def root(self, name: str) -> None:
        found = self._read(self._namespace, name)
        if found is _ABSENT:
            return
        if not isinstance(found, types.FunctionType):
            raise _CannotTell
        self._value(found)

    def _read(self, where: Mapping[str, Any], name: str) -> Any:
        found = where.get(name, _ABSENT)
        self.readings[id(where), name] = where, name, found
        return found

    def _value(self, value: object) -> None:
        if value is _ABSENT or isinstance(value, _CONSTANTS):
            return
        if isinstance(value, tuple | frozenset):
            for each in value:
                self._value(each)
        elif isinstance(value, types.FunctionType) and value.__globals__ is self._namespace:
            self._function(value)
        elif not self._is_the_librarys(value):
            raise _CannotTell

    def _is_the_librarys(self, value: object) -> bool:
        if isinstance(value, types.ModuleType):
            return value.__name__ in self._library
        if isinstance(value, _COMPILED):
            return isinstance(getattr(value, "__self__", None), types.ModuleType | type | None)
        if isinstance(value, type | types.FunctionType) and value.__module__ in self._library:
            home = sys.modules.get(value.__module__)
            return getattr(home, value.__qualname__, None) is value
        return False

    def _function(self, function: types.FunctionType) -> None:
        if id(function) in self.functions:
            return
        self.functions[id(function)] = function, _parts(function)
        if function.__dict__:
            raise _CannotTell
        for value in (function.__defaults__, *(function.__kwdefaults__ or {}).values()):
            self._value(value)
        for cell in function.__closure__ or ():
            self._value(cell.cell_contents)
        for code in _with_inner(function.__code__):
            self._names(code)

    def _names(self, code: types.CodeType) -> None:
        read = {i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL"}
        attributes = set(code.co_names) - read
        for name in read:
            found = self._read(self._namespace, name)
            if found is _ABSENT:
                found = self._read(vars(builtins), name)
            self._value(found)
            self._attributes(found, attributes)

    def _attributes(self, module: object, names: set[str]) -> None:
        """Of a module, and of the modules that are found in it: a notebook may replace them."""
        if not isinstance(module, types.ModuleType):
            return
        inside = vars(module)
        for name in names & inside.keys():
            if (id(inside), name) not in self.readings:
                self._attributes(self._read(inside, name), names)


def _with_inner(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _with_inner(constant)


def _parts(function: types.FunctionType) -> tuple[object, ...]:
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    keywords = (function.__kwdefaults__ or {}).values()
    return function.__code__, function.__defaults__, *keywords, *cells


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _settings() -> tuple[object, ...]:
    """What one cell may set for all that come after it."""
    return (
        torch.get_default_dtype(),
        torch.get_default_device(),
        torch.is_grad_enabled(),
        torch.is_inference_mode_enabled(),
        torch.are_deterministic_algorithms_enabled(),
        torch.is_autocast_enabled("cpu"),
        np.geterr(),
        os.getcwd(),
        [each for each in warnings.filters if each[0] == "error"],
    )
