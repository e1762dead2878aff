"""Grade many submissions: workers grade, one coordinator writes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.course import Course
from autograder.engine import forced, one
from autograder.engine.kit import Kit, prepare
from autograder.engine.record import Recorder, already
from autograder.engine.released import releases
from autograder.records import Result


@dataclass(frozen=True)
class Progress:
    """So many of so many submissions are done, some of them failed; `result` is the latest."""

    done: int
    total: int
    failed: int = 0
    result: Result | None = None


def stream(
    course: Course,
    assignment: str,
    students: Sequence[str] | None = None,
    *,
    force: bool = False,
    jobs: int | None = None,
    scheduler: str | None = None,
) -> Generator[Progress]:
    """Grade the submissions of an assignment; each is recorded before it is told.

    Submissions that were graded already are left alone unless `force` is given or a newer one was
    handed in. A run that was killed, forced or not, is gone on with. So many `jobs` are graded at a
    time, here, or on the Dask workers of a `scheduler`. Only a few results are held in memory.
    """
    releases(course, assignment)  # says at once if nothing by this name was released
    with Recorder(course) as recorder:
        recorder.settle(assignment)
        wanted = course.students_of(assignment) if students is None else list(students)
        if force:
            forced.begin(course, assignment, wanted)
        again = forced.unfinished(course, assignment)
        todo = [each for each in wanted if each in again or not already(course, each, assignment)]
        done = failed = 0
        yield Progress(done, len(todo))
        if todo:
            with prepare(course, assignment, scheduler) as kit:
                for result in _results(course, kit, todo, jobs or course.jobs or kit.runner.size):
                    recorded = recorder.record(result)
                    done, failed = done + 1, failed + (not recorded.graded)
                    yield Progress(done, len(todo), failed, recorded)
        forced.end(course, assignment)


def grade(
    course: Course,
    assignment: str,
    students: Sequence[str] | None = None,
    *,
    force: bool = False,
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> list[Result]:
    """What `stream` does, for a class that is small enough to hold all of its results at once."""
    results = []
    for now in stream(course, assignment, students, force=force, jobs=jobs, scheduler=scheduler):
        progress(now)
        if now.result is not None:
            results.append(now.result)
    return sorted(results, key=lambda each: each.student)


def _results(course: Course, kit: Kit, students: Sequence[str], jobs: int) -> Iterator[Result]:
    """Results as they come. Work is handed out a little ahead, so that few results wait."""
    with _pool(kit, jobs) as pool:
        waiting = set()
        for student in students:
            folder = course.submission_folder(student, kit.assignment_id)
            waiting.add(pool.submit(one.grade, kit, student, folder))
            if len(waiting) == 2 * jobs:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                while done:
                    yield done.pop().result()
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            while done:
                yield done.pop().result()


@contextmanager
def _pool(kit: Kit, jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Threads, each of which waits for a guest. When grading is broken off, guests are ended."""
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        kit.runner.close()
        raise
    finally:
        pool.shutdown()
