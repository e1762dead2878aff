"""What the two ends say to each other, as plain values.

The grader sends `Task`, then, once the guest has said that its last cell is done, the probes of
each snapshot. The guest sends "ready", a "cell" for each cell that it ran (again if a later cell
changed its display), "snapshot" where it left one, "done", and then "answer" after "answer".
Decoding an answer or a cell trusts nothing: every field's type, name and size is checked.
"""

from __future__ import annotations

import math
import pickle
from dataclasses import dataclass, fields
from typing import Any, get_args

import numpy as np

from course_lib.checks.probe import Answer, Outcome, Probe, Read
from course_lib.checks.values import Array, Value

from .wire import WireError

MAX_DETAIL = 1000  # characters
_OUTCOMES = frozenset(get_args(Outcome))


@dataclass(frozen=True)
class Task:
    """What a guest is to run. `snapshots` are the cells to stop at, instead of running them.

    Each comes with the names of the notebook's that its probes use.
    `sources` maps a cell's index to its code, in order; `numbers` to its execution count. Limits
    are seconds of wall time and bytes. `processes` is None where they cannot be counted. If
    `careful`, a probe that ends its process or holds it up costs itself alone, at another fork for
    each snapshot.
    """

    sources: dict[int, str]
    numbers: dict[int, int]
    snapshots: dict[int, tuple[str, ...]]
    careful: bool
    cell_seconds: float
    notebook_seconds: float
    memory_bytes: int
    output_bytes_per_cell: int
    output_bytes: int
    file_bytes: int
    processes: int | None


def encode_task(task: Task) -> Value:
    plain = {field.name: getattr(task, field.name) for field in fields(task)}
    return plain | {
        "sources": list(task.sources.items()),
        "numbers": list(task.numbers.items()),
        "snapshots": [(index, list(names)) for index, names in task.snapshots.items()],
    }


def decode_task(plain: Value) -> Task:
    """The task that the grader sent; it is trusted."""
    return Task(
        **plain
        | {
            "sources": dict(plain["sources"]),
            "numbers": dict(plain["numbers"]),
            "snapshots": {index: tuple(names) for index, names in plain["snapshots"]},
        }
    )


def encode_probes(probes: tuple[Probe, ...]) -> Array:
    """Probes as bytes: a pickle, which takes a tenth of the time that the wire's own form takes.

    It goes from the grader to the guest alone, which believes the grader. Nothing that comes back
    is ever unpickled.
    """
    return Array(np.frombuffer(pickle.dumps(probes), np.uint8), "uint8", "numpy")


def decode_probes(plain: Array) -> tuple[Probe, ...]:
    """The probes that the grader sent; it is trusted."""
    probes: tuple[Probe, ...] = pickle.loads(plain.data.tobytes())
    return probes


def encode_answer(answer: Answer) -> Value:
    detail = answer.detail.encode("utf-8", "replace").decode("utf-8")
    return {
        "outcome": answer.outcome,
        "reads": dict(answer.reads),
        "detail": detail[:MAX_DETAIL],
    }


def decode_answer(plain: Value, probe: Probe | None = None) -> Answer:
    """The answer that `plain` encodes; `reads` may name only what `probe` reads, if one is given.

    Raises `WireError` for anything else.
    """
    match plain:
        case {"outcome": str(outcome), "reads": dict(reads), "detail": str(detail)}:
            keys = None if probe is None else {s.key for s in probe.steps if isinstance(s, Read)}
            known = keys is None or reads.keys() <= keys
            if len(plain) == 3 and outcome in _OUTCOMES and known and len(detail) <= MAX_DETAIL:
                return Answer(outcome, reads, detail)  # type: ignore[arg-type]
    raise WireError("an answer that is not one")


# -- outputs ---------------------------------------------------------------------------------


def check_outputs(plain: Value) -> tuple[dict[str, Any], ...]:
    """Outputs as nbformat v4 has them, and nothing besides. Raises `WireError` otherwise."""
    if type(plain) is not list or not all(_is_output(output) for output in plain):
        raise WireError("outputs that are not nbformat's")
    return tuple(plain)


def _is_output(plain: Value) -> bool:
    match plain:
        case {"output_type": "stream", "name": "stdout" | "stderr", "text": str()}:
            return len(plain) == 3
        case {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata)}:
            return len(plain) == 3 and _is_bundle(data) and _is_json(metadata)
        case {
            "output_type": "execute_result",
            "data": dict(data),
            "metadata": dict(metadata),
            "execution_count": int(),
        }:
            return len(plain) == 4 and _is_bundle(data) and _is_json(metadata)
        case {
            "output_type": "error",
            "ename": str(),
            "evalue": str(),
            "traceback": list(traceback),
        }:
            return len(plain) == 4 and all(type(line) is str for line in traceback)
    return False


def _is_bundle(data: dict[str, Value]) -> bool:
    return all(
        _is_json(content) if is_json_type(mime) else type(content) is str
        for mime, content in data.items()
    )


def is_json_type(mime: str) -> bool:
    """Whether a mime type's content is JSON, not text: nbformat tells the two apart by name."""
    return mime == "application/json" or mime.endswith("+json")


def _is_json(plain: Value) -> bool:
    if type(plain) is list:
        return all(_is_json(item) for item in plain)
    if type(plain) is dict:
        return all(_is_json(item) for item in plain.values())
    if type(plain) is float:
        return math.isfinite(plain)  # JSON has no NaN
    return plain is None or type(plain) in (bool, int, str)
