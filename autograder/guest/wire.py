"""Plain values as bytes and back, for both ends of the line into the sandbox.

A packed value is two little-endian uint32 lengths, a JSON header and a body. The header is the
value's tree, and holds nothing but structure, booleans and integers; texts, floats and arrays lie
in the body, in the order in which the tree names them, raw and little-endian. Nothing is ever
unpickled here, and every size, count and depth is checked before memory is spent on it.

    None, True, 7       null, true, 7           [1.5]         ["l", [["f"]]]
    "text"              ["s", bytes]            (1, 2)        ["t", [1, 2]]
    {"key": 1}          ["d", [[bytes, 1]]]     an Array      ["a", dtype, shape, library, grad]
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any

import numpy as np

from course_lib.checks.values import Array, Value

MAX_HEADER = 4 << 20  # bytes
MAX_BODY = 64 << 20  # bytes
MAX_NODES = 1_000_000
MAX_DEPTH = 48
MAX_INT_BITS = 1024
MAX_DIMENSIONS = 16

LENGTHS = struct.Struct("<II")

# bfloat16 travels as float32, as `Array` holds it: an input need not be rounded yet.
_STORAGE = {
    name: np.dtype(name).newbyteorder("<")
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
} | {"bfloat16": np.dtype("<f4")}


class WireError(ValueError):
    """Bytes that are not a packed value, or a value that cannot be packed; says why."""


def pack(value: Value) -> bytes:
    """One frame that holds `value`.

    Raises `WireError` for whatever is not a plain value by its exact type, and for one that is too
    large or too deeply nested.
    """
    writer = _Writer()
    tree = writer.node(value, 0)
    header = _ENCODER.encode(tree).encode("ascii")
    check_lengths(len(header), len(writer.body))
    return LENGTHS.pack(len(header), len(writer.body)) + header + bytes(writer.body)


def unpack(frame: bytes) -> Value:
    """The value that a frame holds. Raises `WireError` for anything that `pack` cannot have made.

    >>> unpack(pack({"loss": [0.5, None]}))
    {'loss': [0.5, None]}
    """
    if len(frame) < LENGTHS.size:
        raise WireError(f"a frame of {len(frame)} bytes has no room for its lengths")
    header_size, body_size = LENGTHS.unpack_from(frame)
    check_lengths(header_size, body_size)
    if len(frame) != LENGTHS.size + header_size + body_size:
        raise WireError(f"a frame of {len(frame)} bytes says {header_size} + {body_size}")
    view = memoryview(frame)
    tree = _parse(bytes(view[LENGTHS.size : LENGTHS.size + header_size]))
    reader = _Reader(view[LENGTHS.size + header_size :])
    value = reader.value(tree, 0)
    reader.finish()
    return value


def check_lengths(header_size: int, body_size: int) -> None:
    """Raises `WireError` if a frame announces more than the caps."""
    if header_size > MAX_HEADER or body_size > MAX_BODY:
        raise WireError(
            f"a message of {header_size} + {body_size} bytes; "
            f"at most {MAX_HEADER} + {MAX_BODY} can be sent"
        )


class _Writer:
    def __init__(self) -> None:
        self.body = bytearray()
        self._nodes = 0

    def node(self, value: Value, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError(f"more than {MAX_NODES} values, or nested deeper than {MAX_DEPTH}")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            if value.bit_length() > MAX_INT_BITS:
                raise WireError(f"an integer of {value.bit_length()} bits")
            return value
        if kind is float:
            self.body += struct.pack("<d", value)
            return ["f"]
        if kind is str:
            return ["s", self._text(value)]
        if kind is list or kind is tuple:
            return [kind.__name__[0], [self.node(item, depth + 1) for item in value]]
        if kind is dict:
            return ["d", [self._item(key, item, depth) for key, item in value.items()]]
        if kind is Array:
            return self._array(value)
        raise WireError(f"an object of type {kind.__name__}")

    def _item(self, key: Any, value: Value, depth: int) -> list[Any]:
        if type(key) is not str:
            raise WireError(f"a dict key of type {type(key).__name__}")
        return [self._text(key), self.node(value, depth + 1)]

    def _text(self, text: str) -> int:
        try:
            raw = text.encode("utf-8")
        except UnicodeEncodeError:
            raise WireError("a text with lone surrogates, which is not Unicode") from None
        self._append(raw)
        return len(raw)

    def _array(self, array: Array) -> list[Any]:
        storage = _STORAGE.get(array.dtype)
        if storage is None or array.data.dtype.newbyteorder("<") != storage:
            raise WireError(f"an array of dtype {array.dtype}, held as {array.data.dtype}")
        if array.data.ndim > MAX_DIMENSIONS:
            raise WireError(f"an array of {array.data.ndim} dimensions")
        if array.data.nbytes > MAX_BODY:
            raise WireError(f"an array of {array.data.nbytes} bytes; {MAX_BODY} can be sent")
        self._append(array.data.astype(storage, copy=False).tobytes())
        return ["a", array.dtype, list(array.shape), array.library, array.requires_grad]

    def _append(self, raw: bytes) -> None:
        if len(self.body) + len(raw) > MAX_BODY:
            raise WireError(f"more than {MAX_BODY} bytes of data")
        self.body += raw


class _Reader:
    def __init__(self, body: memoryview) -> None:
        self._body = body
        self._position = 0
        self._nodes = 0

    def finish(self) -> None:
        if self._position != len(self._body):
            raise WireError(f"{len(self._body) - self._position} bytes too many in the body")

    def value(self, node: Any, depth: int) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError(f"more than {MAX_NODES} values, or nested deeper than {MAX_DEPTH}")
        if node is None or type(node) is bool:
            return node
        if type(node) is int:
            if node.bit_length() > MAX_INT_BITS:
                raise WireError("an integer that is too long")
            return node
        match node:
            case ["f"]:
                return struct.unpack("<d", self._take(8))[0]
            case ["s", size]:
                return self._text(size)
            case ["l", list(items)]:
                return [self.value(item, depth + 1) for item in items]
            case ["t", list(items)]:
                return tuple(self.value(item, depth + 1) for item in items)
            case ["d", list(items)]:
                return self._dict(items, depth)
            case ["a", str(dtype), list(shape), "torch" | "numpy" as library, bool(grad)]:
                return Array(self._array(dtype, shape), dtype, library, grad)
        raise WireError("a node of the tree that is none of the known kinds")

    def _dict(self, items: list[Any], depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for item in items:
            if type(item) is not list or len(item) != 2:
                raise WireError("a dict item that is not a pair")
            key = self._text(item[0])
            if key in found:
                raise WireError("a dict key that is there twice")
            found[key] = self.value(item[1], depth + 1)
        return found

    def _text(self, size: Any) -> str:
        try:
            return str(self._take(size), "utf-8")
        except UnicodeDecodeError:
            raise WireError("a text that is not UTF-8") from None

    def _array(self, dtype: str, shape: list[Any]) -> np.ndarray:
        storage = _STORAGE.get(dtype)
        if storage is None:
            raise WireError("an array of a dtype that is not known")
        if len(shape) > MAX_DIMENSIONS or any(
            type(length) is not int or not 0 <= length < 2**31 for length in shape
        ):
            raise WireError("an array of an impossible shape")
        raw = self._take(math.prod(shape) * storage.itemsize)
        if dtype == "bool" and np.frombuffer(raw, np.uint8).max(initial=0) > 1:
            raise WireError("a boolean that is neither 0 nor 1")
        try:
            numbers = np.frombuffer(raw, storage).reshape(shape)
        except ValueError:
            raise WireError("an array of an impossible shape") from None
        return numbers.astype(storage.newbyteorder("="))  # a copy: the frame is let go

    def _take(self, size: Any) -> memoryview:
        if type(size) is not int or not 0 <= size <= len(self._body) - self._position:
            raise WireError("the tree names more bytes than the body has")
        self._position += size
        return self._body[self._position - size : self._position]


def _parse(header: bytes) -> Any:
    try:
        return _DECODER.decode(header.decode("ascii"))
    except WireError:
        raise
    except (ValueError, RecursionError):
        raise WireError("a header that is not JSON") from None


def _refuse(text: str) -> Any:
    raise WireError("a float in the header: floats belong in the body")


_ENCODER = json.JSONEncoder(separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
