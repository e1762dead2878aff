"""The mistakes of `high_T_limit`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

ALL = frozenset({"value", "any shape", "shift"})

_ORDINARY = (
    Mistake(
        "not-centred",
        {"centre": "nothing"},
        ALL,
        "Your value is half the mean *square* of z_s − z_t, not half its variance: the mean of "
        "each row is not subtracted.",
        (
            "Add 5 to all logits of the student. KL does not change; does your limit?",
            "A variance is the mean square of the distances from the mean.",
            "One subtraction is missing, row by row.",
        ),
        "matching-logits",
    ),
    Mistake(
        "centred-over-all",
        {"centre": "whole tensor"},
        ALL,
        "One mean over the whole tensor is subtracted; each row has its own.",
        (
            "Add 5 to the student's logits at one position only. KL does not change there; does "
            "your limit?",
            "The variance is taken over the outcomes of one position, then averaged.",
            "Over which dimensions does your mean, or your variance, run?",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "student-centred-only",
        {"centre": "student"},
        ALL,
        "Only the student's logits are centred; the teacher's mean is still in the difference.",
        (
            "Add 5 to all logits of the teacher. KL does not change; does your limit?",
            "What is subtracted from one model has to be subtracted from the other.",
            "Take the difference first, and centre it then.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "no-half",
        {"factor": "1"},
        ALL,
        "Your value is twice the expected one: the ½ is missing.",
        (
            "At the point of the text the limit is .4. What do you get?",
            "KL between two close distributions is a second-order term of a Taylor series. Which "
            "factor does it carry?",
            "Everything is right but a factor of 2.",
        ),
    ),
    Mistake(
        "always-zero",
        {"factor": "0"},
        ALL,
        "Your limit is always 0. Both distributions do become uniform, and KL does go to 0; but "
        "it is multiplied by T², which grows as fast as KL shrinks.",
        (
            "Compute T²·KL at T = 10, 100, 1000. Where does it go?",
            "KL shrinks like 1/T². What is T² times 1/T²?",
            "Expand softmax(z/T) to first order in 1/T: 1/V·(1 + (z − mean)/T).",
        ),
        "high-temperature-forgets",
    ),
    Mistake(
        "sample-variance",
        {"divide_by": "V − 1"},
        ALL,
        "Your value is V/(V − 1) times the expected one: the variance is divided by V − 1, as for "
        "a sample. The outcomes are all there are, so it is divided by V.",
        (
            "Divide your value by the expected one for V = 5. Which fraction is it?",
            "A library's variance divides by V − 1 unless it is told otherwise.",
            "The population's variance is asked for: there is an argument for it.",
        ),
        "variance-of-a-sample",
    ),
    Mistake(
        "summed-over-outcomes",
        {"divide_by": "1"},
        ALL,
        "Your value is V times the expected one: the squares are summed over the outcomes, not "
        "averaged.",
        (
            "In the limit each outcome has the probability 1/V. Where is it in yours?",
            "KL is a sum over outcomes, weighed by p; and what is p when T is large?",
            "A variance is a mean.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-v-squared",
        {"divide_by": "V²"},
        ALL,
        "Your value is 1/V of the expected one: it is divided by V twice.",
        (
            "Count the divisions by V in your lines.",
            "The weights 1/V of the outcomes make the sum of squares a mean. That is the only V.",
            "A mean of something that is divided by V already?",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "summed-over-positions",
        {"over": "nothing"},
        ALL,
        "Your value is N times the expected one: it is summed over the positions; the mean is "
        "asked for.",
        (
            "Stack the same logits twice. Should the limit double?",
            "The limit belongs to kd_loss, which is a mean over the positions.",
            "Divide by the number of positions: everything but the last dimension.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "one-number-per-position",
        {"over": "not reduced"},
        ALL,
        "You return one number for each position. They are right; their mean is asked for.",
        (
            "Look at the shape of your result: what has been reduced, what has not?",
            "The limit is one number, like the loss that tends to it.",
            "One more mean, over all positions, is missing at the end.",
        ),
    ),
)

# neither centring nor a wrong difference makes a pair with these
_REST = {"fed": "z", "of": "the difference", "centre": "each row"}

_VARIANCE = (
    *(
        Mistake(
            id,
            {"of": of, "centre": "each row"},
            ALL,
            f"Your value is half {what}. The variance of the *difference* is asked for: how one "
            "model's logits go with the other's decides.",
            (
                "Let the student have the teacher's logits in another order. Is your limit 0, or "
                "as large as can be?",
                "The variance of a difference is not made of two variances alone.",
                "Subtract first, row by row, and take the variance then.",
            ),
            "differences-cancel",
        )
        for id, of, what in (
            ("difference-of-variances", "Var z_s − Var z_t",
             "the student's variance minus the teacher's"),
            ("difference-of-variances-reversed", "Var z_t − Var z_s",
             "the teacher's variance minus the student's"),
            ("difference-of-variances-without-sign", "|Var z_s − Var z_t|",
             "the absolute difference of the two variances"),
            ("sum-of-variances", "Var z_s + Var z_t", "the sum of the two variances"),
        )
    ),
    Mistake(
        "over-first-dimension",
        {"centre": "first dimension"},
        ALL,
        "The variance is taken over the first dimension, the positions. It is the outcomes of one "
        "position that vary.",
        (
            "Add 5 to the student's logits at one position only. KL does not change there; does "
            "your limit?",
            "Outcomes compete with each other; positions do not.",
            "Which dimension holds the outcomes? Count from the end, and any shape will do.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "positions-averaged-first",
        {"centre": "mean position", "over": "positions"},
        ALL,
        "The differences are averaged over the positions before the variance is taken: what one "
        "position has too much of another one's lack takes away.",
        (
            "Two positions with opposite differences. Is your limit 0?",
            "Each position has a variance of its own.",
            "Variance first, over the outcomes; then the mean over the positions.",
        ),
        "differences-cancel",
    ),
    Mistake(
        "of-probabilities",
        {"fed": "p"},
        ALL,
        "The difference of the *probabilities* is taken, not that of the logits.",
        (
            "At the point of the text the limit is .4. What do you get?",
            "At a high temperature exp(z/T) ≈ 1 + z/T. Where is a softmax at T = 1 in that?",
            "The logits enter as they are.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "of-log-probabilities",
        # centred, they are the centred logits: right, and nothing to make a pair with
        {"fed": "log p", "of": "the difference", "centre": "nothing"},
        ALL,
        "Your value is half the mean square of the difference of *log-probabilities*: the "
        "logarithm of each row's sum is subtracted, where its mean should be.",
        (
            "Is the mean of your differences 0 in each row?",
            "Log-probabilities are logits, moved so that their exponentials sum to 1. Which "
            "constant does a variance subtract?",
            "Subtract from each row of differences its mean; then no softmax is needed.",
        ),
        "matching-logits",
    ),
    Mistake(
        "absolute-values",
        {"root": "absolute values", "of": "the difference"},
        ALL,
        "Your value is half the mean *absolute* distance from the mean; a variance is the mean "
        "*square*.",
        (
            "Multiply all logits by 2. KL at a high temperature becomes four times as large. And "
            "yours?",
            "KL is of second order in the difference.",
            "Square where you take absolute values.",
        ),
        "divergences-are-distances",
    ),
    Mistake(
        "standard-deviation",
        {"root": "standard deviation"},
        ALL,
        "Your value is half the standard deviation; half the *variance* is asked for.",
        (
            "Multiply all logits by 2. KL at a high temperature becomes four times as large. And "
            "yours?",
            "KL is of second order in the difference.",
            "Take the root away, or square.",
        ),
        "divergences-are-distances",
    ),
    *(
        Mistake(
            f"kd-loss-at-{number}",
            {"factor": f"kd_loss at {T}", "divide_by": "V", "root": "none", "over": "positions",
             **_REST},
            ALL,
            f"Your value is the loss at T = {T}: near the limit, and not the limit itself. In "
            "float32 it is rounding noise.",
            (
                "Compare T = 100 with T = 10,000, in float32. Which of the two is right?",
                "T² multiplies a difference of nearly equal numbers. What becomes of its digits?",
                "Do on paper what the computer cannot: expand softmax(z/T) in 1/T.",
            ),
            "floats-are-real-numbers",
        )
        for number, T in (("100", "100"), ("1000", "1,000"), ("10000", "10,000"))
    ),
)  # fmt: skip

MISTAKES = (*_ORDINARY, *_VARIANCE)
