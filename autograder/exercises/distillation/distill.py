"""`distill(student, teacher, batches, optimizer, T, accumulate)`: a whole distillation."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.distillation import world
from autograder.exercises.distillation.distill_mistakes import MISTAKES
from autograder.exercises.exercise import Exercise
from autograder.exercises.training_step import draws
from autograder.oracles import distilling
from course_lib.checks.probe import Apply, Call, Read, Step
from course_lib.checks.table import Case, Property
from course_lib.checks.values import Value

CURVE, WEIGHTS, TEACHERS_GRADIENTS, TEACHERS_WEIGHTS, TEACHERS_MODES = range(5)
"""The parts of a case's result."""

RESULTS = (
    "curve",
    "weights",
    "teacher's gradients",
    "teacher's weights",
    "teacher's modes",
)

EQUAL = ((1, 3, 4),) * 3
"""Answer lengths of batches with equally many answer tokens: no shape gives a mistake away."""

UNEQUAL = ((1, 3, 4), (2, 3), (1, 2, 4, 6), (2, 5, 3), (1, 2), (4, 5, 3, 3))
"""Answer lengths of batches with 8, 5, 13, 10, 3 and 15 answer tokens."""


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Eight situations, each of which hides what another one shows; and a training to its end.

    With one batch a step, or equally many answer tokens in all batches, a mean of means is a mean;
    with whole groups only, what is done with the last one cannot be seen.
    """
    student, teacher = draws.reader(rng), draws.reader(rng, 1.5, training=False)
    frozen = {**teacher, "learns": False}
    left_over = draws.left_over(rng, student)
    momentum = float(rng.uniform(0.8, 0.9))
    return (
        _case(rng, "one at a time", student, frozen, EQUAL, 1),
        _case(rng, "with momentum", student, teacher, EQUAL, 1, momentum=momentum),
        _case(rng, "called again", student, frozen, EQUAL[:2], 1, calls=2, momentum=momentum),
        _case(rng, "gradients left over", left_over, frozen, EQUAL[:2], 2),
        _case(rng, "groups of three", student, frozen, UNEQUAL, 3),
        _case(rng, "a short last group", student, frozen, UNEQUAL[:5], 3, momentum=momentum),
        _case(rng, "less than a group", student, teacher, UNEQUAL[:3], 4, diagnose=False),
        _case(rng, "T and accumulate left out", student, frozen, EQUAL[:2], diagnose=False),
        _trained(rng),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    student: Value,
    teacher: Value,
    answers: tuple[tuple[int, ...], ...],
    accumulate: int | None = None,
    diagnose: bool = True,
    calls: int = 1,
    **settings: float,
) -> Case:
    batches = [draws.batch(rng, answers[i]) for i in rng.permutation(len(answers))]
    inputs = _inputs(student, teacher, batches, {"kind": "SGD", "lr": draws.rate(rng), **settings})
    if accumulate is not None:
        inputs |= {"T": draws.temperature(rng), "accumulate": accumulate}
    call = Call("curve", "distill", tuple(inputs))
    if calls > 1:
        inputs["calls"] = calls
    steps: tuple[Step, ...] = (
        *[call] * calls,
        Read("curve", "curve"),
        Read("weights", "student", "weights"),
        Read("teacher's gradients", "teacher", "gradients"),
        Read("teacher's weights", "teacher", "weights"),
        Read("teacher's modes", "teacher", "modes"),
    )
    return Case(id, inputs, diagnose=diagnose, make=_MAKE, steps=steps, results=RESULTS)


def _trained(rng: np.random.Generator) -> Case:
    """A student that is trained on all batches again and again, and then asked about others."""
    optimizer = {"kind": "Adam", "lr": 0.08}
    inputs = _inputs(world.student(rng), world.teacher(rng), world.batches(rng), optimizer)
    inputs |= {"T": 2.5, "accumulate": world.PERSONAS}
    once = Call("curve", "distill", tuple(inputs))
    exam = world.exam(rng)
    inputs |= {"tokens": exam["xs"], "asked": {name: exam[name] for name in ("xt", "mt", "ms")}}
    steps: tuple[Step, ...] = (
        *[once] * world.PASSES,
        Read("curve", "curve"),
        Apply("logits", "student", ("tokens",)),
        Read("logits", "logits"),
    )
    return Case(
        "trained", inputs, diagnose=False, make=_MAKE, steps=steps, results=("curve", "logits")
    )


def _inputs(
    student: Value, teacher: Value, batches: list[Value], optimizer: dict[str, Value]
) -> dict[str, Any]:
    """In the order of the signature; the optimizer is made after the student that it moves."""
    optimizer = {"of": "student", **optimizer}
    return {"student": student, "teacher": teacher, "batches": batches, "optimizer": optimizer}


_MAKE = {"student": "reader", "teacher": "reader", "optimizer": "optimizer"}

PROPERTIES = (
    Property(
        "steps",
        "with one batch a step, every weight of the student ends where it should, with plain SGD "
        "and with momentum, in one call or in two",
        3,
        ("one at a time", "with momentum", "called again"),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "accumulation",
        "with three batches a step, every answer token of the three weighs the same",
        4,
        ("groups of three",),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "last group",
        "batches that are left over at the end are a step, too, averaged over their own tokens",
        2,
        ("a short last group", "less than a group"),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "curve",
        "the list holds the loss of each step, before it, over all answer tokens of its batches",
        2,
        ("one at a time", "groups of three", "a short last group"),
        core=True,
        part=CURVE,
    ),
    Property(
        "learns",
        f"a student that is trained to the end is near its teacher: a KL below {world.NEAR} nats",
        1,
        ("trained",),
        aspect="near",
        part=1,
        most=world.NEAR,
        core=True,
    ),
    Property(
        "left over",
        "gradients that were there before the call do not count",
        1,
        ("gradients left over",),
        part=WEIGHTS,
    ),
    Property(
        "defaults",
        "T and accumulate are 1 where they are left out",
        1,
        ("T and accumulate left out",),
        part=WEIGHTS,
    ),
    Property(
        "numbers",
        "the losses are Python floats, so that nothing of the graphs stays in memory",
        1,
        ("one at a time", "groups of three"),
        aspect="number",
        part=CURVE,
    ),
    Property(
        "teacher",
        "no gradient reaches a teacher that was not frozen",
        1,
        ("with momentum", "less than a group"),
        part=TEACHERS_GRADIENTS,
    ),
    Property(
        "teacher's weights",
        "the teacher's weights are as they were before",
        0,
        ("with momentum", "less than a group"),
        part=TEACHERS_WEIGHTS,
    ),
    Property(
        "teacher's mode",
        "the teacher is in evaluation mode afterwards, as it was before",
        1,
        ("one at a time", "groups of three"),
        part=TEACHERS_MODES,
    ),
    Property(
        "batches",
        "the batches are as they were before",
        0,
        ("one at a time", "groups of three"),
        aspect="unchanged",
    ),
)

DISTILL = Exercise(
    id="distill",
    title="A whole distillation",
    oracle=distilling.distill,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Take a group of batches, and begin as in train_step: old gradients go. Then each batch of "
        "the group sends its gradients back, they add up, and the optimizer moves once. What does "
        "each batch's loss have to be, so that the sum is the loss of the group?",
        "A mean over all answer tokens of a group is one sum divided by one number. That number "
        "is known before the first model is asked: the masks of the group say it.",
        "Sum of T²·KL over the batch's answer tokens, divided by the number of answer tokens of "
        "the whole group, is what goes back; its value, as a plain number, is added to the loss of "
        "the step. The last slice of a list may be shorter, and then so is its group.",
    ),
)
