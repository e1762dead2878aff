"""Flow 1 for one submission: intake, rebuild, execute, judge."""

from __future__ import annotations

import time
from pathlib import Path

from autograder.engine.annotate import annotate
from autograder.engine.beside import files_beside
from autograder.engine.execute import with_files_left_out
from autograder.engine.kit import Kit
from autograder.errors import UsageError
from autograder.judge.plan import plan
from autograder.judge.verdict import judge, nothing
from autograder.records import NotebookResult, Result
from autograder.submission import intake
from autograder.submission.rebuild import rebuild


def grade(kit: Kit, student: str, folder: Path) -> Result:
    """Grade what `student` handed in, the notebooks that lie in `folder`.

    Never raises on account of the submission. A failure of the grader itself is reported in
    `Result.error`, so that it costs nobody else. Raises `UsageError` for what would cost everybody.
    """
    start = time.perf_counter()
    try:
        notebooks = tuple(_notebook(kit, student, folder, name) for name in kit.releases)
        error = ""
    except UsageError:
        raise
    except Exception as failure:  # one submission must never stop the others
        notebooks, error = (), f"{type(failure).__name__}: {failure}"
    return Result(
        student,
        kit.assignment_id,
        notebooks,
        error=error,
        seconds=time.perf_counter() - start,
    )


def _notebook(kit: Kit, student: str, folder: Path, name: str) -> NotebookResult:
    start = time.perf_counter()
    path = folder / f"{name}.ipynb"
    submission = intake.read(path, student=student, assignment=kit.assignment_id, name=name)
    rebuilt = rebuild(kit.releases[name], submission)
    if submission.notebook is None:
        verdict = nothing(rebuilt, kit.assignment)
        return NotebookResult(name, rebuilt.notebook, verdict, False, digest=submission.digest)
    with files_beside(folder, kit.own_files) as (files, left_out):
        job = plan(rebuilt, kit.assignment, kit.tables, kit.limits, files=files)
        transcript = kit.runner.execute(job)
    transcript = with_files_left_out(transcript, left_out)
    verdict = judge(
        kit.assignment, kit.tables, rebuilt, job, transcript, stderr_fails=kit.stderr_fails
    )
    return NotebookResult(
        name,
        annotate(rebuilt, transcript, verdict, kit.tables),
        verdict,
        graded=True,
        rung=transcript.rung,
        seconds=time.perf_counter() - start,
        memory_bytes=transcript.memory_bytes,
        digest=submission.digest,
    )
