"""`kl(p, q)`: Σ p log(p/q), what q costs beyond the least that p allows."""

from __future__ import annotations

import numpy as np

from autograder.exercises.distances import draws, pairs
from autograder.exercises.distances.kl_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.oracles import distances
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """The common cases, and zeros where they matter."""
    return (
        *pairs.common_cases(rng),
        pairs.case("zero in p", draws.pair_with(rng, draws.zero_in_p)),
        pairs.case("zero in both", draws.pair_with(rng, draws.zero_in_both)),
        pairs.case("ruled out", draws.pair_with(rng, draws.zero_in_q)),
        pairs.case("tiny", draws.pair_with(rng, draws.tiny_in_q)),
    )


PROPERTIES = (
    pairs.value("KL(p‖q)", 2),
    pairs.ANY_SHAPE,
    Property(
        "zeros",
        "an outcome that p rules out adds 0, also where q rules it out too",
        1,
        ("zero in p", "zero in both"),
    ),
    Property(
        "ruled out",
        "p > 0 where q = 0 gives +∞, and where q = 1e-30 a large number",
        1,
        ("ruled out", "tiny"),
    ),
    *pairs.BEHAVIOUR,
)

KL = Exercise(
    id="kl",
    title="KL divergence",
    oracle=distances.kl,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two ways lead there: the sum Σ p·(log p − log q), or the cross-entropy minus the "
        "entropy. Which distribution weighs the terms in both?",
        "Whichever you take: sum over the last dimension, and let 0·log 0 be 0, for p = 0 and "
        "q > 0 as well as for p = q = 0. But p > 0 with q = 0 must stay +∞, so no ε.",
        "PyTorch's `xlogy` multiplies a number with a logarithm, and minds 0·log 0: write KL as a "
        "difference of two such products. Check: p = (.5, .3, .2), q = (.2, .5, .3) give .2238, "
        "and .1939 with the two exchanged.",
    ),
)
