"""Two sliders make a distribution, and whatever they make is compared with its rivals."""

from __future__ import annotations

import sys

import pytest
import torch

from course_lib import figures
from course_lib.figures.widget import WIDGET_VIEW
from course_lib.losses.reference import kl

WEATHER = ("sunny", "warm", "others")
TARGET = torch.tensor([0.6, 0.3, 0.1], dtype=torch.float64)
RIVALS = {
    "A": torch.tensor([0.7, 0.1, 0.2], dtype=torch.float64),
    "B": torch.tensor([0.5, 0.4, 0.1], dtype=torch.float64),
}
GIVEN = (TARGET, RIVALS, {"KL": kl}, WEATHER)


@pytest.mark.parametrize("first", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("share", [0.01, 0.75, 0.99])
def test_the_sliders_make_a_distribution_wherever_they_stand(first, share):
    shown = figures.model_sliders(*GIVEN)
    shown.first.value, shown.share.value = first, share
    assert shown.model.min() > 0
    assert shown.model.sum().item() == pytest.approx(1)
    assert shown.model[0].item() == first


def test_a_model_that_is_as_sure_as_a_can_beat_b():
    shown = figures.model_sliders(*GIVEN)
    assert "B wins" in shown.image.value
    shown.share.value = 0.75  # shares the rest as the target does, 3 : 1
    assert shown.first.value == 0.7
    assert "yours wins" in shown.image.value


def test_moving_a_slider_shows_what_the_code_shows():
    shown = figures.model_sliders(*GIVEN)
    shown.first.value = 0.5
    by_hand = figures.contest(TARGET, shown.model, RIVALS, {"KL": kl}, WEATHER)
    assert shown.image.value == by_hand._repr_html_()


def test_a_place_that_runs_no_widgets_gets_the_contest_as_it_starts():
    bundle = figures.model_sliders(*GIVEN)._repr_mimebundle_()
    still = figures.contest(TARGET, (0.7, 0.15, 0.15), RIVALS, {"KL": kl}, WEATHER)
    assert bundle["text/plain"] == repr(still)
    assert bundle["text/html"] == still._repr_html_()
    assert bundle[WIDGET_VIEW]["model_id"]


def test_without_ipywidgets_there_is_the_plain_contest(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = figures.model_sliders(*GIVEN)
    assert repr(shown) == repr(
        figures.contest(TARGET, (0.7, 0.15, 0.15), RIVALS, {"KL": kl}, WEATHER)
    )


def test_a_model_is_marked_alike_in_both_pictures():
    contest = figures.contest(TARGET, (0.7, 0.15, 0.15), RIVALS, {"KL": kl}, WEATHER)
    bar = contest._bars.figure.axes[1].patches[0]
    row = contest._verdicts.figure.axes[0].patches[-1]
    assert bar.get_hatch() == row.get_hatch()
    assert bar.get_edgecolor() == row.get_edgecolor()


@pytest.mark.parametrize("model", [(0.7, 0.1, 0.1), (1.2, -0.1, -0.1)])
def test_a_contest_refuses_numbers_that_are_no_distribution(model):
    with pytest.raises(ValueError, match="probabilities are not negative, and they sum to 1"):
        figures.contest(TARGET, model, RIVALS, {"KL": kl})
