"""What is left of a notebook at its probed cells, and the probes that are performed there.

Nothing that a later cell does may reach an answer. Where it can be told what the functions of a cell
depend on, the notebook's own process answers at its end, if all of that is as it was. Else a fork
waits at the cell. Either performs its probes one after another and is then used up.

If answers do not come, since a probe was too slow or deadly or since something has changed, the
grader asks for care: in a fresh guest, a fork waits at each cell, and performs its probes in a
worker, a fork of its own. A worker that is lost costs the probe that it was at, and another one goes
on with the next.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer, Probe
from course_lib.checks.values import Value

from .channel import Channel, Closed
from .forks import fork_group, kill_group
from .messages import decode_answer, decode_probe, encode_answer
from .reach import Reach
from .wire import WireError, pack

_PATIENCE = 2  # so many probes of a cell may time out; a loop without end would cost all of them
_GRACE_SECONDS = 1.0  # for a snapshot to say itself that its worker was too slow


class Snapshot(Protocol):
    """What is left of a notebook at a cell."""

    def frames(self, request: Value) -> Iterator[bytes]:
        """Put the probes of a request to it, and give its answers as they come, packed.

        Ends early if answers do not come. It cannot be asked again.
        """


@dataclass(frozen=True)
class Paused:
    """A copy of this process, and the line to it."""

    pid: int
    line: Channel

    def frames(self, request: Value) -> Iterator[bytes]:
        try:
            self.line.send(request)
            while True:
                yield self.line.receive_frame(request["seconds"] + _GRACE_SECONDS)
        except (Closed, TimeoutError, WireError):
            return
        finally:
            kill_group(self.pid)


@dataclass(frozen=True)
class Present:
    """This process itself, for as long as `reach` is as it was; None at the last cell."""

    namespace: Mapping[str, Any]
    reach: Reach | None = None

    def frames(self, request: Value) -> Iterator[bytes]:
        if self.reach is not None and not self.reach.is_unchanged():
            return
        for probe, answer in _perform_all(_probes(request), self.namespace):
            yield pack(_reply(request, probe, answer))


def pause(
    namespace: Mapping[str, Any], secret: Channel, quiet: Callable[[], None], careful: bool
) -> Paused:
    """Fork a snapshot of this process that answers probes about `namespace`.

    `secret` is the line to the grader: a snapshot lets go of it. `quiet` is called in it.
    Raises `OSError` if there is no room for another process.
    """
    ours, theirs = socket.socketpair()
    pid = fork_group()
    if pid:
        theirs.close()
        return Paused(pid, Channel(ours))
    try:
        ours.close()
        secret.close()
        quiet()
        _serve(Channel(theirs), namespace, careful)
    finally:
        os._exit(0)


# -- in the snapshot -------------------------------------------------------------------------


def _serve(line: Channel, namespace: Mapping[str, Any], careful: bool) -> None:
    request = line.receive()
    if careful:
        _serve_carefully(line, namespace, request)
        return
    for probe, answer in _perform_all(_probes(request), namespace):
        line.send(_reply(request, probe, answer))


def _probes(request: Value) -> list[Probe]:
    return [decode_probe(probe) for probe in request["probes"]]


def _reply(request: Value, probe: Probe, answer: Value) -> Value:
    return {"kind": "answer", "cell": request["cell"], "probe": probe.id, "answer": answer}


def _perform_all(
    probes: list[Probe], namespace: Mapping[str, Any]
) -> Iterator[tuple[Probe, Value]]:
    """Probes with their answers, encoded: one that cannot be sent is of an unsupported type."""
    torch.set_num_threads(1)  # OpenMP's threads do not survive a fork, and waiting for them hangs
    for probe in probes:
        answer = encode_answer(perform(probe, namespace))
        try:
            pack(answer)
        except WireError as error:
            answer = encode_answer(Answer("unsupported type", {}, str(error)))
        yield probe, answer


def _serve_carefully(line: Channel, namespace: Mapping[str, Any], request: Value) -> None:
    todo = _probes(request)
    timeouts = 0
    while todo:
        answers = _work(todo, namespace, line, request["seconds"])
        if timeouts == _PATIENCE:
            answers = iter(
                [Answer("timeout", {}, "not asked: others did not come back")] * len(todo)
            )
        for answer in answers:
            probe = todo.pop(0)
            timeouts += answer.outcome == "timeout"
            line.send(_reply(request, probe, encode_answer(answer)))


def _work(
    probes: list[Probe], namespace: Mapping[str, Any], secret: Channel, seconds: float
) -> Iterator[Answer]:
    """Answers to `probes` in order, by one worker; the last one is that which cost the worker."""
    ours, theirs = socket.socketpair()
    pid = fork_group()
    if pid == 0:
        try:
            ours.close()
            secret.close()
            line = Channel(theirs)
            for _, encoded in _perform_all(list(probes), namespace):
                line.send(encoded)
        finally:
            os._exit(0)
    theirs.close()
    line = Channel(ours)
    try:
        for probe in tuple(probes):
            try:
                yield decode_answer(line.receive(seconds), probe)
            except TimeoutError:
                yield Answer("timeout", {}, f"no result within {seconds:g} s")
                return
            except (Closed, WireError):
                yield Answer("died", {}, "its process ended")
                return
    finally:
        line.close()
        kill_group(pid)
