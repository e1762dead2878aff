"""Tables: what is built from an exercise and a secret, and what travels to students."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from autograder.exercises import ASSIGNMENTS, find_exercise
from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import (
    PUBLIC_SEED,
    Indistinguishable,
    build,
    case_seed,
    evaluate,
    settings_of,
)
from course_lib.checks.compare import same_numbers
from course_lib.checks.table import Case, Property, load, save
from course_lib.checks.values import tensor

ASSIGNMENT = "02_distillation_loss"
EXERCISES = [each.id for each in ASSIGNMENTS[ASSIGNMENT].exercises]
HINTS = ("Read.", "Think.", "Write.")


def scaled(x, *, factor="2", sign="+"):
    """Twice x; a factor of 4/2 is no mistake that numbers could betray."""
    factors = {"2": 2, "3": 3, "4/2": 2, "raises": None}
    if factors[factor] is None:
        raise ArithmeticError("such code raises")
    return {"+": 1, "−": -1}[sign] * factors[factor] * x


def mistake(id, **switch):
    return Mistake(id, switch, frozenset({"value"}), f"{id}.", HINTS)


def exercise(*mistakes, **changes):
    made = Exercise(
        id="scaled",
        title="Twice",
        oracle=scaled,
        cases=lambda rng: (Case("small", {"x": tensor(rng.normal(size=3))}),),
        properties=(Property("value", "the value is right", 2, ("small",), core=True),),
        mistakes=mistakes,
        hints=HINTS,
    )
    return replace(made, **changes)


def equal(one, other):
    """Whether two tables are the same to the last number and the last word."""
    settings = zip(one.settings, other.settings, strict=True)
    cases = zip(one.cases, other.cases, strict=True)
    return (
        (one.exercise, one.function, one.title, one.hints)
        == (other.exercise, other.function, other.title, other.hints)
        and (one.properties, one.mistakes) == (other.properties, other.mistakes)
        and all(
            (a.mistakes, a.aliases, list(a.values)) == (b.mistakes, b.aliases, list(b.values))
            and all(same_numbers(a.values[case], b.values[case], atol=0) for case in a.values)
            for a, b in settings
        )
        and all(
            (a.id, a.differentiate, a.diagnose, a.atol, list(a.inputs))
            == (b.id, b.differentiate, b.diagnose, b.atol, list(b.inputs))
            and all(_same_input(a.inputs[name], b.inputs[name]) for name in a.inputs)
            for a, b in cases
        )
        and one.gradients.keys() == other.gradients.keys()
        and all(
            np.array_equal(slope, other.gradients[case][name])
            for case, slopes in one.gradients.items()
            for name, slope in slopes.items()
        )
    )


def _same_input(a, b):
    if hasattr(a, "data"):
        return a.dtype == b.dtype and np.array_equal(a.data, b.data)
    return type(a) is type(b) and a == b


@pytest.mark.parametrize("id", EXERCISES)
def test_the_same_secret_gives_the_same_table_and_another_secret_another(id):
    one = build(find_exercise(id), b"one", ASSIGNMENT)
    assert equal(one, build(find_exercise(id), b"one", ASSIGNMENT))
    assert not equal(one, build(find_exercise(id), b"two", ASSIGNMENT))
    assert not equal(one, build(find_exercise(id), b"one", "another assignment"))


@pytest.mark.parametrize("id", EXERCISES)
def test_a_table_that_was_saved_and_loaded_is_the_same(id, tmp_path):
    table = build(find_exercise(id), PUBLIC_SEED, ASSIGNMENT)
    save(table, tmp_path / "table.npz")
    assert equal(table, load(tmp_path / "table.npz"))


@pytest.mark.parametrize("id", EXERCISES)
def test_a_saved_table_holds_numbers_and_words_and_nothing_that_could_be_run(id, tmp_path):
    save(build(find_exercise(id), PUBLIC_SEED, ASSIGNMENT), tmp_path / "table.npz")
    assert (tmp_path / "table.npz").stat().st_size < 500_000
    with np.load(tmp_path / "table.npz", allow_pickle=False) as file:
        kinds = {name: file[name].dtype.kind for name in file.files}
        text = str(file["text"])
    assert kinds.pop("text") == "U"
    assert set(kinds.values()) <= set("fib")
    assert [each for each in ("def ", "lambda", "import ", "torch.", "np.") if each in text] == []


def test_a_table_takes_half_a_second_of_the_processor():
    build(find_exercise("kd_loss"), b"warm up", ASSIGNMENT)
    start = time.process_time()
    build(find_exercise("kd_loss"), b"measured", ASSIGNMENT)
    # half a second on the machine where it was written, with room for slower ones
    assert time.process_time() - start < 2


def test_the_seed_depends_on_every_name_and_on_the_secret():
    seeds = {
        case_seed(b"secret", "02", "kd_loss", "0"),
        case_seed(b"secret", "02", "kd_loss", "1"),
        case_seed(b"secret", "02", "kd_grad", "0"),
        case_seed(b"secret", "03", "kd_loss", "0"),
        case_seed(b"another", "02", "kd_loss", "0"),
    }
    assert len(seeds) == 5


def test_settings_are_the_truth_every_mistake_and_every_pair_of_different_switches():
    made = exercise(
        mistake("thrice", factor="3"),
        mistake("raises", factor="raises"),
        mistake("minus", sign="−"),
    )
    assert [tuple(each.id for each in one) for one in settings_of(made)] == [
        (),
        ("thrice",),
        ("raises",),
        ("minus",),
        ("thrice", "minus"),
        ("raises", "minus"),
    ]


def test_an_oracle_that_raises_has_no_value():
    made = exercise(mistake("raises", factor="raises"))
    table = build(made, b"", "")
    assert table.settings[1].values == {"small": None}
    assert evaluate(made, table.cases[0], made.mistakes) is None


def test_a_mistake_that_the_cases_cannot_show_is_refused():
    with pytest.raises(Indistinguishable, match="halved looks like the right one"):
        build(exercise(mistake("halved", factor="4/2")), b"", "")


def test_a_mistake_that_is_declared_equal_in_truth_shares_a_name():
    same = frozenset({("thrice",), ("triple",)})
    made = exercise(
        mistake("thrice", factor="3"), mistake("triple", factor="3"), equal_in_truth=(same,)
    )
    table = build(made, b"", "")
    assert [each.mistakes for each in table.settings] == [(), ("thrice",)]
    assert table.settings[1].aliases == (("triple",),)
