"""Questions show everything but the key, and say whether an answer has a form to be graded."""

from __future__ import annotations

import json

import pytest

from course_lib import questions
from course_lib.questions import answered, question

CHOICE = {
    "id": "colour",
    "title": "Which colour?",
    "kind": "choice",
    "stem": "The sky over $c'$ is",
    "variable": "answer_colour",
    "points": 1,
    "options": [{"id": "A", "text": "blue"}, {"id": "B", "text": "green"}],
    "items": {},
}
MATCHING = CHOICE | {
    "id": "pairs",
    "kind": "matching",
    "variable": "answer_pairs",
    "points": 2.5,
    "items": {"sky": "the sky", "grass": "$g$"},
}
SHORT = CHOICE | {"id": "why", "kind": "short", "variable": "answer_why", "options": []}


@pytest.fixture(autouse=True)
def three_questions(tmp_path, monkeypatch):
    for each in (CHOICE, MATCHING, SHORT):
        (tmp_path / f"{each['id']}.json").write_text(json.dumps(each), encoding="utf-8")
    monkeypatch.setattr(questions, "FOLDER", tmp_path)
    question.cache_clear()
    yield
    question.cache_clear()


def test_a_choice_shows_stem_options_points_and_where_the_answer_goes():
    shown = question("colour")._repr_markdown_()
    assert "**Which colour?** (1 point)" in shown
    assert "The sky over $c'$ is" in shown
    assert "- **A**: blue\n- **B**: green" in shown
    assert '`answer_colour = "?"`' in shown


def test_a_matching_question_shows_two_lists_that_do_not_run_together():
    shown = question("pairs")._repr_markdown_()
    first, _, second = shown.partition("with one of these:")
    assert "- `sky`: the sky\n- `grass`: $g$" in first
    assert "- **B**: green" in second
    assert '`answer_pairs = {"sky": "?", "grass": "?"}`' in second
    assert "(2.5 points)" in first


def test_a_short_answer_asks_for_text():
    assert "A person will read it" in question("why")._repr_markdown_()


def test_an_unknown_question_names_those_that_there_are():
    with pytest.raises(LookupError, match="no question 'color'; there are: colour, pairs, why"):
        question("color")


@pytest.mark.parametrize(
    ("asked", "value"), [("colour", "B"), ("pairs", {"sky": "A", "grass": "B"})]
)
def test_an_answer_in_full_is_noted_with_its_text_and_not_judged(asked, value):
    form = answered(asked, value)
    assert form.valid
    assert form.says.startswith("Noted")
    assert "green" in form.says
    assert "right" not in form.says


@pytest.mark.parametrize(
    ("asked", "value", "says"),
    [
        ("colour", None, "Not answered yet"),
        ("colour", ..., "Not answered yet"),
        ("colour", "C", "write A or B, in quotes"),
        ("colour", "b", "`'b'` is not one of the options"),
        ("colour", 1, "`1` is not one of the options"),
        ("colour", ["A"], "is not one of the options"),
        ("pairs", "A", 'write `answer_pairs = {"sky": "?", "grass": "?"}`'),
        ("pairs", {"sky": "A"}, "Not matched yet: `grass`."),
        ("pairs", {"sky": "A", "grass": "?"}, "Not matched yet: `grass`."),
        ("pairs", {"sky": "A", "grass": "Z"}, "`'Z'` for `grass` is not one of"),
        ("pairs", {"sky": "A", "grass": ["B"]}, "is not one of the descriptions"),
        ("pairs", {"sea": "A"}, "`'sea'` is not one of the things to match"),
        ("why", "because", "A person reads this one"),
    ],
)
def test_what_cannot_be_graded_is_told_what_to_change(asked, value, says):
    form = answered(asked, value)
    assert not form.valid
    assert says in repr(form)
