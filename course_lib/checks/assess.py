"""From answers to an assessment: which properties hold, which mistake it was, how many points.

Written once. The self-check calls it on public cases in the notebook's own process; the judge
calls it on hidden cases with answers that came out of the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from course_lib.checks.compare import RTOL, close, numbers_of, same_numbers
from course_lib.checks.diagnose import Diagnosis, diagnose
from course_lib.checks.probe import Answer
from course_lib.checks.table import Aspect, Case, Property, Table
from course_lib.checks.values import Array, Value

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
    every = {case.id: answers.get(case.id, Answer("died")) for case in table.cases}
    diagnosis = _diagnosis(table, every)
    faults = [(each, _fault(table, each, every)) for each in table.properties]
    earned = any(each.core and not fault for each, fault in faults) or (
        diagnosis.named and diagnosis.telling
    )
    verdicts = tuple(
        PropertyVerdict(
            each,
            holds=not fault,
            points=each.points if earned and not fault else 0.0,
            reason=fault or ("" if earned else "pays once the values come near the right ones"),
        )
        for each, fault in faults
    )
    detail = next((a.detail for a in every.values() if a.outcome == "raised"), "")
    return Assessment(table.exercise, _state(every, verdicts), verdicts, diagnosis, detail)


def _state(answers: Mapping[str, Answer], verdicts: tuple[PropertyVerdict, ...]) -> State:
    if all(answer.outcome == "missing" for answer in answers.values()):
        return "missing"
    if all("result" in a.reads and a.reads["result"] is None for a in answers.values()):
        return "untouched"
    graded = [each for each in verdicts if each.property.points > 0]
    return "right" if all(each.holds for each in graded) else "wrong"


def _diagnosis(table: Table, answers: Mapping[str, Answer]) -> Diagnosis:
    results = {
        case.id: numbers_of(answers[case.id].reads.get("result"))
        for case in table.cases
        if case.diagnose
    }
    dtypes = [result[1] for result in results.values() if result]
    coarsest = max(dtypes, key=RTOL.__getitem__, default="float64")
    return diagnose(table, {id: r[0] if r else None for id, r in results.items()}, coarsest)


def _fault(table: Table, property: Property, answers: Mapping[str, Answer]) -> str:
    """Why the property does not hold, from its first case that shows it; "" if it holds."""
    for id in property.cases:
        answer = answers[id]
        if "result" not in answer.reads:
            return _NO_RESULT.get(answer.outcome, "it gave no result")
        fault = _ASPECTS[property.aspect](table, table.case(id), answer, property.argument)
        if fault:
            return fault
    return ""


_NO_RESULT = {
    "missing": "it is not defined",
    "raised": "the call raised an error",
    "unsupported type": "it returned neither a tensor nor a number",
    "timeout": "it did not come back in time",
    "died": "its process ended during the call",
}

_Fault: TypeAlias = Callable[[Table, Case, Answer, str | None], str]


def _value_fault(table: Table, case: Case, answer: Answer, argument: str | None) -> str:
    result = numbers_of(answer.reads["result"])
    if result is None:
        return "it returned nothing" if answer.reads["result"] is None else "it returned no number"
    expected = table.right.values[case.id]
    got, dtype = result
    if same_numbers(got, expected, case.atol, dtype):
        return ""
    if expected is None or [n.shape for n in got] != [n.shape for n in expected]:
        return "the result has another shape than promised"
    if any(np.isnan(n).any() for n in got) and not any(np.isnan(n).any() for n in expected):
        return "the result is NaN where a number is right"
    return "the numbers differ"


def _gradient_fault(table: Table, case: Case, answer: Answer, argument: str | None) -> str:
    got = answer.reads.get(f"gradient:{argument}")
    if not isinstance(got, Array):
        return f"no gradient reaches {argument}"
    expected = table.gradients[case.id][str(argument)]
    return "" if close(got.data, expected, case.atol, got.dtype) else "the gradient differs"


def _no_gradient_fault(table: Table, case: Case, answer: Answer, argument: str | None) -> str:
    got = answer.reads.get(f"gradient:{argument}")
    reached = isinstance(got, Array) and bool(np.any(got.data != 0))
    return f"a gradient reaches {argument}" if reached else ""


def _unchanged_fault(table: Table, case: Case, answer: Answer, argument: str | None) -> str:
    changed = [
        name
        for name, value in case.inputs.items()
        if f"input:{name}" in answer.reads and not _same(answer.reads[f"input:{name}"], value)
    ]
    return f"{' and '.join(changed)} changed during the call" if changed else ""


def _same(after: Value, before: Value) -> bool:
    if isinstance(before, Array):
        return (
            isinstance(after, Array)
            and after.dtype == before.dtype
            and np.array_equal(after.data, before.data, equal_nan=before.data.dtype.kind == "f")
        )
    if isinstance(before, (list, tuple)):
        return len(after) == len(before) and all(
            _same(a, b) for a, b in zip(after, before, strict=True)
        )
    if isinstance(before, dict):
        return after.keys() == before.keys() and all(_same(after[k], before[k]) for k in before)
    return bool(after == before)


def _dtype_fault(table: Table, case: Case, answer: Answer, argument: str | None) -> str:
    wanted = next(
        v.dtype for v in case.inputs.values() if isinstance(v, Array) and v.data.dtype.kind == "f"
    )
    result = answer.reads["result"]
    for part in result if isinstance(result, (tuple, list)) else (result,):
        if not isinstance(part, Array) or part.library != "torch":
            return "the result is not a tensor"
        if part.data.dtype.kind == "f" and part.dtype != wanted:
            return f"the result is {part.dtype} for {wanted} inputs"
    return ""


_ASPECTS: dict[Aspect, _Fault] = {
    "value": _value_fault,
    "gradient": _gradient_fault,
    "no gradient": _no_gradient_fault,
    "unchanged": _unchanged_fault,
    "dtype": _dtype_fault,
}
