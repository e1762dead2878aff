"""Mistakes with the mean: KL is a sum over outcomes and a mean over positions."""

from __future__ import annotations

from autograder.exercises.distillation_loss.kd_loss_mistakes.breaks import (
    AWAY_FROM_A_MATCH,
    EVERYWHERE,
)
from autograder.exercises.exercise import Mistake

REDUCTION = (
    Mistake(
        "mean-over-outcomes",
        {"over": "positions and outcomes"},
        AWAY_FROM_A_MATCH,
        "Your value is 1/V of the expected one: the mean is taken over the outcomes too. KL is a "
        "*sum* over outcomes; the mean is over positions.",
        (
            "How does your value change when you add outcomes of probability almost 0? It should "
            "not.",
            "There are two reductions: one over the last dimension, one over all others. Which "
            "is a sum, which a mean?",
            "A reduction called 'mean' divides by the number of all entries, V included.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-over-first-dimension",
        {"over": "first dimension"},
        frozenset({"any shape", "gradient"}),
        "Right for [N, V] and wrong for other shapes: the sum is divided by the size of the first "
        "dimension, not by the number of positions.",
        (
            "Pass the same logits as [6, V] and as [2, 3, V]. Do you get the same loss?",
            "'batchmean' divides by the size of the first dimension. What is that for [B, L, V], "
            "and for [V]?",
            "Count the positions yourself: the number of all logits over the number of outcomes.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "summed-over-second-dimension",
        {"over": "sum over second"},
        frozenset({"any shape", "gradient"}),
        "Right for [N, V] alone: the sum runs over dimension 1, which for [B, L, V] is the "
        "positions, and for [V] does not exist.",
        (
            "Try shapes with one and with three dimensions.",
            "Which dimension holds the outcomes in [V], [N, V], [B, L, V]?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "summed-over-positions",
        {"over": "nothing"},
        AWAY_FROM_A_MATCH,
        "Your value is N times the expected one: it is the sum over the positions, not the mean.",
        (
            "Stack the same logits twice. Should the loss double?",
            "A loss whose size depends on the batch asks for another learning rate for each batch.",
            "Divide by the number of positions: everything but the last dimension.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "one-number-per-position",
        {"over": "not reduced"},
        EVERYWHERE,
        "You return one number for each position. They are right; their mean is asked for.",
        (
            "Look at the shape of your result: what has been reduced, what has not?",
            "The loss is one number, so that it can be differentiated.",
            "One more reduction, over all positions, is missing at the end.",
        ),
    ),
    Mistake(
        "one-number-per-outcome",
        {"over": "not summed"},
        EVERYWHERE,
        "You return the terms of KL, one for each outcome, and neither sum nor mean is taken.",
        (
            "Look at the shape of your result: what has been reduced?",
            "KL is a sum over the outcomes; the loss is the mean of the KLs over the positions.",
            "Two reductions are missing at the end, and they are not of the same kind.",
        ),
    ),
)
