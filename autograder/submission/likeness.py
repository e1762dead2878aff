"""Guess which cell is an answer when nothing in it says so; every guess is for a human to see.

Three signs, the surest first: the cell binds a name that only this answer binds; its text is like
the released one; it stands where the answer stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from nbformat import NotebookNode
from rapidfuzz import fuzz, process

from autograder.submission.release_notebook import Release, ReleasedCell
from autograder.submission.source_text import normal, unmarked

# Percent. Below, an edited cell of the course is taken for one that the student added.
EDITED = 80.0
# Percent: so much of the released words has to be found again in the student's.
ALIKE = 75.0
# Characters: in a shorter released text there is too little to be like.
ENOUGH_TEXT = 40
# Characters that are compared, so that no notebook takes more than seconds.
COMPARED = 1000


def plain_places(
    release: Release, cells: Sequence[NotebookNode], sighted: Collection[int]
) -> dict[int, int]:
    """For each cell that is, or is an edit of, a plain cell of the release: the place of that."""
    exact = {normal(each.source): each.place for each in release.plain if normal(each.source)}
    texts = {each.place: each.source[:COMPARED] for each in release.plain if each.source.strip()}
    places: dict[int, int] = {}
    for index, cell in enumerate(cells):
        if index in sighted or not cell.source.strip():
            continue
        place = exact.get(normal(cell.source))
        if place is None:
            near = process.extractOne(
                cell.source[:COMPARED], texts, scorer=fuzz.ratio, score_cutoff=EDITED
            )
            place = near[2] if near else None
        if place is not None:
            places[index] = place
    return places


def by_text(
    answers: Iterable[ReleasedCell], cells: Sequence[NotebookNode], free: Collection[int]
) -> dict[str, int]:
    """Pair answers with free cells that hold much of their released text, the likest first."""
    texts = {index: normal(cells[index].source[:COMPARED]) for index in free}
    scores = []
    for answer in answers:
        released = normal(unmarked(answer.source)[:COMPARED])
        if len(released) < ENOUGH_TEXT:
            continue
        for index, text in texts.items():
            if cells[index].cell_type == answer.cell.cell_type:
                # Any part of the released text, however little, would be found in it whole.
                like = fuzz.token_set_ratio if len(text) >= len(released) else fuzz.ratio
                scores.append((like(released, text, score_cutoff=ALIKE), answer.grade_id, index))
    pairs: dict[str, int] = {}
    for score, grade_id, index in sorted(scores, key=lambda each: -each[0]):
        if score and grade_id not in pairs and index not in pairs.values():
            pairs[grade_id] = index
    return pairs


def by_position(
    answers: Iterable[ReleasedCell],
    cells: Sequence[NotebookNode],
    free: Collection[int],
    places: Mapping[int, int],
) -> dict[str, int]:
    """Pair answers with the longest free cell between their neighbours in the release.

    `places` maps the cells that are known to their places in the release.
    """
    pairs: dict[str, int] = {}
    for answer in answers:
        gap = [
            index
            for index in _gap(answer.place, len(cells), places)
            if index in free
            and index not in pairs.values()
            and cells[index].cell_type == answer.cell.cell_type
            and cells[index].source.strip()
        ]
        if gap:
            pairs[answer.grade_id] = max(gap, key=lambda index: len(cells[index].source))
    return pairs


def _gap(place: int, end: int, places: Mapping[int, int]) -> list[int]:
    """Indices from the nearest known cell at or before a place up to the next known cell."""
    before = [(at, index) for index, at in places.items() if at <= place]
    start = max(before)[1] + 1 if before else 0
    gap = []
    for index in range(start, end):
        if index in places:
            break
        gap.append(index)
    return gap
