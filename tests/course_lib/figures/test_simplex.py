"""The loss over the triangle: level lines run through the models, and the winner is named."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from course_lib import figures
from course_lib.figures.simplex import CORNERS
from course_lib.losses.reference import kl

WEATHER = ("sunny", "warm", "others")
TARGET = torch.tensor([0.6, 0.3, 0.1], dtype=torch.float64)
MODELS = {
    "A": torch.tensor([0.7, 0.1, 0.2], dtype=torch.float64),
    "B": torch.tensor([0.5, 0.4, 0.1], dtype=torch.float64),
}


def minus_log_top(p, q):
    return -q[..., 0].log()


def unfinished(p, q):
    raise RuntimeError("half-written")


def lines(axes):
    """The level lines [n, 2] of the models, in their order."""
    contours = [each for each in axes.collections if len(each.get_paths()) == 1]
    return [np.concatenate([path.vertices for path in each.get_paths()]) for each in contours]


def test_each_level_line_holds_the_points_with_the_loss_of_its_model():
    axes = figures.simplex(TARGET, MODELS, {"KL": kl}, WEATHER).figure.axes[0]
    corners = np.vstack([CORNERS.T, np.ones(3)])
    for line, model in zip(lines(axes), MODELS.values(), strict=True):
        shares = np.linalg.solve(corners, np.vstack([line.T, np.ones(len(line))])).T
        points = torch.tensor(shares)
        points = points[points.min(-1).values > 0.03]  # nearer to the edge KL is too steep to draw
        along = kl(TARGET.expand_as(points), points)
        assert len(points) > 20
        assert along.numpy() == pytest.approx(kl(TARGET, model).item(), abs=0.003)


def test_the_reversal_is_told_in_titles_and_in_words():
    losses = {"KL": kl, "−log q(top word)": minus_log_top}
    picture = figures.simplex(TARGET, MODELS, losses, WEATHER)
    titles = [axes.get_title().splitlines()[0] for axes in picture.figure.axes]
    assert titles == ["KL: B wins", "−log q(top word): A wins"]
    assert "KL: A 0.168, B 0.0231, B wins." in picture.alt
    assert "−log q(top word): A 0.357, B 0.693, A wins." in picture.alt


def test_an_unfinished_loss_has_an_empty_triangle_and_says_so():
    picture = figures.simplex(TARGET, MODELS, {"mine": unfinished, "KL": kl}, WEATHER)
    empty, drawn = picture.figure.axes
    assert empty.get_title() == "mine\nnot written yet"
    assert lines(empty) == []
    assert len(lines(drawn)) == 2


@pytest.mark.parametrize("wrong", [lambda p, q: None, lambda p, q: (p - q).sum(), unfinished])
def test_where_no_loss_gives_a_number_for_each_row_there_are_words_instead(wrong):
    assert isinstance(figures.simplex(TARGET, MODELS, {"mine": wrong}, WEATHER), figures.Note)


def test_a_loss_that_writes_into_its_arguments_spoils_neither_target_nor_models():
    before = TARGET.clone()
    figures.simplex(TARGET, MODELS, {"mine": lambda p, q: p.sub_(q).abs().sum(-1)}, WEATHER)
    assert torch.equal(TARGET, before)


def test_a_triangle_has_room_for_three_outcomes_only():
    with pytest.raises(ValueError, match="4 outcomes: a triangle has room for 3"):
        figures.simplex(torch.full((4,), 0.25), {}, {"KL": kl})
