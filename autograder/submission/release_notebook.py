"""The released notebook, as the record that a submission is rebuilt on.

Each cell of the release has a role. An *answer* is for the student to write (nbgrader's solution
cells, those that are graded by hand included). A *locked* cell is the course's own: tests, set-up
that is marked read-only, tasks. Everything else is *plain*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

from autograder.submission.source_text import (
    bound_names,
    characteristic_names,
    marked,
    normal,
    unmarked,
)

Role: TypeAlias = Literal["answer", "locked", "plain"]


@dataclass(frozen=True)
class ReleasedCell:
    """One cell of the release, `place` counted from 0.

    `names` is what the answer is known by: the functions and classes that it defines, its
    `answer_...` variable; only names that no other cell of the release binds.
    """

    place: int
    role: Role
    grade_id: str  # "" for a plain cell
    cell: NotebookNode
    names: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        return str(self.cell.source)

    @property
    def graded(self) -> bool:
        return bool(is_grade(self.cell))

    def is_untouched(self, source: str) -> bool:
        """Whether a source is the released one; for an answer, its marker does not count."""
        if self.role == "answer":
            return normal(unmarked(source)) == normal(unmarked(self.source))
        return normal(source) == normal(self.source)


@dataclass(frozen=True)
class Release:
    """What students got, and what stayed behind of it.

    `notebook` is the released notebook (nbformat 4) with nbgrader's metadata; `full_sources` maps
    the grade_ids of locked cells to their sources with the hidden tests in them, where those differ
    from the released ones. Raises ValueError if a grade_id stands twice in the notebook, or if
    `full_sources` names a cell that is not locked.
    """

    notebook: NotebookNode
    full_sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        ids = Counter(each.grade_id for each in self.protected)
        twice = [grade_id for grade_id, times in ids.items() if times > 1]
        if twice:
            raise ValueError(
                f"The release has two cells with the grade_id {twice[0]!r}: give each its own."
            )
        stray = self.full_sources.keys() - {each.grade_id for each in self.locked}
        if stray:
            raise ValueError(
                f"There is a full source for {min(stray)!r}, but the release has no locked cell "
                "of that name: is this the release that was made from this source?"
            )

    @cached_property
    def cells(self) -> tuple[ReleasedCell, ...]:
        bound = Counter(name for cell in self.notebook.cells for name in bound_names(cell.source))
        return tuple(
            _released(place, cell, bound) for place, cell in enumerate(self.notebook.cells)
        )

    @cached_property
    def answers(self) -> tuple[ReleasedCell, ...]:
        return tuple(each for each in self.cells if each.role == "answer")

    @cached_property
    def locked(self) -> tuple[ReleasedCell, ...]:
        return tuple(each for each in self.cells if each.role == "locked")

    @cached_property
    def plain(self) -> tuple[ReleasedCell, ...]:
        return tuple(each for each in self.cells if each.role == "plain")

    @cached_property
    def protected(self) -> tuple[ReleasedCell, ...]:
        """Answers and locked cells, in order: each of them stands exactly once in a rebuild."""
        return tuple(each for each in self.cells if each.role != "plain")

    @cached_property
    def by_id(self) -> Mapping[str, ReleasedCell]:
        return {each.grade_id: each for each in self.protected}

    @cached_property
    def by_marker(self) -> Mapping[str, ReleasedCell]:
        """Answers by the id in their marker line, and by their grade_id, in lower case."""
        named = {each.grade_id.lower(): each for each in self.answers}
        lines = {marked(each.source): each for each in self.answers}
        return named | {marker: each for marker, each in lines.items() if marker}

    @cached_property
    def by_source(self) -> Mapping[str, ReleasedCell]:
        """Cells by their normal source, where that is not empty and no other cell has it."""
        texts = Counter(normal(each.source) for each in self.cells)
        only = {text for text, times in texts.items() if text and times == 1}
        full = {normal(text): self.by_id[grade_id] for grade_id, text in self.full_sources.items()}
        return full | {normal(e.source): e for e in self.cells if normal(e.source) in only}

    def is_as_released(self, grade_id: str, source: str) -> bool:
        """Whether a source is what students got in that cell (or its full source)."""
        full = self.full_sources.get(grade_id)
        return self.by_id[grade_id].is_untouched(source) or (
            full is not None and normal(full) == normal(source)
        )

    def tests(self) -> Iterable[tuple[ReleasedCell, frozenset[str]]]:
        """Graded locked cells in order, each with the grade_ids of the answers that it tests.

        Those are the answers since the last test; none since then, the same as the last test's.
        """
        needed: set[str] = set()
        complete = False
        for each in self.cells:
            if each.role == "answer" and not each.graded:
                needed = {each.grade_id} if complete else needed | {each.grade_id}
                complete = False
            elif each.role == "locked" and each.graded:
                complete = True
                yield each, frozenset(needed)

    def fresh(self, released: ReleasedCell) -> NotebookNode:
        """A new copy of a cell, without outputs; if locked, with its full source and checksum."""
        cell = NotebookNode(released.cell, metadata=deepcopy(released.cell.metadata))
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if released.role == "locked":
            cell.source = self.full_sources.get(released.grade_id, cell.source)
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
        return cell


def _released(place: int, cell: NotebookNode, bound: Counter[str]) -> ReleasedCell:
    role: Role = "plain"
    if is_solution(cell):
        role = "answer"
    elif is_locked(cell) or is_task(cell):
        role = "locked"
    if role == "plain":
        return ReleasedCell(place, role, "", cell)
    known_by = frozenset(
        name
        for name in characteristic_names(cell.source)
        if role == "answer" and cell.cell_type == "code" and bound[name] == 1
    )
    return ReleasedCell(place, role, cell.metadata.nbgrader["grade_id"], cell, known_by)
