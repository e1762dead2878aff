"""A picture comes back in a form that every notebook shows, and says in words what it draws."""

from __future__ import annotations

import base64
import re

import pytest
import torch
from matplotlib.figure import Figure

from course_lib import figures
from course_lib.figures.picture import IN_WORDS, Picture
from course_lib.losses.reference import kl, softmax

WORDS = ("brightly", "warmly", "darkly")
LOGITS = torch.tensor([2.0, 1.0, -1.0], dtype=torch.float64)
OTHER = torch.tensor([0.0, 1.5, 0.5], dtype=torch.float64)


def hot_loss(logits_t, logits_s, T):
    return T**2 * kl(softmax(logits_t, T), softmax(logits_s, T))


def half_variance(logits_t, logits_s):
    return (logits_s - logits_t).var(correction=0) / 2


PICTURES = {
    "temperature": lambda: figures.temperature(LOGITS, words=WORDS),
    "teacher_and_student": lambda: figures.teacher_and_student(
        softmax(LOGITS), softmax(OTHER), WORDS, arrows=True
    ),
    "gradient_norms": lambda: figures.gradient_norms([1, 2, 4], [0.4, 0.1, 0.025], [0.4] * 3),
    "loss_against_temperature": lambda: figures.loss_against_temperature(
        hot_loss, LOGITS, OTHER, half_variance
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_png_with_alternative_text(name, image):
    picture = PICTURES[name]()
    shown = image(picture._repr_html_())
    assert shown["alt"] == picture.alt == repr(picture)
    assert len(picture.alt) > 60
    assert re.match(r"data:image/png;base64,", shown["src"])
    assert base64.b64decode(shown["src"].partition(",")[2]).startswith(b"\x89PNG")
    assert isinstance(picture.figure, Figure)


def test_alternative_text_survives_signs_that_html_claims_for_itself(image):
    picture = figures.Picture(Figure(), 'p < q & "so on"')
    assert image(picture._repr_html_())["alt"] == picture.alt


def test_where_nobody_looks_a_picture_is_told_and_not_drawn(monkeypatch):
    picture = Picture(Figure(), "one < two")
    monkeypatch.setenv(IN_WORDS, "1")
    monkeypatch.setattr(Picture, "png", lambda self: pytest.fail("it was drawn"))
    assert picture._repr_html_() == "<p><em>one &lt; two</em></p>"
