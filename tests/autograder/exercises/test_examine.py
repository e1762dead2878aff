from dataclasses import replace

import nbformat
import pytest

from autograder.errors import UsageError
from autograder.exercises import find_exercise
from autograder.exercises.examine import examine, solution_of
from autograder.shipped import shipped

ASSIGNMENT = "02_distillation_loss"
LIMIT = find_exercise("high_T_limit")

BY_HAND = """
def high_T_limit(t, s):
    d = s - t
    d = d - d.mean(-1, keepdim=True)
    return (d * d).mean(-1).mean() / 2
"""

WITH_A_LOOP = """
def high_T_limit(t, s):
    n = 3
    while n > 0:
        n = n - 1
    return (s - t).var(-1, unbiased=False).mean() / 2
"""


@pytest.fixture(scope="module")
def notebook():
    path = shipped("notebooks") / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def solution(notebook):
    return solution_of(notebook, LIMIT)


def test_a_sound_exercise_has_nothing_to_mend(solution):
    source, around = solution
    right = {"by hand": BY_HAND}
    found = examine(LIMIT, ASSIGNMENT, source, right, around)
    assert found.failures == ()
    assert found.survivors == ()
    assert found.mutants > 10
    assert found.mistakes == len(LIMIT.mistakes)
    assert found.seconds < 1


def test_a_right_solution_that_loses_points_is_told(solution):
    source, around = solution
    wrong = {"half of it": "def high_T_limit(t, s):\n    return ((s - t) ** 2).mean() / 2"}
    found = examine(LIMIT, ASSIGNMENT, source, wrong, around)
    assert {each.name for each in found.failures} == {"half of it"}


def test_cases_that_are_too_weak_show_survivors_and_mistakes_that_look_alike(solution):
    def only_a_row(rng):
        return tuple(
            replace(case, inputs={k: replace(v, data=v.data[:1]) for k, v in case.inputs.items()})
            for case in LIMIT.cases(rng)
            if case.id == LIMIT.properties[0].cases[0]
        )

    weak = replace(
        LIMIT,
        cases=only_a_row,
        properties=(replace(LIMIT.properties[0], cases=LIMIT.properties[0].cases[:1]),),
        mistakes=tuple(m for m in LIMIT.mistakes if m.id in ("not-centred", "half-missing")),
    )
    source, around = solution
    found = examine(weak, ASSIGNMENT, source, {}, around)
    assert found.survivors


@pytest.mark.slow
def test_a_mutant_that_never_ends_is_stopped(solution):
    found = examine(LIMIT, ASSIGNMENT, WITH_A_LOOP, {}, solution[1])
    assert found.failures == ()
    assert found.mutants > 5


def test_a_notebook_without_the_answer_cell_is_a_usage_error(notebook):
    with pytest.raises(UsageError, match="no_such"):
        solution_of(notebook, replace(LIMIT, id="no_such"))
