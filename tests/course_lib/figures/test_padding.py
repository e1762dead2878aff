"""Curves against padding and against training steps, for losses that may be half-written."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures


def batches(*pads):
    for columns in pads:
        mask = torch.arange(2 + columns) < 2
        yield torch.zeros(1, len(mask), 3), torch.ones(1, len(mask), 3), mask[None]


def diluted(logits_t, logits_s, mask):
    return mask.sum() / mask.numel()


def steady(logits_t, logits_s, mask):
    return torch.tensor(1.0)


def unwritten(logits_t, logits_s, mask):
    return None


def failing(*_):
    raise RuntimeError("half-written")


def lines(picture):
    (axes,) = picture.figure.axes
    return axes.get_lines()


def test_the_curve_counts_the_pads_and_tells_its_values():
    picture = figures.loss_against_padding([*batches(0, 2, 6)], diluted, steady)
    assert "diluted: 1 with 0 pads, 0.5 with 2 pads, 0.25 with 6 pads." in picture.alt
    assert "steady: 1 with 0 pads, 1 with 2 pads, 1 with 6 pads." in picture.alt
    first, second = lines(picture)
    assert list(first.get_xdata()) == [0, 2, 6]
    assert first.get_marker() != second.get_marker()
    assert first.get_linestyle() != second.get_linestyle()


def test_a_value_that_two_curves_share_is_written_once():
    picture = figures.loss_against_padding([*batches(0, 2)], diluted, steady)
    (axes,) = picture.figure.axes
    assert sorted(each.get_text() for each in axes.texts) == ["0.5", "1", "1"]


@pytest.mark.parametrize("unfinished", [unwritten, failing])
def test_an_unfinished_loss_is_left_out_and_named(unfinished):
    picture = figures.loss_against_padding([*batches(0, 2)], diluted, unfinished)
    assert len(lines(picture)) == 1
    missing = f"{unfinished.__name__}: nothing to draw yet."
    assert picture.alt.endswith(missing)
    assert picture.figure.axes[0].get_title(loc="left") == missing


def test_where_no_loss_is_written_there_are_words_instead_of_a_picture():
    shown = figures.loss_against_padding([*batches(0, 2)], unwritten)
    assert isinstance(shown, figures.Note)
    assert "unwritten: no number yet" in repr(shown)


def test_learning_curves_tell_where_they_begin_and_end():
    picture = figures.learning_curves({"copying": lambda: [2, 1, 0.5], "right": lambda: [2.0, 1.5]})
    assert "copying: from 2 to 0.5 in 3 steps. right: from 2 to 1.5 in 2 steps." in picture.alt
    assert [list(line.get_ydata()) for line in lines(picture)] == [[2, 1, 0.5], [2, 1.5]]


def test_a_run_that_fails_is_left_out_and_named():
    picture = figures.learning_curves({"copying": lambda: [2, 1], "yours": failing})
    assert len(lines(picture)) == 1
    assert picture.alt.endswith("yours: nothing to draw yet.")


def test_where_every_run_fails_there_are_words_instead_of_a_picture():
    shown = figures.learning_curves({"yours": failing})
    assert isinstance(shown, figures.Note)
    assert "yours: no losses yet" in repr(shown)
