"""The records of flow 1, in the order in which a submission becomes a grade.

Each is frozen, made by one step and read by the next: Submission (intake) -> Rebuilt (rebuild) ->
Job (engine) -> Transcript (sandboxed guest) -> Verdict (judge) -> Result (engine, for the record).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from nbformat import NotebookNode

from course_lib.checks.assess import Assessment
from course_lib.checks.probe import Answer, Probe

# -- intake ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    """Something that was wrong with what was handed in, and what to do about it.

    `fatal` means that nothing could be read. `says` and `advice` are for the student too: they
    carry no path of the grader's machine and nothing hidden.
    """

    kind: str
    says: str
    advice: str = ""
    fatal: bool = False


@dataclass(frozen=True)
class Submission:
    """One notebook of one student, as handed in. `notebook` is None if it could not be read."""

    student: str
    assignment: str
    name: str  # of the notebook, without .ipynb
    path: Path
    notebook: NotebookNode | None
    digest: str  # SHA-256 of the file's bytes; "" if none were read
    problems: tuple[Problem, ...] = ()
    timestamp: datetime | None = None


# -- rebuild ---------------------------------------------------------------------------------

How: TypeAlias = Literal["grade_id", "checksum", "marker", "likeness", "missing"]


@dataclass(frozen=True)
class Match:
    """How a cell of the release was found in the submission.

    `certain` is False where a human should look: a likeness, or text and metadata that contradict.
    """

    grade_id: str
    how: How
    certain: bool = True


@dataclass(frozen=True)
class Rebuilt:
    """The instructor's release with the student's cells in it, ready to run."""

    submission: Submission
    notebook: NotebookNode
    matches: tuple[Match, ...]
    untouched: frozenset[str]  # grade_ids of answer cells that are as released
    problems: tuple[Problem, ...] = ()  # all so far, the submission's first


# -- execute ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limits:
    """What a guest may use. Seconds of wall time; bytes."""

    cell_seconds: float = 30.0
    notebook_seconds: float = 300.0
    probe_seconds: float = 10.0
    memory_bytes: int = 4 << 30
    output_bytes_per_cell: int = 1 << 20
    output_bytes: int = 8 << 20
    file_bytes: int = 256 << 20
    processes: int = 256
    restarts: int = 3


@dataclass(frozen=True)
class Job:
    """What a guest is to do: run the cells in order, then answer the probes.

    `probes` maps a cell's index to the probes that are performed on the namespace as it was when
    that cell was reached (the cell itself is not run). Probes enter the guest only after its last
    output has left it, so no hidden input can appear in an output.
    """

    id: str  # student/assignment/notebook, for logs
    notebook: NotebookNode
    probes: Mapping[int, tuple[Probe, ...]]
    limits: Limits = Limits()
    files: Path | None = None  # the submission's other files, to be copied into its working folder


@dataclass(frozen=True)
class CellRun:
    """What became of one cell. Outputs are nbformat v4 outputs: a log for human eyes."""

    outcome: Literal["ok", "error", "timeout", "died", "skipped"]
    outputs: tuple[dict[str, Any], ...] = ()
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class Transcript:
    """What the guest did. `answers[cell][probe id]`; a probe that got none is absent."""

    job: str
    cells: Mapping[int, CellRun]
    answers: Mapping[int, Mapping[str, Answer]]
    rung: str  # how it was isolated
    restarts: int = 0
    seconds: float = 0.0
    memory_bytes: int | None = None
    problems: tuple[Problem, ...] = ()


# -- judge -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionVerdict:
    """A question's answer as read, and what it says about the student's ideas."""

    id: str
    answer: Any
    points: float
    max_points: float
    says: str = ""
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellVerdict:
    """The grade of one graded cell. `points` is None where a human has to read it."""

    grade_id: str
    points: float | None
    max_points: float
    kind: Literal["exercise", "question", "classic", "manual"]
    assessment: Assessment | None = None
    question: QuestionVerdict | None = None
    reason: str = ""  # one line for a human: why these points


@dataclass(frozen=True)
class Verdict:
    """All grades of one notebook. A pure function of tables, keys, Rebuilt, Job and Transcript."""

    cells: tuple[CellVerdict, ...]
    problems: tuple[Problem, ...] = ()  # all so far, for the student and for the report

    @property
    def points(self) -> float:
        """Automatic points."""
        return sum(cell.points or 0.0 for cell in self.cells)

    @property
    def max_points(self) -> float:
        return sum(cell.max_points for cell in self.cells)

    @property
    def waits_for_reader(self) -> tuple[str, ...]:
        return tuple(cell.grade_id for cell in self.cells if cell.points is None)


# -- result ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class NotebookResult:
    """One notebook, graded: what is written to the gradebook and to autograded/."""

    name: str
    notebook: NotebookNode
    verdict: Verdict
    graded: bool  # False: nothing could be read, and nothing was graded on merit
    rung: str = ""
    seconds: float = 0.0
    memory_bytes: int | None = None  # the most that one process of a guest held
    digest: str = ""

    @property
    def missing(self) -> bool:
        return any(each.kind == "missing" for each in self.verdict.problems if each.fatal)


@dataclass(frozen=True)
class Result:
    """One submission, graded."""

    student: str
    assignment: str
    notebooks: tuple[NotebookResult, ...]
    timestamp: datetime | None = None
    error: str = ""  # the grader's own failure, if it failed: never the student's fault
    seconds: float = 0.0

    @property
    def points(self) -> float:
        return sum(each.verdict.points for each in self.notebooks)

    @property
    def max_points(self) -> float:
        return sum(each.verdict.max_points for each in self.notebooks)

    @property
    def graded(self) -> bool:
        """Whether everything that was handed in could be read, and something was.

        A notebook that is not there scores 0, as in nbgrader, and is no failure beside another one.
        """
        there = [each for each in self.notebooks if not each.missing]
        return not self.error and bool(there) and all(each.graded for each in there)
