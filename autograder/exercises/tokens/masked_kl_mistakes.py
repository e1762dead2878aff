"""The mistakes of `masked_kl`: what moves the oracle's switch, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.tokens.masked_kl_distance import DISTANCE, VALUE

EMPTY = frozenset({"empty", "empty gradient"})

_PADDING_HINT = "Append two columns of padding with random logits. Should the loss change?"

_MASK = (
    Mistake(
        "no-mask",
        {"counted": "all"},
        VALUE | EMPTY,
        "Every position counts, padding included: the mask is not used.",
        (
            _PADDING_HINT,
            "What stands in the padding is no prediction; it is whatever the model put there.",
            "The mask belongs above and below the fraction bar.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mask-below-only",
        {"counted": "all, ÷ Σ mask"},
        VALUE | EMPTY,
        "You divide by the number of answer tokens, but add up all positions: padding is in the "
        "sum.",
        (
            _PADDING_HINT,
            "What is counted below the fraction bar has to be what is added above it.",
            "The mask is used once; it is needed twice.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "divided-by-all-positions",
        {"over": "B·M"},
        VALUE,
        "The sum is over the answer tokens, but it is divided by all B·M positions: the more "
        "padding, the lower the loss. (Masking the logits and then taking the mean gives the "
        "same.)",
        (
            _PADDING_HINT,
            "A mean of masked numbers is no masked mean: the zeros were counted.",
            "By how many numbers is your sum divided, and how many did you add?",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mask-inverted",
        {"counted": "not masked"},
        VALUE | EMPTY,
        "The mask is used upside down: the loss runs over exactly what is no answer.",
        (
            "For which positions is the mask true?",
            "In some libraries a mask says what to hide; in this course it says what counts.",
            "Look for a ~ or a 1 − that should not be there.",
        ),
        "true-means-ignored",
    ),
    Mistake(
        "mask-shifted-again",
        {"counted": "shifted again"},
        VALUE,
        "The mask is shifted against the losses, although rows and mask are aligned already: the "
        "last answer token of each row is lost.",
        (
            "How many positions does your loss run over, and how many does the mask have?",
            "align has done the shifting: place j of a row belongs to place j of its mask.",
            "Two slices too many.",
        ),
        "always-shift",
    ),
    Mistake(
        "first-columns",
        {"counted": "first columns"},
        frozenset({"value", "gradient"}),
        "In each row the first positions count, as many as the mask has true values: right only "
        "where the answer stands at the left.",
        (
            "Give it a mask that is true at the end of a row only.",
            "How many positions count is one thing, and which ones another.",
            "The mask itself chooses; its sum forgets where the true values stood.",
        ),
        "answers-end-their-rows",
    ),
    Mistake(
        "first-row-only",
        {"rows": "first"},
        VALUE,
        "Only the first sequence of the batch counts.",
        (
            "Change the second row. Does your loss change?",
            "An index 0 takes one row out of the batch.",
            "Sum over both leading dimensions.",
        ),
    ),
    Mistake(
        "empty-is-nan",
        {"empty": "0/0"},
        EMPTY,
        "An empty mask gives 0/0 = NaN, and a single NaN in a gradient spoils all weights. It is "
        "specified to be 0.",
        (
            "Call it with a mask that is false everywhere.",
            "Where nothing is added the sum is 0 already; only the division is in the way.",
            "Divide by the count or by 1, whichever is larger. Don't return a fresh 0: that could "
            "not be differentiated.",
        ),
        "masks-are-never-empty",
    ),
)

_MEAN = (
    Mistake(
        "mean-of-row-means",
        {"over": "row, then batch"},
        VALUE,
        "Each row's mean is taken, then the mean of those: a token of a short answer counts more "
        "than one of a long answer.",
        (
            "Two rows with 4 and 1 answer tokens. What is the weight of each token in your loss?",
            "The mean is over tokens, Σ mask·KL / Σ mask, over the whole batch at once.",
            "You divide twice. Divide once, at the end.",
        ),
        "every-row-counts-the-same",
    ),
    Mistake(
        "divided-by-batch",
        {"over": "B"},
        VALUE,
        "Your value is Σmask/B times the expected one: the sum is divided by the number of rows, "
        "as reduction='batchmean' does.",
        (
            "Does your loss double when all answers are twice as long?",
            "'batchmean' divides by the first dimension, whatever the others are.",
            "How many numbers did you add up? Divide by that.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "sum-over-tokens",
        {"over": "1"},
        VALUE,
        "Your value is Σmask times the expected one: it is the sum, not the mean.",
        (
            "Stack the same batch twice. Should the loss double?",
            "A loss whose size depends on the batch asks for another learning rate each time.",
            "Divide by the number of answer tokens.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-one-more",
        {"over": "masked + 1"},
        VALUE,
        "The sum is divided by Σmask + 1. That keeps an empty mask from giving NaN, and makes "
        "every other loss a little too small.",
        (
            "Give it a single answer token. Is the loss that token's KL, or half of it?",
            "The division needs help only where the count is 0.",
            "The larger of the count and 1 is the count, wherever there is anything to count.",
        ),
        "masks-are-never-empty",
    ),
    Mistake(
        "mean-over-outcomes",
        {"outcomes": "mean"},
        VALUE,
        "Your value is 1/V of the expected one: the outcomes are averaged, and KL is their sum.",
        (
            "Divide the expected value by yours. Do you know that number?",
            "KL is an expectation already: the teacher's probabilities are its weights.",
            "Over the last dimension the terms are added; the mean is over tokens alone.",
        ),
        "any-mean-will-do",
    ),
)

MISTAKES = (*_MASK, *_MEAN, *DISTANCE)
