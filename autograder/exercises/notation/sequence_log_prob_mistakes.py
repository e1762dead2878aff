"""The mistakes of `sequence_log_prob`: which switch moves, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

WRONG = frozenset({"value", "any mask", "long", "rubbish"})

_REDUCTION = (
    Mistake(
        "mean-over-length",
        {"reduce": "sum ÷ L"},
        WRONG,
        "The sum is divided by the length L: that is a score per position, not the "
        "log-probability of the sequence.",
        (
            "Two tokens of probability .5: is the sequence's probability .25 or .5?",
            "The chain rule multiplies probabilities. What does a logarithm make of a product?",
            "Nothing is averaged here: the logarithms are added.",
        ),
        "any-mean-will-do",
    ),
    *(
        Mistake(
            id,
            {"reduce": reduce},
            WRONG,
            "The sum is divided by the number of tokens that count: that is a score per token, not "
            "the log-probability of the sequence.",
            (
                "Two tokens of probability .5: is the sequence's probability .25 or .5?",
                "The chain rule multiplies probabilities. What does a logarithm make of a product?",
                "Nothing is averaged here: the logarithms are added.",
            ),
            "any-mean-will-do",
        )
        for id, reduce in (
            ("mean-over-counted-tokens", "sum ÷ count"),
            ("mean-over-counted-tokens-or-0", "sum ÷ count, 0 for none"),
        )
    ),
    Mistake(
        "summed-over-the-batch",
        {"reduce": "over the batch"},
        WRONG,
        "You return one number for the whole batch; one for each sequence is asked for.",
        (
            "Look at the shape of your result: [B] is promised.",
            "The sequences of a batch have nothing to do with each other.",
            "Tell the sum which dimension it runs over: the positions.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "mean-over-the-batch",
        {"reduce": "mean over the batch"},
        WRONG,
        "You return the mean over the batch; one number for each sequence is asked for.",
        (
            "Look at the shape of your result: [B] is promised.",
            "The sequences of a batch have nothing to do with each other.",
            "Stop after the sum over the positions.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-of-all-tokens",
        {"reduce": "mean of tokens"},
        WRONG,
        "You return the mean over all tokens of the batch, which is what a training loss does "
        "(up to its sign). One sum for each sequence is asked for.",
        (
            "Look at the shape of your result: [B] is promised.",
            "The chain rule adds logarithms, and it does so within one sequence.",
            "Sum over the positions, and divide by nothing.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "one-number-per-token",
        {"reduce": "not reduced"},
        WRONG,
        "You return one number for each token. They are right; their sum over the positions is "
        "asked for.",
        (
            "Look at the shape of your result: [B] is promised.",
            "The chain rule: the logarithm of a product is a sum.",
            "One reduction, over the positions, is missing at the end.",
        ),
    ),
    Mistake(
        "logarithm-of-the-product",
        {"reduce": "product"},
        frozenset({"long"}),
        "Right for short sequences. In long ones the product of the probabilities is rounded to 0 "
        "before its logarithm is taken, and you return −∞.",
        (
            "Multiply .35 by itself 800 times. What does Python print?",
            "Which comes first in your code, the logarithm or the product?",
            "Add logarithms instead of multiplying probabilities.",
        ),
        "floats-are-real-numbers",
    ),
)

_PROBABILITIES = (
    Mistake(
        "probabilities-added",
        {"token": "p"},
        WRONG,
        "Probabilities are added where their logarithms should be: your number can exceed 1, and "
        "is no probability either.",
        (
            "Is your result positive? Can a log-probability be?",
            "Independent things that both happen: are their probabilities added or multiplied?",
            "Take the logarithm of each token's probability before you sum.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "logarithm-of-the-sum",
        {"token": "p", "ends": "log"},
        WRONG,
        "The probabilities are added, and the logarithm is taken of their sum. A product has to "
        "be taken, or a sum of logarithms.",
        (
            "Two tokens of probability .5: your result is log 1 = 0, as if they were certain.",
            "The logarithm of a sum is not the sum of logarithms.",
            "Change the order: logarithm first, sum afterwards.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "probability-returned",
        {"ends": "exp"},
        WRONG,
        "You return the probability of the sequence; its logarithm is asked for. (For 800 tokens "
        "your result is 0.)",
        (
            "Is your result between 0 and 1? What is its logarithm?",
            "A float cannot hold a number like 10⁻³⁶⁵. Its logarithm it can.",
            "One exponential at the end is too many.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "raw-logits",
        {"token": "logits"},
        WRONG,
        "The logits of the tokens are added as they are: they are not log-probabilities before "
        "they are normalised.",
        (
            "Add 5 to all logits. Should the probability of a sequence change? Yours does.",
            "Logits become log-probabilities when something is subtracted from each row. What?",
            "You have written that function already, in this notebook.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "normalised-over-positions",
        {"over": "L"},
        WRONG,
        "The softmax runs over the positions: your probabilities of *one token at all positions* "
        "sum to 1. Those of all tokens at one position should.",
        (
            "Take the exponential of your log-probabilities and sum it over the last dimension.",
            "At each position the V tokens compete. Positions do not compete.",
            "Which dimension of [B, L, V] holds the tokens? Count from the end.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "normalised-over-the-batch",
        {"over": "B"},
        WRONG,
        "The softmax runs over the batch: the sequences compete with each other, not the tokens.",
        (
            "Take the exponential of your log-probabilities and sum it over the last dimension.",
            "At each position the V tokens compete. Sequences do not compete.",
            "Which dimension of [B, L, V] holds the tokens? Count from the end.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "sign",
        {"sign": "−"},
        WRONG,
        "Your number has the opposite sign: it is the loss −log Pr(y). The log-probability is at "
        "most 0.",
        (
            "Is the logarithm of a number below 1 positive or negative?",
            "Library losses return −log p. Does yours come from one of them?",
            "The size is right to the last digit; look at the minus signs alone.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "mean-loss-over-length",
        {"reduce": "sum ÷ L", "sign": "−"},
        WRONG,
        "You return a loss: the negative log-probability, divided by the length L. The sum of the "
        "log-probabilities is asked for, with its own sign.",
        (
            "Is the logarithm of a number below 1 positive or negative?",
            "Two tokens of probability .5: is the sequence's probability .25 or .5?",
            "Two things separate you from the log-probability: a sign, and a division.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "base-two",
        {"base": "2"},
        WRONG,
        "Your number is 1.4427 = 1/ln 2 times the expected one: it is in bits. The course uses "
        "the natural logarithm.",
        (
            "One token of probability .5: you should get −.693.",
            "Which logarithm is the inverse of the exponential in a softmax?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
)

_WHICH_TOKEN = (
    Mistake(
        "likeliest-token",
        {"picked": "likeliest"},
        WRONG,
        "At each position the *likeliest* token is taken, whatever stands there: y does not enter "
        "your result.",
        (
            "Change y. Does your result change?",
            "The question is how probable *this* sequence is, not the best one.",
            "Instead of the maximum over the last dimension, pick the entry that y names.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "tokens-of-the-first-sequence",
        {"picked": "y of the first sequence"},
        WRONG,
        "The tokens of the first sequence are used for all sequences of the batch.",
        (
            "Call your function with two sequences, then with the second alone. Is it the same?",
            "How many indices does your selection need: one for the position, one for the token, "
            "and?",
            "`gather` over the last dimension picks for each sequence its own tokens.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "all-tokens",
        {"picked": "all"},
        WRONG,
        "The log-probabilities of *all* V tokens are added at each position; only that of the "
        "token in y counts.",
        (
            "Change y. Does your result change?",
            "At each position one token was written. Which of the V numbers belongs to it?",
            "A selection by y, over the last dimension, is missing.",
        ),
    ),
    *(
        Mistake(
            id,
            {"aligned": aligned},
            WRONG,
            f"{what} The logits are aligned already: logits[b, i] predicts y[b, i]. (Where they "
            "come straight from a model they are not; that is a later notebook.)",
            (
                "Call your function with sequences of one token. What should come out?",
                "Read the task again: what does logits[b, i] predict here?",
                "Look for slices that drop the first or the last position. Are they needed?",
            ),
            "always-shift",
        )
        for id, aligned, what in (
            ("shifted-tokens", "y[i+1]", "Each position is compared with the *next* token."),
            (
                "shifted-tokens-not-mask",
                "y[i+1], mask[i]",
                "Each position is compared with the *next* token, under the mask of this one.",
            ),
            ("shifted-logits", "logits[i+1]", "Each token is looked up one position too late."),
            (
                "shifted-logits-and-mask",
                "logits[i+1], mask[i+1]",
                "Each token is looked up one position too late, under the next one's mask.",
            ),
        )
    ),
)

_MASK = (
    Mistake(
        "mask-ignored",
        {"masked": "nowhere"},
        WRONG,
        "All tokens are counted: the mask does not enter your result.",
        (
            "Call your function with two different masks. Does the result change?",
            "Only where the mask is true does a token belong to the answer.",
            "What should a token that does not count add to the sum?",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mask-inverted",
        {"masked": "false"},
        WRONG,
        "The tokens that should be left out are counted, and the others are not: the mask is used "
        "the wrong way round.",
        (
            "Let the mask be true everywhere. Your result is 0, as if nothing had been said.",
            "`masked_fill` overwrites where its mask is *true*.",
            "One `~` is missing, or one is too many.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mask-multiplied",
        {"masked": "multiplied"},
        frozenset({"rubbish"}),
        "All points for it; but a multiplication by the mask does not remove NaN or −∞: 0·NaN is "
        "NaN. Where padding may hold anything, select instead.",
        (
            "What is 0 · NaN? And 0 · ∞?",
            "A selection does not look at what it leaves out; a product does.",
            "`where` selects, and so does `masked_fill` with the mask negated.",
        ),
        "floats-are-real-numbers",
    ),
    *(
        Mistake(
            id,
            {"masked": masked},
            breaks,
            "The mask is applied to the *logits*, not to the log-probabilities: each position that "
            "does not count still adds −log V, the logarithm of a uniform distribution.",
            (
                "Let the mask be false everywhere. Your result is not 0.",
                "What is the log-softmax of a row of zeros?",
                "Normalise and pick first; leave positions out afterwards.",
            ),
            "padding-is-harmless",
        )
        for id, masked, breaks in (
            ("logits-masked", "logits multiplied", WRONG),
            ("logits-zeroed", "logits zeroed", WRONG),
        )
    ),
    Mistake(
        "masked-with-infinity",
        {"masked": "−∞ elsewhere"},
        WRONG,
        "Positions that do not count are filled with −∞: in a sum of log-probabilities that makes "
        "the whole sequence impossible.",
        (
            "A sequence with one position that does not count: what is your result?",
            "−∞ stands for the probability 0. Which probability leaves a product as it is?",
            "What should a token that does not count add to the sum?",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "first-tokens",
        {"masked": "first count"},
        WRONG,
        "As many tokens as the mask holds are taken from the *start* of each sequence. The mask "
        "may have holes, or begin later.",
        (
            "Take the mask (false, true). Which token counts, and which do you take?",
            "How many tokens count, and which ones, are two questions.",
            "Use the mask itself, position by position.",
        ),
        "answers-end-their-rows",
    ),
)

MISTAKES = (*_REDUCTION, *_PROBABILITIES, *_WHICH_TOKEN, *_MASK)
