"""How many mistakes are named, and named rightly, over many secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.exercises import ASSIGNMENTS
from autograder.exercises.confusion import Rates, measure

PAGE = Path(__file__).parents[3] / "docs" / "mistakes.md"
EXERCISES = [
    pytest.param(each, assignment.id, id=each.id)
    for assignment in ASSIGNMENTS.values()
    for each in assignment.exercises
]


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "assignment"), EXERCISES)
def test_single_mistakes_are_named_over_twenty_secrets_and_never_as_another(exercise, assignment):
    secrets = [f"single {i}".encode() for i in range(20)]
    rates = measure(exercise, assignment, secrets, pairs=False).of_mistakes
    assert rates.shown >= 0.97 * 20 * len(exercise.mistakes)
    assert rates.share_named >= 0.97
    assert rates.wrongly_named == 0


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "assignment"), EXERCISES)
def test_pairs_are_named_as_that_pair_unless_they_are_equal_in_truth(exercise, assignment):
    confusion = measure(exercise, assignment, [b"pairs one", b"pairs two"])
    rates = confusion.of_pairs
    apart = 2 * (confusion.pairs - confusion.equal_in_truth)
    if exercise.spread:  # within the noise, two pairs may be apart under one secret alone
        assert rates.shown == pytest.approx(apart, rel=0.05)
    else:
        assert rates.shown == apart
    assert rates.share_named >= 0.95
    assert rates.wrongly_named == 0


def test_rates_add_up():
    rates = Rates(named=6, partly_named=1, unnamed=2, wrongly_named=1)
    assert rates.shown == 10
    assert str(rates) == "60.0%"


def test_the_page_in_docs_lists_the_mistakes_that_there_are():
    """Run `python -m autograder.exercises.confusion > docs/mistakes.md` when this fails."""
    page = PAGE.read_text(encoding="utf-8")
    for assignment in ASSIGNMENTS.values():
        for exercise in assignment.exercises:
            assert f"| `{exercise.id}` | {len(exercise.mistakes)} |" in page
            section = page.split(f"\n## {exercise.id}\n")[1].split("\n## ")[0]
            rows = [line for line in section.splitlines() if line.startswith("| `")]
            assert rows == [f"| `{each.id}` | {each.says} |" for each in exercise.mistakes]
