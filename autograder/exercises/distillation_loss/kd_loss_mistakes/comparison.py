"""Mistakes with what is compared: the direction, F.kl_div, and other losses."""

from __future__ import annotations

from autograder.exercises.distillation_loss.kd_loss_mistakes.breaks import (
    AWAY_FROM_A_MATCH,
    EVERYWHERE,
)
from autograder.exercises.exercise import Mistake

DIRECTION = (
    Mistake(
        "direction-swapped",
        {"direction": "s‖t"},
        AWAY_FROM_A_MATCH,
        "Your numbers are those of KL(student‖teacher): the direction is swapped. At a high "
        "temperature the two look almost alike; on skewed distributions they do not.",
        (
            "In KL(p‖q) one of the two distributions weighs the terms of the sum. Which one does "
            "in yours?",
            "The expectation is taken over what the teacher would say: its probabilities are the "
            "weights.",
            "If you call a library function, look up the order of its arguments: PyTorch's wants "
            "the approximating distribution first and the target second, the opposite of KL(p‖q).",
        ),
        "kl-is-symmetric",
    ),
)


KL_DIV = (
    Mistake(
        "kl-div-of-probabilities",
        {"compare": "kl_div(p_s, p_t)"},
        EVERYWHERE,
        "Your loss is negative, and KL never is: it looks as if F.kl_div was given the student's "
        "probabilities where it expects log-probabilities.",
        (
            "Can KL be negative? Yours is. Which ingredient is not what it is taken for?",
            "F.kl_div does not take the logarithm of its first argument: it assumes that you did.",
            "One of the two softmaxes has a sibling that returns logarithms.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "kl-div-of-logits",
        {"compare": "kl_div(z_s, p_t)"},
        EVERYWHERE,
        "The student's logits are used as if they were log-probabilities: they are not "
        "normalised, so your loss can be negative and changes when a constant is added to a row.",
        (
            "Add 5 to all logits of the student. Should the loss change?",
            "Logits become log-probabilities when something is subtracted from each row. What?",
            "A step is missing between the student's logits and the comparison.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "kl-div-log-target-not-said",
        {"compare": "kl_div(log p_s, log p_t)"},
        EVERYWHERE,
        "Your loss is NaN on every input: it looks as if F.kl_div was given the teacher's "
        "log-probabilities without being told, so it takes the logarithm of negative numbers.",
        (
            "Where does NaN come from? Look for a logarithm of something negative.",
            "By default F.kl_div expects log-probabilities first and probabilities second.",
            "Either change what you pass as the target, or say what it is: there is a flag.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "kl-div-log-target-said-wrongly",
        {"compare": "kl_div(log p_s, p_t, log_target)"},
        EVERYWHERE,
        "The teacher's probabilities are exponentiated once more: it looks as if F.kl_div was "
        "told that the target is logarithmic, and it is not.",
        (
            "Call your function with the same logits twice. Why is it far from 0?",
            "The flag log_target says what the target *is*; it does not turn it into anything.",
            "Either change what you pass as the target, or leave the flag as it was.",
        ),
        "logits-are-probabilities",
    ),
)


OTHER_LOSSES = (
    Mistake(
        "cross-entropy",
        {"compare": "cross-entropy"},
        EVERYWHERE - {"gradient"},
        "Your value is the cross-entropy of teacher and student. It is not 0 at a match: the "
        "entropy of the teacher is still in it. (The gradient is the same, the loss is not.)",
        (
            "Call your function with the same logits twice. What is left over?",
            "KL(p‖q) = cross-entropy of p and q − entropy of p.",
            "The logarithm of the teacher's probabilities does not appear in your sum yet.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "hard-target",
        {"compare": "argmax"},
        EVERYWHERE,
        "Only the teacher's likeliest outcome enters your loss: this is a cross-entropy with a "
        "hard label.",
        (
            "Change the teacher's second-likeliest logit a little. Does your loss notice?",
            "What a teacher thinks of the *other* outcomes is what distillation is about.",
            "All outcomes take part, each weighed by the teacher's probability of it.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "teacher-twice",
        {"compare": "teacher twice"},
        AWAY_FROM_A_MATCH,
        "Your loss is 0 whatever the student does, as if one distribution were compared with "
        "itself.",
        (
            "Does your loss change when the student's logits do?",
            "A name that was copied and not changed is the usual reason.",
            "Go through your lines and say for each of them whose logits it reads.",
        ),
    ),
    Mistake(
        "squared-logits",
        {"compare": "squared logits"},
        AWAY_FROM_A_MATCH,
        "Your value is the mean squared difference of the logits: the two distributions are "
        "never compared.",
        (
            "Add 5 to all logits of the student. Its distribution stays; does your loss?",
            "Logits are defined up to a constant for each row; a loss between distributions is "
            "blind to it.",
            "The formula compares p_t with p_s. Where do yours become probabilities?",
        ),
        "matching-logits",
    ),
    Mistake(
        "sign",
        {"sign": "−"},
        AWAY_FROM_A_MATCH,
        "Your value is the expected one with the opposite sign: a KL cannot be negative, and "
        "minimising yours would drive the student away from the teacher.",
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
        AWAY_FROM_A_MATCH,
        "Your value is 1.4427 = 1/ln 2 times the expected one: it is in bits. The course uses the "
        "natural logarithm.",
        (
            "Divide your value by the one in the text. Do you know that number?",
            "Which logarithm is the inverse of the exponential in a softmax?",
            "Only the base of the logarithm is wrong.",
        ),
        "any-logarithm-will-do",
    ),
)
