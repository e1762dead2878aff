"""Mistakes with the two models: what they see, in which mode, and whom gradients reach."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.training_step.train_step_mistakes.breaks import ALL, EVERY

_ONE_SHIFT_HINTS = (
    "Let the student equal the teacher, and c′ equal c. Is your loss 0?",
    "logits[:, i] is about token i + 1, whoever gives them.",
    "What you do to the logits and the mask of one model is to be done to the other's as well.",
)

SEES = (
    Mistake(
        "student-sees-c",
        {"student_sees": "c"},
        ALL,
        "The student is given the teacher's tokens: it learns to answer with the context c, which "
        "it will never see. The loss differs by little; the step is another one.",
        (
            "Which of the two kinds of tokens in the batch does your student read?",
            "Pr_θ^s(·|c′, z) is what is trained: the student reads c′.",
            "One pair of names has a t where an s belongs.",
        ),
        "student-sees-full-context",
    ),
    Mistake(
        "teacher-sees-c-prime",
        {"teacher_sees": "c′"},
        ALL,
        "The teacher is given the student's tokens: what it knows from c is not passed on, which "
        "is all that this training is for.",
        (
            "Which of the two kinds of tokens in the batch does your teacher read?",
            "Pr^t(·|c, z) is the target: the teacher reads c.",
            "One pair of names has an s where a t belongs.",
        ),
        "student-sees-full-context",
    ),
    Mistake(
        "not-shifted",
        {"shift": "none"},
        ALL,
        "The logits that you compare stand *at* the answer tokens: they predict the token after. "
        "The loss differs by little; the step is another one.",
        (
            "Which position's logits predict the first token of the answer?",
            "logits[:, i] is about token i + 1.",
            "Leave out the last position of the logits and the first one of the mask.",
        ),
        "logits-sit-on-their-token",
    ),
    Mistake(
        "student-not-shifted",
        {"shift": "teacher only"},
        ALL,
        "The teacher's logits are shifted and the student's are not: what the teacher says about "
        "one token is compared with what the student says about the next.",
        _ONE_SHIFT_HINTS,
        "logits-sit-on-their-token",
    ),
    Mistake(
        "teacher-not-shifted",
        {"shift": "student only"},
        ALL,
        "The student's logits are shifted and the teacher's are not: what the student says about "
        "one token is compared with what the teacher says about the next.",
        _ONE_SHIFT_HINTS,
        "logits-sit-on-their-token",
    ),
)

ITSELF = (
    Mistake(
        "student-teaches-itself",
        {"taught_by": "the student"},
        ALL,
        "The student is its own teacher: it is asked with c and with c′, and the teacher is never "
        "asked.",
        (
            "Change the teacher's weights. Does your step notice?",
            "How often is each of the two models called?",
            "One name of a model stands where the other belongs.",
        ),
        "the-teacher-is-not-asked",
    ),
)

MODES = (
    Mistake(
        "student-in-eval-mode-for-the-step",
        {"student_mode": "eval in the step"},
        frozenset({"dropout", "loss"}),
        "The student's dropout is off in the step: it was put into evaluation mode, and back into "
        "training mode afterwards.",
        (
            "In which mode is the student when it is asked?",
            "Dropout is a part of training: it acts in the very pass whose gradient is taken.",
            "Leave the student's mode alone.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "student-in-eval-mode",
        {"student_mode": "eval"},
        frozenset({"dropout", "loss", "student's mode"}),
        "The student was put into evaluation mode: its dropout is off in the step, and stays off.",
        (
            "In which mode is the student after your call?",
            "Dropout is a part of training. Whose dropout should be off?",
            "One model is put into evaluation mode too many.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "teacher-in-training-mode",
        {"teacher_mode": "train"},
        frozenset({"dropout", "loss", "teacher's mode"}),
        "The teacher was put into training mode: its dropout makes its answers worse, and at "
        "random.",
        (
            "In which mode is the teacher after your call?",
            "A teacher that is asked twice should give the same answer.",
            "The teacher does not train here.",
        ),
        "modes-are-about-gradients",
    ),
)

REACHED = (
    Mistake(
        "teacher-in-the-graph",
        {"reached": "both"},
        frozenset({"teacher"}),
        "Gradients reach the teacher: it is part of your graph. A frozen teacher hides that, and "
        "pays with memory; one that is not frozen gets gradients that somebody may use.",
        (
            "What is in a teacher parameter's gradient after your call?",
            "The teacher's answers are data. Which block says so?",
            "The teacher has to answer without a graph.",
        ),
        "the-teacher-learns",
    ),
    Mistake(
        "student-out-of-the-graph",
        {"reached": "teacher"},
        EVERY,
        "Gradients reach the teacher, and the student has none: it is the student who answers "
        "without a graph in yours.",
        (
            "Which of the two models stands in the block without gradients?",
            "Only the student's answer needs a graph.",
            "The two models have changed places.",
        ),
        "the-teacher-learns",
    ),
)

MODELS = (*SEES, *ITSELF, *MODES, *REACHED)
