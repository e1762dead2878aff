"""`perplexity(logits, labels, mask)`: exp(Σ mask·NLL / Σ mask)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.tokens import draws
from autograder.oracles import tokens
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Rows with different counts; labels that are mostly not the likeliest; pads; a row without.

    In "long" the product of the tokens' probabilities is rounded to 0.
    """
    B, L, V = draws.sizes(rng)
    mask = draws.scattered_mask(rng, B, L)
    logits = draws.logits(rng, B, L, V)
    labels = draws.labels(rng, logits)
    pads = draws.columns_of_pads(mask)
    more = np.append(labels, rng.integers(0, V, (B, pads)), 1)
    B2, L2, V2 = draws.sizes(rng)
    left = draws.left_mask(draws.counts(rng, B2, L2 - 2), L2)
    without = draws.scattered_mask(rng, B, L)
    without[without.sum(1).argmax()] = False
    return (
        _case("scattered", logits, labels, mask),
        _case(
            "padded", draws.append_pads(rng, logits, pads), more, draws.append_pads(rng, mask, pads)
        ),
        _random(rng, "left", left, V2),
        _random(rng, "another", draws.scattered_mask(rng, 3, 8), 6),
        _random(rng, "long", draws.spans(np.array([2, 90, 7]), np.array([590, 300, 1]), 600), 4),
        _random(rng, "one row", draws.left_mask(np.array([4]), 7), 5),
        _random(rng, "row without", without, V, diagnose=False),
    )


def _random(rng: np.random.Generator, id: str, mask: np.ndarray, V: int, **options: Any) -> Case:
    logits = draws.logits(rng, *mask.shape, V)
    return _case(id, logits, draws.labels(rng, logits), mask, **options)


def _case(
    id: str, logits: np.ndarray, labels: np.ndarray, mask: np.ndarray, **options: Any
) -> Case:
    inputs = {
        "logits": tensor(logits),
        "labels": tensor(labels, "int64"),
        "mask": tensor(mask, "bool"),
    }
    return Case(id, inputs, **options)


PROPERTIES = (
    Property(
        "value",
        "the value is right for rows with different counts, wherever the mask is true",
        2,
        ("scattered", "left", "another", "one row", "row without"),
        core=True,
    ),
    Property("long", "it is right for hundreds of tokens", 1, ("long",)),
    Property("pads", "columns of padding that are appended change nothing", 1, ("padded",)),
    Property(
        "inputs",
        "the tensors that were passed in are as they were before",
        1,
        ("scattered", "left", "padded"),
        aspect="unchanged",
    ),
)

_BOTH = frozenset({"value", "long", "pads"})

_UNIFORM_HINT = (
    "A model that gives every one of V tokens the same probability has perplexity V. Does yours?"
)

