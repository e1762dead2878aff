"""The gradebook's rows of one submission, in few statements.

The tables are nbgrader's. Its objects are left aside, as to load and track them takes much longer
than to write the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from nbgrader import api
from nbgrader.utils import compute_checksum
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from autograder.records import NotebookResult, Result

_Cells: TypeAlias = Mapping[str, str]  # id in the gradebook -> grade_id


@dataclass(frozen=True)
class MasterNotebook:
    """A notebook of a release, with the cells that have a grade and those that have a comment."""

    id: str
    name: str
    graded: _Cells
    commented: _Cells


@dataclass(frozen=True)
class Master:
    """An assignment as it was released."""

    id: str
    duedate: datetime | None
    notebooks: tuple[MasterNotebook, ...]


def master(db: Session, name: str) -> Master:
    """What the gradebook knows of an assignment. Raises `NoResultFound`."""
    assignment = db.scalars(select(api.Assignment).where(api.Assignment.name == name)).one()
    notebooks = tuple(
        MasterNotebook(
            each.id,
            each.name,
            _cells(each, api.GradeCell | api.TaskCell),
            _cells(each, api.SolutionCell | api.TaskCell),
        )
        for each in assignment.notebooks
    )
    return Master(assignment.id, assignment.duedate, notebooks)


def _cells(notebook: api.Notebook, kinds: Any) -> _Cells:
    return {cell.id: cell.name for cell in notebook._base_cells if isinstance(cell, kinds)}


def write(db: Session, master: Master, result: Result) -> str:
    """Write what a submission got; returns the id of its row.

    Rows that are there are updated, others made. Scores and comments given by hand stay.
    """
    submission, is_new = _submission(db, master, result)
    by_name = {each.name: each for each in result.notebooks}
    there = {} if is_new else _notebooks(db, submission)
    for each in master.notebooks:
        notebook = there.get(each.id)
        if notebook is None:
            notebook = api.new_uuid()
            row = {"id": notebook, "assignment_id": submission, "notebook_id": each.id}
            db.execute(insert(api.SubmittedNotebook), [row])
        submitted = _Submitted(db, notebook, is_new=each.id not in there)
        submitted.write_grades(each.graded, by_name.get(each.name))
        submitted.write_comments(each.commented, by_name.get(each.name))
    return submission


def _submission(db: Session, master: Master, result: Result) -> tuple[str, bool]:
    """The id of the submission's row, and whether it is new; the student's is made if need be."""
    of_assignment = (api.SubmittedAssignment.student_id == api.Student.id) & (
        api.SubmittedAssignment.assignment_id == master.id
    )
    student = db.execute(
        select(api.Student.id, api.SubmittedAssignment.id)
        .outerjoin(api.SubmittedAssignment, of_assignment)
        .where(api.Student.id == result.student)
    ).one_or_none()
    if student is None:
        db.execute(insert(api.Student), [{"id": result.student}])
    when = {} if result.timestamp is None else {"timestamp": result.timestamp}
    if student is not None and student[1] is not None:
        if when:
            db.execute(update(api.SubmittedAssignment), [{"id": student[1], **when}])
        return student[1], False
    new = {"id": api.new_uuid(), "assignment_id": master.id, "student_id": result.student}
    db.execute(insert(api.SubmittedAssignment), [new | when])
    return new["id"], True


def _notebooks(db: Session, submission: str) -> dict[str, str]:
    """The rows of a submission's notebooks, by the master notebook; none of them is late yet."""
    of_submission = api.SubmittedNotebook.assignment_id == submission
    no_penalty = update(api.SubmittedNotebook).values(late_submission_penalty=None)
    db.execute(no_penalty.where(of_submission))
    columns = select(api.SubmittedNotebook.notebook_id, api.SubmittedNotebook.id)
    return {row.notebook_id: row.id for row in db.execute(columns.where(of_submission))}


@dataclass(frozen=True)
class _Submitted:
    """The row `id` of a submitted notebook."""

    db: Session
    id: str
    is_new: bool

    def write_grades(self, cells: _Cells, result: NotebookResult | None) -> None:
        """Every graded cell gets a score, or waits for a reader; none keeps an earlier run's.

        A notebook that is missing, or that nobody can read, scores 0 and needs no reader. A score
        that was given by hand stays, and the cell is shown to its giver again.
        """
        if result is not None and result.graded:
            points = {each.grade_id: each.points for each in result.verdict.cells}
        else:
            points = dict.fromkeys(cells.values(), 0.0)
        there = self._there(api.Grade, api.Grade.manual_score)
        by_hand = {cell for cell, (_, score) in there.items() if score is not None}
        scores = {cell: points.get(name) for cell, name in cells.items()}
        self._save(
            api.Grade,
            there,
            {
                cell: {
                    "auto_score": score,
                    "needs_manual_grade": score is None or cell in by_hand,
                }
                for cell, score in scores.items()
            },
        )

    def write_comments(self, cells: _Cells, result: NotebookResult | None) -> None:
        """What formgrader and feedback show beside an answer; comments by hand are not touched."""
        if result is not None and not result.graded:
            problems = result.verdict.problems
            notice = " ".join(f"{each.says} {each.advice}".strip() for each in problems)
            said = dict.fromkeys(cells.values(), notice)
        else:
            said = _comments(result) if result else {}
        there = self._there(api.Comment)
        texts = {cell: said.get(name) or None for cell, name in cells.items()}
        self._save(
            api.Comment,
            there,
            {
                cell: {"auto_comment": text and text.encode("utf-8", "replace").decode()}
                for cell, text in texts.items()
            },
        )

    def _there(self, kind: Any, *more: Any) -> dict[str, tuple[Any, ...]]:
        """By cell, the ids of the notebook's rows of a kind, with the columns `more`."""
        if self.is_new:
            return {}
        rows = self.db.execute(
            select(kind.cell_id, kind.id, *more).where(kind.notebook_id == self.id)
        )
        return {cell: tuple(rest) for cell, *rest in rows}

    def _save(
        self,
        kind: Any,
        there: Mapping[str, tuple[Any, ...]],
        values: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """Set a row's values for each cell, all in one go. Rows of other cells are left alone."""
        new = [
            {"notebook_id": self.id, "cell_id": cell, **row}
            for cell, row in values.items()
            if cell not in there
        ]
        old = [{"id": there[cell][0], **row} for cell, row in values.items() if cell in there]
        if new:
            self.db.execute(insert(kind), new)
        if old:
            self.db.execute(update(kind), old)


def _comments(result: NotebookResult) -> dict[str, str]:
    """On questions what the judge says; on answers that are as released what nbgrader says."""
    said = {each.grade_id: each.question.says for each in result.verdict.cells if each.question}
    for cell in result.notebook.cells:
        ours = cell.metadata.get("nbgrader", {})
        if ours.get("solution") and ours.get("checksum") == compute_checksum(cell):
            said[ours["grade_id"]] = "No response."
    return said
