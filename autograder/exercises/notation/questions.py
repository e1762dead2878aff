"""The questions of the notebook on notation."""

from __future__ import annotations

from autograder.exercises.question import Option, Question

PREDICT_ZERO = Question(
    id="predict_zero",
    title="Predict: how long may a text be?",
    kind="predict",
    stem=(
        "800 probabilities of about .35 are multiplied one after the other, in Python's "
        "floats. From which token on is the product exactly 0.0?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "100",
            "from about token 100 on",
            "So it is in float32, whose smallest number is about $10^{-45}$. Python's own floats "
            "are float64, and hold far smaller ones.",
            "all-floats-are-alike",
        ),
        Option(
            "300",
            "from about token 300 on: floats end near $10^{-300}$",
            "They end near $10^{-324}$, but a factor of .35 is not a factor of .1: it costs .46 "
            "decimal places, so that the places last more than twice as long.",
            "any-logarithm-will-do",
        ),
        Option(
            "700",
            "from about token 700 on",
            "Right: a token costs .46 decimal places, and float64 has 324 of them below 1.",
        ),
        Option(
            "never",
            "a product of positive numbers is positive",
            "Of real numbers it is. A float has a smallest positive number, and what lies clearly "
            "below is rounded to 0.",
            "floats-are-real-numbers",
        ),
    ),
    key="700",
)

STUDENT_NOTATION = Question(
    id="student_notation",
    title="Write the student",
    kind="choice",
    stem=(
        "Which expression is the output distribution of a compact model $s$ with weights "
        "$\\theta$, given a simplified context $c'$ and a latent variable $z$?"
    ),
    points=1,
    options=(
        Option(
            "A",
            "$\\mathrm{Pr}^t(\\cdot \\mid c, z)$",
            "The superscript t is the teacher, and a teacher's weights are not written. The model "
            "in question is the compact one, s.",
            "model-is-the-teacher",
        ),
        Option(
            "B",
            "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid c, z)$",
            "c without a prime is the full context. The compact model sees the simplified one.",
            "student-sees-full-context",
        ),
        Option(
            "C",
            "$\\mathrm{Pr}_\\theta^s(c', z \\mid \\cdot)$",
            "What is given stands to the right of the bar. This would be the probability of the "
            "input when the output is known.",
            "bar-read-from-the-right",
        ),
        Option(
            "D",
            "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)$",
            "Right: model s, weights θ, every output left open, and c′ and z given.",
        ),
        Option(
            "E",
            "$\\mathrm{Pr}_\\theta^t(\\cdot \\mid c', z)$",
            "The superscript says whose distribution it is: t is the teacher, whoever trains whom.",
            "superscript-is-decoration",
        ),
        Option(
            "F",
            "$\\mathrm{Pr}_\\theta^s(y \\mid c', z)$",
            "With y in place of the dot this is one number, the probability of one output. The "
            "whole distribution is asked for.",
            "one-number-for-a-distribution",
        ),
        Option(
            "G",
            "$\\mathrm{Pr}_z^s(\\cdot \\mid c', \\theta)$",
            "The subscript holds the weights that training changes; z is given, and so stands to "
            "the right of the bar.",
            "weights-are-given",
        ),
    ),
    key="D",
)

STUDENT_SYMBOLS = Question(
    id="student_symbols",
    title="Sign by sign",
    kind="matching",
    stem=(
        "What does each sign in $\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)$ stand for? Four "
        "descriptions are left over."
    ),
    points=3.5,
    items={
        "Pr": "$\\mathrm{Pr}$",
        "s": "the superscript $s$",
        "theta": "the subscript $\\theta$",
        "dot": "the dot $\\cdot$",
        "bar": "the bar $\\mid$",
        "c_prime": "$c'$",
        "z": "$z$",
    },
    options=(
        Option("A", "the latent variable; in the loss of this course, the user's input"),
        Option(
            "B",
            "the most probable output",
            "That would be written ŷ. The dot leaves the output open.",
            "dot-is-one-output",
        ),
        Option("C", "the weights that training changes"),
        Option("D", "the simplified context"),
        Option(
            "E",
            "the number of the training step",
            "Superscripts say here which model it is: s is the student, t the teacher.",
            "superscript-counts-steps",
        ),
        Option("F", "a probability"),
        Option("G", "any output: the place is left open"),
        Option(
            "H",
            "the full context",
            "That is c, without the prime. The student never sees it.",
            "student-sees-full-context",
        ),
        Option("I", "the student: whose distribution it is"),
        Option(
            "J",
            "the temperature",
            "A temperature is chosen, not learnt; it is not part of this notation.",
            "theta-is-a-setting",
        ),
        Option("K", "'given': what stands to the right of it is known"),
    ),
    key={"Pr": "F", "s": "I", "theta": "C", "dot": "G", "bar": "K", "c_prime": "D", "z": "A"},
)

