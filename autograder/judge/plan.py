"""Decide what a notebook is asked: the probes of each protected cell, as a Job for the guest.

Probes are made here, in the grader's own process and before the guest starts.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.exercises.exercise import Assignment
from autograder.records import Job, Limits, Rebuilt
from course_lib.checks.probe import Get, Probe, Read
from course_lib.checks.table import Table


def plan(
    rebuilt: Rebuilt,
    assignment: Assignment | None,
    tables: Mapping[str, Table],
    limits: Limits,
    files: Path | None = None,
) -> Job:
    """Make the job of a rebuilt notebook.

    An exercise is probed where its protected cell stands. Questions are read at the very end, from
    an empty cell that is appended to the job's notebook, which shares all others with the rebuilt
    one: an answer may be changed until then. They are asked first: feedback quotes an answer, and a
    process that has heard hidden inputs could answer with these. `assignment` is None for a course
    without protected cells.
    """
    notebook = NotebookNode(rebuilt.notebook, cells=list(rebuilt.notebook.cells))
    probes: dict[int, tuple[Probe, ...]] = {}
    questions = [each for each in assignment.questions if each.automatic] if assignment else []
    if questions:
        probes[len(notebook.cells)] = question_probes(tuple(each.variable for each in questions))
        notebook.cells.append(nbformat.v4.new_code_cell(""))
    exercises = {each.graded_cell: each for each in assignment.exercises} if assignment else {}
    for index, cell in enumerate(notebook.cells):
        exercise = exercises.get(grade_id(cell))
        if exercise:
            probes[index] = tables[exercise.id].probes
    submission = rebuilt.submission
    return Job(
        f"{submission.student}/{submission.assignment}/{submission.name}",
        notebook,
        probes,
        _widened(limits, assignment),
        files,
    )


def _widened(limits: Limits, assignment: Assignment | None) -> Limits:
    """The course's limits, and more time where the assignment needs it."""
    if assignment is None:
        return limits
    return replace(
        limits,
        cell_seconds=max(limits.cell_seconds, assignment.cell_seconds),
        notebook_seconds=max(limits.notebook_seconds, assignment.notebook_seconds),
    )


def grade_id(cell: NotebookNode) -> str:
    """The cell's nbgrader id, or ""."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


@functools.cache
def question_probes(variables: tuple[str, ...]) -> tuple[Probe, ...]:
    """Read variables of the notebook; the same tuple for every submission, to be packed once."""
    return tuple(
        Probe(variable, (Get("answer", variable), Read("answer", "answer")))
        for variable in variables
    )
