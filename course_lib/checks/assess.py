"""From answers to an assessment: which properties hold, which mistake it was, how many points.

Written once. The self-check calls it on public cases in the notebook's own process; the judge
calls it on hidden cases with answers that came out of the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from course_lib.checks.compare import RTOL, close, mean_kl, numbers_of, same_numbers
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
        diagnosis.named
        and diagnosis.telling
        and not all(_handed_back(case, every[case.id]) for case in table.cases)
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
    state = _state(table.cases, every, verdicts)
    return Assessment(table.exercise, state, verdicts, diagnosis, detail)


def _parts(case: Case, answer: Answer) -> Sequence[Value]:
    result = case.result(answer)
    return result if isinstance(result, (tuple, list)) else (result,)


def _single(table: Table, case: Case) -> bool:
    """Whether the function promises one thing, and not several."""
    return len(table.right.values[case.id] or ()) == 1


def _handed_back(case: Case, answer: Answer) -> bool:
    """Whether all is as it came, or the result made of the inputs: that is no attempt."""
    if case.steps:
        return _as_made(case, answer)
    parts = _parts(case, answer)
    inputs = list(_arrays(list(case.inputs.values())))
    return all(any(_same(part, each) for each in inputs) for part in parts)


def _as_made(case: Case, answer: Answer) -> bool:
    """Whether models and generators are as they were made: nothing was done with them."""
    states = [(f"before:{name}", f"after:{name}") for name in case.make]
    reads = answer.reads
    return all(a in reads and b in reads and _same(reads[b], reads[a]) for a, b in states)


def _untouched(case: Case, answer: Answer) -> bool:
    """Whether nothing was returned, and nothing done to what was made."""
    if not case.answered(answer) or answer.reads[case.results[0]] is not None:
        return False
    return not case.steps or _as_made(case, answer)


def _state(
    cases: Sequence[Case], answers: Mapping[str, Answer], verdicts: tuple[PropertyVerdict, ...]
) -> State:
    if all(answer.outcome == "missing" for answer in answers.values()):
        return "missing"
    if all(_untouched(case, answers[case.id]) for case in cases):
        return "untouched"
    graded = [each for each in verdicts if each.property.points > 0]
    return "right" if all(each.holds for each in graded) else "wrong"


def _diagnosis(table: Table, answers: Mapping[str, Answer]) -> Diagnosis:
    results = {
        case.id: numbers_of(case.result(answers[case.id]), single=_single(table, case))
        for case in table.cases
        if case.diagnose and case.answered(answers[case.id])
    }
    dtypes = [result[1] for result in results.values() if result]
    coarsest = max(dtypes, key=RTOL.__getitem__, default="float64")
    return diagnose(table, {id: r[0] if r else None for id, r in results.items()}, coarsest)


def _fault(table: Table, property: Property, answers: Mapping[str, Answer]) -> str:
    """Why the property does not hold, from the first case that shows it; "" if it holds."""
    asked = [(table.case(id), answers[id]) for id in property.cases]
    silent = [answer for case, answer in asked if not case.answered(answer)]
    if property.aspect in _COMPARED:
        if silent:
            return _no_result(silent[0])
        return _COMPARED[property.aspect]([case.result(answer) for case, answer in asked])
    faults = [_case_fault(table, property, case, answer) for case, answer in asked]
    needed = len(faults) if property.quorum is None else property.quorum
    holds = faults.count("") >= needed
    return "" if holds else next(filter(None, faults))


def _case_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    if not case.answered(answer):
        return _no_result(answer)
    return _ASPECTS[property.aspect](table, property, case, answer)


def _no_result(answer: Answer) -> str:
    return _NO_RESULT.get(answer.outcome, "it gave no result")


_NO_RESULT = {
    "missing": "it is not defined",
    "raised": "the call raised an error",
    "unsupported type": "it returned neither a tensor nor a number",
    "timeout": "it did not come back in time",
    "died": "its process ended during the call",
}

_Fault: TypeAlias = Callable[[Table, Property, Case, Answer], str]


def _value_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    came = case.result(answer)
    result = numbers_of(came, single=_single(table, case))
    if result is None:
        return "it returned nothing" if came is None else "it returned no number"
    expected, spread = table.right.values[case.id], table.right.spreads.get(case.id)
    got, dtype = result
    if expected is not None and len(got) != len(expected):
        return "it does not return as many things as promised"
    if expected is not None and property.part is not None:
        part = slice(property.part, property.part + 1)
        got, expected, spread = got[part], expected[part], spread and spread[part]
    if same_numbers(got, expected, case.atol, dtype, spread):
        return ""
    if expected is None or [n.shape for n in got] != [n.shape for n in expected]:
        return "the result has another shape than promised"
    if any(np.isnan(n).any() for n in got) and not any(np.isnan(n).any() for n in expected):
        return "the result is NaN where a number is right"
    infinite = [any(np.isinf(n).any() for n in numbers) for numbers in (got, expected)]
    if infinite == [True, False]:
        return "the result is infinite where a number is right"
    if infinite == [False, True]:
        return "the result is finite where it should be infinite"
    return "the numbers differ"


def _gradient_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    got = answer.reads.get(f"gradient:{property.argument}")
    if not isinstance(got, Array):
        return f"no gradient reaches {property.argument}"
    expected = table.gradients[case.id][str(property.argument)]
    return "" if close(got.data, expected, case.atol, got.dtype) else "the gradient differs"


def _no_gradient_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    got = answer.reads.get(f"gradient:{property.argument}")
    reached = isinstance(got, Array) and bool(np.any(got.data != 0))
    return f"a gradient reaches {property.argument}" if reached else ""


def _unchanged_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    after = {
        name: answer.reads[f"input:{name}"]
        for name in case.inputs
        if f"input:{name}" in answer.reads
    }
    changed = [name for name, value in after.items() if not _same(value, case.inputs[name])]
    if changed:
        return f"{' and '.join(changed)} changed during the call"
    switched = [
        name
        for name, value in after.items()
        if isinstance(value, Array) and value.requires_grad != (name in case.differentiate)
    ]
    return f"requires_grad of {' and '.join(switched)} changed during the call" if switched else ""


def _same(after: Value, before: Value) -> bool:
    if isinstance(before, Array):
        return (
            isinstance(after, Array)
            and after.dtype == before.dtype
            and np.array_equal(after.data, before.data, equal_nan=before.data.dtype.kind == "f")
        )
    if isinstance(before, (list, tuple)):
        return (
            type(after) is type(before)
            and len(after) == len(before)
            and all(_same(a, b) for a, b in zip(after, before, strict=True))
        )
    if isinstance(before, dict):
        return after.keys() == before.keys() and all(_same(after[k], before[k]) for k in before)
    return type(after) is type(before) and bool(after == before)


def _dtype_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    parts = _parts(case, answer)
    expected = table.right.values[case.id] or ()
    if _single(table, case) and isinstance(case.result(answer), list):
        return "the result is a list and not a tensor"
    if len(parts) != len(expected):
        return "it does not return as many things as promised"
    inputs = next((a.dtype for a in _arrays(list(case.inputs.values())) if _kind(a) == "f"), "")
    for part, right in zip(parts, expected, strict=True):
        if type(part) is float and right.shape == () and not _differentiated(table):
            continue
        if not isinstance(part, Array) or part.library != "torch":
            return "the result is not a tensor"
        wanted = inputs if right.dtype.kind == "f" else str(right.dtype)
        if part.dtype != wanted:
            given = f"for {inputs} inputs" if right.dtype.kind == "f" else f"and not {wanted}"
            return f"the result is {part.dtype} {given}"
    return ""


def _differentiated(table: Table) -> bool:
    """Whether gradients are asked for: a number that left the graph is no scalar tensor then."""
    return any(case.differentiate for case in table.cases)


def _kind(array: Array) -> str:
    return array.data.dtype.kind


def _arrays(value: Value) -> Iterator[Array]:
    if isinstance(value, Array):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _arrays(item)


def _drawn_from_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    before = answer.reads.get(f"before:{property.argument}")
    after = answer.reads.get(f"after:{property.argument}")
    drawn = before is not None and after is not None and not _same(after, before)
    return "" if drawn else f"nothing was drawn from {property.argument}"


def _number_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    part = _parts(case, answer)[property.part or 0]
    if all(map(_is_float, part if isinstance(part, list) else [part])):
        return ""
    return "it returned nothing" if part is None else "the result is not a Python float"


def _is_float(part: Value) -> bool:
    """Whether it is a float, which numpy.float64 is by inheritance."""
    if isinstance(part, Array):
        return (part.library, part.dtype, part.data.shape) == ("numpy", "float64", ())
    return type(part) is float


def _near_fault(table: Table, property: Property, case: Case, answer: Answer) -> str:
    """A band around logits: of a model that was trained, no two are equal number by number."""
    part, numbers = property.part or 0, table.right.values[case.id]
    assert numbers is not None
    assert property.most is not None
    got, expected = _parts(case, answer)[part], numbers[part]
    if not isinstance(got, Array) or got.shape != expected.shape:
        return "the logits have another shape than promised"
    away = mean_kl(expected, got.data)
    return "" if away <= property.most else "it is too far away: its KL is too large"


_ASPECTS: dict[Aspect, _Fault] = {
    "value": _value_fault,
    "gradient": _gradient_fault,
    "no gradient": _no_gradient_fault,
    "unchanged": _unchanged_fault,
    "dtype": _dtype_fault,
    "drawn from": _drawn_from_fault,
    "number": _number_fault,
    "near": _near_fault,
}


def _same_fault(results: Sequence[Value]) -> str:
    alike = all(_same(result, results[0]) for result in results)
    return "" if alike else "called again in the same way, it gives another result"


def _different_fault(results: Sequence[Value]) -> str:
    twice = any(_same(one, other) for one, other in combinations(results, 2))
    return "it gives the same result where another one is expected" if twice else ""


_COMPARED: dict[Aspect, Callable[[Sequence[Value]], str]] = {
    "same": _same_fault,
    "different": _different_fault,
}
"""Aspects of the results of all cases together."""
