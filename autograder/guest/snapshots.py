"""What is left of a notebook at its probed cells, and the probes that are performed there.

Nothing that a later cell does may reach an answer. Where it can be told what the functions of a
cell depend on, the notebook's own process answers at its end, if all of that is as it was. Else a
fork waits at the cell. Either performs its probes one after another and is then used up.

If answers do not come, since a probe was too slow or deadly or since something has changed, the
grader asks for care: in a fresh guest, a fork waits at each cell, and performs its probes in a
worker, a fork of its own. A worker that is lost costs the probe that it was at, and another one
goes on with the next.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from course_lib.checks.perform import perform_all
from course_lib.checks.probe import Answer, Probe
from course_lib.checks.values import Value

from .channel import Channel, Closed
from .forks import fork_group, kill_group
from .messages import decode_answer, decode_probes, encode_answer
from .reach import Reach
from .wire import WireError, pack, unpack

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
        yield from _frames(request, self.namespace)


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
    frames = _careful_frames(request, namespace, line) if careful else _frames(request, namespace)
    for frame in frames:
        line.send_frame(frame)


def _frames(request: Value, namespace: Mapping[str, Any]) -> Iterator[bytes]:
    """Perform the probes of a request here, one after another."""
    yield from _perform_all(request, _probes(request), namespace)


def _probes(request: Value) -> list[Probe]:
    return list(decode_probes(request["probes"]))


def _perform_all(
    request: Value, probes: list[Probe], namespace: Mapping[str, Any]
) -> Iterator[bytes]:
    torch.set_num_threads(1)  # OpenMP's threads do not survive a fork, and waiting for them hangs
    for probe, answer in zip(probes, perform_all(probes, namespace), strict=True):
        try:
            frame = _reply(request, probe, answer)
        except WireError as error:
            frame = _reply(request, probe, Answer("unsupported type", {}, str(error)))
        yield frame


def _reply(request: Value, probe: Probe, answer: Answer) -> bytes:
    """Raises `WireError` if the answer cannot be sent."""
    told = {"kind": "answer", "cell": request["cell"], "probe": probe.id}
    return pack(told | {"answer": encode_answer(answer)})


def _check_reply(frame: bytes, probe: Probe) -> None:
    """Raises `WireError` for anything but an answer to this probe: functions can write, too."""
    match unpack(frame):
        case {"kind": "answer", "probe": probe.id, "answer": answer}:
            decode_answer(answer, probe)
        case _:
            raise WireError("a reply to something else")


def _careful_frames(
    request: Value, namespace: Mapping[str, Any], secret: Channel
) -> Iterator[bytes]:
    """Let workers perform the probes; each that is lost costs the probe that it was at."""
    todo = _probes(request)
    timeouts = 0
    while todo:
        if timeouts < _PATIENCE:
            lost = yield from _work(request, todo, namespace, secret)
        else:
            lost = Answer("timeout", {}, "not asked: others did not come back")
        if lost is not None:
            timeouts += lost.outcome == "timeout"
            yield _reply(request, todo.pop(0), lost)


def _work(
    request: Value, todo: list[Probe], namespace: Mapping[str, Any], secret: Channel
) -> Generator[bytes, None, Answer | None]:
    """Replies of one worker, whose probes are taken from `todo`; returns what cost it, if any."""
    ours, theirs = socket.socketpair()
    pid = fork_group()
    if pid == 0:
        try:
            ours.close()
            secret.close()
            line = Channel(theirs)
            for frame in _perform_all(request, todo, namespace):
                line.send_frame(frame)
        finally:
            os._exit(0)
    theirs.close()
    line = Channel(ours)
    seconds = request["seconds"]
    try:
        while todo:
            try:
                frame = line.receive_frame(seconds)
                _check_reply(frame, todo[0])
            except TimeoutError:
                return Answer("timeout", {}, f"no result within {seconds:g} s")
            except (Closed, WireError):
                return Answer("died", {}, "its process ended")
            del todo[0]
            yield frame
        return None
    finally:
        line.close()
        kill_group(pid)
