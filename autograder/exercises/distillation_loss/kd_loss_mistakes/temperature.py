"""Mistakes with the temperature: the factor T², and who is softened, and when."""

from __future__ import annotations

from autograder.exercises.distillation_loss.kd_loss_mistakes.breaks import (
    AWAY_FROM_A_MATCH,
    EVERYWHERE,
)
from autograder.exercises.exercise import Mistake

SCALE = (
    Mistake(
        "no-t-squared",
        {"scale": "1"},
        AWAY_FROM_A_MATCH,
        "Your value is 1/T² of the expected one: the factor T² is missing.",
        (
            "Compare your value at T = 3 with the one in the text. By what factor does it differ?",
            "Dividing the logits by T makes the gradient smaller twice: once through the chain "
            "rule, once because the two softened distributions lie closer together.",
            "KL itself is right already: a power of the temperature is missing in front.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "t-not-squared",
        {"scale": "T"},
        AWAY_FROM_A_MATCH,
        "Your value is 1/T of the expected one: it is multiplied by T, not by T².",
        (
            "Compare your value at T = 3 with the one in the text. By what factor does it differ?",
            "How often does a temperature make the gradient smaller? Once in the chain rule; and "
            "where else?",
            "Only the power of T in front is wrong; everything behind it is right.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "two-t",
        {"scale": "2T"},
        AWAY_FROM_A_MATCH,
        "Your value is 2/T of the expected one: this is 2·T where T² is asked for. The two agree "
        "at T = 2 alone.",
        (
            "Try T = 2, then T = 3. At which of them is your value the one in the text?",
            "A square is not a doubling: which operator did you use in front of the loss?",
            "In Python ** is a power and * a product. The factor is T times itself.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "divided-by-t-squared",
        {"scale": "1/T²"},
        AWAY_FROM_A_MATCH,
        "Your value is 1/T⁴ of the expected one: it is divided by T² where it should be "
        "multiplied.",
        (
            "Does a softened loss need to be made larger or smaller, to keep its size?",
            "As T grows, KL between the softened distributions shrinks like 1/T². What keeps the "
            "product from vanishing?",
            "The factor is right, and it stands on the wrong side of the fraction bar.",
        ),
        "t-squared-is-a-detail",
    ),
)


TEMPERATURE = (
    Mistake(
        "student-not-softened",
        {"temper": "z_t / T"},
        EVERYWHERE,
        "Only the teacher is softened: your loss is not 0 where both have the same logits, since "
        "the student's are not divided by T. (Some papers do this on purpose; this exercise asks "
        "for T on both.)",
        (
            "Call your function with the same logits twice. What should come out?",
            "Both p_t and p_s carry a T above them in the formula.",
            "Look at where T enters: once for the teacher, and where for the student?",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "teacher-not-softened",
        {"temper": "z_s / T"},
        EVERYWHERE,
        "Only the student is softened: your loss is not 0 where both have the same logits, since "
        "the teacher's are not divided by T.",
        (
            "Call your function with the same logits twice. What should come out?",
            "Both p_t and p_s carry a T above them in the formula.",
            "Look at where T enters: once for the student, and where for the teacher?",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "logits-not-divided",
        {"temper": "z"},
        AWAY_FROM_A_MATCH,
        "The factor T² is there, but the logits are not divided by T: this is T²·KL at T = 1.",
        (
            "Leave T² out for a moment: does your KL still change when T does?",
            "The temperature does two things in this loss. One is the factor in front; what is "
            "the other?",
            "Soften both distributions before comparing them.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "temperature-ignored",
        {"temper": "z", "scale": "1"},
        AWAY_FROM_A_MATCH,
        "Your value does not depend on T at all: it is KL at T = 1.",
        (
            "Call your function with T = 1 and with T = 10. Should the results be equal?",
            "T appears in the formula in two places: above the distributions, and in front.",
            "If there is a T in an earlier cell, or a default in a function that you call, is "
            "your parameter really the one that is used?",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "logits-times-t",
        {"temper": "z · T"},
        AWAY_FROM_A_MATCH,
        "Your logits are multiplied by T instead of divided: a high temperature sharpens your "
        "distributions.",
        (
            "Plot your softened distribution at T = 1 and T = 5. Which of them is flatter?",
            "A high temperature brings the outcomes closer together: the logits must get smaller.",
            "The value at T = 3 is what the right function gives at T = 1/3, up to the factor in "
            "front.",
        ),
        "temperature-sharpens",
    ),
    Mistake(
        "log-probabilities-divided",
        {"temper": "log p / T"},
        AWAY_FROM_A_MATCH,
        "The log-probabilities are divided by T, after the softmax: what results is not "
        "normalised, the probabilities do not sum to 1.",
        (
            "Sum the exponentials of what you call the softened log-probabilities over the last "
            "dimension. What should it be?",
            "The softmax is what makes probabilities sum to 1, so it comes last.",
            "Change the order of two steps: temperature, then normalisation.",
        ),
        "temperature-after-softmax",
    ),
    Mistake(
        "probabilities-divided",
        {"temper": "p / T"},
        AWAY_FROM_A_MATCH,
        "The probabilities are divided by T, after the softmax. They no longer sum to 1, and "
        "nothing is softened: your value is T times KL at T = 1.",
        (
            "Sum what you call the softened probabilities over the last dimension. What should it "
            "be?",
            "Dividing all probabilities by one number does not change their proportions.",
            "The temperature acts on the logits, before they become probabilities.",
        ),
        "temperature-after-softmax",
    ),
    Mistake(
        "teachers-logarithm-not-softened",
        {"temper": "log p_t of z"},
        EVERYWHERE - {"gradient"},
        "The teacher's probabilities are softened, and their logarithm is that of T = 1: your "
        "loss is not 0 where both have the same logits. Its gradient does not show it.",
        (
            "Call your function with the same logits twice. What should come out?",
            "Is the exponential of your teacher's logarithm what stands in front of it?",
            "Look at where T enters: once for each softmax, and for each logarithm of one.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "weights-not-softened",
        {"temper": "p_t of z"},
        AWAY_FROM_A_MATCH,
        "Both logarithms are softened, and the teacher's probabilities in front of them are those "
        "of T = 1.",
        (
            "Can your loss become negative? KL never is.",
            "Is the exponential of your teacher's logarithm what stands in front of it?",
            "Look at where T enters: once for each softmax, and for each logarithm of one.",
        ),
        "temperature-of-one-model",
    ),
    *(
        Mistake(
            id,
            # no pair with a softmax along another dimension: the rows would be other ones
            {"temper": temper, "axis": "last"},
            AWAY_FROM_A_MATCH,
            "Each row of logits is standardised first: its mean becomes 0, which changes nothing, "
            f"and its standard deviation{of}, which does. (There is such a loss, and it is "
            "another one.)",
            (
                "Multiply the student's logits by 10. Should the loss notice?",
                "How sure a model is lies in how far its logits are apart.",
                "The logits are divided by T, and by nothing else.",
            ),
        )
        for id, temper, of in (
            ("logits-standardised", "standardised z / T", " 1"),
            (
                "logits-standardised-as-a-sample",
                "standardised z / T, ÷ V − 1",
                ", that of a sample, 1",
            ),
        )
    ),
)
