"""The mistakes of `masked_kl` at one position: the distance, the temperature, the logarithm."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

VALUE = frozenset({"value", "pads", "gradient", "NaN in pads", "NaN gradient", "impossible"})

DISTANCE = (
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
        "t-instead-of-t-squared",
        {"scale": "T"},
        VALUE,
        "Your value is 1/T of the expected one: the factor is T where T² is asked for.",
        (
            "Compare T = 1 and T = 3 with the text. By what factor do you differ?",
            "The gradient shrinks once because logits are divided, and once because softened "
            "distributions are nearer to each other.",
            "Everything but the power of T in front is right.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "divided-by-t-squared",
        {"scale": "1/T²"},
        VALUE,
        "The loss is divided by T², and should be multiplied by it.",
        (
            "Does your loss get smaller still when T grows? Which way should the factor work?",
            "Softening shrinks the gradient about T² times; the factor makes up for it.",
            "One operator is wrong.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "only-student-softened",
        {"temper": "z_s / T"},
        VALUE,
        "Only the student's logits are divided by T: a soft student is compared with a sharp "
        "teacher.",
        (
            "Call it with the same logits twice and T = 3. Is the result 0?",
            "p_t^T and p_s^T: how many T are there above the letters?",
            "The teacher is softened as well.",
        ),
        "temperature-of-one-model",
    ),
    Mistake(
        "only-teacher-softened",
        {"temper": "z_t / T"},
        VALUE,
        "Only the teacher's logits are divided by T: a sharp student is compared with a soft "
        "teacher.",
        (
            "Call it with the same logits twice and T = 3. Is the result 0?",
            "p_t^T and p_s^T: how many T are there above the letters?",
            "The student is softened as well.",
        ),
        "temperature-of-one-model",
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
        "probability-for-logarithm",
        {"compare": "kl_div(p_s, p_t)"},
        VALUE,
        "The student's probabilities stand where their logarithms should: this is what PyTorch's "
        "kl_div makes of a softmax as its first argument.",
        (
            "Call it with the same logits twice. Is the result 0?",
            "In KL(p‖q) both distributions stand inside a logarithm.",
            "Which of its two arguments does kl_div want as a logarithm?",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "log-of-a-softmax",
        {"log": "log(p)", "hidden": "by product"},
        frozenset({"pads", "NaN in pads", "NaN gradient"}),
        "Huge logits in the padding make the loss NaN: there the softmax rounds to 0, its "
        "logarithm is −∞, and the mask's 0 times that is NaN.",
        (
            "Fill the padding with logits of some thousands. What is 0 · ∞?",
            "A logarithm of a softmax loses what is small; the two in one step lose nothing.",
            "Or take out what counts first: what is never computed cannot spoil a sum.",
        ),
        "floats-are-real-numbers",
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
