"""`sequence_log_probs(tree)`: log Pr(y) of every sequence, by the chain rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.sequences import draws
from autograder.oracles import sequences
from course_lib.checks.table import Case, Property


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Trees of several sizes, with another row for every prefix."""
    return (
        _case(rng, "four tokens, length 3", 4, 3),
        _case(rng, "again", 4, 3),
        _case(rng, "five tokens, length 2", 5, 2),
        _case(rng, "three tokens, length 4", 3, 4),
        _case(rng, "float32", 4, 3, dtype="float32", diagnose=False),
    )


def _case(
    rng: np.random.Generator, id: str, V: int, L: int, dtype: str = "float64", **options: Any
) -> Case:
    return Case(id, {"tree": draws.inputs(draws.tree(rng, V, L), dtype)}, **options)


PROPERTIES = (
    Property(
        "value",
        "every log-probability is right for four tokens and length 3",
        2,
        ("four tokens, length 3", "again"),
        core=True,
    ),
    Property(
        "any size",
        "it is right for other numbers of tokens and other lengths",
        1,
        ("five tokens, length 2", "three tokens, length 4"),
    ),
    Property(
        "inputs",
        "the list and its tensors are as they were before",
        1,
        ("four tokens, length 3", "again"),
        aspect="unchanged",
    ),
    Property(
        "dtype",
        "the result is a tensor of the tree's dtype: float32 in, float32 out, and float64 as well",
        1,
        ("float32", "again"),
        aspect="dtype",
    ),
)

_BOTH = frozenset({"value", "any size"})

_AXES_HINTS = (
    "Take one sequence, say (2, 0, 1), and add up its three numbers by hand. What does your result "
    "hold at [2, 0, 1]?",
    "tree[1] has an entry for each (y_0, y_1). In the result, [V, V, V], it belongs to the first "
    "two dimensions.",
    "Missing dimensions are filled up from the left. What you add up needs its new dimension at "
    "the other end.",
)

MISTAKES = (
    Mistake(
        "prefix-ignored",
        {"row": "row of the first prefix"},
        _BOTH,
        "The row of the first prefix is used for all prefixes: what comes next would not depend on "
        "what came before.",
        (
            "Look at Pr(y_1 | y_0) for two different y_0 in your code. Are they different rows?",
            "The chain rule multiplies probabilities *given the prefix*.",
            "An index 0 in the prefix's dimensions picks the first prefix's row for everybody.",
        ),
        "prefixes-do-not-matter",
    ),
    Mistake(
        "broadcast-from-the-right",
        {"aligned": "right"},
        _BOTH,
        "tree[0] + tree[1] + tree[2] runs, and adds wrong numbers: broadcasting fills up "
        "dimensions on the left, so that the first token's probability is put on the last token.",
        _AXES_HINTS,
        "shapes-align-from-the-left",
    ),
    Mistake(
        "prefix-backwards",
        {"row": "prefix backwards"},
        _BOTH,
        "The prefix is read backwards: tree[i] is indexed by y_0 first, then y_1, and so on.",
        _AXES_HINTS,
    ),
    Mistake(
        "index-backwards",
        {"axes": "reversed"},
        _BOTH,
        "The dimensions stand in reverse order: what belongs to the sequence (1, 3, 0) is found at "
        "[0, 3, 1].",
        _AXES_HINTS,
    ),
    Mistake(
        "one-row-of-numbers",
        {"shape": "flat"},
        _BOTH,
        "All log-probabilities come in one row of V^L; L dimensions of size V are asked for.",
        (
            "Compare the shape of your result with the one that was promised.",
            "Where in your row is the sequence (1, 3, 0)?",
            "The numbers are there; give them their dimensions back, or don't flatten.",
        ),
    ),
    Mistake(
        "last-level-only",
        {"levels": "last"},
        _BOTH,
        "Only the last token's probability is used (a normalisation over the last dimension does "
        "the same): the result says how likely the end is, given the beginning.",
        (
            "Sum the exponentials of your result over everything. It should be 1.",
            "A sequence is as probable as its first token, times its second given the first, …",
            "Every level of the tree takes part.",
        ),
    ),
    Mistake(
        "first-level-left-out",
        {"levels": "but the first"},
        _BOTH,
        "The first token's own probability is missing.",
        (
            "Sum the exponentials of your result over everything. It should be 1.",
            "tree[0] is Pr(y_0): its prefix is empty, but it counts.",
            "Where does your loop start?",
        ),
    ),
    Mistake(
        "three-levels-only",
        {"levels": "first three"},
        frozenset({"any size"}),
        "Right for up to three tokens: what belongs to the fourth and later ones is left out, and "
        "so are their dimensions.",
        (
            "Call it with a tree of four levels. How many dimensions has your result?",
            "The length is that of the list, and not always 3.",
            "Do with each level what you do with the second: a loop over the tree.",
        ),
    ),
    Mistake(
        "product-of-logarithms",
        {"combine": "product"},
        _BOTH,
        "The log-probabilities are multiplied: probabilities multiply, their logarithms add up.",
        (
            "log(ab) = ?",
            "For L = 2 your numbers are positive. Can a log-probability be?",
            "One operator is wrong.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "mean-over-length",
        {"combine": "mean"},
        _BOTH,
        "Your value is 1/L of the expected one: a mean over the tokens is a score, not the "
        "log-probability of a sequence.",
        (
            "Sum the exponentials of your result over everything. It should be 1.",
            "Long sequences *are* less probable; the chain rule does not make up for it.",
            "Add up, and don't divide.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "probabilities",
        {"gives": "probabilities"},
        _BOTH,
        "You return probabilities; their logarithms are asked for.",
        (
            "Are your numbers negative? Log-probabilities are.",
            "For long sequences probabilities round to 0; that is why one keeps logarithms.",
            "The exponential at the end is one step too many.",
        ),
        "logits-are-probabilities",
    ),
)

SEQUENCE_LOG_PROBS = Exercise(
    id="sequence_log_probs",
    title="The probability of every sequence",
    oracle=sequences.sequence_log_probs,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "The chain rule: log Pr(y) = log Pr(y_0) + log Pr(y_1 | y_0) + log Pr(y_2 | y_0, y_1). "
        "Which entry of which array is each of these?",
        "Begin with tree[0], [V]. To add tree[1], [V, V], every entry of what you have needs a "
        "place for the next token.",
        "Level after level: give what you have a new last dimension, and add the next level. "
        "Check: the exponentials of the result add up to 1.",
    ),
)
