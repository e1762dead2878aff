"""Publish what students' copies may know: public cases as tables, questions without their keys."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.exercises.exercise import Assignment, Exercise, Question
from autograder.exercises.tables import PUBLIC_SEED, build
from course_lib.checks.table import save

FOLDERS = ("exercises", "questions", "assignments")


def publish(
    assignments: Iterable[Assignment], folder: Path, ready: Mapping[Exercise, Path] | None = None
) -> None:
    """Write the folders `exercises`, `questions` and `assignments` anew in `folder`, and no others.

    They are made beside the old ones and then put in their place, so a failure changes nothing.
    `ready` names tables that were built before and are copied. Raises `ValueError` if two
    assignments give one id to different things.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".publishing-", dir=folder) as made:
        _write_all(assignments, Path(made), ready or {})
        for name in FOLDERS:
            old = folder / name
            if old.exists():
                old.rename(Path(made) / f"old-{name}")
            (Path(made) / name).rename(old)


def _write_all(
    assignments: Iterable[Assignment], folder: Path, ready: Mapping[Exercise, Path]
) -> None:
    tables, questions, plans = (folder / name for name in FOLDERS)
    for each in (tables, questions, plans):
        each.mkdir()
    for assignment in assignments:
        for exercise in assignment.exercises:
            path = _new(tables / f"{exercise.id}.npz", assignment)
            if exercise in ready:
                shutil.copy(ready[exercise], path)
            else:
                save(build(exercise, PUBLIC_SEED, assignment.id), path)
        for question in assignment.questions:
            _write(_new(questions / f"{question.id}.json", assignment), public(question))
        _write(_new(plans / f"{assignment.id}.json", assignment), plan(assignment))


def public(question: Question) -> dict[str, Any]:
    """What a question shows: no rubric, no name of a misconception; key and words if formative.

    A graded question has no field in which a key or an explanation could stand.
    """
    shown = {
        "id": question.id,
        "title": question.title,
        "kind": question.kind,
        "stem": question.stem,
        "variable": question.variable,
        "points": question.points,
        "options": [{"id": each.id, "text": each.text} for each in question.options],
        "items": dict(question.items),
    }
    if question.symbols:
        shown["symbols"] = dict(question.symbols)
    if question.formative:
        shown["explanations"] = _explanations(question)
    return shown


def _explanations(question: Question) -> dict[str, Any]:
    """Why each answer to a formative question is right or wrong."""
    key = question.key
    return {
        "key": sorted(key) if isinstance(key, frozenset) else key,
        "tolerance": question.tolerance,
        "options": {each.id: each.says for each in question.options},
        "slips": [
            {"answer": each.answer, "says": each.says, "item": each.item} for each in question.slips
        ],
    }


def plan(assignment: Assignment) -> dict[str, Any]:
    """What `progress` needs to know: exercises of an assignment with their points, questions."""
    return {
        "id": assignment.id,
        "title": assignment.title,
        "exercises": {each.id: each.points for each in assignment.exercises},
        "questions": [each.id for each in assignment.questions],
    }


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _new(path: Path, assignment: Assignment) -> Path:
    if path.exists():
        raise ValueError(
            f"{assignment.id}: the id {path.stem!r} is taken, by this or by an earlier assignment; "
            "ids are unique in a course, because students' copies find things by them"
        )
    return path
