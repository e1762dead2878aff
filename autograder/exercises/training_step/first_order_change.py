"""`first_order_change(before, after, grads)`: Σ g·(θ_after − θ_before), what a step promises."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercises.exercise import Exercise
from autograder.exercises.training_step.first_order_change_mistakes import MISTAKES
from autograder.oracles import training
from autograder.oracles.reading import Optimizer
from course_lib.checks.table import Case, Property
from course_lib.checks.values import tensor

SHAPES = {"scale": (), "table": (4, 3), "bias": (3,), "mix.weight": (4, 3), "mix.bias": (3,)}
TURNED = ("scale", "mix.weight", "mix.bias", "table", "bias")
"""Another order, in which only names tell that something is wrong: shapes fit as before."""


def cases(rng: np.random.Generator) -> tuple[Case, ...]:
    """Real steps: plain SGD cannot tell θ_after − θ_before from −η·g, so others are there too."""
    momentum = {"kind": "SGD", "momentum": 0.9, "weight_decay": 0.2}
    return (
        _case(rng, "plain SGD", {"kind": "SGD"}),
        _case(rng, "momentum", momentum),
        _case(rng, "Adam", {"kind": "Adam"}, still="table"),
        _case(rng, "other order", momentum, turned=True),
        _case(rng, "uphill", {"kind": "SGD"}, sign=-1.0),
        _case(rng, "no step", {"kind": "SGD"}, sign=0.0, diagnose=False),
        _case(rng, "float32", momentum, "float32", diagnose=False, atol=1e-5),
    )


def _case(
    rng: np.random.Generator,
    id: str,
    settings: dict[str, Any],
    dtype: str = "float64",
    *,
    sign: float = 1.0,
    turned: bool = False,
    still: str | None = None,
    **options: Any,
) -> Case:
    """The last of three steps; `turned` gives the names of `after` in another order.

    `still` names a tensor that does not move, as one that the optimizer does not hold.
    """
    optimizer = Optimizer({**settings, "lr": sign * float(rng.uniform(0.2, 0.4))})
    theta = {name: rng.normal(size=shape) for name, shape in SHAPES.items()}
    for _ in range(3):
        before, grads = theta, {name: rng.normal(size=each.shape) for name, each in theta.items()}
        theta = optimizer.moved(before, grads)
    if still is not None:
        theta[still] = before[still]
    after = {name: theta[name] for name in (TURNED if turned else SHAPES)}
    inputs = {
        name: {key: tensor(each, dtype) for key, each in of.items()}
        for name, of in (("before", before), ("after", after), ("grads", grads))
    }
    return Case(id, inputs, **options)


PROPERTIES = (
    Property("SGD", "it is right for a step of plain SGD", 1, ("plain SGD", "uphill"), core=True),
    Property(
        "other optimizers",
        "it is right for steps that do not follow the gradient: momentum, weight decay, Adam",
        2,
        ("momentum", "Adam"),
        core=True,
    ),
    Property(
        "names",
        "tensors are paired by their names, in whatever order the dicts hold them",
        1,
        ("other order",),
    ),
    Property(
        "number",
        "the result is a Python float",
        1,
        ("plain SGD", "Adam"),
        aspect="number",
    ),
    Property("no step", "it is 0 where nothing moved", 0.5, ("no step",)),
    Property(
        "inputs",
        "the dicts and their tensors are as they were before",
        0.5,
        ("momentum", "other order"),
        aspect="unchanged",
    ),
    Property("float32", "it is right for tensors in float32", 0, ("float32",)),
)

FIRST_ORDER_CHANGE = Exercise(
    id="first_order_change",
    title="What a step promises",
    oracle=training.first_order_change,
    cases=cases,
    properties=PROPERTIES,
    mistakes=MISTAKES,
    hints=(
        "Near θ the loss is a plane: how much it falls is told by its slope and by how far one "
        "goes, direction by direction. The slope is the gradient; how far did θ go?",
        "For each tensor: how much each number moved, times its gradient, added up. Then add up "
        "over all tensors. The result is one number, negative for a step that helps.",
        "One tensor by hand: moved by (.1, −.2), gradient (3, 4) promises .3 − .8 = −.5.",
    ),
)
