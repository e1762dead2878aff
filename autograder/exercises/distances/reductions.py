"""Mistakes with the sum over outcomes: they are the same whatever is summed."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake


def reduction_mistakes(wrong: frozenset[str], name: str) -> tuple[Mistake, ...]:
    """Means, and sums over too much or in another dimension; `name` is what is computed."""
    return (
        Mistake(
            "mean-over-outcomes",
            {"over": "mean over V"},
            wrong,
            f"Your value is 1/V of the expected one: the mean over the outcomes is taken. {name} "
            "is a sum.",
            (
                "How does your value change when you add outcomes of probability 0? It should not.",
                f"Read the formula of {name} again: is there a 1/V in it?",
                "One reduction, over the last dimension, is of the wrong kind.",
            ),
            "any-mean-will-do",
        ),
        Mistake(
            "summed-over-everything",
            {"over": "sum over all"},
            wrong,
            "You return one number for the whole batch: the sum over all rows. One for each row "
            "is asked for.",
            (
                "Look at the shape of your result for inputs [N, V]: [N] is promised.",
                "Every row is a pair of distributions of its own.",
                "Tell the sum which dimension it runs over.",
            ),
            "any-axis-will-do",
        ),
        Mistake(
            "mean-of-the-rows",
            {"over": "mean of rows"},
            wrong,
            "You return one number for the whole batch: the mean over all rows. One for each row "
            "is asked for.",
            (
                "Look at the shape of your result for inputs [N, V]: [N] is promised.",
                "Every row is a pair of distributions of its own.",
                "Stop after the sum over the outcomes: what is averaged later is another matter.",
            ),
            "any-mean-will-do",
        ),
        Mistake(
            "mean-over-everything",
            {"over": "mean over all"},
            wrong,
            "You return one number: the mean over all entries, rows and outcomes alike. A sum "
            "over the outcomes of each row is asked for.",
            (
                "Look at the shape of your result for inputs [N, V]: [N] is promised.",
                "A reduction called 'mean' divides by the number of all entries, V included.",
                "No reduction at all in the library, and then a sum over the last dimension.",
            ),
            "any-mean-will-do",
        ),
        Mistake(
            "batchmean",
            {"over": "batchmean"},
            wrong,
            "You return one number: the sum of everything, divided by the size of the first "
            "dimension. One number for each row is asked for.",
            (
                "Look at the shape of your result for inputs [N, V]: [N] is promised.",
                "'batchmean' divides by the first dimension. What is that for [V]?",
                "No reduction at all in the library, and then a sum over the last dimension.",
            ),
            "any-mean-will-do",
        ),
        Mistake(
            "over-first-dimension",
            {"over": "sum over first"},
            wrong,
            "The sum runs over the first dimension: rows are mixed, outcomes are not.",
            (
                "Look at the shape of your result for inputs [N, V]: [N] is promised.",
                "Which dimension holds the outcomes?",
                "Count dimensions from the end, and any shape will do.",
            ),
            "any-axis-will-do",
        ),
        Mistake(
            "over-second-dimension",
            {"over": "sum over second"},
            frozenset({"any shape"}),
            "Right for [N, V] alone: the sum runs over dimension 1, which in [B, L, V] are the "
            "positions, and in [V] does not exist.",
            (
                "Try inputs of one and of three dimensions.",
                "Which dimension holds the outcomes in [V], in [N, V], in [B, L, V]?",
                "Count dimensions from the end rather than from the start.",
            ),
            "any-axis-will-do",
        ),
        *(
            Mistake(
                id,
                {"over": over},
                wrong,
                f"{what} {name} is a sum over all V of them.",
                (
                    "Exchange the first two outcomes with the last two, in p and in q. Does your "
                    "value change?",
                    "How many terms does your sum have for V = 5?",
                    "A sum over the last dimension, without an index, takes all of them.",
                ),
            )
            for id, over, what in (
                (
                    "last-outcome-left-out",
                    "but the last",
                    "The last outcome is left out: a loop or a slice ends one too early.",
                ),
                (
                    "first-outcome-only",
                    "first outcome",
                    "Only the first outcome counts; in a loop a `return` that is indented too far "
                    "does that.",
                ),
                (
                    "three-outcomes-only",
                    "first three",
                    "Only the first three outcomes count, as if there were never more.",
                ),
            )
        ),
        Mistake(
            "one-number-per-outcome",
            {"over": "not reduced"},
            wrong,
            "You return one number for each outcome. They are right; their sum is asked for.",
            (
                "Look at the shape of your result: the outcomes should be gone from it.",
                f"{name} is one number for two distributions.",
                "A sum over the last dimension is missing at the end.",
            ),
            "loss-is-per-outcome",
        ),
    )


def scale_mistakes(wrong: frozenset[str]) -> tuple[Mistake, ...]:
    """The sign, and the base of the logarithm."""
    return (
        Mistake(
            "sign",
            {"sign": "−"},
            wrong,
            "Your value is the expected one with the opposite sign. It should never be negative.",
            (
                "Is the logarithm of a number below 1 positive or negative?",
                "log p − log q, or log q − log p: which of them is in the formula?",
                "The size is right to the last digit; look at the minus signs alone.",
            ),
            "loss-is-log-likelihood",
        ),
        Mistake(
            "base-two",
            {"base": "2"},
            wrong,
            "Your value is 1.4427 = 1/ln 2 times the expected one: it is in bits. The course uses "
            "the natural logarithm.",
            (
                "Divide your value by the right one, worked out by hand. Do you know the ratio?",
                "Which logarithm is the inverse of the exponential in a softmax?",
                "Only the base of the logarithm is wrong.",
            ),
            "any-logarithm-will-do",
        ),
        Mistake(
            "base-ten",
            {"base": "10"},
            wrong,
            "Your value is .4343 = 1/ln 10 times the expected one: the logarithm has base 10. The "
            "course uses the natural one.",
            (
                "Divide your value by the right one, worked out by hand. Do you know the ratio?",
                "Which logarithm is the inverse of the exponential in a softmax?",
                "Only the base of the logarithm is wrong.",
            ),
            "any-logarithm-will-do",
        ),
    )
