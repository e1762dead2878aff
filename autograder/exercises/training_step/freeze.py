"""`freeze(model)`: nothing of it learns any more, and nothing of it is random."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise, Mistake
from autograder.exercises.training_step import draws
from autograder.oracles import training
from course_lib.checks.probe import Call, Is, Read
from course_lib.checks.table import Case, Property

SAME, LEARNS, MODES, WEIGHTS = range(4)
"""The parts of a case's result."""


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """A model with dropout, biases and a parameter of no layer; then one that is frozen in part."""
    mixed = [True, False, True, False]
    return (
        _case(rng, "everything learns"),
        _case(rng, "partly frozen", learns=mixed),
        _case(rng, "partly frozen, the other way", learns=[not each for each in mixed]),
    )


def _case(rng: np.random.Generator, id: str, **state: Any) -> Case:
    steps = (
        Call("frozen", "freeze", ("model",)),
        Is("same", "frozen", "model"),
        Read("same", "same"),
        Read("learns", "model", "learns"),
        Read("modes", "model", "modes"),
        Read("weights", "model", "weights"),
    )
    inputs = {"model": draws.reader(rng, dropped=True, **state)}
    results = ("same", "learns", "modes", "weights")
    return Case(id, inputs, make={"model": "reader"}, steps=steps, results=results)


_ALL = ("everything learns", "partly frozen", "partly frozen, the other way")

PROPERTIES = (
    Property(
        "learns",
        "no parameter requires a gradient any more, be it a weight, a bias or of no layer",
        2,
        _ALL,
        core=True,
        part=LEARNS,
    ),
    Property(
        "mode",
        "the model and each of its parts are in evaluation mode, so that dropout is off",
        2,
        _ALL,
        core=True,
        part=MODES,
    ),
    Property("same", "the same model comes back, not a copy", 1, _ALL, part=SAME),
    Property("weights", "its weights are what they were", 1, _ALL, part=WEIGHTS),
)

_LEARNS = frozenset({"learns"})
_MODE = frozenset({"mode"})
_SAME = frozenset({"same"})

_EVERY_HINTS = (
    "Print the name and requires_grad of every parameter after your call. Which are still true?",
    "A parameter may belong to no layer, and need not be called 'weight'.",
    "The model itself can list all of its parameters, wherever they are.",
)

MISTAKES = (
    Mistake(
        "still-learns",
        {"learns": "as it was"},
        _LEARNS,
        "All parameters require gradients as before. Evaluation mode does not change that, nor "
        "does an attribute of the model, a comparison, or a detached copy that nobody uses.",
        (
            "Print requires_grad of a parameter after your call.",
            "Evaluation mode is about dropout and its like; gradients are another switch.",
            "The switch is one for each parameter, and it has to be set, not compared.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "still-in-training-mode",
        {"modes": "as it was"},
        _MODE,
        "Gradients are off, and the model is in training mode as before: with dropout, two calls "
        "give two answers.",
        (
            "Ask the model the same question twice. Are the answers equal?",
            "A frozen weight does not switch off dropout.",
            "The other half of freezing is a mode.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "weights-only",
        {"learns": "all but weights"},
        _LEARNS,
        "Only the matrices, the parameters called 'weight', are frozen; biases and parameters with "
        "other names still learn.",
        _EVERY_HINTS,
    ),
    Mistake(
        "parts-only",
        {"learns": "what no part holds"},
        _LEARNS,
        "The parameters of the layers are frozen; one that belongs to the model directly is not.",
        _EVERY_HINTS,
    ),
    Mistake(
        "first-only",
        {"learns": "all but the first"},
        _LEARNS,
        "Only one parameter is frozen, the first, which belongs to the model directly: those of "
        "its parts still learn.",
        (
            "How many parameters has the model, and to how many does your code come?",
            "Does your loop end after its first round, or is there none?",
            "Look at what is indented under the loop.",
        ),
    ),
    Mistake(
        "last-one-left-out",
        {"learns": "the last"},
        _LEARNS,
        "All parameters but the last are frozen: that one still learns.",
        (
            "Count the parameters of the model, and those that your code comes to.",
            "A slice that ends one before the end leaves something out.",
            "Go through all of them.",
        ),
    ),
    Mistake(
        "toggled",
        {"learns": "toggled"},
        _LEARNS,
        "Each flag is turned over: what was frozen before learns again.",
        (
            "Freeze a model twice. What is it then?",
            "What is asked for is a state, not a change.",
            "The new flag does not depend on the old one.",
        ),
    ),
    Mistake(
        "everything-learns",
        {"learns": "all"},
        _LEARNS,
        "Every parameter requires gradients after your call, even those that did not before.",
        (
            "Which value means 'frozen'?",
            "requires_grad says that a gradient is wanted.",
            "The flag has the wrong value.",
        ),
    ),
    Mistake(
        "mode-of-the-whole-only",
        {"modes": "whole only"},
        _MODE,
        "The model says that it is in evaluation mode, its parts are not: dropout is still on.",
        (
            "Print the mode of each of model.modules().",
            "An attribute that is set by hand is not passed on to the parts.",
            "There is a method that tells the model and all of its parts.",
        ),
        "modes-are-about-gradients",
    ),
    Mistake(
        "mode-of-the-parts-only",
        {"modes": "parts only"},
        _MODE,
        "The parts are in evaluation mode, the model as a whole is not: what it decides by its "
        "own mode goes on as in training.",
        (
            "Print the mode of the model itself.",
            "A model is one of its own modules.",
            "The method that you call on the parts can be called on the whole.",
        ),
    ),
    Mistake(
        "dropout-only",
        {"modes": "dropout only"},
        _MODE,
        "Only dropout is in evaluation mode. Other parts, a batch norm say, would go on as in "
        "training.",
        (
            "Print the mode of each part.",
            "Which layers behave differently in training is theirs to know.",
            "No part needs to be picked out.",
        ),
    ),
    Mistake(
        "copy-frozen",
        {"on": "a copy"},
        frozenset({"learns", "mode", "same"}),
        "The model that was passed in is as it was: what you froze and returned is a copy.",
        (
            "Is the object that comes back the one that went in?",
            "Whoever holds the model already goes on with the one that learns.",
            "Nothing has to be copied.",
        ),
    ),
    Mistake(
        "something-else-returned",
        {"returned": "something else"},
        _SAME,
        "The model is frozen, and something else is returned.",
        (
            "What is the type of what comes back?",
            "teacher = freeze(teacher) should leave teacher a model.",
            "Return what you were given.",
        ),
    ),
    Mistake(
        "nothing-returned",
        {"returned": "nothing"},
        _SAME,
        "The model is frozen, and nothing is returned: after teacher = freeze(teacher) there would "
        "be no teacher.",
        (
            "What does your function give back?",
            "teacher = freeze(teacher) should leave teacher a model.",
            "A line is missing at the end.",
        ),
    ),
)

FREEZE = Exercise(
    id="freeze",
    title="Freezing a model",
    oracle=training.freeze,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Two things are to be switched off, and they have nothing to do with each other: that "
        "weights learn, and that the model behaves as in training.",
        "Each parameter has a flag that says whether a gradient is wanted; the model has a mode, "
        "which it passes on to all of its parts.",
        "Both can be done for the whole model with one method each. Give back the model itself.",
    ),
)
