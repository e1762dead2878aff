"""`js(p, q)`: ½KL(p‖m) + ½KL(q‖m) with m = ½(p + q); symmetric, and at most ln 2."""

from __future__ import annotations

import numpy as np

from autograder.exercises.distances import draws, pairs
from autograder.exercises.distances.js_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distances
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """The common cases, and zeros where they matter."""
    return (
        *pairs.common_cases(rng),
        pairs.case("zero in p", draws.pair_with(rng, draws.zero_in_p)),
        pairs.case("zero in q", draws.pair_with(rng, draws.zero_in_q)),
        pairs.case("zero in both", draws.pair_with(rng, draws.zero_in_both)),
        pairs.case("disjoint", draws.pair_with(rng, draws.disjoint)),
    )


PROPERTIES = (
    pairs.value("the Jensen-Shannon divergence", 2),
    pairs.ANY_SHAPE,
    Property(
        "zeros",
        "it is right with zeros in p, in q and in both, and ln 2 where no outcome is possible "
        "under both",
        1,
        ("zero in p", "zero in q", "zero in both", "disjoint"),
    ),
    *pairs.BEHAVIOUR,
)

JS = Exercise(
    id="js",
    title="Jensen-Shannon divergence",
    oracle=distances.js,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "You have `kl` already. JS compares p and q not with each other, but each with a third "
        "distribution. Which one?",
        "m = ½(p + q) lies in the middle, and it is never 0 where p or q is not: so both KLs are "
        "finite. JS is their mean.",
        "Three lines: m; KL of p from m; KL of q from m. Each of the last two counts ½. Check: "
        "(1, 0) and (0, 1) give ln 2 = .6931, and equal distributions give 0.",
    ),
)
