"""The figures about sequences: the tree, the estimate, the chain rule, and a descent."""

from __future__ import annotations

import pytest
import torch

from course_lib import figures
from course_lib.losses.reference import log_softmax

WORDS = ("left", "right")
TRAP = [  # greedy goes left, .6 · .5; the likeliest goes right, .4 · .9
    torch.tensor([0.6, 0.4]).log(),
    torch.tensor([[0.5, 0.5], [0.9, 0.1]]).log(),
]
STUDENT = [log_softmax(level / 2) for level in TRAP]


def joint(tree):
    return tree[0][:, None] + tree[1]


def cross_entropy_of_sequences(tree_t, tree_s):
    return -(joint(tree_t).exp() * joint(tree_s)).sum()


def kls(tree_t, tree_s):
    each = [(t.exp() * (t - s)).sum(-1) for t, s in zip(tree_t, tree_s, strict=True)]
    return torch.stack([each[0], tree_t[0].exp() @ each[1]])


def estimate(tree_t, tree_s, n, generator):
    p = joint(tree_t).exp().flatten()
    f = -joint(tree_s).flatten()[torch.multinomial(p, n, True, generator=generator)]
    return f.mean(), f.std() / n**0.5


def raises(*_):
    raise RuntimeError("half-written")


UNFINISHED = [lambda *_: None, raises, lambda *_: 1.0]


# -- the tree --------------------------------------------------------------------------------


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


# -- the estimate ----------------------------------------------------------------------------


def test_the_band_is_two_standard_errors_and_the_line_the_exact_loss():
    shown = figures.estimate_against_draws(
        estimate, TRAP, STUDENT, cross_entropy_of_sequences, counts=(50, 5000)
    )
    exact = float(cross_entropy_of_sequences(TRAP, STUDENT))
    again = torch.Generator().manual_seed(0)
    mean, error = map(float, estimate(TRAP, STUDENT, 50, again))
    assert f"{mean:.3f} ± {2 * error:.3f} from 50 draws" in shown.alt
    assert shown.alt.endswith(f"A dashed line marks the exact loss, {exact:.3g}.")


def test_another_seed_gives_another_curve():
    one, other = (
        figures.estimate_against_draws(estimate, TRAP, STUDENT, counts=(50,), seed=seed)
        for seed in (1, 2)
    )
    assert one.alt != other.alt
    assert "dashed line" not in one.alt


@pytest.mark.parametrize("unfinished", UNFINISHED, ids=["none", "raises", "one number"])
def test_an_unfinished_estimate_is_met_with_words(unfinished):
    shown = figures.estimate_against_draws(unfinished, TRAP, STUDENT)
    assert isinstance(shown, figures.Note)
    assert "yet" in repr(shown)


# -- the chain rule --------------------------------------------------------------------------


def test_the_stairs_end_at_the_kl_of_the_sequences():
    shown = figures.chain_of_kls(kls, TRAP, STUDENT, cross_entropy_of_sequences)
    first, second = kls(TRAP, STUDENT).tolist()
    assert f"token 0 adds {first:.3g}, token 1 adds {second:.3g}" in shown.alt
    total = f"{first + second:.3g}"
    assert f"the sum is {total}." in shown.alt
    assert shown.alt.endswith(f"marks the KL of the sequences, {total}.")


def test_stairs_stand_without_an_exact_loss():
    shown = figures.chain_of_kls(kls, TRAP, STUDENT, raises)
    assert "dashed line" not in shown.alt


@pytest.mark.parametrize("unfinished", UNFINISHED, ids=["none", "raises", "one number"])
def test_unfinished_kls_are_met_with_words(unfinished):
    shown = figures.chain_of_kls(unfinished, TRAP, STUDENT)
    assert isinstance(shown, figures.Note)
    assert "gives no 2 numbers yet" in repr(shown)


# -- a descent -------------------------------------------------------------------------------


def test_a_descent_tells_where_it_began_ended_and_should_have():
    logits = torch.tensor([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0]])
    picture = figures.descent(logits, torch.tensor([0.3, 0.7]), WORDS)
    assert "over 2 steps" in picture.alt
    assert "left from 0.500 to 1.000, teacher 0.3" in picture.alt
    assert "right from 0.500 to 0.000, teacher 0.7" in picture.alt


def test_the_lines_of_a_descent_differ_in_more_than_colour():
    picture = figures.descent(torch.zeros(3, 3), torch.full((3,), 1 / 3))
    left, _ = picture.figure.axes
    assert len({line.get_marker() for line in left.get_lines()}) == 3
    assert len({line.get_linestyle() for line in left.get_lines()}) == 3


def test_more_outcomes_than_marks_are_refused_with_a_reason():
    with pytest.raises(ValueError, match="4 outcomes: this figure shows up to 3"):
        figures.descent(torch.zeros(2, 4), torch.full((4,), 0.25))
