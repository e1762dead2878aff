"""What the documents promise is there: commands, files, and the exercise in ten minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from typer.main import get_command

from autograder.cli import app
from autograder.exercises.examine import examine

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

over_documents = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def code(text: str) -> str:
    """Everything in a document that is set as code."""
    return "\n".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))


@over_documents
def test_the_commands_exist(document: Path):
    text = code(document.read_text(encoding="utf-8"))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets
    commands = get_command(app).commands
    called = re.findall(r"(?:^|`|&& |bin/)autograder ([a-z-]+)", text, re.MULTILINE)
    assert set(called) <= set(commands)


@over_documents
def test_the_files_that_are_named_exist(document: Path):
    text = code(document.read_text(encoding="utf-8"))
    for name in re.findall(r"(?<![\w/.<>-])(?:tests|docs|autograder|course_lib)/[\w./]+", text):
        assert (ROOT / name).exists(), name


def test_the_exercise_in_ten_minutes_works_as_it_is_printed():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    oracle, exercise, answer = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    namespace: dict = {}
    exec(oracle + exercise, namespace)
    by_hand = "def entropy(p):\n    return -(p * torch.where(p > 0, p, 1).log()).sum(-1)"
    found = examine(
        namespace["ENTROPY"], "assignment", answer, {"by hand": by_hand}, {"torch": torch}
    )
    assert (found.mistakes, found.pairs) == (2, 1)
    assert (found.alike, found.failures, found.survivors) == ((), (), ())
    assert found.mutants > 0