MISTAKES = (
    Mistake(
        "mean-of-exponentials",
        {"averaged": "1/p"},
        _BOTH,
        "Your value is the mean of 1/p over the tokens: the mean is taken after the exponential, "
        "and a single surprising token rules it.",
        (
            "Two tokens of probability 1/2 and 1/8. Perplexity is 4. What do you get?",
            "The mean of exponentials is larger than the exponential of the mean.",
            "First the mean of the negative log-likelihoods, then the exponential of that.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "mean-of-row-perplexities",
        {"averaged": "perplexities of rows"},
        _BOTH,
        "Your value is the mean of the rows' perplexities: tokens of short answers count more than "
        "tokens of long ones.",
        (
            "Move a token from a long row into a row of its own. Should the perplexity change?",
            "Perplexity belongs to all tokens together, whatever row they stand in.",
            "Add up over all rows first; there is one mean and one exponential.",
        ),
        "every-row-counts-the-same",
    ),
    Mistake(
        "mean-of-row-means",
        {"over": "row"},
        _BOTH,
        "Inside the exponential stands the mean of the rows' means: tokens of short answers count "
        "more than tokens of long ones.",
        (
            "Two rows with 4 and 1 answer tokens. What is the weight of each token in your mean?",
            "The mean is over tokens: Σ mask·NLL / Σ mask, over the whole batch at once.",
            "You divide twice. Divide once, at the end.",
        ),
        "every-row-counts-the-same",
    ),
    Mistake(
        "exponential-of-the-sum",
        {"over": "1"},
        _BOTH,
        "Your value is the exponential of the sum: it is not divided by the number of tokens, and "
        "explodes with the length.",
        (
            _UNIFORM_HINT,
            "exp of the sum is one over the probability of everything; perplexity is per token.",
            "Divide by something before you exponentiate.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "no-exponential",
        {"last": "none"},
        _BOTH,
        "Your value is the mean negative log-likelihood: its exponential is the perplexity.",
        (
            _UNIFORM_HINT,
            "Nats are logarithms; perplexity counts how many tokens one hesitates between.",
            "The last step is missing.",
        ),
    ),
    Mistake(
        "sign",
        {"last": "exp of −"},
        _BOTH,
        "Your value is 1 over the expected one: a perplexity is never below 1.",
        (
            _UNIFORM_HINT,
            "Log-probabilities are negative; a negative log-likelihood is not.",
            "There is one minus in the formula. Is it in your code?",
        ),
        "loss-is-log-likelihood",
    ),
    Mistake(
        "two-to-the-nats",
        {"last": "2 to the"},
        _BOTH,
        "Your value is 2 to the mean, with natural logarithms inside: base and logarithm must "
        "agree.",
        (
            _UNIFORM_HINT,
            "2 to the power of bits, or e to the power of nats.",
            "Which logarithm does log_softmax use?",
        ),
        "any-logarithm-will-do",
    ),
    Mistake(
        "no-mask",
        {"counted": "all"},
        _BOTH,
        "Every position counts, padding and prompt included: the mask is not used.",
        (
            "Append a column of padding. Should the perplexity change?",
            "Only answer tokens are predicted; everything else only fills the tensor.",
            "The mask belongs above and below the fraction bar.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "divided-by-all-positions",
        {"over": "B·L"},
        _BOTH,
        "The sum is over the answer tokens, but it is divided by all positions: padding makes the "
        "model look better.",
        (
            "Append a column of padding. Should the perplexity change?",
            "A mean of masked numbers is no masked mean: the zeros were counted.",
            "By how many numbers is your sum divided, and how many did you add?",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mask-inverted",
        {"counted": "not masked"},
        _BOTH,
        "The mask is used upside down: you measure exactly what is no answer.",
        (
            "For which positions is the mask true?",
            "In some libraries a mask says what to hide; in this course it says what counts.",
            "Look for a ~ or a 1 − that should not be there.",
        ),
        "true-means-ignored",
    ),
    Mistake(
        "one-token-too-many",
        {"counted": "one more"},
        _BOTH,
        "The position before each answer token counts as well: the last token of the prompt is "
        "taken for an answer.",
        (
            "How many tokens does your mean run over, and how many does the mask have?",
            "Labels and mask are aligned already: nothing has to be widened.",
            "Use the mask as it is.",
        ),
        "logits-sit-on-their-token",
    ),
    Mistake(
        "one-over-mean-probability",
        {"averaged": "p"},
        _BOTH,
        "Your value is 1 over the mean probability: an arithmetic mean, where the perplexity takes "
        "a geometric one.",
        (
            "Two tokens of probability 1/2 and 1/8. Perplexity is 4. What do you get?",
            "Probabilities of a sequence multiply, so their mean is the geometric one.",
            "Take the mean of logarithms, not of probabilities.",
        ),
        "log-and-mean-commute",
    ),
    Mistake(
        "root-of-the-product",
        {"averaged": "p, by their product", "last": "exp"},
        frozenset({"long"}),
        "Right for short texts. In long ones the product of the probabilities is rounded to 0 "
        "before its root is taken, and the perplexity becomes infinite.",
        (
            "Multiply .35 by itself 800 times. What does Python print?",
            "Which comes first in your code, the logarithm or the product?",
            "Take the mean of the negative logarithms, and its exponential at the end.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "label-0-ignored",
        {"counted": "masked, and not label 0"},
        _BOTH,
        "Tokens whose id is 0 drop out of the mean, as if 0 meant padding. Here the mask says what "
        "counts, and 0 is a token like any other.",
        (
            "Let all labels be 0. What comes out?",
            "`ignore_index` leaves positions out by their *label*. What says here what counts?",
            "Choose the positions by the mask, before the loss sees the labels.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "labels-unused",
        {"surprise": "expected"},
        _BOTH,
        "Your value is the exponential of the model's own entropy: the labels play no part in it.",
        (
            "Change the labels. Does your value change?",
            "Entropy is how unsure a model is; perplexity is how surprised it is by what came.",
            "At each position one log-probability is wanted: that of the label.",
        ),
        "surprise-is-entropy",
    ),
    Mistake(
        "likeliest-instead-of-label",
        {"surprise": "at the likeliest"},
        _BOTH,
        "You take the log-probability of the likeliest token at each position, not that of the "
        "label.",
        (
            "Change the labels. Does your value change?",
            "A model is not asked for its favourite, but for what it gave to the token that came.",
            "gather takes one number of each row: at the label's index.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "softmax-over-positions",
        {"axis": "positions"},
        _BOTH,
        "The softmax runs over the positions, dimension 1: outcomes compete with each other, "
        "positions do not.",
        (
            _UNIFORM_HINT,
            "Which dimension of [B, L, V] holds the outcomes?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "logits-not-normalised",
        {"surprise": "−logit at the label"},
        _BOTH,
        "The labels' logits stand where their log-probabilities should: they were never "
        "normalised.",
        (
            _UNIFORM_HINT,
            "Add 5 to all logits. Probabilities stay as they are; does your value?",
            "A softmax belongs before the logarithm, or both in one step.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "shifted-again",
        {"shifted": "again"},
        _BOTH,
        "Logits and labels are shifted against each other, although they are aligned already.",
        (
            "What does shift(…) do with the logits, and what has happened to yours before?",
            "logits[b, i] already predicts labels[b, i] here.",
            "Two slices too many.",
        ),
        "always-shift",
    ),
)

PERPLEXITY = Exercise(
    id="perplexity",
    title="Perplexity",
    oracle=tokens.perplexity,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Three steps: the log-probability of each label, their mean over the answer tokens, the "
        "exponential. Which step needs the mask?",
        "log_softmax, then gather along the last dimension at the labels gives [B, L]; then "
        "Σ mask·NLL / Σ mask over the whole batch.",
        "Check: logits that are all 0 over V tokens have perplexity V, whatever labels and mask "
        "are. And two answer tokens of probability 1/2 and 1/8 have perplexity 4.",
    ),
)
