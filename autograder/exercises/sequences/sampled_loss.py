"""`sampled_loss(tree_t, tree_s, n, generator)`: an estimate of the exact loss, and its error."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.sequences import draws
from autograder.exercises.sequences.sampled_loss_mistakes import MISTAKES
from autograder.oracles import sampling
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Large n, for the mean; and small n three times, twice from the same seed.

    In "thousand", "longer" and "more tokens" n is the number of sequences, so that drawing without
    replacement runs there, and takes each of them once; in "fewer" it is a quarter of it.
    """
    few = _case(rng, "few draws", 4, 3, 50, diagnose=False)
    again = Case("the same seed", few.inputs, make=few.make, diagnose=False)
    seed = {"generator": int(few.inputs["generator"]) + 1}
    other = Case("another seed", {**few.inputs, **seed}, make=few.make, diagnose=False)
    return (
        _case(rng, "four tokens, length 3", 4, 3, 4000),
        _case(rng, "thousand", 10, 3, 1000),
        _case(rng, "longer", 4, 5, 1024),
        _case(rng, "more tokens", 6, 4, 1296),
        _case(rng, "fewer", 10, 3, 250),
        few,
        again,
        other,
    )


def _case(rng: np.random.Generator, id: str, V: int, L: int, n: int, **options: Any) -> Case:
    tree_t, tree_s = draws.pair_for_sampling(rng, V, L, max(n, 1000))
    inputs = {
        "tree_t": draws.inputs(tree_t),
        "tree_s": draws.inputs(tree_s),
        "n": n,
        "generator": int(rng.integers(2**31)),
    }
    return Case(id, inputs, make={"generator": "generator"}, **options)


ASKED_AGAIN = ("four tokens, length 3", "thousand", "longer")
"""Chance may spoil one of these, and then the other two decide."""

PROPERTIES = (
    Property(
        "estimate",
        "the estimate lies within 4 true standard errors of the exact loss, on two of three tries",
        3,
        ASKED_AGAIN,
        core=True,
        part=0,
        quorum=2,
    ),
    Property(
        "standard error",
        "the standard error is right, as far as n draws tell, on two of three tries",
        2,
        ASKED_AGAIN,
        core=True,
        part=1,
        quorum=2,
    ),
    Property(
        "repeats",
        "the same seed gives the same result",
        1,
        ("few draws", "the same seed"),
        aspect="same",
    ),
    Property(
        "varies",
        "another seed gives another result",
        2,
        ("few draws", "another seed"),
        aspect="different",
    ),
    Property(
        "generator",
        "the generator that is passed is the one that is drawn from",
        1,
        ("few draws",),
        aspect="drawn from",
        argument="generator",
    ),
    Property(
        "inputs",
        "the lists and their tensors are as they were before",
        1,
        ("few draws",),
        aspect="unchanged",
    ),
)

SAMPLED_LOSS = Exercise(
    id="sampled_loss",
    title="The loss of sampled sequences",
    oracle=sampling.sampled_loss,
    spread=sampling.sampled_loss_spread,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Draw n sequences from the teacher; ask the student for −log Pr^s of each. The estimate is "
        "their mean. How sure is a mean of n numbers?",
        "multinomial draws indices from a row of probabilities; the row may hold all sequences, "
        "flattened. Look up whether it draws with replacement unless told otherwise.",
        "The standard error is the standard deviation of the n numbers divided by √n: with four "
        "times as many draws it halves. Pass the generator on at every draw.",
    ),
)
