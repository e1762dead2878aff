"""Outputs are collected as nbformat has them, and cut while they are written."""

import time

import pytest

from autograder.guest.messages import check_outputs
from autograder.guest.outputs import CapturedStream, Outputs


@pytest.fixture
def outputs():
    made = Outputs(per_cell=10_000, total=25_000)
    made.begin(0)
    return made


def shown(outputs, cell=0):
    found = outputs.take_changed()[cell].finished()
    check_outputs(found)
    return found


def texts(entries):
    return [entry["text"] for entry in entries if entry["output_type"] == "stream"]


def test_pieces_of_one_stream_become_one_output_and_the_order_is_kept(outputs):
    out, err = CapturedStream("stdout", outputs), CapturedStream("stderr", outputs)
    print("a", file=out)
    print("b", file=out)
    print("c", file=err)
    print("d", file=out)
    assert texts(shown(outputs)) == ["a\nb\n", "c\n", "d\n"]


def test_fifty_megabytes_are_cut_with_a_notice_and_cost_next_to_nothing(outputs):
    began = time.perf_counter()
    for _ in range(50):
        outputs.stream("stdout", "é" * (1 << 19))
    assert time.perf_counter() - began < 0.5
    text, notice = texts(shown(outputs))
    assert 7_000 < len(text.encode()) <= 10_000
    assert "left out" in notice


def test_a_million_empty_displays_are_cut_as_well(outputs):
    for _ in range(1000):
        outputs.display({}, {})
    assert len(shown(outputs)) < 50


def test_all_cells_together_have_a_limit_too(outputs):
    for cell in range(10):
        outputs.begin(cell)
        outputs.stream("stdout", "x" * 9_000)
    changed = outputs.take_changed()
    assert sum(cell.spent for cell in changed.values()) <= 25_000
    assert changed[9].cut


def test_an_error_is_shown_even_if_the_cell_has_printed_too_much(outputs):
    outputs.stream("stdout", "x" * 1_000_000)
    outputs.error("ValueError", "wrong", ["trace"])
    assert shown(outputs)[-1]["evalue"] == "wrong"


def test_clearing_gives_the_room_back_and_waits_if_asked_to(outputs):
    for step in range(20):
        outputs.clear(wait=True)
        outputs.stream("stdout", f"step {step} " + "x" * 5_000)
    outputs.clear(wait=True)
    (text,) = texts(shown(outputs))
    assert text.startswith("step 19")
    outputs.clear()
    assert shown(outputs) == []


def test_a_display_is_updated_in_the_cell_that_showed_it(outputs):
    outputs.display({"text/plain": "0 %"}, {}, "bar")
    outputs.take_changed()
    outputs.begin(1)
    outputs.update({"text/plain": "100 %"}, {}, "bar")
    assert shown(outputs)[0]["data"] == {"text/plain": "100 %"}


def test_what_json_cannot_hold_is_left_out_and_bytes_become_base64(outputs):
    bundle = {
        "text/plain": "lone \ud800",
        "image/png": b"\x89PNG",
        "application/json": {"a": float("nan")},
        "application/vnd.x+json": {"a": (1, 2)},
        "text/html": object(),
    }
    outputs.display(bundle, {"key": object()})
    (entry,) = shown(outputs)
    assert entry["data"] == {
        "text/plain": "lone ?",
        "image/png": "iVBORw==",
        "application/vnd.x+json": {"a": [1, 2]},
    }
    assert entry["metadata"] == {}


def test_nothing_is_kept_once_muted(outputs):
    outputs.take_changed()
    outputs.mute()
    outputs.stream("stdout", "secret")
    outputs.display({"text/plain": "secret"}, {})
    outputs.error("E", "secret", [])
    assert outputs.take_changed() == {}
