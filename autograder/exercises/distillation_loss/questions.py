"""The questions of the notebook on the distillation loss."""

from __future__ import annotations

from autograder.exercises.exercise import Option, Question

PREDICT_SHRINKING = Question(
    id="predict_shrinking",
    title="Predict: what does softening do to the gradient?",
    kind="predict",
    stem=(
        "From $T = 1$ we go to $T = 16$. How many times shorter does the gradient of the "
        "cross-entropy with respect to the student's logits become?"
    ),
    points=0,
    formative=True,
    options=(
        Option(
            "longer",
            "it becomes longer, as a softer teacher says more",
            "A softer teacher does say more about the other words, but more quietly: both "
            "distributions become flatter, and so does the loss between them.",
            "temperature-sharpens",
        ),
        Option(
            "1",
            "not at all: both models are divided by the same $T$",
            "That it is the same T on both sides keeps the minimum where it is. The size of the "
            "gradient it does not keep.",
            "t-squared-is-a-detail",
        ),
        Option(
            "16",
            "about 16 times: the logits are divided by 16",
            "That is the factor which can be seen in the formula. There is a second one like it, "
            "which hides: softened distributions also lie closer together.",
            "t-squared-is-a-detail",
        ),
        Option(
            "300",
            "about 300 times",
            "Right: about $16^2 = 256$ times, and a little more, since the law of the square holds "
            "only for high temperatures.",
        ),
        Option(
            "gone",
            "it is gone: at such a temperature both distributions are uniform",
            "Nearly, and not quite: their small differences still rank the words. What is left of "
            "the gradient is small and points in a useful direction.",
            "high-temperature-forgets",
        ),
    ),
    key="300",
)

WHY_T_SQUARED = Question(
    id="why_t_squared",
    title="Why T²?",
    kind="choice",
    stem="KL between the two softened distributions is multiplied by T². What for?",
    points=2,
    options=(
        Option(
            "A",
            "It makes the loss independent of T, so that losses at different temperatures can be "
            "compared.",
            "At the point of the text the loss is .4609 at T = 1 and .4011 at T = 100: similar in "
            "size, not equal. And for T → 0 it goes to 0.",
            "t-squared-removes-t",
        ),
        Option(
            "B",
            "It undoes what dividing the logits by T did to the softmax.",
            "The distributions stay softened; the factor only changes the size of the loss.",
            "t-squared-undoes-softmax",
        ),
        Option(
            "C",
            "Softening shrinks the gradient about T² times; the factor restores its size, so that "
            "the balance with other terms and the learning rate survive a change of T.",
            "Right: 1/T from the chain rule through z/T, and 1/T because the two softened "
            "distributions move together.",
        ),
        Option(
            "D",
            "Without it KL could become negative at a temperature above 1.",
            "KL is never negative, at any temperature: both arguments are distributions.",
            "kl-needs-help-to-be-positive",
        ),
        Option(
            "E",
            "It sharpens the teacher's distribution, so that its likeliest outcome counts more.",
            "The factor does not touch the distributions, and a temperature above 1 flattens them.",
            "temperature-sharpens",
        ),
    ),
    key="C",
)

SYMBOLS = Question(
    id="symbols",
    title="Letters that clash",
    kind="matching",
    stem="What does each sign of this notebook stand for? Some descriptions are left over.",
    points=3.5,
    items={
        "t": "the superscript in $\\mathrm{Pr}^t$",
        "T": "a capital $T$",
        "c": "$c$, without a prime",
        "z": "$z$ alone",
        "z_s": "$z_s$",
        "dot": "the dot in $\\mathrm{Pr}^t(\\cdot \\mid c, z)$",
        "theta_hat": "$\\hat\\theta$",
    },
    options=(
        Option(
            "A",
            "the number of the training step",
            "Superscripts say which model it is here: s for student, t for teacher.",
            "superscript-counts-steps",
        ),
        Option("B", "the student's logits"),
        Option("C", "the user's input, which both models are given (elsewhere: a latent variable)"),
        Option(
            "D",
            "the most probable output",
            "That would be written ŷ. The dot leaves the output open.",
            "dot-is-one-output",
        ),
        Option("E", "the teacher, whose weights stay as they are"),
        Option("F", "the weights at which the sum of the loss over the data is smallest"),
        Option("G", "the temperature, by which logits are divided"),
        Option("H", "every output at once, so that this is a whole distribution"),
        Option(
            "I",
            "the context that the student is given",
            "That is c′, with the prime: the student never sees c.",
            "student-sees-full-context",
        ),
        Option("J", "the full context, which the teacher alone is given"),
        Option(
            "K",
            "the temperature that training finds to be best",
            "A temperature is chosen, not learnt; only θ is.",
            "theta-is-a-setting",
        ),
    ),
    key={"t": "E", "T": "G", "c": "J", "z": "C", "z_s": "B", "dot": "H", "theta_hat": "F"},
)

TWO_TEMPERATURES = Question(
    id="two_temperatures",
    title="Which of the two is better?",
    kind="short",
    stem=(
        "Two students of one teacher are evaluated on the same data. Student A reports a "
        "distillation loss of 0.31, measured at T = 2; student B reports 0.24, measured at T = 4. "
        "Which student is better, and how do you know? Answer in three or four sentences."
    ),
    points=4,
    rubric=(
        "Says that the two numbers cannot be compared, so that neither student can be called "
        "better.",
        "Gives the reason: losses at different temperatures compare different (differently "
        "softened) distributions, so the loss of one and the same student changes with T.",
        "Says that T² does not mend this: it restores the size of the gradient, it does not make "
        "the loss independent of T (.4609 at T = 1, .4011 at T = 100 for one pair of models).",
        "Says what to do: evaluate both at one temperature, for instance T = 1, at which the "
        "student is used (or by a measure that has no T, such as KL at T = 1).",
    ),
)

QUESTIONS = (PREDICT_SHRINKING, SYMBOLS, WHY_T_SQUARED, TWO_TEMPERATURES)
