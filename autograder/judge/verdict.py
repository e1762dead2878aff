"""Judge a transcript: all grades of one notebook.

A pure function of the tables (with their hidden cases), the questions' keys, the rebuilt notebook,
the job and what the guest answered. It runs in the grader's own process, which student code never
enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from nbformat import NotebookNode
from nbgrader import utils as nbgrader_utils

from autograder.exercises.exercise import Assignment, Exercise, Question
from autograder.judge import classic, questions
from autograder.judge.plan import grade_id
from autograder.records import CellVerdict, Job, QuestionVerdict, Rebuilt, Transcript, Verdict
from course_lib.checks.assess import assess
from course_lib.checks.report import headline
from course_lib.checks.table import Table

_Kind: TypeAlias = Literal["exercise", "question", "classic", "manual"]


def judge(
    assignment: Assignment | None,
    tables: Mapping[str, Table],
    rebuilt: Rebuilt,
    job: Job,
    transcript: Transcript,
    *,
    stderr_fails: bool = False,
) -> Verdict:
    """Grade every graded cell of the rebuilt notebook, in its order.

    `stderr_fails`: whether a classic test that writes to stderr scores 0, as in nbgrader.
    """
    exercises, asked = _exercises(assignment), _questions(assignment)
    verdicts = []
    for index, cell in enumerate(rebuilt.notebook.cells):
        id = grade_id(cell)
        match _kind(cell, assignment):
            case "exercise":
                verdicts.append(_exercise(exercises[id], tables, cell, index, transcript))
            case "question":
                verdicts.append(_question(asked[id], job, transcript))
            case "manual":
                verdicts.append(_manual(cell, id in rebuilt.untouched))
            case "classic":
                run = transcript.cells.get(index)
                points, why = classic.score(cell, run, stderr_fails=stderr_fails)
                verdicts.append(CellVerdict(id, points, _most(cell), "classic", reason=why))
    return Verdict(tuple(verdicts), rebuilt.problems + transcript.problems)


def nothing(rebuilt: Rebuilt, assignment: Assignment | None = None) -> Verdict:
    """Give 0 for every graded cell: for what could not be read."""
    verdicts = [
        CellVerdict(grade_id(cell), 0.0, _most(cell), kind, reason="nothing could be read")
        for cell in rebuilt.notebook.cells
        if (kind := _kind(cell, assignment))
    ]
    return Verdict(tuple(verdicts), rebuilt.problems)


def _exercises(assignment: Assignment | None) -> dict[str, Exercise]:
    """By the grade_id of the protected cell."""
    return {each.graded_cell: each for each in assignment.exercises} if assignment else {}


def _questions(assignment: Assignment | None) -> dict[str, Question]:
    """Those that need no reader."""
    return {each.id: each for each in assignment.questions if each.automatic} if assignment else {}


def _kind(cell: NotebookNode, assignment: Assignment | None) -> _Kind | None:
    """How a cell gets its points; None if it has none."""
    if not (nbgrader_utils.is_grade(cell) or nbgrader_utils.is_task(cell)):
        return None
    if grade_id(cell) in _exercises(assignment):
        return "exercise"
    if grade_id(cell) in _questions(assignment):
        return "question"
    tested = nbgrader_utils.is_grade(cell) and not nbgrader_utils.is_solution(cell)
    return "classic" if tested and cell.cell_type == "code" else "manual"


def _most(cell: NotebookNode) -> float:
    return float(cell.metadata["nbgrader"]["points"])


def _exercise(
    exercise: Exercise,
    tables: Mapping[str, Table],
    cell: NotebookNode,
    index: int,
    transcript: Transcript,
) -> CellVerdict:
    assessment = assess(tables[exercise.id], transcript.answers.get(index, {}))
    return CellVerdict(
        grade_id(cell),
        assessment.points,
        _most(cell),
        "exercise",
        assessment=assessment,
        reason=headline(assessment),
    )


def _question(question: Question, job: Job, transcript: Transcript) -> CellVerdict:
    """Questions are read in the job's last cell; a guest that never got there answered nothing."""
    answers = transcript.answers.get(len(job.notebook.cells) - 1, {})
    verdict: QuestionVerdict = questions.score(question, answers.get(question.variable))
    return CellVerdict(
        question.id,
        verdict.points,
        verdict.max_points,
        "question",
        question=verdict,
        reason=verdict.says,
    )


def _manual(cell: NotebookNode, untouched: bool) -> CellVerdict:
    if untouched:
        return CellVerdict(grade_id(cell), 0.0, _most(cell), "manual", reason="no response")
    return CellVerdict(grade_id(cell), None, _most(cell), "manual", reason="waits for a reader")
