"""Mistakes with rows: over which dimension is summed, and whether that dimension is kept.

They are the same in softmax and in its logarithm, as are the names of the oracle's switches.
"""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

ALL_CALLS = frozenset({"inputs", "dtype"})
"""What is lost besides where ordinary calls raise an error."""


def axis_mistakes(
    wrong: frozenset[str], of_vectors: frozenset[str], try_this: str
) -> tuple[Mistake, ...]:
    """Sums over another dimension than the last, chosen or by default.

    `wrong` and `of_vectors` are lost by wrong values and by errors for [V]; `try_this` is the first
    hint.
    """
    return (
        *(
            Mistake(
                id,
                switch,
                wrong,
                "The sum runs over the first dimension: the rows compete with each other, not the "
                "outcomes.",
                (
                    try_this,
                    "Outcomes compete with each other; the sequences of a batch do not.",
                    "Which dimension holds the outcomes? Count from the end, and any shape will "
                    "do.",
                ),
                "any-axis-will-do",
            )
            for id, switch in (
                ("over-first-dimension", {"over": "first"}),
                # no pair with a lost dimension: where that runs, the shift cancels in the columns
                (
                    "over-first-dimension-shifted",
                    {"over": "first, shifted over last", "keepdim": "both"},
                ),
            )
        ),
        *(
            Mistake(
                id,
                {"over": over},
                of_vectors,
                "Right for [N, V] alone: the sum runs over dimension 1, which in [B, L, V] are the "
                "positions, and in [V] does not exist.",
                (
                    "Try inputs of one and of three dimensions.",
                    "Which dimension holds the outcomes in [V], in [N, V], in [B, L, V]?",
                    "Count dimensions from the end rather than from the start.",
                ),
                "any-axis-will-do",
            )
            for id, over in (
                ("over-second-dimension", "second"),
                ("over-second-dimension-shifted", "second, shifted over last"),
            )
        ),
        *(
            Mistake(
                id,
                {"over": over},
                frozenset({"any shape"}),
                f"Right for [V] and [N, V]: for [B, L, V] the sum runs over {what}",
                (
                    "Try an input of three dimensions.",
                    "Which dimension holds the outcomes in [V], in [N, V], in [B, L, V]?",
                    "Count dimensions from the end rather than from the start.",
                ),
                "any-axis-will-do",
            )
            for id, over, what in (
                (
                    "over-second-if-there-is-one",
                    "second, if there is one",
                    "dimension 1, which are the positions.",
                ),
                (
                    "no-dimension-named",
                    "none named",
                    "the first dimension. A library's softmax takes it where none is named, and "
                    "warns.",
                ),
            )
        ),
        *(
            Mistake(
                id,
                {"over": over},
                wrong,
                "One sum is taken over the whole tensor: all rows together sum to 1, where each "
                "row should.",
                (
                    try_this,
                    "A batch holds many distributions. How many sums do you need?",
                    "Tell the sum which dimension it runs over.",
                ),
                "any-axis-will-do",
            )
            for id, over in (
                ("over-whole-tensor", "all"),
                ("over-whole-tensor-shifted", "all, shifted over last"),
            )
        ),
    )


REDUCTIONS = (
    ("sum-without-keepdim", "not by the sum", "The sum"),
    ("maximum-without-keepdim", "not by the maximum", "The maximum"),
    ("nothing-with-keepdim", "neither", "Maximum and sum: each"),
)
LOG_SUM_EXP = ("log-sum-exp-without-keepdim", "not by their sum", "The logarithm of the sum")


def keepdim_mistakes(
    breaks: frozenset[str], reductions: tuple[tuple[str, str, str], ...] = REDUCTIONS
) -> tuple[Mistake, ...]:
    """A reduction loses its dimension: an error, or another row's number where N = V.

    `reductions` are ids, values of the switch `keepdim`, and what they mean.
    """
    return tuple(
        Mistake(
            id,
            {"keepdim": switch},
            breaks,
            f"{what} loses its last dimension, so it is lined up with the columns and not with the "
            "rows. For most shapes that is an error; for as many rows as outcomes it runs, and "
            "each row gets the number of another one.",
            (
                "Print the shapes of the tensors that you combine. Which dimensions are lined up?",
                "Broadcasting aligns shapes from the right: [N] meets the V of [N, V].",
                "A reduction can keep its dimension, with size 1: [N, 1] is what you need.",
            ),
            "shapes-align-from-the-left",
        )
        for id, switch, what in reductions
    )