APPLY_NOTATION = Question(
    id="apply_notation",
    title="The same notation, another house",
    kind="short",
    stem=(
        "A travel agency runs two models. The user's message is called $c$; before it reaches the "
        "cheap model, a filter shortens it to $c'$. An internal instruction that no user sees is "
        "called $z$: both models get it. The cheap model is the student $s$, and its weights "
        "$\\theta$ are being trained. Write the cheap model's distribution over all replies, and "
        "say in a few words what each sign in it stands for *here*. Mind that $c$ and $z$ have "
        "other roles than in this notebook: the text decides, not the letter."
    ),
    points=5,
    rubric=(
        "The superscript s marks the student, here the cheap model.",
        "The subscript θ marks the weights that are trained.",
        "A dot (or the reply y as a variable) stands to the left of the bar: every reply, not one.",
        "c′ stands to the right of the bar, and not c: the shortened message, not the full one.",
        "z, here the internal instruction, stands to the right of the bar: it is given, and "
        "neither left out nor summed over.",
    ),
)

TWO_DOTS = Question(
    id="two_dots",
    title="Two dots",
    kind="matching",
    stem=(
        "The source prints $\\mathrm{Loss}\\big(\\mathrm{Pr}^t(\\cdot \\mid \\cdot),\\ "
        "\\mathrm{Pr}_\\theta^s(\\cdot \\mid \\cdot),\\ x\\big)$: two conditional distributions, "
        "and the input $x = (c, c', z)$ at which both are taken. With a fixed input and a finite "
        "set of outputs: what kind of thing is each of these?"
    ),
    points=2,
    items={
        "loss": "$\\mathrm{Loss}(\\mathrm{Pr}^t(\\cdot \\mid c, z), "
        "\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z))$",
        "with_y": "$\\mathrm{Pr}_\\theta^s(y \\mid c', z)$, for one output $y$",
        "one_dot": "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)$",
        "two_dots": "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid \\cdot)$",
    },
    options=(
        Option(
            "A",
            "a number",
            "No place is open in a number: no dot is left.",
            "one-number-for-a-distribution",
        ),
        Option(
            "B",
            "a vector: one number for each output",
            "One dot, to the left of the bar: one number for each output, and they sum to 1.",
            "loss-is-per-outcome",
        ),
        Option(
            "C",
            "a function: it gives such a vector for each input",
            "A dot to the right of the bar too: an input is still to be filled in.",
            "distribution-without-input",
        ),
    ),
    key={"loss": "A", "with_y": "A", "one_dot": "B", "two_dots": "C"},
)

WHAT_CHANGES = Question(
    id="what_changes",
    title="What a training step changes",
    kind="select",
    stem=(
        "The student takes one training step on the input $(c, c', z)$. Which of these are "
        "different afterwards? Mark all that are; a wrong mark takes a right one away."
    ),
    points=2,
    options=(
        Option("A", "$c$", "The full context is data.", "input-is-optimised"),
        Option("B", "$\\theta$", "Right: the step is a step of θ."),
        Option(
            "C",
            "$\\mathrm{Pr}^t(\\cdot \\mid c, z)$",
            "The teacher is fixed: that is why its weights are not even written.",
            "the-teacher-learns",
        ),
        Option(
            "D",
            "$c'$",
            "The simplified context is data. (A soft prompt would be another method.)",
            "input-is-optimised",
        ),
        Option(
            "E",
            "$\\mathrm{Pr}_\\theta^s(\\cdot \\mid c', z)$",
            "Right: it has θ in it, so it changes whenever θ does, for this input and for others.",
        ),
        Option("F", "$z$", "The user's input is data.", "input-is-optimised"),
    ),
    key=frozenset({"B", "E"}),
)

LETTER_CLASH = Question(
    id="letter_clash",
    title="Letters that clash",
    kind="choice",
    stem=(
        "A paper writes $\\mathrm{Pr}_{\\theta^{t}}(y \\mid x, z)$ and adds: 'with $\\theta^t$ the "
        "weights after $t$ updates and $z$ the hidden chain of thought'. Which of its letters "
        "mean something else than in the loss of this course?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "A",
            "only $z$",
            "z does (here the user's input, there a hidden text). But t does too: here it marks "
            "the teacher, there it counts updates.",
            "superscript-counts-steps",
        ),
        Option(
            "B",
            "only $t$",
            "t does (here the teacher, there a number of updates). But z does too: here it is the "
            "user's input, there a hidden text.",
            "letters-mean-the-same-everywhere",
        ),
        Option(
            "C",
            "both $t$ and $z$",
            "Right: t is the teacher here and a step there, z the user's input here and a latent "
            "variable there. In both it is given, so it stands to the right of the bar.",
        ),
        Option(
            "D",
            "neither: a letter has one meaning in the whole field",
            "It has not. Read the sentence that introduces a letter; with this one, z can also be "
            "a logit.",
            "letters-mean-the-same-everywhere",
        ),
    ),
    key="C",
)

QUESTIONS = (
    PREDICT_ZERO,
    STUDENT_SYMBOLS,
    STUDENT_NOTATION,
    WHAT_CHANGES,
    TWO_DOTS,
    LETTER_CLASH,
    APPLY_NOTATION,
)
