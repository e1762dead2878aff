"""Grids of tokens: the drawing and its words tell the same roles, masks and predictions."""

from __future__ import annotations

import base64
import re

import pytest
from matplotlib.patches import Rectangle

from course_lib import figures

PROMPT = {"bos": ["bos"], "c": ["sound", "gloomy"], "z": ["the", "sky", "is"]}
ANSWER = {"y": ["grey", "end"]}
TEACHER = PROMPT | ANSWER
STUDENT = {"bos": ["bos"], "c′": [], "z": ["the", "sky", "is"]} | ANSWER
SHORT = {"bos": ["bos"], "z": ["sky"], "y": ["end"]}

PICTURES = {
    "token_grid": lambda: figures.token_grid(TEACHER, SHORT),
    "predictions": lambda: figures.predictions(TEACHER),
    "aligned_tokens": lambda: figures.aligned_tokens(TEACHER, STUDENT),
}


def texts(picture):
    """What is written in the drawing, from left to right in each row from the top."""
    (axes,) = picture.figure.axes
    ordered = sorted(axes.texts, key=lambda each: (-each.get_position()[1], each.get_position()[0]))
    return [each.get_text() for each in ordered if each.get_text()]


def hatched(picture):
    (axes,) = picture.figure.axes
    return [each for each in axes.patches if isinstance(each, Rectangle) and each.get_hatch()]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_png_with_alternative_text(name):
    picture = PICTURES[name]()
    shown = picture._repr_html_()
    assert len(picture.alt) > 60
    data = re.search(r"base64,([^\"]+)\"", shown)
    assert base64.b64decode(data[1]).startswith(b"\x89PNG")


def test_the_mask_is_true_on_the_answer_and_padding_fills_the_shorter_row():
    picture = figures.token_grid(TEACHER, SHORT)
    assert "Row 0: bos: bos; c: sound gloomy; z: the sky is; y: grey end." in picture.alt
    assert "The mask is true at positions 6, 7." in picture.alt
    assert "Row 1: bos: bos; z: sky; y: end; 5 of padding." in picture.alt
    assert "The mask is true at positions 2." in picture.alt
    drawn = texts(picture)
    assert drawn.count("true") == 3
    assert drawn.count("false") == 2 * 8 - 3
    assert drawn.count("pad") == 5


def test_padding_is_hatched_and_nothing_else_is():
    assert len(hatched(figures.token_grid(TEACHER, SHORT))) == 5
    assert hatched(figures.token_grid(TEACHER)) == []


def test_each_part_is_named_above_its_tokens_so_that_colour_is_not_the_only_sign():
    assert [each for each in texts(figures.token_grid(TEACHER)) if len(each) == 1][-3:] == [*"czy"]


def test_each_position_predicts_the_token_after_it():
    picture = figures.predictions(SHORT)
    assert "logits[0], at bos, predict sky; logits[1], at sky, predict end (counts)." in picture.alt
    assert texts(picture)[-3:] == ["sky", "end", "?"]


def test_lines_join_the_positions_that_predict_the_same_token():
    picture = figures.aligned_tokens(TEACHER, STUDENT)
    assert (
        "grey is predicted at the teacher's position 5 and the student's 3; "
        "end is predicted at the teacher's position 6 and the student's 4." in picture.alt
    )
    (axes,) = picture.figure.axes
    ends = [[int(x) for x in line.get_xdata()] for line in axes.lines if len(line.get_xdata()) == 2]
    assert ends == [[5, 3], [6, 4]]


def test_different_answers_are_not_aligned():
    with pytest.raises(ValueError, match="compared on one answer"):
        figures.aligned_tokens(TEACHER, SHORT)


def test_a_part_without_a_name_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="no part 'x'; the parts are bos, c, c′, z, y, pad"):
        figures.token_grid({"x": ["word"]})
