"""What is named although not every case agrees: an exercise with an edge, the mean of squares."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import build
from course_lib.checks.assess import assess
from course_lib.checks.perform import perform
from course_lib.checks.report import text
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def oracle(x, *, power=2, over="n"):
    return np.asarray((x**power).sum() / {"n": max(x.size, 1), "1": 1}[over])


def cases(rng):
    made = [Case(f"random {n}", {"x": tensor(rng.normal(size=n))}) for n in (3, 4, 6)]
    return (*made, Case("empty", {"x": tensor(np.zeros(0))}))


def mistake(id, says, **switch):
    return Mistake(id, switch, frozenset({"value"}), says, ("one", "two", "three"))


EXERCISE = Exercise(
    id="mean_square",
    title="The mean of squares",
    oracle=oracle,
    cases=cases,
    properties=(
        Property("value", "is right", 3, ("random 3", "random 4", "random 6"), core=True),
        Property("empty", "is 0 for nothing", 1, ("empty",)),
        Property("inputs", "leaves its inputs alone", 1, ("random 3",), "unchanged"),
    ),
    mistakes=(mistake("cubed", "You cube.", power=3), mistake("summed", "You sum.", over="1")),
    hints=("think", "of squares", "and of their mean"),
)
TABLE = build(EXERCISE, b"a secret", "00_test")


def assessed(function, table=TABLE):
    return assess(table, {p.id: perform(p, {"mean_square": function}) for p in table.probes})


def test_what_explains_ordinary_inputs_is_named_though_an_edge_differs_and_it_is_said_so():
    assessment = assessed(lambda x: (x**3).mean())  # NaN for nothing
    assert assessment.diagnosis.mistakes == ("cubed",)
    assert assessment.diagnosis.partly
    assert "On ordinary inputs" in text(TABLE, assessment)
    assert "You cube." in text(TABLE, assessment)


def test_what_explains_everything_is_not_said_to_explain_a_part():
    assessment = assessed(lambda x: (x**3).sum() / max(len(x), 1))
    assert assessment.diagnosis.mistakes == ("cubed",)
    assert not assessment.diagnosis.partly
    assert "On ordinary inputs" not in text(TABLE, assessment)


def test_where_ordinary_inputs_are_right_the_edge_gets_no_name():
    assessment = assessed(lambda x: (x**2).mean())
    assert assessment.diagnosis.mistakes == ()
    assert [each.property.id for each in assessment.properties if not each.holds] == ["empty"]


def test_pairs_are_not_guessed_from_a_part_of_the_cases():
    assert assessed(lambda x: (x**3).sum() if len(x) else x.sum() + 1).diagnosis.mistakes == ()


@pytest.mark.parametrize(("says", "named"), [("You cube.", ("cubed",)), ("You add 0.", ())])
def test_of_several_that_explain_ordinary_inputs_one_is_named_only_if_they_say_the_same(
    says, named
):
    def guarded(x, *, power=2, over="n", of_nothing=0.0):
        return np.asarray(of_nothing) if x.size == 0 else oracle(x, power=power, over=over)

    other = mistake("cubed, 1 for nothing", says, power=3, of_nothing=1.0)
    both = replace(EXERCISE, oracle=guarded, mistakes=(*EXERCISE.mistakes, other))
    table = build(both, b"a secret", "00_test")
    assert assessed(lambda x: (x**3).mean(), table).diagnosis.mistakes == named


def test_a_list_where_a_tensor_is_promised_is_told_by_its_type():
    typed = (*EXERCISE.properties, Property("dtype", "is a tensor", 1, ("random 3",), "dtype"))
    rows = replace(
        EXERCISE,
        oracle=lambda x, *, power=2, over="n": x**power / {"n": 1, "1": 2}[over],
        properties=typed,
    )
    assessment = assessed(lambda x: (x**2).tolist(), build(rows, b"a secret", "00_test"))
    faults = {e.property.id: e.reason for e in assessment.properties if not e.holds}
    assert faults == {"dtype": "the result is a list and not a tensor"}
