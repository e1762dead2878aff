"""The grader's end of the line to a guest.

This is where it is decided how long an answer may take and what is believed of it. The guest
shares its process with a student's code, so it may say anything: each message is checked, their
sum is bounded, and a guest that says what it cannot mean is given up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from autograder.guest.channel import Channel, Closed
from autograder.guest.messages import (
    Task,
    check_outputs,
    decode_answer,
    encode_probes,
    encode_task,
)
from autograder.guest.wire import WireError
from autograder.records import CellRun, Limits
from autograder.sandbox.process import GuestProcess
from autograder.sandbox.warm import START_SECONDS
from autograder.sandbox.watch import Watch
from course_lib.checks.probe import Answer, Probe
from course_lib.checks.values import Array, Value

GRACE_SECONDS = 2.0  # after the guest should have interrupted a cell itself
PROBED = "not run: it was probed instead"
_SEND_SECONDS = 5.0
_LOOK_SECONDS = 0.2  # between two looks at what the guest's processes use
_TALK = 1 << 16  # bytes of messages for each cell, besides its outputs
_MOST_ANSWERS = 128 << 20  # bytes of answers to the probes of one cell
_MOST_PACKED = 64  # sets of probes: more than an assignment has exercises

_PACKED: dict[int, tuple[tuple[Probe, ...], Array]] = {}

T = TypeVar("T")


class GuestLost(Exception):
    """The guest is of no use any more. `why` is for a reader."""

    def __init__(self, how: Literal["died", "timeout", "garbled"], why: str) -> None:
        super().__init__(why)
        self.how, self.why = how, why


@dataclass(frozen=True)
class CellReport:
    """What a guest says about a cell. `cut` if not all of its outputs were kept."""

    index: int
    run: CellRun
    cut: bool = False


class Conversation:
    """Talk with the guest at the other end of `channel`. Every method may raise `GuestLost`.

    The first cell may take `start_seconds` more, in which the guest starts a kernel for it, and a
    cell that takes too long `grace_seconds`, in which the guest should stop it.
    """

    def __init__(
        self,
        channel: Channel,
        process: GuestProcess,
        limits: Limits,
        start_seconds: float = 0.0,
        grace_seconds: float | None = None,
    ) -> None:
        self._channel, self.process, self._limits = channel, process, limits
        self._start_seconds = start_seconds
        self._grace_seconds = GRACE_SECONDS if grace_seconds is None else grace_seconds
        self._watch = Watch(process.pid, limits)
        self._next_look = 0.0
        self._most_received = 0  # bytes

    @property
    def peak_bytes(self) -> int | None:
        """The most memory that one of the guest's processes held, as far as was seen."""
        return self._watch.peak_bytes

    def begin(self, task: Task) -> list[str]:
        """Send the task. Returns the names of files that could not be copied for it."""
        self._allow(_TALK)
        self._send(encode_task(task))
        match self._receive(START_SECONDS):
            case {"kind": "ready", "left_out": list(names)}:
                return [str(name) for name in names]
        raise GuestLost("garbled", "it began with something else")

    def cells(self, task: Task) -> Iterator[CellReport]:
        """Reports on cells as they come: each once, and again if its outputs changed later.

        Ends when the guest says that it has run all it is going to run. `GuestLost` then means
        that the cell which was next in order has cost the guest its life.
        """
        self._allow(2 * self._limits.output_bytes + _TALK * (len(task.sources) + 1))
        waiting = list(task.sources)
        reported: dict[int, CellRun] = {}
        began = time.monotonic()
        until = began + self._limits.notebook_seconds + self._start_seconds
        starting = self._start_seconds
        while True:
            left = min(self._limits.cell_seconds, max(until - time.monotonic(), 0.0))
            message = self._receive(left + starting + self._grace_seconds)
            starting = 0.0
            if message == {"kind": "done"}:
                return
            following = waiting[0] if waiting else None
            report = _read_report(message, following, task, reported)
            if report.index == following:
                seconds = time.monotonic() - began
                slow = f"stopped after {seconds:.0f} s" if report.run.outcome == "timeout" else ""
                run = replace(report.run, seconds=seconds, detail=report.run.detail or slow)
                report = replace(report, run=run)
                began = time.monotonic()
                del waiting[0]
            reported[report.index] = report.run
            yield report

    def ask(self, cell: int, probes: tuple[Probe, ...]) -> dict[str, Answer]:
        """Send the probes of one snapshot. Returns the answers by the probes' ids."""
        self._allow(_MOST_ANSWERS)
        request = {"cell": cell, "seconds": self._limits.probe_seconds}
        self._send(request | {"probes": _packed(probes)})
        answers: dict[str, Answer] = {}
        waiting = {probe.id: probe for probe in probes}
        patience = self._limits.probe_seconds + GRACE_SECONDS
        until = time.monotonic() + patience * (len(probes) + 1)
        while True:
            match self._receive(min(patience, until - time.monotonic())):
                case {"kind": "answered", "cell": index} if index == cell:
                    return answers
                case {"kind": "answer", "cell": index, "probe": str(id), "answer": answer} if (
                    index == cell and id in waiting
                ):
                    answers[id] = _believe(decode_answer, answer, waiting.pop(id))
                case {"kind": "cell" | "snapshot" | "done"}:
                    pass  # hidden inputs are in the guest by now: what it shows counts no more
                case _:
                    raise GuestLost("garbled", "it answered what it was not asked")

    # -- the line ----------------------------------------------------------------------------

    def _allow(self, size: int) -> None:
        """Let the guest send `size` bytes more."""
        self._most_received = self._channel.received + size

    def _send(self, message: Value) -> None:
        try:
            self._channel.send(message, _SEND_SECONDS)
        except TimeoutError:
            raise GuestLost("timeout", "it does not listen") from None
        except Closed:
            raise GuestLost("died", self._how_it_ended()) from None

    def _receive(self, seconds: float) -> Value:
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            try:
                message = self._channel.receive(max(min(left, _LOOK_SECONDS), 0.001))
            except TimeoutError:
                if left <= 0:
                    raise GuestLost("timeout", f"it was killed after {seconds:.0f} s") from None
                if self.process.ended() is not None:  # a child of it may hold the line open
                    raise GuestLost("died", self._how_it_ended()) from None
            except Closed:
                raise GuestLost("died", self._how_it_ended()) from None
            except WireError as error:
                raise GuestLost("garbled", str(error)) from None
            else:
                if self._channel.received > self._most_received:
                    raise GuestLost("garbled", "it says more than its limits allow")
                self._look()
                return message
            self._look()

    def _look(self) -> None:
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + _LOOK_SECONDS
            if excess := self._watch.look():
                raise GuestLost("died", f"it used {excess} and was killed")

    def _how_it_ended(self) -> str:
        return self.process.ended(_SEND_SECONDS) or "its process closed the line to the grader"


