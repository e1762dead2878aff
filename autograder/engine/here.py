"""Where jobs run: here, in guests that this process asks for, or wherever a `Runner` takes them."""

from __future__ import annotations

import os
from typing import Protocol

from autograder.engine.execute import execute
from autograder.records import Job, Transcript
from autograder.sandbox.guests import Guests


class Runner(Protocol):
    """Runs jobs, several at a time; used from as many threads."""

    @property
    def size(self) -> int:
        """How many at a time are of use."""

    def execute(self, job: Job) -> Transcript:
        """Run a job. Raises `GuestFailed` if that is not possible."""

    def close(self) -> None:
        """End whatever still runs."""


class Here:
    """Runs jobs on this machine."""

    def __init__(self, guests: Guests) -> None:
        self._guests = guests

    @property
    def size(self) -> int:
        """One more than the processors that this process may use.

        A guest's processor stands idle while its submission is read, judged and recorded, so there
        is another one; more would only crowd them.
        """
        try:
            return len(os.sched_getaffinity(0)) + 1
        except AttributeError:  # macOS
            return (os.cpu_count() or 1) + 1

    def execute(self, job: Job) -> Transcript:
        return execute(job, self._guests)

    def close(self) -> None:
        self._guests.close()
