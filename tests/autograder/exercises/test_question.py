import pytest

from autograder.exercises.question import Option, Question

OPTIONS = (Option("A", "a"), Option("B", "b"))


def question(kind, **fields):
    return Question("q", "Q", kind, "Q?", fields.pop("points", 1), **fields)


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("choice", {"options": OPTIONS, "key": "C"}, "not the id of one of its options"),
        ("choice", {"options": (*OPTIONS, OPTIONS[0]), "key": "A"}, "share an id"),
        ("select", {"options": OPTIONS, "key": frozenset()}, "one or more"),
        ("select", {"options": OPTIONS, "key": "A"}, "frozenset"),
        ("select", {"options": OPTIONS, "key": frozenset("AC")}, "frozenset"),
        ("matching", {"options": OPTIONS, "items": {"x": "x"}, "key": {"y": "A"}}, "all its items"),
        ("matching", {"options": OPTIONS, "items": {"x": "x"}, "key": {"x": "C"}}, "all its items"),
        ("numeric", {"key": 1.0}, "tolerance"),
        ("numeric", {"key": "1", "tolerance": 0.1}, "needs a number"),
        ("numeric", {"key": True, "tolerance": 0.1}, "needs a number"),
        ("numeric", {"items": {"x": "x"}, "key": 1.0, "tolerance": 0.1}, "for each of them"),
        ("formula", {"key": "T"}, "needs symbols"),
        ("formula", {"key": 1.0, "symbols": {"T": "T"}}, "needs a text"),
        ("predict", {"options": OPTIONS, "key": "A"}, "formative=True"),
        ("choice", {"options": OPTIONS, "key": "A", "formative": True}, "give it 0 points"),
        ("short", {"key": "A"}, "not a key"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_graded_is_refused(kind, fields, says):
    with pytest.raises(ValueError, match=says):
        question(kind, **fields)


def test_a_question_knows_its_variable_and_who_reads_it():
    asked = question("choice", options=OPTIONS, key="A")
    assert asked.variable == "answer_q"
    assert asked.automatic
    assert not question("short", rubric=("says why",)).automatic
