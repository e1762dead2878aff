"""The mistakes of `log_softmax`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.notation.rows import (
    ALL_CALLS,
    LOG_SUM_EXP,
    REDUCTIONS,
    axis_mistakes,
    keepdim_mistakes,
)

WRONG = frozenset({"value", "any shape", "large", "tiny"})

_LOG_SUM_EXP = (
    Mistake(
        "no-maximum-subtracted",
        {"shift": "none"},
        frozenset({"large"}),
        "Right for small logits only: the exponentials of logits near 1,000 overflow, those near "
        "−1,000 are rounded to 0, and the logarithm of their sum is ±∞.",
        (
            "Try a row of logits near 1,000. What is the exponential of the largest?",
            "log Σ exp(x) = m + log Σ exp(x − m), for every m. Which m keeps the exponentials "
            "small?",
            "Subtract each row's maximum inside the exponential, and add it outside the logarithm.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "maximum-of-the-whole-tensor",
        {"shift": "maximum of all"},
        frozenset({"large"}),
        "The largest logit of the *whole tensor* is subtracted. In rows that lie far below it all "
        "exponentials become 0, and the logarithm of their sum −∞.",
        (
            "Take two rows, one near 0 and one near −1,000. What is left of the second?",
            "Each row is a distribution of its own, and needs a constant of its own.",
            "The maximum has to be taken over the last dimension, and that dimension kept.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "maximum-not-put-back",
        {"by": "x − (lse without max)"},
        WRONG,
        "The maximum is subtracted inside the exponential and never put back: your numbers are "
        "the right ones plus each row's largest logit.",
        (
            "Take the exponential of your result and sum it over the last dimension. Is it 1?",
            "log Σ exp(x) = m + log Σ exp(x − m). Is the first m in your code?",
            "Either subtract m from x as well, or add it to the logarithm of the sum.",
        ),
    ),
    Mistake(
        "mean-of-exponentials",
        {"by": "x − log mean exp"},
        WRONG,
        "Your numbers are the right ones plus log V: the logarithm is that of the *mean* of the "
        "exponentials, not of their sum.",
        (
            "Take the exponential of your result and sum it over the last dimension. Is it 1?",
            "What are probabilities divided by, in a softmax: by a sum, or by a mean?",
            "One reduction is of the wrong kind.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-subtracted",
        {"shift": "mean"},
        frozenset({"tiny"}),
        "Each row's *mean* is subtracted, not its maximum. Where one logit is −∞, or lies far "
        "above the others, that gives NaN or ±∞.",
        (
            "Take a row with a logit of −∞. What is its mean?",
            "The constant is free only on paper: no exponential may overflow.",
            "Which constant makes the largest exponential 1?",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "maximum-subtracted-twice",
        # no pair with 'no maximum': twice nothing
        {"by": "x − max − lse"},
        WRONG,
        "The maximum is subtracted twice: from x, and once more with the logarithm of the sum, to "
        "which it was added. Your numbers are the right ones minus each row's largest logit.",
        (
            "Take the exponential of your result and sum it over the last dimension. Is it 1?",
            "log Σ exp(x) = m + log Σ exp(x − m). Which x is this subtracted from: the shifted "
            "one?",
            "Either subtract m from x, or add it to the logarithm of the sum.",
        ),
    ),
    *(
        Mistake(
            id,
            # how far the sum was shifted decides what a 1 is worth: no pair with that
            {"by": by, "shift": "maximum", "over": "last", "keepdim": "both"},
            WRONG,
            f"A 1 is added to the sum of the exponentials{when}, as log1p does: your probabilities "
            "sum to less than 1.",
            (
                "Take the exponential of your result and sum it over the last dimension. Is it 1?",
                "What is divided by has to be the sum of what is divided, and nothing more.",
                "The logarithm of the plain sum: it is never that of 0 if each row's maximum is "
                "subtracted first.",
            ),
        )
        for id, by, when in (
            ("one-added-to-the-sum", "x − log(1 + Σ)", ""),
            (
                "one-added-to-the-shifted-sum",
                "x − max − log(1 + Σ)",
                ", each row's maximum being subtracted",
            ),
        )
    ),
    Mistake(
        "only-the-maximum-subtracted",
        # no pair with 'no maximum': nothing would be left, and x itself is no attempt
        {"by": "x − max", "shift": "maximum"},
        WRONG,
        "Only each row's maximum is subtracted: the largest log-probability becomes 0, as if that "
        "outcome were certain.",
        (
            "Take the exponential of your result and sum it over the last dimension. Is it 1?",
            "Subtracting the maximum keeps the numbers small. It does not normalise them.",
            "The logarithm of the sum of exponentials is still to be subtracted.",
        ),
    ),
)


def _through_probability(id: str, by: str, epsilon: str, breaks: frozenset[str]) -> Mistake:
    return Mistake(
        id,
        # no pair with a lost dimension: a softmax that was lined up wrongly may be tiny by chance
        {"by": by, "keepdim": "both"},
        breaks,
        f"Right until a probability gets tiny: then the {epsilon} in the logarithm stands in for "
        "it, and a log-probability of −2,000, or of −∞, becomes an ordinary number.",
        (
            "Let one logit of a row lie 2,000 below the others. What should come out for it?",
            "A small number inside a logarithm hides −∞; it does not give the right answer.",
            "Take the logarithm of the softmax on paper. The probability disappears from the "
            "formula.",
        ),
        "floats-are-real-numbers",
    )


_LOGARITHM = (
    Mistake(
        "log-of-softmax",
        {"by": "log p"},
        frozenset({"tiny"}),
        "Right until a probability is rounded to 0: then its logarithm is −∞, where it should be "
        "a number like −2,000.",
        (
            "Let one logit of a row lie 2,000 below the others. What is its probability in "
            "floating point?",
            "The log-probability −2,000 is an ordinary number. Where does yours get lost?",
            "Take the logarithm of the softmax on paper. The probability disappears from the "
            "formula.",
        ),
        "floats-are-real-numbers",
    ),
    _through_probability("log-of-softmax-plus-1e-6", "log(p + 1e-6)", "1e-6", WRONG),
    *(
        _through_probability(
            f"log-of-softmax-plus-{epsilon}", f"log(p + {epsilon})", epsilon, frozenset({"tiny"})
        )
        for epsilon in ("1e-8", "1e-9", "1e-10", "1e-12", "1e-15")
    ),
    Mistake(
        "clamped",
        {"least": "−100", "by": "x − lse", "shift": "maximum", "keepdim": "both", "fed": "x"},
        frozenset({"tiny"}),
        "No log-probability falls below −100: those that should be −2,000, or −∞, are −100.",
        (
            "Let one logit of a row lie 2,000 below the others. What should come out for it?",
            "Some library losses clamp their logarithm at −100. This function does not.",
            "−2,000 is an ordinary number, and −∞ is right where an outcome is ruled out.",
        ),
        "infinity-is-an-error",
    ),
    Mistake(
        "infinity-replaced",
        {"least": "finite", "by": "x − lse", "shift": "maximum", "keepdim": "both", "fed": "x"},
        frozenset({"tiny"}),
        "Where the right value is −∞ you return a huge finite number: `nan_to_num` replaces "
        "infinities too, by default.",
        (
            "What is the logarithm of the probability 0? It is a value like any other here.",
            "Look at the signature of the function that takes care of NaN. What else does it do?",
            "Is there any NaN to take care of?",
        ),
        "infinity-is-an-error",
    ),
    *(
        Mistake(
            f"ruled-out-at-{id}",
            {"ruled_out": value},
            frozenset({"tiny"}),
            f"A logit of −∞ is replaced by {value}: an outcome that is ruled out gets an ordinary "
            "log-probability. The right one is −∞.",
            (
                "What is the logarithm of the probability 0? It is a value like any other here.",
                "Is there any NaN to take care of, if each row's maximum is subtracted?",
                "Let −∞ pass through your formula.",
            ),
            "infinity-is-an-error",
        )
        for id, value in (("0", "0"), ("minus-1e4", "−10⁴"), ("minus-1e9", "−10⁹"))
    ),
    Mistake(
        "logarithm-missing",
        {"gives": "p"},
        WRONG,
        "You return the probabilities; their logarithms are asked for.",
        (
            "Are your numbers between 0 and 1? What are logarithms of such numbers?",
            "The result is used in sums of logarithms: it must be at most 0.",
            "Work with x − log Σ exp(x), and stop there.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "sign",
        {"gives": "−log p"},
        WRONG,
        "Your numbers have the opposite sign: you return the surprise −log p. The logarithm of a "
        "probability is at most 0.",
        (
            "Is the logarithm of a number below 1 positive or negative?",
            "The sizes are right to the last digit; look at the signs alone.",
            "What is subtracted from what: x from the logarithm of the sum, or the other way "
            "round?",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "base-two",
        {"base": "2"},
        WRONG,
        "Your numbers are 1.4427 = 1/ln 2 times the expected ones: they are in bits. The course "
        "uses the natural logarithm.",
        (
            "Divide your first number by the right one, worked out by hand. Do you know the ratio?",
            "Which logarithm is the inverse of the exponential in a softmax?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
    Mistake(
        "base-ten",
        {"base": "10"},
        WRONG,
        "Your numbers are .4343 = 1/ln 10 times the expected ones: the logarithm has base 10. The "
        "course uses the natural one.",
        (
            "Divide your first number by the right one, worked out by hand. Do you know the ratio?",
            "Which logarithm is the inverse of the exponential in a softmax?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
    Mistake(
        "of-probabilities",
        {"fed": "p"},
        WRONG,
        "The logits pass through a softmax first, and the result is treated as logits once more: "
        "everything becomes nearly uniform.",
        (
            "Give one logit of 20 and others of 0. Why is your result so flat?",
            "Count the normalisations between the logits and your result.",
            "A log-softmax takes logits. What does yours get?",
        ),
        "softmax-can-be-repeated",
    ),
)

MISTAKES = (
    *_LOG_SUM_EXP,
    *_LOGARITHM,
    *axis_mistakes(
        WRONG,
        frozenset({"any shape", "large"}),
        "Take the exponential of your result and sum it over the last dimension.",
    ),
    *keepdim_mistakes(WRONG | ALL_CALLS, (*REDUCTIONS, LOG_SUM_EXP)),
)
