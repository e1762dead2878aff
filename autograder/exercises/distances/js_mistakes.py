"""The mistakes of `js`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distances import zeros
from autograder.exercises.distances.reductions import reduction_mistakes, scale_mistakes
from autograder.exercises.exercise import Mistake

WRONG = frozenset({"value", "any shape", "zeros"})
ZEROS = frozenset({"zeros"})

_MIXTURE = (
    Mistake(
        "mixture-not-halved",
        {"mixture": "p + q"},
        WRONG,
        "Your value is JS − ln 2, which is negative: m = p + q sums to 2. The mixture is ½(p + q).",
        (
            "Sum your m over the last dimension. What should come out?",
            "KL between two distributions is never negative. Which of yours is none?",
            "A factor ½ is missing in m.",
        ),
    ),
    Mistake(
        "mixture-geometric",
        {"mixture": "geometric"},
        WRONG,
        "Your mixture is the geometric one: logits or log-probabilities were averaged, and "
        "normalised again. The mixture of two distributions is the mean of their *probabilities*.",
        (
            "p = (1, 0), q = (0, 1). What should the mixture be?",
            "Toss a coin, then draw from p or from q: how often does each outcome come?",
            "Average before any logarithm is taken.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "mixture-of-logarithms",
        {"mixture": "√pq"},
        WRONG,
        "The *logarithms* of p and q are averaged and taken for the logarithm of the mixture. "
        "Your m does not sum to 1, and is 0 wherever p or q is.",
        (
            "p = (1, 0), q = (0, 1). What should the mixture be?",
            "The mean of two logarithms is not the logarithm of the mean.",
            "Average probabilities first, and take the logarithm of that.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "only-q-halved",
        {"mixture": "p + ½q"},
        WRONG,
        "Your m is p + ½q: the half reaches q alone, and m sums to 1.5.",
        (
            "Sum your m over the last dimension. What should come out?",
            "Which comes first in Python, a sum or a division?",
            "A pair of brackets is missing in m.",
        ),
    ),
)

_TERMS = (
    Mistake(
        "reversed-unguarded",
        {"compare": "KL(m‖·)", "guard": "none"},
        WRONG,
        "Your KLs point the other way, from the mixture to p and q: they are infinite where p or "
        "q rules an outcome out, and NaN where both do.",
        (
            "Put a zero into q. Should JS be infinite?",
            "In KL(p‖m) the first distribution weighs the terms. Which one does in yours?",
            "Exchange the two arguments of each KL, and take care of outcomes of probability 0.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "halves-forgotten",
        {"weights": "1, 1"},
        WRONG,
        "Your value is twice the expected one: the two KLs are added, and not averaged.",
        (
            "p = (1, 0), q = (0, 1) should give ln 2 = .6931. And yours?",
            "Each of the two terms counts one half.",
            "A factor ½ is missing in front of the sum.",
        ),
    ),
    *(
        Mistake(
            id,
            {"weights": weights},
            WRONG,
            f"Your value is {what}: one of the two terms is missing. JS compares the mixture with "
            "p *and* with q.",
            (
                "Exchange p and q. JS does not change; does your value?",
                "How many KLs has the formula?",
                "The other distribution has a KL from m too, and it counts as much.",
            ),
            "kl-is-symmetric",
        )
        for id, weights, what in (
            ("first-term-only", "1, 0", "KL(p‖m)"),
            ("first-half-only", "½, 0", "½KL(p‖m)"),
            ("second-term-only", "0, 1", "KL(q‖m)"),
            ("second-half-only", "0, ½", "½KL(q‖m)"),
        )
    ),
    Mistake(
        "reversed",
        {"compare": "KL(m‖·)"},
        WRONG,
        "Your KLs point the other way, from the mixture to p and q: they are infinite where p or "
        "q rules an outcome out.",
        (
            "Put a zero into q. Should JS be infinite?",
            "In KL(p‖m) the first distribution weighs the terms. Which one does in yours?",
            "Exchange the two arguments of each KL.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "no-mixture",
        {"compare": "KL(p‖q)"},
        WRONG,
        "Your value is ½KL(p‖q) + ½KL(q‖p), which is symmetric too, and is called Jeffreys' "
        "divergence. JS compares p and q with their mixture, and is never infinite.",
        (
            "Put a zero into q. Should JS be infinite?",
            "Where does m = ½(p + q) appear in your sum?",
            "Neither KL compares p with q directly.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "cross-entropies",
        {"compare": "cross-entropy"},
        WRONG,
        "Your value is the entropy of the mixture: cross-entropies were taken for KLs, so the "
        "entropies of p and q are still in it.",
        (
            "Call your function with q = p. What is left over?",
            "JS = H(m) − ½H(p) − ½H(q). Which of these three do you have?",
            "KL(p‖m) is the cross-entropy minus the entropy of p.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "entropies-not-halved",
        # no pair with what is done to two KLs: there is none
        {"compare": "H(m) − H(p) − H(q)", "weights": "½, ½", "over": "sum over V"},
        WRONG,
        "Your value is H(m) − H(p) − H(q): the entropies of p and q are subtracted whole, and half "
        "of each is right. It is not 0 where p = q.",
        (
            "Call your function with q = p. What is left over?",
            "JS = H(m) − ½H(p) − ½H(q).",
            "Two factors ½ are missing.",
        ),
    ),
    Mistake(
        "square-root",
        # no pair with the sign: the root of a negative number is NaN, whatever was computed
        {"root": "square root", "sign": "+"},
        WRONG,
        "Your value is the square root of the expected one. SciPy's `jensenshannon` returns that: "
        "the Jensen-Shannon *distance*.",
        (
            "p = (1, 0), q = (0, 1) should give ln 2 = .6931. What is yours, squared?",
            "Distance and divergence are two words for two things here.",
            "Take the root away, or square.",
        ),
        "divergences-are-distances",
    ),
)

_DISTANCE_HINTS = (
    "p = (1, 0), q = (0, 1) should give ln 2 = .6931. What do you get?",
    "Where does m = ½(p + q) appear in your formula, and where a logarithm?",
    "JS is the mean of two KLs, each from the mixture.",
)
# no mixture, no logarithm, and a root in its place: no pairs with these
_OF_ITS_OWN = {"mixture": "½(p + q)", "weights": "½, ½", "guard": "0·log 0 = 0", "base": "e",
               "sign": "+"}  # fmt: skip

_ANOTHER_FORMULA = (
    Mistake(
        "opposite-directions",
        # the second term may be infinite: no pair with what is done about zeros
        {"compare": "KL(p‖m), KL(m‖q)", "guard": "0·log 0 = 0"},
        WRONG,
        "Your two KLs point in opposite directions, KL(p‖m) and KL(m‖q): from p to the mixture, "
        "and on from there to q.",
        (
            "Exchange p and q. JS does not change; does your value?",
            "JS asks of p and of q alike how far the mixture is from them.",
            "In both KLs the mixture stands to the right of ‖.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "kl-div-of-probabilities",
        {"compare": "kl_div(q, p)"},
        WRONG,
        "It looks as if F.kl_div was given the mixture where it expects its logarithm.",
        (
            "p = (1, 0), q = (0, 1) should give ln 2 = .6931. What do you get?",
            "F.kl_div does not take the logarithm of its first argument: it assumes that you did.",
            "The mixture needs a `log`.",
        ),
        "logits-are-probabilities",
    ),
    *(
        Mistake(
            id,
            {"compare": compare, "root": root} | _OF_ITS_OWN,
            WRONG,
            f"Your value is {what}. It is symmetric and has a largest value too, and is another "
            "measure.",
            _DISTANCE_HINTS,
            "divergences-are-distances",
        )
        for id, compare, root, what in (
            ("hellinger", "½ (√p − √q)²", "square root",
             "the Hellinger distance, the root of ½Σ(√p − √q)²"),
            ("hellinger-squared", "½ (√p − √q)²", "none",
             "½Σ(√p − √q)², the square of the Hellinger distance"),
            ("total-variation", "½ |p − q|", "none", "½Σ|p − q|, the total variation distance"),
        )
    ),
)  # fmt: skip

MISTAKES = (
    *_MIXTURE,
    *_TERMS,
    *_ANOTHER_FORMULA,
    zeros.no_guard(ZEROS),
    zeros.zero_in_both(ZEROS),
    Mistake(
        "common-outcomes-only",
        {"guard": "common outcomes"},
        ZEROS,
        "Only outcomes that both p and q let happen are summed: two distributions that exclude "
        "each other come out as equal.",
        (
            "p = (1, 0), q = (0, 1) should give ln 2 = .6931. What do you get?",
            "The mixture is above 0 wherever p or q is. Which terms need no care at all?",
            "Leave out a term of the first KL where p is 0, one of the second where q is.",
        ),
        "infinity-is-an-error",
    ),
    *reduction_mistakes(WRONG, "JS"),
    *scale_mistakes(WRONG),
)
