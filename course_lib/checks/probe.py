"""What is asked of a student's code, as data: steps in, plain values out.

A probe is a short list of steps that runs against the namespace of a notebook. The self-check
performs it in the notebook's own process; the grader sends it into the sandbox, and gets only the
answer back. Both use `course_lib.checks.perform`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from course_lib.checks.values import Value


@dataclass(frozen=True)
class Put:
    """Bring `value` into the probe's scratch space under `name`."""

    name: str
    value: Value


@dataclass(frozen=True)
class Make:
    """Build a live object from `value`, by a builder of `perform`, and call it `name`.

    For arguments that are no plain values: "generator" makes a torch.Generator from its seed.
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
class Read:
    """Report the scratch value `name`, its gradient, or a generator's state, under `key`."""

    key: str
    name: str
    what: Literal["value", "gradient", "state"] = "value"


Step: TypeAlias = Put | Make | Seed | Get | Call | Backward | Read

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


@dataclass(frozen=True)
class Answer:
    """What came back. `reads` holds what was read before the outcome was settled."""

    outcome: Outcome
    reads: Mapping[str, Value] = field(default_factory=dict)
    detail: str = ""
