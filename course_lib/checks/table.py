"""What a check knows about an exercise, as data: cases, right values, mistakes, words.

The grader builds a table from an exercise and a seed. A public one, from a public seed, is shipped
to students as one .npz file (arrays and JSON text, loaded without pickle); the hidden ones never
leave the grader. There is no code of a solution in either: only numbers and texts.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from course_lib.checks.probe import (
    Answer,
    Backward,
    Call,
    Make,
    Probe,
    Put,
    Read,
    Step,
    step_from_plain,
    step_to_plain,
)
from course_lib.checks.values import Array, Value

Aspect: TypeAlias = Literal[
    "value",  # the result equals the expected one, shape included
    "gradient",  # the gradient with respect to `argument` equals the expected one
    "no gradient",  # no gradient reaches `argument`: none, or all zero
    "unchanged",  # the inputs are as they were before the call, requires_grad included
    # the result is a tensor: of the inputs' dtype, or int64 or bool where that is right. A float
    # serves as a scalar where no gradient is asked for
    "dtype",
    "same",  # all its cases give one and the same result
    "different",  # no two of its cases give the same result
    "drawn from",  # the generator `argument` has moved on
    "number",  # the result is a Python float, or a list of them: no graph is kept alive by it
    "near",  # the mean KL from the expected logits [..., V] to those that came is at most `most`
]

Numbers: TypeAlias = tuple[np.ndarray, ...]
"""What a function returned, as arrays: one for a tensor, several for a tuple."""


@dataclass(frozen=True, eq=False)
class Case:
    """Inputs of one call, by parameter name and in the order of the signature.

    `differentiate` names the inputs that require a gradient; if there are any, the (scalar) result
    is differentiated. `diagnose` says whether the case serves to name mistakes: float64 cases do,
    float32 cases are for dtype and robustness. `atol` is the absolute tolerance, in the result's
    unit, that is granted on top of the relative one; with 0, an expected 0 must be exactly 0.
    `make` names the inputs that are built from their value, and the builder: a generator, say, from
    its seed.

    Where more is to be asked than one call with all inputs, `steps` says what is done with them,
    and the result is what `results` names: the reads under these keys, as one tuple. A part that
    is None, because nothing was returned, is NaN among the others.
    """

    id: str
    inputs: Mapping[str, Value]
    differentiate: tuple[str, ...] = ()
    diagnose: bool = True
    atol: float = 1e-9
    make: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    results: tuple[str, ...] = ("result",)

    def answered(self, answer: Answer) -> bool:
        """Whether everything was read that the result is made of."""
        return all(key in answer.reads for key in self.results)

    def result(self, answer: Answer) -> Value:
        """What came back: a value, or a tuple of them where the result has several parts."""
        parts = tuple(answer.reads.get(key) for key in self.results)
        return parts if self.steps else parts[0]


@dataclass(frozen=True)
class Property:
    """One thing that a solution does right, and its points.

    It holds if it holds on every one of its cases, or on `quorum` of them where chance decides.
    `core` marks what the exercise is about: the other properties pay only if a core property holds
    or a named mistake explains all the values. Of several results a value property judges all, or
    only number `part`, from 0. `most` is the bound of "near", in nats.
    """

    id: str
    says: str
    points: float
    cases: tuple[str, ...]
    aspect: Aspect = "value"
    argument: str | None = None
    core: bool = False
    part: int | None = None
    quorum: int | None = None
    most: float | None = None


@dataclass(frozen=True)
class MistakeText:
    """A named mistake as students see it: the diagnosis and a ladder of three hints."""

    id: str
    says: str
    hints: tuple[str, str, str]
    misconception: str | None = None


@dataclass(frozen=True, eq=False)
class Setting:
    """A way to compute: nothing wrong (), one mistake, or two; and its value on each case.

    Of a way with mistakes the values on diagnosing cases are enough. A value is a tuple of arrays,
    one for each thing that the function returns; None says that this way of computing raises an
    error on that case. `aliases` are other sets of mistakes that the
    cases cannot tell from this one. Of a function that draws, `values` are what it gives on
    average, and `spreads` the standard deviation of each number from there.
    """

    mistakes: tuple[str, ...]
    values: Mapping[str, Numbers | None]
    aliases: tuple[tuple[str, ...], ...] = ()
    spreads: Mapping[str, Numbers] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Table:
    """All of it. `settings[0]` is the right one. `gradients[case][input]` is the right gradient."""

    exercise: str
    function: str
    title: str
    hints: tuple[str, str, str]
    cases: tuple[Case, ...]
    properties: tuple[Property, ...]
    mistakes: tuple[MistakeText, ...]
    settings: tuple[Setting, ...]
    gradients: Mapping[str, Mapping[str, np.ndarray]] = field(default_factory=dict)

    @property
    def points(self) -> float:
        return sum(each.points for each in self.properties)

    @property
    def right(self) -> Setting:
        return self.settings[0]

    @cached_property
    def glances(self) -> Mapping[str, np.ndarray]:
        """By case, what each setting's result begins with, and its spread: float64 [2, settings].

        These two numbers tell nearly all settings apart.
        """
        return {
            case.id: np.array(
                [
                    [first_of(each.values.get(case.id)) for each in self.settings],
                    [first_of(each.spreads.get(case.id), 0.0) for each in self.settings],
                ]
            )
            for case in self.cases
            if case.diagnose
        }

    def case(self, id: str) -> Case:
        return next(each for each in self.cases if each.id == id)

    def mistake(self, id: str) -> MistakeText:
        return next(each for each in self.mistakes if each.id == id)

    @cached_property
    def probes(self) -> tuple[Probe, ...]:
        """One probe a case: call, result, inputs afterwards, gradients."""
        return tuple(probe_of(self.function, case) for case in self.cases)


def first_of(numbers: Numbers | None, default: float = float("nan")) -> float:
    """The first number of a result, or the default if it has none."""
    if not numbers or not numbers[0].size:
        return default
    return float(numbers[0].flat[0].real)


def probe_of(function: str, case: Case) -> Probe:
    """The probe that calls `function` on a case, or takes the case's steps; its id is the case's.

    Its answer reads "result", or what the steps read, "input:<name>" for each array, list or dict
    put in, "gradient:<name>" for each input that is differentiated, and "before:<name>" and
    "after:<name>", the state of each that is made.
    """
    steps: list[Step] = []
    for name, value in case.inputs.items():
        if name in case.make:
            steps.append(Make(name, case.make[name], value))
            steps.append(Read(f"before:{name}", name, "state"))
            continue
        if isinstance(value, Array) and name in case.differentiate:
            value = Array(value.data, value.dtype, value.library, requires_grad=True)
        steps.append(Put(name, value))
    call = (Call("result", function, tuple(case.inputs)), Read("result", "result"))
    steps += case.steps or call
    steps += [Read(f"after:{name}", name, "state") for name in case.make]
    steps += [
        Read(f"input:{name}", name)
        for name, value in case.inputs.items()
        if name not in case.make and not isinstance(value, float)
    ]
    if case.differentiate:
        steps.append(Backward("result"))
        steps += [Read(f"gradient:{name}", name, "gradient") for name in case.differentiate]
    return Probe(case.id, tuple(steps))


# -- on disk ---------------------------------------------------------------------------------


class _Packer:
    """Puts arrays of one dtype end to end, equal ones once, and remembers where each lies."""

    def __init__(self) -> None:
        self.parts: dict[str, list[np.ndarray]] = {}
        self.sizes: dict[str, int] = {}
        self.known: dict[tuple[str, bytes], int] = {}

    def pack(self, data: np.ndarray) -> dict[str, Any]:
        dtype = str(data.dtype)
        end = self.sizes.get(dtype, 0)
        start = self.known.setdefault((dtype, data.tobytes()), end)
        if start == end:
            self.parts.setdefault(dtype, []).append(data.ravel())
            self.sizes[dtype] = end + data.size
        return {"in": dtype, "at": start, "shape": list(data.shape)}

    def arrays(self) -> dict[str, np.ndarray]:
        return {dtype: np.concatenate(parts) for dtype, parts in self.parts.items()}


def _unpack(at: dict[str, Any], arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    flat = arrays[at["in"]][at["at"] : at["at"] + math.prod(at["shape"])]
    return flat.reshape(at["shape"])


def save(table: Table, path: Path) -> None:
    """Write the table as a compressed .npz of flat arrays and one JSON text."""
    packer = _Packer()

    def pack_value(value: Value) -> Any:
        if isinstance(value, Array):
            return {
                "array": packer.pack(value.data),
                "dtype": value.dtype,
                "library": value.library,
            }
        if isinstance(value, tuple):
            return {"tuple": [pack_value(item) for item in value]}
        if isinstance(value, list):
            return [pack_value(item) for item in value]
        if isinstance(value, dict):
            return {"dict": {key: pack_value(item) for key, item in value.items()}}
        return value

    text = {
        "exercise": table.exercise,
        "function": table.function,
        "title": table.title,
        "hints": table.hints,
        "cases": [
            {
                "id": case.id,
                "inputs": {name: pack_value(value) for name, value in case.inputs.items()},
                "differentiate": case.differentiate,
                "diagnose": case.diagnose,
                "atol": case.atol,
                "make": dict(case.make),
                "steps": [pack_value(step_to_plain(step)) for step in case.steps],
                "results": case.results,
            }
            for case in table.cases
        ],
        "properties": [asdict(each) for each in table.properties],
        "mistakes": [asdict(each) for each in table.mistakes],
        "settings": [
            {
                "mistakes": each.mistakes,
                "aliases": each.aliases,
                "values": {
                    id: None if numbers is None else [packer.pack(each) for each in numbers]
                    for id, numbers in each.values.items()
                },
                "spreads": {
                    id: [packer.pack(each) for each in numbers]
                    for id, numbers in each.spreads.items()
                },
            }
            for each in table.settings
        ],
        "gradients": {
            case: {name: packer.pack(value) for name, value in of_case.items()}
            for case, of_case in table.gradients.items()
        },
    }
    contents: dict[str, Any] = {"text": np.array(json.dumps(text, ensure_ascii=False))}
    contents |= packer.arrays()
    np.savez_compressed(path, **contents)


def load(path: Path) -> Table:
    """Read a table that `save` wrote."""
    with np.load(path, allow_pickle=False) as file:
        text = json.loads(str(file["text"]))
        arrays = {name: file[name] for name in file.files if name != "text"}

    def unpack_value(value: Any) -> Value:
        if isinstance(value, list):
            return [unpack_value(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "array" in value:
            return Array(_unpack(value["array"], arrays), value["dtype"], value["library"])
        if "tuple" in value:
            return tuple(unpack_value(item) for item in value["tuple"])
        return {key: unpack_value(item) for key, item in value["dict"].items()}

    return Table(
        exercise=text["exercise"],
        function=text["function"],
        title=text["title"],
        hints=tuple(text["hints"]),
        cases=tuple(
            Case(
                each["id"],
                {name: unpack_value(value) for name, value in each["inputs"].items()},
                tuple(each["differentiate"]),
                each["diagnose"],
                each["atol"],
                each["make"],
                tuple(step_from_plain(*unpack_value(step)) for step in each["steps"]),
                tuple(each["results"]),
            )
            for each in text["cases"]
        ),
        properties=tuple(
            Property(**(each | {"cases": tuple(each["cases"])})) for each in text["properties"]
        ),
        mistakes=tuple(
            MistakeText(**(each | {"hints": tuple(each["hints"])})) for each in text["mistakes"]
        ),
        settings=tuple(
            Setting(
                tuple(each["mistakes"]),
                {
                    id: None if places is None else tuple(_unpack(at, arrays) for at in places)
                    for id, places in each["values"].items()
                },
                tuple(tuple(alias) for alias in each["aliases"]),
                {
                    id: tuple(_unpack(at, arrays) for at in places)
                    for id, places in each["spreads"].items()
                },
            )
            for each in text["settings"]
        ),
        gradients={
            case: {name: _unpack(at, arrays) for name, at in of_case.items()}
            for case, of_case in text["gradients"].items()
        },
    )
