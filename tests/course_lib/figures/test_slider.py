"""The slider redraws its picture; places without widgets get a still one."""

from __future__ import annotations

import sys

import torch

from course_lib import figures
from course_lib.figures.widget import WIDGET_VIEW

WORDS = ("brightly", "warmly", "darkly")
LOGITS = torch.tensor([2.0, 1.0, -1.0], dtype=torch.float64)


def test_moving_the_slider_redraws_the_picture(image):
    shown = figures.temperature_slider(LOGITS, WORDS)
    before = image(shown.image.value)["alt"]
    shown.slider.value = 4.0
    after = image(shown.image.value)["alt"]
    assert before == figures.temperature(LOGITS, 1.0, WORDS).alt
    assert after == figures.temperature(LOGITS, 4.0, WORDS).alt


def test_a_place_that_runs_no_widgets_gets_a_still_picture(image):
    bundle = figures.temperature_slider(LOGITS, WORDS)._repr_mimebundle_()
    still = figures.temperature(LOGITS, words=WORDS)
    assert bundle["text/plain"] == image(bundle["text/html"])["alt"] == still.alt
    assert bundle[WIDGET_VIEW]["model_id"]


def test_without_ipywidgets_the_slider_is_a_picture(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = figures.temperature_slider(LOGITS, WORDS)
    assert shown.alt == figures.temperature(LOGITS, words=WORDS).alt
