"""The mistakes of `masked_kl`: what moves the oracle's switch, what it costs, what to say."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

VALUE = frozenset({"value", "pads", "gradient", "NaN in pads", "NaN gradient", "impossible"})
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

_LOSS = (
    Mistake(
        "softmax-over-positions",
        {"axis": "second"},
        VALUE,
        "The softmax runs over the positions, dimension 1: outcomes compete with each other, "
        "positions do not.",
        (
            "Sum your probabilities over the last dimension. What should come out?",
            "Which dimension of [B, M, V] holds the outcomes?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "direction-swapped",
        {"direction": "s‖t"},
        VALUE,
        "Your numbers are those of KL(student‖teacher): the direction is swapped.",
        (
            "In KL(p‖q) one of the two weighs the terms of the sum. Which one does in yours?",
            "The expectation is taken over what the teacher would say.",
            "PyTorch's kl_div wants the approximating distribution first, the target second.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "no-t-squared",
        {"scale": "1"},
        VALUE,
        "Your value is 1/T² of the expected one: the factor T² is missing.",
        (
            "Compare T = 1 and T = 3 with the text. By what factor do you differ?",
            "Softening shrinks the gradient about T² times.",
            "Everything but a power of T in front is right.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "logits-not-divided",
        {"temper": "z"},
        VALUE,
        "The factor T² is there, but the logits are not divided by T.",
        (
            "Leave T² out for a moment: does your KL still change when T does?",
            "The temperature does two things in this loss. One is the factor; what is the other?",
            "Soften both distributions before comparing them.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "temperature-ignored",
        {"temper": "z", "scale": "1"},
        VALUE,
        "Your value does not depend on T: it is the masked KL at T = 1.",
        (
            "Call it with T = 1 and with T = 3. Should the results be equal?",
            "T appears twice in the formula: above the distributions, and in front.",
            "Both uses of T are missing.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "cross-entropy",
        {"compare": "cross-entropy"},
        VALUE - {"gradient", "NaN gradient"},
        "Your value is the masked cross-entropy: the teacher's entropy is still in it. (The "
        "gradient is the same, the loss is not.)",
        (
            "Call it with the same logits twice. What is left over?",
            "KL(p‖q) = cross-entropy of p and q − entropy of p.",
            "The logarithm of the teacher's probabilities does not appear in your sum yet.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "hard-target",
        {"compare": "argmax"},
        VALUE,
        "Only the teacher's likeliest token enters your loss: a cross-entropy with a hard label.",
        (
            "Change the teacher's second-likeliest logit a little. Does your loss notice?",
            "What a teacher thinks of the *other* tokens is what distillation is about.",
            "All outcomes take part, each weighed by the teacher's probability of it.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "sign",
        {"sign": "−"},
        VALUE,
        "Your value is the expected one with the opposite sign; a KL cannot be negative.",
        (
            "Is your loss negative? Can it be?",
            "log p − log q, or log q − log p: which of them is in KL(p‖q)?",
            "The size is right to the last digit; look at the minus signs alone.",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "base-two",
        {"base": "2"},
        VALUE,
        "Your value is 1.4427 = 1/ln 2 times the expected one: it is in bits.",
        (
            "Divide your value by the expected one. Do you know that number?",
            "Which logarithm is the inverse of the exponential in a softmax?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
)

MISTAKES = (*_MASK, *_MEAN, *_LOSS)
