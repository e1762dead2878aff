"""Run a job's notebook in a sandboxed guest, and bring back what happened.

A cell that costs the guest its life costs that cell alone: the run is repeated in a fresh guest
without it. Probes are asked in haste at first. If answers are missing, or something died suddenly,
that is not believed, for a machine that is short of memory kills, too: the run is repeated once,
and with care from then on.
Hidden inputs are sent only after the last cell's outputs have arrived, and a guest that has heard
them is never run again.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from autograder.engine.languages import kernel_of, no_kernel, unprobed
from autograder.guest.messages import Task
from autograder.records import CellRun, Job, Problem, Transcript
from autograder.sandbox.conversation import PROBED, Conversation, GuestLost
from autograder.sandbox.guests import GuestFailed, Guests, KernelUnavailable
from autograder.sandbox.process import how_it_ended
from course_lib.checks.probe import Answer

_MOST_CODE = 16 << 20  # characters
_KILLED = how_it_ended(-signal.SIGKILL)
# A GPU's driver maps more than it ever fills, and the limit of a process counts what is mapped.
# What a guest really uses is watched all the same.
_MAPPED_BY_DRIVER = 64 << 30  # bytes


@dataclass
class _Run:
    """What one guest did. `loss` is set if it was lost before it had run all, `at` which cell."""

    cells: dict[int, CellRun] = field(default_factory=dict)
    cut: set[int] = field(default_factory=set)
    answers: dict[int, Mapping[str, Answer]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    loss: GuestLost | None = None
    at: int | None = None
    peak_bytes: int | None = None


def execute(job: Job, guests: Guests) -> Transcript:
    """Run the cells, then ask the probes.

    Whatever a student's code does ends up in the transcript. Raises `GuestFailed` if no guest can
    be started.
    """
    careful = False  # and whatever goes wrong is then the notebook's own doing
    began = time.monotonic()
    kernel = kernel_of(job.notebook)
    costly: dict[int, CellRun] = {}
    notes: tuple[Problem, ...] = ()
    if kernel is not None:
        job, costly, notes = unprobed(job)
    peak = 0
    restarts = 0
    while True:
        try:
            run = _run_once(job, costly, guests, careful, kernel)
        except KernelUnavailable as unavailable:
            run = _Run(problems=[no_kernel(unavailable)])
            costly = dict.fromkeys(_code_cells(job), CellRun("skipped", detail=str(unavailable)))
            break
        except GuestFailed:
            if careful:
                raise
            careful = True
            continue
        peak = max(peak, run.peak_bytes or 0)
        if not careful and (_sudden_death(run) or _answers_are_missing(job, run)):
            careful = True
            continue
        if run.loss is None:
            break
        if run.at is not None:
            costly[run.at] = _lost_cell(run.loss)
        if run.at is None or run.loss.how == "garbled" or restarts == job.limits.restarts:
            run.problems.append(_given_up(run.loss))
            break
        restarts += 1
    cells = {i: (run.cells | costly).get(i, _NOT_REACHED) for i in _code_cells(job)}
    return Transcript(
        job=job.id,
        cells=cells,
        answers=run.answers,
        rung=guests.isolation.name,
        restarts=restarts,
        seconds=time.monotonic() - began,
        memory_bytes=peak or None,
        problems=(*notes, *_cell_problems(cells, run.cut), *run.problems),
    )


# -- one run ---------------------------------------------------------------------------------


def _run_once(
    job: Job,
    without: Mapping[int, CellRun],
    guests: Guests,
    careful: bool,
    kernel: str | None,
) -> _Run:
    task = _task(job, without, guests, careful)
    run = _Run()
    if sum(map(len, task.sources.values())) > _MOST_CODE:
        run.problems.append(_TOO_MUCH_CODE)
        return run
    with guests.guest(job.limits, job.files, kernel) as conversation:
        try:
            left_out = conversation.begin(task)
        except GuestLost as loss:
            raise GuestFailed(f"{loss}. {conversation.process.last_words()}") from None
        if left_out:
            run.problems.append(_files_left_out(left_out))
        _run_cells(task, conversation, run)
        if run.loss is None:
            _ask(job, conversation, run)
        run.peak_bytes = conversation.peak_bytes
    return run


def _run_cells(task: Task, conversation: Conversation, run: _Run) -> None:
    try:
        for report in conversation.cells(task):
            run.cells[report.index] = report.run
            (run.cut.add if report.cut else run.cut.discard)(report.index)
    except GuestLost as loss:
        due = [index for index in task.sources if index not in run.cells]
        run.loss = loss
        run.at = due[0] if due else max(task.sources, default=None)


def _ask(job: Job, conversation: Conversation, run: _Run) -> None:
    """Ask all probes whose cell was reached. A guest that is lost now costs those that are left.

    In the order of the job, which has those without hidden inputs first.
    """
    for index, probes in job.probes.items():
        if index not in run.cells:
            continue
        try:
            run.answers[index] = conversation.ask(index, probes)
        except GuestLost:
            run.problems.append(_unanswered())
            return


def _sudden_death(run: _Run) -> bool:
    """Whether the guest may have been killed from outside."""
    return run.loss is not None and run.loss.why == _KILLED


def _answers_are_missing(job: Job, run: _Run) -> bool:
    """Whether all cells were run, and some process did not answer all that it was asked."""
    if run.loss is not None:
        return False
    asked = (index for index, cell in run.cells.items() if cell.detail == PROBED)
    return any(len(run.answers.get(index, ())) < len(job.probes[index]) for index in asked)


def _task(job: Job, without: Mapping[int, CellRun], guests: Guests, careful: bool) -> Task:
    code, limits = _code_cells(job), job.limits
    return Task(
        sources={index: source for index, source in code.items() if index not in without},
        numbers={index: number for number, index in enumerate(code, 1)},
        snapshots={
            index: tuple(sorted({name for probe in probes for name in probe.used}))
            for index, probes in job.probes.items()
        },
        careful=careful,
        cell_seconds=limits.cell_seconds,
        notebook_seconds=limits.notebook_seconds,
        memory_bytes=limits.memory_bytes + (_MAPPED_BY_DRIVER if guests.equipment.gpu else 0),
        output_bytes_per_cell=limits.output_bytes_per_cell,
        output_bytes=limits.output_bytes,
        file_bytes=limits.file_bytes,
        processes=limits.processes if guests.isolation.counts_processes else None,
    )


def _code_cells(job: Job) -> dict[int, str]:
    """The sources of the code cells by index; what is no Unicode in them cannot be sent."""
    return {
        index: str(cell.source).encode("utf-8", "replace").decode("utf-8")
        for index, cell in enumerate(job.notebook.cells)
        if cell.cell_type == "code"
    }


# -- what is said about it -------------------------------------------------------------------

_NOT_REACHED = CellRun("skipped", detail="the run ended before this cell")
_TOO_MUCH_CODE = Problem(
    "too much code",
    f"The notebook's code cells hold more than {_MOST_CODE >> 20} MiB of text and were not run.",
    "Put data into a file, not into the code.",
)


def _lost_cell(loss: GuestLost) -> CellRun:
    """A cell that cost the guest its life.

    Its outputs are lost with it; the notebook's reader sees in their place what became of it.
    """
    timeout = loss.how == "timeout"
    why = "it wrote into the line to the grader" if loss.how == "garbled" else loss.why
    output = {
        "output_type": "error",
        "ename": "CellTimeout" if timeout else "CellDied",
        "evalue": why,
        "traceback": [f"This cell ended the notebook's process: {why}."],
    }
    return CellRun("timeout" if timeout else "died", (output,), detail=why)


def _cell_problems(cells: Mapping[int, CellRun], cut: set[int]) -> Iterator[Problem]:
    for number, (index, run) in enumerate(cells.items(), 1):
        if run.outcome == "timeout":
            yield Problem(
                "timeout",
                f"Code cell {number} took too long: {run.detail}.",
                "Look for a loop that does not end, or make the work smaller.",
            )
        if run.outcome == "died":
            yield Problem(
                "died",
                f"Code cell {number} ended the notebook's process: {run.detail}.",
                "Remove what ends or overloads the process.",
            )
        if index in cut:
            yield Problem(
                "output",
                f"Code cell {number} showed too much; only the beginning was kept.",
                "Print less: a few lines say more than a million.",
            )
    missed = [n for n, run in enumerate(cells.values(), 1) if run is _NOT_REACHED]
    if missed:
        yield Problem(
            "not reached",
            f"Code cell {missed[0]} and those after it were not run: the run had ended before.",
            "Make the cells before it faster, or remove what stopped them.",
        )


def _given_up(loss: GuestLost) -> Problem:
    if loss.how == "garbled":
        return Problem(
            "garbled",
            "The notebook's process wrote into the line to the grader, and was stopped.",
            "Remove what writes to file descriptors that the notebook has not opened.",
        )
    return Problem(
        "given up",
        f"The notebook ended its process again and again, the last time so: {loss.why}.",
        "Run all cells from the top in a fresh kernel, and mend those that end it.",
    )


def _unanswered() -> Problem:
    """Say it in the same words always: how the guest was lost could tell what it was asked."""
    return Problem(
        "unanswered",
        "The notebook's process was lost while its functions were tried.",
        "Functions must not end, replace or write to the process that they run in.",
    )


def with_files_left_out(transcript: Transcript, names: list[str]) -> Transcript:
    """The transcript, which says so if files did not lie beside the notebook when it ran."""
    if not names:
        return transcript
    return replace(transcript, problems=(*transcript.problems, _files_left_out(names)))


def _files_left_out(names: list[str]) -> Problem:
    return Problem(
        "files",
        f"Not all files beside the notebook could be used: {', '.join(names)}.",
        "Hand in regular files, no links, and less of them if they are large.",
    )
