"""Each fault: one seeded run that is disturbed, one that goes on, and what must hold afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
from disturbed import classroom, coordinator
from disturbed.coordinator import Countdown

from autograder.course import Course
from autograder.engine import many
from autograder.engine.record import Recorder
from autograder.records import Result


@dataclass(frozen=True)
class Undisturbed:
    """The same class, graded without a fault: what the others must come to."""

    root: Path  # the course before grading
    state: dict[str, Any]
    results: dict[str, Result]
    calls: int  # that recording the class took, in all
    own_calls: int  # of these the writing modules' own


@dataclass(frozen=True)
class Outcome:
    """`struck` if the fault came before the run was over; `wrong` says what does not hold."""

    fault: str
    seed: int
    struck: bool
    wrong: tuple[str, ...]


def undisturbed(place: Path) -> Undisturbed:
    root = classroom.make(place / "course")
    graded = Course.load(classroom.copy(root, place / "undisturbed"))
    results = {each.student: each for each in many.grade(graded, classroom.ASSIGNMENT, jobs=2)}
    state = classroom.state(graded.root)
    calls = [_calls(root, place, results, whole=whole) for whole in (True, False)]
    return Undisturbed(root, state, results, *calls)


def _calls(root: Path, place: Path, results: dict[str, Result], *, whole: bool) -> int:
    """How many calls it takes to record the class."""
    course = Course.load(classroom.copy(root, place / f"counted-{whole}"))
    calls = Countdown(0, lambda: None)
    with ready_made(results), counted(calls, whole=whole):
        many.grade(course, classroom.ASSIGNMENT)
    return -calls.n


@contextmanager
def ready_made(results: dict[str, Result]) -> Iterator[None]:
    """Let the engine take results as given, without guests, where only the recording is tried."""

    @contextmanager
    def prepare(course: Course, assignment: str, *_: object) -> Iterator[SimpleNamespace]:
        runner = SimpleNamespace(size=1, close=lambda: None)
        yield SimpleNamespace(assignment_id=assignment, runner=runner)

    def grade(kit: Any, student: str, folder: Path) -> Result:
        return results[student]

    before = many.prepare, many.one
    many.prepare, many.one = prepare, SimpleNamespace(grade=grade)  # type: ignore[assignment]
    try:
        yield
    finally:
        many.prepare, many.one = before


@contextmanager
def counted(countdown: Countdown, *, whole: bool) -> Iterator[None]:
    """Count the calls while results are recorded; with `whole`, those of libraries as well."""
    record = Recorder.record

    def counting(self: Recorder, result: Result) -> Result:
        countdown.arm(whole=whole)
        try:
            return record(self, result)
        finally:
            sys.setprofile(None)

    Recorder.record = counting  # type: ignore[method-assign]
    try:
        yield
    finally:
        Recorder.record = record  # type: ignore[method-assign]


# -- the faults ------------------------------------------------------------------------------


def writer_killed(base: Undisturbed, root: Path, chance: random.Random) -> bool:
    """The whole process, at some call that it makes while it records."""
    whole = chance.random() < 0.7
    most = base.calls if whole else base.own_calls
    fault = Countdown(chance.randint(1, most), coordinator.kill_oneself)

    def prepare() -> None:
        _take_as_given(base.results)
        _FOR_GOOD.enter_context(counted(fault, whole=whole))

    return coordinator.finish(coordinator.start(root, prepare)) < 0


def coordinator_killed(base: Undisturbed, root: Path, chance: random.Random) -> bool:
    """The whole process, at some moment from its start until the last guests run."""
    return _some_killed(root, chance, lambda grader: [grader])


def parent_killed(base: Undisturbed, root: Path, chance: random.Random) -> bool:
    """The process that guests are forked from, once it is warm."""
    return _some_killed(root, chance, coordinator.warm_parent)


def guest_killed(base: Undisturbed, root: Path, chance: random.Random) -> bool:
    """One of a guest's processes."""
    return _some_killed(root, chance, coordinator.guests)


_EARLY = 12  # processes of guests; the class has at least two a notebook that is run


def _some_killed(
    root: Path,
    chance: random.Random,
    find: Callable[[psutil.Process], list[psutil.Process]],
) -> bool:
    """Strike once so many processes of guests were seen: by time, a quick run would be over."""
    grader = coordinator.start(root)
    most, moment = chance.randint(0, _EARLY), chance.uniform(0.0, 0.05)
    seen: set[int] = set()
    struck = False
    while not struck and grader.status() != psutil.STATUS_ZOMBIE:
        seen |= {each.pid for each in coordinator.guests(grader)}
        if len(seen) >= most:
            time.sleep(moment)
            struck = coordinator.kill_one(find(grader), chance)
        time.sleep(0.005)
    coordinator.finish(grader)
    return struck


def disk_full(base: Undisturbed, root: Path, chance: random.Random) -> bool:
    """The course lies on a small disk of its own (tmpfs), which fills up; later there is room."""
    with small_disk(root, chance.randint(8, 400)):
        grader = coordinator.start(root, partial(_take_as_given, base.results))
        return coordinator.finish(grader) != 0


_FOR_GOOD = contextlib.ExitStack()


def _take_as_given(results: dict[str, Result]) -> None:
    """As `ready_made`, for the rest of the process, which is a forked one."""
    _FOR_GOOD.enter_context(ready_made(results))


@contextmanager
def small_disk(root: Path, kilobytes: int) -> Iterator[None]:
    """While the context lasts, a folder lies on a tmpfs that has so much room to spare."""
    aside = root.with_name(root.name + "-aside")
    root.rename(aside)
    root.mkdir()
    _run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", root)
    try:
        _move(aside, root)
        disk = os.statvfs(root)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024
        _run("mount", "-o", f"remount,size={used + kilobytes}k", root)
        yield
        _move(root, aside)
    finally:
        _run("umount", root)
        root.rmdir()
        aside.rename(root)


def _move(source: Path, destination: Path) -> None:
    destination.mkdir(exist_ok=True)
    for path in list(source.iterdir()):
        _run("mv", path, destination)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


_RECORDING = ("writer", "full disk")  # for these, results are taken as given
FAULTS: dict[str, Callable[[Undisturbed, Path, random.Random], bool]] = {
    "writer": writer_killed,
    "coordinator": coordinator_killed,
    "warm parent": parent_killed,
    "guest": guest_killed,
    "full disk": disk_full,
}


def why_not(fault: str) -> str:
    """Why a fault cannot be tried on this machine; "" if it can."""
    if fault == "full disk" and os.getuid() != 0:
        return "only root can mount a small disk"
    return ""


def try_out(fault: str, seed: int, base: Undisturbed, place: Path) -> Outcome:
    """Disturb one run, start again as an instructor would, and look at what there is."""
    root = classroom.copy(base.root, place / f"{fault.replace(' ', '-')}-{seed}")
    struck = FAULTS[fault](base, root, random.Random(f"{fault} {seed}"))
    with ready_made(base.results) if fault in _RECORDING else contextlib.nullcontext():
        many.grade(Course.load(root), classroom.ASSIGNMENT, jobs=2)
    return Outcome(fault, seed, struck, tuple(_wrong(base, root)))


def _wrong(base: Undisturbed, root: Path) -> Iterator[str]:
    for part, expected in base.state.items():
        if (found := classroom.state(root)[part]) != expected:
            yield f"{part} differs: {classroom.difference(expected, found)}"
    times = classroom.times_graded(root)
    yield from (f"{each} was lost" for each in classroom.STUDENTS if not times[each])
    yield from (f"{each} was graded {n} times" for each, n in times.items() if n > 1)
