"""From answers to an assessment: which properties hold, which mistake it was, how many points.

Written once. The self-check calls it on public cases in the notebook's own process; the judge
calls it on hidden cases with answers that came out of the sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from course_lib.checks.diagnose import Diagnosis
from course_lib.checks.probe import Answer
from course_lib.checks.table import Property, Table

State: TypeAlias = Literal["missing", "untouched", "right", "wrong"]


@dataclass(frozen=True)
class PropertyVerdict:
    """Whether a property holds, what was awarded for it, and why not more.

    `reason` never contains a number of a case: hidden cases are judged with it too.
    """

    property: Property
    holds: bool
    points: float
    reason: str = ""


@dataclass(frozen=True)
class Assessment:
    """What is known about one implementation."""

    exercise: str
    state: State
    properties: tuple[PropertyVerdict, ...]
    diagnosis: Diagnosis
    detail: str = ""  # the error raised, if calls raise; may quote the student's own text

    @property
    def points(self) -> float:
        return sum(each.points for each in self.properties)

    @property
    def max_points(self) -> float:
        return sum(each.property.points for each in self.properties)


def assess(table: Table, answers: Mapping[str, Answer]) -> Assessment:
    """Judge answers (by case id) against a table. A missing answer counts as `died`."""
    raise NotImplementedError
