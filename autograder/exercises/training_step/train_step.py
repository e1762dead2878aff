"""`train_step(student, teacher, batch, optimizer, T)`: one step of distillation, and its loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.training_step import draws
from autograder.exercises.training_step.train_step_mistakes import MISTAKES
from autograder.oracles import training
from course_lib.checks.probe import Call, Read, Step
from course_lib.checks.table import Case, Property
from course_lib.checks.values import Value

LOSS, WEIGHTS, TEACHER, STUDENT_MODES, TEACHER_MODES = range(5)
"""The parts of a case's result."""

RESULTS = ("loss", "weights", "teacher's gradients", "student's modes", "teacher's modes")


TOO_LONG = 1000.0
"""A learning rate with which the loss rises: whoever takes such a step back is found out."""


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Six situations, each of which hides what another one shows.

    A first step from clean gradients hides a forgotten zero_grad, gradients that somebody left hide
    nothing of it; plain SGD hides a lost momentum, a frozen teacher that gradients reach it, and
    models without dropout that they were put into another mode.
    """
    student, teacher = draws.reader(rng), draws.reader(rng, 1.5, training=False)
    frozen = {**teacher, "learns": False}
    dropping = draws.reader(rng, 1.5, training=False, dropped=True, learns=False)
    return (
        _case(rng, "one step", student, frozen),
        _case(rng, "too long a step", student, frozen, lr=TOO_LONG, diagnose=False, atol=1e-3),
        _case(rng, "gradients left over", draws.left_over(rng, student), frozen),
        _case(rng, "three steps", student, teacher, batches=3),
        _case(rng, "momentum", student, teacher, batches=3, momentum=float(rng.uniform(0.8, 0.9))),
        _case(rng, "dropout", draws.reader(rng, dropped=True), dropping),
        _case(rng, "teacher not frozen", student, teacher),
        _case(rng, "T left out", student, frozen, given_T=False),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    student: Value,
    teacher: Value,
    batches: int = 1,
    given_T: bool = True,
    diagnose: bool = True,
    atol: float = 1e-6,
    **settings: float,
) -> Case:
    names = ("batch", "batch_2", "batch_3")[:batches]
    inputs: dict[str, Any] = {"student": student, "teacher": teacher}
    inputs |= {name: draws.batch(rng) for name in names}
    inputs["optimizer"] = {"of": "student", "kind": "SGD", "lr": draws.rate(rng), **settings}
    if given_T:
        inputs["T"] = draws.temperature(rng)
    last = ("T",) if given_T else ()
    calls = tuple(
        Call("loss", "train_step", ("student", "teacher", name, "optimizer", *last))
        for name in names
    )
    make = {"student": "reader", "teacher": "reader", "optimizer": "optimizer"}
    # to take logits to float32 before a softmax is good style, and costs some 1e-7 here
    steps = (*calls, *_READ)
    return Case(id, inputs, make=make, steps=steps, results=RESULTS, atol=atol, diagnose=diagnose)


_READ: tuple[Step, ...] = (
    Read("loss", "loss"),
    Read("weights", "student", "weights"),
    Read("teacher's gradients", "teacher", "gradients"),
    Read("student's modes", "student", "modes"),
    Read("teacher's modes", "teacher", "modes"),
)

PROPERTIES = (
    Property(
        "step",
        "one step of SGD moves every weight of the student to where it should, however long it is",
        3,
        ("one step", "teacher not frozen", "too long a step"),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "left over",
        "gradients that were there before the call do not count",
        2,
        ("gradients left over",),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "three steps",
        "three steps on three batches end where they should, with plain SGD and with momentum",
        2,
        ("three steps", "momentum"),
        core=True,
        part=WEIGHTS,
    ),
    Property(
        "dropout",
        "with dropout in both models, it is on for the student and off for the teacher",
        1,
        ("dropout",),
        part=WEIGHTS,
    ),
    Property(
        "loss",
        "the loss that is returned is the one before the step",
        2,
        ("one step", "dropout", "teacher not frozen"),
        core=True,
        part=LOSS,
    ),
    Property(
        "number",
        "what is returned is a Python float, so that nothing of the graph stays in memory",
        1,
        ("one step", "momentum"),
        aspect="number",
        part=LOSS,
    ),
    Property(
        "teacher",
        "no gradient reaches a teacher that was not frozen",
        1,
        ("teacher not frozen", "three steps"),
        part=TEACHER,
    ),
    Property(
        "student's mode",
        "the student is in training mode afterwards, as it was before",
        0.5,
        ("one step", "dropout"),
        part=STUDENT_MODES,
    ),
    Property(
        "teacher's mode",
        "the teacher is in evaluation mode afterwards, as it was before",
        0.5,
        ("one step", "dropout"),
        part=TEACHER_MODES,
    ),
    Property("default", "T is 1 where it is left out", 0.5, ("T left out",), part=WEIGHTS),
    Property(
        "batch",
        "the batch is as it was before",
        0.5,
        ("one step", "momentum"),
        aspect="unchanged",
    ),
)

TRAIN_STEP = Exercise(
    id="train_step",
    title="A training step",
    oracle=training.train_step,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Six things happen, in this order: the old gradients go, the teacher answers without a "
        "graph, the student answers with one, both answers become a loss, the loss sends its "
        "gradients back, the optimizer moves the weights. Which of yours is missing?",
        "logits[:, i] predict token i + 1. So the logits that count are those one place before "
        "each answer token, for the teacher with mt and for the student with ms; both selections "
        "have as many rows as there are answer tokens. Then it is kd_loss.",
        "The loss must still hang on its graph when gradients are sent back, and must be a plain "
        "number when it is returned. Call your function twice on the same batch by hand: the "
        "second loss is smaller than the first.",
    ),
)
