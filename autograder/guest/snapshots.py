"""Paused copies of the notebook's process, and the probes that are performed in them.

A snapshot is a fork that waits at a cell. Once it hears its probes it performs them in a worker,
a fork of its own, one after another; if the worker dies or is too slow, that costs the probe that
it was at, and a fresh worker goes on with the next. So nothing that a later cell or another probe
does can reach an answer.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from course_lib.checks.perform import perform
from course_lib.checks.probe import Answer, Probe
from course_lib.checks.values import Value

from .channel import Channel, Closed
from .forks import fork_group, kill_group
from .messages import decode_answer, decode_probe, encode_answer
from .wire import WireError

_PATIENCE = 2  # so many probes of a cell may time out; a loop without end would cost all of them


@dataclass(frozen=True)
class Snapshot:
    """A paused copy of this process, and the line to it."""

    pid: int
    line: Channel

    def frames(self, request: Value) -> Iterator[bytes]:
        """Ask the snapshot, and give its answers as they come, packed. It ends afterwards.

        Ends early if the snapshot is lost.
        """
        try:
            self.line.send(request)
            while True:
                yield self.line.receive_frame()
        except (Closed, WireError):
            return
        finally:
            kill_group(self.pid)


def take(namespace: Mapping[str, Any], secret: Channel, quiet: Callable[[], None]) -> Snapshot:
    """Fork a snapshot of this process that answers probes about `namespace`.

    `secret` is the line to the grader: a snapshot lets go of it. `quiet` is called in it.
    Raises `OSError` if there is no room for another process.
    """
    ours, theirs = socket.socketpair()
    pid = fork_group()
    if pid:
        theirs.close()
        return Snapshot(pid, Channel(ours))
    try:
        ours.close()
        secret.close()
        quiet()
        _serve(Channel(theirs), namespace)
    finally:
        os._exit(0)


# -- in the snapshot -------------------------------------------------------------------------


def _serve(line: Channel, namespace: Mapping[str, Any]) -> None:
    request = line.receive()
    todo = [decode_probe(probe) for probe in request["probes"]]
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
            reply = {"kind": "answer", "cell": request["cell"], "probe": probe.id}
            line.send(reply | {"answer": encode_answer(answer)})


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
            _perform_all(probes, namespace, Channel(theirs))
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


def _perform_all(probes: list[Probe], namespace: Mapping[str, Any], line: Channel) -> None:
    torch.set_num_threads(1)  # OpenMP's threads do not survive a fork, and waiting for them hangs
    for probe in tuple(probes):
        answer = perform(probe, namespace)
        try:
            line.send(encode_answer(answer))
        except WireError as error:
            line.send(encode_answer(Answer("unsupported type", {}, str(error))))
