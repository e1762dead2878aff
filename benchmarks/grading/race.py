"""Everybody in turn, round after round, over the same students."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from benchmarks.grading import courses, meter, otter, own_code
from benchmarks.grading.classic import with_classic_tests
from benchmarks.grading.classroom import students
from benchmarks.grading.courses import ASSIGNMENT, BIN, ENVIRONMENT

STOCK, OTTER = "stock nbgrader", "otter"
CLASSIC, PROTECTED = "ours, classic tests", "ours, protected cells"
PROCESSORS = 2


@dataclass(frozen=True)
class Sizes:
    """How many rounds, how many students for ours, how many for the peers, who are slow."""

    rounds: int
    ours: int
    peers: int


@dataclass(frozen=True)
class Turn:
    """One contestant's turn: what the first student costs, start-up included, and what all do."""

    count: int
    first: meter.Spent
    all: meter.Spent

    def each(self, of: str) -> float:
        """Seconds that one more student costs, once the grader runs; `of` is wall or cpu."""
        first, every = getattr(self.first, of), getattr(self.all, of)
        if self.count == 1:  # a process for each student: every one is the first
            return float(first)
        return float(every - first) / (self.count - 1)

    def whole_class(self, of: str, count: int) -> float:
        """Seconds for a class of `count`, start-up included."""
        return float(getattr(self.first, of)) + (count - 1) * self.each(of)


Marks = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Field:
    """The courses of one notebook, filled with the class, and a folder for the turns."""

    folder: Path
    notebook: NotebookNode
    sizes: Sizes

    def course(self, name: str) -> Path:
        return self.folder / "courses" / name.replace(",", "").replace(" ", "-")

    def prepare(self) -> None:
        """Make the courses, and let everybody hand in."""
        shutil.rmtree(self.folder, ignore_errors=True)
        tests = with_classic_tests(self.notebook)
        courses.classic(self.course(STOCK), tests, configured=False)
        courses.classic(self.course(CLASSIC), tests, configured=True)
        courses.protected(self.course(PROTECTED), self.notebook)
        for name, count in (
            (STOCK, self.sizes.peers),
            (CLASSIC, self.sizes.ours),
            (PROTECTED, self.sizes.ours),
        ):
            courses.fill(self.course(name), students(count))
        otter.prepare(self.folder)

    def fresh(self, name: str, count: int) -> Path:
        """A copy of a course in which only the first `count` students have handed in."""
        copy = self.folder / "turn"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.course(name), copy)
        for each in sorted((copy / "submitted").iterdir())[count:]:
            shutil.rmtree(each)
        return copy


def stock(field: Field, _: int) -> tuple[Turn, Marks]:
    """`nbgrader autograde`, on the first student and on all of the peers' share."""
    return _gradebook(field, STOCK, field.sizes.peers, [str(BIN / "nbgrader"), "autograde"])


def classic(field: Field, _: int) -> tuple[Turn, Marks]:
    """`autograder grade` on the same notebooks, byte for byte."""
    return _gradebook(field, CLASSIC, field.sizes.ours, [str(BIN / "autograder"), "grade"])


def protected(field: Field, _: int) -> tuple[Turn, Marks]:
    """`autograder grade` where the judge asks hidden cases and names mistakes."""
    return _gradebook(field, PROTECTED, field.sizes.ours, [str(BIN / "autograder"), "grade"])


def _gradebook(field: Field, name: str, count: int, command: Sequence[str]) -> tuple[Turn, Marks]:
    spent = []
    for size in (1, count):
        copy = field.fresh(name, size)
        spent.append(meter.run([*command, ASSIGNMENT], copy, environment=ENVIRONMENT))
    return Turn(count, *spent), courses.marks(copy)


def otter_run(field: Field, number: int) -> tuple[Turn, Marks]:
    """`otter run`, a process a student, on one of the peers' share: another one in each round."""
    place = field.folder / "otter-turn"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copy(field.folder / "autograder.zip", place)
    student = list(students(field.sizes.peers))[number % field.sizes.peers].id
    spent, marks = otter.grade(field.course(STOCK), student, place)
    return Turn(1, spent, spent), {student: marks}


CONTESTANTS: Mapping[str, Callable[[Field, int], tuple[Turn, Marks]]] = {
    STOCK: stock,
    CLASSIC: classic,
    PROTECTED: protected,
    OTTER: otter_run,
}


def run(field: Field, names: Sequence[str], say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Round after round, in an order that turns; after each, all that was found so far.

    Students' own code is timed in every round.
    """
    turns: dict[str, list[Turn]] = {name: [] for name in names}
    own: dict[str, list[float]] = {CLASSIC: [], PROTECTED: []}
    marks: dict[str, dict[str, Mapping[str, float]]] = {name: {} for name in names}
    for number in range(field.sizes.rounds):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            turn, given = CONTESTANTS[name](field, number)
            marks[name].update(given)
            turns[name].append(turn)
            say(f"round {number + 1}, {name}: {_words(turn)}")
            if name in own:
                own[name].append(own_code.seconds(field.course(name), field.sizes.ours))
                say(f"round {number + 1}, {name}: students' own code {own[name][-1]:.4f} s")
        yield {
            "sizes": asdict(field.sizes) | {"rounds": number + 1},
            "turns": {name: [asdict(each) for each in many] for name, many in turns.items()},
            "own": own,
            "disagreements": disagreements(marks),
            "compared": _shared(marks),
        }


def _words(turn: Turn) -> str:
    return (
        f"first {turn.first.wall:.1f} s, then {turn.each('wall'):.3f} s wall, "
        f"{turn.each('cpu'):.3f} s processor time a student"
    )


def _shared(marks: Mapping[str, Marks]) -> int:
    """How many students all who share tests have graded."""
    return len(set.intersection(*(set(each) for name, each in marks.items() if name != PROTECTED)))


def disagreements(marks: Mapping[str, Marks]) -> list[str]:
    """Where graders of the same tests differ, in words."""
    shared = {name: each for name, each in marks.items() if name != PROTECTED}
    found = []
    for student in set.intersection(*(set(each) for each in shared.values())):
        given = {name: dict(each[student]) for name, each in shared.items()}
        if any(each != given[next(iter(given))] for each in given.values()):
            found.append(f"{student}: {given}")
    return sorted(found)


def turns_of(data: Mapping[str, Any], name: str) -> list[Turn]:
    """The turns of a contestant, from plain data."""
    return [
        Turn(each["count"], meter.Spent(**each["first"]), meter.Spent(**each["all"]))
        for each in data["turns"][name]
    ]


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, least and greatest."""
    return statistics.median(values), min(values), max(values)
