"""Mistakes with the step: its order, its direction, who takes it, what is returned."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake
from autograder.exercises.training_step.train_step_mistakes.breaks import ALL, MOVES

_ZERO_HINTS = (
    "Call your function on a student whose gradients were not empty. Where did they go?",
    "A backward pass *adds* to the gradients that are there; it does not replace them.",
    "Old gradients have to go before the new ones come. When does that happen in yours?",
)
_ORDER_HINTS = (
    "Which gradients does the optimizer find when it takes its step?",
    "A step uses the gradients that lie in the parameters at that moment; it computes none.",
    "Old gradients out, new gradients in, step: compare the order of your lines.",
)

ORDER = (
    Mistake(
        "zero-grad-missing",
        {"order": "backward step"},
        frozenset({"left over", "three steps"}),
        "Old gradients are never cleared: each step is taken along the sum of all gradients so "
        "far. On a single step from clean gradients nothing of it can be seen.",
        _ZERO_HINTS,
        "gradients-start-at-zero",
    ),
    Mistake(
        "zero-grad-after-the-step-only",
        {"order": "backward step zero"},
        frozenset({"left over"}),
        "Gradients are cleared after the step only: that serves a loop of your own, but whatever "
        "somebody left behind before the first call still counts.",
        (
            "What does your function do with gradients that are there when it is called?",
            "A function that relies on the cleanliness of its caller is right only by agreement.",
            "Move one line to the top.",
        ),
        "gradients-start-at-zero",
    ),
    Mistake(
        "nothing-moves",
        {"order": "zero backward"},
        MOVES,
        "Your loss is right and no weight moves: there is no step, or the optimizer finds no "
        "gradients when it takes it. They were cleared just before, come only after, or the "
        "student's answer was cut off from its weights.",
        (
            "Compare the student's weights before and after. Which line of yours changes them?",
            "The optimizer moves weights along the gradients that it finds at that moment.",
            "Backward, then step, with nothing in between.",
        ),
        "steps-compute-gradients",
    ),
    Mistake(
        "step-before-backward",
        {"order": "step backward"},
        MOVES,
        "The step is taken before the gradients of this batch are there, and old ones are never "
        "cleared: every call moves along what the calls before it left.",
        _ORDER_HINTS,
        "steps-compute-gradients",
    ),
    Mistake(
        "step-first-cleared-in-between",
        {"order": "step zero backward"},
        MOVES,
        "The step is taken first, with the gradients of the call before: your student learns each "
        "batch one call late, and the first one moves nothing.",
        _ORDER_HINTS,
        "steps-compute-gradients",
    ),
    Mistake(
        "step-first-cleared-last",
        {"order": "step backward zero"},
        MOVES,
        "The step comes first and the clearing last: the gradients of the batch are computed, "
        "thrown away, and never used.",
        _ORDER_HINTS,
        "steps-compute-gradients",
    ),
    Mistake(
        "backward-twice",
        {"order": "zero backward backward step"},
        MOVES,
        "The gradient is exactly twice the right one: the loss sent it back twice.",
        (
            "How many backward passes does one call of yours make?",
            "Gradients add up, also those of one and the same loss.",
            "One of two lines is too many.",
        ),
        "gradients-start-at-zero",
    ),
    Mistake(
        "step-twice",
        {"order": "zero backward step step"},
        MOVES,
        "The optimizer takes two steps with one gradient.",
        (
            "With plain SGD: by how much is your step too long?",
            "One batch, one gradient, one step.",
            "Count the calls of step.",
        ),
    ),
)

DIRECTION = (
    Mistake(
        "loss-negated",
        {"sign": "−loss"},
        ALL,
        "The sign of the loss is wrong: what you return is negative, and the student is driven "
        "away from the teacher.",
        (
            "Can a KL be negative?",
            "An optimizer goes downhill by itself: it is given the loss, not its opposite.",
            "One minus sign is too many.",
        ),
        "gradient-points-downhill",
    ),
    Mistake(
        "uphill",
        {"sign": "−gradient"},
        MOVES,
        "Your loss is right, and every weight moves by the right amount in the wrong direction: "
        "the step goes uphill.",
        (
            "Call your function twice on one batch. Does the loss fall?",
            "The gradient points to where the loss grows; θ − η·g goes the other way.",
            "One sign is wrong, after the loss was computed.",
        ),
        "gradient-points-downhill",
    ),
)

STEPPED_BY = (
    Mistake(
        "new-optimizer-at-each-call",
        {"stepped_by": "a new one at each call"},
        frozenset({"three steps"}),
        "The first step is right and later ones forget it: momentum is lost between calls, as if "
        "an optimizer were made anew at each call, or the step taken by hand.",
        (
            "Is the optimizer that you were given the one that takes the step?",
            "Momentum, and Adam's averages, are stored in the optimizer: a new one has no memory.",
            "Use the argument.",
        ),
        "optimizers-have-no-memory",
    ),
    Mistake(
        "step-by-hand",
        {"stepped_by": "θ − .1·g"},
        MOVES,
        "Your step is θ − .1·g: the optimizer that was passed, its learning rate and its momentum "
        "are ignored.",
        (
            "Does your step change when the optimizer has another learning rate?",
            "How far to go, and with which memory, is for the optimizer to decide.",
            "A number of yours stands where the optimizer should.",
        ),
        "optimizers-have-no-memory",
    ),
)

RETURNED = (
    Mistake(
        "loss-after-the-step",
        {"returned": "loss after"},
        frozenset({"loss"}),
        "What you return is the loss *after* the step: it is smaller than the one whose gradient "
        "was used.",
        (
            "With which weights is the loss computed that you return?",
            "The loss of a step is known before the weights move, and costs nothing extra then.",
            "Don't ask the student a second time.",
        ),
    ),
    Mistake(
        "t-squared-in-the-number-only",
        {"factor": "1", "returned": "loss before × T²"},
        MOVES - {"default"},
        "T² is in the number that you return, and not in the gradient: the step is 1/T² of the "
        "right one.",
        (
            "Divide the right step by yours. Which function of T is it?",
            "What is multiplied after the backward pass reaches no gradient.",
            "The factor belongs into the loss that is differentiated.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "t-squared-not-in-the-number",
        {"returned": "loss before ÷ T²"},
        frozenset({"loss"}),
        "The step is right; the number that you return lacks the factor T².",
        (
            "Is what you return the very loss whose gradient you took?",
            "The loss is T²·KL, in the step and in the report.",
            "Multiply first, then send back and return the same number.",
        ),
        "t-squared-is-a-detail",
    ),
    Mistake(
        "nothing-returned",
        {"returned": "nothing"},
        frozenset({"loss", "number"}),
        "The weights are right, and nothing is returned: the loss is asked for as well.",
        (
            "What does your function give back?",
            "Somebody who trains wants to see the loss fall.",
            "A line is missing at the end.",
        ),
    ),
)

STEP = (*ORDER, *DIRECTION, *STEPPED_BY, *RETURNED)
