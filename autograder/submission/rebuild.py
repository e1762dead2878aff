"""Rebuild the instructor's release with the student's cells in it.

The student's order is kept, and every cell of the student's runs, so that what is graded is what
'restart and run all' ran. What the course vouches for comes from the release: tests and locked
cells with their full sources, the settings of graded cells, the metadata of the notebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.records import Match, Rebuilt, Submission
from autograder.submission.cell_ids import unique_ids
from autograder.submission.language import other_language
from autograder.submission.match import Matching, match
from autograder.submission.release_notebook import Release, ReleasedCell
from autograder.submission.remarks import remarks


@dataclass(frozen=True)
class Piece:
    """A cell of the result.

    `grade_id` is "" for a plain cell. `place`: where in the release the cell that it is, or is an
    edit of, stands; None for the student's own. `answers`: the answers that it works on.
    """

    cell: NotebookNode
    grade_id: str = ""
    place: int | None = None
    answers: frozenset[str] = frozenset()


def rebuild(release: Release, submission: Submission) -> Rebuilt:
    """The release with the submission's cells in it; a valid notebook of format 4.5.

    Pure: neither argument is changed, and the result shares no cell with them. Where nothing could
    be read the result is the release under a notice.
    """
    if submission.notebook is None:
        return _unread(release, submission)
    cells = submission.notebook.cells
    spoken = other_language(release.notebook.metadata, submission.notebook.metadata)
    matching = match(release, cells)
    pieces = _students_order(release, cells, matching)
    pieces = _with_missing(release, pieces)
    pieces = _tests_after_answers(release, pieces)
    return Rebuilt(
        submission=submission,
        notebook=_notebook(release, [piece.cell for piece in pieces]),
        matches=matching.matches,
        untouched=matching.untouched,
        problems=(*submission.problems, *spoken, *remarks(release, cells, matching)),
    )


# -- steps -----------------------------------------------------------------------------------


def _students_order(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> list[Piece]:
    """The student's cells as they come, each as what it is."""
    held = {index: grade_id for grade_id, index in matching.holders.items()}
    pieces: list[Piece] = []
    for index, cell in enumerate(cells):
        answers = frozenset(
            grade_id for grade_id, indices in matching.answering.items() if index in indices
        )
        released = release.by_id.get(held.get(index, ""))
        if released is not None and released.role == "answer":
            pieces.append(_piece(released, _answered(release, released, cell), answers))
        elif released is not None:
            if not release.is_as_released(released.grade_id, cell.source):
                pieces.append(Piece(_plain(cell), answers=answers))  # what the student made of it
            pieces.append(_piece(released, release.fresh(released)))
        elif index not in matching.left_out:
            place = matching.plain.get(index)
            pieces.append(Piece(_own_or_released(release, place, cell), "", place, answers))
    return pieces


def _with_missing(release: Release, pieces: list[Piece]) -> list[Piece]:
    """With the answers and locked cells that the student's notebook lacks."""
    pieces = list(pieces)
    there = {piece.grade_id for piece in pieces}
    for released in release.protected:
        if released.grade_id not in there:
            piece = _piece(released, release.fresh(released))
            pieces.insert(_where(released, pieces), piece)
    return pieces


def _where(released: ReleasedCell, pieces: Sequence[Piece]) -> int:
    """Where a missing cell goes: after the cell that precedes it in the release."""
    for index, piece in enumerate(pieces):
        if released.grade_id in piece.answers:
            return index  # before the cell that holds this answer too: a stub must not overwrite it
    earlier = [
        (piece.place, index)
        for index, piece in enumerate(pieces)
        if piece.place is not None and piece.place < released.place
    ]
    index = max(earlier)[1] + 1 if earlier else 0
    if released.role == "locked" and released.graded:
        # The student's own cells that follow the answer are part of it: helpers, imports.
        while index < len(pieces) and pieces[index].place is None:
            index += 1
    return index


def _tests_after_answers(release: Release, pieces: list[Piece]) -> list[Piece]:
    """With no graded test before the last cell that works on an answer that it tests."""
    pieces = list(pieces)
    for test, answers in reversed(list(release.tests())):
        at = next(i for i, piece in enumerate(pieces) if piece.grade_id == test.grade_id)
        working = [i for i, piece in enumerate(pieces) if piece.answers & answers]
        if working and at < working[-1]:
            pieces.insert(working[-1], pieces.pop(at))
    return pieces


def _notebook(release: Release, cells: list[NotebookNode]) -> NotebookNode:
    for cell, cell_id in zip(cells, unique_ids(cell.get("id") for cell in cells), strict=True):
        cell["id"] = cell_id
    return NotebookNode(
        nbformat=4,
        nbformat_minor=5,
        metadata=deepcopy(release.notebook.metadata),
        cells=cells,
    )


# -- cells -----------------------------------------------------------------------------------


def _piece(
    released: ReleasedCell, cell: NotebookNode, answers: frozenset[str] = frozenset()
) -> Piece:
    own = {released.grade_id} if released.role == "answer" else set()
    return Piece(cell, released.grade_id, released.place, answers | own)


def _answered(release: Release, released: ReleasedCell, cell: NotebookNode) -> NotebookNode:
    """The released cell with the student's text."""
    answered = release.fresh(released)
    answered.source = cell.source
    answered.pop("attachments", None)
    if answered.cell_type != "code" and "attachments" in cell:
        answered.attachments = deepcopy(cell.attachments)
    return answered


def _own_or_released(release: Release, place: int | None, cell: NotebookNode) -> NotebookNode:
    if place is not None and release.cells[place].is_untouched(cell.source):
        return release.fresh(release.cells[place])
    return _plain(cell)


def _plain(cell: NotebookNode) -> NotebookNode:
    """The student's cell with nothing but its text: no tag of its can say what runs or counts."""
    plain = NotebookNode(
        cell_type=cell.cell_type,
        id=cell.get("id"),
        metadata=NotebookNode(),
        source=cell.source,
    )
    if cell.cell_type == "code":
        plain.outputs, plain.execution_count = [], None
    elif "attachments" in cell:
        plain.attachments = deepcopy(cell.attachments)
    return plain


# -- nothing could be read -------------------------------------------------------------------


def _unread(release: Release, submission: Submission) -> Rebuilt:
    cells = [release.fresh(each) for each in release.cells]
    return Rebuilt(
        submission=submission,
        notebook=_notebook(release, [_notice(submission), *cells]),
        matches=tuple(Match(each.grade_id, "missing") for each in release.protected),
        untouched=frozenset(each.grade_id for each in release.answers),
        problems=submission.problems,
    )


def _notice(submission: Submission) -> NotebookNode:
    lines = ["**This submission could not be read; what follows is the untouched assignment.**"]
    for problem in submission.problems:
        lines.append(f"{problem.says} {problem.advice}".strip())
    return NotebookNode(
        cell_type="markdown", id="notice", metadata=NotebookNode(), source="\n\n".join(lines)
    )
