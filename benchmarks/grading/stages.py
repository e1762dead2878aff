"""What the time of a submission is made of: one after another, with a stopwatch at every step."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.engine import one, record
from autograder.engine.kit import prepare
from autograder.engine.record import Recorder
from autograder.sandbox.conversation import Conversation
from autograder.sandbox.guests import Guests
from autograder.submission import intake
from benchmarks.grading import meter
from benchmarks.grading.courses import ASSIGNMENT

WARM_UP = 2  # submissions that start the warm parent and are not counted


class Stopwatch:
    """Seconds of wall and of processor time, by step; a step within another is its own.

    `processor` says how much processor time grader and guests together have used.
    """

    def __init__(self, processor: Callable[[], float]) -> None:
        self._processor = processor
        self.wall: dict[str, float] = defaultdict(float)
        self.cpu: dict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = (0.0, 0.0)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._split()
        self._within.append(name)
        try:
            yield
        finally:
            self._split()
            self._within.pop()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose calls are a step."""

        def call(*args: Any, **keywords: Any) -> Any:
            with self.step(name):
                return function(*args, **keywords)

        return call

    def _split(self) -> None:
        now = (time.perf_counter(), self._processor())
        if self._within:
            self.wall[self._within[-1]] += now[0] - self._since[0]
            self.cpu[self._within[-1]] += now[1] - self._since[1]
        self._since = now


def main(folder: Path, count: int) -> None:
    """Grade `count` submissions of a course; print the mean seconds of each step as JSON."""
    course = Course.load(folder)
    with contextlib.ExitStack() as stack:
        group = stack.enter_context(meter.group())
        if group:  # before the warm parent is started, which `prepare` does
            group.members.write_text(str(os.getpid()))
        recorder = stack.enter_context(Recorder(course))
        kit = stack.enter_context(prepare(course, ASSIGNMENT))
        watch = Stopwatch(group.seconds if group else time.process_time)
        _attach(watch)
        for number, student in enumerate(course.students_of(ASSIGNMENT)[: count + WARM_UP]):
            if number == WARM_UP:
                watch.wall.clear()
                watch.cpu.clear()
                start = time.perf_counter()
            with watch.step("the rest"):
                result = one.grade(kit, student, course.submission_folder(student, ASSIGNMENT))
                with watch.step("record: gradebook, journal"):
                    recorder.record(result)
            assert not result.error, result.error
        whole = (time.perf_counter() - start) / count
    wall = {name: seconds / count for name, seconds in watch.wall.items()}
    cpu = {name: seconds / count for name, seconds in watch.cpu.items()}
    print(json.dumps({"whole": whole, "wall": wall, "cpu": cpu}))


def _attach(watch: Stopwatch) -> None:
    """Put the stopwatch around the engine's steps, where the engine looks them up."""
    reading: Any = intake
    reading.read = watch.timed("intake", reading.read)
    for name, step in (
        ("rebuild", "rebuild"),
        ("plan", "plan"),
        ("judge", "judge"),
        ("annotate", "annotate"),
    ):
        setattr(one, name, watch.timed(step, getattr(one, name)))
    talk: Any = Conversation
    talk.begin = watch.timed("guest: fork and room", talk.begin)
    talk.ask = watch.timed("guest: probes", talk.ask)
    talk.cells = _consumed(watch, "guest: cells", talk.cells)
    guests: Any = Guests
    guests.guest = _entered(watch, "guest: fork and room", "guest: end", guests.guest)
    written: Any = record
    written.staged = _entered(watch, "notebook written", "notebook written", written.staged)


def _consumed(watch: Stopwatch, step: str, generator: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **keywords: Any) -> Iterator[Any]:
        items = generator(*args, **keywords)
        while True:
            with watch.step(step):
                try:
                    item = next(items)
                except StopIteration:
                    return
            yield item

    return call


def _entered(
    watch: Stopwatch, begin: str, end: str, manager: Callable[..., Any]
) -> Callable[..., Any]:
    """The context manager, with its entrance and its exit as steps."""

    @contextlib.contextmanager
    def call(*args: Any, **keywords: Any) -> Iterator[Any]:
        with contextlib.ExitStack() as stack:
            with watch.step(begin):
                inner = contextlib.ExitStack()
                value = inner.enter_context(manager(*args, **keywords))
            stack.push(lambda *_: watch.timed(end, inner.close)())
            yield value

    return call


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
