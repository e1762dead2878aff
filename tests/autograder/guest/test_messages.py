"""Probes and answers cross the wire whole; answers and outputs are believed only if well formed."""

import dataclasses
import math
from typing import get_args

import numpy as np
import pytest

from autograder.guest.messages import (
    Task,
    check_outputs,
    decode_answer,
    decode_probes,
    decode_task,
    encode_answer,
    encode_probes,
    encode_task,
)
from autograder.guest.wire import WireError, pack, unpack
from course_lib.checks.probe import (
    Answer,
    Apply,
    Backward,
    Call,
    Get,
    Is,
    Make,
    Probe,
    Put,
    Read,
    Seed,
    Step,
)
from course_lib.checks.values import tensor

PROBE = Probe(
    "value on small",
    (
        Put("x", 3),
        Make("g", "generator", 7),
        Seed(7),
        Get("g", "answer_why"),
        Call("y", "loss", ("x",), {"T": "x"}),
        Apply("z", "g", ("x",), at_rest=False),
        Is("same", "z", "y"),
        Backward("y"),
        Read("value", "y"),
        Read("grad", "x", "gradient"),
    ),
)


def over_the_wire(plain):
    return unpack(pack(plain))


def test_a_probe_with_every_verb_comes_back_equal():
    assert {type(step) for step in PROBE.steps} == set(get_args(Step))
    assert decode_probes(over_the_wire(encode_probes((PROBE,)))) == (PROBE,)


def test_a_task_comes_back_equal():
    task = Task({0: "a", 5: "b"}, {0: 1, 5: 2}, {5: ("f", "g")}, True, 1.5, 2.5, 1, 2, 3, 4, None)
    assert decode_task(over_the_wire(encode_task(task))) == task


def test_an_answer_comes_back_with_its_arrays():
    answer = Answer("value", {"value": tensor([1.0, np.nan]), "grad": None}, "")
    back = decode_answer(over_the_wire(encode_answer(answer)), PROBE)
    assert np.array_equal(back.reads["value"].data, [1.0, np.nan], equal_nan=True)
    assert back == dataclasses.replace(answer, reads=back.reads)


def test_a_detail_that_is_too_long_or_not_unicode_is_cut_where_it_is_written():
    detail = decode_answer(encode_answer(Answer("raised", {}, "\ud800" + "x" * 5000))).detail
    assert len(detail) == 1000
    assert detail.startswith("?x")


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        {"outcome": "value", "reads": {}},
        {"outcome": "perfect", "reads": {}, "detail": ""},
        {"outcome": "value", "reads": [], "detail": ""},
        {"outcome": "value", "reads": {"other": 1}, "detail": ""},
        {"outcome": "value", "reads": {}, "detail": "x" * 1001},
        {"outcome": "value", "reads": {}, "detail": None},
        {"outcome": "value", "reads": {}, "detail": "", "points": 6},
    ],
)
def test_an_answer_that_is_not_one_is_refused(plain):
    with pytest.raises(WireError):
        decode_answer(plain, PROBE)


def test_outputs_of_all_four_kinds_are_accepted_as_they_are():
    outputs = [
        {"output_type": "stream", "name": "stderr", "text": "careful"},
        {"output_type": "display_data", "data": {"image/png": "iVBO"}, "metadata": {}},
        {
            "output_type": "execute_result",
            "data": {"text/plain": "1", "application/json": {"a": [1.5, None]}},
            "metadata": {"a": {"b": True}},
            "execution_count": 3,
        },
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["line"]},
    ]
    assert check_outputs(outputs) == tuple(outputs)


@pytest.mark.parametrize(
    "output",
    [
        None,
        {"output_type": "stream", "name": "stdin", "text": ""},
        {"output_type": "stream", "name": "stdout", "text": ["a"]},
        {"output_type": "stream", "name": "stdout", "text": "", "points": 1},
        {"output_type": "display_data", "data": {"text/html": {"a": 1}}, "metadata": {}},
        {"output_type": "display_data", "data": {"text/html": tensor([1.0])}, "metadata": {}},
        {"output_type": "display_data", "data": {}, "metadata": {"a": (1,)}},
        {"output_type": "display_data", "data": {}, "metadata": {"a": math.nan}},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": None},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": "line"},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": [1]},
        {"output_type": "update_display_data", "data": {}, "metadata": {}},
    ],
)
def test_an_output_that_nbformat_does_not_know_is_refused(output):
    with pytest.raises(WireError):
        check_outputs([output])
