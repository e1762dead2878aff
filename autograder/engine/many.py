"""Grade many submissions: workers grade, one coordinator writes to the gradebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from autograder.course import Course
from autograder.engine import journal, one
from autograder.engine.kit import prepare
from autograder.engine.record import Recorder, already
from autograder.engine.released import releases
from autograder.records import Result


@dataclass(frozen=True)
class Progress:
    """So many of so many submissions are done; `result` is the latest."""

    done: int
    total: int
    result: Result | None = None


def grade(
    course: Course,
    assignment: str,
    students: Sequence[str] | None = None,
    *,
    force: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> list[Result]:
    """Grade the submissions of an assignment, and record each as soon as it is graded.

    Submissions that were graded already are left alone unless `force` is given or a newer one was
    handed in. `executor` is anything shaped like `concurrent.futures.Executor`; the default has
    `jobs` threads, each of which waits for a guest process of its own.
    """
    tell = progress or (lambda _: None)
    releases(course, assignment)  # says at once if nothing by this name was released
    wanted = course.students_of(assignment) if students is None else list(students)
    todo = [each for each in wanted if force or not already(course, each, assignment)]
    results: list[Result] = []
    tell(Progress(0, len(todo)))
    if not todo:
        return results
    with prepare(course, assignment) as kit, Recorder(course) as recorder:
        pool = executor or ThreadPoolExecutor(jobs or course.jobs or processors())
        try:
            futures = [
                pool.submit(one.grade, kit, each, course.submission_folder(each, assignment))
                for each in todo
            ]
            for future in as_completed(futures):
                result = recorder.record(future.result())
                journal.append(course, result)
                results.append(result)
                tell(Progress(len(results), len(todo), result))
        finally:
            if executor is None:
                pool.shutdown(cancel_futures=True)
    return sorted(results, key=lambda each: each.student)


def processors() -> int:
    """How many processors this process may use; more guests at a time would only crowd them."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1
