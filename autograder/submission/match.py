"""Find the cells of the release in a student's notebook.

A cell is found by the grade_id in its metadata, then by its text being the released one, then by
its marker line, then by likeness. Where metadata and text contradict each other the text is
believed: metadata travel with copies, and can be edited; it is the text that runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nbformat import NotebookNode

from autograder.records import Match
from autograder.submission.likeness import by_position, by_text, plain_places
from autograder.submission.release_notebook import Release, ReleasedCell
from autograder.submission.source_text import bound_names, marked, normal


@dataclass(frozen=True)
class Sighting:
    """A cell of the student's that carries, or says, a grade_id of the release.

    `speaks`: the text is about that cell (where an answer has a name, the text binds it), so that
    it is no helper made from a copy. `touched`: the text is not the released one. `overruled`: the
    grade_id in its metadata that the text contradicts, or "".
    """

    index: int
    match: Match
    speaks: bool
    touched: bool
    overruled: str = ""

    @property
    def grade_id(self) -> str:
        return self.match.grade_id


@dataclass(frozen=True)
class Matching:
    """What the student's cells are, by their indices.

    `holders`: the cell that stands for a grade_id. `answering`: all cells that work on an answer;
    one without a holder was written into cells that stand for something else. `plain`: the place in
    the release of the plain cell that a cell is, or is an edit of. `left_out`: repeats of released
    text. `untouched`: answers that nobody worked on. `guessed`, `elsewhere`: answers that were
    found by likeness, or in the cell of something else.
    """

    sightings: tuple[Sighting, ...]
    holders: Mapping[str, int]
    answering: Mapping[str, tuple[int, ...]]
    plain: Mapping[int, int]
    left_out: frozenset[int]
    untouched: frozenset[str]
    guessed: frozenset[str]
    elsewhere: frozenset[str]
    matches: tuple[Match, ...]


def match(release: Release, cells: Sequence[NotebookNode]) -> Matching:
    """Find every answer and every locked cell of the release among the student's cells."""
    search = _Search(release, tuple(cells))
    return Matching(
        sightings=search.sightings,
        holders=search.holders,
        answering=search.answering,
        plain=search.plain,
        left_out=search.left_out,
        untouched=search.untouched,
        guessed=frozenset(search.guesses),
        elsewhere=frozenset(search.elsewhere),
        matches=tuple(search.match_of(each) for each in release.protected),
    )


def label_of(release: Release, cell: NotebookNode) -> str:
    """The release's grade_id that a cell carries in its metadata, or ""."""
    mine = cell.metadata.get("nbgrader")
    label = mine.get("grade_id") if isinstance(mine, Mapping) else None
    return label if isinstance(label, str) and label in release.by_id else ""


# -- one cell --------------------------------------------------------------------------------


def _sight(release: Release, index: int, cell: NotebookNode) -> Sighting | None:
    label = label_of(release, cell)
    stated = _stated(release, label, cell)
    overruled = ""
    if stated is None or stated.grade_id == label:
        if not label:
            return None
        found = Match(label, "grade_id")
    elif label:
        found, overruled = replace(stated, certain=False), label
    else:
        found = stated
    names = release.by_id[found.grade_id].names
    speaks = not names or bool(names & bound_names(cell.source))
    touched = not release.is_as_released(found.grade_id, cell.source)
    return Sighting(index, found, speaks, touched, overruled)


def _stated(release: Release, label: str, cell: NotebookNode) -> Match | None:
    """What the text of a cell says that it is; None if nothing."""
    same = release.by_source.get(normal(cell.source))
    if same is not None:
        return Match(same.grade_id, "checksum") if same.grade_id else None
    marker = release.by_marker.get(marked(cell.source) or "")
    claimed = marker or release.by_id.get(label)
    if claimed is not None and claimed.names and cell.cell_type == "code":
        # The label or the marker may be left over from a copy: the names that it binds are not.
        bound = bound_names(cell.source)
        instead = [each for each in release.answers if each.names & bound]
        if len(instead) == 1 and instead[0] is not claimed:
            return Match(instead[0].grade_id, "likeness", certain=False)
    return Match(marker.grade_id, "marker") if marker is not None else None


