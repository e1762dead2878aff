"""Functions that draw: the mean of n draws from p, and its standard error."""

import numpy as np
import pytest
import torch

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tables import Indistinguishable, build
from course_lib.checks.assess import assess
from course_lib.checks.compare import SIGMAS, same_numbers
from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer
from course_lib.checks.table import Case, Property, load, save
from course_lib.checks.values import tensor

HINTS = ("one", "two", "three")
DRAWN = ("first", "second", "third")
SIZES = (-2.0, 0.0, 1.0, 5.0)
N = 400


def moments(p, power):
    x = np.array(SIZES) ** power
    mean = p @ x
    return mean, np.sqrt(p @ (x - mean) ** 2), p @ (x - mean) ** 4


def oracle(p, n, generator, *, power=1, bias=0.0, error="standard error"):
    mean, sd, _ = moments(p, power)
    return mean + bias, sd / np.sqrt(n) if error == "standard error" else sd


def spread(p, n, generator, *, power=1, bias=0.0, error="standard error"):
    _, sd, fourth = moments(p, power)
    of_sd = np.sqrt((fourth - sd**4) / n) / (2 * sd)
    return sd / np.sqrt(n), of_sd / np.sqrt(n) if error == "standard error" else of_sd


def cases(rng):
    def case(id, seed, n=N, **options):
        inputs = {"p": tensor(rng.dirichlet([5, 5, 5, 5])), "n": n, "generator": seed}
        return Case(id, inputs, make={"generator": "generator"}, **options)

    few = case("few", 1, n=10, diagnose=False)
    again = Case("again", few.inputs, make=few.make, diagnose=False)
    other = Case("other", {**few.inputs, "generator": 2}, make=few.make, diagnose=False)
    return *(case(id, seed) for seed, id in enumerate(DRAWN)), few, again, other


EXERCISE = Exercise(
    id="sample",
    title="Sample",
    oracle=oracle,
    spread=spread,
    cases=cases,
    properties=(
        Property("mean", "the mean", 4, DRAWN, core=True, part=0, quorum=2),
        Property("error", "the error", 2, DRAWN, part=1, quorum=2),
        Property("repeats", "same seed, same result", 1, ("few", "again"), "same"),
        Property("varies", "other seed, other result", 1, ("few", "other"), "different"),
        Property("generator", "draws from it", 1, ("few",), "drawn from", "generator"),
    ),
    mistakes=(
        Mistake("squares", {"power": 2}, frozenset({"mean", "error"}), "Squares.", HINTS),
        Mistake("deviation", {"error": "sd"}, frozenset({"error"}), "Not divided.", HINTS),
    ),
    hints=HINTS,
)


@pytest.fixture(scope="module")
def table():
    return build(EXERCISE, b"a secret", "00_test")


@pytest.fixture(scope="module")
def judge(table):
    def judge(function):
        answers = {p.id: perform(p, {"sample": function}) for p in table.probes}
        return assess(table, answers)

    return judge


def draws(p, n, generator):
    return torch.tensor(SIZES)[torch.multinomial(p, n, replacement=True, generator=generator)]


def right(p, n, generator):
    x = draws(p, n, generator)
    return x.mean(), x.std() / n**0.5


def holding(assessment):
    return {each.property.id for each in assessment.properties if each.holds}


EVERYTHING = {"mean", "error", "repeats", "varies", "generator"}


def test_an_honest_estimate_is_right_with_either_divisor(judge):
    def population(p, n, generator):
        x = draws(p, n, generator)
        return x.mean().item(), x.std(correction=0).item() / n**0.5

    for estimate in (right, population):
        assessment = judge(estimate)
        assert assessment.points == 9
        assert assessment.diagnosis.right


def test_a_biased_estimate_is_named_by_its_mean(judge):
    def squares(p, n, generator):
        x = draws(p, n, generator) ** 2
        return x.mean(), x.std() / n**0.5

    assessment = judge(squares)
    assert assessment.diagnosis.mistakes == ("squares",)
    assert holding(assessment) == {"repeats", "varies", "generator"}


def test_a_pair_is_named_too(judge):
    def squares(p, n, generator):
        x = draws(p, n, generator) ** 2
        return x.mean(), x.std()

    assert judge(squares).diagnosis.mistakes == ("squares", "deviation")


def test_an_inflated_standard_error_buys_nothing(judge):
    def inflated(p, n, generator):
        return draws(p, n, generator).mean() + 1, torch.tensor(100.0)

    assert judge(inflated).points == 0


def test_the_global_generator_is_no_substitute(judge):
    def from_global(p, n, generator):
        return right(p, n, None)

    def reseeded(p, n, generator):
        torch.manual_seed(generator.initial_seed())
        return right(p, n, None)

    def always_seed_0(p, n, generator):
        return right(p, n, torch.Generator().manual_seed(0))

    def from_the_clock(p, n, generator):
        torch.seed()
        return right(p, n, None)

    assert holding(judge(from_global)) == {"mean", "error", "repeats"}
    assert holding(judge(always_seed_0)) == {"mean", "error", "repeats"}
    assert holding(judge(reseeded)) == {"mean", "error", "repeats", "varies"}
    assert holding(judge(from_the_clock)) == {"mean", "error", "varies"}


def test_an_unlucky_case_of_three_costs_nothing_and_two_do(table):
    answers = {p.id: perform(p, {"sample": right}) for p in table.probes}
    off = Answer("value", {**answers["first"].reads, "result": (99.0, 99.0)})
    assert holding(assess(table, {**answers, "second": off})) == EVERYTHING
    assert holding(assess(table, {**answers, "second": Answer("raised")})) == EVERYTHING
    two = assess(table, {**answers, "second": off, "third": off})
    assert holding(two) == EVERYTHING - {"mean", "error"}
    assert two.points == 0


def test_what_lies_within_the_noise_is_not_told_apart():
    slightly = Mistake("slightly", {"bias": 0.001}, frozenset({"mean"}), "A bit.", HINTS)
    vague = Exercise(**{**vars(EXERCISE), "mistakes": (slightly,)})
    with pytest.raises(Indistinguishable, match="slightly looks like the right one"):
        build(vague, b"a secret", "00_test")


def test_deviations_and_built_arguments_survive_the_disk(table, tmp_path):
    save(table, tmp_path / "sample.npz")
    again = load(tmp_path / "sample.npz")
    assert [case.make for case in again.cases] == [case.make for case in table.cases]
    assert again.properties == table.properties
    for mine, theirs in zip(table.settings, again.settings, strict=True):
        assert mine.spreads.keys() == theirs.spreads.keys()
        for case, spreads in mine.spreads.items():
            np.testing.assert_array_equal(spreads, theirs.spreads[case])


def test_so_many_standard_deviations_are_granted():
    mean, sd = (np.zeros(()),), (np.ones(()),)
    assert same_numbers((np.array(SIGMAS - 0.01),), mean, spread=sd)
    assert not same_numbers((np.array(SIGMAS + 0.01),), mean, spread=sd)
    assert not same_numbers((np.array(0.01),), mean)
