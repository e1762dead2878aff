"""Judge a transcript: all grades of one notebook.

A pure function of the tables (with their hidden cases), the questions' keys, the rebuilt notebook,
the job and what the guest answered. It runs in the grader's own process, which student code never
enters.
"""

from __future__ import annotations

from collections.abc import Mapping

from nbformat import NotebookNode
from nbgrader import utils as nbgrader_utils

from autograder.exercises.exercise import Assignment, Exercise, Question
from autograder.judge import classic, questions
from autograder.judge.plan import grade_id
from autograder.records import CellVerdict, Job, QuestionVerdict, Rebuilt, Transcript, Verdict
from course_lib.checks.assess import assess
from course_lib.checks.report import headline
from course_lib.checks.table import Table


def judge(
    assignment: Assignment | None,
    tables: Mapping[str, Table],
    rebuilt: Rebuilt,
    job: Job,
    transcript: Transcript,
) -> Verdict:
    """Grade every graded cell of the rebuilt notebook, in its order."""
    exercises = {each.graded_cell: each for each in assignment.exercises} if assignment else {}
    asked = {each.id: each for each in assignment.questions if each.automatic} if assignment else {}
    verdicts = []
    for index, cell in enumerate(rebuilt.notebook.cells):
        id = grade_id(cell)
        if not (nbgrader_utils.is_grade(cell) or nbgrader_utils.is_task(cell)):
            continue
        if id in exercises:
            verdicts.append(_exercise(exercises[id], tables, cell, index, transcript))
        elif id in asked:
            verdicts.append(_question(asked[id], job, transcript))
        elif nbgrader_utils.is_solution(cell) or nbgrader_utils.is_task(cell):
            verdicts.append(_manual(cell, id in rebuilt.untouched))
        else:
            points, why = classic.score(cell, transcript.cells.get(index))
            verdicts.append(CellVerdict(id, points, _most(cell), "classic", reason=why))
    return Verdict(tuple(verdicts), rebuilt.problems + transcript.problems)


def nothing(rebuilt: Rebuilt) -> Verdict:
    """Give 0 for every graded cell: for what could not be read."""
    verdicts = [
        CellVerdict(grade_id(cell), 0.0, _most(cell), "classic", reason="nothing could be read")
        for cell in rebuilt.notebook.cells
        if nbgrader_utils.is_grade(cell) or nbgrader_utils.is_task(cell)
    ]
    return Verdict(tuple(verdicts), rebuilt.problems)


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
