"""The mistakes of `softmax`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.notation.rows import ALL_CALLS, axis_mistakes, keepdim_mistakes

WRONG = frozenset({"value", "any shape", "stable"})

_TEMPERATURE = (
    Mistake(
        "temperature-multiplied",
        {"temper": "x · T"},
        WRONG,
        "The logits are multiplied by T where they should be divided: a high temperature makes "
        "your distribution sharper.",
        (
            "Try T = 100. Should all outcomes become alike, or should one take everything?",
            "Heat melts differences: at a high temperature the logits must lie closer together.",
            "One operator between x and T is the wrong one.",
        ),
        "temperature-sharpens",
    ),
    Mistake(
        "temperature-squared",
        {"temper": "x / T²"},
        WRONG,
        "The logits are divided by T²; it is T that divides them. (T² stands in front of a loss, "
        "in a later notebook.)",
        (
            "For the logits (2, 1, 0) at T = 2 the first probability should be .506. Yours?",
            "At T = 2 a difference of 1 between two logits should become ½.",
            "Divide once.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "temperature-ignored",
        {"temper": "x"},
        WRONG,
        "Your probabilities do not depend on T: they are those of T = 1.",
        (
            "Call your function with T = 1 and with T = 10. Should the results be equal?",
            "Follow T from the signature downwards. Where is it used?",
            "The logits are divided by T before anything else happens to them.",
        ),
    ),
    Mistake(
        "temperature-below-1-ignored",
        {"temper": "x / max(T, 1)"},
        WRONG,
        "Below 1 your temperature counts as 1: right for T ≥ 1 only. A low temperature makes a "
        "distribution sharper.",
        (
            "Try T = 1 and T = .5. Should the results be equal?",
            "T may melt differences, and may also enlarge them.",
            "Divide by T as it comes: there is nothing to be kept above 1.",
        ),
    ),
    Mistake(
        "temperature-after-softmax",
        {"temper": "p / T"},
        WRONG,
        "The probabilities are divided by T, after the softmax: your rows sum to 1/T, and nothing "
        "is softened.",
        (
            "Sum your result over the last dimension. What should come out?",
            "Dividing all probabilities by one number does not change their proportions.",
            "The temperature acts on the logits, before they become probabilities.",
        ),
        "temperature-after-softmax",
    ),
    Mistake(
        "power-of-probabilities",
        {"temper": "p ** (1/T)"},
        WRONG,
        "The probabilities are raised to the power 1/T after the softmax. Their proportions are "
        "right, but they no longer sum to 1.",
        (
            "Sum your result over the last dimension. What should come out?",
            "Dividing logits by T does raise probabilities to 1/T, up to a factor. Which one?",
            "Normalise last: temperature first, softmax afterwards.",
        ),
        "temperature-after-softmax",
    ),
)

_TEMPERATURE_OPERATOR = (
    Mistake(
        "temperature-above-only",
        # one that is subtracted or clamped does not cancel: no pair but with no maximum at all
        {"temper": "numerator", "exponential": "e^x", "times": "once", "gives": "p",
         "over": "last", "keepdim": "both"},
        WRONG,
        "Only the exponentials above the fraction bar are at temperature T; those in the sum are "
        "not divided by it, so that your rows do not sum to 1.",
        (
            "Sum your result over the last dimension. What should come out?",
            "How often does T appear in the formula: above the bar, below it, or both?",
            "Divide the logits once, at the start, and use the quotient everywhere.",
        ),
        "temperature-after-softmax",
    ),
    Mistake(
        "floor-division",
        {"temper": "x // T"},
        WRONG,
        "The quotients x/T are rounded down to whole numbers.",
        (
            "Take two logits, .2 and .9, and T = 1. Are your probabilities equal?",
            "Python has two divisions. Which of them gives whole numbers?",
            "One character in the division is too many.",
        ),
    ),
)  # fmt: skip

_EXPONENTIAL = (
    Mistake(
        "exponential-missing",
        {"exponential": "x"},
        WRONG,
        "The logits themselves are divided by their sum; there is no exponential, so "
        "'probabilities' can be negative.",
        (
            "Give a negative logit. Can a probability be negative?",
            "Before anything is divided, every logit must become a positive number.",
            "Which function turns any number into a positive one, and keeps their order?",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "powers-of-two",
        {"exponential": "2^x"},
        WRONG,
        "Your probabilities are those of powers of 2, not of e: every row is flatter than it "
        "should be.",
        (
            "Take two outcomes, logits 1 and 0. The ratio of their probabilities should be 2.718.",
            "The natural logarithm of a softmax gives the logits back, up to a constant. Of yours?",
            "Only the base of the power is wrong.",
        ),
        "any-logarithm-will-do",
    ),
    Mistake(
        "smallest-preferred",
        {"exponential": "e^−x"},
        WRONG,
        "The smallest logit gets the largest probability: there is a minus sign in the exponent.",
        (
            "Which outcome should be the likeliest, and which is in your result?",
            "Subtracting the maximum is done to x, not from it: x − max, not max − x.",
            "Look at the sign of what is exponentiated.",
        ),
    ),
    Mistake(
        "softmax-twice",
        {"times": "twice"},
        WRONG,
        "The softmax is applied twice: the second one takes probabilities for logits, and "
        "everything becomes nearly uniform.",
        (
            "Give one logit of 20 and others of 0. Why is your result so flat?",
            "Some functions take logits and normalise by themselves. What do you pass to yours?",
            "A softmax of a softmax is another distribution. One of the two is too many.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "logarithm-returned",
        {"gives": "log p"},
        WRONG,
        "You return the logarithms of the probabilities; the probabilities are asked for.",
        (
            "Are your numbers negative? Can a probability be?",
            "Two functions have almost the same name. Which one gives numbers that sum to 1?",
            "One exponential is missing at the end, or one 'log' is too many.",
        ),
        "logits-are-probabilities",
    ),
)

# what is summed, and how far it was shifted, decides what a 1 is worth: no pairs with these
_PLAIN_SUM = {"exponential": "e^x", "over": "last", "shift": "maximum", "keepdim": "both",
              "times": "once"}  # fmt: skip

_DENOMINATOR = tuple(
    Mistake(
        id,
        {"total": total} | _PLAIN_SUM,
        WRONG,
        f"{how}: your rows sum to less than 1, as if there were one more outcome that is never "
        "returned.",
        (
            "Sum your result over the last dimension. What should come out?",
            "What is divided by has to be the sum of what is divided, and nothing more.",
            "The sum of the exponentials is never 0 if each row's maximum is subtracted first.",
        ),
    )
    for id, total, how in (
        ("one-added-to-the-sum", "1 + Σ", "A 1 is added to the sum of the exponentials"),
        (
            "one-added-to-the-shifted-sum",
            "1 + Σ, shifted",
            "A 1 is added to the sum of the exponentials, each row's maximum being subtracted",
        ),
    )
)

_OVERFLOW = (
    Mistake(
        "no-maximum-subtracted",
        {"shift": "none"},
        frozenset({"stable"}),
        "Right for small logits, and NaN for large ones: the exponential of 1,000 is infinite in "
        "floating point, and ∞/∞ is NaN.",
        (
            "Try a row of logits near 1,000. What is the exponential of the largest?",
            "Adding a constant to all logits of a row changes no probability. Which constant "
            "would help?",
            "If the largest logit of each row is 0, no exponential is above 1, and their sum is "
            "never 0.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "maximum-of-the-whole-tensor",
        {"shift": "maximum of all"},
        frozenset({"stable"}),
        "The largest logit of the *whole tensor* is subtracted. In rows that lie far below it all "
        "exponentials become 0, and 0/0 is NaN.",
        (
            "Take two rows, one near 0 and one near −1,000. What is left of the second?",
            "Each row is a distribution of its own, and needs a constant of its own.",
            "The maximum has to be taken over the last dimension, and that dimension kept.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "maximum-not-divided",
        {"shift": "maximum of x"},
        frozenset({"stable"}),
        "Each row's maximum is subtracted *after* the division by T, and is not divided itself. "
        "That changes no probability, but at low temperatures x/T − max x can still overflow.",
        (
            "Take a logit of 3,000 and T = .7. What is x/T − max x?",
            "The largest number that is exponentiated should be 0.",
            "Either subtract first and divide both, or take the maximum of x/T.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "not-the-maximum-subtracted",
        {"shift": "mean"},
        frozenset({"stable"}),
        "Something else than its maximum is subtracted from each row, such as the row's mean or "
        "its minimum. Where one logit is −∞, or lies far above the others, NaN comes out.",
        (
            "Take a row with a logit of −∞. What is its mean, and what its minimum?",
            "The constant is free only on paper: no exponential may overflow.",
            "Which constant makes the largest exponential 1?",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "logits-clamped",
        {"shift": "clamped"},
        frozenset({"stable"}),
        "Large logits are clamped, so that none overflows. But in a row near 5,000 all logits "
        "become equal then, and so do their probabilities.",
        (
            "Take the logits 1,001 and 1,000. Should both outcomes be equally likely?",
            "Only the differences within a row matter. What does clamping do to them?",
            "Adding a constant to all logits of a row changes no probability. Which one helps?",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "nan-replaced",
        {"shift": "none, NaN → 0"},
        frozenset({"stable"}),
        "NaN is replaced by 0 at the end, so that rows of large logits sum to 0, not to 1.",
        (
            "Sum your result over the last dimension, for a row of logits near 1,000.",
            "NaN says that something overflowed before. What?",
            "If the largest logit of each row is 0, no exponential is above 1, and nothing has to "
            "be replaced.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "epsilon-in-the-sum",
        {"shift": "none, + ε"},
        frozenset({"stable"}),
        "A small number is added to the sum. For rows near −1,000 it is all that the sum holds: "
        "the probabilities become 0, and sum to 0; and rows near 1,000 still overflow.",
        (
            "Sum your result over the last dimension, for a row of logits near −1,000.",
            "The sum is 0 only because all exponentials were rounded to 0. Why are they so small?",
            "Subtract each row's maximum first. Then the sum is at least 1, and needs no help.",
        ),
        "floats-are-real-numbers",
    ),
)

MISTAKES = (
    *_TEMPERATURE,
    *_TEMPERATURE_OPERATOR,
    *_EXPONENTIAL,
    *_DENOMINATOR,
    *_OVERFLOW,
    *axis_mistakes(
        WRONG,
        frozenset({"any shape", "stable"}),
        "Sum your result over the last dimension: you should get ones.",
    ),
    *keepdim_mistakes(WRONG | ALL_CALLS),
)
