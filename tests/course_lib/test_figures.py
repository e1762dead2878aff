"""Figures say in words what they draw, and come back in a form that every notebook shows."""

from __future__ import annotations

import base64
import re
import sys
from html.parser import HTMLParser

import pytest
import torch
from matplotlib.figure import Figure

from course_lib import figures
from course_lib.figures.slider import WIDGET_VIEW
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


def image(html: str) -> dict[str, str]:
    """The attributes of the one <img> in a piece of HTML."""
    found: list[dict[str, str]] = []

    class Finder(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "img":
                found.append(dict(attrs))

    Finder().feed(html)
    (only,) = found
    return only


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_png_with_alternative_text(name):
    picture = PICTURES[name]()
    shown = image(picture._repr_html_())
    assert shown["alt"] == picture.alt == repr(picture)
    assert len(picture.alt) > 60
    assert re.match(r"data:image/png;base64,", shown["src"])
    assert base64.b64decode(shown["src"].partition(",")[2]).startswith(b"\x89PNG")
    assert isinstance(picture.figure, Figure)


def test_alternative_text_survives_signs_that_html_claims_for_itself():
    picture = figures.Picture(Figure(), 'p < q & "so on"')
    assert image(picture._repr_html_())["alt"] == picture.alt


def test_the_words_of_a_temperature_follow_its_numbers():
    alt = figures.temperature(LOGITS, [1, 1000], WORDS).alt
    p = softmax(LOGITS).tolist()
    assert f"T = 1: brightly {p[0]:.2f}, warmly {p[1]:.2f}, darkly {p[2]:.2f}." in alt
    assert "T = 1000: brightly 0.33, warmly 0.33, darkly 0.33." in alt


def test_arrows_are_the_gaps_and_point_from_student_to_teacher():
    picture = figures.teacher_and_student(
        torch.tensor([0.7, 0.3]), torch.tensor([0.4, 0.6]), ("up", "down"), arrows=True
    )
    assert "up: teacher 0.70, student 0.40, pushed up by 0.30" in picture.alt
    assert "down: teacher 0.30, student 0.60, pushed down by 0.30" in picture.alt
    plain = figures.teacher_and_student(torch.tensor([0.7, 0.3]), torch.tensor([0.4, 0.6]))
    assert "pushed" not in plain.alt


def test_colour_is_never_the_only_sign():
    (axes,) = PICTURES["teacher_and_student"]().figure.axes
    teacher, student = axes.containers
    assert teacher.patches[0].get_hatch() != student.patches[0].get_hatch()
    (axes,) = PICTURES["gradient_norms"]().figure.axes
    scaled, plain = axes.get_lines()
    assert scaled.get_marker() != plain.get_marker()
    assert scaled.get_linestyle() != plain.get_linestyle()


def test_the_loss_curve_ends_at_its_limit():
    picture = PICTURES["loss_against_temperature"]()
    curve, limit = picture.figure.axes[0].get_lines()
    assert curve.get_ydata()[-1] == pytest.approx(limit.get_ydata()[0], rel=1e-2)
    assert "dashed line marks the limit" in picture.alt


def raises(*_):
    raise RuntimeError("half-written")


@pytest.mark.parametrize("unfinished", [lambda *_: None, raises, lambda t, s, T: t])
def test_an_unfinished_loss_is_met_with_words_and_not_with_an_error(unfinished):
    shown = figures.loss_against_temperature(unfinished, LOGITS, OTHER, half_variance)
    assert isinstance(shown, figures.Note)
    assert "gives no number yet" in repr(shown)


def test_an_unfinished_limit_leaves_the_curve_alone():
    shown = figures.loss_against_temperature(hot_loss, LOGITS, OTHER, raises)
    assert len(shown.figure.axes[0].get_lines()) == 1


def test_a_temperature_of_zero_is_refused_with_a_reason():
    with pytest.raises(ValueError, match="T = 0: a temperature must be greater than 0"):
        figures.temperature(LOGITS, 0)


def test_words_must_be_as_many_as_outcomes():
    with pytest.raises(ValueError, match="2 words for 3 outcomes"):
        figures.temperature(LOGITS, words=("one", "two"))


def test_moving_the_slider_redraws_the_picture():
    shown = figures.temperature_slider(LOGITS, WORDS)
    before = image(shown.image.value)["alt"]
    shown.slider.value = 4.0
    after = image(shown.image.value)["alt"]
    assert before == figures.temperature(LOGITS, 1.0, WORDS).alt
    assert after == figures.temperature(LOGITS, 4.0, WORDS).alt


def test_a_place_that_runs_no_widgets_gets_a_still_picture():
    bundle = figures.temperature_slider(LOGITS, WORDS)._repr_mimebundle_()
    still = figures.temperature(LOGITS, words=WORDS)
    assert bundle["text/plain"] == image(bundle["text/html"])["alt"] == still.alt
    assert bundle[WIDGET_VIEW]["model_id"]


def test_without_ipywidgets_the_slider_is_a_picture(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = figures.temperature_slider(LOGITS, WORDS)
    assert shown.alt == figures.temperature(LOGITS, words=WORDS).alt
