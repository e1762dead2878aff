"""The mistakes of `kd_and_ce`, those that are carried over from `kd_loss` included."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

ALL = frozenset({"value", "any shape", "gradient"})

_WEIGHTS = (
    Mistake(
        "alpha-swapped",
        {"mix": "(1−α)·KD + α·CE"},
        ALL,
        "α and 1 − α are swapped: your α weighs the labels, and it should weigh the teacher. At "
        "α = ½ nobody would notice.",
        (
            "Set α = 1. Whose opinion is all that counts now, in the formula and in your function?",
            "Books disagree on which term carries α. What does this exercise say?",
            "Both terms are right; look at the weights in front of them.",
        ),
        "alpha-weighs-the-labels",
    ),
    Mistake(
        "alpha-on-labels-only",
        {"mix": "KD + α·CE"},
        ALL,
        "Your value is kd_loss + α·CE: the teacher's term carries no weight, and the labels' the "
        "wrong one.",
        (
            "Set α = 0. Which term should be gone?",
            "The two weights add up to 1. Do yours?",
            "Each of the two terms needs a weight; which of them is α?",
        ),
        "weights-need-not-sum-to-one",
    ),
    Mistake(
        "labels-not-weighed",
        {"mix": "α·KD + CE"},
        ALL,
        "Your value is α·kd_loss + CE: the term for the labels is not weighed by 1 − α.",
        (
            "Set α = 1. Which term should be gone?",
            "The two weights add up to 1. Do yours?",
            "The first weight is right. The second term needs one too.",
        ),
        "weights-need-not-sum-to-one",
    ),
    Mistake(
        "teacher-not-weighed",
        {"mix": "KD + (1−α)·CE"},
        ALL,
        "Your value is kd_loss + (1−α)·CE: the teacher's term is not weighed by α.",
        (
            "Set α = 0. Which term should be gone?",
            "The two weights add up to 1. Do yours?",
            "The second weight is right. The first term needs one too.",
        ),
        "weights-need-not-sum-to-one",
    ),
    Mistake(
        "labels-ignored",
        {"mix": "KD"},
        ALL,
        "Your value is kd_loss alone: neither the labels nor α enter it.",
        (
            "Change the labels. Does your loss notice?",
            "Two terms are asked for. One of them is there.",
            "The second term compares the student with the labels, at T = 1.",
        ),
    ),
)

# where a term is missing, nothing that is wrong in it shows
_NO_LABELS = {"ce_of": "student", "ce_on": "labels", "ce_fed": "z", "ce_over": "positions",
              "ce_scale": "1", "ce_sign": "+"}  # fmt: skip
_NO_TEACHER = {"scale": "T²", "compare": "KL", "direction": "t‖s", "over": "positions",
               "temper": "z / T"}  # fmt: skip

_HALVES = (
    Mistake(
        "labels-term-missing",
        {"mix": "α·KD", **_NO_LABELS},
        ALL,
        "Your value is α·kd_loss alone: the term for the labels is missing.",
        (
            "Change the labels. Does your loss notice?",
            "Two terms are asked for. One of them is there, with its weight.",
            "The second term compares the student with the labels, at T = 1.",
        ),
    ),
    Mistake(
        "teachers-term-missing",
        {"mix": "(1−α)·CE", **_NO_TEACHER},
        ALL,
        "Your value is (1−α)·CE alone: the teacher's term is missing.",
        (
            "Change the teacher's logits. Does your loss notice?",
            "Two terms are asked for. One of them is there, with its weight.",
            "The first term is the kd_loss that you have already.",
        ),
    ),
    Mistake(
        "labels-alone",
        {"mix": "CE", **_NO_TEACHER},
        ALL,
        "Your value is the cross-entropy with the labels alone: neither the teacher nor α enters "
        "it.",
        (
            "Change the teacher's logits. Does your loss notice?",
            "Two terms are asked for. One of them is there.",
            "The first term is the kd_loss that you have already. Weigh both.",
        ),
        "only-labels-are-targets",
    ),
)

_LABELS_TERM = (
    Mistake(
        "labels-shifted",
        {"ce_on": "labels[i+1]"},
        ALL,
        "In the second term each position is compared with the *next* label. Here labels and "
        "logits are aligned already: every position has its own label.",
        (
            "Call your function with one position. What should come out?",
            "Read the task again: which label belongs to which row of logits?",
            "Look for slices that drop the first or the last position. Are they needed?",
        ),
        "always-shift",
    ),
    Mistake(
        "labels-at-temperature",
        {"ce_fed": "z / T"},
        ALL,
        "The cross-entropy with the labels is taken at temperature T. Labels are facts, not "
        "opinions: this term belongs at T = 1.",
        (
            "Set α = 0. Should the loss still depend on T?",
            "When the student is used, nobody softens it. Which term trains it for that?",
            "Which logits do you pass to the cross-entropy: the original ones, or those divided "
            "by T?",
        ),
        "labels-are-softened-too",
    ),
    Mistake(
        "labels-against-teacher",
        {"ce_of": "teacher"},
        ALL,
        "The cross-entropy with the labels is the teacher's. The teacher does not learn: it is "
        "the student that the labels should teach.",
        (
            "Set α = 0 and change the student's logits. Does your loss notice?",
            "Which of the two models has weights that move?",
            "Look at whose logits you pass to the cross-entropy.",
        ),
        "the-teacher-learns",
    ),
    Mistake(
        "teachers-argmax-for-labels",
        {"ce_on": "teacher's argmax"},
        ALL,
        "The second term compares the student with the teacher's likeliest outcome, not with the "
        "labels.",
        (
            "Change the labels. Does your loss notice?",
            "The labels are there to correct the teacher where it is wrong.",
            "One of your arguments is never used.",
        ),
        "only-the-top-matters",
    ),
    Mistake(
        "labels-term-of-probabilities",
        {"ce_fed": "p"},
        ALL,
        "The softmax is applied twice in the second term: the cross-entropy takes logits, and it "
        "was given probabilities.",
        (
            "For a student that is quite sure of the right label the cross-entropy is near 0. Can "
            "yours get there?",
            "What does PyTorch's cross-entropy do with its input before it takes the logarithm?",
            "A softmax too many stands before the cross-entropy.",
        ),
        "softmax-can-be-repeated",
    ),
    Mistake(
        "labels-term-of-logits",
        {"ce_fed": "z, not normalised"},
        ALL,
        "In the second term the logit of the label stands where its log-probability belongs: "
        "nothing was normalised.",
        (
            "Add 10 to all of the student's logits. No probability changes. Does your loss?",
            "`nll_loss` takes log-probabilities, `cross_entropy` takes logits.",
            "A log_softmax is missing before the labels choose.",
        ),
        "logits-are-probabilities",
    ),
    Mistake(
        "labels-term-is-accuracy",
        {"ce_fed": "argmax of z"},
        ALL,
        "The second term is the share of wrong answers, 1 − accuracy: it says nothing of how sure "
        "the student is, and has no gradient.",
        (
            "Make the student surer of the right label. Does your loss notice?",
            "What does an argmax do to a gradient?",
            "−log p of the label is asked for, at each position.",
        ),
        "loss-is-accuracy",
    ),
    Mistake(
        "labels-term-reshaped",
        {"ce_fed": "z, reshaped"},
        frozenset({"any shape", "gradient"}),
        "Right for [V] and [N, V]: for [B, L, V] a reshape brings the outcomes to dimension 1, and "
        "mixes the logits of different positions. A transposition is meant.",
        (
            "Reshape [[1, 2, 3], [4, 5, 6]] to [3, 2], and transpose it. Are they the same?",
            "A reshape keeps the order of the numbers, a transposition that of the meanings.",
            "Flatten the positions, [B·L, V], and the labels with them: then V stays last.",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "labels-transposed",
        {"ce_on": "transposed labels"},
        frozenset({"any shape", "gradient"}),
        "Right for [V] and [N, V]: for [B, L, V] the labels are transposed, and each position is "
        "compared with the label of another one.",
        (
            "Let all logits of a position be sure of its label. Is the second term 0?",
            "Logits and labels have to be flattened in the same order.",
            "The labels need no transposition: [B, L] goes with [B, L, V].",
        ),
        "any-axis-will-do",
    ),
    Mistake(
        "label-0-ignored",
        {"ce_over": "labels other than 0"},
        ALL,
        "Positions whose label is 0 drop out of the second term, as if 0 meant padding. Here every "
        "label counts.",
        (
            "Call it with the label 0 at every position. What comes out?",
            "`ignore_index` leaves positions out. Which label means padding in this task?",
            "0 is an outcome like any other.",
        ),
        "tokens-are-known-by-id",
    ),
    Mistake(
        "labels-smoothed",
        {"ce_on": "smoothed labels"},
        ALL,
        "The labels are smoothed, .9 and .1 spread over all outcomes: the task asks for the plain "
        "cross-entropy.",
        (
            "For a student that is quite sure of the right label the cross-entropy is near 0. Can "
            "yours get there?",
            "Which arguments do you pass to the library's function besides logits and labels?",
            "Take `label_smoothing` away: the teacher softens the targets already.",
        ),
    ),
    Mistake(
        "labels-term-summed",
        {"ce_over": "nothing"},
        ALL,
        "The cross-entropy with the labels is summed over the positions; the mean is asked for.",
        (
            "Stack the same batch twice. Should the loss change?",
            "One of your terms grows with the batch, so α means something else for each batch.",
            "Both terms are means over the positions.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "labels-term-sign",
        {"ce_sign": "−"},
        ALL,
        "The cross-entropy with the labels is subtracted: your loss rewards a student for being "
        "surprised by the labels.",
        (
            "Set α = 0. Is your loss negative? Can a cross-entropy be?",
            "log p is negative. How does a loss become positive?",
            "Is there one minus too many, or one too few, in the second term?",
        ),
        "loss-is-log-likelihood",
    ),
)

_T_SQUARED = (
    Mistake(
        "t-squared-on-both",
        {"ce_scale": "T²"},
        ALL,
        "T² multiplies both terms. It makes up for softened logits, and in the labels' term "
        "nothing is softened.",
        (
            "Set α = 0. Should the loss still depend on T?",
            "Where does T² come from, and which of the two terms has that reason?",
            "Look at how far your brackets reach.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "t-squared-on-labels",
        {"ce_scale": "T²", "scale": "1"},
        ALL,
        "T² multiplies the labels' term instead of the teacher's.",
        (
            "Set α = 0. Should the loss still depend on T?",
            "T² belongs to the term whose logits are divided by T.",
            "The factor stands in front of the wrong term.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "no-t-squared",
        {"scale": "1"},
        ALL,
        "The factor T² is missing in the teacher's term, so that at a high temperature the labels "
        "drown the teacher.",
        (
            "Set α = 1. Does your value equal your kd_loss?",
            "What happens to the gradient of the first term as T grows, if nothing makes up for "
            "it?",
            "Use your kd_loss for the first term: it has the factor already.",
        ),
        "t-squared-is-a-detail",
    ),
)

_TEACHER_TERM = (
    Mistake(
        "cross-entropy-for-kl",
        {"compare": "cross-entropy"},
        frozenset({"value", "any shape"}),
        "The teacher's term is a cross-entropy instead of KL: the entropy of the teacher is still "
        "in it. (The gradient is the same, the loss is not.)",
        (
            "Set α = 1 and pass the same logits twice. What is left over?",
            "KL(p‖q) = cross-entropy of p and q − entropy of p.",
            "Use your kd_loss for the first term: it is 0 at a match.",
        ),
        "kl-is-cross-entropy",
    ),
    Mistake(
        "direction-swapped",
        {"direction": "s‖t"},
        ALL,
        "The direction of KL is swapped in the teacher's term.",
        (
            "Set α = 1. Does your value equal that of a right kd_loss?",
            "Whose probabilities weigh the terms of KL(p_t‖p_s)?",
            "If kd_loss is called here: in which order does it take its arguments?",
        ),
        "kl-is-symmetric",
    ),
    Mistake(
        "mean-over-outcomes",
        {"over": "positions and outcomes"},
        ALL,
        "The teacher's term is divided by V: its mean is taken over the outcomes too.",
        (
            "Set α = 1. By what factor does your value differ from that of a right kd_loss?",
            "KL is a sum over outcomes, and a mean over positions.",
            "A reduction called 'mean' divides by the number of all entries, V included.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "logits-not-divided",
        {"temper": "z"},
        ALL,
        "The logits are not divided by T in the teacher's term: it is T²·KL at T = 1.",
        (
            "Set α = 1. Does your value equal that of a right kd_loss?",
            "The temperature does two things in the first term: the factor, and …?",
            "Use your kd_loss for the first term, and pass it the original logits.",
        ),
        "t-squared-is-a-detail",
    ),
)

MISTAKES = (*_WEIGHTS, *_HALVES, *_LABELS_TERM, *_T_SQUARED, *_TEACHER_TERM)
