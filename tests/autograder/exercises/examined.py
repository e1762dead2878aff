"""What the tests of all assignments' exercises share: tables, solutions in files, words."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from autograder.exercises import ASSIGNMENTS, find_exercise
from autograder.exercises.misconceptions import MISCONCEPTIONS
from autograder.exercises.tables import build
from course_lib.checks.assess import Assessment, assess
from course_lib.checks.perform import perform
from course_lib.checks.table import Case, Table

SECRETS = [b"one", b"two", b"three"]
CODE = re.compile(r"\w\([^()]*=[^()]*\)|torch\.|np\.|\.(sum|mean|softmax|log|exp|detach)\(|dim=")


class Examined:
    """One assignment's exercises; tables are built once for all tests of a process."""

    def __init__(self, assignment: str, seeds: range = range(60)) -> None:
        self.assignment = ASSIGNMENTS[assignment]
        exercises = self.assignment.exercises
        self.exercises = [each.id for each in exercises]
        self.mistakes = [(each.id, m.id) for each in exercises for m in each.mistakes]
        self.questions = {each.id: each for each in self.assignment.questions}
        self.seeds = seeds
        self.table = cache(self._table)
        self.plain_table = cache(self._plain_table)
        self._solutions = Path(__file__).parent / "solutions" / assignment.partition("_")[0]

    def _table(self, exercise: str, secret: bytes) -> Table:
        return build(find_exercise(exercise), secret, self.assignment.id)

    def _plain_table(self, exercise: str, secret: bytes) -> Table:
        """Cases and right values alone: enough to see whether a right solution gets its marks."""
        return build(replace(find_exercise(exercise), mistakes=()), secret, self.assignment.id)

    def drawn(self, exercise: str, seeds: range | None = None) -> Iterator[dict[str, Case]]:
        """The cases of an exercise by id, once for each seed."""
        for seed in seeds or self.seeds:
            yield {c.id: c for c in find_exercise(exercise).cases(np.random.default_rng(seed))}

    def solutions(self, kind: str) -> list:
        """The files with solutions of a kind, "right" or "wrong", as parameters of a test."""
        found = sorted((self._solutions / kind).glob("*/*.py"))
        assert found
        return [pytest.param(each, id=f"{each.parent.name}-{each.stem}") for each in found]

    def count(self, kind: str, exercise: str) -> int:
        """How many solutions of a kind there are."""
        return len(list((self._solutions / kind / exercise).glob("*.py")))

    def expect_full_marks(self, path: Path, secrets: int = 20) -> Iterator[Assessment]:
        """Assess a right solution under so many secrets, and expect all points each time."""
        source = path.read_text()
        for number in range(secrets):
            table = self.plain_table(path.parent.name, b"%d" % number)
            assessment = assessed(table, source)
            assert assessment.points == assessment.max_points, lost(assessment)
            assert assessment.state == "right"
            yield assessment

    def expect_what_it_says(self, path: Path, secrets: list[bytes] = SECRETS) -> None:
        """Expect that a wrong solution is named, and loses what it says in its first lines."""
        source = path.read_text()
        expected = {
            key: {each.strip() for each in rest.split(",") if each.strip()}
            for key, rest in re.findall(r"^# (named|loses):(.*)$", source, re.MULTILINE)
        }
        for secret in secrets:
            assessment = assessed(self.table(path.parent.name, secret), source)
            assert set(assessment.diagnosis.mistakes) == expected["named"]
            assert lost(assessment) == expected["loses"]
            assert assessment.points < assessment.max_points

    def expect_words(self, code: re.Pattern[str] = CODE) -> None:
        """Expect of every mistake a sentence and three hints of which none gives code away."""
        for exercise in self.assignment.exercises:
            ids = [each.id for each in exercise.mistakes]
            assert len(set(ids)) == len(ids)
            for each in exercise.mistakes:
                assert len(set(each.hints)) == 3
                assert all(text.rstrip(")")[-1] in ".?…!" for text in (each.says, *each.hints))
                assert not any(code.search(text) for text in (each.says, *each.hints))
                assert each.misconception is None or each.misconception in MISCONCEPTIONS
            assert not any(code.search(hint) for hint in exercise.hints)

    def expect_cases(self, exercise: str, names_alone: frozenset[str] = frozenset()) -> None:
        """Expect that properties ask for every case, but those that only tell mistakes apart."""
        found = find_exercise(exercise)
        cases = {case.id for case in found.cases(np.random.default_rng(0))}
        assert {id for each in found.properties for id in each.cases} == cases - names_alone
        assert any(each.core for each in found.properties)


def assessed(table: Table, source: str) -> Assessment:
    """Execute a solution as the cell of a notebook and assess what it answers."""
    namespace = {"torch": torch}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, namespace)
        return assess(table, {each.id: perform(each, namespace) for each in table.probes})


def lost(assessment: Assessment) -> set[str]:
    """The properties that do not hold."""
    return {each.property.id for each in assessment.properties if not each.holds}
