import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import course_lib
from autograder.exercises import ASSIGNMENTS
from autograder.exercises.publish import public, publish
from autograder.exercises.question import Option, Question, Slip
from course_lib.checks.table import load

DATA = Path(course_lib.__file__).parent / "data"


def names(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def same(one, other):
    """Equal, but for the last digits of numbers: mathematical libraries differ there."""
    if isinstance(one, np.ndarray):
        shapes = one.shape == other.shape and one.dtype == other.dtype
        return shapes and bool(np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return same(vars(one), vars(other))
    return one == other


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    publish(ASSIGNMENTS.values(), folder)
    return folder


def test_the_committed_data_are_what_the_registry_gives_now(fresh):
    assert names(DATA) == names(fresh), "run: autograder publish"
    for path in fresh.rglob("*.npz"):
        committed = load(DATA / path.relative_to(fresh))
        assert same(vars(load(path)), vars(committed)), f"{path.name}: run autograder publish"
    for path in fresh.rglob("*.json"):
        assert (DATA / path.relative_to(fresh)).read_text() == path.read_text()


def test_every_exercise_and_question_is_published(fresh):
    for assignment in ASSIGNMENTS.values():
        for exercise in assignment.exercises:
            assert load(fresh / "exercises" / f"{exercise.id}.npz").points == exercise.points
        for question in assignment.questions:
            shown = json.loads((fresh / "questions" / f"{question.id}.json").read_text())
            assert shown["variable"] == question.variable


def test_the_plan_of_an_assignment_lists_its_exercises_with_points_and_questions(course, tmp_path):
    publish(course.assignments.values(), tmp_path)
    assert json.loads((tmp_path / "assignments" / "ps1.json").read_text()) == {
        "id": "ps1",
        "title": "Doubling",
        "exercises": {"double": 4},
        "questions": ["why", "pairs", "explain"],
    }


def test_a_graded_question_has_no_field_for_a_key_or_an_explanation():
    fields = {"id", "title", "kind", "stem", "variable", "points", "options", "items"}
    for assignment in ASSIGNMENTS.values():
        for question in assignment.questions:
            shown = public(question)
            extra = {"symbols"} if question.symbols else set()
            if question.formative:
                extra.add("explanations")
            assert shown.keys() == fields | extra
            assert all(option.keys() == {"id", "text"} for option in shown["options"])


def test_a_formative_question_carries_its_key_and_why_but_no_name_of_an_idea():
    options = (
        Option("A", "one", "Right.", None),
        Option("B", "two", "One too many.", "two-is-one"),
        Option("C", "uno", "Right as well."),
    )
    asked = Question(
        "one", "One", "select", "One?", 0, options, key=frozenset("CA"), formative=True
    )
    shown = json.loads(json.dumps(public(asked)))["explanations"]
    assert shown == {
        "key": ["A", "C"],
        "tolerance": 0.0,
        "options": {"A": "Right.", "B": "One too many.", "C": "Right as well."},
        "slips": [],
    }


def test_a_prediction_carries_its_known_slips():
    slips = (Slip(math.inf, "Never.", "an-idea"), Slip(16.0, "Squared."))
    asked = Question(
        "times", "Times", "predict", "How often?", 1, key=256.0, tolerance=60.0, slips=slips,
        formative=True,
    )  # fmt: skip
    shown = json.loads(json.dumps(public(asked)))["explanations"]
    assert (shown["key"], shown["tolerance"]) == (256.0, 60.0)
    assert shown["slips"] == [
        {"answer": math.inf, "says": "Never.", "item": None},
        {"answer": 16.0, "says": "Squared.", "item": None},
    ]


def test_publishing_twice_gives_the_same_bytes_and_drops_what_is_gone(course, tmp_path):
    publish(course.assignments.values(), tmp_path)
    (tmp_path / "questions" / "of_last_year.json").write_text("{}")
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    publish(course.assignments.values(), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {
        name: data for name, data in before.items() if "of_last_year" not in name
    }


def test_an_id_that_is_used_twice_is_named(course, tmp_path):
    first = course.assignment("ps1")
    again = replace(
        first, id="ps2", exercises=(), questions=(Question(**vars(first.questions[0])),)
    )
    with pytest.raises(ValueError, match=r"ps2: the id 'why' is taken"):
        publish([first, again], tmp_path)


def test_a_failure_leaves_what_was_published_before(course, tmp_path):
    good = [*course.assignments.values()]
    publish(good, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match="taken"):
        publish([*good, *good], tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
