"""Mistakes with the loss of the batch: what is compared, how it is reduced, and T."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.training_step.train_step_mistakes.breaks import ALL

COMPARED = (
    Mistake(
        "direction-swapped",
        {"compare": "KL(s‖t)"},
        ALL,
        "Teacher and student are exchanged in KL: your step lowers KL(student‖teacher).",
        (
            "In KL(p‖q) one distribution weighs the terms. Whose is it in yours?",
            "The expectation is over what the teacher would say.",
            "kd_loss from 02 takes the teacher's logits first.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "cross-entropy-returned",
        {"compare": "cross-entropy"},
        frozenset({"loss"}),
        "The step is right; the loss that you return is a cross-entropy, so that it would not be "
        "0 at a match.",
        (
            "What would you return for a student that equals its teacher?",
            "KL = cross-entropy − entropy of the teacher; the gradient is the same.",
            "The teacher's logarithm is missing from your sum.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "hard-targets",
        {"compare": "argmax of teacher"},
        ALL,
        "Only the teacher's likeliest token is used as a label: that is a cross-entropy with hard "
        "targets.",
        (
            "Change the teacher's second choice. Does your step notice?",
            "The whole distribution is what the teacher has to teach.",
            "There is an argmax too many.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "hard-targets-at-temperature",
        {"compare": "argmax of teacher at T"},
        ALL,
        "Only the teacher's likeliest token is used as a label. T and T² are there, but a label "
        "has nothing that a temperature could soften.",
        (
            "Change the teacher's second choice. Does your step notice?",
            "The whole distribution is what the teacher has to teach.",
            "There is an argmax too many.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "jensen-shannon",
        {"compare": "JS"},
        ALL,
        "Yours is the Jensen-Shannon divergence: both models are compared with their mixture. It "
        "is symmetric, never above ln 2, and another loss than KL(teacher‖student).",
        (
            "Exchange teacher and student. Does your loss change?",
            "In KL(p‖q) the teacher is compared with the student directly.",
            "There is a mixture too many.",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "squared-difference-of-logits",
        {"compare": "squared difference of logits"},
        ALL,
        "Yours is the mean squared difference of the logits: it changes if a number is added to "
        "all logits of one model, and no distribution does.",
        (
            "Add 1 to all logits of the student. Does its distribution change? Does your loss?",
            "What is compared are distributions, weighed by what the teacher would say.",
            "The two softmaxes are missing.",
        ),
        "matching-logits",
    ),
    Mistake(
        "answers-as-targets",
        {"compare": "answers"},
        ALL,
        "The tokens of y are the targets, and the teacher is not asked: this is plain fine-tuning "
        "on the answers.",
        (
            "Change the teacher's weights. Does your step notice?",
            "y says only after which prefixes the two models are compared.",
            "The target is a distribution, not a token.",
        ),
        "only-labels-are-targets",
    ),
)

REDUCED = (
    Mistake(
        "sum-of-tokens",
        {"reduce": "sum"},
        ALL,
        "The loss is a sum over the answer tokens, not their mean: a batch with more tokens takes "
        "a longer step.",
        (
            "Divide your loss by the expected one. Which number of the batch is it?",
            "The mean makes the learning rate independent of the size of the batch.",
            "Something is to be divided by the number of answer tokens.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-rows",
        {"reduce": "per row"},
        ALL,
        "The sum is divided by the number of examples, not by that of answer tokens.",
        (
            "Divide your loss by the expected one: how many answer tokens has an example?",
            "Which mean does 'batchmean' take, and of what shape are your logits?",
            "After the selection by the mask, rows are tokens.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-outcomes",
        {"reduce": "per outcome"},
        ALL,
        "Your loss is 1/V of the expected one: the mean is also taken over the outcomes, which in "
        "KL are summed.",
        (
            "Divide the expected loss by yours. Do you know that number?",
            "KL is a *sum* over outcomes; only tokens are averaged.",
            "A library's default reduction is often over everything.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "divided-by-positions",
        {"reduce": "per position"},
        ALL,
        "The sum is divided by the number of all positions, prompts and pads included.",
        (
            "Add a pad to every row. Does your loss change?",
            "Only answer tokens are compared, so only they are counted.",
            "Count what the mask marks.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "divided-by-shifted-positions",
        {"reduce": "per shifted position"},
        ALL,
        "The sum is divided by the number of all positions that predict something, prompts and "
        "pads included: what the mask made 0 was counted all the same.",
        (
            "Add a pad to every row. Does your loss change?",
            "A term that is multiplied by 0 still counts in a mean.",
            "Divide by what the mask marks.",
        ),
        "padding-is-harmless",
    ),
    Mistake(
        "mean-of-rows",
        {"reduce": "mean of rows"},
        ALL,
        "The mean is taken in each example first, then over examples: a token in a short answer "
        "weighs more than one in a long answer.",
        (
            "Does a token's weight in your loss depend on how long its answer is?",
            "A mean of means is a mean only where all have the same length.",
            "One sum over all answer tokens, divided once.",
        ),
        "every-row-counts-the-same",
    ),
)

TEMPERATURE = (
    Mistake(
        "t-squared-missing",
        {"factor": "1"},
        ALL - {"default"},
        "Your loss is 1/T² of the expected one: the factor T² is missing. With Adam nobody would "
        "see it; with SGD the step has the wrong length.",
        (
            "Divide the expected loss by yours. Which function of T is it?",
            "Softened gradients shrink like 1/T².",
            "kd_loss from 02 ends with a factor.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "t-instead-of-t-squared",
        {"factor": "T"},
        ALL - {"default"},
        "Your loss is 1/T of the expected one: the factor is T², not T.",
        (
            "Divide the expected loss by yours.",
            "One T comes from each softmax.",
            "The exponent of the factor is missing.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "temperature-ignored",
        {"tempered": "neither"},
        ALL - {"default"},
        "The factor T² is there, but neither softmax is taken at temperature T.",
        (
            "What becomes of your distributions as T grows?",
            "Logits are divided by T before the softmax.",
            "T has to stand in three places.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "temperature-multiplied",
        {"tempered": "multiplied"},
        ALL - {"default"},
        "The logits are multiplied by T: a high temperature makes both distributions sharper, "
        "where it should make them softer.",
        (
            "What becomes of your distributions as T grows?",
            "Heat softens differences. Which operation makes them smaller?",
            "Divide where you multiply.",
        ),
        "temperature-sharpens",
    ),
    Mistake(
        "temperature-squared",
        {"tempered": "T²"},
        ALL - {"default"},
        "Both softmaxes are taken at temperature T²: the square belongs to the factor alone.",
        (
            "By what do you divide the logits?",
            "Is T still what it was when it comes to the softmaxes?",
            "The factor is T²; the temperature is T.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "student-not-softened",
        {"tempered": "teacher"},
        ALL - {"default"},
        "Only the teacher is softened; the student's distribution is taken at T = 1.",
        (
            "Let the student equal the teacher. Is your loss 0?",
            "Both distributions are taken at the same temperature.",
            "One of two divisions is missing.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "teacher-not-softened",
        {"tempered": "student"},
        ALL - {"default"},
        "Only the student is softened; the teacher's distribution is taken at T = 1.",
        (
            "Let the student equal the teacher. Is your loss 0?",
            "Both distributions are taken at the same temperature.",
            "One of two divisions is missing, and it is the teacher's.",
        ),
        "temperature-of-one-model",
    ),
)

COMPARISON = (*COMPARED, *REDUCED, *TEMPERATURE)
