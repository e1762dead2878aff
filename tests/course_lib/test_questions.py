"""Questions show what is asked, note an answer that can be graded, and explain formative ones."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import torch

from autograder.exercises.publish import public
from autograder.exercises.question import Option, Question, Slip
from autograder.judge.questions import score
from course_lib.checks.probe import Answer
from course_lib.checks.values import UnsupportedValue, from_python
from course_lib.questions import answered, explain, question, texts

COLOURS = (
    Option("A", "blue", "Right: look up."),
    Option("B", "green", "That is the grass.", "an-idea"),
    Option("C", "red", "In the evening only.", "an-idea"),
)
QUESTIONS = {
    each.id: each
    for each in (
        Question("colour", "Which colour?", "choice", "The sky over $c'$ is", 1, COLOURS, key="A"),
        Question(
            "pairs", "Pairs", "matching", "What is what?", 2.5, COLOURS,
            {"sky": "the sky", "grass": "$g$"}, {"sky": "A", "grass": "B"},
        ),
        Question("warm", "Warm", "select", "Which are?", 2, COLOURS, key=frozenset("BC")),
        Question("half", "Half", "numeric", "Half of 1?", 1, key=0.5, tolerance=0.01),
        Question(
            "bounds", "Bounds", "numeric", "From where to where?", 2,
            items={"low": "the least", "high": "the most"},
            key={"low": 0.0, "high": math.inf}, tolerance=0.1,
        ),
        Question(
            "area", "Area", "formula", "Of a rectangle?", 1, key="a*b",
            symbols={"a": "the length", "b": "the width"},
        ),
        Question("guess", "Guess", "predict", "Which?", 1, COLOURS, key="A", formative=True),
        Question(
            "years", "Years", "predict", "How many?", 0,
            (Option("1", "one", "Too few."), Option("10", "ten", "Right.")), key="10",
            formative=True,
        ),
        Question(
            "times", "How often?", "predict", "How often?", 1, key=256.0, tolerance=8,
            slips=(Slip(16.0, "It is squared."),), formative=True,
        ),
        Question("why", "Why?", "short", "Why?", 3, rubric=("because",)),
        Question("f_choice", "?", "choice", "?", 0, COLOURS, key="A", formative=True),
        Question("f_warm", "?", "select", "?", 0, COLOURS, key=frozenset("BC"), formative=True),
        Question(
            "f_pairs", "?", "matching", "?", 0, COLOURS, {"sky": "the sky", "grass": "the grass"},
            {"sky": "A", "grass": "B"}, formative=True,
        ),
        Question(
            "f_bounds", "?", "numeric", "?", 0, items={"low": "least", "high": "most"},
            key={"low": 0.0, "high": math.inf}, tolerance=0.1,
            slips=(Slip(0.0, "That is the least.", item="high"),), formative=True,
        ),
        Question(
            "f_area", "?", "formula", "?", 0, key="a*b", symbols={"a": "length", "b": "width"},
            slips=(Slip("a+b", "That is half the circumference."),), formative=True,
        ),
    )
}  # fmt: skip


@pytest.fixture(autouse=True)
def published(tmp_path, monkeypatch):
    for id, each in QUESTIONS.items():
        (tmp_path / f"{id}.json").write_text(json.dumps(public(each)), encoding="utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    question.cache_clear()
    yield
    question.cache_clear()


# -- shown -----------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("warm", 'a list of any length:* `answer_warm = ["?", "?"]`'),
        ("half", "`answer_half = ...`"),
        ("bounds", '- `low`: the least\n- `high`: the most'),
        ("bounds", '`answer_bounds = {"low": ..., "high": ...}`'),
        ("area", "Here `a` is the length; `b` is the width."),
        ("area", '`answer_area = "?"`'),
        ("guess", "(1 point for a prediction, right or wrong)"),
        ("guess", '`answer_guess = "?"`'),
        ("years", "(not graded)"),
        ("times", "`answer_times = ...`"),
        ("f_choice", "(not graded)"),
        ("why", "A person will read it"),
    ],
)  # fmt: skip
def test_every_kind_says_how_to_answer_and_what_it_is_worth(id, says):
    assert says in question(id)._repr_markdown_()


def test_no_question_shows_what_explains_it():
    for id in QUESTIONS:
        assert "look up" not in question(id)._repr_markdown_()


def test_an_unknown_question_names_those_that_there_are():
    with pytest.raises(LookupError, match="no question 'color'; there are: area, bounds, colour"):
        question("color")


# -- noted -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "value", "shows"),
    [
        ("colour", "B", "**B**: green"),
        ("colour", " b", "**B**: green"),
        ("pairs", {"sky": "A", "grass": "B"}, "- the sky: blue\n- $g$: green"),
        ("warm", ["C", "B"], "- **B**: green\n- **C**: red"),
        ("warm", "b, c", "- **B**: green\n- **C**: red"),
        ("warm", ("C",), "- **C**: red"),
        ("half", 1 / 3, "0.3333333333"),
        ("half", "0.25", "0.25"),
        ("half", torch.tensor([0.25]), "0.25"),
        ("half", np.float32(0.25), "0.25"),
        ("bounds", {"low": -1, "high": "inf"}, "- the least: -1\n- the most: inf"),
        ("area", "2*(a + b)", "$2 a + 2 b$"),
        ("area", 2, "$2$"),
    ],
)
def test_an_answer_in_full_is_noted_as_it_was_understood_and_not_judged(id, value, shows):
    form = answered(id, value)
    assert form.valid
    assert form.says.startswith("Noted")
    assert shows in form.says
    assert "right" not in form.says.lower()
    assert "until you hand in" in form.says


@pytest.mark.parametrize("id", [id for id, each in QUESTIONS.items() if each.automatic])
def test_a_form_that_was_copied_counts_as_not_answered(id):
    scope = {}
    exec(question(id).form, scope)
    for value in (None, ..., scope[f"answer_{id}"]):
        form = answered(id, value)
        assert (form.valid, form.empty) == (False, True)
        assert f"Not answered yet: `{question(id).form}`" in form.says


@pytest.mark.parametrize(
    ("id", "value", "says"),
    [
        ("colour", "D", "write A, B or C, in quotes"),
        ("colour", 1, "`1` is not one of the options"),
        ("colour", ["A"], "is not one of the options"),
        ("pairs", "A", 'write `answer_pairs = {"sky": "?", "grass": "?"}`'),
        ("pairs", {"sky": "A"}, "Not answered yet: `grass`."),
        ("pairs", {"sky": "A", "grass": "?"}, "Not answered yet: `grass`."),
        ("pairs", {"sky": "A", "grass": "Z"}, "`grass`: `'Z'` is not one of"),
        ("pairs", {"sky": "A", "grass": ["B"]}, "`grass`: `['B']` is not one of"),
        ("pairs", {"sea": "A"}, "`'sea'` is not one of the items: they are `sky`, `grass`"),
        ("warm", {"A", "B"}, "An answer cannot be an object of type set"),
        ("warm", ["A", "Z"], "`'Z'` is not one of the options"),
        ("warm", 3, "is no list of options"),
        ("half", "a half", "`'a half'` is no number"),
        ("half", math.nan, "is no number"),
        ("half", True, "`True` is no number"),
        ("half", torch.zeros(2), "`[0.0, 0.0]` is no number"),
        ("half", 10**400, "is no number"),
        ("bounds", 1.0, 'write `answer_bounds = {"low": ..., "high": ...}`'),
        ("bounds", {"low": 0, "high": "far"}, "`high`: `'far'` is no number"),
        ("area", "2(a + b)", "a product needs its *"),
        ("area", "a*x", "'x' is not one of the names here"),
        ("area", ["a"], "is no formula in quotes"),
        ("guess", "Z", "is not one of the options"),
        ("times", "often", "is no number"),
        ("why", "because", "A person reads this one"),
    ],
)
def test_what_cannot_be_graded_is_told_what_to_change(id, value, says):
    form = answered(id, value)
    assert not form.valid
    assert not form.empty
    assert says in repr(form)


def readable(verdict):
    """Whether the grader compared the answer with the key, rather than with nothing."""
    judged = verdict.says.removeprefix("predicted: ")
    return judged in ("right", "not right", *(each.says for each in COLOURS)) or "found" in judged


@pytest.mark.parametrize(
    "value",
    ["A", " b ", "Z", "A, B", ["A"], ["A", "B"], ("C",), {"A"}, 0.5, "0.5", "inf", math.nan, True,
     10**400, torch.tensor(0.5), torch.zeros(2), np.float64(0.5), "a*b", "a**", object()],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
@pytest.mark.parametrize("id", ["colour", "warm", "half", "area", "guess", "times"])
def test_what_is_noted_here_is_what_the_grader_can_read(id, value):
    try:
        read = Answer("value", {"answer": from_python(value)})
    except UnsupportedValue as error:
        read = Answer("unsupported type", {}, str(error))
    verdict = score(QUESTIONS[id], read)
    assert answered(id, value).valid == readable(verdict), verdict.says


# -- explained -------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["colour", "pairs", "warm", "half", "area"])
def test_a_graded_question_explains_nothing_and_knows_no_key(id):
    assert question(id).explanations is None
    said = explain(id, "A")
    assert said.right is None
    assert "comes with the feedback" in said.says


@pytest.mark.parametrize(
    ("id", "value", "right", "says"),
    [
        ("f_choice", "B", False, "**B**: That is the grass."),
        ("f_choice", "a", True, "**A**: Right: look up."),
        ("f_choice", None, None, "Not answered yet"),
        ("f_choice", "Z", None, "not one of the options"),
        ("f_warm", ["B", "C"], True, "- **C**: In the evening only."),
        ("f_warm", ["A", "B"], False, "1 of 2 found. Marked, and should not be:\n\n- **A**: Right"),
        ("f_warm", ["C"], False, "1 of 2 found."),
        ("f_pairs", {"sky": "A", "grass": "C"}, False, "the grass: That is not right. In the"),
        ("f_pairs", {"sky": "A", "grass": "B"}, True, "- the sky: That is right.\n- the"),
        ("f_bounds", {"low": 0.05, "high": 0}, False, "right.\n- most: That is the least."),
        ("f_bounds", {"low": 7, "high": math.inf}, False, "- least: That is not right."),
        ("f_area", "b·a", True, "That is right."),
        ("f_area", "b + a", False, "half the circumference"),
        ("f_area", "a/b", False, "That is not right."),
        ("guess", "C", False, "In the evening only."),
        ("times", 250, True, "That is right."),
        ("times", 16, False, "You predicted 16. It is 256. It is squared."),
        ("times", 7, False, "You predicted 7. It is 256."),
    ],
)  # fmt: skip
def test_a_formative_answer_is_explained(id, value, right, says):
    said = explain(id, value)
    assert said.right is right
    assert says in said.says


def test_the_other_options_are_explained_once_the_answer_is_right():
    others = "And the others:\n\n- **B**: That is the grass.\n- **C**: In the evening only."
    assert explain("f_choice", "A").says.endswith(others)
    assert "others" not in explain("f_choice", "B").says
    assert "evening" not in explain("f_warm", ["A", "B"]).says


def test_after_a_prediction_all_options_are_explained():
    others = "And the others:\n\n- **A**: Right: look up.\n- **C**: In the evening only."
    assert explain("guess", "B").says == f"**B**: That is the grass.\n\n{others}"


def test_after_a_prediction_of_a_number_known_others_are_explained_too():
    others = "Others predict:\n\n- **16**: It is squared."
    assert explain("times", 256).says == f"That is right.\n\n{others}"
    assert explain("times", 7).says.startswith("You predicted 7. It is 256.\n\nOthers predict:")
    assert "Others" not in explain("times", 16).says


@pytest.mark.parametrize("given", ["10", 10])
def test_an_option_that_is_called_by_a_number_needs_no_quotes(given):
    prediction = answered("years", given)
    assert prediction.says.startswith("Noted: **10**: ten")
    assert explain("years", given).right
    assert score(QUESTIONS["years"], Answer("value", {"answer": given})).says == "predicted: right"


def test_a_formative_answer_is_explained_where_it_is_noted_but_a_prediction_has_to_wait():
    assert "That is the grass." in answered("f_choice", "B").says
    prediction = answered("guess", "B")
    assert prediction.valid
    assert "grass" not in prediction.says
    assert "run on" in prediction.says