def _read_report(
    message: Value, following: int | None, task: Task, reported: Mapping[int, CellRun]
) -> CellReport:
    """What `message` says about the cell `following`, or anew about one that was reported."""
    match message:
        case {"kind": "snapshot", "cell": int(index), "taken": bool(taken)} if (
            index == following and index in task.snapshots
        ):
            detail = PROBED if taken else "there was no room for a snapshot to probe"
            return CellReport(index, CellRun("skipped", detail=detail))
        case {
            "kind": "cell",
            "cell": int(index),
            "outcome": "ok" | "error" | "timeout" as outcome,
            "outputs": outputs,
            "cut": bool(cut),
        } if index not in task.snapshots:
            checked = _believe(check_outputs, outputs)
            if index == following:
                return CellReport(index, CellRun(outcome, checked), cut)
            if index in reported:
                return CellReport(index, replace(reported[index], outputs=checked), cut)
    raise GuestLost("garbled", "it reported a cell that was not due")


def _packed(probes: tuple[Probe, ...]) -> Array:
    """Probes as bytes: made once, as every submission is asked the same ones."""
    known = _PACKED.get(id(probes))
    if known is None or known[0] is not probes:
        known = probes, encode_probes(probes)
        if len(_PACKED) == _MOST_PACKED:
            _PACKED.clear()
        _PACKED[id(probes)] = known
    return known[1]


def _believe(decode: Callable[..., T], *plain: Any) -> T:
    try:
        return decode(*plain)
    except WireError as error:
        raise GuestLost("garbled", str(error)) from None
