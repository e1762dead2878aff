"""What to tell about how the cells of a submission were found: for the student, and for a reader.

Only the release's own names are quoted, never the student's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nbformat import NotebookNode

from autograder.records import Problem
from autograder.submission.match import Matching, Sighting, label_of
from autograder.submission.release_notebook import Release

_FROM_THE_RELEASE = (
    "Start from the assignment as it was handed out, and write in the cells that are there."
)
_ONE_CELL_EACH = "Keep each answer in its own cell, with its marker line (@answer ...) on top."


def remarks(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> tuple[Problem, ...]:
    """All that was unusual, none of it fatal."""
    return (
        *_lost_metadata(release, cells, matching),
        *_contradictions(matching),
        *_repeated(release, matching),
        *_guessed(matching),
        *_elsewhere(matching),
        *_missing(release, matching),
        *_edited(release, cells, matching),
        *_changed_type(release, cells, matching),
        *_changed_settings(release, cells, matching),
    )


def _lost_metadata(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> Iterable[Problem]:
    lost = [
        each.grade_id
        for each in matching.matches
        if each.how in ("checksum", "marker") and each.certain
    ]
    if lost:
        yield Problem(
            "lost_metadata",
            f"The grading information of {_cells(lost)} was gone; it was recognised "
            "by its marker line or its text, and costs you nothing.",
            "Some editors drop it, and so does retyping a cell: leave the marker lines "
            "(@answer ...) as they are.",
        )


def _contradictions(matching: Matching) -> Iterable[Problem]:
    for seen in matching.sightings:
        if seen.overruled and seen.index not in matching.left_out:
            yield Problem(
                "contradiction",
                f"Cell {seen.index + 1} is labelled {seen.overruled}, but its text is that of "
                f"{seen.grade_id}; it was taken as {seen.grade_id}, and a person will look at it.",
                _ONE_CELL_EACH,
            )


def _repeated(release: Release, matching: Matching) -> Iterable[Problem]:
    for answer in release.answers:
        seen = [s for s in matching.sightings if s.grade_id == answer.grade_id and s.speaks]
        if len(seen) > 1:
            yield Problem(
                "repeated_answer",
                f"The answer {answer.grade_id} is in {len(seen)} cells ({_numbers(seen)}); they "
                "were run in order, and the last one that you worked on counts.",
                "Keep one cell for each answer.",
            )


def _guessed(matching: Matching) -> Iterable[Problem]:
    for grade_id in sorted(matching.guessed):
        yield Problem(
            "guessed_answer",
            f"Cell {matching.holders[grade_id] + 1} was taken as the answer {grade_id} because it "
            "looks like it; nothing in it says so, and a person will look at it.",
            _ONE_CELL_EACH,
        )


def _elsewhere(matching: Matching) -> Iterable[Problem]:
    for grade_id in sorted(matching.elsewhere):
        where = ", ".join(str(index + 1) for index in matching.answering[grade_id])
        yield Problem(
            "answer_elsewhere",
            f"The answer {grade_id} is not in its own cell but in that of something else (cell "
            f"{where}); it was graded from there, and a person will look at it.",
            _ONE_CELL_EACH,
        )


def _missing(release: Release, matching: Matching) -> Iterable[Problem]:
    for role, what in (("answer", "answer"), ("locked", "protected")):
        lost = [
            each.grade_id
            for each in matching.matches
            if each.how == "missing"
            and release.by_id[each.grade_id].role == role
            and each.grade_id not in matching.elsewhere
        ]
        if lost:
            yield Problem(
                f"missing_{role}",
                f"Not in the notebook, and put back as handed out: {what} {_cells(lost)}.",
                _FROM_THE_RELEASE,
            )


def _edited(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> Iterable[Problem]:
    edited = [
        each.grade_id
        for each in release.locked
        if each.grade_id in matching.holders
        and not release.is_as_released(each.grade_id, cells[matching.holders[each.grade_id]].source)
    ]
    if edited:
        yield Problem(
            "edited_locked",
            f"Changed, although protected: {_cells(edited)}. The original was put back; your "
            "version ran before it as an ordinary cell.",
            "Write in the answer cells, or add cells of your own.",
        )


def _changed_type(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> Iterable[Problem]:
    for grade_id, index in matching.holders.items():
        wanted, given = release.by_id[grade_id].cell.cell_type, cells[index].cell_type
        if given != wanted:
            yield Problem(
                "changed_type",
                f"Cell {index + 1} ({grade_id}) had become a {given} cell; it was graded as the "
                f"{wanted} cell that it was.",
                f"In Jupyter the keys {'Esc, Y' if wanted == 'code' else 'Esc, M'} change it back.",
            )


def _changed_settings(
    release: Release, cells: Sequence[NotebookNode], matching: Matching
) -> Iterable[Problem]:
    changed = [
        grade_id
        for grade_id, index in matching.holders.items()
        if _settings_differ(release, grade_id, cells[index])
    ]
    if changed:
        yield Problem(
            "changed_settings",
            f"The grading settings (points, flags or tags) of {_cells(changed)} had been changed; "
            "those of the assignment were used.",
            "Leave the metadata of graded cells as they are.",
        )


def _settings_differ(release: Release, grade_id: str, cell: NotebookNode) -> bool:
    released = release.by_id[grade_id].cell.metadata
    tags = cell.metadata.get("tags", [])
    if isinstance(tags, list) and any(tag not in released.get("tags", []) for tag in tags):
        return True
    if label_of(release, cell) != grade_id:
        return False
    mine: Mapping[str, object] = cell.metadata["nbgrader"]
    return any(
        key in mine and mine[key] != released.nbgrader.get(key)
        for key in ("grade", "solution", "locked", "points")
    )


def _cells(grade_ids: Sequence[str]) -> str:
    return f"cell {grade_ids[0]}" if len(grade_ids) == 1 else f"cells {', '.join(grade_ids)}"


def _numbers(seen: Iterable[Sighting]) -> str:
    return ", ".join(str(each.index + 1) for each in seen)
