"""The tree of sequences, with what greedy decoding finds and what it misses."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures

WORDS = ("left", "right")
TRAP = [  # greedy goes left, .6 · .5; the likeliest goes right, .4 · .9
    torch.tensor([0.6, 0.4]).log(),
    torch.tensor([[0.5, 0.5], [0.9, 0.1]]).log(),
]


def test_the_tree_tells_greedy_from_likeliest():
    alt = figures.sequence_tree(TRAP, WORDS).alt
    assert "Tree of 4 sequences" in alt
    assert "greedy: left (0.60), then left (0.50); in all 0.3." in alt
    assert "likeliest: right (0.40), then left (0.90); in all 0.36." in alt
    assert "1 of the other 3 sequences are likelier than greedy's." in alt


def test_where_greedy_finds_the_likeliest_one_path_is_drawn():
    plain = [TRAP[0], torch.tensor([[0.8, 0.2], [0.9, 0.1]]).log()]
    alt = figures.sequence_tree(plain, WORDS).alt
    assert "greedy and likeliest: left (0.60), then left (0.80); in all 0.48." in alt
    assert "0 of the other 3" in alt


def test_the_blocks_of_each_column_fill_its_height():
    (axes,) = figures.sequence_tree(TRAP, WORDS).figure.axes
    blocks = [patch for patch in axes.patches if patch.get_linewidth() < 1]
    columns = {round(block.get_x(), 6) for block in blocks}
    assert len(columns) == 2
    for column in columns:
        heights = [b.get_height() for b in blocks if round(b.get_x(), 6) == column]
        assert sum(heights) == pytest.approx(1)


def test_colour_is_not_the_only_sign_of_the_two_paths():
    (axes,) = figures.sequence_tree(TRAP, WORDS).figure.axes
    pointed_out = [patch for patch in axes.patches if patch.get_linewidth() > 1]
    assert {patch.get_hatch() or "" for patch in pointed_out} == {"", "////"}


def test_the_tree_wants_a_word_for_each_token():
    with pytest.raises(ValueError, match="3 words for 2 outcomes"):
        figures.sequence_tree(TRAP, ("one", "two", "three"))
