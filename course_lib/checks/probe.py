"""What is asked of a student's code, as data: steps in, plain values out.

A probe is a short list of steps that runs against the namespace of a notebook. The self-check
performs it in the notebook's own process; the grader sends it into the sandbox, and gets only the
answer back. Both use `course_lib.checks.perform`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias, get_args

from course_lib.checks.values import Value


@dataclass(frozen=True)
class Put:
    """Bring `value` into the probe's scratch space under `name`."""

    name: str
    value: Value


@dataclass(frozen=True)
class Make:
    """Build a live object from `value`, by a builder of `course_lib.checks.builders`: `name`.

    For arguments that are no plain values: generators, models, optimizers. It stays where it was
    made; what is read of it are plain values.
    """

    name: str
    builder: str
    value: Value


@dataclass(frozen=True)
class Seed:
    """Seed torch, NumPy and `random`."""

    seed: int


@dataclass(frozen=True)
class Get:
    """Take the notebook's variable `variable` into the scratch space as `name`."""

    name: str
    variable: str


@dataclass(frozen=True)
class Call:
    """Call the notebook's function `function` on scratch values; its result becomes `name`."""

    name: str
    function: str
    arguments: tuple[str, ...] = ()
    keywords: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Backward:
    """Differentiate the scratch value `name`, a scalar that depends on leaves put before."""

    name: str


@dataclass(frozen=True)
class Apply:
    """Call the scratch value `function`, a model that was made, on scratch values, without a graph.

    Its result becomes `name`. With `at_rest`, dropout is off meanwhile.
    """

    name: str
    function: str
    arguments: tuple[str, ...] = ()
    at_rest: bool = True


@dataclass(frozen=True)
class Is:
    """Whether the scratch values `one` and `other` are one object: a bool, called `name`.

    It is None where `one` is None: nothing was returned.
    """

    name: str
    one: str
    other: str


@dataclass(frozen=True)
class Read:
    """Report something of the scratch value `name` under `key`.

    "value": itself. "gradient": its `.grad`. "state": of a generator, the state; of a model, a dict
    of its weights, flags and modes; None of anything else that was made.
    Of a model, in the order of its parameters: "weights" and "gradients" [number of weights], all
    in one row, 0 where there is no gradient; "learns", requires_grad of each parameter; "modes",
    whether each part, the whole first, is in training mode.
    """

    key: str
    name: str
    what: Literal["value", "gradient", "state", "weights", "gradients", "learns", "modes"] = "value"


Step: TypeAlias = Put | Make | Seed | Get | Call | Apply | Is | Backward | Read

_KINDS = {kind.__name__: kind for kind in get_args(Step)}


def step_to_plain(step: Step) -> tuple[str, dict[str, Value]]:
    """A step as plain values: its kind and its fields."""
    arguments = {each.name: getattr(step, each.name) for each in fields(step)}
    if isinstance(step, Call):
        arguments["keywords"] = dict(step.keywords)
    return type(step).__name__, arguments


def step_from_plain(kind: str, arguments: Mapping[str, Value]) -> Step:
    """The step that `step_to_plain` took apart; it is trusted."""
    step: Step = _KINDS[kind](**arguments)
    return step


Outcome: TypeAlias = Literal[
    "value",  # every step ran
    "missing",  # the function or variable is not defined
    "raised",  # the student's code raised; `detail` says what
    "no graph",  # backward was asked for, and no gradient can reach the inputs
    "unsupported type",  # the result is not a plain value; `detail` names its type
    "timeout",  # it did not come back in time
    "died",  # its process ended
]


@dataclass(frozen=True)
class Probe:
    id: str
    steps: tuple[Step, ...]

    @property
    def used(self) -> frozenset[str]:
        """The names of the notebook's that it looks up."""
        called = {step.function for step in self.steps if isinstance(step, Call)}
        return frozenset(called | {s.variable for s in self.steps if isinstance(s, Get)})


@dataclass(frozen=True)
class Answer:
    """What came back. `reads` holds what was read before the outcome was settled."""

    outcome: Outcome
    reads: Mapping[str, Value] = field(default_factory=dict)
    detail: str = ""
