"""Plain values survive the wire exactly, and nothing else gets through it."""

import json
import math
import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.guest import wire
from autograder.guest.wire import WireError, pack, unpack
from course_lib.checks.values import Array, tensor

DTYPES = ["bool", "int8", "int64", "uint16", "float16", "float32", "float64", "complex64"]

texts = st.text(st.characters(codec="utf-8"), max_size=20)


@st.composite
def arrays(draw):
    dtype = draw(st.sampled_from([*DTYPES, "bfloat16"]))
    held = "float32" if dtype == "bfloat16" else dtype
    data = draw(hnp.arrays(held, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0)))
    return Array(data, dtype, draw(st.sampled_from(["torch", "numpy"])), draw(st.booleans()))


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**1000), 2**1000) | st.floats() | texts | arrays(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=15,
)


def same(one, other):
    if type(one) is not type(other):
        return False
    if type(one) is Array:
        return (
            one.data.dtype == other.data.dtype
            and one.data.tobytes() == other.data.tobytes()
            and (one.shape, one.dtype, one.library, one.requires_grad)
            == (other.shape, other.dtype, other.library, other.requires_grad)
        )
    if type(one) in (list, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if type(one) is dict:
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if type(one) is float:
        return struct.pack("<d", one) == struct.pack("<d", other)
    return one == other


@given(values)
def test_a_value_comes_back_as_it_was(value):
    assert same(unpack(pack(value)), value)


def test_arrays_come_back_in_memory_of_their_own_and_can_be_written_to():
    value = unpack(pack(tensor([1.0, 2.0])))
    value.data[0] = 5.0
    assert value.data.tolist() == [5.0, 2.0]


def test_an_array_that_is_not_contiguous_is_sent_as_it_reads():
    turned = np.arange(6.0).reshape(2, 3).T
    assert np.array_equal(unpack(pack(Array(turned, "float64"))).data, turned)


class Lying(float):
    """A float by inheritance only."""


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Lying(1.0),
        np.float64(1.0),
        b"bytes",
        {1, 2},
        {1: "a key that is no text"},
        2**2000,
        "lone surrogate \ud800",
        Array(np.zeros(2, "float32"), "float64"),
        Array(np.array(["text"]), "str"),
        Array(np.zeros(2, object), "object"),
        Array(np.zeros((1,) * 20), "float64"),
        Array(np.broadcast_to(np.zeros(1), (2**40,)), "float64"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_a_plain_value_is_refused_before_it_is_sent(value):
    with pytest.raises(WireError):
        pack(value)


def test_nesting_without_end_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(WireError, match="nested deeper"):
        pack(endless)


def frame(tree, body=b""):
    header = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return struct.pack("<II", len(header), len(body)) + header + body


@pytest.mark.parametrize(
    ("malformed", "says"),
    [
        (b"", "no room for its lengths"),
        (struct.pack("<II", 2**32 - 1, 2**32 - 1), "can be sent"),
        (frame(None) + b"x", "says"),
        (frame(None)[:-1], "says"),
        (frame(None, b"x"), "too many"),
        (frame(b"{not json"), "not JSON"),
        (frame(b"\xff\xfe"), "not JSON"),
        (frame(b"1.5"), "float"),
        (frame(b"NaN"), "float"),
        (frame(b"9" * 5000), "not JSON"),
        (frame(b"9" * 330), "too long"),
        (frame(b"[" * 100_000), "not JSON"),
        (frame({"a": 1}), "none of the known"),
        (frame(["x"]), "none of the known"),
        (frame(["f"]), "more bytes"),
        (frame(["s", -1]), "more bytes"),
        (frame(["s", True], b"x"), "more bytes"),
        (frame(["s", 2], b"\xff\xff"), "not UTF-8"),
        (frame(["s", 3], "\ud800".encode("utf-8", "surrogatepass")), "not UTF-8"),
        (frame(["d", [[1, None], [1, None]]], b"aa"), "twice"),
        (frame(["d", [None]]), "not a pair"),
        (frame(["a", "object", [1], "torch", False], b"12345678"), "not known"),
        (frame(["a", "float64", [-1], "torch", False]), "impossible shape"),
        (frame(["a", "float64", [True], "torch", False], b"12345678"), "impossible shape"),
        (frame(["a", "int8", [1] * 40, "torch", False], b"1"), "impossible shape"),
        (frame(["a", "int8", [2**30, 2**30], "torch", False]), "more bytes"),
        (frame(["a", "int8", [2**31 - 1] * 15 + [0], "torch", False]), "impossible shape"),
        (frame(["a", "bool", [1], "torch", False], b"\x02"), "neither 0 nor 1"),
        (frame(["a", "int8", [1], "jax", False], b"1"), "none of the known"),
        (frame(["a", "int8", [1], "torch", 0], b"1"), "none of the known"),
    ],
)
def test_malformed_bytes_are_refused_with_the_reason(malformed, says):
    with pytest.raises(WireError, match=says):
        unpack(malformed)


def test_a_tree_that_is_deeper_than_any_packed_one_is_refused():
    tree = None
    for _ in range(wire.MAX_DEPTH + 2):
        tree = ["l", [tree]]
    with pytest.raises(WireError, match="nested deeper"):
        unpack(frame(tree))


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_wire_errors(noise):
    try:
        unpack(noise)
    except WireError:
        return
    raise AssertionError("300 random bytes were taken for a value")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(values, st.data())
def test_a_packed_value_with_bytes_changed_is_a_value_again_or_a_wire_error(value, data):
    spoilt = bytearray(pack(value))
    for _ in range(data.draw(st.integers(1, 3))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        again = unpack(bytes(spoilt))
    except WireError:
        return
    pack(again)  # it is plain


def test_special_numbers_keep_their_bits():
    assert math.isnan(unpack(pack(math.nan)))
    assert math.copysign(1, unpack(pack(-0.0))) == -1
