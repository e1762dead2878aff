"""The mistakes of `sampled_loss`: what moves the oracle's switch, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

_ESTIMATE, _ERROR = frozenset({"estimate"}), frozenset({"standard error"})
_BOTH = _ESTIMATE | _ERROR

_DRAW_HINTS = (
    "Draw 4,000 sequences and count how often each comes. Compare with the teacher's "
    "probabilities.",
    "ŷ ~ Pr^t: the teacher writes, token after token, and each token depends on those before it.",
    "Drawing an index into the flattened probabilities of all sequences is one line.",
)


def _drawn(
    id: str,
    how: str,
    says: str,
    misconception: str | None = None,
    breaks: frozenset[str] = _BOTH,
) -> Mistake:
    return Mistake(id, {"drawn": how}, breaks, says, _DRAW_HINTS, misconception)


_DRAWS = (
    _drawn(
        "drawn-from-student",
        "student",
        "Your estimate is that of sequences which the *student* writes: in this loss they come "
        "from the teacher.",
        "the-student-writes-the-prefixes",
    ),
    _drawn(
        "drawn-uniformly",
        "uniformly",
        "All sequences are drawn alike, or nearly so: the teacher has no say in what comes. (A "
        "softmax of probabilities, which are no logits, does that too.)",
        "the-teacher-is-not-asked",
    ),
    _drawn(
        "drawn-at-t-2",
        "at T = 2",
        "Your sequences come from a teacher that is softened with T = 2: they are more varied than "
        "the teacher is.",
        "temperature-sharpens",
    ),
    _drawn(
        "argmax-n-times",
        "argmax",
        "Your n sequences are all the same, the teacher's likeliest: that is no sample, and its "
        "standard error of 0 says so.",
        "the-mode-stands-for-all",
        breaks=_BOTH | {"varies"},
    ),
    _drawn(
        "rows-of-first-prefix",
        "row of the first prefix",
        "Each token is drawn from the row of the first prefix: what was drawn before it plays no "
        "part.",
        "prefixes-do-not-matter",
    ),
    _drawn(
        "tokens-by-themselves",
        "marginals",
        "Each token is drawn by itself, from its marginal: tokens that never go together are put "
        "together.",
        "prefixes-do-not-matter",
    ),
    _drawn(
        "drawn-by-log-probability",
        "by |log p|",
        "Sequences are drawn by the size of their log-probability, so that the *least* likely ones "
        "come most often: multinomial wants probabilities.",
        "logits-are-probabilities",
    ),
    Mistake(
        "without-replacement",
        {"drawn": "without replacement"},
        _BOTH,
        "You draw without replacement: no sequence comes twice, so that for n = V^L each comes "
        "once, likely or not; for more the call fails.",
        (
            "Draw 64 of 64 sequences. How often does the teacher's likeliest come?",
            "The teacher may well say the same thing twice.",
            "multinomial has an argument for it, and its default is not what you want.",
        ),
        "draws-exhaust-the-outcomes",
    ),
    Mistake(
        "without-replacement-all-at-most",
        {"drawn": "without replacement, all at most"},
        _BOTH,
        "You draw without replacement, and never more than there are sequences: none comes twice, "
        "so that likely and unlikely ones count alike once all have come.",
        (
            "Draw 64 of 64 sequences. How often does the teacher's likeliest come?",
            "The teacher may well say the same thing twice.",
            "multinomial has an argument for it. With it, n may be as large as you like.",
        ),
        "draws-exhaust-the-outcomes",
    ),
    Mistake(
        "each-sequence-once",
        # no pair with another score or error: too few numbers are left to tell them apart by
        {"drawn": "each once", "score": "−log P_s", "error": "sd / √n"},
        _BOTH,
        "Each sequence that was drawn counts once, however often it came: what the teacher says "
        "often counts as little as what it hardly ever says.",
        (
            "A sequence of probability ½ makes up half of your draws. How much of your mean?",
            "The mean runs over the n *draws*, and they may be equal.",
            "Is there a set, or a `unique`, in your code?",
        ),
        "draws-exhaust-the-outcomes",
    ),
    Mistake(
        "nothing-drawn",
        {"drawn": "nothing"},
        frozenset({"standard error", "varies", "generator"}),
        "Your estimate is the exact loss: nothing is drawn. For 64 sequences that is possible; for "
        "a real vocabulary it is not.",
        (
            "Call it twice with different generators. Should the results be equal?",
            "What would your function cost for V = 32,000 and L = 20?",
            "Only n sequences may be looked at, and chance decides which.",
        ),
    ),
)

_SCORES = (
    Mistake(
        "weighed-again",
        {"score": "−P_t log P_s"},
        _BOTH,
        "The draws are weighed by Pr^t once more: they come as often as the teacher writes them "
        "already, and would be counted twice.",
        (
            "A sequence of probability ½ makes up half of your draws. What weight does it need?",
            "Sampling replaces the weights of the exact sum.",
            "Take a plain mean of the student's numbers.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "weighed-again-and-normalised",
        # no pair with other draws or scores: it is of the teacher's draws that something is known
        {"average": "by p_t again", "drawn": "teacher", "score": "−log P_s"},
        _ESTIMATE,
        "Your mean weighs each draw with Pr^t once more, with weights that sum to 1: the draws "
        "come as often as the teacher writes them already, and are counted twice.",
        (
            "A sequence of probability ½ makes up half of your draws. What weight does it need?",
            "Sampling replaces the weights of the exact sum.",
            "Take a plain mean of the student's numbers.",
        ),
        "draws-need-weights",
    ),
    Mistake(
        "kl-instead",
        {"score": "log P_t − log P_s"},
        _BOTH,
        "Your estimate is that of KL: the teacher's log-probability is subtracted. It is unbiased "
        "for KL, not for this loss.",
        (
            "Call it with the same tree twice. Should the estimate be 0?",
            "Cross-entropy = entropy of the teacher + KL.",
            "The teacher draws; its logarithm does not appear in this loss.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "teachers-own-probability",
        {"score": "−log P_t"},
        _BOTH,
        "You average −log Pr^t of the draws: the student plays no part in it.",
        (
            "Change the student. Does your estimate change?",
            "The teacher draws, and the student is asked.",
            "One of the two trees is used for both steps.",
        ),
        "the-student-is-not-asked",
    ),
    Mistake(
        "logarithm-of-the-mean",
        {"average": "log of mean"},
        _ESTIMATE,
        "Your value is −log of the mean probability: the logarithm is taken after the mean, and "
        "the result is too small.",
        (
            "Two draws of probability ½ and ⅛. The mean of their −log is log 4. What do you get?",
            "The logarithm of a mean is not the mean of logarithms.",
            "Exchange two steps.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "sum-of-draws",
        {"average": "sum of scores"},
        _ESTIMATE,
        "Your value is n times the expected one: the draws are added up, not averaged.",
        (
            "Double n. Should the estimate double?",
            "An expectation is estimated by a mean.",
            "Divide by the number of draws.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "sign",
        {"sign": "+"},
        _ESTIMATE,
        "Your value is the expected one with the opposite sign: the minus that is missing in print "
        "is missing here too.",
        (
            "Is your loss negative?",
            "Logarithms of probabilities are negative. What makes a loss of them?",
            "The size is right.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "mean-over-length",
        {"over": "draws and tokens"},
        _BOTH,
        "Your value is 1/L of the expected one: it is the loss per token.",
        (
            "Divide the exact loss by your estimate. Do you know that number?",
            "The mean is over draws, not over tokens.",
            "Add up over the tokens of a sequence.",
        ),
        "any-mean-will-do",
    ),
)


_ERROR_HINTS = (
    "Call it with n and with 4n draws. Your standard error should halve.",
    "The standard deviation says how the draws scatter; the standard error says how their mean "
    "does.",
    "The variance of a mean of n draws is the variance of one, divided by n. What is its root?",
)


def _error(id: str, what: str, says: str) -> Mistake:
    return Mistake(
        id, {"error": what}, _ERROR, says, _ERROR_HINTS, "standard-error-is-standard-deviation"
    )


_ERRORS = (
    _error(
        "standard-deviation",
        "sd",
        "Your standard error is the standard deviation of the draws: it is not divided by √n, and "
        "does not get smaller with more draws.",
    ),
    _error(
        "divided-by-n",
        "sd / n",
        "Your standard error is the standard deviation divided by n, not by √n: it promises much "
        "more than n draws can.",
    ),
    _error(
        "variance-of-the-mean",
        "var / n",
        "Your standard error is the variance of the mean: its square root is asked for.",
    ),
    _error(
        "variance-by-root-n",
        "var / √n",
        "Your standard error is the variance divided by √n; it takes the standard deviation. The "
        "two agree where the deviation is 1.",
    ),
)

MISTAKES = (*_DRAWS, *_SCORES, *_ERRORS)
