"""The mistakes of `tvd`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distances.reductions import reduction_mistakes
from autograder.exercises.exercise import Mistake

WRONG = frozenset({"value", "any shape"})

_LARGEST = (
    "The *largest* single difference is taken. For three outcomes or fewer that happens to be the "
    "total variation distance; for more it is too small."
)
_LARGEST_HINTS = (
    "Try p = (.4, .4, .1, .1) and q = (.1, .1, .4, .4). How much has to be moved?",
    "The distance is the largest difference of the probability of any *set* of outcomes, not of "
    "any single one.",
    "Replace the maximum: half the sum of all absolute differences.",
)
_ROOT_HINTS = (
    "p = (1, 0), q = (0, 1) are 1 apart, as far as distributions can be. What do you get?",
    "No square, and no root: the *absolute values* of the differences are added.",
    "You have the Euclidean distance. The name for this one is L1, and half of it is asked for.",
)

_DIFFERENCES = (
    Mistake(
        "half-forgotten",
        {"factor": "1"},
        WRONG,
        "Your value is twice the expected one: the factor ½ is missing. Whatever q has too much "
        "of at one outcome it lacks at others, so the sum counts everything twice.",
        (
            "p = (1, 0), q = (0, 1): how much probability has to be moved?",
            "The distance lies between 0 and 1. Yours reaches 2.",
            "A factor ½ is missing in front of the sum.",
        ),
    ),
    Mistake(
        "signed",
        {"each": "p − q"},
        WRONG,
        "Your value is always 0: the differences are added with their signs, and both "
        "distributions sum to 1.",
        (
            "Add up p − q by hand for any two distributions.",
            "What is too much here is missing there. How do you keep them from cancelling?",
            "Absolute values come before the sum.",
        ),
        "differences-cancel",
    ),
    Mistake(
        "negative",
        {"sign": "−"},
        WRONG,
        "Your value is the expected one with a minus sign. A distance is never negative.",
        (
            "Can a distance be negative?",
            "This formula has no logarithm, and so no need for a minus.",
            "Take the minus sign away.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "positive-part-halved",
        {"each": "max(p − q, 0)"},
        WRONG,
        "Your value is half the expected one: only the positive differences are added, and the ½ "
        "is there as well. Either of them alone counts everything once.",
        (
            "p = (1, 0), q = (0, 1): how much probability has to be moved?",
            "The ½ makes up for counting what is moved twice: where it leaves and where it comes.",
            "Take all differences and the ½, or the positive ones without it.",
        ),
    ),
    Mistake(
        "overlap",
        {"each": "min(p, q)", "factor": "1"},
        WRONG,
        "Your value is 1 minus the expected one: it says how much the two have in common, Σ min(p, "
        "q), not how far apart they are.",
        (
            "p = q. What should come out, and what does?",
            "A distance is 0 for two things that are equal.",
            "What is left of 1 when what both have is taken away?",
        ),
    ),
    Mistake(
        "sorted-first",
        {"each": "|p − q|, sorted"},
        WRONG,
        "p and q are sorted before they are compared: which outcome a probability belongs to is "
        "lost.",
        (
            "p = (.9, .1), q = (.1, .9). Your value is 0. Are they equal?",
            "An outcome is compared with itself: position v of p with position v of q.",
            "Take the probabilities in the order in which they come.",
        ),
    ),
    Mistake(
        "earth-movers",
        {"each": "|Σ to here|", "factor": "1", "over": "sum over V", "sign": "+"},
        WRONG,
        "Your value is the earth mover's distance: it counts how far probability is moved from "
        "outcome to outcome. Outcomes have no order and no distance here.",
        (
            "Exchange two outcomes in p and in q. Your value changes; should it?",
            "Words are not neighbours because their ids are.",
            "Add differences at each outcome, not differences of cumulated sums.",
        ),
        "divergences-are-distances",
    ),
    *(
        Mistake(
            id,
            {"each": "|Σ to here|", "over": "largest", "factor": factor, "sign": "+"},
            WRONG,
            f"Your value is {what} of the two *cumulated* sums, as in the test of Kolmogorov and "
            "Smirnov. Outcomes have no order here.",
            (
                "Exchange two outcomes in p and in q. Your value changes; should it?",
                "Words are not neighbours because their ids are.",
                "Half the sum of the absolute differences, outcome by outcome.",
            ),
            "divergences-are-distances",
        )
        for id, factor, what in (
            ("kolmogorov", "1", "the largest difference"),
            ("half-kolmogorov", "½", "half the largest difference"),
        )
    ),
    *(
        Mistake(
            id,
            {"fed": "roots", "each": "(p − q)²", "over": "sum over V", "root": root,
             "factor": factor},
            WRONG,
            f"Your value is {what}. It is another measure: total variation has no roots in it.",
            (
                "p = (.5, .3, .2), q = (.2, .5, .3) should give .3. What do you get?",
                "How much probability has to be moved? That is a difference of probabilities, not "
                "of their roots.",
                "Half the sum of the absolute differences.",
            ),
            "divergences-are-distances",
        )
        for id, root, factor, what in (
            ("hellinger", "square root", "√½", "the Hellinger distance, the root of ½Σ(√p − √q)²"),
            ("hellinger-squared", "none", "½", "½Σ(√p − √q)², the square of the Hellinger "
             "distance"),
            ("hellinger-without-half", "square root", "1", "the root of Σ(√p − √q)²: √2 times the "
             "Hellinger distance"),
        )
    ),
    Mistake("largest-difference", {"over": "largest", "factor": "1"}, WRONG, _LARGEST,
            _LARGEST_HINTS, "only-the-top-matters"),
    Mistake("half-the-largest-difference", {"over": "largest"}, WRONG, _LARGEST,
            _LARGEST_HINTS, "only-the-top-matters"),
    *(
        Mistake(
            id,
            switch,
            WRONG,
            f"Your value is {what} of the differences: they are squared. Their absolute values are "
            "to be added.",
            _ROOT_HINTS,
            "divergences-are-distances",
        )
        for id, switch, what in (
            (
                "euclidean",
                {"each": "(p − q)²", "root": "square root", "factor": "1"},
                "the Euclidean length",
            ),
            (
                "half-euclidean",
                {"each": "(p − q)²", "root": "square root"},
                "half the Euclidean length",
            ),
            ("squared", {"each": "(p − q)²", "factor": "1"}, "the sum of the squares"),
            ("half-squared", {"each": "(p − q)²"}, "half the sum of the squares"),
        )
    ),
    Mistake(
        "of-logarithms",
        {"fed": "logarithms"},
        WRONG,
        "The *logarithms* of the probabilities are compared: an outcome of tiny probability then "
        "counts most, and a zero makes the value infinite.",
        (
            "p = (1, 0), q = (0, 1) should give 1. What do you get?",
            "This formula has no logarithm in it.",
            "Subtract the probabilities themselves.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "softmaxed-again",
        {"fed": "softmaxed"},
        WRONG,
        "p and q pass through a softmax, although they hold probabilities already: both become "
        "nearly uniform, and your value is far too small.",
        (
            "p = (1, 0), q = (0, 1) should give 1. What do you get?",
            "A softmax of probabilities is another distribution.",
            "Subtract the probabilities as they are.",
        ),
        "softmax-can-be-repeated",
    ),
)  # fmt: skip

MISTAKES = (*_DIFFERENCES, *reduction_mistakes(WRONG, "The total variation distance"))
