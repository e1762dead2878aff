from typing import NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.checks.values import Array, UnsupportedValue, from_python, to_python

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(plain)
def test_plain_values_come_back_as_they_were(value):
    assert to_python(from_python(value)) == value


@pytest.mark.parametrize(
    "dtype", [torch.float64, torch.float32, torch.bfloat16, torch.int64, torch.bool]
)
def test_tensors_keep_numbers_and_dtype(dtype):
    live = torch.tensor([[0, 1, 2], [3, 4, 5]]).to(dtype)
    again = to_python(from_python(live))
    assert again.dtype == dtype
    assert torch.equal(again, live)
    assert again.data_ptr() != live.data_ptr()


def test_a_gradient_flag_travels():
    assert to_python(from_python(torch.ones(2, requires_grad=True))).requires_grad


def test_numpy_arrays_stay_numpy():
    value = from_python(np.arange(3.0))
    assert isinstance(value, Array)
    assert value.library == "numpy"
    assert isinstance(to_python(value), np.ndarray)


class Pair(NamedTuple):
    first: float
    second: torch.Tensor


def test_a_named_tuple_is_the_tuple_that_it_is():
    value = from_python(Pair(0.5, torch.ones(2)))
    assert type(value) is tuple
    assert value[0] == 0.5
    assert value[1].shape == (2,)


def test_a_named_tuple_cannot_lie_about_what_it_holds():
    class Lying(Pair):
        def __iter__(self):
            return iter((1.0, 1.0))

        def __getitem__(self, index):
            return 1.0

    assert from_python(Lying(0.5, None)) == (0.5, None)


class Liar(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class LyingTensor(torch.Tensor):
    pass


@pytest.mark.parametrize(
    "value",
    [Liar(1), torch.ones(2).as_subclass(LyingTensor), object(), {1: 2}, [Liar(0)],
     np.array([object()]), np.ma.masked_array([1.0])],
)  # fmt: skip
def test_subclasses_and_objects_are_refused_by_name(value):
    with pytest.raises(UnsupportedValue, match=r"of type|of dtype"):
        from_python(value)
