"""Mistakes with the mean over the answer tokens of a group."""

from __future__ import annotations

from autograder.exercises.distillation.distill_mistakes.breaks import ALL, GROUPS
from autograder.exercises.exercise import Mistake

_MEANS_HINTS = (
    "Take a batch with one answer token and a batch with nine. By what is the loss of each token "
    "multiplied in your step?",
    "A mean of means is the mean only where all groups are equally large. This is how several "
    "well-known libraries got accumulation wrong.",
    "One sum over all answer tokens of the group, divided once, by how many there are in the "
    "group. The masks say so before the first batch is asked.",
)

MEANS = (
    Mistake(
        "mean-of-means",
        {"divide": "mean of means"},
        GROUPS | {"curve"},
        "Each batch's loss is a mean of its own, and the step follows the mean of these means: a "
        "token in a small batch weighs more than one in a large batch.",
        _MEANS_HINTS,
        "every-row-counts-the-same",
    ),
    Mistake(
        "mean-of-means-behind-a-right-curve",
        {"divide": "mean of means", "curve": "tokens of the group"},
        GROUPS | {"curve"},
        "The losses that you return are averaged over tokens, and the gradients are not: the step "
        "follows a mean of each batch's mean.",
        _MEANS_HINTS,
        "every-row-counts-the-same",
    ),
    Mistake(
        "means-divided-by-accumulate",
        {"divide": "means ÷ accumulate"},
        GROUPS | {"curve"},
        "Each batch's mean loss is divided by `accumulate`. Tokens of small batches weigh more "
        "than others; and a last group that is shorter takes too short a step.",
        _MEANS_HINTS,
        "every-row-counts-the-same",
    ),
    Mistake(
        "means-divided-by-accumulate-behind-a-right-curve",
        {"divide": "means ÷ accumulate", "curve": "tokens of the group"},
        GROUPS | {"curve"},
        "The losses that you return are averaged over tokens; what is sent back is each batch's "
        "mean divided by `accumulate`, in a shorter last group as well.",
        _MEANS_HINTS,
        "every-row-counts-the-same",
    ),
    Mistake(
        "sum-of-means",
        {"divide": "sum of means"},
        GROUPS | {"left over", "curve"},
        "Each batch's mean is sent back, and they add up: with three batches a step, the step is "
        "about three times too long.",
        (
            "Put one batch into a group twice. Is the gradient that of the batch, or twice that?",
            "Gradients of several backward passes add up; nobody divides them for you.",
            "The sum over the group's tokens is to be divided by the number of the group's tokens.",
        ),
        "any-mean-will-do",
    ),
)

COUNTS = (
    Mistake(
        "sum-of-tokens",
        {"divide": "sum"},
        ALL,
        "The losses of the answer tokens are summed and never divided: a batch with more tokens "
        "takes a longer step.",
        (
            "Divide your first loss by the expected one. Which number of the batch is it?",
            "The mean makes the learning rate independent of the size of the batch.",
            "Something is to be divided by the number of answer tokens of the group.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "sum-divided-by-accumulate",
        {"divide": "sum ÷ accumulate"},
        ALL,
        "The sum over the answer tokens is divided by `accumulate`, the number of batches, and not "
        "by the number of tokens.",
        (
            "With one batch a step you divide by 1. What should it be?",
            "A mean is over what was summed up: tokens.",
            "Count what the masks mark.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-all-tokens",
        {"divide": "tokens of all batches"},
        ALL - {"left over"},
        "The sum of a group is divided by the number of answer tokens of *all* batches: the more "
        "batches there are, the shorter every step.",
        (
            "Does your first step change if more batches come later?",
            "Each step has a mean of its own, over the batches that it is made of.",
            "Count the answer tokens group by group.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-tokens-so-far",
        {"divide": "tokens so far"},
        ALL - {"left over"},
        "Answer tokens are counted on and on: the sum of a group is divided by the tokens of all "
        "groups so far, and steps get shorter and shorter.",
        (
            "By what is your second step divided?",
            "A count that goes on from group to group belongs to no group.",
            "Set the count back where a group begins.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-the-last-batch",
        {"divide": "tokens of the last batch", "curve": "tokens of the group"},
        GROUPS | {"left over", "curve"},
        "The losses that you return are right. The gradients of a group are divided by the number "
        "of answer tokens of its last batch alone.",
        (
            "Put a small batch at the end of a group. What becomes of the step?",
            "A name that is set in the inner loop holds the last value after it.",
            "Divide by the count of the group, as you do for the losses.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-twice",
        {"divide": "tokens and batches"},
        GROUPS | {"left over", "curve"},
        "You divide by the number of answer tokens of the group, and by the number of its batches "
        "as well.",
        (
            "Put one batch into a group twice. Is the gradient that of the batch, or half of it?",
            "The number of tokens of the group has grown with the number of batches already.",
            "One of two divisions is too many.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-rows",
        {"divide": "rows"},
        ALL,
        "The sum is divided by the number of examples in the group, not by that of answer tokens.",
        (
            "Divide your first loss by the expected one: how many answer tokens has an example?",
            "Which mean does 'batchmean' take, and of what shape are your logits?",
            "After the selection by the mask, rows are tokens.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-positions",
        {"divide": "positions"},
        ALL,
        "The sum is divided by the number of all positions, prompts and pads included.",
        (
            "Add a pad to every row. Does your loss change?",
            "Only answer tokens are compared, so only they are counted.",
            "Count what the masks mark.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "divided-by-outcomes",
        {"divide": "outcomes"},
        ALL,
        "Your losses are 1/V of the expected ones: the mean is also taken over the outcomes, which "
        "in KL are summed.",
        (
            "Divide the first expected loss by yours. Do you know that number?",
            "KL is a *sum* over outcomes; only tokens are averaged.",
            "A library's default reduction is often over everything.",
        ),
        "any-mean-will-do",
    ),
)

AVERAGES = (*MEANS, *COUNTS)