# -- all cells -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Search:
    """The steps of the search, each made once and from those above it."""

    release: Release
    cells: tuple[NotebookNode, ...]

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        seen = (_sight(self.release, index, cell) for index, cell in enumerate(self.cells))
        return tuple(each for each in seen if each is not None)

    @cached_property
    def best(self) -> Mapping[str, Sighting]:
        """Of several cells that are seen as one: for an answer the last that was worked on."""
        best: dict[str, Sighting] = {}
        for seen in self.sightings:
            rival = best.get(seen.grade_id)
            if rival is None or self._rank(seen) > self._rank(rival):
                best[seen.grade_id] = seen
        return best

    def _rank(self, seen: Sighting) -> tuple[bool, bool, bool, int]:
        released = self.release.by_id[seen.grade_id]
        if released.role == "locked":  # the first that is as released
            return (not seen.touched, False, False, -seen.index)
        same_type = self.cells[seen.index].cell_type == released.cell.cell_type
        return (seen.speaks, seen.touched, same_type, seen.index)

    @cached_property
    def bound(self) -> tuple[frozenset[str], ...]:
        """The names that each cell binds."""
        return tuple(
            bound_names(cell.source) if cell.cell_type == "code" else frozenset()
            for cell in self.cells
        )

    def _binding(self, answer: ReleasedCell) -> list[int]:
        """Cells that bind a name of the answer's."""
        return [index for index, names in enumerate(self.bound) if names & answer.names]

    @cached_property
    def plain(self) -> Mapping[int, int]:
        return plain_places(self.release, self.cells, {seen.index for seen in self.sightings})

    @cached_property
    def unsettled(self) -> tuple[ReleasedCell, ...]:
        """Answers that no cell is surely an attempt at."""
        settled = {seen.grade_id for seen in self.best.values() if seen.speaks and seen.touched}
        return tuple(each for each in self.release.answers if each.grade_id not in settled)

    @cached_property
    def guesses(self) -> Mapping[str, tuple[int, ...]]:
        """Cells that are likely attempts at unsettled answers; the last one is to stand for it."""
        known = {seen.index for seen in self.sightings} | self.plain.keys()
        free = [index for index in range(len(self.cells)) if index not in known]
        guesses: dict[str, tuple[int, ...]] = {}
        for answer in self.unsettled:
            bound = tuple(index for index in self._binding(answer) if index in free)
            if bound:
                guesses[answer.grade_id] = bound
                free = [index for index in free if index not in bound]
        missing = [
            each
            for each in self.unsettled
            if each.grade_id not in guesses and each.grade_id not in self.best
        ]
        alike = by_text(missing, self.cells, free)
        free = [index for index in free if index not in alike.values()]
        found = guesses | {grade_id: (index,) for grade_id, index in alike.items()}
        where = by_position(self._positional(found), self.cells, free, self._places(found))
        return found | {grade_id: (index,) for grade_id, index in where.items()}

    def _positional(self, found: Mapping[str, tuple[int, ...]]) -> list[ReleasedCell]:
        """Answers that may be found by where they stand.

        Besides missing ones, texts that are as released: students write below them.
        """
        return [
            each
            for each in self.unsettled
            if each.grade_id not in found
            and (each.grade_id not in self.best or each.cell.cell_type == "markdown")
        ]

    def _places(self, found: Mapping[str, tuple[int, ...]]) -> dict[int, int]:
        by_id = self.release.by_id
        sure = {seen.index: by_id[grade_id].place for grade_id, seen in self.best.items()}
        likely = {indices[-1]: by_id[grade_id].place for grade_id, indices in found.items()}
        return {**self.plain, **sure, **likely}

    @cached_property
    def elsewhere(self) -> Mapping[str, tuple[int, ...]]:
        """Unsettled answers that were written into a cell that stands for something else."""
        repeats = {seen.index for seen in self.sightings if not seen.touched}
        found = {}
        for answer in self.unsettled:
            own = {seen.index for seen in self.sightings if seen.grade_id == answer.grade_id}
            cells = set(self._binding(answer)) - own - repeats - self.plain.keys()
            if cells and answer.grade_id not in self.guesses:
                found[answer.grade_id] = tuple(sorted(cells))
        return found

    @cached_property
    def holders(self) -> Mapping[str, int]:
        # The released stub of an answer that is elsewhere would overwrite it when it runs.
        sure = {
            grade_id: seen.index
            for grade_id, seen in self.best.items()
            if seen.touched or grade_id not in self.elsewhere
        }
        return sure | {grade_id: indices[-1] for grade_id, indices in self.guesses.items()}

    @cached_property
    def answering(self) -> Mapping[str, tuple[int, ...]]:
        attempts: dict[str, tuple[int, ...]] = {}
        for seen in self.sightings:
            if seen.speaks and seen.touched and self.release.by_id[seen.grade_id].role == "answer":
                attempts[seen.grade_id] = (*attempts.get(seen.grade_id, ()), seen.index)
        return {**attempts, **self.elsewhere, **self.guesses}

    @cached_property
    def left_out(self) -> frozenset[int]:
        holding = set(self.holders.values())
        return frozenset(
            seen.index for seen in self.sightings if not seen.touched and seen.index not in holding
        )

    @cached_property
    def untouched(self) -> frozenset[str]:
        return frozenset(
            answer.grade_id
            for answer in self.release.answers
            if answer.grade_id not in self.elsewhere and self._as_released(answer)
        )

    def _as_released(self, answer: ReleasedCell) -> bool:
        index = self.holders.get(answer.grade_id)
        return index is None or answer.is_untouched(self.cells[index].source)

    def match_of(self, released: ReleasedCell) -> Match:
        """How a cell of the release was found; uncertain where a human should look."""
        grade_id = released.grade_id
        if grade_id in self.guesses:
            return Match(grade_id, "likeness", certain=False)
        seen = self.best.get(grade_id)
        found = seen.match if seen is not None else Match(grade_id, "missing")
        return replace(found, certain=False) if grade_id in self.elsewhere else found
