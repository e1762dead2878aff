"""`cross_entropy(p, q)`: −Σ p log q, the mean surprise of q at what p lets happen."""

from __future__ import annotations

import numpy as np

from autograder.exercises.distances import draws, pairs
from autograder.exercises.distances.cross_entropy_mistakes import MISTAKES
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
    pairs.value("the cross-entropy", 2),
    pairs.ANY_SHAPE,
    Property(
        "zeros",
        "0·log 0 counts as 0; p > 0 where q = 0 gives +∞, and where q = 1e-30 a large number",
        1,
        ("zero in p", "zero in both", "ruled out", "tiny"),
    ),
    *pairs.BEHAVIOUR,
)

CROSS_ENTROPY = Exercise(
    id="cross_entropy",
    title="Cross-entropy",
    oracle=distances.cross_entropy,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Start from `entropy` above. In −Σ p log p, which of the two p says how often an outcome "
        "happens, and which says how surprising it is?",
        "q takes over the logarithm and nothing else. Sum over the last dimension, so that each "
        "row gives one number. And look out for p = q = 0.",
        "PyTorch's `xlogy` multiplies a number with a logarithm, and gives 0 where the number is "
        "0, even if the logarithm is −∞. Check: p = (.5, .3, .2), q = (.2, .5, .3) give 1.2535.",
    ),
)
