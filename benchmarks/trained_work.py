"""Where trained students end, rightly and wrongly, and whether the band of `distill` shows it.

Trains one student for each mistake and each of twenty secrets, in plain NumPy; writes the table
into docs/trained_work.md, and ends with status 1 if the band does not tell them apart.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from autograder.exercises.distillation import world
from autograder.exercises.distillation.distill import DISTILL
from autograder.exercises.distillation.trained import kl_after
from autograder.exercises.exercise import Mistake
from course_lib.checks.table import Case

SEEDS = range(20)
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "trained_work.md"
BEGIN, END = "<!-- table: python benchmarks/trained_work.py -->", "<!-- end of table -->"


def trainings() -> list[Case]:
    """The case "trained" under each seed."""
    drawn = (DISTILL.cases(np.random.default_rng(seed)) for seed in SEEDS)
    return [next(case for case in cases if case.id == "trained") for cases in drawn]


def ends(
    cases: list[Case], mistakes: tuple[Mistake, ...], passes: int = world.PASSES
) -> np.ndarray:
    """The KL at the end of each training; empty if that way of training raises."""
    try:
        return np.array([kl_after(case, mistakes, passes) for case in cases])
    except ArithmeticError:
        return np.zeros(0)


def row(name: str, kls: np.ndarray, expected: str) -> str:
    """A line of the table."""
    if not kls.size:
        return f"| {name} | {expected} | raises | | |"
    return f"| {name} | {expected} | {kls.min():.4f} | {np.median(kls):.4f} | {kls.max():.4f} |"


def main() -> int:
    """Measure, write, and complain about whom the band wrongs."""
    cases = trainings()
    measured = [("nothing wrong", ends(cases, ()), True)]
    measured += [
        (f"`{each.id}`", ends(cases, (each,)), "learns" not in each.breaks)
        for each in DISTILL.mistakes
    ]
    measured.append(("not trained", ends(cases, (), passes=0), False))
    lines = [
        "| training | within the band | least KL | median | greatest |",
        "|---|---|--:|--:|--:|",
    ]
    lines += [row(name, kls, "yes" if near else "no") for name, kls, near in measured]
    near = max(kls.max() for _, kls, near in measured if near)
    far = min(kls.min() for _, kls, near in measured if not near and kls.size)
    lines += [
        "",
        f"Within it: at most {near:.3f}. Outside: at least {far:.3f}. Band: {world.NEAR}.",
    ]
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text("\n".join([before + BEGIN, *lines, END]) + after, encoding="utf-8")
    print("\n".join(lines))
    return 0 if near < world.NEAR < far else 1


if __name__ == "__main__":
    sys.exit(main())
