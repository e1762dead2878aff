"""The mistakes of `best_student`: which switch moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.distances import zeros
from autograder.exercises.exercise import Mistake

WRONG = frozenset({"mixture", "floor", "zeros"})
FLOOR = frozenset({"floor", "zeros"})
ZEROS = frozenset({"zeros"})
ALL_CALLS = frozenset({"inputs", "dtype"})
"""What is lost besides where ordinary calls raise an error."""


def _mixture(
    id: str,
    switch: str,
    says: str,
    hints: tuple[str, str, str],
    misconception: str | None = None,
) -> tuple[Mistake, ...]:
    """A wrong mixture, with the floor taken from its KLs or from entropies: one name, two ways."""
    return (
        Mistake(id, {"mixture": switch}, WRONG, says, hints, misconception),
        Mistake(
            f"{id}-and-entropies",
            {"mixture": switch, "floor": "H(m) − Σ w H(P)"},
            WRONG,
            says,
            hints,
            misconception,
        ),
    )


# a floor that is computed from the mixture, and nothing else wrong: makes no pair
_ALONE = {
    "weights": "w", "floor": "Σ w KL(P‖m)", "guard": "0·log 0 = 0", "sign": "+", "base": "e",
    "gives": "m, floor",
}  # fmt: skip

_MIXTURES = (
    *_mixture(
        "contexts-not-weighted",
        "mean of P",
        "Your student is the plain mean of the contexts' distributions: how often each context "
        "occurs does not enter it.",
        (
            "A context that hardly ever occurs: should it count as much as the others?",
            "Change w. Does your first result change?",
            "Each row of P counts as often as its context occurs.",
        ),
        "any-mean-will-do",
    ),
    *_mixture(
        "contexts-summed",
        "Σ P",
        "Your student sums to K, the number of contexts: the rows of P are added without weights.",
        (
            "Sum your first result. What should come out?",
            "Change w. Does your first result change?",
            "Each row of P counts as often as its context occurs.",
        ),
    ),
    *_mixture(
        "geometric-mixture",
        "geometric",
        "Your student is the normalised mean of the *log*-probabilities (or logits). That is the "
        "best student under the reverse KL, Σ w KL(m‖P); here it is KL(P‖m).",
        (
            "Contexts (1, 0) and (0, 1): the mean of the logarithms is −∞ everywhere.",
            "Drawing a context, then an outcome: how often does each outcome come?",
            "Average probabilities, not their logarithms.",
        ),
        "log-and-mean-commute",
    ),
    *(
        Mistake(
            f"geometric-mixture-with-{epsilon}",
            {"mixture": f"geometric, ε = {epsilon}", **_ALONE},
            WRONG,
            "Your student is the normalised mean of the *log*-probabilities, with a small number "
            f"({epsilon}) in place of zeros. That is the best student under the reverse KL, "
            "Σ w KL(m‖P); here it is KL(P‖m).",
            (
                "Contexts (1, 0) and (0, 1): the mean of the logarithms is −∞ everywhere.",
                "Drawing a context, then an outcome: how often does each outcome come?",
                "Average probabilities, not their logarithms.",
            ),
            "log-and-mean-commute",
        )
        for epsilon in ("1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-30")
    ),
    *_mixture(
        "geometric-mixture-not-weighted",
        "geometric, unweighted",
        "Your student is the normalised plain mean of the *log*-probabilities (or logits): "
        "probabilities are to be averaged, with the weights w.",
        (
            "Contexts (1, 0) and (0, 1): the mean of the logarithms is −∞ everywhere.",
            "Drawing a context, then an outcome: how often does each outcome come?",
            "Average probabilities, not their logarithms, and weigh them by w.",
        ),
        "log-and-mean-commute",
    ),
    *_mixture(
        "likeliest-context",
        "likeliest context",
        "Your student copies the teacher of the likeliest context, as if the others never came.",
        (
            "What does this student pay when another context was there, which rules out what it "
            "says?",
            "The student cannot know the context. It hedges.",
            "Mix the rows of P, each with its weight.",
        ),
        "only-the-top-matters",
    ),
    *_mixture(
        "mixture-of-the-likeliest-outcomes",
        "of the argmaxes",
        "Only the likeliest outcome of each context is mixed: your student gives probability 0 to "
        "all others, and the loss is infinite.",
        (
            "Is any entry of your first result 0, though P has no 0?",
            "What the teacher thinks of the less likely outcomes belongs into the mixture too.",
            "Mix the rows of P themselves.",
        ),
        "only-the-top-matters",
    ),
    *_mixture(
        "mixture-softmaxed",
        "softmaxed",
        "The mixture passes through a softmax, although it is a distribution already: it becomes "
        "nearly uniform.",
        (
            "Sum w @ P over the outcomes. Does anything have to be done to it?",
            "A softmax of probabilities is another distribution.",
            "Return the mixture as it is.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "weights-ignored",
        {"weights": "even"},
        WRONG,
        "All contexts count the same, in the student and in the floor: how often each of them "
        "occurs does not enter your results.",
        (
            "A context that hardly ever occurs: should it count as much as the others?",
            "Change w. Do your results change?",
            "Both results are means over the contexts. Weigh each context with its w.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "weights-softmaxed",
        {"weights": "softmaxed"},
        WRONG,
        "The weights pass through a softmax, although they sum to 1 already: they become nearly "
        "equal.",
        (
            "How often does the first context occur, by w and by what you multiply with?",
            "A softmax of probabilities is another distribution.",
            "Take w as it comes.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "weights-over-outcomes",
        {"mixture": "w on the columns"},
        WRONG | ALL_CALLS,
        "The weights are laid over the outcomes and not over the contexts: P * w multiplies the "
        "*columns*. That is an error unless there are as many contexts as outcomes.",
        (
            "Print the shapes of P and w. Which dimensions are lined up?",
            "Broadcasting aligns shapes from the right: [K] meets the V of [K, V].",
            "w needs another dimension, [K, 1]; or take a matrix product.",
        ),
        "shapes-align-from-the-left",
    ),
    Mistake(
        "product-the-wrong-way",
        {"mixture": "P w"},
        WRONG | ALL_CALLS,
        "Your matrix product sums over the outcomes: that is an error unless there are as many "
        "contexts as outcomes. The sum runs over the contexts.",
        (
            "What shape has your first result? [V] is promised.",
            "Which index is summed over in m(y) = Σ_k w_k P_k(y)?",
            "Exchange the two factors.",
        ),
        "shapes-align-from-the-left",
    ),
)

_FLOORS = (
    *(
        Mistake(
            id,
            {"floor": floor},
            FLOOR,
            f"The student is right; the floor {what}: how often each context occurs does not enter "
            "it.",
            (
                "A context that hardly ever occurs: should its KL count as much as the others?",
                "The floor is an expected loss. Over what is the expectation?",
                "Weigh each context's KL with its w, and sum.",
            ),
            "any-mean-will-do",
        )
        for id, floor, what in (
            ("floor-not-weighted", "mean of KL(P‖m)", "is the plain mean of the KLs"),
            ("floor-not-weighted-entropies", "H(m) − mean of H(P)",
             "subtracts the plain mean of the entropies"),
            ("floor-summed", "Σ KL(P‖m)", "is the plain sum of the KLs"),
        )
    ),
    Mistake(
        "floor-of-the-worst-context",
        {"floor": "largest KL(P‖m)"},
        FLOOR,
        "The student is right; the floor is the KL of the *worst* context. The expected loss is "
        "asked for.",
        (
            "How often does the worst context occur?",
            "The floor is an expected loss. Over what is the expectation?",
            "Weigh each context's KL with its w, and sum.",
        ),
    ),
    Mistake(
        "floor-reversed",
        {"floor": "Σ w KL(m‖P)"},
        FLOOR,
        "The student is right; the KLs of the floor point the other way, from m to the contexts.",
        (
            "Which distribution says what happens: the teacher's, or the student's?",
            "In KL(P_k‖m) the first one weighs the terms.",
            "Exchange the two arguments of your KL.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "floor-is-entropy-of-the-mixture",
        {"floor": "H(m)"},
        FLOOR,
        "The student is right; the floor is the entropy of m (the cross-entropy that remains). "
        "The entropies of the teachers are still in it: it is not 0 where all contexts agree.",
        (
            "Let all rows of P be equal. What can the student not learn then?",
            "Expected KL = expected cross-entropy − expected entropy of the teachers.",
            "Subtract Σ w_k H(P_k).",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "floor-is-distance-from-uniform",
        {"floor": "log V − H(m)"},
        FLOOR,
        "The student is right; the floor is log V − H(m), which is how far m is from the uniform "
        "distribution. What m loses to the *teachers* is asked for.",
        (
            "Let all rows of P be equal. What can the student not learn then?",
            "Change P without changing the mixture. Does your floor notice?",
            "H(m) − Σ w_k H(P_k): the entropies of the rows belong there.",
        ),
    ),
    Mistake(
        "floor-of-even-weights",
        {"floor": "of even weights"},
        FLOOR,
        "The student is right; the floor is that of contexts which are all equally likely: w does "
        "not enter it.",
        (
            "Change w. Does your second result change?",
            "The floor is what *your* mixture loses, not the plain mean of the rows.",
            "Use w in both results.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "floor-mean-over-outcomes",
        {"floor": "Σ w KL(P‖m) / V"},
        FLOOR,
        "The student is right; the floor is 1/V of the expected one: the mean over the outcomes is "
        "taken. KL is a sum.",
        (
            "Two equally likely contexts (1, 0) and (0, 1) should give ln 2 = .6931.",
            "Read the formula of KL again: is there a 1/V in it?",
            "One reduction, over the outcomes, is of the wrong kind.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "floor-is-entropy-of-the-teachers",
        {"floor": "Σ w H(P)"},
        FLOOR,
        "The student is right; the floor is the mean entropy of the teachers. That is what is "
        "subtracted, not what remains.",
        (
            "Let all rows of P be equal. What can the student not learn then?",
            "Expected KL = expected cross-entropy − expected entropy of the teachers.",
            "H(m) − Σ w_k H(P_k): the first half is missing, and a minus.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "floor-is-entropy-of-the-contexts",
        {"floor": "H(w)"},
        FLOOR,
        "The student is right; the floor is the entropy of w. That is what it is for contexts that "
        "exclude each other; where they overlap, less is lost.",
        (
            "Let all rows of P be equal. Does it matter then which context was there?",
            "Not the uncertainty about the context counts, but what it says about the output.",
            "P has to enter the floor.",
        ),
        "hidden-context-always-costs",
    ),
    Mistake(
        "floor-of-weighted-rows",
        {"floor": "of the weighted rows"},
        FLOOR,
        "The student is right; in the floor the rows are multiplied by w before their logarithm "
        "is taken, so that each KL compares something that does not sum to 1.",
        (
            "Let all rows of P be equal. The floor should be 0. Yours?",
            "The weight of a context stands in front of its KL, not inside its logarithm.",
            "KL of each row of P first, unweighted; the weights afterwards.",
        ),
    ),
    Mistake(
        "floor-zero",
        # always 0, whatever else is done to it; no pair with a wrong student
        {"floor": "0", "weights": "w", "mixture": "Σ w P", "guard": "0·log 0 = 0",
         "sign": "+", "base": "e"},
        FLOOR,
        "The student is right; the floor is always 0, as if the best student lost nothing. It "
        "cannot know which context was there, and pays for that.",
        (
            "Contexts (1, 0) and (0, 1), equally likely. What does m = (½, ½) pay in each?",
            "The best student is the one that loses least. That need not be nothing.",
            "Compare each row of P with m, and take the weighted mean.",
        ),
    ),
    Mistake(
        "floor-sign",
        {"sign": "−"},
        FLOOR,
        "The student is right; the floor has the opposite sign. A loss that remains is not "
        "negative.",
        (
            "Can a mean of KLs be negative?",
            "H(m) is the larger one: mixing makes less certain.",
            "Look at the order of a difference, or at a minus sign.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "floor-in-bits",
        {"base": "2"},
        FLOOR,
        "The student is right; the floor is 1.4427 = 1/ln 2 times the expected one: it is in bits.",
        (
            "Two equally likely contexts (1, 0) and (0, 1) should give ln 2 = .6931.",
            "Which logarithm does the course use?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
)  # fmt: skip

_RESULTS = (
    Mistake(
        "results-swapped",
        {"gives": "floor, m"},
        WRONG,
        "The two results come in the wrong order: first the distribution m, then the floor.",
        (
            "Read the task again: what is returned first?",
            "Print the shapes of your two results.",
            "Exchange them in the last line.",
        ),
    ),
    Mistake(
        "floor-not-returned",
        {"gives": "m"},
        WRONG | {"dtype"},
        "Only the distribution m is returned; the floor is asked for as well.",
        (
            "Read the task again: how many results are promised?",
            "A function may return two things, as a tuple.",
            "Work out Σ w_k KL(P_k‖m), and return it as well.",
        ),
    ),
)

MISTAKES = (*_MIXTURES, *_FLOORS, *_RESULTS, zeros.no_guard(ZEROS), zeros.zero_in_both(ZEROS))
