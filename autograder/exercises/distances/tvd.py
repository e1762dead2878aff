"""`tvd(p, q)`: ½Σ|p − q|, the probability that has to be moved to make q of p."""

from __future__ import annotations

import numpy as np

from autograder.exercises.distances import draws, pairs
from autograder.exercises.distances.tvd_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distances
from course_lib.checks.table import Case


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """The common cases, and two distributions that share no outcome, which are 1 apart."""
    return (
        *pairs.common_cases(rng),
        pairs.case("disjoint", draws.pair_with(rng, draws.disjoint)),
    )


TVD = Exercise(
    id="tvd",
    title="Total variation distance",
    oracle=distances.tvd,
    cases=cases,
    properties=(
        pairs.value("the total variation distance", 2, "disjoint"),
        pairs.ANY_SHAPE,
        *pairs.BEHAVIOUR,
    ),
    mistakes=MISTAKES,
    hints=(
        "How far apart are two bars of the same outcome? Differences must not cancel: some are "
        "positive, some negative.",
        "The sizes of all differences are added over the last dimension. What is too much at one "
        "outcome is missing at another, so everything is counted twice.",
        "Three operations: difference, absolute value, half the sum. No logarithm. Check: (.5, .3, "
        ".2) and (.2, .5, .3) give .3; (1, 0) and (0, 1) give 1.",
    ),
)
