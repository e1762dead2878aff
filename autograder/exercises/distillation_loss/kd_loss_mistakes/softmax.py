"""Mistakes with the softmax and its logarithm."""

from __future__ import annotations

from autograder.exercises.distillation_loss.kd_loss_mistakes.breaks import (
    AWAY_FROM_A_MATCH,
    EVERYWHERE,
)
from autograder.exercises.exercise import Mistake

SOFTMAX = (
    Mistake(
        "softmax-twice",
        {"again": "both"},
        AWAY_FROM_A_MATCH,
        "The softmax is applied twice to both models: the second one takes probabilities for "
        "logits, and everything becomes nearly uniform.",
        (
            "Print the student's distribution: why is it so flat?",
            "Some functions take logits and normalise by themselves. What do you pass to yours?",
            "A softmax of a softmax is not the same distribution. One of the two is too many.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "teacher-softmax-twice",
        {"again": "teacher"},
        EVERYWHERE,
        "The softmax is applied twice to the teacher: its distribution becomes nearly uniform, "
        "and the loss is not 0 at a match.",
        (
            "Print the teacher's distribution: why is it so flat?",
            "Some functions take logits and normalise by themselves. What do you pass to yours?",
            "Follow the teacher's logits through your lines and count the softmaxes.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "student-softmax-twice",
        {"again": "student"},
        EVERYWHERE,
        "The softmax is applied twice to the student: its distribution becomes nearly uniform, "
        "and the loss is not 0 at a match.",
        (
            "Print the student's distribution: why is it so flat?",
            "Some functions take logits and normalise by themselves. What do you pass to yours?",
            "Follow the student's logits through your lines and count the softmaxes.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "softmax-over-first-dimension",
        {"axis": "first"},
        AWAY_FROM_A_MATCH,
        "The softmax runs over the first dimension: your probabilities sum to 1 over the "
        "positions, not over the outcomes.",
        (
            "Sum your probabilities over the last dimension. What should come out?",
            "Outcomes compete with each other; positions do not.",
            "Which dimension holds the outcomes? Count from the end, and any shape will do.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "softmax-over-second-dimension",
        {"axis": "second"},
        frozenset({"any shape", "gradient"}),
        "Right for [N, V] alone: the softmax runs over dimension 1, which for [B, L, V] is the "
        "positions, and for [V] does not exist.",
        (
            "Try shapes with one and with three dimensions.",
            "Which dimension holds the outcomes in [V], [N, V], [B, L, V]?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "all-over-first-dimension",
        {"axis": "first", "over": "sum over first"},
        AWAY_FROM_A_MATCH,
        "Softmax and sum both run over the first dimension: for you the positions are outcomes, "
        "and the outcomes positions.",
        (
            "Sum your probabilities over the last dimension. What should come out?",
            "Outcomes compete with each other; positions do not.",
            "Which dimension holds the outcomes? Count from the end, and any shape will do.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "all-over-second-dimension",
        {"axis": "second", "over": "sum over second"},
        frozenset({"any shape", "gradient"}),
        "Right for [N, V] alone: softmax and sum run over dimension 1, which for [B, L, V] is the "
        "positions, and for [V] does not exist.",
        (
            "Try shapes with one and with three dimensions.",
            "Which dimension holds the outcomes in [V], [N, V], [B, L, V]?",
            "Count dimensions from the end rather than from the start.",
        ),
        "any-axis-will-do",
    ),
)


def _added(epsilon: str) -> Mistake:
    return Mistake(
        f"log-of-softmax-plus-{epsilon}",
        {"log": f"log(p + {epsilon})"},
        frozenset({"stable"}),
        f"Right until a probability gets tiny: then the {epsilon} in the logarithm stands in for "
        "it, and the loss is far too small.",
        (
            "Let one of the student's logits lie 2,000 below the others. How large must the loss "
            "be?",
            "A small number inside a logarithm hides −∞; it does not give the right answer.",
            "There is a way to get log-probabilities without ever forming the probability.",
        ),
        "floats-are-real-numbers",
    )


LOGARITHM = (
    Mistake(
        "log-of-softmax",
        {"log": "log(p)"},
        frozenset({"stable"}),
        "Right until a probability is rounded to 0: then its logarithm is −∞ and the loss "
        "infinite or NaN.",
        (
            "Let one logit of a row lie 2,000 below the others. What is its probability in "
            "floating point?",
            "The log-probability −2,000 is an ordinary number. Where does yours get lost?",
            "There is a way to get log-probabilities without ever forming the probability.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "log-of-softmax-teacher",
        {"log": "log(p_t)"},
        frozenset({"stable"}),
        "Right until a probability of the teacher is rounded to 0: then 0·log 0 is NaN.",
        (
            "Let one of the teacher's logits lie 2,000 below the others. What is its probability "
            "in floating point, and the logarithm of that?",
            "The student's log-probabilities are fine. How do you get the teacher's?",
            "There is a way to get log-probabilities without ever forming the probability.",
        ),
        "floats-are-real-numbers",
    ),
    Mistake(
        "log-of-softmax-student",
        {"log": "log(p_s)"},
        frozenset({"stable"}),
        "Right until a probability of the student is rounded to 0: then its logarithm is −∞ and "
        "the loss infinite.",
        (
            "Let one of the student's logits lie 2,000 below the others. What is its probability "
            "in floating point, and the logarithm of that?",
            "The log-probability −2,000 is an ordinary number. Where does yours get lost?",
            "There is a way to get log-probabilities without ever forming the probability.",
        ),
        "floats-are-real-numbers",
    ),
    *map(_added, ("1e-8", "1e-10", "1e-12")),
    *(
        Mistake(
            f"log-probabilities-clamped-at-{id}",
            # no pair with logarithms that are clamped afterwards
            {"log": f"log p ≥ {least}", "temper": "z / T"},
            frozenset({"stable"}),
            f"Right until a log-probability falls below {least}: it is not let fall further, and "
            "the loss is too small.",
            (
                "Let one of the student's logits lie 2,000 below the others. How large must the "
                "loss be?",
                "The log-probability −2,000 is an ordinary number. Nothing has to be kept from it.",
                "Without the clamp, does anything overflow?",
            ),
            "floats-are-real-numbers",
        )
        for id, least in (("minus-100", "−100"), ("minus-50", "−50"))
    ),
)
