"""Mistakes with the list that is returned, behind steps that are right."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

_CURVE = frozenset({"curve"})

_GROUP_HINTS = (
    "Which batches is the loss of a step about?",
    "What is noted should be the number whose gradient was taken.",
    "Begin each group with 0, add each batch's share, and note the total once, after the step.",
)

CURVE = (
    Mistake(
        "curve-of-last-batches",
        {"curve": "last batch"},
        _CURVE,
        "The steps are right. The loss that you note for each is that of the last batch of its "
        "group alone; the others are forgotten.",
        _GROUP_HINTS,
    ),
    Mistake(
        "curve-is-a-mean-of-means",
        {"curve": "mean of means"},
        _CURVE,
        "The steps are right. The loss that you note is a mean of each batch's mean, and not the "
        "one whose gradient you took.",
        _GROUP_HINTS,
        "every-row-counts-the-same",
    ),
    Mistake(
        "curve-is-a-sum-of-means",
        {"curve": "sum of means"},
        _CURVE,
        "The steps are right. The loss that you note is the sum of the batches' means: with three "
        "batches a step it looks three times as high.",
        _GROUP_HINTS,
        "any-mean-will-do",
    ),
    Mistake(
        "curve-of-sums",
        {"curve": "sum"},
        _CURVE,
        "The steps are right. The loss that you note is a sum over tokens that nobody divided: a "
        "group with more tokens looks worse.",
        _GROUP_HINTS,
        "any-mean-will-do",
    ),
    Mistake(
        "curve-of-batches",
        {"curve": "each batch"},
        _CURVE,
        "The steps are right. Your list has a number for each batch; one for each step of the "
        "optimizer is asked for.",
        _GROUP_HINTS,
    ),
    Mistake(
        "last-loss-only",
        {"curve": "last step"},
        _CURVE,
        "The steps are right. You return one number, the loss of the last step; a list with one "
        "for each step is asked for.",
        (
            "Of what type is what comes back?",
            "A curve has as many points as there were steps.",
            "Begin with an empty list, and add to it after each step.",
        ),
    ),
    Mistake(
        "loss-after-the-step",
        {"curve": "loss after"},
        _CURVE,
        "The steps are right. The losses that you note are those *after* each step: smaller than "
        "the ones whose gradients were used.",
        (
            "With which weights are the losses computed that you note?",
            "The loss of a step is known before the weights move, and costs nothing extra then.",
            "Don't ask the student a second time.",
        ),
    ),
    Mistake(
        "nothing-returned",
        {"curve": "nothing"},
        frozenset({"curve", "numbers"}),
        "The steps are right, and nothing is returned: the losses are asked for as well.",
        (
            "What does your function give back?",
            "Somebody who trains wants to see the loss fall.",
            "A line is missing at the end.",
        ),
    ),
)
