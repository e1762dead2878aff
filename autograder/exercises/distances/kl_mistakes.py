"""The mistakes of `kl`: which switch of the oracle moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distances import zeros
from autograder.exercises.distances.reductions import reduction_mistakes, scale_mistakes
from autograder.exercises.exercise import Mistake

WRONG = frozenset({"value", "any shape", "zeros", "ruled out"})
ZEROS = frozenset({"zeros"})
RULED_OUT = frozenset({"ruled out"})

_COMPARISON = (
    Mistake(
        "direction-swapped",
        {"direction": "q‖p"},
        WRONG,
        "Your value is KL(q‖p): the direction is swapped. On distributions that are nearly equal "
        "the two look alike; on skewed ones they do not.",
        (
            "In KL(p‖q) one of the two distributions weighs the terms. Which one does in yours?",
            "Outcomes happen as p says: p is the weight, and p stands in the numerator.",
            "If you call a library function, look up the order of its arguments: PyTorch's wants "
            "the approximating distribution first and the target second.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "cross-entropy",
        {"compare": "cross-entropy"},
        WRONG,
        "Your value is the cross-entropy: the entropy of p is still in it. KL is 0 where p = q.",
        (
            "Call your function with q = p. What is left over?",
            "KL(p‖q) = cross-entropy − entropy of p.",
            "The logarithm of p does not appear in your sum yet.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "symmetrised",
        {"compare": "symmetrised"},
        WRONG,
        "Your value is the mean of KL(p‖q) and KL(q‖p). KL is not symmetric, and is not meant to "
        "be.",
        (
            "Exchange p and q. Should the value stay the same?",
            "How many sums has the formula?",
            "Keep the one direction that is asked for.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "both-directions",
        {"compare": "both directions"},
        WRONG,
        "Your value is KL(p‖q) + KL(q‖p). Only the first of them is asked for.",
        (
            "Exchange p and q. Should the value stay the same?",
            "How many sums has the formula?",
            "Keep the one direction that is asked for.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "absolute-terms",
        {"compare": "absolute terms"},
        WRONG,
        "The terms are made positive one by one. Single terms of KL may be negative: it is their "
        "sum that never is.",
        (
            "Where q is larger than p, the term p·log(p/q) is negative. Is that an error?",
            "KL ≥ 0 is a theorem about the sum.",
            "Take the absolute value away.",
        ),
        "terms-are-positive",
    ),
    Mistake(
        "negative-terms-dropped",
        {"compare": "positive terms"},
        WRONG,
        "Negative terms count as 0, one by one. Single terms of KL may be negative: it is their "
        "sum that never is.",
        (
            "Where q is larger than p, the term p·log(p/q) is negative. Is that an error?",
            "KL ≥ 0 is a theorem about the sum.",
            "Let every term keep its sign.",
        ),
        "terms-are-positive",
    ),
    Mistake(
        "not-weighted",
        {"compare": "not weighted"},
        WRONG,
        "The ratios log(p/q) are added without their weights.",
        (
            "An outcome that p hardly ever lets happen: should it count as much as the others?",
            "KL is a mean over outcomes that happen as p says.",
            "A factor is missing in front of the logarithm.",
        ),
    ),
    Mistake(
        "weighted-by-q",
        {"compare": "weighted by q"},
        WRONG,
        "The ratios log(p/q) are weighed by q. That makes −KL(q‖p), which is negative.",
        (
            "Is your value negative? KL never is.",
            "Which distribution says how often an outcome happens?",
            "The logarithm is right; the weight in front of it is the other distribution's.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "entropy-added",
        {"compare": "H(p, q) + H(p)"},
        WRONG,
        "Your value is the cross-entropy *plus* the entropy of p: it is to be subtracted.",
        (
            "Call your function with q = p. Should it be twice the entropy?",
            "Σ p log p is already negative. What sign has the entropy?",
            "KL(p‖q) = cross-entropy − entropy of p: one sign is wrong.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "difference-of-entropies",
        {"compare": "H(q) − H(p)"},
        WRONG,
        "Your value is the entropy of q minus the entropy of p. Two very different distributions "
        "can have the same entropy.",
        (
            "p = (.9, .1), q = (.1, .9). Your value is 0. Are they equal?",
            "KL = *cross*-entropy − entropy: in its first sum the weights are p's.",
            "Only inside one logarithm does q appear.",
        ),
        "kl-is-cross-entropy",
    ),
)

_FORMULA = (
    Mistake(
        "ratio-of-logarithms",
        {"compare": "log p / log q"},
        WRONG,
        "You divide the logarithms, log p / log q. The logarithm of a ratio is their *difference*, "
        "log p − log q.",
        (
            "Call your function with q = p. Why is it 1, and not 0?",
            "log(a/b) = log a − log b. What is log a / log b?",
            "The division belongs inside the logarithm, or a minus outside.",
        ),
    ),
    Mistake(
        "only-log-p-weighted",
        {"compare": "log p weighted alone"},
        WRONG,
        "Only log p is multiplied by p; log q is subtracted as it is. A pair of brackets is "
        "missing: p·(log p − log q).",
        (
            "Call your function with q = p. What is left over?",
            "Which comes first in Python, a product or a difference?",
            "Put brackets around the difference of the logarithms.",
        ),
    ),
    Mistake(
        "weighted-twice",
        {"compare": "weighted twice"},
        WRONG,
        "The terms are weighed with p twice: p²·log(p/q).",
        (
            "Add your weights up. What should the sum be, and what is it?",
            "KL is a mean over outcomes that happen as p says.",
            "One factor p is too many.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "logarithms-missing",
        {"compare": "p (p − q)"},
        WRONG,
        "Your sum is Σ p·(p − q): the probabilities are subtracted, and their *logarithms* are "
        "meant.",
        (
            "p = (1, 0), and q says 1e-30 of its first outcome. What should come out?",
            "KL counts nats, and the logarithm makes them.",
            "Two logarithms are missing.",
        ),
        "logits-are-probabilities",
    ),
    *(
        Mistake(
            id,
            # no pair with what is done about a logarithm's zeros: there is no logarithm
            {"compare": compare, "guard": "0·log 0 = 0", "base": "e"},
            WRONG,
            f"Your value is {what}, another measure of how far p and q are apart. Like KL it is 0 "
            "where they are equal, and only there; elsewhere it is another number.",
            (
                "p = (.5, .3, .2), q = (.2, .5, .3) should give .2238. What do you get?",
                "Where in your formula is a logarithm?",
                "KL is the sum of p·log(p/q).",
            ),
            "divergences-are-distances",
        )
        for id, compare, what in (
            ("chi-squared", "χ²", "Σ(p − q)²/q, the χ² divergence"),
            ("half-chi-squared", "½ χ²", "½Σ(p − q)²/q, which is near KL where p is near q"),
            ("hellinger", "½ (√p − √q)²", "½Σ(√p − √q)², the square of the Hellinger distance"),
            ("total-variation", "½ |p − q|", "½Σ|p − q|, the total variation distance"),
        )
    ),
)

_KL_DIV = (
    Mistake(
        "direction-swapped-unguarded",
        {"direction": "q‖p", "guard": "none"},
        WRONG,
        "Your value is KL(q‖p): the direction is swapped. Besides it is NaN where q rules an "
        "outcome out: 0·log 0 is computed, and counts as 0 by definition.",
        (
            "In KL(p‖q) one of the two distributions weighs the terms. Which one does in yours?",
            "Outcomes happen as p says: p is the weight, and p stands in the numerator.",
            "If you call a library function, look up the order of its arguments; and take care "
            "of outcomes of probability 0.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "kl-div-swapped",
        {"direction": "q‖p", "guard": "NaN where both are 0"},
        WRONG,
        "Your value is KL(q‖p), and NaN where both probabilities are 0: it looks as if F.kl_div "
        "was given its arguments in the wrong order.",
        (
            "In KL(p‖q) one of the two distributions weighs the terms. Which one does in yours?",
            "PyTorch's F.kl_div wants the approximating distribution first and the target second.",
            "Exchange the two; and take care of outcomes that both rule out.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "kl-div-of-probabilities",
        {"compare": "kl_div(q, p)"},
        WRONG,
        "Your value is negative, and KL never is: it looks as if F.kl_div was given q where it "
        "expects log q.",
        (
            "Can KL be negative? Which ingredient is not what it is taken for?",
            "F.kl_div does not take the logarithm of its first argument: it assumes that you did.",
            "One of the two arguments needs a `log`.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "kl-div-log-target-not-said",
        {"compare": "kl_div(log q, log p)"},
        WRONG,
        "Your value is NaN on every input: it looks as if F.kl_div was given log p without being "
        "told, so it takes the logarithm of negative numbers.",
        (
            "Where does NaN come from? Look for a logarithm of something negative.",
            "By default F.kl_div expects log-probabilities first and probabilities second.",
            "Either change what you pass as the target, or say what it is: there is a flag.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "softmaxed-again",
        # what was softmaxed has no zeros, and makes no pair with what is done about them
        {"fed": "both softmaxed", "guard": "0·log 0 = 0"},
        WRONG,
        "p and q pass through a softmax, although they hold probabilities already: both become "
        "nearly uniform, and your value is far too small.",
        (
            "Which functions take logits, and which take probabilities? What are p and q here?",
            "A softmax of probabilities is another distribution.",
            "From probabilities to their logarithms it is a plain `log`.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "q-softmaxed-again",
        {"fed": "q softmaxed"},
        WRONG,
        "q passes through a softmax, although it holds probabilities already: it becomes nearly "
        "uniform, and your value is not 0 where p = q.",
        (
            "Call your function with q = p. Why is it not 0?",
            "log_softmax takes logits. What is q here?",
            "From probabilities to their logarithms it is a plain `log`.",
        ),
        "logits-are-probabilities",
    ),
)

# 1e-6 shows in every number of KL, and now and then in those of another comparison
_VISIBLE = {"compare": "KL", "fed": "probabilities"}
_ALONE = {"direction": "p‖q", "compare": "KL", "fed": "probabilities", "over": "sum over V"}
_ZEROS = (
    zeros.no_guard(ZEROS),
    zeros.zero_in_both(ZEROS),
    zeros.skipped(RULED_OUT),
    zeros.nan_to_num(RULED_OUT),
    zeros.infinite(ZEROS, _ALONE),
    zeros.infinite_everywhere(ZEROS | RULED_OUT, _ALONE),
    zeros.tiny_clamped(RULED_OUT),
    *zeros.replaced(zeros.INVISIBLE, RULED_OUT, _ALONE),
    *zeros.epsilon(("1e-6",), WRONG, alone=_VISIBLE),
    *zeros.epsilon(("1e-6",), WRONG, "epsilon-in-q", " in q", _VISIBLE),
    *zeros.epsilon(zeros.INVISIBLE, RULED_OUT),
    *zeros.epsilon(("1e-6",), WRONG, "epsilon-in-q-unguarded", " in q, NaN where p = 0", _VISIBLE),
    *zeros.epsilon(
        zeros.INVISIBLE, ZEROS | RULED_OUT, "epsilon-in-q-unguarded", " in q, NaN where p = 0"
    ),
)

MISTAKES = (
    *_COMPARISON,
    *_FORMULA,
    *_KL_DIV,
    *_ZEROS,
    *reduction_mistakes(WRONG, "KL"),
    *scale_mistakes(WRONG),
)
