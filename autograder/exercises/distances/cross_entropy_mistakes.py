"""The mistakes of `cross_entropy`: which switch moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distances import zeros
from autograder.exercises.distances.reductions import reduction_mistakes, scale_mistakes
from autograder.exercises.exercise import Mistake

WRONG = frozenset({"value", "any shape", "zeros"})
ZEROS = frozenset({"zeros"})

_COMPARISON = (
    Mistake(
        "swapped",
        {"order": "q, p"},
        WRONG,
        "p and q are swapped: q weighs the terms, and the logarithm is taken of p. Outcomes happen "
        "as p says; q is what is surprised by them.",
        (
            "p = (1, 0), q = (.5, .5). Only the first outcome happens, so log 2 is right. Yours?",
            "In −Σ p log q, which distribution is inside the logarithm?",
            "The formula is right, and the two names have changed places.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "kl-instead",
        {"compare": "KL"},
        WRONG,
        "Your value is KL(p‖q): the entropy of p has been subtracted. The cross-entropy is not 0 "
        "where p = q.",
        (
            "Call your function with q = p. What should come out: 0, or the entropy of p?",
            "KL(p‖q) = cross-entropy − entropy. Which of the three is asked for?",
            "The logarithm of p does not belong in here.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "entropy-of-p",
        {"compare": "entropy of p"},
        WRONG,
        "Your value is the entropy of p: q does not enter it.",
        (
            "Change q. Does your result change?",
            "A line that was copied from `entropy` and not changed is the usual reason.",
            "The p inside the logarithm becomes q.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "only-the-likeliest",
        {"compare": "top"},
        WRONG,
        "Only the likeliest outcome of p enters: this is −log q of one label. The cross-entropy "
        "of two distributions counts every outcome.",
        (
            "Change q on an outcome that is not the likeliest. Does your result change?",
            "With labels, p is 1 on one outcome and 0 elsewhere. Here it is not.",
            "Weigh −log q of every outcome with its p, and sum.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "only-the-likeliest-weighted",
        {"compare": "top, weighted"},
        WRONG,
        "Only the term of p's likeliest outcome is taken. The cross-entropy sums the terms of all "
        "outcomes.",
        (
            "Change q on an outcome that is not the likeliest. Does your result change?",
            "How many terms has the sum in the formula?",
            "Drop the argmax: every outcome has a term.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "not-weighted",
        {"compare": "not weighted"},
        WRONG,
        "The surprises −log q are added without their weights: an outcome that p rarely lets "
        "happen counts as much as any other.",
        (
            "Change p. Does your result change?",
            "The *mean* surprise is asked for. Over which distribution is the mean?",
            "A factor is missing in front of the logarithm.",
        ),
    ),
    Mistake(
        "weighted-twice",
        {"compare": "weighted twice"},
        WRONG,
        "The terms are weighed with p twice: −Σ p²·log q.",
        (
            "Add your weights up. What should the sum be, and what is it?",
            "The *mean* surprise is asked for: its weights are p.",
            "One factor p is too many.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "entropy-of-q",
        {"compare": "entropy of q"},
        WRONG,
        "Your value is the entropy of q: p does not enter it.",
        (
            "Change p, and leave q. Does your result change?",
            "Outcomes happen as p says, whatever q expects.",
            "The q in front of the logarithm becomes p.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "logarithm-missing",
        # no pair with what is done about a logarithm's zeros: there is no logarithm
        {"compare": "logarithm missing", "guard": "0·log 0 = 0", "base": "e"},
        WRONG,
        "Your value is −Σ p·q: the logarithm of q is missing.",
        (
            "Is your value negative? A cross-entropy never is.",
            "How surprising is an outcome of probability ½, in nats?",
            "Weigh −log q, not −q.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "logarithm-of-the-sum",
        {"compare": "log of the sum"},
        WRONG,
        "The logarithm is taken of the sum Σ pq. A sum of logarithms is asked for; the two agree "
        "only for a p that is 1 on one outcome.",
        (
            "In which order does the formula take logarithm and sum?",
            "The logarithm of a mean is not the mean of the logarithms.",
            "Logarithm of q first, then weights, then the sum.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "binary-added",
        {"compare": "binary"},
        WRONG,
        "A second sum, of (1−p)·log(1−q), is in your value: this is the cross-entropy of V "
        "separate yes-or-no questions, not of one distribution over V outcomes.",
        (
            "Work it out by hand for V = 3. How many logarithms are there?",
            "The outcomes exclude each other: that one did not happen is said already.",
            "Keep the first sum, and drop the other one.",
        ),
        "loss-is-per-outcome",
    ),
)

_FED = (
    Mistake(
        "softmaxed-again",
        # what was softmaxed has no zeros, and makes no pair with what is done about them
        {"fed": "q softmaxed", "guard": "0·log 0 = 0"},
        WRONG,
        "q passes through a softmax, although it holds probabilities already: it is taken for "
        "logits, and becomes nearly uniform.",
        (
            "Which functions take logits, and which take probabilities? What is q here?",
            "F.cross_entropy and log_softmax normalise by themselves.",
            "From probabilities to their logarithms it is a plain `log`.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "both-softmaxed-again",
        {"fed": "both softmaxed", "guard": "0·log 0 = 0"},
        WRONG,
        "p and q pass through a softmax, although they hold probabilities already: both become "
        "nearly uniform.",
        (
            "Which functions take logits, and which take probabilities? What are p and q here?",
            "A softmax of probabilities is another distribution.",
            "From probabilities to their logarithms it is a plain `log`.",
        ),
        "softmax-can-be-repeated",
    ),
    *(
        Mistake(
            id,
            {"fed": fed, "over": over, **guard},
            breaks,
            f"It looks as if F.cross_entropy was used{how}. It takes *logits* first (and applies a "
            "softmax to them), looks for the outcomes in dimension 1"
            + (", and takes the mean over everything else." if over.startswith("mean") else "."),
            (
                "What does F.cross_entropy expect as its first argument, and in which dimension "
                "does it look for the classes?",
                "For inputs [V] and [B, L, V] dimension 1 is not what you want; and a loss for "
                "training returns one number.",
                "The formula has three operations. Written out it is shorter than the call.",
            ),
            "logits-are-probabilities",
        )
        for id, fed, over, guard, breaks, how in (
            (
                "library-loss",
                "q softmaxed over classes",
                "sum over classes",
                {"guard": "0·log 0 = 0"},
                WRONG,
                "",
            ),
            (
                "library-loss-mean",
                "q softmaxed over classes",
                "mean over classes",
                {"guard": "0·log 0 = 0"},
                WRONG,
                " with its default reduction",
            ),
            (
                "library-loss-of-logarithms",
                "q normalised over classes",
                "sum over classes",
                {"guard": "none"},
                frozenset({"any shape", "zeros"}),
                " on log q, which is right for [N, V] without zeros",
            ),
            (
                "library-loss-of-logarithms-mean",
                "q normalised over classes",
                "mean over classes",
                {"guard": "none"},
                WRONG,
                " on log q, with its default reduction",
            ),
        )
    ),
)

_ALONE = {"order": "p, q", "compare": "−Σ p log q", "fed": "probabilities", "over": "sum over V"}
_ZEROS = (
    zeros.no_guard(ZEROS),
    zeros.skipped(ZEROS),
    zeros.nan_to_num(ZEROS),
    zeros.infinite(ZEROS, _ALONE),
    zeros.least_logarithm(ZEROS),
    zeros.tiny_clamped(ZEROS),
    *zeros.replaced(zeros.INVISIBLE, ZEROS, _ALONE),
    # it shows in every number of the cross-entropy, now and then in those of another comparison
    *zeros.epsilon(("1e-6",), WRONG, alone={"compare": "−Σ p log q", "fed": "probabilities"}),
    *zeros.epsilon(zeros.INVISIBLE, ZEROS),
)

MISTAKES = (
    *_COMPARISON,
    *_FED,
    *_ZEROS,
    *reduction_mistakes(WRONG, "The cross-entropy"),
    *scale_mistakes(WRONG),
)
