"""What goes wrong in `first_order_change`."""

from __future__ import annotations

from autograder.exercises.exercise import Mistake

_SGD = frozenset({"SGD"})
_OTHER = frozenset({"other optimizers", "names", "float32"})
_MOVED = _SGD | _OTHER
_ALL = _MOVED | {"no step"}

_TENSORS_HINTS = (
    "How many tensors do the dicts hold, and how many of them enter your result?",
    "A sum that grows keeps what was there before.",
    "Look at what stands inside the loop, and what after it.",
)

MISTAKES = (
    Mistake(
        "sign",
        {"difference": "before − after"},
        _MOVED,
        "The sign is turned over: yours is θ_before − θ_after, so a step that helps looks harmful.",
        (
            "Is your result negative for a step of plain SGD?",
            "A change is what there is afterwards minus what was there before.",
            "Two names are exchanged.",
        ),
        "gradient-points-downhill",
    ),
    Mistake(
        "difference-missing-after",
        {"difference": "after"},
        _ALL,
        "The gradient is multiplied by the new weights, not by how far they moved.",
        (
            "What do you get if nothing moved?",
            "A slope is multiplied by a distance, not by a place.",
            "One of the three arguments is not used.",
        ),
        "step-is-a-place",
    ),
    Mistake(
        "difference-missing-before",
        {"difference": "before"},
        _ALL,
        "The gradient is multiplied by the old weights, not by how far they moved.",
        (
            "What do you get if nothing moved?",
            "A slope is multiplied by a distance, not by a place.",
            "One of the three arguments is not used, and it is the newest.",
        ),
        "step-is-a-place",
    ),
    Mistake(
        "angle-ignored",
        {"formula": "−‖g‖·‖Δ‖"},
        _MOVED,
        "Yours is −‖g‖·‖θ_after − θ_before‖: that is true only of a step straight down the "
        "gradient, as plain SGD takes it.",
        (
            "What do you give for a step that goes uphill?",
            "A step with momentum goes another way than the gradient does.",
            "Multiply number by number before you add up; lengths forget the direction.",
        ),
        "every-step-follows-the-gradient",
    ),
    Mistake(
        "squared-gradient",
        {"formula": "−‖g‖²"},
        _ALL,
        "Yours is −‖g‖²: how far the weights moved is not in it.",
        (
            "Take the same gradients and a step of half the length. Does your result change?",
            "−η‖g‖² is the special case of plain SGD; what moved is known better from the weights.",
            "Two of the three arguments are not used.",
        ),
        "every-step-follows-the-gradient",
    ),
    Mistake(
        "fixed-learning-rate",
        {"formula": "−.1·‖g‖²"},
        _ALL,
        "Yours is −.1·‖g‖²: it assumes plain SGD with a learning rate that is not among the "
        "arguments.",
        (
            "Where does your function know the learning rate from?",
            "With momentum or Adam, θ does not move by −η·g.",
            "How far the weights moved can be read off before and after.",
        ),
        "every-step-follows-the-gradient",
    ),
    Mistake(
        "cosine",
        {"formula": "cosine"},
        _ALL,
        "Yours is the cosine of the angle between gradient and step: both lengths are divided out.",
        (
            "Make the step ten times as long. Does your result change?",
            "A loss falls further if one goes further.",
            "There is a division too many.",
        ),
    ),
    Mistake(
        "absolute-values",
        {"formula": "Σ |g·Δ|"},
        _MOVED,
        "The products are added up without their signs: what one weight gains and another loses "
        "no longer cancels.",
        (
            "Can your result be negative?",
            "A change may be up or down in each weight.",
            "There is an absolute value too many.",
        ),
        "differences-cancel",
    ),
    Mistake(
        "absolute-values-negated",
        {"formula": "−Σ |g·Δ|"},
        _MOVED,
        "Yours is −Σ |g·Δθ|: every weight is taken to have helped. Of plain SGD that is true; with "
        "momentum some weights move uphill.",
        (
            "Can your result be positive?",
            "A step with momentum moves some weights against their own gradient.",
            "There is an absolute value too many.",
        ),
        "every-step-follows-the-gradient",
    ),
    Mistake(
        "mean-of-all",
        {"formula": "mean of all"},
        _MOVED,
        "The products are averaged over all numbers of the model; the change is their sum.",
        (
            "Divide the expected value by yours. How many numbers has the model?",
            "Each weight adds its own share to the change of the loss.",
            "Add up; don't divide.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-of-each-tensor",
        {"formula": "mean per tensor, added"},
        _MOVED,
        "In each tensor the products are averaged, and the averages added up: a large tensor "
        "counts no more than a single number.",
        (
            "Does a tensor with more numbers weigh more in yours?",
            "Each weight adds its own share to the change of the loss.",
            "Inside the loop a sum is wanted.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "mean-over-tensors",
        {"formula": "sum per tensor, mean"},
        _MOVED,
        "The sums of the tensors are averaged at the end: yours is the expected value divided by "
        "the number of tensors.",
        (
            "Divide the expected value by yours. Which number of the model is it?",
            "How a model's weights are parcelled out has no influence on its loss.",
            "Add up at the end, too.",
        ),
        "any-mean-will-do",
    ),
    Mistake(
        "sums-multiplied",
        {"formula": "Σ g · Σ Δ"},
        _MOVED,
        "In each tensor gradients and steps are added up apart, and the sums are multiplied: every "
        "gradient meets every step, not its own alone.",
        (
            "Take a tensor of two numbers, gradient (1, −1) and step (1, −1). What is yours?",
            "Each weight's step is multiplied by that weight's own gradient.",
            "First multiply, then add up.",
        ),
    ),
    Mistake(
        "divided-by-the-length-of-the-step",
        {"formula": "Σ g·Δ ÷ ‖Δ‖"},
        _MOVED,
        "Yours is divided by the length of the step: that is the slope in the direction of the "
        "step, not how far the loss falls.",
        (
            "Make the step ten times as long. Does your result change?",
            "A change is a slope times a distance.",
            "There is a division too many.",
        ),
    ),
    Mistake(
        "second-order-added",
        {"formula": "Σ g·Δ + ½‖Δ‖²"},
        _MOVED,
        "Half of ‖θ_after − θ_before‖² is added: that is no part of the first order, nor is it the "
        "second, which needs the curvature of the loss.",
        (
            "Make the step twice as long. By how much should a first-order change grow?",
            "First order means: linear in the step.",
            "There is a term too many.",
        ),
    ),
    Mistake(
        "falls-only",
        {"formula": "what falls"},
        _MOVED,
        "Only weights that moved against their gradient count. The others raise the loss, and are "
        "part of its change as well.",
        (
            "Can your result be positive?",
            "A step with momentum moves some weights along their own gradient.",
            "Let every product keep its sign, and count all of them.",
        ),
        "every-step-follows-the-gradient",
    ),
    Mistake(
        "step-only",
        {"formula": "Σ Δ"},
        _MOVED,
        "The gradient is missing: you add up how far the weights moved.",
        (
            "Change the gradients. Does your result change?",
            "How much a move matters is what the gradient says.",
            "One of the three arguments is not used.",
        ),
    ),
    Mistake(
        "length-of-the-step",
        {"formula": "‖Δ‖"},
        _MOVED,
        "Yours is the length of the step: how far the weights moved, not what it does to the loss.",
        (
            "Can your result be negative?",
            "How much a move matters is what the gradient says.",
            "One of the three arguments is not used, and there is a root too many.",
        ),
    ),
    Mistake(
        "step-squared",
        {"formula": "Σ g·Δ²"},
        _MOVED,
        "The step enters squared: that has the wrong sign wherever a weight went down.",
        (
            "Make the step twice as long. By how much should a first-order change grow?",
            "First order means: linear in the step.",
            "There is a square too many.",
        ),
    ),
    Mistake(
        "first-tensor-only",
        {"tensors": "first"},
        _MOVED,
        "Only the first tensor counts: the function returns before it comes to the others.",
        _TENSORS_HINTS,
    ),
    Mistake(
        "last-tensor-only",
        {"tensors": "last"},
        _MOVED,
        "Only the last tensor counts: what came before it is overwritten.",
        _TENSORS_HINTS,
    ),
    Mistake(
        "weights-only",
        {"tensors": "weights"},
        _MOVED,
        "Only tensors called 'weight' count; biases and the others move too.",
        (
            "Which names do the dicts hold?",
            "The loss depends on every parameter.",
            "No name needs to be picked out.",
        ),
    ),
    Mistake(
        "paired-by-place",
        {"paired": "by place"},
        frozenset({"names"}),
        "Tensors are paired by their place in the dicts, not by their names: it goes wrong as soon "
        "as one dict has another order.",
        (
            "Does your result depend on the order in which a dict was filled?",
            "The names say which tensors belong together.",
            "Go through the names of one dict, and look them up in the others.",
        ),
    ),
)
