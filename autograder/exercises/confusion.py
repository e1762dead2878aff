"""How often a mistake is named rightly, wrongly or not at all: `python -m` prints the table.

Every mistake, and every pair of mistakes, is computed on the cases of several secrets and shown to
the diagnosis as if a student had returned it, rounding errors included. Pairs whose values are the
same as something else's on every case have no name of their own (a loss that is always 0 stays 0
whatever else is wrong with it); they are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from autograder.exercises.exercise import Assignment, Exercise
from autograder.exercises.tables import build
from course_lib.checks.diagnose import diagnose
from course_lib.checks.table import Numbers, Setting, Table

ROUNDING = 1e-12
"""Relative size of the rounding errors by which right solutions in float64 differ."""


@dataclass(frozen=True)
class Rates:
    """What became of so many settings, each under several secrets."""

    named: int = 0
    partly_named: int = 0  # one of the two mistakes, which explains all that was returned
    unnamed: int = 0
    wrongly_named: int = 0

    @property
    def shown(self) -> int:
        return self.named + self.partly_named + self.unnamed + self.wrongly_named

    @property
    def share_named(self) -> float:
        return self.named / self.shown if self.shown else 1.0

    def __str__(self) -> str:
        return f"{self.share_named:.1%}"


@dataclass(frozen=True)
class Confusion:
    """The rates of one exercise. `equal_in_truth` counts pairs that share another one's name."""

    exercise: str
    mistakes: tuple[str, ...]
    pairs: int
    equal_in_truth: int
    of_mistakes: Rates
    of_pairs: Rates


def measure(
    exercise: Exercise, assignment: str, secrets: Iterable[bytes], pairs: bool = True
) -> Confusion:
    """Show every mistake to the diagnosis under each secret, and every pair if `pairs`."""
    outcomes: dict[int, Counter[str]] = {1: Counter(), 2: Counter()}
    for secret in secrets:
        table = build(exercise, secret, assignment)
        rng = np.random.default_rng(0)
        for setting in table.settings[1:]:
            size = len(setting.mistakes)
            if size == 1 or pairs:
                outcomes[size][_outcome(table, setting, rng)] += 1
    own = sum(len(setting.mistakes) == 2 for setting in table.settings)
    shared = sum(len(alias) == 2 for setting in table.settings for alias in setting.aliases)
    return Confusion(
        exercise=exercise.id,
        mistakes=tuple(each.id for each in exercise.mistakes),
        pairs=own + shared,
        equal_in_truth=shared,
        of_mistakes=Rates(**outcomes[1]),
        of_pairs=Rates(**outcomes[2]),
    )


def _outcome(table: Table, setting: Setting, rng: np.random.Generator) -> str:
    diagnosis = diagnose(table, dict(_returned(setting, rng)))
    if diagnosis.mistakes == setting.mistakes:
        return "named"
    if not diagnosis.named and not diagnosis.right:
        return "unnamed"
    in_part = diagnosis.named and set(diagnosis.mistakes) < set(setting.mistakes)
    return "partly_named" if in_part else "wrongly_named"


def _returned(setting: Setting, rng: np.random.Generator) -> Iterator[tuple[str, Numbers | None]]:
    """What a call gives, by case: with rounding errors, and with chance where numbers are drawn."""
    for case, numbers in setting.values.items():
        if numbers is None:
            yield case, None
            continue
        spreads = setting.spreads.get(case) or [np.zeros(())] * len(numbers)
        yield (
            case,
            tuple(
                n * (1 + ROUNDING * rng.standard_normal(n.shape))
                + sd * rng.standard_normal(n.shape)
                for n, sd in zip(numbers, spreads, strict=True)
            ),
        )


# -- the table that is printed ---------------------------------------------------------------


def report(assignments: Iterable[Assignment], seeds: int = 20, seeds_of_pairs: int = 3) -> str:
    """A Markdown page: the rates, and the list of all mistakes with what is said about them."""
    exercises = [(one, each) for one in assignments for each in one.exercises]
    lines = [
        "# Which mistakes are named",
        "",
        "Made by `python -m autograder.exercises.confusion`. Every mistake was computed under "
        f"{seeds} secrets and every pair of mistakes under {seeds_of_pairs}, and shown to the "
        "diagnosis. *Equal in truth* are pairs that no input tells apart from something simpler, "
        "or from another pair: they share its name. *In part*: one of the two was named, and "
        "explains everything that was returned (the other one only makes a call fail).",
        "",
        "| exercise | mistakes | named | unnamed | wrongly named "
        "| pairs | equal in truth | named | in part | unnamed | wrongly named |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    with ProcessPoolExecutor() as pool:
        ids = [exercise.id for _, exercise in exercises]
        lines += pool.map(_line, ids, repeat(seeds), repeat(seeds_of_pairs))
    for _, exercise in exercises:
        lines += ["", f"## {exercise.id}", "", "| mistake | what is said |", "|---|---|"]
        lines += [f"| `{each.id}` | {each.says} |" for each in exercise.mistakes]
    return "\n".join(lines) + "\n"


def _line(exercise_id: str, seeds: int, seeds_of_pairs: int) -> str:
    """A line of the table."""
    from autograder.exercises import ASSIGNMENTS, find_exercise

    exercise = find_exercise(exercise_id)
    assignment = next(one.id for one in ASSIGNMENTS.values() if exercise in one.exercises)
    one = measure(exercise, assignment, _secrets(seeds), pairs=False)
    two = measure(exercise, assignment, _secrets(seeds_of_pairs))
    single, pair = one.of_mistakes, two.of_pairs
    return (
        f"| `{exercise.id}` | {len(one.mistakes)} | {single} | {single.unnamed} "
        f"| {single.wrongly_named} | {two.pairs} | {two.equal_in_truth} | {pair} "
        f"| {pair.partly_named} | {pair.unnamed} | {pair.wrongly_named} |"
    )


def _secrets(count: int) -> list[bytes]:
    return [f"secret {i}".encode() for i in range(count)]


if __name__ == "__main__":
    from autograder.exercises import ASSIGNMENTS

    print(report(ASSIGNMENTS.values()), end="")
