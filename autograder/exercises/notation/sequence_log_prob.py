"""`sequence_log_prob(logits, y, mask)`: log Pr(y) by the chain rule, for each sequence."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.notation import draws
from autograder.exercises.notation.sequence_log_prob_mistakes import MISTAKES
from autograder.oracles import notation
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Masks of every kind, 800 tokens whose product is rounded to 0, and rubbish under the mask."""
    z, y, mask = draws.sequences(rng, 3, 5, 8)
    everywhere = np.ones_like(mask)
    empty_z, empty_y, empty_mask = draws.sequences(rng, 4, 6, 7)
    empty_mask[empty_mask.sum(-1).argmax()] = False
    long_z, long_y, long_mask = draws.sequences(rng, 2, 800, 4)
    long_mask |= rng.random(long_mask.shape) < 0.99
    return (
        _case("two sequences", *draws.sequences(rng, 2, 6, 5)),
        _case("three sequences", *draws.sequences(rng, 3, 6, 8)),
        # a token of one sequence taken for another's runs silently here
        _case("square", *draws.sequences(rng, 5, 6, 5)),
        _case("all true", z, y, everywhere),
        _case("empty row", empty_z, empty_y, empty_mask),
        _case("long", long_z, long_y, long_mask),
        _case("rubbish", *draws.padded_sequences(rng, 6, 5)),
        _case("float32", *draws.sequences(rng, 3, 5, 7), "float32", diagnose=False),
    )


def _case(
    id: str,
    logits: np.ndarray,
    y: np.ndarray,
    mask: np.ndarray,
    dtype: str = "float64",
    **options: Any,
) -> Case:
    inputs = {
        "logits": tensor(logits, dtype),
        "y": tensor(y, "int64"),
        "mask": tensor(mask, "bool"),
    }
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the log-probability of each sequence is right",
        4,
        ("two sequences", "three sequences", "square"),
        core=True,
    ),
    Property(
        "any mask",
        "it is right where all tokens count, and 0 for a sequence of which none does",
        1,
        ("all true", "empty row"),
    ),
    Property("long", "it is right for 800 tokens, whose product no float can hold", 1, ("long",)),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("two sequences", "square"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the logits' dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "two sequences"),
        aspect="dtype",
    ),
    Property(
        "rubbish",
        "NaN among the logits of tokens that do not count changes nothing; pays nothing, good to "
        "have",
        0,
        ("rubbish",),
    ),
)

SEQUENCE_LOG_PROB = Exercise(
    id="sequence_log_prob",
    title="The log-probability of a sequence",
    oracle=notation.sequence_log_prob,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "The probability of a sequence is the product of the probabilities of its tokens. What "
        "does a logarithm make of a product?",
        "Four steps: log-probabilities of all V tokens at each position; of these, the one of "
        "the token that really stands there (`gather` over the last dimension); 0 where the mask "
        "is false; and a sum over the positions, not over the batch.",
        "`gather` wants an index of as many dimensions as the logits: [B, L, 1]. Take that last "
        "dimension away afterwards. Two tokens of probability .5 and .25 give −2.079, whatever "
        "else stands in the sequence where the mask is false.",
    ),
)
